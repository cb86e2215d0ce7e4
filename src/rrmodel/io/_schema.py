"""JSON Schemas of our files, written from the types and the words of the records themselves.

A schema never refuses what :func:`~rrmodel.io.loads` accepts. It accepts a little more, because
some rules need the reader: whether an id that is referred to exists, whether days and levels
fit each other, and whether words such as "Marsh 2022" name a period.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import attrs

from rrmodel._pydantic import described
from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.io._converter import LONGEST_COUNT, PERIODS, QUANTITIES, TAGS, members_of
from rrmodel.io._own_texts import KINDS, SCHEMA_VERSION
from rrmodel.io._result_schema import describe_layout
from rrmodel.model import Measure
from rrmodel.periods import (
    DEADLINE_SCHEMA,
    DURATION_SCHEMA,
    PERIOD_SCHEMA,
    Deadline,
    Duration,
)
from rrmodel.quantities import quantity_schema

__all__ = ["describe", "json_schema"]

Schema: TypeAlias = dict[str, Any]
Refer: TypeAlias = Callable[[type], Schema]
"""Returns the reference to a record within a larger schema."""

_FILLED = r"\S"
_ISO_DAY = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$"
# A text may be written as a number, because the reader takes numbers as they are printed.
_TEXTS: Mapping[type, Mapping[str, object]] = MappingProxyType(
    {
        str: {"type": ["string", "number"], "pattern": _FILLED},
        bool: {"enum": [True, False, "true", "false"]},
        int: {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": 10**LONGEST_COUNT - 1,
            "pattern": rf"^[0-9]{{1,{LONGEST_COUNT}}}$",
        },
        date: {
            "type": "string",
            "pattern": _ISO_DAY,
            "examples": ["2024-07-25"],
        },
        Deadline: DEADLINE_SCHEMA,
        Duration: DURATION_SCHEMA,
        **dict.fromkeys(PERIODS, PERIOD_SCHEMA),
    }
)


SchemaKind: TypeAlias = Literal["plan", "observations", "schemes", "evaluation"]
"""The things with a JSON Schema: kinds of files, and an evaluation."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EVALUATION = "evaluation"


def json_schema(kind: SchemaKind = "plan") -> dict[str, object]:
    """Return the JSON Schema, in its 2020-12 edition, of one kind of file, or of an evaluation.

    The schema of a file is what :func:`loads` reads, with two freedoms of a reader left open: a
    number is accepted for its text, and ``null`` for a key that is optional. A YAML file is
    validated as the JSON that its texts would be.

    The schema of an evaluation is that of ``to_dict()`` of an
    :class:`~rrmodel.evaluation.Evaluation` and of a :class:`~rrmodel.evaluation.PlanEvaluation`,
    and of ``rrmodel evaluate --format json``. Every key is always there.

    >>> schema = json_schema("observations")
    >>> schema["$id"], schema["required"]
    ('urn:rrmodel:observations:1', ['schema_version', 'kind', 'id', 'title'])

    Raises:
        UnknownNameError: There is no such schema.
    """
    if kind == _EVALUATION:
        return _evaluation_schema()
    if kind not in KINDS:
        known = (*KINDS, _EVALUATION)
        raise UnknownNameError(f"there is no JSON Schema of {kind!r}: {did_you_mean(kind, known)}")
    definitions: dict[str, Schema] = {}

    def refer(record: type) -> Schema:
        if record.__name__ not in definitions:
            definitions[record.__name__] = describe(record, refer, measures_by_id=True)
        return {"$ref": f"#/$defs/{record.__name__}"}

    return {
        "$schema": _DIALECT,
        "$id": f"urn:rrmodel:{kind}:{SCHEMA_VERSION}",
        "title": f"rrmodel {kind} file",
        **describe(KINDS[kind], refer, measures_by_id=True),
        "$defs": dict(sorted(definitions.items())),
    }


def _evaluation_schema() -> Schema:
    """Return the schema of the evaluation of a plan, or else of one target."""
    from rrmodel.evaluation import Evaluation, PlanEvaluation  # noqa: PLC0415 - readers need neither

    return {
        "$schema": _DIALECT,
        "$id": f"urn:rrmodel:{_EVALUATION}:{SCHEMA_VERSION}",
        "title": "rrmodel evaluation",
        "description": "The assessment of each target of a plan on a day, or of one target.",
        "type": "object",
        # Unlike anyOf, this leaves an error within either at its own place.
        "if": {"required": ["targets"]},
        "then": {"$ref": "#/$defs/PlanEvaluation"},
        "else": {"$ref": "#/$defs/Evaluation"},
        "$defs": {
            "Evaluation": describe_layout(Evaluation.layout),
            "PlanEvaluation": describe_layout(
                PlanEvaluation.layout, references={Evaluation.layout.name: "#/$defs/Evaluation"}
            ),
        },
    }


def describe(kind: type[Any], refer: Refer, *, measures_by_id: bool) -> Schema:
    """Return the schema of a record.

    Args:
        kind: An attrs class of the model.
        refer: Returns the reference to a record within this one.
        measures_by_id: Whether targets name their measure by its id, as they do in a plan.
    """
    tags: dict[str, Schema] = {}
    if root := next((name for name, known in KINDS.items() if known is kind), None):
        version: Schema = {"enum": [SCHEMA_VERSION, int(SCHEMA_VERSION)]}
        tags["schema_version"] = {"description": "The version of this layout.", **version}
        tags["kind"] = {"description": "The kind of the file.", "const": root}
    elif kind in TAGS:
        tags["kind"] = {"const": TAGS[kind]}
    hints, words = get_type_hints(kind), _attribute_words(kind)
    fields = [field for field in attrs.fields(kind) if field.init]
    properties = {
        field.name: _describe_field(
            field,
            str if measures_by_id and hints[field.name] is Measure else hints[field.name],
            refer,
        )
        for field in fields
    }
    return {
        **described(inspect.getdoc(kind)),
        "type": "object",
        "required": [*tags, *(field.name for field in fields if field.default is attrs.NOTHING)],
        "properties": {
            **tags,
            **{name: {**words.get(name, {}), **schema} for name, schema in properties.items()},
        },
        "additionalProperties": False,
    }


def _describe_field(field: attrs.Attribute[Any], hint: object, refer: Refer) -> Schema:
    own: Schema = field.metadata.get("schema", {})
    schema = _describe_type(hint, refer) | own
    if isinstance(field.default, str | bool):
        schema["default"] = field.default
    return schema


def _describe_type(hint: object, refer: Refer) -> Schema:
    members = [member for member in members_of(hint) if member is not NoneType]
    schema = _describe_members(members, refer)
    if members == list(members_of(hint)):
        return schema
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    if "$ref" in schema:
        # Unlike anyOf, this leaves an error within the record at its own place.
        return {"if": {"type": "object"}, "then": schema, "else": {"type": ["object", "null"]}}
    return {**schema, "type": [*_listed(schema["type"]), "null"]}


def _listed(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types


def _describe_members(members: list[Any], refer: Refer) -> Schema:
    first = members[0]
    if first in QUANTITIES:
        return quantity_schema(*members)
    if first in _TEXTS:
        return dict(_TEXTS[first])
    if get_origin(first) is tuple:
        return {"type": "array", "items": _describe_type(get_args(first)[0], refer)}
    if get_origin(first) is Literal:
        return {"enum": list(get_args(first))}
    if issubclass(first, Enum):
        return {"enum": [member.value for member in first]}
    if first in TAGS:
        return _describe_union(members, refer)
    return refer(first)


def _describe_union(members: list[type], refer: Refer) -> Schema:
    """Return a schema that checks a mapping only by the branch that its kind names."""
    branches = [
        {
            "if": {"properties": {"kind": {"const": TAGS[member]}}, "required": ["kind"]},
            "then": refer(member),
        }
        for member in members
    ]
    kinds: Schema = {"kind": {"enum": [TAGS[member] for member in members]}}
    return {"type": "object", "required": ["kind"], "properties": kinds, "allOf": branches}


def _attribute_words(kind: type) -> dict[str, Schema]:
    """Return the descriptions of a record's fields, those that it inherits included."""
    return {
        name: words
        for record in reversed(kind.__mro__[:-1])
        for name, words in _notes(record.__module__).get(record.__name__, {}).items()
    }


@cache  # a module's source does not change
def _notes(module: str) -> dict[str, dict[str, Schema]]:
    """Return the literal below each annotated name of each class of a module."""
    try:
        source = inspect.getsource(sys.modules[module])
    except OSError:  # an application may be packed without its sources: its schemas say less
        return {}
    notes: dict[str, dict[str, Schema]] = {}
    for record in ast.parse(source).body:
        if isinstance(record, ast.ClassDef):
            for statement, following in zip(record.body, record.body[1:], strict=False):
                match statement, following:
                    case (
                        ast.AnnAssign(target=ast.Name(id=name)),
                        ast.Expr(value=ast.Constant(value=str(text))),
                    ):
                        notes.setdefault(record.name, {})[name] = described(text)
                    case _:
                        pass
    return notes
