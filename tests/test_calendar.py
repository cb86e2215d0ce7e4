"""The calendar of a plan: which days it has, and how each is told."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import attrs
import pytest

from rrmodel import datasets, io
from rrmodel.errors import MissingExtraError, RecordError
from rrmodel.io._calendar import calendar
from rrmodel.model import Citation, Document, NarrativeTarget, Objective, Pathway, Plan, Region
from rrmodel.periods import Deadline, parse_period

icalendar = pytest.importorskip("icalendar", reason="calendars need the extra 'calendar'")

REGIONAL = datasets.load("east-midlands-2022-25")

PLAN = """
schema_version: "1"
kind: plan
id: northern
title: The Northern Plan; 2022, 2023
subject: {kind: region, id: north, name: The North}
documents:
  - {id: d, title: "The plan, as published", published: June 2022}
  - {id: e, title: Its annex, published: 2022-23}
period: April 2022 to March 2025
commitments:
  - {id: posts, statement: Posts are filled., citation: {document: d, section: Posts},
     starts: 2022/23, deadline: by the end of 2022,
     parts: [{amount: 5 post, deadline: in 2022}, {amount: 7 post, deadline: in 2023}]}
measures:
  - {id: slow, name: In work, counts: people, out_of: releases, better: higher,
     follow_up: six months, publication_lag: four months}
  - {id: late, name: Housed, counts: people, out_of: releases, better: higher,
     publication_lag: four months}
  - {id: quick, name: Settled, counts: people, out_of: releases, better: higher}
partners: [{id: council, name: The council, kind: local_authority}]
pathways:
  - id: homes
    name: Homes, and more
    citation: {document: d}
    partnerships:
      - {partner: council, role: It pays., citation: {document: d}}
      - {partner: council, role: It finds homes., citation: {document: d}, starts: in 2023}
    targets:
      - {kind: reach, id: work, statement: More work., citation: {document: d, item: "1"},
         measure: slow, area: The North, goal: 90%, deadline: by summer 2024,
         interim: [{level: 85%, deadline: by March 2023}]}
      - {kind: maintain, id: held, statement: As many are settled., citation: {document: d},
         measure: quick, area: The North, goal: 82%, deadline: by July 2023}
      - {kind: direction, id: more, statement: More are housed., citation: {document: d},
         measure: late, area: The North, deadline: by July 2023}
      - {kind: milestone, id: strategy, statement: A strategy stands., citation: {document: d},
         area: The North, deadline: by April 2023}
      - {kind: narrative, id: talk, statement: Needs are met., citation: {document: d},
         area: The North}
      - {kind: standing, id: always, statement: Most are housed., citation: {document: d},
         measure: quick, area: The North, goal: 80%}
      - {kind: range, id: within, statement: Some are housed., citation: {document: d},
         measure: quick, area: The North, goal: {low: 40%, high: 50%}}
      - {kind: range, id: within-2024, statement: Some are housed., citation: {document: d},
         measure: quick, area: The North, goal: {low: 40%, high: 50%}, deadline: in 2024}
    objectives:
      - {id: a-home, statement: Everyone has a home., citation: {document: d},
         deadline: by 2024-25}
      - {id: some-day, statement: All is well., citation: {document: d}}
    activities:
      - {id: find-homes, statement: Homes are found., citation: {document: e},
         deadline: by 1 June 2023}
chapters:
  - id: health
    name: Health
    facts: []
    commitments:
      - {id: clinic, statement: There is a clinic., citation: {document: d}, deadline: in 2023}
"""
NORTHERN = io.loads(PLAN)
assert isinstance(NORTHERN, Plan)

DAYS = [
    ("vague: Commitment starts: Posts are filled.", "2022-04-01", "2023-03-31"),
    ("Commitment due: Posts are filled.", "2022-12-31", "2022-12-31"),
    ("Part of a commitment due, 5 posts: Posts are filled.", "2022-12-31", "2022-12-31"),
    ("Interim goal of 85% due: More work.", "2023-03-31", "2023-03-31"),
    ("Target due: A strategy stands.", "2023-04-30", "2023-04-30"),
    ("Activity due: Homes are found.", "2023-06-01", "2023-06-01"),
    ("Target maintained until: As many are settled.", "2023-07-31", "2023-07-31"),
    ("Target due: More are housed.", "2023-07-31", "2023-07-31"),
    ("Outcomes known: In work", "2023-09-30", "2023-09-30"),
    ("Figures usually out: Housed", "2023-11-30", "2023-11-30"),
    ("Part of a commitment due, 7 posts: Posts are filled.", "2023-12-31", "2023-12-31"),
    ("Partnership starts: The council: It finds homes.", "2023-12-31", "2023-12-31"),
    ("Commitment due: There is a clinic.", "2023-12-31", "2023-12-31"),
    ("Figures usually out: In work", "2024-01-30", "2024-01-30"),
    ("vague: Target due: More work.", "2024-06-01", "2024-08-31"),
    ("vague: Outcomes known: In work", "2024-12-01", "2025-02-28"),
    ("Target due: Some are housed.", "2024-12-31", "2024-12-31"),
    ("Plan ends: The Northern Plan; 2022, 2023", "2025-03-31", "2025-03-31"),
    ("Objective due: Everyone has a home.", "2025-03-31", "2025-03-31"),
    ("vague: Figures usually out: In work", "2025-04-01", "2025-06-28"),
]
"""Every day of the Northern plan in order: what it says, its first and its last day."""


PINNED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//rrmodel//rrmodel//EN
NAME:A plan
X-WR-CALNAME:A plan
BEGIN:VEVENT
SUMMARY:Objective due: Hubs open.
DTSTART;VALUE=DATE:20231231
DTEND;VALUE=DATE:20240101
DTSTAMP:19700101T000000Z
UID:dc426809-b375-5e26-8ffd-6deef8ec2c05
CATEGORIES:objective,Work
DESCRIPTION:Hubs open.\\nIn the plan's words: in 2023.\\nPathway: Work\\nSour
 ce: The plan\\nPath: $.pathways[0].objectives[0]
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def events(plan: Plan) -> list[icalendar.Event]:
    """Read a plan's calendar again and return its events."""
    return list(icalendar.Calendar.from_ical(calendar(plan)).walk("VEVENT"))


def lines(plan: Plan) -> list[str]:
    """Return the unfolded lines of a plan's calendar."""
    return calendar(plan).replace("\r\n ", "").split("\r\n")


def event(plan: Plan, summary: str) -> icalendar.Event:
    """Return the one event of that summary."""
    (entry,) = (entry for entry in events(plan) if str(entry["summary"]) == summary)
    return entry


def small(**changes: object) -> Plan:
    """Return a plan with one objective, with changes."""
    objective = Objective(
        id="o", statement="Hubs open.", citation=Citation("d"), deadline=Deadline("in 2023")
    )
    pathway = Pathway(id="p", name="Work", citation=Citation("d"), objectives=(objective,))
    plan = Plan(
        id="a-plan",
        title="A plan",
        subject=Region(id="r", name="A region"),
        documents=(Document(id="d", title="The plan"),),
        pathways=(pathway,),
    )
    return attrs.evolve(plan, **changes)


def with_objective(**changes: object) -> Plan:
    """Return the small plan with its objective changed."""
    plan = small()
    (pathway,) = plan.pathways
    (objective,) = pathway.objectives
    changed = attrs.evolve(pathway, objectives=(attrs.evolve(objective, **changes),))
    return attrs.evolve(plan, pathways=(changed,))


class TestDays:
    def test_every_day_is_there_in_order(self) -> None:
        """Each deadline and reporting day has an event; what has no day has none."""
        rows = [
            (
                str(each["summary"]),
                each["dtstart"].dt.isoformat(),
                date.fromordinal(each["dtend"].dt.toordinal() - 1).isoformat(),
            )
            for each in events(NORTHERN)
        ]
        assert rows == DAYS

    def test_regional_plan_has_each_promise(self) -> None:
        """Each target with a deadline is in the regional plan's calendar, on its day."""
        rows = [(str(each["summary"])[:40], each["dtstart"].dt) for each in events(REGIONAL)]
        for target in REGIONAL.targets:
            if target.deadline is not None:
                days = [
                    day
                    for summary, day in rows
                    if summary.startswith(("Target due: ", "Target maintained until: "))
                    and target.statement.startswith(summary.partition(": ")[2])
                ]
                assert target.deadline.last_day in days

    def test_regional_plan_has_each_reporting_day(self) -> None:
        """When figures can be expected is in the calendar: work after six months, by May 2024."""
        entry = event(REGIONAL, "Figures usually out: Employed six months after release")
        assert entry["dtstart"].dt == date(2024, 5, 31)

    def test_contradictory_days_are_both_there(self) -> None:
        """The twelve managers have the day of the target and the days of its parts."""
        managers = [
            (each["dtstart"].dt.year, str(each["summary"]).partition(":")[0])
            for each in events(REGIONAL)
            if "neurodiversity" in each["summary"]
        ]
        assert managers == [
            (2022, "Commitment due"),
            (2022, "Part of a commitment due, 5 posts"),
            (2023, "Part of a commitment due, 7 posts"),
        ]

    def test_plan_without_days(self) -> None:
        """A plan that names no day gives a calendar without events."""
        assert events(datasets.load("hmp-leeds-regimes")) == []

    def test_narrative_target_with_a_deadline(self) -> None:
        """An entry that cannot be measured has its day, and no reporting day."""
        talk = NarrativeTarget(
            id="t", statement="Talk.", citation=Citation("d"), area="N", deadline=Deadline("2023")
        )
        work = Pathway(id="p", name="Work", citation=Citation("d"), targets=(talk,))
        assert [str(each["summary"]) for each in events(small(pathways=(work,)))] == [
            "Target due: Talk."
        ]


class TestEvents:
    def test_what_an_event_tells(self) -> None:
        """An event has the sentence, the plan's words, the source and the path."""
        entry = event(NORTHERN, "Interim goal of 85% due: More work.")
        assert str(entry["description"]).split("\n") == [
            "More work.",
            "In the plan's words: by March 2023.",
            "Pathway: Homes, and more",
            "Source: The plan, as published, 1",
            "Path: $.pathways[0].targets[0].interim[0]",
        ]

    def test_what_a_reporting_day_tells(self) -> None:
        """A reporting day says how it follows from the deadline."""
        entry = event(NORTHERN, "Outcomes known: In work")
        assert (
            "Outcomes are known 6 months after the deadline, by March 2023." in entry["description"]
        )
        entry = event(NORTHERN, "Figures usually out: In work")
        assert "Figures are usually published 4 months after that." in entry["description"]
        entry = event(NORTHERN, "Figures usually out: Housed")
        assert (
            "Figures are usually published 4 months after the deadline, by July 2023."
            in entry["description"]
        )

    def test_vague_deadline_is_marked(self) -> None:
        """A vague deadline says so in words, as a status and as a category."""
        entry = event(NORTHERN, "vague: Target due: More work.")
        assert "Any day from 2024-06-01 to 2024-08-31 may be meant." in entry["description"]
        assert entry["status"] == "TENTATIVE"
        assert "CATEGORIES:target,vague,Homes\\, and more" in lines(NORTHERN)

    def test_exact_deadline_is_not_marked(self) -> None:
        """An exact deadline is confirmed."""
        entry = event(NORTHERN, "Commitment due: There is a clinic.")
        assert entry["status"] == "CONFIRMED"
        assert "CATEGORIES:commitment,Health" in lines(NORTHERN)

    def test_vague_day_of_the_regional_plan(self) -> None:
        """The accommodation that the regional plan plans for early 2023 is marked as vague."""
        vague = [
            (each["dtstart"].dt, each["dtend"].dt)
            for each in events(REGIONAL)
            if str(each["summary"]).startswith("vague: Commitment due: ")
        ]
        assert vague == [(date(2023, 1, 1), date(2023, 5, 1))]

    def test_no_time_is_blocked(self) -> None:
        """A deadline is not an appointment: whole days, and free."""
        for each in events(NORTHERN):
            assert type(each["dtstart"].dt) is type(each["dtend"].dt) is date
            assert each["transp"] == "TRANSPARENT"

    def test_long_sentence_is_cut_in_the_summary_only(self) -> None:
        """A summary is short; the description has the whole sentence."""
        words = "Every prison in the region has a hub. " * 5
        (entry,) = events(with_objective(statement=words.strip()))
        assert len(entry["summary"]) <= 120
        assert entry["summary"].endswith(" …")
        assert words.strip() in entry["description"]

    def test_control_characters_are_spaces(self) -> None:
        """Characters that end a line or control a terminal are spaces in the calendar."""
        plan = with_objective(statement="One\r\ntwo\x1b\x85three\u2028four\tfive\\n.")
        assert "SUMMARY:Objective due: One two three four five\\\\n." in lines(plan)

    def test_half_of_a_character_is_refused(self) -> None:
        """A text that no file can contain is refused, wherever it is."""
        with pytest.raises(RecordError, match=r"'\\ud83d' is only half of a character"):
            calendar(with_objective(statement="Half \ud83d."))
        with pytest.raises(RecordError, match="only half of a character"):
            calendar(small(title="\udc00"))


class TestSameness:
    def test_bytes_are_pinned(self) -> None:
        """The text of a small calendar is this, to the letter."""
        assert calendar(small()) == PINNED.replace("\n", "\r\n")

    def test_stamp_is_the_last_publication(self) -> None:
        """Each event is stamped with the day on which the last dated document was published."""
        stamps = {each["dtstamp"].dt for each in events(NORTHERN)}
        assert stamps == {datetime(2023, 3, 31, tzinfo=UTC)}

    def test_ids_outlive_a_revision(self) -> None:
        """A new wording and a new day leave an event its id; another plan has other ids."""
        (first,) = events(small())
        (revised,) = events(with_objective(statement="Hubs open late.", deadline=Deadline("2024")))
        (other,) = events(small(id="another-plan"))
        assert first["uid"] == revised["uid"] != other["uid"]

    def test_partner_with_two_parts_has_two_ids(self) -> None:
        """The parts of one partner in one pathway are told apart."""
        (homes,) = NORTHERN.pathways
        both = tuple(attrs.evolve(part, starts=Deadline("in 2023")) for part in homes.partnerships)
        plan = attrs.evolve(NORTHERN, pathways=(attrs.evolve(homes, partnerships=both),))
        ids = [each["uid"] for each in events(plan) if "Partnership" in each["summary"]]
        assert len(set(ids)) == 2

    def test_period_ends_are_of_the_plan(self) -> None:
        """The end of a plan's period is a day of the whole plan."""
        (entry, _) = events(small(period=parse_period("2022-23")))
        assert "The plan covers 2022/23.\nPath: $.period" in entry["description"]


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without icalendar the message says which extra to install."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"pip install icalendar \(extra: calendar\)"):
        calendar(small())
