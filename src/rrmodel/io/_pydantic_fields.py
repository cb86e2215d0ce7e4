"""How pydantic reads, writes and describes our records as files do, and writes our results.

Loaded only when pydantic asks one of their classes about itself; quantities and periods are texts,
which pydantic reads without this module.
"""

from __future__ import annotations

import json
import re
from typing import Any, get_type_hints

from cattrs.errors import BaseValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as core

from rrmodel._pydantic import field_name
from rrmodel.errors import PlanError, Problem, RrmodelError
from rrmodel.io._own_texts import (
    KINDS,
    Root,
    plain_converter,
    problems_of,
    read_text,
    write_text,
)
from rrmodel.io._result_schema import describe_layout
from rrmodel.io._schema import Schema, describe
from rrmodel.io._source_texts import parse
from rrmodel.model import Measure
from rrmodel.records import Result

__all__ = ["field_schema"]

_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")


def field_schema(kind: type[Any]) -> CoreSchema:
    """Return what pydantic builds a field of one of our classes from.

    An instance is taken as it is; otherwise the text or the mapping that a file has is read. Each
    error has its location. In JSON the field is again what a file has; in Python it stays the
    instance. A result is not read, and in JSON it is its ``to_dict()``.
    """
    if issubclass(kind, Result):
        return _result_schema(kind)

    def read(value: object) -> object:
        return value if isinstance(value, kind) else _read(kind, value)

    read.__name__ = kind.__name__  # by which pydantic names the members of a union
    return core.no_info_plain_validator_function(
        read,
        serialization=core.plain_serializer_function_ser_schema(_write, when_used="json"),
        **_described(kind, measures_by_id=False),
    )


def _result_schema(kind: type[Result]) -> CoreSchema:
    """Return what pydantic builds a field of a result from: an instance, written by its layout."""

    def check(value: object) -> object:
        if isinstance(value, kind):
            return value
        template: Any = f"{type(value).__name__} is not read as {kind.__name__}: make one instead"
        raise PydanticCustomError("rrmodel", template)

    def json_schema(_: CoreSchema, __: object) -> Schema:
        return {"title": kind.__name__, **describe_layout(kind.layout)}

    return core.no_info_plain_validator_function(
        check,
        serialization=core.plain_serializer_function_ser_schema(_write_result, when_used="json"),
        ref=field_name(kind),
        metadata={"pydantic_js_functions": [json_schema]},
    )


def _write_result(result: Result) -> object:
    return result.to_dict()


def _described(kind: type[Any], *, measures_by_id: bool) -> dict[str, Any]:
    """Return what tells pydantic the JSON Schema of a class, and by which name to refer to it."""
    in_plan = measures_by_id or kind is KINDS["plan"]

    def json_schema(_: CoreSchema, handler: Any) -> Schema:  # noqa: ANN401 - pydantic's own, private
        def refer(record: type) -> Schema:
            known = core.any_schema(**_described(record, measures_by_id=in_plan))
            # Asked for the items of a list, pydantic defines them once and answers by reference.
            reference: Schema = handler(core.list_schema(known))["items"]
            return reference

        return describe(kind, refer, measures_by_id=in_plan)

    differs = measures_by_id and Measure in get_type_hints(kind).values()
    return {
        "ref": field_name(kind, "InPlan" if differs else ""),
        "metadata": {"pydantic_js_functions": [json_schema]},
    }


def _read(kind: type[Any], value: object) -> object:
    try:
        record = _read_json(kind, json.dumps(value))
    except (BaseValidationError, PlanError) as error:
        problems = problems_of(error)
    except RrmodelError as error:
        problems = [Problem(str(error))]
    except (TypeError, ValueError, RecursionError):
        message = f"{type(value).__name__} is not read as {kind.__name__}: "
        problems = [Problem(f"{message}write the text or the mapping that a file has in its place")]
    else:
        if isinstance(record, kind):
            return record
        message = f"this is read as {type(record).__name__}, and {kind.__name__} is needed here"
        problems = [Problem(message)]
    lines = [_line_error(problem, value) for problem in problems]
    raise ValidationError.from_exception_data(kind.__name__, lines)


def _read_json(kind: type[Any], text: str) -> object:
    """Read JSON as a file is read, by the same grammar."""
    if kind in KINDS.values():
        return read_text(text, "json", None)
    return plain_converter().structure(parse(text, format="json", name=None).data, kind)


def _write(value: object) -> object:
    if isinstance(value, Root):
        return json.loads(write_text(value, "json"))
    return plain_converter().unstructure(value)


def _line_error(problem: Problem, value: object) -> InitErrorDetails:
    """Return one problem as pydantic reports it: where it is, and the input there."""
    place = tuple(int(index) if index else key for key, index in _STEP.findall(problem.path))
    part: Any = value
    for step in place:
        try:
            part = part[step]
        except (KeyError, IndexError, TypeError):
            break
    template: Any = problem.message  # whole: pydantic has nothing to fill in
    error = PydanticCustomError("rrmodel", template)
    return InitErrorDetails(type=error, loc=place, input=part)
