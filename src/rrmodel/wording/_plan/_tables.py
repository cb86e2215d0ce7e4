"""Rows of tables: which column has the statement, the lead, the deadline, the levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from rrmodel.model import normal_form
from rrmodel.wording._dates import MONTHS
from rrmodel.wording._documents import Block
from rrmodel.wording._plan._headings import SectionRole

__all__ = ["Columns", "Row", "plain_row"]

_WORDS: Final[Mapping[str, str]] = {
    "action": "action; actions; activity; activities; what; what we will do; what will we do; "
    "commitment; commitments; deliverable; task; key actions; key activities; milestone",
    "measure": "measure; measures; indicator; indicators; kpi; success measure; success measures; "
    "measure of success; measures of success; performance measure; performance indicator; "
    "key performance indicator; outcome measure; success criteria; what success looks like; "
    "how we will measure success; how we will know; metric",
    "objective": "objective; objectives; outcome; outcomes; aim; aims; what we want to achieve",
    "partner": "partner; partners; organisation; organisations; agency; agencies",
    "term": "term; acronym; abbreviation; word; phrase",
    "name": "name; description",
    "lead": "lead; leads; owner; lead agency; lead officer; responsible; responsibility; who; "
    "lead partner; led by; who will lead; accountable; lead organisation",
    "deadline": "deadline; date; due; due date; timescale; timescales; target date; "
    "completion date; completed by; timeline; by; timeframe",
    "baseline": "baseline; from; current; current level; current performance; starting point; "
    "where we are now; outturn; actual; latest; performance; position; current position",
    "goal": "target; goal; to; target level; where we want to be; ambition; targets",
    "role": "role; what they do; contribution; meaning; definition; explanation",
}
"""The words at the head of the columns of a table, by what the column has."""

_COLUMNS: Final = {words: name for name, each in _WORDS.items() for words in each.split("; ")}
_STATEMENTS: Final[Mapping[str, SectionRole | None]] = {
    "action": "activities",
    "measure": "targets",
    "goal": "targets",
    "objective": "objectives",
    "partner": "partners",
    "term": "glossary",
    "name": None,
}
"""The columns that may have the statement of a row, the first of them first, and its part."""

_QUESTIONS: Final = tuple(
    (re.compile(words), name)
    for words, name in {
        "how (?:will we|we will|do we|we) (?:know|measure|tell)": "measure",
        "what (?:will we|we will|are we|we are) (?:do|doing|going)": "action",
        "who (?:will|is|are|leads)": "lead",
        "(?:by )?when\\b": "deadline",
    }.items()
)
"""How the head of a column asks for what it has."""
_DATED: Final = re.compile(
    r"\(?\b(?:(?:by|for|in|at|to) )*(?P<date>(?:(?:year|12 months) (?:to|ending) )?"
    rf"(?:(?i:{MONTHS}) )?"
    r"20[0-9]{2}(?: ?[-–/] ?[0-9]{2,4})?)\b\)?"
)
_YEAR: Final = re.compile("20[0-9]{2}")
_DIGIT: Final = re.compile("[0-9]")
_LEVEL: Final = re.compile(
    r"(?:at least|at most|no more than|not more than|less than|fewer than|more than|up to|under|"
    r"over|above|below|about|around) |[£<>≤≥~+-]? ?[0-9]",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Row:
    """A row of a table by its columns; a column that the table has not is empty."""

    statement: str
    """The action, or the level to reach."""
    part: SectionRole | None = None
    """The part of a plan that the head of the table says it is."""
    objective: str = ""
    """The objective beside it."""
    success: str = ""
    """How the success of an action is measured."""
    lead: str = ""
    """Who leads it."""
    deadline: str = ""
    """The deadline."""
    baseline: str = ""
    """The level to start from, with its period."""
    goals: tuple[tuple[str, str], ...] = ()
    """The levels to reach, each with the date at the head of its column."""
    role: str = ""
    """The work of a partner, or the meaning of a term."""

    def target_sentences(self) -> Iterator[str]:
        """Yield the row as sentences, one for each level to reach; without one, its statement."""
        goals = [(level, date) for level, date in self.goals if level] or [("", "")]
        for level, date in goals:
            due = "" if _YEAR.search(level) else date or self.deadline
            by = f" by {due}" if due else ""
            start = f" from {self.baseline}" if _DIGIT.search(self.baseline) else ""
            if not level:
                yield f"{self.statement}{by}"
            elif not _DIGIT.search(level):
                yield f"{self.statement}: {level}"
            elif _LEVEL.match(level):
                yield f"{self.statement}:{start} to {level[0].lower()}{level[1:]}{by}"
            else:
                yield f"{self.statement}: {level}{start}{by}"


@attrs.frozen
class Columns:
    """The columns of a table, as its header names them."""

    names: tuple[tuple[str | None, str], ...]
    """The contents of each column, and the date at its head."""
    statement: str
    """The column of the statements."""

    @classmethod
    def of(cls, header: Block) -> Columns | None:
        """Return the columns that a header names; ``None`` if it names no statement."""
        names = tuple(map(_column, header.cells))
        known = [name for name, _ in names]
        statement = next(
            (
                name
                for name in _STATEMENTS
                # a level to reach is a statement only where nothing says what is measured
                if name in known and (name != "goal" or known[0] == name)
            ),
            None,
        )
        return None if statement is None else cls(names, statement)

    def row(self, block: Block) -> Row | None:
        """Return a row by its columns; ``None`` if its statement is empty."""
        cells: dict[str, str] = {}
        goals: list[tuple[str, str]] = []
        for (name, date), cell in zip(self.names, block.cells, strict=False):
            if name == "goal" and self.statement != "goal":
                goals.append((cell, date))
            elif name == "baseline" and cell:
                # of several columns of levels, the last is the latest
                dated = date and _DIGIT.search(cell) and not _YEAR.search(cell)
                cells[name] = f"{cell} in {date}" if dated else cell
            elif name is not None:
                cells.setdefault(name, cell)
        statement = cells.pop(self.statement, "")
        if not statement:
            return None
        is_action = self.statement == "action"
        return Row(
            statement=statement,
            part=_STATEMENTS[self.statement],
            objective=cells.get("objective", ""),
            success=cells.get("measure", "") if is_action else "",
            lead=cells.get("lead", ""),
            deadline=cells.get("deadline", ""),
            baseline=cells.get("baseline", ""),
            goals=tuple(goals),
            role=cells.get("role", ""),
        )


def _column(head: str) -> tuple[str | None, str]:
    """Return what a column has by its head, and the date there: "2024/25 target"."""
    dated = _DATED.search(head)
    words = head if dated is None else f"{head[: dated.start()]} {head[dated.end() :]}"
    plain = normal_form(words.strip(" :?()"))
    asked = (name for pattern, name in _QUESTIONS if pattern.match(plain))
    return _COLUMNS.get(plain) or next(asked, None), dated["date"] if dated else ""


def plain_row(cells: Sequence[str]) -> Row:
    """Return a row without a header: the first cell is the statement, the second says more."""
    first, *rest = filter(None, cells)
    return Row(statement=first, role=" ".join(rest))
