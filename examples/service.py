"""A small web service that assesses plans, with rrmodel's classes as fields of its messages.

    .venv/bin/pip install -c constraints.txt '.[service]'
    .venv/bin/uvicorn --app-dir examples service:app

Then http://127.0.0.1:8000/openapi.json describes every address. Plans, figures and quantities are
sent as in files. An assessment has the fields that `rrmodel schema evaluation` describes. The
answer to bad input is status 422, with the place of each error.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from rrmodel import Evaluation, Plan, datasets, evaluate, evaluate_plan
from rrmodel.errors import UnknownNameError
from rrmodel.model import ObservationIndex, ObservationSet

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
) -> Evaluation:
    """Assess one target of a bundled plan on a day."""
    return evaluate(datasets.load(plan).target(target), FIGURES, as_of=as_of, area=area)


@app.post("/evaluations")
def assess_plan(question: Question) -> tuple[Evaluation, ...]:
    """Assess every target of a plan on a day."""
    figures = FIGURES if question.figures is None else question.figures
    result = evaluate_plan(question.plan, figures, as_of=question.as_of, area=question.area)
    return result.evaluations
