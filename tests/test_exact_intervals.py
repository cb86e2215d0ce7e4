"""Exact methods, by example: their ends, their refusals, and the package that they need."""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, cast

import pytest

from rrmodel.errors import (
    BinaryFloatError,
    ConfidenceError,
    CountsError,
    MissingExtraError,
    PercentageOutOfRangeError,
    UnknownNameError,
)
from rrmodel.inference import (
    NextFigure,
    binomial_tails,
    clopper_pearson_interval,
    fisher_exact,
    jeffreys_interval,
    probability_next_meets,
    wilson_interval,
)
from rrmodel.model import Better, Counts

GOAL = Fraction(90, 100)
COUNTS = Counts(84, 100)


def test_being_sure_to_cover_costs_width() -> None:
    """Clopper and Pearson are wider than Wilson for the same counts."""
    assert clopper_pearson_interval(COUNTS).width > wilson_interval(COUNTS).width


@pytest.mark.parametrize("interval", [clopper_pearson_interval, jeffreys_interval])
def test_none_and_all_end_at_the_share_seen(interval: Callable[[Counts], Any]) -> None:
    """Nobody of ten has a lower end of exactly 0, everybody an upper end of exactly 1."""
    assert interval(Counts(0, 10)).lower == 0
    assert interval(Counts(10, 10)).upper == 1


def test_plain_quantiles_leave_out_the_share_seen() -> None:
    """Which is why they must be asked for."""
    assert not jeffreys_interval(Counts(0, 10), raw=True).contains(0)
    assert not jeffreys_interval(Counts(10, 10), raw=True).contains(1)


@pytest.mark.parametrize("interval", [clopper_pearson_interval, jeffreys_interval])
def test_a_confidence_is_a_share(interval: Callable[..., object]) -> None:
    """95 where 0.95 is meant is refused."""
    with pytest.raises(ConfidenceError, match=r"such as 0\.95"):
        interval(COUNTS, confidence=95)


def test_tails_against_none_and_all() -> None:
    """If nobody can, one of ten is impossible; if everybody does, so is nine of ten."""
    assert binomial_tails(Counts(1, 10), Fraction(0)) == (0, 1)
    assert binomial_tails(Counts(0, 10), Fraction(0)) == (1, 1)
    assert binomial_tails(Counts(9, 10), Fraction(1)) == (1, 0)


def test_samples_of_none_show_no_change() -> None:
    """Where the table could not have been another the p value is 1."""
    assert fisher_exact(Counts(0, 10), Counts(0, 20)) == 1
    assert fisher_exact(Counts(10, 10), Counts(20, 20)) == 1


def test_a_promise_to_fall_needs_at_most_so_many() -> None:
    """At most 28 of 120 reoffend if the share is to be 24% or less: a part does not count."""
    next_figure = probability_next_meets(Counts(26, 100), 120, Fraction(24, 100), better="lower")
    assert next_figure.count_needed == 28
    assert next_figure.probability == pytest.approx(0.349493, abs=1e-6)


def test_a_goal_of_none_is_met_by_anything() -> None:
    """Where every count will do the probability is 1, whichever way is better."""
    assert probability_next_meets(COUNTS, 10, Fraction(0), better="higher") == NextFigure(
        count_needed=0, probability=1
    )
    assert probability_next_meets(COUNTS, 10, Fraction(1), better="lower") == NextFigure(
        count_needed=10, probability=1
    )


def test_what_is_asked_of_the_next_figure_must_make_sense() -> None:
    """No cases, no share, a float, and no direction are each refused."""
    for cases in (0, cast("int", 2.5)):
        message = f"{cases} is not a denominator: give the number of cases, as a whole "
        with pytest.raises(CountsError, match=message):
            probability_next_meets(COUNTS, cases, GOAL, better="higher")
    with pytest.raises(PercentageOutOfRangeError, match="the goal 90 is not between 0 and 1"):
        probability_next_meets(COUNTS, 100, Fraction(90), better="higher")
    with pytest.raises(UnknownNameError, match="which way is better: choose from 'higher', 'low"):
        probability_next_meets(COUNTS, 100, GOAL, better=cast("Better", "up"))
    with pytest.raises(BinaryFloatError, match=r"the goal is the binary float 0\.9"):
        binomial_tails(COUNTS, cast("Fraction", 0.9))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: clopper_pearson_interval(COUNTS),
        lambda: jeffreys_interval(COUNTS),
        lambda: binomial_tails(COUNTS, GOAL),
        lambda: fisher_exact(COUNTS, COUNTS),
        lambda: probability_next_meets(COUNTS, 100, GOAL, better="higher"),
    ],
)
def test_without_scipy_the_extra_is_named(
    ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each method says which extra to install."""
    for name in ("scipy", "scipy.stats"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match=r"pip install scipy \(extra: stats\)"):
        ask()
