"""The laws of coverage."""

from __future__ import annotations

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rrmodel import datasets
from rrmodel.coverage import COLUMNS, compare_editions, coverage, coverage_through
from rrmodel.model import Fact, Plan
from rrmodel.testing import plans

FEWER = settings(max_examples=settings.default.max_examples // 2)
FEW = settings(max_examples=settings.default.max_examples // 3)

SCHEMES = datasets.pathway_schemes()
CROSSWALK = SCHEMES.crosswalk("hmp-leeds", "regional-plans-2022")
REGION = datasets.load("east-midlands-2022-25")


def without_partner(plan: Plan, name: str) -> Plan:
    """Return a plan from which a partner has left."""

    def others(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in names if each != name)

    def facts(records: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(attrs.evolve(each, partners=others(each.partners)) for each in records)

    return attrs.evolve(
        plan,
        partners=tuple(
            attrs.evolve(each, members=others(each.members))
            for each in plan.partners
            if each.id != name
        ),
        partner_list=tuple(each for each in plan.partner_list if each.partner != name),
        profile=facts(plan.profile),
        achievements=facts(plan.achievements),
        priorities=facts(plan.priorities),
        chapters=tuple(
            attrs.evolve(
                chapter,
                facts=facts(chapter.facts),
                partnerships=tuple(each for each in chapter.partnerships if each.partner != name),
            )
            for chapter in plan.chapters
        ),
        pathways=tuple(
            attrs.evolve(
                pathway,
                background=facts(pathway.background),
                context=facts(pathway.context),
                partnerships=tuple(each for each in pathway.partnerships if each.partner != name),
                activities=tuple(
                    attrs.evolve(
                        each,
                        lead=None if each.lead == name else each.lead,
                        partners=others(each.partners),
                    )
                    for each in pathway.activities
                ),
            )
            for pathway in plan
        ),
    )


@FEWER
@given(plans() | st.just(REGION), st.data())
def test_removing_a_partner_never_raises_coverage(plan: Plan, data: st.DataObject) -> None:
    """No count rises and no gap closes when a partner leaves."""
    assume(plan.partners)
    name = data.draw(st.sampled_from([each.id for each in plan.partners]))
    before, after = coverage(plan), coverage(without_partner(plan, name))
    for row, other in zip(before, after, strict=True):
        assert all(other.counts()[column] <= row.counts()[column] for column in COLUMNS)
    assert set(before.gaps) <= set(after.gaps)


@FEWER
@given(plans())
def test_a_column_is_empty_exactly_where_it_is_said_to_be(plan: Plan) -> None:
    """A pathway is listed without a column if and only if it has nothing in it."""
    result = coverage(plan)
    for column in COLUMNS:
        without = result.without(column)
        assert all((row.pathway in without) == (not row.counts()[column]) for row in result)


@FEWER
@given(plans())
def test_every_need_has_its_place(plan: Plan) -> None:
    """A need is there once for each of its figures, or once if it has none."""
    result = coverage(plan)
    chapters = [fact for chapter in plan.chapters for fact in chapter.facts]
    pathways = [fact for each in plan for fact in (*each.background, *each.context)]
    facts = [*plan.profile, *plan.achievements, *plan.priorities, *chapters, *pathways]
    expected = [
        (fact.id, figure)
        for fact in facts
        if fact.kind == "need"
        for figure in (fact.figures or (None,))
    ]
    assert [(each.fact.id, each.figure) for each in result.needs] == expected


@given(st.lists(st.sampled_from(["exact", "close", "broad", "narrow", "related"])))
def test_fewer_strengths_never_raise_coverage(strengths: list[str]) -> None:
    """A record that counts by some strengths counts by all."""
    every = coverage_through(REGION, CROSSWALK, SCHEMES)
    some = coverage_through(REGION, CROSSWALK, SCHEMES, strengths=strengths)  # type: ignore[arg-type]
    for row, other in zip(every, some, strict=True):
        assert all(other.counts()[column] <= row.counts()[column] for column in COLUMNS)
        assert row.correspondences == other.correspondences


@FEWER
@given(plans())
def test_a_plan_compared_with_itself_is_unchanged(plan: Plan) -> None:
    """Everything is kept, and nobody joins or leaves."""
    comparison = compare_editions(plan, plan)
    for each in (
        comparison.pathways,
        comparison.targets,
        comparison.objectives,
        comparison.activities,
    ):
        assert (each.amended, each.dropped, each.added) == ((), (), ())
    assert comparison.targets.kept == plan.targets
    assert (comparison.partners_joined, comparison.partners_left) == ((), ())
    assert (comparison.parts_taken_up, comparison.parts_given_up) == ((), ())


@FEW
@given(plans(), plans())
def test_what_one_way_drops_the_other_way_adds(old: Plan, new: Plan) -> None:
    """Comparing backwards turns every answer round."""
    there, back = compare_editions(old, new), compare_editions(new, old)
    for name in ("pathways", "targets", "objectives", "activities"):
        one, other = getattr(there, name), getattr(back, name)
        assert one.dropped == other.added
        assert one.added == other.dropped
        assert {each.new.id for each in one.amended} == {each.old.id for each in other.amended}


@FEW
@given(plans(), plans())
def test_every_target_of_both_editions_is_accounted_for(old: Plan, new: Plan) -> None:
    """A target is unchanged, amended, dropped or added, and only one of these."""
    changes = compare_editions(old, new).targets
    amended = [each.new for each in changes.amended]
    assert len(changes.kept) + len(amended) + len(changes.dropped) == len(old.targets)
    ids = [each.id for each in (*changes.kept, *amended, *changes.added)]
    assert sorted(ids) == sorted(each.id for each in new.targets)
