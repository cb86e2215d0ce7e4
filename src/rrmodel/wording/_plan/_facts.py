"""Statements with figures: facts of context, and commitments of money, posts and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import attrs

from rrmodel.errors import PeriodError, RrmodelError
from rrmodel.model import Citation, Commitment, CommitmentPart, Fact, FactKind, Figure
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    FinancialYear,
    Period,
    Quarter,
    parse_deadline,
    parse_period,
)
from rrmodel.quantities import Amount, Change, Level, PercentagePoints, RelativeChange
from rrmodel.wording._dates import deadline_of
from rrmodel.wording._facts import StatedFigure, dates_in, read_figures
from rrmodel.wording._plan._result import QuestionKind
from rrmodel.wording._plan._words import Names, sentences, shortened, slug
from rrmodel.wording._vocabulary import singular

__all__ = ["FactReader", "ReadStatement", "deadline_in", "figures_of"]

_COMMITS: Final = re.compile(
    r"\b(?:will|shall|(?:are|is) recruiting|to be recruited|commit(?:s|ted)? to|adding|plans? to|"
    r"intends? to|making permanent|due to|pledge[sd]?|is investing|are investing)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:launched|was|were|has|have|had|supported|delivered|achieved|commissioned|established|"
    r"increased|reduced|completed|received)\b",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(
    r"\b(?P<way>less|more|as) likely\b|\b(?P<odds>lower|higher) (?:odds|risk)\b"
)
_CAN: Final = re.compile(r"\b(?:can|could|may) (?P<way>increase|reduce|raise|cut|lower)\b")
_NEED: Final = re.compile(r"\b(?:needs?|misuse)\b")
_CONDITION: Final = re.compile(
    r"\W*(?:after|before|following|of (?:their|the|his|her|its|release|starting)|prior|later|"
    r"post|ago|"
    r"old|strategy|plan)\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    r"\b(?:within|in the (?:last|first|next|past)|over the (?:last|next)|every|for the next|last|"
    r"next|"
    r"the first)\s*$",
    re.IGNORECASE,
)
_RANGE_END: Final = re.compile(r"\W*(?:to|and|or|[-–])\s*[0-9]")
_OF: Final = re.compile(
    r"(?P<noun>[a-z][a-z-]+)(?: (?:of|is|was|totals|by|to|stands at)| ?:)?"
    r"(?: (?:over|around|about|approximately|more than|up to|almost|nearly|some|at least))?\s*$",
    re.IGNORECASE,
)
_NUMBER_OF: Final = re.compile(
    r"\b(?:number|total|volume) of (?P<noun>[a-z' -]{3,60}?)(?: across [\w ]+| in [\w ]+| for "
    r"[\w ]+)? by\s*$",
    re.IGNORECASE,
)
_RISING: Final = re.compile(
    r"\b(?:rising|increasing|growing|falling|reducing|up|down|and) to\s*$|\bto\s*$"
)
_IN: Final = re.compile(
    r"\b(?:in|during|by|until|before|from|go live in)\s+(?:the )?$", re.IGNORECASE
)
_POSTS: Final = re.compile(
    r"\b(?:leads?|managers?|officers?|supervisors?|specialists?|co-?ordinators?|workers?|staff|"
    r"coaches|"
    r"mentors?|posts?|employees|practitioners?|navigators?|advisers?|advisors?)\b",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"\b(?:people|staff|children|men|women|[A-Za-z-]{2,}(?<![su])s)\b")
_STOP: Final = re.compile(r"\b(?:in|of|for|to|by|on|with|who|that|and|at|from)\b")
_COUNTED_AS: Final = {"population": "person", "caseload": "case"}
_FOR_YEAR: Final = re.compile(r"\b(?:for|in|during) (20[0-9]{2}[-/–][0-9]{2})\b")
_BREAK: Final = re.compile(r"\s[–—]\s|;")
_SOURCE: Final = re.compile(r"\([^()]*[A-Za-z][^()]*,\s+(?P<year>(?:19|20)[0-9]{2})\)")
_BETWEEN: Final = re.compile(r"^[Bb]etween (?P<first>.+) and (?P<last>.+)$")
_SHARES: Final = frozenset(["percent", "points"])
_NEAR: Final = 60
_MOST_IN_OF: Final = 120


@attrs.frozen(kw_only=True)
class ReadStatement:
    """What one block of running text says."""

    facts: tuple[Fact, ...] = ()
    """Its facts."""
    commitments: tuple[Commitment, ...] = ()
    """Its commitments."""
    questions: tuple[tuple[QuestionKind, str], ...] = ()
    """What is open."""


_read_figures = lru_cache(maxsize=256)(read_figures)
_dates_in = lru_cache(maxsize=256)(dates_in)
# One sentence is asked for its figures and dates by several readers, one after the other.


class FactReader:
    """Reads the facts and commitments of one plan."""

    def __init__(self) -> None:
        self._facts = Names()
        self._commitments = Names()

    def plain(
        self,
        text: str,
        citation: Citation,
        kind: FactKind,
        *,
        footnotes: tuple[str, ...] = (),
        partners: tuple[str, ...] = (),
    ) -> Fact:
        """Return a statement without figures as a fact."""
        return Fact(
            id=self._facts.new(slug(text)),
            statement=text,
            citation=citation,
            kind=kind,
            footnotes=footnotes,
            partners=partners,
        )

    def read(
        self,
        text: str,
        citation: Citation,
        kind: FactKind,
        *,
        is_funding: bool,
        footnotes: tuple[str, ...],
        partners: tuple[str, ...],
    ) -> ReadStatement:
        """Read a statement with figures or dates.

        Sentences that commit somebody to an amount or a date become commitments; the others one
        fact, or more where a sentence is of another kind than its neighbours.

        Args:
            text: The statement, one sentence or many.
            citation: Where it stands.
            kind: The kind of facts that its section has.
            is_funding: Whether its section is about money.
            footnotes: The numbers of its footnotes.
            partners: The ids of the partners that it names.
        """
        runs: list[tuple[FactKind, list[str], list[Figure]]] = []
        commitments: list[Commitment] = []
        questions: list[tuple[QuestionKind, str]] = []
        for sentence in sentences(text):
            figures = figures_of(sentence)
            found = self.commitments(sentence, figures, citation, questions, is_funding=is_funding)
            if found:
                commitments += found
                continue
            own = _kind(sentence, figures, kind)
            values = [
                one
                for each in _all(figures)
                if (one := _figure(each, sentence, figures, questions))
            ]
            if runs and runs[-1][0] == own:
                runs[-1][1].append(sentence)
                runs[-1][2].extend(values)
            else:
                runs.append((own, [sentence], values))
        facts = [
            Fact(
                id=self._facts.new(slug(words := " ".join(run))),
                statement=words,
                citation=citation,
                kind=own,
                figures=tuple(values),
                footnotes=footnotes,
                partners=partners,
            )
            for own, run, values in runs
        ]
        return ReadStatement(
            facts=tuple(facts), commitments=tuple(commitments), questions=tuple(questions)
        )

    def commitments(
        self,
        sentence: str,
        figures: list[StatedFigure],
        citation: Citation,
        questions: list[tuple[QuestionKind, str]],
        *,
        is_funding: bool,
    ) -> list[Commitment]:
        """Return the commitments that a sentence makes."""
        commits = _COMMITS.search(sentence) is not None
        if _EFFECT.search(sentence) or (_PAST.search(sentence) and not commits):
            return []
        chosen = [
            each
            for each in figures
            if _may_be_committed(each, commits=commits, is_funding=is_funding)
        ]
        found = self.committed(chosen, figures, sentence, citation, questions)
        if not chosen and commits and not figures:
            found += self._dated(sentence, citation)
        return found

    def committed(
        self,
        chosen: list[StatedFigure],
        figures: list[StatedFigure],
        sentence: str,
        citation: Citation,
        questions: list[tuple[QuestionKind, str]],
        deadline: Deadline | None = None,
    ) -> list[Commitment]:
        """Return some figures of a sentence as commitments; one without a unit is a question."""
        found: list[Commitment] = []
        for each in chosen:
            amount = _amount(each, sentence, figures)
            if amount is None:
                questions.append(("in question", _no_unit(each)))
            else:
                found.append(self._commitment(each, amount, sentence, citation, deadline))
        return found

    def _commitment(
        self,
        stated: StatedFigure,
        amount: Amount,
        sentence: str,
        citation: Citation,
        default: Deadline | None,
    ) -> Commitment:
        parts = [
            CommitmentPart(amount=Amount(part.figure.number, amount.unit), deadline=due)
            for part in stated.parts
            if (due := part.deadline or (part.period and deadline_of("in", str(part.period))))
        ]
        deadline, starts = stated.deadline, stated.starts
        if stated.figure.kind == "money":
            starts = starts or stated.period or _year_of(sentence)
        elif stated.period is not None:
            deadline = deadline_of("in", str(stated.period))
        if deadline is None and starts is None:
            deadline = _shared_deadline(sentence, stated) or default
        return Commitment(
            id=self._commitments.new(
                slug(f"{stated.figure.text} {stated.of}" if stated.of else sentence)
            ),
            statement=sentence,
            citation=citation,
            amount=amount,
            bound=stated.bound,
            starts=starts,
            deadline=deadline,
            parts=tuple(parts),
        )

    def _dated(self, sentence: str, citation: Citation) -> Iterator[Commitment]:
        deadline = deadline_in(sentence)
        if deadline is not None:
            yield Commitment(
                id=self._commitments.new(slug(sentence)),
                statement=sentence,
                citation=citation,
                deadline=deadline,
            )


def deadline_in(text: str) -> Deadline | None:
    """Return the day by which a statement is due: "by 2023-24", or "in 2022-23" after a verb.

    >>> deadline_in("Create a service in 2022-23 for people on probation")
    Deadline('in 2022-23')
    >>> deadline_in("It was established in January 2021.") is None
    True
    """
    dates = _dates_in(text)
    due = [date for date in dates if date.role == "deadline"]
    if due:
        try:
            return parse_deadline(due[-1].text)
        except PeriodError:
            return None
    if _PAST.search(text) and not _COMMITS.search(text):
        return None
    for date in dates:
        lead = text[: date.span[0]]
        if date.role == "baseline period" and _IN.search(lead):
            words = date.text
            vague = words.lower().startswith(("early", "mid", "late"))
            return deadline_of("" if vague else "in", words)
    return None


def _shared_deadline(sentence: str, stated: StatedFigure) -> Deadline | None:
    """Return the one deadline of a sentence, where it stands after a figure in the same clause."""
    due = [date for date in _dates_in(sentence) if date.role == "deadline"]
    if len(due) != 1 or due[0].span[0] < stated.span[1]:
        return None
    if _BREAK.search(sentence, stated.span[1], due[0].span[0]):
        return None
    try:
        return parse_deadline(due[0].text)
    except PeriodError:
        return None


def _year_of(sentence: str) -> Period | None:
    """Return the one year that a sentence about money is for: "the budget for 2024-25"."""
    years = set(_FOR_YEAR.findall(sentence))
    if len(years) != 1:
        return None
    try:
        return parse_period(years.pop())
    except PeriodError:
        return None


def figures_of(sentence: str) -> list[StatedFigure]:
    """Return the figures of a sentence that say how much; those that say when or name are none.

    A period belongs to the figure that it stands beside: in "7% have a job six weeks after release
    (April 2020 to March 2021)" it is that of the share, and in "Between April 2020 and March 2021,
    77% were housed" that of the figure after it. The year of a source in brackets is none.
    """
    found: list[StatedFigure] = []
    for each in _read_figures(sentence):
        if _is_name(each, sentence):
            continue
        if is_condition(each, sentence):
            if each.period is not None and found and found[-1].period is None:
                found[-1] = attrs.evolve(found[-1], period=each.period)
            continue
        found.append(each)
    if any(each.period is not None for each in found) and (source := _SOURCE.search(sentence)):
        year = parse_period(source["year"])
        found = [attrs.evolve(each, period=None) if each.period == year else each for each in found]
    return _dated_before(found, sentence)


def _is_name(stated: StatedFigure, sentence: str) -> bool:
    """Return whether a number in words is part of a name, such as "the Five Wells project"."""
    start, end = stated.span
    return sentence[start].isupper() and sentence[end:].lstrip()[:1].isupper()


def _dated_before(figures: list[StatedFigure], sentence: str) -> list[StatedFigure]:
    """Give the one figure of a sentence the span of time that stands before it."""
    if len(figures) != 1 or figures[0].deadline is not None or figures[0].parts:
        return figures
    figure = figures[0]
    dates = [date for date in _dates_in(sentence) if date.span[1] <= figure.span[0]]
    if len(dates) != 1 or figure.period is not None or figure.starts is not None:
        return figures
    try:
        period = parse_period(_BETWEEN.sub(r"\g<first> to \g<last>", dates[0].text))
    except PeriodError:
        return figures
    spans_time = isinstance(period, DateRange | FinancialYear | CalendarYear | Quarter)
    return [attrs.evolve(figure, period=period)] if spans_time else figures


def _all(figures: list[StatedFigure]) -> Iterator[StatedFigure]:
    for each in figures:
        yield each
        yield from each.parts


def is_condition(stated: StatedFigure, sentence: str) -> bool:
    """Return whether a length of time says when or how often, and is no amount of anything."""
    after, before = sentence[stated.span[1] :], sentence[: stated.span[0]]
    if stated.figure.kind == "duration":
        return bool(_CONDITION.match(after) or _WITHIN.search(before)) or not stated.of
    if stated.figure.kind == "count" and not stated.figure.noun and _RANGE_END.match(after):
        # of "12 to 16 weeks of their supervision", the first number has the unit of the second
        return (
            re.match(r"\W*(?:to|and|or|[-–])\s*[0-9]+ (?:days|weeks|months|years)\b", after)
            is not None
        )
    return False


def _may_be_committed(stated: StatedFigure, *, commits: bool, is_funding: bool) -> bool:
    match stated.figure.kind:
        case "money":
            return commits or is_funding
        case "count":
            return commits and not stated.figure.text.startswith("-")
        case "duration":
            return commits and stated.bound in {"up to", "at least"}
        case _:
            return False


def _kind(sentence: str, figures: list[StatedFigure], kind: FactKind) -> FactKind:
    if not figures:
        return kind
    if _EFFECT.search(sentence) or _CAN.search(sentence):
        return "effect size"
    shares = any(each.figure.kind == "percent" for each in figures)
    if shares and kind == "context" and _NEED.search(sentence):
        return "need"
    return kind


def _figure(
    stated: StatedFigure,
    sentence: str,
    figures: list[StatedFigure],
    questions: list[tuple[QuestionKind, str]],
) -> Figure | None:
    value = _value(stated, sentence, figures)
    if value is None:
        questions.append(("in question", _no_unit(stated)))
        return None
    period = stated.period
    if period is None and stated.deadline is not None:
        period = _period(stated.deadline)
    of = stated.of.removeprefix("of ")
    if stated.group is not None:
        of = f"{of} {stated.group}"
    if not of.strip() or _EFFECT.search(of) or sentence[stated.span[1] :].lstrip().startswith("("):
        of = shortened(sentence, _MOST_IN_OF)
    return Figure(
        value=value,
        of=" ".join(of.split())[:_MOST_IN_OF].strip(),
        bound=stated.bound,
        period=period,
    )


def _period(deadline: Deadline) -> Period | None:
    words = re.sub(
        r"^(?:by|in|before|until|at|from)?\s*(?:the )?(?:end of )?", "", deadline.wording
    )
    try:
        return parse_period(words)
    except PeriodError:
        return None


def _value(
    stated: StatedFigure, sentence: str, figures: list[StatedFigure]
) -> Level | Change | None:
    figure = stated.figure
    effect = _EFFECT.search(sentence, stated.span[1])
    if effect and figure.kind in _SHARES and effect.start() - stated.span[1] < _NEAR:
        sign = -1 if (effect["way"] or effect["odds"]) in {"less", "lower"} else 1
        if figure.kind == "points":
            return PercentagePoints(sign * figure.value)
        return RelativeChange(sign * figure.value)
    if figure.kind in {"count", "duration"}:
        return _amount(stated, sentence, figures)
    try:
        return figure.level
    except RrmodelError:
        return None


def _amount(stated: StatedFigure, sentence: str, figures: list[StatedFigure]) -> Amount | None:
    """Return a figure as an amount; the unit of a bare number is found in the words before it."""
    units = [stated.figure.unit]
    before = sentence[: stated.span[0]]
    phrase = _PLURAL.findall(_STOP.split(stated.of, maxsplit=1)[0])
    named = _POSTS.findall(stated.of)[:1] or phrase[-1:] or _PLURAL.findall(stated.of)[:1]
    if named and stated.figure.kind == "count" and not {"/", " "}.intersection(stated.figure.unit):
        units.insert(0, singular(named[0].lower()))
    if not stated.figure.unit:
        if _RISING.search(before) and (
            earlier := [each for each in figures if each.span < stated.span]
        ):
            units.append(earlier[-1].figure.unit)
        if counted := _NUMBER_OF.search(before):
            units.append(singular(counted["noun"].split()[-1].lower()))
        elif noun := _OF.search(before):
            word = singular(noun["noun"].lower())
            units.append(_COUNTED_AS.get(word, word))
    for unit in filter(None, units):
        try:
            return Amount(stated.figure.number, unit)
        except RrmodelError:
            continue
    return None


def _no_unit(stated: StatedFigure) -> str:
    words = stated.figure.text
    return f"{words!r} names nothing that is counted, so it is not recorded: say what it is for"
