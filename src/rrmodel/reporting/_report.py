"""A plan and its assessment as one page of HTML, complete in itself."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version

import attrs

from rrmodel.checks import Finding, Rule, Severity, check, rule
from rrmodel.coverage import coverage
from rrmodel.errors import RecordError, requires_extra
from rrmodel.evaluation import Basis, Evaluation, PlanEvaluation, Status
from rrmodel.model import (
    Citation,
    Document,
    MeasuredTarget,
    MilestoneTarget,
    Observation,
    ObservationSet,
    Plan,
    document_of,
)
from rrmodel.periods import day_text
from rrmodel.reporting._partner_chart import partner_chart
from rrmodel.reporting._pictures import Picture, picture
from rrmodel.reporting._plan_charts import coverage_chart
from rrmodel.reporting._report_tables import (
    DataTable,
    coverage_data,
    figures_data,
    partners_data,
    results_data,
)
from rrmodel.reporting._text import clean
from rrmodel.reporting._time_charts import target_chart

with requires_extra("Writing a report", "report"):
    from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["report"]


@attrs.frozen
class _AssessedTarget:
    """A target as the page shows it."""

    place: str
    evaluation: Evaluation
    picture: Picture | None
    figures: DataTable | None
    is_clear_alone: bool
    """Whether its evidence is clear by itself, and not when adjusted for how many are tested."""


@attrs.frozen
class _Comparison:
    """The evaluation of the page beside others, which differ in one respect."""

    by: str
    labels: tuple[str, ...]
    evaluations: tuple[PlanEvaluation, ...]


def report(
    evaluation: PlanEvaluation,
    *,
    beside: Iterable[PlanEvaluation] = (),
    sets: Iterable[ObservationSet] = (),
) -> str:
    """Return the assessment of a plan as a page of HTML, to read, print and send.

    The page is complete in itself. It runs no script and requests nothing, and its content security
    policy forbids both. Of each target it has the goal, the latest figure, the gap, a chart, the
    status with its reasons, and the sources. It also has what is not measured and not yet known,
    the coverage of the plan, its partners, the findings of its checks, notes on the method, and
    the data. The same input gives the same bytes.

    >>> from rrmodel import datasets, evaluate_plan
    >>> plan = datasets.load("hmp-leeds-regimes")
    >>> page = report(evaluate_plan(plan, (), as_of="2024-08-01"))
    >>> page[:15], page.count("<h1>"), "Regimes at HMP Leeds" in page
    ('<!doctype html>', 1, True)

    Args:
        evaluation: The assessment of the plan.
        beside: Other assessments of the same plan, which the page compares with it: on another day,
            in another area or under another policy. Default: none.
        sets: The sets that its figures come from: their documents are linked, and the checks use
            their figures. Default: none; sources of figures are named by their ids.

    Raises:
        RecordError: An assessment beside it is of another plan, or has the same day, area and
            policy.
    """
    plan = evaluation.plan
    compared = tuple(_comparisons(evaluation, tuple(beside)))
    measures = {measure.id for measure in plan.measures}
    known = [each for each in sets if any(one.measure in measures for one in each.observations)]
    figures = [found for each in known for found in each.observations]
    findings = check(plan, observations=figures)
    covered = coverage(plan)
    pages = _environment()
    style = pages.get_template("report.css").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return pages.get_template("report.html").render(
        evaluation=evaluation,
        plan=plan,
        version=version("rrmodel"),
        style=style,
        digest=digest,
        area=_area(evaluation),
        pathways=_pathways(evaluation),
        comparisons=compared,
        covered=covered,
        coverage_chart=picture(lambda width: coverage_chart(covered, width=width)),
        coverage_data=coverage_data(covered),
        partners_chart=picture(lambda width: partner_chart(plan, width=width)),
        partners_data=partners_data(plan),
        findings=_by_rule(findings),
        severities=_severities(findings),
        quality=_quality(evaluation, findings),
        documents=_documents(plan, known),
        sets=known,
        results=results_data(evaluation),
        statuses=list(Status),
        document_of=partial(_document, plan, known),
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("rrmodel.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """Return a value as the page shows it; only markup of the templates is left as it is."""
    if hasattr(value, "__html__"):
        return value
    match value:
        case None:
            return ""
        case date():
            return day_text(value)
        case _:
            return clean(str(value))


def _area(evaluation: PlanEvaluation) -> str:
    """Return the area assessed, or that of the targets if they have one in common."""
    areas = {each.area for each in evaluation.evaluations}
    return evaluation.area or (areas.pop() if len(areas) == 1 else "each target's own area")


def _pathways(evaluation: PlanEvaluation) -> list[tuple[str, list[_AssessedTarget]]]:
    verdicts = evaluation.verdicts()
    places = {each.target.id: number for number, each in enumerate(evaluation.evaluations, 1)}

    def assessed(each: Evaluation) -> _AssessedTarget:
        target, evidence = each.target, each.evidence
        place = f"target-{places[target.id]}"
        adjusted = verdicts.get(target.id)
        is_drawn = isinstance(target, MeasuredTarget | MilestoneTarget)
        return _AssessedTarget(
            place,
            each,
            picture(lambda width: target_chart(each, width=width)) if is_drawn else None,
            figures_data(each, f"{place}-figures") if each.assessment.terms else None,
            is_clear_alone=adjusted is not None
            and adjusted.direction is None
            and evidence is not None
            and evidence.verdict.direction is not None,
        )

    return [
        (pathway, [assessed(each) for each in results])
        for pathway, results in evaluation.by_pathway().items()
    ]


def _comparisons(
    evaluation: PlanEvaluation, others: Sequence[PlanEvaluation]
) -> Iterator[_Comparison]:
    """Yield the other evaluations by the first respect in which they differ from that of the page.

    Raises:
        RecordError: One is of another plan, or differs in nothing.
    """
    groups: dict[str, list[PlanEvaluation]] = {"day": [], "area": [], "policy": []}
    for other in others:
        if other.plan != evaluation.plan:
            raise RecordError(
                f"an assessment of {other.plan.id!r} cannot stand beside one of "
                f"{evaluation.plan.id!r}: assess the same plan"
            )
        mine, its = _respects(evaluation), _respects(other)
        by = next((name for name in groups if mine[name] != its[name]), None)
        if by is None:
            raise RecordError(
                "an assessment with the same day, area and policy cannot stand beside itself: "
                "change one of them"
            )
        groups[by].append(other)
    for by, group in groups.items():
        if group:
            together = [evaluation, *group]
            if by == "day":
                together.sort(key=lambda each: each.as_of)
            respects = list(map(_respects, together))
            varied = [name for name in groups if len({each[name] for each in respects}) > 1]
            labels = tuple(" · ".join(each[name] for name in varied) for each in respects)
            yield _Comparison(by, labels, tuple(together))


def _respects(evaluation: PlanEvaluation) -> dict[str, str]:
    return {
        "day": day_text(evaluation.as_of),
        "area": _area(evaluation),
        "policy": evaluation.policy.name,
    }


def _by_rule(findings: Iterable[Finding]) -> list[tuple[Rule, Severity, list[Finding]]]:
    """Return the findings of each rule, the most serious rules first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    order = list(Severity)
    return sorted(
        ((rule(name), group[0].severity, group) for name, group in groups.items()),
        key=lambda each: (order.index(each[1]), each[0].id),
    )


def _severities(findings: Iterable[Finding]) -> str:
    """Return how many findings have each severity, the most serious first."""
    counts = Counter(each.severity for each in findings)
    return ", ".join(
        f"{counts[each]} {each}{'s' * (counts[each] > 1 and each is not Severity.ADVICE)}"
        for each in Severity
        if counts[each]
    )


def _counted(words: Iterable[str]) -> str:
    """Return how many there are of each word, the most frequent first."""
    counts = Counter(words).most_common()
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in counts)


def _quality(evaluation: PlanEvaluation, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """Yield what was checked for this page, and the result."""
    results = evaluation.evaluations
    known = dict.fromkeys(
        found
        for each in results
        for found in (*each.history, *(excluded.observation for excluded in each.excluded))
    )
    cited = sum(found.citation is not None for found in known)
    marks = _counted(mark.value for found in known for mark in found.marks)
    evidence = [each.evidence for each in results if each.evidence is not None]
    counted = sum(each.basis is not Basis.ROUNDING for each in evidence)
    excluded = _counted(each.reason.value for result in results for each in result.excluded)
    yield (
        "References within the plan",
        "Complete: a plan with a broken reference cannot be read.",
    )
    yield "Findings of checks", _severities(findings) or "none"
    yield "Figures considered", f"{len(known)}, of which {cited} cite a document"
    yield "Publishers' marks on them", marks or "none"
    yield "Figures that do not decide", excluded or "none"
    yield "Deciding figures with counts, tested for chance", f"{counted} of {len(evidence)}"


def _documents(plan: Plan, sets: Iterable[ObservationSet]) -> list[Document]:
    """Return the documents of the plan, and those that figures of its measures cite, each once."""
    measures = {measure.id for measure in plan.measures}
    cited = [
        document
        for each in sets
        for document in each.documents
        if any(
            found.measure in measures and found.citation and found.citation.document == document.id
            for found in each.observations
        )
    ]
    return list(dict.fromkeys((*plan.documents, *cited)))


def _document(
    plan: Plan, sets: Sequence[ObservationSet], citation: Citation, found: Observation | None
) -> Document | None:
    """Return the document of a citation in the plan, or in a figure if there is one."""
    return plan.document(citation.document) if found is None else document_of(found, sets)
