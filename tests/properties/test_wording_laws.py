"""The laws of sentences: what is rendered is read back, and every answer is one of ours."""

from __future__ import annotations

import json
from contextlib import suppress
from fractions import Fraction
from time import process_time
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from rrmodel.errors import RrmodelError
from rrmodel.model import Citation, Measure, Target
from rrmodel.periods import Deadline
from rrmodel.testing import deadlines, targets
from rrmodel.wording import (
    Ambiguous,
    Context,
    NotATarget,
    Parsed,
    Reading,
    Result,
    Role,
    dates_in,
    parse_target,
    read_figures,
    render,
)

HOUSED = Measure(id="housed", name="Housed", counts="releases", better="higher")
NUMBERS = st.integers(1, 99)
SUBJECTS = st.sampled_from(
    ["the share of leavers in work", "the rate of proven reoffending", "the proportion housed"]
)
DUE = st.sampled_from(
    ["by March 2026", "by 2025-26", "by the end of 2025", "before April 2026", "by 31 March 2026"]
)
RAISE = st.sampled_from(["raise", "increase", "improve", "boost", "drive up"])
LOWER = st.sampled_from(["reduce", "cut", "lower", "decrease", "bring down"])
PER_CENT = st.sampled_from(["{}%", "{} per cent", "{} per cent.", "{} %"])
PIECES = st.sampled_from(
    (
        "By|by|from|to|of|at|at least|no more than|reduce|increase|maintain|double|halve|deliver|"
        "add|82%|+3%|10-20%|5 percentage points|£2 million|a night|12|2,000|1/0|0/0|-5|½|99999|"
        "0000|2023|2022-23|July 2023|Q5 2023|32 March 2024|13/13/2024|1900|2199-00|June|"
        "early 2020|per|1,000 prisoners|0 per 0|1 in 0|one in five|(of capacity)|day/person|"
        "in relative terms|"
        '(|)|,|-|–|“|”|"|year on year|every|each|1 year 6 months|0 years|over the next|six weeks|'
        "half|one|hundred|million|and a|zero|no|between|and|within|in the|end of|this parliament|"
        "who|have|was|will|target|baseline|levels|interim|of which|rising to|savings of|extra|"
        "more|likely|or more|up to|respectively for men|٣|①|\u00a0|\n|İ|give or take|"
        "passing|due|onwards|"
        "starting in|or possibly|on a stepped trajectory"
    ).split("|")
)
JUMBLES = st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=120)
MODES = st.sampled_from(["listed", "running"])


def reading_of(result: Result) -> Reading:
    """Return the one reading."""
    assert isinstance(result, Parsed)
    return result.reading


@given(targets())
def test_a_rendered_target_is_read_back_as_the_same_target(target: Target) -> None:
    """``parse_target`` undoes ``render``, without a problem."""
    result = parse_target(render(target))
    assert isinstance(result, Parsed)
    again = result.target(
        measure=getattr(target, "measure", None),
        area=target.area,
        id=target.id,
        citation=target.citation,
        statement=target.statement,
    )
    assert again == target
    assert not result.problems


@given(JUMBLES, MODES)
def test_every_text_has_a_typed_answer(text: str, mode: str) -> None:
    """No text ends in an error, and every word of the answer is in it."""
    result = parse_target(text, mode="running" if mode == "running" else "listed")
    readings = (
        ()
        if isinstance(result, NotATarget)
        else (result.readings if isinstance(result, Ambiguous) else (result.reading,))
    )
    for mention in result.mentions if isinstance(result, NotATarget) else readings[0].mentions:
        assert text[slice(*mention.span)] == mention.text
        assert mention.role in get_args(Role)
    for reading in readings:
        assert reading.goal_level is None or reading.goal_level.unit
        with suppress(RrmodelError):
            reading.target(measure=HOUSED, area="York", citation=Citation("plan"))


@given(JUMBLES)
def test_every_figure_has_a_role_or_a_problem(text: str) -> None:
    """A figure without a role has a problem at its place."""
    result = parse_target(text)
    if isinstance(result, Parsed):
        placed = {problem.span for problem in result.problems}
        for mention in result.reading.mentions:
            assert mention.role != "unplaced" or mention.span in placed


@given(JUMBLES)
def test_every_digit_is_mentioned(text: str) -> None:
    """No digit of a sentence is passed over."""
    result = parse_target(text)
    if isinstance(result, Parsed):
        spans = [mention.span for mention in result.reading.mentions]
        for place, mark in enumerate(text):
            assert mark not in "0123456789" or any(start <= place < end for start, end in spans)


@given(JUMBLES)
def test_every_answer_is_json(text: str) -> None:
    """The mapping of an answer is written and read back, and its row has every column."""
    result = parse_target(text)
    fields = result.to_dict()
    assert json.loads(json.dumps(fields, allow_nan=False)) == fields
    assert [list(row) for row in result.to_records()] == [list(result.to_table().columns)]


@given(
    SUBJECTS,
    NUMBERS,
    st.sampled_from(["after", "following"]),
    st.sampled_from(["2031", "March 2031", "2030-31", "31 March 2031"]),
)
def test_a_day_after_which_something_holds_is_no_deadline(
    subject: str, number: int, after: str, day: str
) -> None:
    """It is a problem that names the date."""
    reading = reading_of(parse_target(f"raise {subject} to {number}% {after} {day}"))
    assert reading.deadline is None
    assert [problem.unread for problem in reading.problems] == ["the deadline"]


@given(
    RAISE | LOWER,
    SUBJECTS,
    st.sampled_from(["a third", "a quarter", "two thirds", "one-fifth", "half", "a half"]),
    DUE,
)
def test_a_change_by_a_fraction_is_a_share_of_the_level(
    verb: str, subject: str, fraction: str, due: str
) -> None:
    """Nobody says "a third" for 33 percentage points."""
    reading = reading_of(parse_target(f"{verb} {subject} by {fraction} {due}"))
    assert reading.kind == "relative"
    assert reading.deadline is not None


@given(JUMBLES)
def test_the_same_text_has_the_same_answer(text: str) -> None:
    """Reading depends on the text alone."""
    assert parse_target(text) == parse_target(text)


@given(JUMBLES)
def test_figures_of_any_text_stand_in_it(text: str) -> None:
    """Each figure and date of running text is found at its place."""
    for stated in read_figures(text):
        assert text[slice(*stated.span)] == stated.figure.text
    for mention in dates_in(text):
        assert text[slice(*mention.span)] == mention.text


@given(
    verb=RAISE | LOWER,
    subject=SUBJECTS,
    per_cent=PER_CENT,
    number=NUMBERS,
    due=DUE,
    due_first=st.booleans(),
)
def test_a_level_to_reach_is_read_in_every_wording(
    *, verb: str, subject: str, per_cent: str, number: int, due: str, due_first: bool
) -> None:
    """Verb, unit, number, deadline and order may vary."""
    level = per_cent.format(number)
    sentence = (
        f"{due.capitalize()}, {verb} {subject} to {level}"
        if due_first
        else f"To {verb} {subject} to {level} {due}"
    )
    reading = reading_of(parse_target(sentence))
    assert reading.kind == "reach"
    assert reading.goal is not None
    assert reading.goal.value.value == number
    assert reading.deadline is not None
    assert reading.deadline.value.last_day == Deadline(due).last_day
    assert not reading.problems


@given(
    verb=RAISE,
    subject=SUBJECTS,
    points=st.integers(1, 20),
    start=st.integers(1, 79),
    due=DUE,
    order=st.integers(0, 2),
)
def test_a_change_in_points_is_read_in_every_order(
    *, verb: str, subject: str, points: int, start: int, due: str, order: int
) -> None:
    """Change, baseline and deadline can be in any order."""
    change, base = f"by {points} percentage points", f"from {start}% in March 2022"
    rest = [f"{change} {base} {due}", f"{base} {change} {due}", f"{change} {due} {base}"][order]
    reading = reading_of(parse_target(f"{verb} {subject} {rest}"))
    assert reading.kind == "change"
    assert reading.goal_level is not None
    assert reading.goal_level.value == start + points
    assert reading.baseline_period is not None
    assert str(reading.baseline_period.value) == "March 2022"
    assert reading.deadline is not None
    assert not reading.problems


@given(LOWER, st.integers(1, 90), DUE)
def test_a_share_that_changes_by_per_cent_is_never_decided(
    verb: str, number: int, due: str
) -> None:
    """Both readings of a bare "%" are given, with the same figures."""
    result = parse_target(f"{verb} the rate of reoffending by {number}% {due}")
    assert isinstance(result, Ambiguous)
    assert [reading.kind for reading in result.readings] == ["change", "relative"]
    for reading in result.readings:
        assert reading.change is not None
        assert reading.change.value.value == Fraction(number)


@given(SUBJECTS, NUMBERS, deadlines())
def test_a_deadline_is_inherited_only_where_there_is_none(
    subject: str, number: int, deadline: Deadline
) -> None:
    """A stated day stays; a missing one comes from the context and says so."""
    context = Context(deadline=deadline)
    without = reading_of(parse_target(f"raise {subject} to {number}%", context=context))
    stated = reading_of(parse_target(f"raise {subject} to {number}% by 2031", context=context))
    assert without.deadline is not None
    assert (without.deadline.value, without.deadline.origin) == (deadline, "inherited")
    assert stated.deadline is not None
    assert str(stated.deadline.value) == "by 2031"


def test_hostile_text_is_answered_in_linear_time() -> None:
    """A line of digits, brackets, quotes or words, however long, is answered within seconds."""
    size = 40_000
    for piece in (
        "9",
        "(",
        '"',
        "1(",
        "by 2023 ",
        "no more than ",
        "\n",
        ". ",
        "82% by ",
        "£",
        "é",
    ):
        text = piece * (size // len(piece))
        start = process_time()
        parse_target(text)
        parse_target(text[:4_000])
        read_figures(text)
        dates_in(text)
        assert process_time() - start < 20, piece
