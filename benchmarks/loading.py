"""Reading a plan as JSON, and tables of figures into records and frames.

The plan is also read by bare cattrs, which has one-line hooks for our values and unions, looks up
no place and adds nothing to an error, and by pydantic, which refuses unknown keys
and keeps quantities and periods as texts. Run it with ``python benchmarks/loading.py [ROWS]``. The
racers run in turns, A B B A, so that neither always comes second.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

import attrs
import pydantic
from cattrs import Converter
from results import Measured, Point, Result, at_most, memory, race, show, timed, times_slower

from rrmodel import datasets, frames
from rrmodel.io import dumps, load_observations, loads
from rrmodel.model import (
    ChangeTarget,
    DirectionTarget,
    Establishment,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    Plan,
    RangeTarget,
    ReachTarget,
    Region,
    StandingTarget,
    Target,
)
from rrmodel.periods import Deadline, Duration, Period, parse_period
from rrmodel.quantities import Amount, Change, Level, PercentagePoints, read_quantity

PLAN = datasets.load("east-midlands-2022-25")
TEXTS = {Deadline, Duration, *get_args(Period), *get_args(Level), *get_args(Change)}
COLUMNS = (
    "measure,area,period,value,unit,numerator,denominator,published,marks,document,section"
).split(",")
ROUNDS = 8
ROWS = (1_000, 10_000, 50_000)
MORE_ROWS = (1_000, 10_000, 100_000, 1_000_000)
SUBJECT = "Loading"
GOALS = {"CSV to records": 40, "CSV to a frame": 10}
"""The most microseconds a row."""
MEMORY = {
    "records": ("io.load_observations(path, measures=measures)", at_most(3)),
    "a frame": ("frames.read_observations(path, measures=measures)", at_most(3)),
    "a stream": ("sum(1 for _ in io.iterate_observations(path, measures=measures))", None),
}
"""What is kept, the expression that makes it, and the most that it may take of the file's size."""
KINDS = {
    "change": ChangeTarget,
    "reach": ReachTarget,
    "maintain": MaintainTarget,
    "direction": DirectionTarget,
    "milestone": MilestoneTarget,
    "narrative": NarrativeTarget,
    "standing": StandingTarget,
    "range": RangeTarget,
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


def twin(kind: Any, made: dict[Any, Any]) -> Any:  # noqa: ANN401 - annotations are of any type
    """Return what pydantic reads for a type: a model that refuses unknown keys, or plain JSON.

    Quantities, periods, deadlines and durations stay texts, and no reference is looked up.
    """
    if kind in TEXTS:
        return str
    if kind in made:
        return made[kind]
    if attrs.has(kind):
        made[kind] = ForwardRef(f"{kind.__name__}Model")  # a record may hold one of its own kind
        tags = [name for name, tagged in KINDS.items() if tagged is kind]
        fields: dict[str, Any] = {"kind": (Literal[tags[0]], ...)} if tags else {}
        for field in attrs.fields(attrs.resolve_types(kind)):
            inner = str if tags and field.name == "measure" else twin(field.type, made)
            is_required = field.default is attrs.NOTHING
            fields[field.name] = (inner, ...) if is_required else (inner | None, None)
        config = pydantic.ConfigDict(extra="forbid")
        made[kind] = pydantic.create_model(f"{kind.__name__}Model", __config__=config, **fields)
        return made[kind]
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return list[twin(parts[0], made)]
    if get_origin(kind) in {Union, UnionType}:
        inner = list(dict.fromkeys(twin(part, made) for part in parts if part is not type(None)))
        whole: Any = Union[tuple(inner)]  # noqa: UP007 - of parts that are found at run time
        if len(inner) > 1 and str not in inner:
            whole = Annotated[whole, pydantic.Field(discriminator="kind")]
        return whole | None if type(None) in parts else whole
    return kind


def write_table(path: Path, rows: int) -> None:
    """Write figures that look like those of a national table, the same in every run."""
    draw = Random(1)  # noqa: S311 - figures, not secrets
    measures = [each.id for each in PLAN.measures if each.unit == "%"]
    periods = [f"{year}/{(year + 1) % 100:02}" for year in range(2016, 2024)]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for _ in range(rows):
            whole = draw.randint(100, 4000)
            part = draw.randint(whole // 20 + 1, whole)
            period = draw.choice(periods)
            writer.writerow([
                draw.choice(measures), f"Area {draw.randint(1, 500)}", period,
                f"{100 * part / whole:.1f}", "%", part, whole, f"{int(period[:4]) + 1}-07-25",
                draw.choice(["provisional", *[""] * 9]), "Bulletin of July", "Table 3",
            ])  # fmt: skip


def read_csv_alone(path: Path) -> int:
    """Return the number of rows that Python's reader of CSV finds."""
    with path.open(newline="") as file:
        return sum(1 for _ in csv.reader(file))


def memory_of(path: Path, reading: str) -> float:
    """Return how many times the size of a file its reading takes of memory."""
    setup = f"""
import polars
from rrmodel import datasets, frames, io
path, measures = Path({str(path)!r}), datasets.load({PLAN.id!r}).measures
"""
    return memory(setup, reading) / path.stat().st_size


def race_plans() -> list[Result]:
    """Race the readers of a plan."""
    text = dumps(PLAN, format="json")
    compact = json.dumps(json.loads(text))
    converter = bare_converter()
    model = twin(Plan, {})
    roots = {"schema_version": (str, "1"), "kind": (str, "plan")}
    model = pydantic.create_model("PlanFile", __base__=model, **roots)
    racers: dict[str, Callable[[], object]] = {
        "ours": lambda: loads(compact, format="json"),
        "bare cattrs": lambda: bare_loads(compact, converter),
        "pydantic": lambda: model.model_validate_json(compact),
        "json alone": lambda: json.loads(compact),
    }
    assert loads(text, format="json") == bare_loads(text, converter)
    taken = race({name: timed(each, calls=3) for name, each in racers.items()}, ROUNDS)
    name = f"a plan of {len(compact):,} characters of JSON"
    return [
        times_slower(SUBJECT, name, taken, "pydantic", at_most(1)),
        *(times_slower(SUBJECT, name, taken, peer) for peer in ("bare cattrs", "json alone")),
    ]


def race_tables(rows: int, *, is_largest: bool) -> Measured:
    """Race the readers of a table; of the largest one, also return what they take a row."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.csv")
        write_table(path, rows)
        columns = path.with_suffix(".parquet")
        checked = frames.read_observations(path, engine="polars")
        checked.select(*COLUMNS, "places").write_parquet(columns)
        measures = PLAN.measures
        racers: dict[str, Callable[[], object]] = {
            "CSV to records": lambda: load_observations(path, measures=measures),
            "CSV to a frame": lambda: frames.read_observations(path, measures=measures),
            "Parquet to a frame": lambda: frames.read_observations(columns, measures=measures),
            "csv.reader alone": lambda: read_csv_alone(path),
        }
        taken = race({name: timed(each, calls=1) for name, each in racers.items()}, 1)
        points = tuple(
            Point("Loading tables", "rows", name, rows, seconds) for name, seconds in taken.items()
        )
        if not is_largest:
            return Measured((), points)
        results: list[Result] = []
        for name, seconds in taken.items():
            goal = at_most(GOALS[name]) if name in GOALS else None
            each = f"{name}, {rows:,} rows"
            results.append(Result(SUBJECT, each, seconds / rows * 1e6, "µs of CPU a row", goal))
        size = f"{path.stat().st_size / 1e6:.3g} MB"
        for name, (reading, goal) in MEMORY.items():
            value = memory_of(path, reading)
            results.append(Result(SUBJECT, f"memory of {name}", value, "× the file of", goal, size))
        return Measured(tuple(results), points)


def measure(sizes: tuple[int, ...] = ROWS) -> Measured:
    """Race the readers of a plan and of tables."""
    tables = [race_tables(rows, is_largest=rows == max(sizes)) for rows in sizes]
    results = [result for table in tables for result in table.results]
    points = tuple(point for table in tables for point in table.points)
    return Measured((*race_plans(), *results), points)


if __name__ == "__main__":
    show(measure(tuple(map(int, sys.argv[1:])) or ROWS))
