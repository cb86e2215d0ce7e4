"""Results as data: the fields of each kind of result, declared once.

A :class:`Layout` lists the fields of a result. Its mapping for JSON, its row of a table, its JSON
Schema, its table in a notebook and its description in the documentation are all made from that one
list, so their names agree.

- A quantity is an exact text, as plan files write it (``90%``, ``27/110 percentage points``), and
  beside it ``..._value`` is the nearest binary number. A range is the text ``40% to 50%``, with
  ``..._low_value`` and ``..._high_value``.
- An unknown or undefined value is null, never NaN. A number too large for a binary number is null
  too; its text is exact.
- Days are ``datetime.date`` in records and ISO texts such as ``2024-07-25`` in JSON.
- A row joins the keys that lead to a value by ``_``: the column ``latest_period`` is the key
  ``period`` of the mapping ``latest``. Lists of texts or numbers are joined by ``"; "``, and
  sentences by a space. Other lists, and mappings by name, have no column.

>>> from rrmodel import datasets
>>> figure = datasets.observations("england-and-wales")[0]
>>> record = figure.to_records()[0]
>>> record["level"], record["value"], record["published"]
('19.3%', 19.3, datetime.date(2024, 7, 25))
>>> figure.to_dict()["published"]
'2024-07-25'

A notebook shows a result as a table of its main columns. :func:`to_table` makes one table of
several results, and ``repr`` is a line that names the attributes to look at.
"""

from __future__ import annotations

from rrmodel.records._layouts import Field, FieldKind, Layout, Record, Table, Value
from rrmodel.records._numbers import fraction, nearest_number, quantity
from rrmodel.records._pydantic import PydanticRecord
from rrmodel.records._results import Result, Tabular, to_table
from rrmodel.records._short_repr import short_repr
from rrmodel.records._shown import ShownColumn

__all__ = [
    "Field",
    "FieldKind",
    "Layout",
    "PydanticRecord",
    "Record",
    "Result",
    "ShownColumn",
    "Table",
    "Tabular",
    "Value",
    "fraction",
    "nearest_number",
    "quantity",
    "short_repr",
    "to_table",
]
