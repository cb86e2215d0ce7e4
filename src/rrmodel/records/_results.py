"""The methods of every result: as a mapping, as rows of a table, and as a table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from rrmodel.errors import RecordError
from rrmodel.records._layouts import Layout, Record, Table
from rrmodel.records._pydantic import PydanticRecord

__all__ = ["Result", "Tabular", "to_table"]


class Tabular:
    """An object that is written as a mapping for JSON, and as rows of a table."""

    __slots__ = ()

    layout: ClassVar[Layout[Any]]
    """The layout of its mapping."""

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping for JSON, by its layout; see :mod:`rrmodel.records`."""
        return self.layout.to_dict(self)

    def to_table(self) -> Table[Any]:
        """Return its rows as a table, which knows their columns."""
        return Table(self.layout, (self,))

    def to_records(self) -> list[Record]:
        """Return its rows, which all have the same columns; see :mod:`rrmodel.records`."""
        return self.to_table().to_records()

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows: of one record, its fields below each other."""
        table = self.to_table()
        if table.layout is not self.layout:
            return table._repr_html_()
        from rrmodel.records._html import list_html  # noqa: PLC0415 - only a notebook needs it

        (record,) = table.to_records()
        columns, sources = table.layout.detail_columns(), table.layout._sources  # noqa: SLF001 - of us
        return list_html(table.caption, columns, sources, record)


class Result(Tabular, PydanticRecord):
    """A result, which pydantic models and services write by its layout, and do not read."""

    __slots__ = ()


def to_table(results: Iterable[Tabular], *, of: type[Tabular] | None = None) -> Table[Any]:
    """Return results of one kind as one table, with the rows of each in turn.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph, single_points
    >>> table = to_table(single_points(partner_graph(datasets.load("hmp-leeds-regimes"))))
    >>> [record["left_empty"] for record in table.to_records()]
    ['voluntary-sector-involvement', 'accommodation', 'mental-and-physical-health']

    Args:
        results: The results.
        of: Their class, for a table without rows. Default: that of the results.

    Raises:
        RecordError: A value is not a result, the results are of different kinds, or there is none
            and no class.
    """
    many = cast("object", results)
    given = cast("Iterable[object]", many) if isinstance(many, Iterable) else [many]
    tables: list[Table[Any]] = []
    for each in given:
        if not isinstance(each, Tabular):
            raise RecordError(
                f"a value of type {type(each).__name__!r} has no place in a table: give results "
                "that have to_records(), such as observations or evaluations"
            )
        tables.append(each.to_table())
    if not tables:
        if of is None:
            raise RecordError("there is no result, so the columns are unknown: give 'of'")
        return Table(of.layout, ())
    first = tables[0].layout
    other = next((table.layout for table in tables if table.layout is not first), None)
    if other is not None:
        raise RecordError(
            f"results of the kinds {first.name!r} and {other.name!r} have different columns: make "
            "a table of each"
        )
    return Table(first, tuple(row for table in tables for row in table.subjects))
