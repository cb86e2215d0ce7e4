"""Laws of the checks, for every plan."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel.checks import RULES, Severity, check, to_json, to_sarif
from rrmodel.model import ObservationSet, Plan, walk
from rrmodel.testing import observation_sets, plans

IDS = [known.id for known in RULES]
some_rules = st.sets(st.sampled_from(IDS), max_size=5)
plans_with_figures = plans().flatmap(lambda plan: st.tuples(st.just(plan), observation_sets(plan)))
generated = settings(max_examples=settings.default.max_examples // 5)


@generated
@given(plans_with_figures)
def test_every_plan_has_an_answer(known: tuple[Plan, ObservationSet]) -> None:
    """Each finding has a known rule, its severity, and the path of a record of the plan."""
    plan, figures = known
    paths = {path for path, _ in walk(plan)}
    severities = {rule.id: rule.severity for rule in RULES}
    for finding in check(plan, observations=figures.observations):
        assert severities[finding.rule] is finding.severity
        assert finding.path in paths
        assert finding.message


@generated
@given(plans_with_figures)
def test_the_same_plan_has_the_same_findings(known: tuple[Plan, ObservationSet]) -> None:
    """The findings depend on the plan and the figures alone."""
    plan, figures = known
    first = check(plan, observations=figures.observations)
    assert first == check(plan, observations=figures.observations)


@generated
@given(plans())
def test_findings_are_in_the_order_of_the_document(plan: Plan) -> None:
    """Findings are in the order of their records, and at one record of their rules."""
    places = {path: place for place, (path, _) in enumerate(walk(plan))}
    keys = [(places[finding.path], finding.rule) for finding in check(plan)]
    assert keys == sorted(keys)


@generated
@given(plans(), some_rules)
def test_an_ignored_rule_takes_away_exactly_its_findings(plan: Plan, ignored: set[str]) -> None:
    """Ignoring rules removes their findings and keeps those of the others."""
    left = tuple(finding for finding in check(plan) if finding.rule not in ignored)
    assert check(plan, ignore=ignored) == left


@generated
@given(plans(), some_rules)
def test_selected_and_ignored_findings_make_up_all(plan: Plan, chosen: set[str]) -> None:
    """The findings of selected rules and those of the others are all findings, each once."""
    inside, outside = check(plan, select=chosen), check(plan, ignore=chosen)
    assert not {finding.rule for finding in inside} & {finding.rule for finding in outside}
    assert sorted(map(str, (*inside, *outside))) == sorted(map(str, check(plan)))


@generated
@given(plans(), st.sampled_from(IDS), st.sampled_from(Severity))
def test_a_severity_changes_nothing_else(plan: Plan, name: str, severity: Severity) -> None:
    """Setting the severity of a rule keeps every finding and changes only those of the rule."""
    before, after = check(plan), check(plan, severities={name: severity})
    assert [(finding.rule, finding.path, finding.message) for finding in before] == [
        (finding.rule, finding.path, finding.message) for finding in after
    ]
    assert all(
        new.severity is (severity if new.rule == name else old.severity)
        for old, new in zip(before, after, strict=True)
    )


@generated
@given(plans())
def test_every_finding_is_in_each_report(plan: Plan) -> None:
    """JSON and SARIF have the rule, the path and the message of each finding, in order."""
    findings = check(plan)
    expected = [(finding.rule, finding.path, finding.message) for finding in findings]
    assert expected == [
        (finding["rule"], finding["path"], finding["message"])
        for finding in json.loads(to_json(findings))["findings"]
    ]
    assert expected == [
        (
            result["ruleId"],
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            result["message"]["text"],
        )
        for result in json.loads(to_sarif(findings))["runs"][0]["results"]
    ]
