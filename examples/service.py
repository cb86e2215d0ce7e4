"""A small web service that judges plans, with rrmodel's classes as the fields of its messages.

    .venv/bin/pip install -c constraints.txt '.[service]'
    .venv/bin/uvicorn --app-dir examples service:app

Then http://127.0.0.1:8000/openapi.json describes every address. Plans, figures and quantities
travel as they stand in files; what is wrong with them is answered by status 422, each mistake with
its place.
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
    Percentage,
    PercentagePoints,
    Plan,
    Status,
    datasets,
    evaluate,
    evaluate_plan,
)
from rrmodel.errors import UnknownNameError
from rrmodel.model import ObservationSet

FIGURES = tuple(
    seen for name in datasets.observation_sets() for seen in datasets.observations(name)
)

app = FastAPI(title="Reducing reoffending plans", version="1")


class Question(BaseModel):
    """A plan to be judged on a day, by bundled figures or by those that are sent with it."""

    plan: Plan
    as_of: date
    area: str | None = None
    figures: ObservationSet | None = None


class Judgement(BaseModel):
    """What is said of one target."""

    target: str
    statement: str
    deadline: Deadline | None
    status: Status
    goal: Percentage | Amount | None
    latest: Observation | None
    gap: PercentagePoints | Amount | None
    reasons: tuple[str, ...]


def judgement(result: Evaluation) -> Judgement:
    """Return what the service says of an evaluation."""
    return Judgement(
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
    """Answer 404 for a name that does not exist, with the one that may have been meant."""
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
def judge_target(
    plan: str, target: str, as_of: date, area: Annotated[str | None, Query()] = None
) -> Judgement:
    """Judge one target of a bundled plan on a day."""
    found = datasets.load(plan).target(target)
    return judgement(evaluate(found, FIGURES, as_of=as_of, area=area))


@app.post("/evaluations")
def judge_plan(question: Question) -> tuple[Judgement, ...]:
    """Judge every target of a plan on a day."""
    figures = FIGURES if question.figures is None else question.figures.observations
    judged = evaluate_plan(question.plan, figures, as_of=question.as_of, area=question.area)
    return tuple(judgement(result) for result in judged.evaluations)
