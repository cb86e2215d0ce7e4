"""The laws of a plan's calendar, one a test."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel import datasets
from rrmodel.io._calendar import calendar
from rrmodel.model import Commitment, InterimGoal, Measure, Partnership, Plan, Target, walk
from rrmodel.periods import Deadline
from rrmodel.testing import plans

icalendar = pytest.importorskip("icalendar", reason="calendars need the extra 'calendar'")

PLANS = plans()
UNDATED = datasets.load("hmp-leeds-regimes")
FEWER = settings(max_examples=settings.default.max_examples // 4)


def events(plan: Plan) -> list[icalendar.Event]:
    """Read a plan's calendar again and return its events."""
    return list(icalendar.Calendar.from_ical(calendar(plan)).walk("VEVENT"))


def reports(measure: Measure, deadline: Deadline) -> int:
    """Count the days on which outcomes and figures come, later than the deadline itself."""
    day = deadline.last_day
    return len({measure.matures_on(day), measure.published_by(day)} - {day})


def dated(plan: Plan) -> int:
    """Count the days of a plan, record by record."""
    count = plan.period is not None
    measure = None
    for _, record in walk(plan):
        deadline = getattr(record, "deadline", None)
        count += deadline is not None
        if isinstance(record, Target):
            measure = getattr(record, "measure", None)
        if isinstance(record, Target | InterimGoal) and measure is not None and deadline:
            count += reports(measure, deadline)
        if isinstance(record, Commitment | Partnership):
            count += record.starts is not None
    return count


@FEWER
@given(PLANS)
def test_one_event_for_each_day(plan: Plan) -> None:
    """A calendar can be read again, and has one event for each day that the plan names."""
    assert len(events(plan)) == dated(plan)


@FEWER
@given(PLANS)
def test_no_two_events_have_one_id(plan: Plan) -> None:
    """Each event has its own id."""
    ids = [str(event["uid"]) for event in events(plan)]
    assert len(set(ids)) == len(ids)


@FEWER
@given(PLANS)
def test_vague_events_are_the_long_ones(plan: Plan) -> None:
    """An event is marked as vague if, and only if, it lasts for more than one day."""
    for event in events(plan):
        marks = {
            str(event["summary"]).startswith("vague: "),
            event["status"] == "TENTATIVE",
            "vague" in list(map(str, event["categories"].cats))[1:2],
            event["dtend"].dt - event["dtstart"].dt > timedelta(days=1),
        }
        assert len(marks) == 1


@FEWER
@given(PLANS)
def test_events_are_in_the_order_of_their_days(plan: Plan) -> None:
    """Events follow each other in time."""
    days: list[date] = [event["dtstart"].dt for event in events(plan)]
    assert days == sorted(days)


@FEWER
@given(PLANS)
def test_lines_keep_to_the_standard(plan: Plan) -> None:
    """Every line ends as RFC 5545 asks, and holds at most 75 bytes."""
    *lines, after = calendar(plan).split("\r\n")
    assert after == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any(set(line) & {"\r", "\n"} for line in lines)


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_title_is_told_on_one_line(title: str) -> None:
    """Whatever characters a title has, the calendar keeps its lines."""
    text = calendar(attrs.evolve(UNDATED, title=title))
    assert len(text.replace("\r\n ", "").splitlines()) == len(calendar(UNDATED).splitlines())
