"""What type checkers make of ``rrmodel.io``; never run.

A file called ``io`` would come before the standard library's module for mypy.
"""

from __future__ import annotations

from pathlib import Path
from typing import assert_never, assert_type

from cattrs import Converter

from rrmodel.io import Format, Root, configure_converter, dump, dumps, load, loads, make_converter
from rrmodel.model import Measure, ObservationSet, PathwaySchemes, Plan


def allowed(plan: Plan, path: Path, form: Format, converter: Converter) -> None:
    """A file is one of three records, and each of them can be written."""
    assert_type(load(path), Root)
    assert_type(load("plan.yaml"), Root)
    assert_type(loads("kind: plan", format=form, name="plan.yaml"), Root)
    assert_type(dumps(plan, format="json"), str)
    assert_type(make_converter(), Converter)
    dump(plan, path)
    configure_converter(converter)


def refused(measure: Measure, plan: Plan) -> None:
    """No part of a plan is a file, and no other format is known."""
    dumps(measure)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    dumps(plan, format="toml")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    loads(b"kind: plan")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    dumps(plan, "json")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def exhaustive(record: Root) -> str:
    """The union of what a file may hold is closed."""
    match record:
        case Plan():
            return record.title
        case ObservationSet():
            return record.id
        case PathwaySchemes():
            return "schemes"
        case _:
            assert_never(record)
