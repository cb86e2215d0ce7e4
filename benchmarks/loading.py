"""Reading the East Midlands plan as JSON, against bare cattrs building the same records.

Bare cattrs has one-line hooks for our values and unions; it looks up no place, checks no text and
says nothing of its own about a mistake. Run it with ``python benchmarks/loading.py``. The racers
run in turns, A B B A, so that neither always comes second; the ratio is that of the medians.
"""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from cattrs import Converter

from rrmodel import datasets
from rrmodel.io import Root, dumps, loads
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    Establishment,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    Plan,
    ReachTarget,
    Region,
    Target,
)
from rrmodel.periods import Deadline, Duration, Period, parse_period
from rrmodel.quantities import Amount, Change, Level, PercentagePoints, read_quantity

ROUNDS = 8
KINDS = {
    "change": ChangeTarget,
    "reach": ReachTarget,
    "maintain": MaintainTarget,
    "direction": DirectionTarget,
    "milestone": MilestoneTarget,
    "narrative": NarrativeTarget,
    "region": Region,
    "establishment": Establishment,
}


def bare_converter() -> Converter:
    """Return a converter with no more than it takes to build the records of a plan."""
    converter = Converter()
    for quantity in (Level, Change, Level | Change, PercentagePoints | Amount):
        converter.register_structure_hook(quantity, lambda text, _: read_quantity(text))
        converter.register_structure_hook(
            quantity | None, lambda text, _: None if text is None else read_quantity(text)
        )
    converter.register_structure_hook(Amount, lambda text, _: read_quantity(text))
    converter.register_structure_hook(Period, lambda text, _: parse_period(text))
    converter.register_structure_hook(
        Period | None, lambda text, _: None if text is None else parse_period(text)
    )
    converter.register_structure_hook(Deadline, lambda text, _: Deadline(text))
    converter.register_structure_hook(Duration, lambda text, _: Duration(text))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    for union in (Target, Region | Establishment):
        converter.register_structure_hook(
            union, lambda fields, _: converter.structure(fields, KINDS[fields["kind"]])
        )
    return converter


def bare_loads(text: str, converter: Converter) -> Plan:
    """Read a plan with nothing checked but what its records check themselves."""
    fields: dict[str, Any] = json.loads(text)
    measures = {raw["id"]: raw for raw in fields["measures"]}
    for pathway in fields["pathways"]:
        for target in pathway.get("targets", ()):
            if "measure" in target:
                target["measure"] = measures[target["measure"]]
    return converter.structure(fields, Plan)


def main() -> None:
    """Run the race."""
    text = dumps(datasets.load("east-midlands-2022-25"), format="json")
    converter = bare_converter()
    racers: dict[str, Callable[[], Root]] = {
        "ours": lambda: loads(text, format="json"),
        "bare": lambda: bare_loads(text, converter),
    }
    assert loads(text, format="json") == bare_loads(text, converter)
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(ROUNDS):
        for name in [*racers, *reversed(racers)]:
            times[name].append(timeit.timeit(racers[name], number=3) / 3 * 1e3)
    ours, bare = median(times["ours"]), median(times["bare"])
    print(
        f"{len(text):,} characters: ours {ours:.1f} ms, bare cattrs {bare:.1f} ms; "
        f"{ours / bare:.2f} times as long"
    )


if __name__ == "__main__":
    main()
