"""Representations of records that hold others, which fit a line."""

from __future__ import annotations

from datetime import date
from typing import cast

__all__ = ["short_repr"]

_LONGEST = 80
"""Characters of a text that are shown."""


def short_repr(record: object, name: str | None = None, /, **parts: object) -> str:
    """Return a representation of a record that holds others, which fits a line.

    It names the attributes to look at; ``attrs.asdict``, or ``to_dict()`` where there is one, gives
    everything.

    >>> from fractions import Fraction
    >>> short_repr(Fraction(1, 2), "half", title="One in two", parts=(1, 2))
    "<Fraction 'half': title='One in two', parts=2>"

    Args:
        record: The record.
        name: Its id or name, which comes first.
        parts: Its numbers and short values by the names of its attributes. A tuple is counted, and
            an empty one is omitted; a long text is cut; a day is in ISO 8601.
    """
    shown = [f"{key}={_shown(value)}" for key, value in parts.items() if value != ()]
    named = "" if name is None else f" {_shown(name)}"
    return f"<{type(record).__name__}{named}{': ' if shown else ''}{', '.join(shown)}>"


def _shown(value: object) -> str:
    match value:
        case tuple():
            return str(len(cast("tuple[object, ...]", value)))
        case str() if len(value) > _LONGEST:
            return repr(f"{value[:_LONGEST].rstrip()}…")
        case date():
            return value.isoformat()
        case _:
            return repr(value)
