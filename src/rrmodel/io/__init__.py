"""Plans, sets of figures and pathway schemes, in and out: YAML for people, JSON for machines.

A file says what it holds by ``kind`` (``plan``, ``observations`` or ``schemes``) and in which
version of the layout by ``schema_version``. Every mistake in it is reported at once, each with its
line, column and path.
"""

from rrmodel.io._converter import configure_converter, make_converter
from rrmodel.io._exchange import (
    ReadFormat,
    WriteFormat,
    dump,
    dumps,
    load,
    loads,
    losses,
    written_format,
)
from rrmodel.io._own_texts import SCHEMA_VERSION, Root, positions
from rrmodel.io._schema import json_schema
from rrmodel.io._source_texts import Format
from rrmodel.io._stratml import StratmlReading, read_stratml

__all__ = [
    "SCHEMA_VERSION",
    "Format",
    "ReadFormat",
    "Root",
    "StratmlReading",
    "WriteFormat",
    "configure_converter",
    "dump",
    "dumps",
    "json_schema",
    "load",
    "loads",
    "losses",
    "make_converter",
    "positions",
    "read_stratml",
    "written_format",
]
