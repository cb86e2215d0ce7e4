"""Pathways against what a plan holds for them: a number in each cell, or the mark of a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from rrmodel.coverage import (
    COLUMNS,
    Column,
    Coverage,
    SchemeCoverage,
    SchemeRow,
)
from rrmodel.reporting._drawing import (
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    RULE,
    SMALL,
    clean,
    element,
    sheet,
    words,
    wrapped,
)
from rrmodel.reporting._picture import Picture, counted, table, told_apart

__all__ = ["coverage_picture"]

_LABEL = 230
_CELL = 86
_ROW_SPACE = 14
_LEAST_ROW = 46
_BAR = "#12436D"
_TRACK = "#DDE3E9"
_GAP = "#801650"
_GAP_PAPER = "#FBF3F7"
_INSET = 5
_WIDTH = 2 * MARGIN + _LABEL + _CELL * len(COLUMNS)
_CROSS = element("path", d="M-5 -5L5 5M-5 5L5 -5", stroke=_GAP, stroke_width=3)

_HEADS: dict[Column, str] = {
    "needs": "Needs",
    "context": "Context facts",
    "objectives": "Objectives",
    "activities": "Activities",
    "partners": "Partners",
    "targets": "Targets",
    "measured_targets": "Measured targets",
    "deadlines": "Deadlines",
}


@attrs.frozen(kw_only=True)
class _Row:
    """A pathway, what stands below its name, and its numbers."""

    name: str
    note: str
    counts: dict[Column, int]
    is_upper_bound: bool

    @property
    def label(self) -> tuple[str, ...]:
        return wrapped(self.name, _LABEL - _INSET)

    @property
    def notes(self) -> tuple[str, ...]:
        return wrapped(self.note, _LABEL - _INSET, SMALL)

    @property
    def height(self) -> int:
        return max(LINE_HEIGHT * len(self.label + self.notes) + _ROW_SPACE, _LEAST_ROW)

    def number(self, column: Column) -> str:
        """Return a number as it is written."""
        count = self.counts[column]
        if not count:
            return "none"
        return f"≤ {count}" if self.is_upper_bound else f"{count}"


def coverage_picture(coverage: Coverage | SchemeCoverage) -> Picture:
    """Return a picture of what a plan covers: pathways against needs, objectives, targets and more.

    Each cell says how many there are, with a bar that compares it with the most in its column. A
    gap has a mark and the word "none". Seen through another scheme, "≤" says that a number may
    count more than belongs to the pathway.

    >>> from rrmodel import datasets
    >>> from rrmodel.coverage import coverage
    >>> picture = coverage_picture(coverage(datasets.load("east-midlands-2022-25")))
    >>> print(picture.description)
    4 pathways: 29 of 32 cells hold something. No activity serves 6 objectives.

    Args:
        coverage: What a plan covers, by itself or through another scheme.
    """
    title = f"What is covered: {coverage.plan.title}"
    if isinstance(coverage, SchemeCoverage):
        title += f", seen through {coverage.scheme.name}"
    title = clean(title)
    notes = _notes(coverage)
    names = told_apart({row.pathway: row.name for row in coverage})
    rows = [
        _Row(
            name=names[row.pathway],
            note=clean(notes.get(row.pathway, "")),
            counts=row.counts(),
            is_upper_bound=isinstance(row, SchemeRow) and row.is_upper_bound,
        )
        for row in coverage
    ]
    description = _description(rows, coverage)
    height, inside = _drawn(rows)
    return Picture(
        svg=sheet(title=title, description=description, width=_WIDTH, height=height, inside=inside),
        title=title,
        description=description,
        text=_text(title, description, rows, list(_remarks(coverage, names))),
    )


def _notes(coverage: Coverage | SchemeCoverage) -> dict[str, str]:
    """Return what is said below the names of pathways, by their ids."""
    if isinstance(coverage, SchemeCoverage):
        return {row.pathway: _correspondence(coverage, row) for row in coverage}
    unserved = Counter(
        gap.pathway for gap in coverage.gaps if gap.missing == "activity_for_objective"
    )
    return {
        pathway: f"{counted(count, 'objective')} not served"
        for pathway, count in unserved.items()
        if pathway is not None
    }


def _correspondence(coverage: SchemeCoverage, row: SchemeRow) -> str:
    backwards = coverage.plan.scheme == coverage.crosswalk.target
    said: list[str] = []
    for held in row.pathways:
        home = coverage.plan.pathway(held.pathway).scheme_pathway or held.pathway
        said += [
            f"{found.strength}{', a part' if found.part else ''}: {held.name}"
            for found in row.correspondences
            if home == (found.target if backwards else found.source)
        ]
    return "; ".join(said) or "nothing in the plan corresponds"


def _description(rows: list[_Row], coverage: Coverage | SchemeCoverage) -> str:
    every = [count for row in rows for count in row.counts.values()]
    filled = sum(map(bool, every))
    said = f"{counted(len(rows), 'pathway')}: {filled} of {len(every)} cells hold something."
    if isinstance(coverage, Coverage):
        missing = Counter(gap.missing for gap in coverage.gaps)
        if count := missing["activity_for_objective"]:
            said += f" No activity serves {counted(count, 'objective')}."
        if count := missing["pathway_for_need"]:
            said += f" No pathway deals with {counted(count, 'need')}."
    return said


def _remarks(coverage: Coverage | SchemeCoverage, names: dict[str, str]) -> Iterator[str]:
    """Yield what the table cannot say: what would close each gap, or why pathways correspond."""
    if isinstance(coverage, SchemeCoverage):
        for row in coverage:
            for found in row.correspondences:
                yield f"{names[row.pathway]}: {found.reason}"
    else:
        for gap in coverage.gaps:
            where = names[gap.pathway] if gap.pathway is not None else coverage.plan.title
            of = f" ({gap.of})" if gap.of is not None else ""
            yield f"{where} lacks {gap.closed_by}{of}"


def _text(title: str, description: str, rows: list[_Row], remarks: list[str]) -> str:
    numbers = [[row.name, *map(row.number, COLUMNS), row.note] for row in rows]
    said = table(["Pathway", *_HEADS.values(), "Note"], numbers)
    said = f"{title}\n{description}\n\n{said}"
    if remarks:
        said += "\n" + "".join(f"- {clean(remark)}\n" for remark in remarks)
    return said


def _drawn(rows: list[_Row]) -> tuple[int, list[str]]:
    """Return the height of what stands below the title, and its elements."""
    inside: list[str] = []
    heads = [wrapped(head, _CELL, SMALL, bold=True) for head in _HEADS.values()]
    bottom = LINE_HEIGHT * max(map(len, heads))
    for place, head in enumerate(heads):
        for number, line in enumerate(reversed(head)):
            y = bottom - LINE_HEIGHT * number - LINE_HEIGHT // 2
            inside.append(words(_middle(place), y, line, anchor="middle", size=SMALL, bold=True))
    most = {column: max((row.counts[column] for row in rows), default=0) for column in COLUMNS}
    top = bottom + _INSET
    for row in rows:
        inside += [element("path", d=f"M{MARGIN} {top}H{_WIDTH - MARGIN}", stroke=RULE)]
        inside += _label(row, top)
        for place, column in enumerate(COLUMNS):
            left = MARGIN + _LABEL + _CELL * place + _INSET
            inside += _cell(row, column, most[column], left, top)
        top += row.height
    legend = list(_legend(rows))
    for number, (sample, said) in enumerate(legend):
        y = top + MARGIN + LINE_HEIGHT * number + LINE_HEIGHT // 2
        inside.append(element("g", sample, transform=f"translate({MARGIN + 8} {y})"))
        inside.append(words(MARGIN + 24, y, said, size=SMALL, fill=MUTED))
    return top + (MARGIN + LINE_HEIGHT * len(legend) if legend else 0), inside


def _middle(place: int) -> int:
    """Return the middle of a column."""
    return MARGIN + _LABEL + _CELL * place + _CELL // 2


def _label(row: _Row, top: int) -> Iterator[str]:
    tall = LINE_HEIGHT * len(row.label + row.notes)
    y = top + (row.height - tall) // 2 + LINE_HEIGHT // 2
    for line in row.label:
        yield words(MARGIN, y, line)
        y += LINE_HEIGHT
    for line in row.notes:
        yield words(MARGIN, y, line, size=SMALL, fill=MUTED)
        y += LINE_HEIGHT


def _cell(row: _Row, column: Column, most: int, left: int, top: int) -> Iterator[str]:
    width, middle = _CELL - 2 * _INSET, top + row.height // 2
    if count := row.counts[column]:
        yield words(left + width // 2, middle - 5, row.number(column), anchor="middle")
        for wide, fill in ((width, _TRACK), (max(1, width * count // most), _BAR)):
            yield element("rect", x=left, y=middle + 9, width=wide, height=5, fill=fill)
    else:
        size = {"width": width, "height": row.height - 2 * _INSET}
        edge = {"fill": _GAP_PAPER, "stroke": _GAP, "stroke_dasharray": "4 3"}
        yield element("rect", x=left, y=top + _INSET, **size, **edge)
        yield element("g", _CROSS, transform=f"translate({left + 19} {middle})")
        yield words(left + 30, middle, row.number(column), size=SMALL, fill=_GAP, bold=True)


def _legend(rows: list[_Row]) -> Iterator[tuple[str, str]]:
    """Yield what the marks mean, those of them that there are."""
    if any(not count for row in rows for count in row.counts.values()):
        yield _CROSS, "a gap: the plan holds nothing of the kind there"
    if any(row.is_upper_bound for row in rows):
        bound = words(0, 0, "≤", anchor="middle")
        yield (
            bound,
            "at most: pathways that correspond in part or loosely hold other things too",
        )
