"""JSON Schemas of results, made from their layouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from rrmodel.records import Field, FieldKind, Layout

__all__ = ["describe_layout"]

Schema: TypeAlias = dict[str, Any]

_TYPES: dict[FieldKind, Schema] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "sentences": {"type": "array", "items": {"type": "string"}},
    "wholes": {"type": "array", "items": {"type": "integer"}},
    "texts_by_name": {"type": "object", "additionalProperties": {"type": "string"}},
    "numbers_by_name": {"type": "object", "additionalProperties": {"type": "integer"}},
}


_NO_REFERENCES: Mapping[str, str] = {}


def describe_layout(
    layout: Layout[Any], *, references: Mapping[str, str] = _NO_REFERENCES
) -> Schema:
    """Return the schema of the mappings of a layout: every key is there, and no other.

    Args:
        layout: The fields of a kind of result.
        references: The references to layouts that are described elsewhere, by their names.
    """
    return {
        "description": layout.description,
        "type": "object",
        "required": [field.name for field in layout.fields],
        "properties": {
            field.name: {"description": field.description, **_describe(field, references)}
            for field in layout.fields
        },
        "additionalProperties": False,
    }


def _describe(field: Field[Any], references: Mapping[str, str]) -> Schema:
    if field.choices:
        return {"enum": [*field.choices, *([None] if field.is_optional else [])]}
    if field.kind == "records":
        if (reference := references.get(field.inner.name)) is not None:
            return {"type": "array", "items": {"$ref": reference}}
        return {"type": "array", "items": describe_layout(field.inner, references=references)}
    if field.kind == "record":
        schema = describe_layout(field.inner, references=references)
        del schema["description"]  # the field's own says more
    else:
        schema = _TYPES[field.kind]
    return {**schema, "type": [schema["type"], "null"]} if field.is_optional else schema
