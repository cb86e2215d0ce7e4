"""Level arithmetic and reading, against bare ``Decimal`` and pint's percent.

Run it with ``python benchmarks/quantities.py``. Every round runs the racers forwards and then
backwards, so that none of them always comes second; the ratios are those of the medians.
"""

from __future__ import annotations

import timeit
from collections.abc import Mapping
from decimal import Decimal
from statistics import median

import pint

from rrmodel.quantities import Percentage, PercentagePoints

ROUNDS = 9
SECONDS_A_RUN = 0.02


def race(title: str, names: Mapping[str, object], racers: Mapping[str, str]) -> None:
    """Print each racer's median time for one statement, and what it is in ours."""
    timers = {name: timeit.Timer(code, globals=dict(names)) for name, code in racers.items()}
    calls = {
        name: max(1, int(20 * SECONDS_A_RUN / min(timer.repeat(number=20, repeat=5))))
        for name, timer in timers.items()
    }
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(ROUNDS):
        for name in [*racers, *reversed(racers)]:
            times[name].append(timers[name].timeit(calls[name]) / calls[name] * 1e9)
    medians = {name: median(taken) for name, taken in times.items()}
    print(title)
    for name, taken in medians.items():
        ours = medians["ours"]
        line = f"  {name:8}{taken:9,.0f} ns: {taken / ours:6.2f} x ours"
        print(line if name == "ours" else f"{line}; ours is {ours / taken:.2f} x it")


def main() -> None:
    """Run the three races."""
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
    race(
        "level - level",
        names,
        {"ours": "q - p", "Decimal": "plain_q - plain_p", "pint": "pint_q - pint_p"},
    )
    race(
        "level + change",
        names,
        {"ours": "p + c", "Decimal": "plain_p + plain_c", "pint": "pint_p + pint_c"},
    )
    race(
        "level - change",
        names,
        {"ours": "q - c", "Decimal": "plain_q - plain_c", "pint": "pint_q - pint_c"},
    )
    race(
        'reading "82%"',
        names,
        {"ours": "Percentage('82%')", "Decimal": "Decimal('82')", "pint": "PintQuantity('82%')"},
    )


if __name__ == "__main__":
    main()
