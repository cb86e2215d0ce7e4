"""Laws of plans and sets of figures, one in each test."""

# ruff: noqa: S301 -- the pickles are our own

from __future__ import annotations

import pickle
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rrmodel.errors import PlanError
from rrmodel.model import (
    Activity,
    Citation,
    Counts,
    Document,
    Fact,
    LevelRange,
    MeasuredTarget,
    Observation,
    ObservationSet,
    PartnerListing,
    Partnership,
    Plan,
    distinct_names,
    normal_form,
    walk,
)
from rrmodel.quantities import Percentage, PercentagePoints
from rrmodel.testing import observation_sets, percentages, plans

FEWER = settings(max_examples=settings.default.max_examples // 6)

PLACES = st.integers(0, 3)
LISTED = ("$.documents", "$.measures", "$.partners[", "$.footnotes")


def figure_of(level: Percentage, counts: Counts) -> Observation:
    """Return a figure with a level and counts."""
    return Observation(measure="m", area="A", period="2022-23", level=level, counts=counts)


def repetitions(plan: Plan) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield for each collection the path of its first record's twin, and the plan's new fields."""
    for field in attrs.fields(Plan):
        records = getattr(plan, field.name)
        if not isinstance(records, tuple):
            continue
        for name, twins in twins_of(records):
            yield f"$.{field.name}{name}", {field.name: twins}
        for place, record in enumerate(records):
            for inner in attrs.fields(type(record)):
                parts = getattr(record, inner.name)
                if isinstance(parts, tuple) and field.name in {"pathways", "chapters"}:
                    for name, twins in twins_of(parts):
                        changed = attrs.evolve(record, **{inner.name: twins})
                        others = (*records[:place], changed, *records[place + 1 :])
                        yield f"$.{field.name}[{place}].{inner.name}{name}", {field.name: others}


def twins_of(records: tuple[object, ...]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield where the id of a repeated record stands, and the records with it."""
    for name in ("id", "number", "term"):
        if records and hasattr(records[0], name):
            yield f"[{len(records)}].{name}", (*records, records[0])


def references(plan: Plan) -> Iterator[str]:
    """Yield the path of each reference to a document, partner, measure or footnote.

    A target's measure is one of the plan's, and its citation is there.
    """
    for path, record in walk(plan):
        match record:
            case Citation() if ".measure." not in path:
                yield f"{path}.document"
            case Partnership() | PartnerListing():
                yield f"{path}.partner"
            case Activity(lead=lead, partners=partners):
                if lead is not None:
                    yield f"{path}.lead"
                yield from (f"{path}.partners[{place}]" for place in range(len(partners)))
            case Fact(partners=partners, footnotes=footnotes):
                yield from (f"{path}.partners[{place}]" for place in range(len(partners)))
                yield from (f"{path}.footnotes[{place}]" for place in range(len(footnotes)))
            case target if isinstance(target, MeasuredTarget):
                yield f"{path}.measure"
            case _:
                pass


@FEWER
@given(plans())
def test_a_plan_equals_its_copy(plan: Plan) -> None:
    """A plan made again from its own fields is the same plan."""
    assert attrs.evolve(plan) == plan


@FEWER
@given(plans())
def test_equal_plans_have_equal_hashes(plan: Plan) -> None:
    """Two equal plans are one member of a set."""
    assert len({plan, attrs.evolve(plan)}) == 1


@FEWER
@given(plans())
def test_a_plan_survives_pickling(plan: Plan) -> None:
    """A plan that is pickled and read again is the same plan."""
    assert pickle.loads(pickle.dumps(plan)) == plan


@FEWER
@given(observation_sets())
def test_a_set_of_figures_survives_pickling(figures: ObservationSet) -> None:
    """A set of figures that is pickled and read again is the same set."""
    assert pickle.loads(pickle.dumps(figures)) == figures


@FEWER
@given(plans(), st.data())
def test_an_id_that_stands_twice_is_reported_where_it_does(plan: Plan, data: st.DataObject) -> None:
    """A record that is repeated at the end of its collection is reported with that path."""
    path, changed = data.draw(st.sampled_from(list(repetitions(plan))))
    with pytest.raises(PlanError) as error:
        attrs.evolve(plan, **changed)
    assert path in [problem.path for problem in error.value.problems]


@FEWER
@given(plans())
def test_every_broken_reference_is_reported_at_once(plan: Plan) -> None:
    """Without what a plan refers to, each of its references is named."""
    broken = sorted(path for path in references(plan) if not path.startswith(LISTED))
    with pytest.raises(PlanError) as error:
        attrs.evolve(
            plan,
            documents=(Document(id="another", title="Another"),),
            partners=(),
            measures=(),
            footnotes=(),
        )
    assert sorted(problem.path for problem in error.value.problems) == broken


@FEWER
@given(plans())
def test_each_record_has_a_path_of_its_own(plan: Plan) -> None:
    """A walk through a plan gives no path twice."""
    paths = [path for path, _ in walk(plan)]
    assert len(set(paths)) == len(paths)


@FEWER
@given(plans())
def test_every_id_leads_to_its_record(plan: Plan) -> None:
    """The plan finds the records that it lists by id."""
    assert [plan.target(target.id) for target in plan.targets] == list(plan.targets)


@given(st.text())
def test_the_normal_form_of_a_name_is_its_own(name: str) -> None:
    """The normal form of a normal form is the same."""
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.text(st.sampled_from("abcÉß z")), st.sampled_from(["‘", "’", "'", "\u00ad"]), st.data())
def test_case_and_quotation_marks_make_no_other_name(
    name: str, mark: str, data: st.DataObject
) -> None:
    """Capitals, another encoding and a mark anywhere in a name make no difference."""
    place = data.draw(st.integers(0, len(name)))
    other = unicodedata.normalize("NFD", name[:place].swapcase()) + mark + name[place:]
    assume(name.strip())
    assert normal_form(other) == normal_form(name)


@given(percentages(), percentages(), percentages())
def test_a_range_has_the_levels_between_its_ends(
    one: Percentage, other: Percentage, level: Percentage
) -> None:
    """A level is in a range if it is neither below the low end nor above the high end."""
    assume(one != other)
    low, high = min(one, other), max(one, other)
    assert (level in LevelRange(low=low, high=high)) is (low <= level <= high)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), PLACES)
def test_a_rounded_level_agrees_with_its_counts(counts: tuple[int, int], places: int) -> None:
    """A level that is rounded from counts never contradicts them, and one a step away does."""
    exact = Percentage.from_counts(*counts)
    figure = figure_of(exact.rounded(places), Counts(*counts))
    assert figure.contradiction is None
    step = PercentagePoints(Fraction(3, 2 * 10**places))
    if exact.value + step.value <= 100:
        wrong = (exact + step).rounded(places)
        assert str(wrong) in str(figure_of(wrong, Counts(*counts)).contradiction)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), PLACES)
def test_rounded_counts_never_contradict_the_level_of_the_true_ones(
    counts: tuple[int, int], places: int
) -> None:
    """A level from exact counts agrees with the counts after they are rounded to 5."""
    numerator, denominator = (5 * ((count + 2) // 5) for count in counts)
    assume(denominator)
    level = Percentage.from_counts(*counts).rounded(places)
    assert figure_of(level, Counts(numerator, denominator, rounded_to=5)).contradiction is None


@given(
    st.dictionaries(
        st.from_regex("[ab](?:-[ab]){0,3}", fullmatch=True),
        st.sampled_from(["Drugs", "drugs", "Work"]),
    )
)
def test_equal_names_are_told_apart(names: dict[str, str]) -> None:
    """Each id keeps its name, no two are shown as equal, and names that differ are as they were."""
    shown = distinct_names(names)
    assert [*shown] == [*names]
    assert len({normal_form(name) for name in shown.values()}) == len(names)
    forms = [normal_form(name) for name in names.values()]
    for each, name in names.items():
        assert shown[each].startswith(name)
        assert (shown[each] == name) is (forms.count(normal_form(name)) == 1)
