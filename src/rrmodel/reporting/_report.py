"""A plan and its assessment as one page of HTML, complete in itself."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from rrmodel.checks import by_rule, check, severities_text
from rrmodel.coverage import coverage
from rrmodel.evaluation import PlanEvaluation
from rrmodel.graph import partner_graph, partner_table
from rrmodel.model import ObservationSet, document_of, with_article
from rrmodel.reporting._pages import templates
from rrmodel.reporting._plan_charts import coverage_chart, partner_chart
from rrmodel.reporting._time_charts import target_chart

__all__ = ["report"]

_CHARTS = {"target": target_chart, "coverage": coverage_chart, "partners": partner_chart}
_OF_MARKS = ("class", "role", "aria-")
"""How the attributes begin that describe the marks of a chart; the page describes all of it."""


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
    known = [each for each in sets if any(one.measure in measures for one in each.observations)]
    figures = [observation for each in known for observation in each.observations]
    cited = (
        document_of(observation, known)
        for observation in figures
        if observation.measure in measures
    )
    pages = templates("Writing a report")
    style = pages.get_template("report.css").render()
    return pages.get_template("report.html").render(
        evaluation=evaluation,
        plan=plan,
        version=version("rrmodel"),
        style=style,
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        places={each.target.id: f"target-{n}" for n, each in enumerate(evaluation.evaluations, 1)},
        comparisons=evaluation.side_by_side(beside),
        covered=coverage(plan),
        partners=partner_table(partner_graph(plan)),
        findings=check(plan, observations=figures),
        by_rule=by_rule,
        severities_text=severities_text,
        documents=dict.fromkeys(filter(None, (*plan.documents, *cited))),
        document_of=document_of,
        sets=known,
        with_article=with_article,
        counter=Counter,
        picture=picture,
        charts=_CHARTS,
    )


def picture(draw: Callable[..., alt.LayerChart], subject: object) -> tuple[str, str, str]:
    """Return the title of a chart, and the rest as SVG for wide and for narrow pages."""
    wide, narrow = (draw(subject, width=width).to_dict(validate=False) for width in (700, 320))
    return " ".join(wide["title"]["text"]), _svg(wide), _svg(narrow)


def _svg(chart: dict[str, Any]) -> str:
    """Return a chart without its title as SVG with a text alternative."""
    spec: dict[str, Any] = chart | {"title": None}
    language = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=language))  # noqa: S314 - ours
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]  # HTML writes no namespaces
        each.attrib = {name: text for name, text in each.items() if not name.startswith(_OF_MARKS)}
    root.attrib |= {"role": "img", "aria-label": spec["description"]}
    return ET.tostring(root, encoding="unicode")
