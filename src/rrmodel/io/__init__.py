"""Plans, sets of figures and pathway schemes, in and out: YAML for people, JSON for machines.

A file says what it holds by ``kind`` (``plan``, ``observations`` or ``schemes``) and in which
version of the layout by ``schema_version``. Every mistake in it is reported at once, each with its
line, column and path.
"""

from rrmodel.io._converter import configure_converter, make_converter
from rrmodel.io._files import SCHEMA_VERSION, Root, dump, dumps, load, loads
from rrmodel.io._source_texts import Format

__all__ = [
    "SCHEMA_VERSION",
    "Format",
    "Root",
    "configure_converter",
    "dump",
    "dumps",
    "load",
    "loads",
    "make_converter",
]
