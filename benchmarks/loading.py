"""Reading a plan as JSON, and tables of figures into records and frames.

The plan is also read by bare cattrs, which has one-line hooks for our values and unions, looks up
no place and says nothing of its own about a mistake, and by pydantic, which refuses unknown keys
and keeps quantities and periods as texts. Run it with ``python benchmarks/loading.py [ROWS]``. The
racers run in turns, A B B A, so that neither always comes second.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import timeit
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from types import UnionType
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

import attrs
import pydantic
from cattrs import Converter

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


def race(racers: Mapping[str, Callable[[], object]], rounds: int, number: int) -> dict[str, float]:
    """Return the median seconds of a processor of each racer; they run in turns, A B B A."""
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(rounds):
        for name in [*racers, *reversed(racers)]:
            seconds = timeit.timeit(racers[name], number=number, timer=process_time)
            times[name].append(seconds / number)
    return {name: median(each) for name, each in times.items()}


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


def growth(path: Path, reading: str) -> float:
    """Return by how much the memory of a new interpreter grows at its most, by Linux's count."""
    code = f"""
from pathlib import Path
import polars
from rrmodel import datasets, frames, io
def most():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
path, measures = Path({str(path)!r}), datasets.load({PLAN.id!r}).measures
before = most()
kept = {reading}
print(most() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return int(done.stdout) / path.stat().st_size


def race_plans() -> None:
    """Race the readers of a plan."""
    text = dumps(PLAN, format="json")
    compact = json.dumps(json.loads(text))
    converter = bare_converter()
    model = twin(Plan, {})
    roots = {"schema_version": (str, "1"), "kind": (str, "plan")}
    model = pydantic.create_model("PlanFile", __base__=model, **roots)
    racers: dict[str, Callable[[], object]] = {
        "rrmodel": lambda: loads(compact, format="json"),
        "bare cattrs": lambda: bare_loads(compact, converter),
        "pydantic": lambda: model.model_validate_json(compact),
        "json alone": lambda: json.loads(compact),
    }
    assert loads(text, format="json") == bare_loads(text, converter)
    print(f"A plan of {len(compact):,} characters of JSON")
    for name, seconds in race(racers, ROUNDS, 3).items():
        print(f"  {name:<12} {seconds * 1e3:7.2f} ms")


def race_tables(rows: int) -> None:
    """Race the readers of a table."""
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
        print(f"A table of {rows:,} rows, {path.stat().st_size / rows:.0f} bytes each")
        for name, seconds in race(racers, 2, 1).items():
            print(f"  {name:<20} {seconds / rows * 1e6:7.2f} microseconds a row")
        records = "io.load_observations(path, measures=measures)"
        frame = "frames.read_observations(path, measures=measures)"
        stream = "sum(1 for _ in io.iterate_observations(path, measures=measures))"
        for name, reading in ("records", records), ("a frame", frame), ("a stream", stream):
            print(f"  memory of {name:<10} {growth(path, reading):5.1f} times the file")


def main() -> None:
    """Run the races."""
    race_plans()
    race_tables(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
