"""A plan and its assessment as one page of HTML, complete in itself."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from rrmodel.checks import Finding, Severity, check, rule
from rrmodel.coverage import coverage
from rrmodel.errors import RecordError
from rrmodel.evaluation import Basis, Evaluation, Exclusion, PlanEvaluation, Status
from rrmodel.graph import partner_graph, partner_table
from rrmodel.model import Citation, Document, Observation, ObservationSet, document_of, with_article
from rrmodel.periods import day_text
from rrmodel.reporting._looks import Row
from rrmodel.reporting._pages import page
from rrmodel.reporting._partner_chart import partner_chart
from rrmodel.reporting._plan_charts import coverage_chart
from rrmodel.reporting._time_charts import figure, target_chart

__all__ = ["report"]

_NARROW, _WIDE = 320, 700
_OF_MARKS = ("class", "role", "aria-")
"""How the attributes begin that describe the marks of a chart; the page describes all of it."""


class Picture(NamedTuple):
    """A chart as SVG without its title, in two widths of which the page shows one."""

    title: str
    wide: str
    narrow: str


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
    plan, measures = evaluation.plan, {measure.id for measure in evaluation.plan.measures}
    comparisons = list(_comparisons(evaluation, beside))
    known = [each for each in sets if any(one.measure in measures for one in each.observations)]
    figures = [found for each in known for found in each.observations]
    cited = {
        document: None
        for found in figures
        if found.measure in measures and (document := document_of(found, known))
    }

    def source(citation: Citation, observation: Observation | None = None) -> Document | None:
        return (
            plan.document(citation.document)
            if observation is None
            else document_of(observation, known)
        )

    findings = check(plan, observations=figures)
    render = page("Writing a report")
    style = render("report.css")
    return render(
        "report.html",
        evaluation=evaluation,
        plan=plan,
        version=version("rrmodel"),
        style=style,
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        area=_area(evaluation),
        places={each.target.id: f"target-{n}" for n, each in enumerate(evaluation.evaluations, 1)},
        day=day_text,
        with_article=with_article,
        verdicts=evaluation.verdicts(),
        comparisons=comparisons,
        covered=coverage(plan),
        partners=partner_table(partner_graph(plan)),
        findings=findings,
        found=_severities(findings),
        severities=list(Severity),
        rule=rule,
        quality=_quality(evaluation, findings),
        documents=dict.fromkeys((*plan.documents, *cited)),
        sets=known,
        statuses=list(Status),
        source_of=source,
        figures_of=_figures,
        picture=picture,
        charts={"target": target_chart, "coverage": coverage_chart, "partners": partner_chart},
    )


def picture(draw: Callable[..., alt.LayerChart], subject: object) -> Picture:
    """Return a chart of a subject as SVG, for wide and for narrow pages."""
    (title, wide), (_, narrow) = (_svg(draw(subject, width=width)) for width in (_WIDE, _NARROW))
    return Picture(title, wide, narrow)


def _svg(chart: alt.LayerChart) -> tuple[str, str]:
    """Return the title of a chart, and the rest of it as SVG with a text alternative."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    title = " ".join(spec.pop("title")["text"])
    language = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=language))  # noqa: S314 - ours
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]  # HTML writes no namespaces
        element.attrib = {
            name: value for name, value in element.items() if not name.startswith(_OF_MARKS)
        }
    root.attrib |= {"role": "img", "aria-label": spec["description"]}
    return title, ET.tostring(root, encoding="unicode")


def _area(evaluation: PlanEvaluation) -> str:
    """Return the area assessed, or that of the targets if they have one in common."""
    areas = {each.area for each in evaluation.evaluations}
    return evaluation.area or (areas.pop() if len(areas) == 1 else "each target's own area")


_RESPECTS: dict[str, Callable[[PlanEvaluation], str]] = {
    "day": lambda one: day_text(one.as_of),
    "area": _area,
    "policy": lambda one: one.policy.name,
}


def _comparisons(
    evaluation: PlanEvaluation, others: Iterable[PlanEvaluation]
) -> Iterator[tuple[str, list[tuple[str, PlanEvaluation]]]]:
    """Yield a respect in which others differ from the evaluation of the page, and all with labels.

    Raises:
        RecordError: One is of another plan, or differs in nothing.
    """
    groups: dict[str, list[PlanEvaluation]] = {name: [] for name in _RESPECTS}
    for other in others:
        if other.plan != evaluation.plan:
            raise RecordError(
                f"an assessment of {other.plan.id!r} cannot be beside one of "
                f"{evaluation.plan.id!r}: assess the same plan"
            )
        differ = [by for by, text in _RESPECTS.items() if text(other) != text(evaluation)]
        if not differ:
            raise RecordError(
                "two assessments have the same day, area and policy: change one of them"
            )
        groups[differ[0]].append(other)
    for by, group in groups.items():
        if group:
            together = [evaluation, *group]
            if by == "day":
                together.sort(key=lambda each: each.as_of)
            respects = [[text(each) for each in together] for text in _RESPECTS.values()]
            varied = [texts for texts in respects if len(set(texts)) > 1]
            yield by, list(zip(map(" · ".join, zip(*varied, strict=True)), together, strict=True))


def _figures(evaluation: Evaluation) -> list[Row]:
    """Return the figures of a target's measure in the area, as its chart shows them."""
    decides = [each for each in (evaluation.earliest, evaluation.latest) if each is not None]
    used = [(each, "decides") for each in decides]
    used += [
        (each.observation, each.reason.value)
        for each in evaluation.excluded
        if each.reason is not Exclusion.OTHER_AREA
    ]
    used.sort(key=lambda each: (each[0].period.last_day, each[0].period.days))
    return [figure(*each) for each in used]


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
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in counts) or "none"


def _quality(evaluation: PlanEvaluation, findings: Sequence[Finding]) -> dict[str, str]:
    """Return what was checked for this page, and the result."""
    results = evaluation.evaluations
    excluded = [each for result in results for each in result.excluded]
    known = {found for each in results for found in each.history}
    known |= {each.observation for each in excluded}
    evidence = [each.evidence for each in results if each.evidence is not None]
    counted = sum(each.basis is not Basis.ROUNDING for each in evidence)
    cited = sum(found.citation is not None for found in known)
    return {
        "References within the plan": "Complete: a plan with a broken reference cannot be read.",
        "Findings of checks": _severities(findings) or "none",
        "Figures considered": f"{len(known)}, of which {cited} cite a document",
        "Publishers' marks on them": _counted(
            sorted(m.value for each in known for m in each.marks)
        ),
        "Figures that do not decide": _counted(each.reason.value for each in excluded),
        "Deciding figures with counts, tested for chance": f"{counted} of {len(evidence)}",
    }
