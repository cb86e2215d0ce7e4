"""``rrmodel forecast``: the probability that targets will be met."""

from __future__ import annotations

import csv
import json

import pytest

from rrmodel import datasets
from rrmodel.cli import main
from rrmodel.evaluation import forecast_goal
from rrmodel.inference import Forecast
from rrmodel.model import QuantifiedTarget

HOUSED = "housed-on-release-by-september-2026"
PLAN = datasets.load("made-up-plan-under-way")


def answer(capsys: pytest.CaptureFixture[str], line: str = "") -> tuple[int, str, str]:
    """Run ``rrmodel forecast`` of the made-up plan and return how it ended and what it printed."""
    code = main(["forecast", PLAN.id, "--as-of", "2026-07-01", *line.split()])
    return code, *capsys.readouterr()


def test_the_text_has_forecasts_and_refusals(capsys: pytest.CaptureFixture[str]) -> None:
    """Targets with a forecast are lines of a table; the others are below their reason."""
    code, out, _ = answer(capsys)
    assert code == 0
    assert out.startswith(f"{PLAN.title}\nForecast from figures published by 1 July 2026\n")
    line = next(line for line in out.splitlines() if line.startswith("Housed on the night"))
    assert " ".join(line.split()[6:]) == ("90% 30 September 2026 less than 1% 84.6% to 87.5% 12")
    for reason, target in (
        ("The goal is not one percentage, and nothing else is forecast:", "Job starts"),
        (
            "The target has no measure, so there are no figures to continue:",
            "Have an employ",
        ),
        ("The target has no goal level, and only a level can be forecast:", "Positive random"),
        ("The target has no deadline, so there is no period to forecast:", "First appointments"),
    ):
        assert f"\n{reason}\n- {target}" in out


def test_json_has_the_numbers_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers are those of ``forecast_goal``; a refusal has its reason and no numbers."""
    target = PLAN.target(HOUSED)
    assert isinstance(target, QuantifiedTarget)
    figures = datasets.observation_set("made-up-figures-under-way")
    wanted = forecast_goal(target, figures, as_of="2026-07-01")
    assert isinstance(wanted, Forecast)
    document = json.loads(answer(capsys, "--format json")[1])
    assert document["title"].startswith("Made up")
    by_target = {row["target"]: row for row in document["targets"]}
    assert by_target[HOUSED]["probability"] == wanted.probability
    assert by_target[HOUSED]["interval_low"] == wanted.interval.lower
    assert by_target[HOUSED]["reason"] is None
    assert by_target["occupancy"]["goal"] is None
    assert by_target["occupancy"]["probability"] is None
    assert by_target["occupancy"]["deadline"] is None


def test_one_target_may_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV and Markdown have a row for the target that is named."""
    (row,) = csv.DictReader(answer(capsys, f"--target {HOUSED} --format csv")[1].splitlines())
    assert (row["target"], row["goal"], row["points"]) == (HOUSED, "90%", "12")
    out = answer(capsys, f"--target {HOUSED} --format markdown")[1]
    assert len(out.splitlines()) == 3


def test_another_area_may_be_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    """Of an area with one figure there is no forecast, and an unknown area is refused."""
    out = answer(capsys, f"--target {HOUSED} --area Tarnside")[1]
    assert "\nNo target can be forecast.\n" in out
    code, _, err = answer(capsys, "--area Tarnsid")
    assert code == 2
    assert "did you mean 'Tarnside'?" in err


def test_a_plan_without_targets_has_no_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to forecast, and the page says so."""
    assert main(["forecast", "hmp-leeds-regimes"]) == 0
    assert capsys.readouterr().out.endswith("\n\nNo target can be forecast.\n")


def test_a_misspelt_target_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The error offers the ids of the plan's targets."""
    code, _, err = answer(capsys, "--target ocupancy")
    assert (code, err) == (
        2,
        "--target: this plan has no target 'ocupancy': did you mean 'occupancy'?\n",
    )
