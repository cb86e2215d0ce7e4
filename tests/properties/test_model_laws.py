"""Laws of plans and sets of figures, one in each test."""

# ruff: noqa: S301 -- the pickles are our own

from __future__ import annotations

import pickle
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel.errors import PlanError
from rrmodel.model import (
    Activity,
    Citation,
    Document,
    Fact,
    MeasuredTarget,
    ObservationSet,
    PartnerListing,
    Partnership,
    Plan,
    walk,
)
from rrmodel.testing import observation_sets, plans

FEWER = settings(max_examples=settings.default.max_examples // 6)

LISTED = ("$.documents", "$.measures", "$.partners[", "$.footnotes")


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

    A target's measure is one of the plan's, and its citation is told of there.
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
    """What the plan lists is what it finds by id."""
    assert [plan.target(found.id) for found in plan.targets] == list(plan.targets)
