"""JSON Schemas of the texts of periods, deadlines and durations.

They accept a little more than is read: that "Marsh 2022" names no period, only reading it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DEADLINE_SCHEMA", "DURATION_SCHEMA", "PERIOD_SCHEMA"]

_IN_KNOWN_YEARS = {
    "type": ["string", "integer"],
    "pattern": "(?:19|20|21)[0-9]{2}",
    "minimum": 1900,
    "maximum": 2199,
}
PERIOD_SCHEMA: Mapping[str, object] = MappingProxyType(
    {**_IN_KNOWN_YEARS, "examples": ["March 2022", "2022-23", "year to March 2022"]}
)
"""The JSON Schema of the text of a period, or of the number of a year."""
DEADLINE_SCHEMA: Mapping[str, object] = MappingProxyType(
    {**_IN_KNOWN_YEARS, "examples": ["By July 2023", "by 2023-24", "early 2023"]}
)
"""The JSON Schema of the words of a deadline, or of the number of a year."""
DURATION_SCHEMA: Mapping[str, object] = MappingProxyType(
    {
        "type": "string",
        "pattern": "[Yy][Ee][Aa][Rr]|[Mm][Oo][Nn][Tt][Hh]|[Ww][Ee][Ee][Kk]|[Dd][Aa][Yy]",
        "examples": ["six weeks", "1 year 6 months"],
    }
)
"""The JSON Schema of the text of a duration."""
