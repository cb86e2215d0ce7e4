"""Level arithmetic and reading, against bare ``Decimal`` and pint's percent.

Run it with ``python benchmarks/quantities.py``. Every round runs the racers forwards and then
backwards, so that none of them always comes second; the ratios are those of the medians.
"""

from __future__ import annotations

from decimal import Decimal

import pint
from results import (
    Measured,
    Result,
    at_least,
    at_most,
    race,
    show,
    timed,
    times_faster,
    times_slower,
)

from rrmodel.quantities import Percentage, PercentagePoints

ROUNDS = 9
SUBJECT = "Quantities"
RACES = {
    "level - level": ("q - p", "plain_q - plain_p", "pint_q - pint_p"),
    "level + change": ("p + c", "plain_p + plain_c", "pint_p + pint_c"),
    "level - change": ("q - c", "plain_q - plain_c", "pint_q - pint_c"),
}
READING = ("Percentage('82%')", "Decimal('82')", "PintQuantity('82%')")


def measure(rounds: int = ROUNDS) -> Measured:
    """Race the arithmetic of levels, and the reading of one."""
    registry = pint.UnitRegistry()
    names = {
        "p": Percentage("82"),
        "q": Percentage("90"),
        "c": PercentagePoints("8"),
        "plain_p": Decimal(82),
        "plain_q": Decimal(90),
        "plain_c": Decimal(8),
        "pint_p": registry.Quantity(82, "percent"),
        "pint_q": registry.Quantity(90, "percent"),
        "pint_c": registry.Quantity(8, "percent"),
        "Percentage": Percentage,
        "Decimal": Decimal,
        "PintQuantity": registry.Quantity,
    }
    results: list[Result] = []
    for name, code in {**RACES, 'reading "82%"': READING}.items():
        racers = ("ours", "Decimal", "pint")
        taken = race(
            {racer: timed(each, names=names) for racer, each in zip(racers, code, strict=True)},
            rounds,
        )
        is_reading = code is READING
        slower, faster = (None, at_least(50)) if is_reading else (at_most(6), at_least(35))
        results += [
            times_slower(SUBJECT, name, taken, "Decimal", slower),
            times_faster(SUBJECT, name, taken, "pint", faster),
        ]
    return Measured(tuple(results))


if __name__ == "__main__":
    show(measure())
