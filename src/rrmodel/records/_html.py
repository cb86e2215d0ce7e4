"""Tables in HTML, as notebooks show them.

Colours are those of the page, so that a table reads well on a light and on a dark one. Every text
is escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

import attrs

from rrmodel.records._shown import Cell, ShownColumn, Source, Value, cell_of, is_numeric

__all__ = ["list_html", "table_html"]

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_ROWS = 20
"""Rows that are shown; of more, how many there are."""
_LONGEST = 700
"""Characters of a text that are shown; the rest is shown on hover."""
_STYLE = (
    "div.rrmodel{overflow-x:auto;max-width:100%}"
    "div.rrmodel table{border-collapse:collapse;table-layout:auto;width:auto;margin:.4em 0;"
    "border:0;font-size:.9em;line-height:1.35;color:inherit;background:none}"
    "div.rrmodel caption{caption-side:top;padding:0 0 .3em;text-align:left;font-style:normal;"
    "font-weight:600;color:inherit}"
    "div.rrmodel th,div.rrmodel td{padding:.25em .9em .25em 0;border:0;"
    "border-bottom:1px solid rgba(128,128,128,.45);max-width:36em;text-align:left;"
    "vertical-align:top;white-space:normal;font-weight:400;color:inherit;background:none}"
    "div.rrmodel thead th{border-bottom-width:2px;vertical-align:bottom}"
    "div.rrmodel thead th,div.rrmodel th.l{font-weight:600}"
    "div.rrmodel .n{text-align:right;font-variant-numeric:tabular-nums}"
    "div.rrmodel small{display:block;font-size:.88em;opacity:.85}"
    "div.rrmodel [title]{text-decoration:underline dotted rgba(128,128,128,.8);"
    "text-underline-offset:.2em}"
)


def table_html(
    caption: str,
    columns: Sequence[ShownColumn],
    sources: Mapping[str, Source],
    records: Sequence[Mapping[str, Value]],
) -> str:
    """Return records as a table with a row for each, without columns that say nothing.

    Args:
        caption: The caption of the table.
        columns: The columns to show.
        sources: The kind of values of each column of the records.
        records: The records.
    """
    shown = records[:_MOST_ROWS]
    cells = {column: _cells(column, sources, shown) for column in columns}
    filled = [
        column
        for column in columns
        if any(cell.text for cell in cells[column])
        and not (column.if_different and len(shown) > 1 and len(set(cells[column])) == 1)
    ]
    classes = {column: ' class="n"' if is_numeric(column, sources) else "" for column in filled}
    heads = "".join(
        f'<th scope="col"{classes[column]}>{_escaped(column.heading)}</th>' for column in filled
    )

    def row(place: int) -> Iterator[str]:
        for number, column in enumerate(filled):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            yield _written(cells[column][place], tag, scope + classes[column])

    rows = [f"<tr>{''.join(row(place))}</tr>" for place in range(len(shown))]
    if more := len(records) - len(shown):
        words = f"… and {more:,} more: see to_records()"
        rows.append(f'<tr><td colspan="{len(filled)}">{words}</td></tr>')
    if not records:
        return _framed(caption, "<tbody><tr><td>No rows</td></tr></tbody>")
    return _framed(caption, f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>")


def _cells(
    column: ShownColumn, sources: Mapping[str, Source], records: Sequence[Mapping[str, Value]]
) -> list[Cell]:
    """Return the cells of a column, those with the same words told apart."""
    cells = [cell_of(column, sources, record) for record in records]
    if column.distinguished_by is None:
        return cells
    pairs = [
        (cell.text, str(record[column.distinguished_by]))
        for cell, record in zip(cells, records, strict=True)
    ]
    counts = Counter(text for text, _ in set(pairs))
    return [
        attrs.evolve(cell, small=own) if counts[text] > 1 else cell
        for cell, (text, own) in zip(cells, pairs, strict=True)
    ]


def list_html(
    caption: str,
    columns: Sequence[ShownColumn],
    sources: Mapping[str, Source],
    record: Mapping[str, Value],
) -> str:
    """Return one record as a table with a row for each column that is not empty.

    Args:
        caption: The caption of the table.
        columns: The columns to show.
        sources: The kind of values of each column of the record.
        record: The record.
    """
    cells = {column.heading: cell_of(column, sources, record) for column in columns}
    rows = [
        f'<tr><th scope="row" class="l">{_escaped(heading)}</th>{_written(cell, "td", "")}</tr>'
        for heading, cell in cells.items()
        if cell.text
    ]
    return _framed(caption, f"<tbody>{''.join(rows)}</tbody>")


def _framed(caption: str, body: str) -> str:
    words = _escaped(caption)
    title = f"<caption>{words}</caption>" if caption else ""
    return (
        f'<div class="rrmodel" role="region" tabindex="0" aria-label="{words or "Table"}">'
        f"<style>{_STYLE}</style><table>{title}{body}</table></div>"
    )


def _written(cell: Cell, tag: str, attributes: str) -> str:
    text, hover = cell.text, cell.hover
    if len(text) > _LONGEST:
        text, hover = f"{text[:_LONGEST].rstrip()}…", "\n".join(filter(None, [text, hover]))
    words = _escaped(text)
    if cell.icon:
        words = f'<span aria-hidden="true">{_escaped(cell.icon)}</span> {words}'
    if hover:
        words = f'<span title="{_escaped(hover)}">{words}</span>'
    if cell.small:
        words += f"<small>{_escaped(cell.small)}</small>"
    return f"<{tag}{attributes}>{words}</{tag}>"


def _escaped(text: str) -> str:
    """Return a text that makes no element, without the characters that HTML cannot contain."""
    return escape(_FORBIDDEN.sub("\ufffd", text))
