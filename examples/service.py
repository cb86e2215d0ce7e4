"""A small web service that assesses plans, with rrmodel's classes as fields of its messages.

    .venv/bin/pip install -c constraints.txt '.[service]'
    .venv/bin/uvicorn --app-dir examples service:app

Then http://127.0.0.1:8000/openapi.json describes every address. Plans, figures and quantities are
sent as in files. The answer to bad input is status 422, with the place of each error.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from rrmodel import (
    Amount,
    Deadline,
    Evaluation,
    Observation,
    PercentagePoints,
    Plan,
    Status,
    datasets,
    evaluate,
    evaluate_plan,
)
from rrmodel.errors import UnknownNameError
from rrmodel.model import LevelRange, ObservationIndex, ObservationSet
from rrmodel.quantities import Level

FIGURES = ObservationIndex.of(
    figure for name in datasets.observation_sets() for figure in datasets.observations(name)
)

app = FastAPI(title="Reducing reoffending plans", version="1")


class Question(BaseModel):
    """A plan to assess on a day, from the bundled figures or from those sent with it."""

    plan: Plan
    as_of: date
    area: str | None = None
    figures: ObservationSet | None = None


class Assessment(BaseModel):
    """The assessment of one target."""

    target: str
    statement: str
    deadline: Deadline | None
    status: Status
    goal: Level | LevelRange | None
    latest: Observation | None
    gap: PercentagePoints | Amount | None
    reasons: tuple[str, ...]


def assessment(result: Evaluation) -> Assessment:
    """Return the parts of an evaluation that the service sends."""
    return Assessment(
        target=result.target.id,
        statement=result.target.statement,
        deadline=result.target.deadline,
        status=result.status,
        goal=result.goal,
        latest=result.latest,
        gap=result.gap,
        reasons=result.reasons,
    )


@app.exception_handler(UnknownNameError)
def unknown_name(_: Request, error: UnknownNameError) -> JSONResponse:
    """Answer 404 for an unknown name, with the name that may have been intended."""
    return JSONResponse({"detail": str(error)}, status_code=404)


@app.get("/plans")
def plan_names() -> tuple[str, ...]:
    """Return the names of the bundled plans."""
    return datasets.names()


@app.get("/plans/{plan}")
def bundled_plan(plan: str) -> Plan:
    """Return a bundled plan, as its file would be."""
    return datasets.load(plan)


@app.get("/plans/{plan}/targets/{target}")
def assess_target(
    plan: str, target: str, as_of: date, area: Annotated[str | None, Query()] = None
) -> Assessment:
    """Assess one target of a bundled plan on a day."""
    record = datasets.load(plan).target(target)
    return assessment(evaluate(record, FIGURES, as_of=as_of, area=area))


@app.post("/evaluations")
def assess_plan(question: Question) -> tuple[Assessment, ...]:
    """Assess every target of a plan on a day."""
    figures = FIGURES if question.figures is None else question.figures
    result = evaluate_plan(question.plan, figures, as_of=question.as_of, area=question.area)
    return tuple(assessment(each) for each in result.evaluations)
