"""Texts of TOML, read into the plain data that YAML and JSON give.

TOML is read and not written: its tables of tables are a hard form for the pathways of a plan.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import TypeAlias

from rrmodel.errors import LoadError, Problem
from rrmodel.io._source_texts import DEEPEST, TOO_DEEP, SourceText

__all__ = ["parse_toml"]

_Toml: TypeAlias = str | bool | int | date | time | list["_Toml"] | dict[str, "_Toml"]

_PLACE = re.compile(r"line (\d+), column (\d+)")
_DEEP_KEY = re.compile(
    rf"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){{{DEEPEST}}}""", re.ASCII
)
"""A dotted key of so many parts, which tomllib would read in the square of their number."""


def parse_toml(text: str, name: str | None) -> SourceText:
    r"""Parse a text of TOML.

    Numbers keep the digits that were printed, and days are texts, as in JSON. The place of
    a part in the text is not known, so later errors have only its path.

    >>> parse_toml('id = "a-plan"\nlevel = 82.0\nday = 2023-07-31', None).data
    {'id': 'a-plan', 'level': '82.0', 'day': '2023-07-31'}

    Raises:
        LoadError: It is not TOML, or too deep to be a plan.
    """
    text = text.removeprefix("\ufeff")

    def refused(what: str, line: int | None = None, column: int | None = None) -> LoadError:
        return LoadError([Problem(f"this cannot be read as TOML: {what}", "$", name, line, column)])

    if _DEEP_KEY.search(text):
        raise refused(TOO_DEEP)
    try:
        data = _plain(tomllib.loads(text, parse_float=str), 0)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        match = _PLACE.match(place)
        line, column = map(int, match.groups()) if match else (text.count("\n") + 1, None)
        raise refused(what, line, column) from error
    except RecursionError as error:
        raise refused(TOO_DEEP) from error
    except ValueError as error:
        raise refused("it has a number of thousands of digits: write a shorter one") from error
    return SourceText(data, (), lambda _: None)


def _plain(value: _Toml, depth: int) -> object:
    """Return what TOML gave as the texts, switches, lists and mappings that JSON gives."""
    if depth > DEEPEST:
        raise RecursionError
    match value:
        case dict():
            return {key: _plain(part, depth + 1) for key, part in value.items()}
        case list():
            return [_plain(part, depth + 1) for part in value]
        case bool():
            return value
        case int():
            return str(value)
        case date() | time():
            return value.isoformat()
        case _:
            return value
