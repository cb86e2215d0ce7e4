"""Reference answers, worked out to forty digits, for levels on curves."""

from __future__ import annotations

import json

import pytest
from tests.beside import beside

from rrmodel.inference import geometric_level, logit_level

VECTORS = "oracles/progress_vectors.json"
CHECKS = "the table of curves has every reference case"
METHODS = {"exponential_trajectory": geometric_level, "logit_trajectory": logit_level}
TOLERANCE = 1e-14
CURVES = [
    # method, start, end, elapsed, level
    ("exponential_trajectory", "0.82", "0.90", "0.5", 0.8590692637965812),
    ("exponential_trajectory", "0.18", "0.23", "0.75", 0.21632863167774244),
    ("logit_trajectory", "0.18", "0.23", "0.5", 0.20386198306528863),
    ("logit_trajectory", "0.95", "0.99", "0.5", 0.9774625016572325),
]


@pytest.mark.parametrize(("method", "start", "end", "elapsed", "level"), CURVES)
def test_curves_agree_with_forty_digits(
    method: str, start: str, end: str, elapsed: str, level: float
) -> None:
    """The level on the curve is right to fourteen decimals."""
    result = METHODS[method](float(start), float(end), float(elapsed))
    assert result == pytest.approx(level, rel=0, abs=TOLERANCE)


def test_the_table_holds_every_reference_case() -> None:
    """No case of the two methods is missing here or altered."""
    cases = json.loads(beside(VECTORS, checks=CHECKS).read_text(encoding="utf-8"))
    given = [case for case in cases if case["method"] in METHODS]
    assert {case["tolerance"] for case in given} == {TOLERANCE}
    assert [
        (
            case["method"],
            *(case["input"][key] for key in ("baseline", "target", "elapsed_share")),
            case["expected"]["expected"],
        )
        for case in given
    ] == CURVES
