"""The days of a plan as an iCalendar file, RFC 5545.

=====================================  ==========================================================
what has a day                         what the calendar gets
=====================================  ==========================================================
a target, and each interim goal        the deadline; when its outcomes are known and when figures
                                       are usually out, if the measure makes those later days
an objective, an activity              the deadline
a commitment                           its start, its deadline and the deadline of each part
a partnership                          its start
the plan                               the last day of its period
=====================================  ==========================================================

Every event lasts whole days, blocks no time, and has an id that depends only on the plan, the
record and what the day is for, so that a later export replaces an earlier one. A day that the
wording leaves open is an event of all the days that can be meant: its summary starts with
``vague:``, its status is ``TENTATIVE`` and it has the category ``vague``.

There is no clock: each event is stamped with the last day on which a document of the plan was
published, or 1 January 1970 if none says when.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from textwrap import shorten
from uuid import NAMESPACE_OID, uuid5

import attrs

from rrmodel.errors import RecordError, requires_extra
from rrmodel.model import (
    Activity,
    ChangeTarget,
    Chapter,
    Citation,
    Commitment,
    MaintainTarget,
    Measure,
    MeasuredTarget,
    Objective,
    Pathway,
    Plan,
    ReachTarget,
    Target,
    walk,
)
from rrmodel.periods import Deadline

__all__ = ["calendar"]

_PRODUCT = "-//rrmodel//rrmodel//EN"
_UNDATED = date(1970, 1, 1)
_NAMESPACE = uuid5(NAMESPACE_OID, "rrmodel.io.calendar")
_LONGEST_SUMMARY = 120
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Characters that end a line for some readers, or that a calendar cannot contain."""


@attrs.frozen
class _Place:
    """Where a record stands."""

    path: str
    home: Pathway | Chapter | None = None
    citation: Citation | None = None


@attrs.frozen
class _Entry:
    """A day, or the days of which one is meant, and what it is for."""

    identity: tuple[str, ...]
    """Its category, and what else tells it from all others and stays when the plan is revised."""
    occasion: str
    title: str
    days: tuple[date, date]
    place: _Place
    notes: tuple[str, ...]


def calendar(plan: Plan) -> str:
    r"""Return every deadline and reporting day of a plan as the text of an iCalendar file.

    The lines end with a carriage return and a line feed, as the standard asks. A plan without any
    day gives a calendar without events.

    >>> from rrmodel.model import Citation, Document, Objective, Pathway, Plan, Region
    >>> hubs = Objective(id="hubs", statement="Every prison has an employment hub.",
    ...     citation=Citation("d"), deadline=Deadline("by summer 2023"))
    >>> work = Pathway(id="work", name="Work", citation=Citation("d"), objectives=(hubs,))
    >>> plan = Plan(id="a-plan", title="A plan", subject=Region(id="r", name="A region"),
    ...     documents=(Document(id="d", title="The plan"),), pathways=(work,))
    >>> lines = calendar(plan).split("\r\n")
    >>> [line for line in lines if line.startswith(("SUMMARY", "DTSTART", "DTEND"))]
    ['SUMMARY:vague: Objective due: Every prison has an employment hub.',
     'DTSTART;VALUE=DATE:20230601', 'DTEND;VALUE=DATE:20230901']

    Raises:
        MissingExtraError: icalendar is not installed.
        RecordError: A text of the plan has only half of a character.
    """
    with requires_extra("Writing a calendar", "calendar"):
        from icalendar import Calendar, Component, Event, vText  # noqa: PLC0415 - an extra

    title = vText(_line(plan.title))
    heading = {
        "prodid": _PRODUCT,
        "version": "2.0",
        "name": title,
        "x-wr-calname": title,  # what programs older than RFC 7986 look for
    }
    published = [document.published for document in plan.documents if document.published]
    stamp = max((period.last_day for period in published), default=_UNDATED)
    written = Calendar()
    components: list[tuple[Component, Mapping[str, object]]] = [(written, heading)]
    for entry in sorted(_entries(plan), key=lambda entry: entry.days):
        event = Event()
        written.add_component(event)
        components.append((event, _properties(entry, plan, stamp)))
    for component, properties in components:
        for name, value in properties.items():
            component.add(name, value)  # pyright: ignore[reportUnknownMemberType]
    text: str = written.to_ical().decode()
    return text


def _properties(entry: _Entry, plan: Plan, stamp: date) -> dict[str, object]:
    (first_day, last_day), home, citation = entry.days, entry.place.home, entry.place.citation
    is_vague = first_day != last_day
    summary = f"{entry.occasion}: {entry.title}"
    categories, notes = [entry.identity[0]], list(entry.notes)
    if is_vague:
        summary = f"vague: {summary}"
        categories.append("vague")
        notes.append(f"Any day from {first_day} to {last_day} may be meant.")
    if home is not None:
        categories.append(home.name)
        notes.append(f"{type(home).__name__}: {home.name}")
    if citation is not None:
        title = plan.document(citation.document).title
        notes.append(f"Source: {attrs.evolve(citation, document=title)}")
    notes.append(f"Path: {entry.place.path}")
    return {
        "uid": str(uuid5(_NAMESPACE, json.dumps([plan.id, *entry.identity]))),
        "dtstamp": datetime.combine(stamp, time(), UTC),
        "dtstart": first_day,
        "dtend": last_day + timedelta(days=1),  # an event ends before this day
        "summary": shorten(_line(summary), _LONGEST_SUMMARY, placeholder=" …"),
        "description": "\n".join(map(_line, notes)),
        "categories": [_line(category) for category in categories],
        "status": "TENTATIVE" if is_vague else "CONFIRMED",
        "transp": "TRANSPARENT",
    }


def _line(text: str) -> str:
    """Return a text on one line, of characters that a calendar can contain."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise RecordError(f"{half!r} is only half of a character: write it whole") from error
    return _BREAKS.sub(" ", text)


def _entries(plan: Plan) -> Iterator[_Entry]:
    if plan.period is not None:
        yield _Entry(
            ("plan", "ends"),
            "Plan ends",
            plan.title,
            (plan.period.last_day, plan.period.last_day),
            _Place("$.period"),
            (f"The plan covers {plan.period}.",),
        )
    for number, commitment in enumerate(plan.commitments):
        place = _Place(f"$.commitments[{number}]", None, commitment.citation)
        yield from _of_commitment(commitment, place)
    for number, pathway in enumerate(plan.pathways):
        yield from _of_chapter(pathway, f"$.pathways[{number}]", plan)
    for number, chapter in enumerate(plan.chapters):
        yield from _of_chapter(chapter, f"$.chapters[{number}]", plan)


def _of_chapter(home: Pathway | Chapter, path: str, plan: Plan) -> Iterator[_Entry]:
    partners = [partnership.partner for partnership in home.partnerships]
    for number, partnership in enumerate(home.partnerships):
        if partnership.starts is not None:
            # A partnership has no id, and a partner may have several in one chapter.
            earlier = partners[:number].count(partnership.partner)
            kind = type(home).__name__
            yield _due(
                ("partnership", kind, home.id, partnership.partner, str(earlier)),
                "Partnership starts",
                f"{plan.partner(partnership.partner).name}: {partnership.role}",
                partnership.starts,
                _Place(f"{path}.partnerships[{number}]", home, partnership.citation),
            )
    for here, record in walk(home, path):
        if isinstance(record, Target):
            yield from _of_target(record, _Place(here, home, record.citation))
        elif isinstance(record, Commitment):
            yield from _of_commitment(record, _Place(here, home, record.citation))
        elif isinstance(record, Objective | Activity) and record.deadline is not None:
            kind = type(record).__name__
            yield _due(
                (kind.lower(), record.id),
                f"{kind} due",
                record.statement,
                record.deadline,
                _Place(here, home, record.citation),
            )


def _due(
    identity: tuple[str, ...],
    occasion: str,
    statement: str,
    deadline: Deadline,
    place: _Place,
) -> _Entry:
    days = deadline.first_day, deadline.last_day
    notes = statement, f"In the plan's words: {deadline}."
    return _Entry(identity, occasion, statement, days, place, notes)


def _of_commitment(commitment: Commitment, place: _Place) -> Iterator[_Entry]:
    identity, statement = ("commitment", commitment.id), commitment.statement
    if commitment.starts is not None:
        days = commitment.starts.first_day, commitment.starts.last_day
        notes = statement, f"The start that the plan gives: {commitment.starts}."
        begun = (*identity, "starts")
        yield _Entry(begun, "Commitment starts", statement, days, place, notes)
    if commitment.deadline is not None:
        yield _due(identity, "Commitment due", statement, commitment.deadline, place)
    for number, part in enumerate(commitment.parts):
        yield _due(
            (*identity, "part", str(number)),
            f"Part of a commitment due, {part.amount}",
            statement,
            part.deadline,
            attrs.evolve(place, path=f"{place.path}.parts[{number}]"),
        )


def _of_target(target: Target, place: _Place) -> Iterator[_Entry]:
    if target.deadline is None:
        return
    identity, statement = ("target", target.id), target.statement
    occasion = "Target maintained until" if isinstance(target, MaintainTarget) else "Target due"
    yield _due(identity, occasion, statement, target.deadline, place)
    if not isinstance(target, MeasuredTarget):
        return
    yield from _reports(target.measure, identity, statement, target.deadline, place)
    if isinstance(target, ChangeTarget | ReachTarget):
        for number, goal in enumerate(target.interim):
            here = attrs.evolve(place, path=f"{place.path}.interim[{number}]")
            each = (*identity, "interim", str(number))
            occasion = f"Interim goal of {goal.level} due"
            yield _due(each, occasion, statement, goal.deadline, here)
            yield from _reports(target.measure, each, statement, goal.deadline, here)


def _reports(
    measure: Measure,
    identity: tuple[str, ...],
    statement: str,
    deadline: Deadline,
    place: _Place,
) -> Iterator[_Entry]:
    """Yield when outcomes are known and figures usually out, if these are other days."""
    due = deadline.first_day, deadline.last_day
    known = measure.matures_on(due[0]), measure.matures_on(due[1])
    out = measure.published_by(due[0]), measure.published_by(due[1])
    if known != due:
        yield _Entry(
            ("reporting", *identity, "known"),
            "Outcomes known",
            measure.name,
            known,
            place,
            (statement, f"Outcomes are known {measure.follow_up} after the deadline, {deadline}."),
        )
    if out != known:
        after = "after that" if known != due else f"after the deadline, {deadline}"
        yield _Entry(
            ("reporting", *identity, "out"),
            "Figures usually out",
            measure.name,
            out,
            place,
            (statement, f"Figures are usually published {measure.publication_lag} {after}."),
        )
