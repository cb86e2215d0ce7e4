"""Whether a share, or a change between two shares, is evidence that a target is met."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import erfc, hypot, sqrt
from typing import Literal, TypeAlias

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._goals import refuse_float, require_share, sign_of
from rrmodel.inference._interval import Interval, Undefined, normal_quantile
from rrmodel.inference._proportions import newcombe_interval, score_reach, wilson_interval
from rrmodel.model import Better, Counts

__all__ = [
    "Comparison",
    "Goal",
    "ShareAssessment",
    "Verdict",
    "assess_change",
    "assess_published",
    "assess_share",
    "cases_needed",
    "cases_needed_for_change",
    "compare",
    "holm",
]

_HALVINGS = 100
"""Enough for a share of one in a billion to be found to all the digits of a float."""
_MOST_CASES = 10**18


Goal: TypeAlias = Fraction | tuple[Fraction, Fraction]
"""A goal, or the lowest and the highest that it may be where it was rounded."""


class Verdict(StrEnum):
    """What a figure shows about a goal once chance, or rounding, is allowed for."""

    SIGNIFICANTLY_MET = "significantly_met"
    """The whole interval is at or beyond the goal: chance alone does not explain it."""
    MET_BEYOND_ROUNDING = "met_beyond_rounding"
    """However it was rounded, the figure meets the goal. Without counts there is no test for
    chance."""
    NOT_DISTINGUISHABLE = "not_distinguishable_from_target"
    """The interval includes the goal. More cases, or more decimals, are needed; this must not be
    read as failure."""
    MISSED_BEYOND_ROUNDING = "missed_beyond_rounding"
    """However it was rounded, the figure misses the goal. Without counts there is no test for
    chance."""
    SIGNIFICANTLY_MISSED = "significantly_missed"
    """The whole interval is short of the goal: chance alone does not explain it."""

    @property
    def direction(self) -> Literal["met", "missed"] | None:
        """On which side of the goal the figure is; ``None`` where that is open."""
        if self in {Verdict.SIGNIFICANTLY_MET, Verdict.MET_BEYOND_ROUNDING}:
            return "met"
        return None if self is Verdict.NOT_DISTINGUISHABLE else "missed"

    @property
    def is_significant(self) -> bool:
        """Whether chance alone does not explain it."""
        return self in {Verdict.SIGNIFICANTLY_MET, Verdict.SIGNIFICANTLY_MISSED}


class Comparison(StrEnum):
    """An area's interval against a fixed reference value, in the words of public health."""

    BETTER = "better"
    """The whole interval is on the better side of the reference."""
    SIMILAR = "similar"
    """The interval holds the reference."""
    WORSE = "worse"
    """The whole interval is on the worse side of the reference."""


_VERDICTS = {
    Comparison.BETTER: Verdict.SIGNIFICANTLY_MET,
    Comparison.SIMILAR: Verdict.NOT_DISTINGUISHABLE,
    Comparison.WORSE: Verdict.SIGNIFICANTLY_MISSED,
}


@attrs.frozen(kw_only=True)
class ShareAssessment:
    """A share tested against a goal, or a change between two shares against an intended change."""

    reference: Fraction
    """The goal tested against: of a goal that was rounded, the one nearest to the figure, so that a
    verdict of met or missed holds for every goal that it may be."""
    is_met: bool
    """Whether the figure is at or beyond the reference, exactly; chance plays no part in it."""
    interval: Interval
    """The true shares, or the true changes, that the counts do not rule out."""
    comparison: Comparison
    """On which side of the reference the interval lies."""
    z: float | None
    """How many standard errors the figure is beyond the reference, below 0 if short of it. The
    error is the one expected if the true value were the reference. ``None`` where that leaves
    nothing to chance: a reference of 0 or 1, or a change that no truth could hide."""
    p_value: float
    """The probability of counts at least this favourable if the true value were the reference:
    one-sided, from :attr:`z`, so that a confidence of 0.95 goes with 0.025. Where there is no
    ``z`` it is exact: 0 for a figure beyond the reference, which is then impossible, else 1."""

    @property
    def verdict(self) -> Verdict:
        """The comparison as a verdict about the goal."""
        return _VERDICTS[self.comparison]


def compare(interval: Interval, reference: Fraction, *, better: Better) -> Comparison:
    """Return on which side of a reference value an interval lies.

    >>> compare(Interval(0.24, 0.28), Fraction(29, 100), better="lower").value
    'better'

    Args:
        interval: What a figure does not rule out.
        reference: A value without uncertainty: a goal, or the figure of the whole country.
        better: Which way is better.

    Raises:
        BinaryFloatError: The reference is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".
    """
    refuse_float("reference", reference)
    higher_is_better = sign_of(better) > 0
    if interval.contains(float(reference)):
        return Comparison.SIMILAR
    is_above = interval.lower > float(reference)
    return Comparison.BETTER if is_above == higher_is_better else Comparison.WORSE


def assess_share(
    counts: Counts, goal: Goal, *, better: Better, confidence: float = 0.95
) -> ShareAssessment:
    """Test whether a share is evidence that a goal is met, or that it is missed.

    >>> housed = assess_share(Counts(84, 100), Fraction(90, 100), better="higher")
    >>> housed.is_met, housed.verdict.value
    (False, 'significantly_missed')
    >>> assess_share(Counts(27, 100), Fraction(23, 100), better="higher").verdict.value
    'not_distinguishable_from_target'

    Args:
        counts: How many of how many had the outcome.
        goal: The goal, exact, from 0 to 1; or the lowest and the highest that it may be.
        better: Which way is better.
        confidence: The confidence of the interval.

    Raises:
        PercentageOutOfRangeError: The goal is not between 0 and 1.
        BinaryFloatError: The goal is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    The interval is that of Wilson (1927), and ``z`` is the score test that it inverts: the goal
    is outside the interval where ``z`` is further from 0 than the quantile of the confidence.
    """
    reference = _nearest("goal", counts.share, goal)
    return _assess(
        counts.share - reference,
        reference,
        wilson_interval(counts, confidence=confidence),
        float(reference * (1 - reference)) * (1 / counts.denominator),
        better,
    )


def assess_change(
    current: Counts,
    baseline: Counts,
    change: Goal,
    *,
    better: Better,
    confidence: float = 0.95,
) -> ShareAssessment:
    """Test whether a share has changed by as much as intended, or has not.

    Both samples vary by chance, the baseline no less than the later figure.

    >>> small = assess_change(Counts(28, 120), Counts(21, 118), Fraction(5, 100), better="higher")
    >>> small.is_met, small.verdict.value
    (True, 'not_distinguishable_from_target')
    >>> fall = assess_change(
    ...     Counts(2_300, 10_000), Counts(2_900, 10_000), Fraction(-3, 100), better="lower"
    ... )
    >>> fall.verdict.value
    'significantly_met'

    Args:
        current: The counts of the later period.
        baseline: The counts of the baseline's period.
        change: The intended change, exact, from -1 to 1: 8 percentage points up are
            ``Fraction(8, 100)`` and 3 down are ``Fraction(-3, 100)``; or the lowest and the highest
            that it may be.
        better: ``"higher"`` if the change must be at least this, ``"lower"`` if at most.
        confidence: The confidence of the interval.

    Raises:
        PercentageOutOfRangeError: The change is not between -1 and 1.
        BinaryFloatError: The change is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    The interval, and so the verdict, is that of Newcombe (1998), method 10. ``z`` is the score
    statistic of R. W. Mee (1984), "Confidence bounds for the difference between two
    probabilities", Biometrics, and of C. P. Farrington and G. Manning (1990), "Test statistics and
    sample size formulae", Statistics in Medicine: its error is that of the shares most likely
    among those that differ by exactly the change promised. At the very edge one of the two methods
    may find what the other does not.
    """
    made = current.share - baseline.share
    reference = _nearest("change", made, change, lowest=-1)
    start = _baseline_share_at(current, baseline, reference)
    end = min(1.0, start + float(reference))
    return _assess(
        made - reference,
        reference,
        newcombe_interval(current, baseline, confidence=confidence),
        end * (1 - end) * (1 / current.denominator)
        + start * (1 - start) * (1 / baseline.denominator),
        better,
    )


def assess_published(figure: Goal, goal: Goal, *, better: Better) -> Verdict:
    """Test whether a figure published without counts is clear of a goal, however it was rounded.

    Both ends are included, although each rule of rounding excludes one or both of them: the verdict
    holds under every rule.

    >>> housed = Fraction("0.8625"), Fraction("0.8635")
    >>> assess_published(housed, Fraction(90, 100), better="higher").value
    'missed_beyond_rounding'
    >>> assess_published(housed, (Fraction("0.855"), Fraction("0.865")), better="higher").value
    'not_distinguishable_from_target'

    Args:
        figure: The published number, exact; or the lowest and the highest that it may stand for.
        goal: The goal, exact; or the lowest and the highest that it may be.
        better: Which way is better.

    Raises:
        QuantityError: A lower end is above its upper end.
        BinaryFloatError: A number is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".
    """
    lowest, highest = _ends("figure", figure)
    goal_lowest, goal_highest = _ends("goal", goal)
    if sign_of(better) > 0:
        is_met, is_missed = lowest >= goal_highest, highest < goal_lowest
    else:
        is_met, is_missed = highest <= goal_lowest, lowest > goal_highest
    if is_met:
        return Verdict.MET_BEYOND_ROUNDING
    return Verdict.MISSED_BEYOND_ROUNDING if is_missed else Verdict.NOT_DISTINGUISHABLE


def _ends(name: str, number: Goal) -> tuple[Fraction, Fraction]:
    if not isinstance(number, tuple):
        refuse_float(name, number)
        return number, number
    lowest, highest = number
    refuse_float(f"lowest end of the {name}", lowest)
    refuse_float(f"highest end of the {name}", highest)
    if lowest > highest:
        raise QuantityError(f"the {name} is from {lowest} to {highest}: give the lower end first")
    return lowest, highest


def _nearest(name: str, figure: Fraction, goal: Goal, *, lowest: int = 0) -> Fraction:
    """Return the goal nearest to a figure, among those that it may be."""
    ends = _ends(name, goal)
    for end in ends:
        require_share(name, end, lowest=lowest)
    return min(max(figure, ends[0]), ends[1])


def cases_needed(share: Fraction, goal: Fraction, *, confidence: float = 0.95) -> int | Undefined:
    """Return the fewest cases that settle whether a goal is met, if the share stays as seen.

    With so many, and with any more, Wilson's interval no longer holds the goal.

    >>> cases_needed(Fraction("0.863"), Fraction(90, 100))
    253
    >>> cases_needed(Fraction(23, 100), Fraction(23, 100)).reason
    'the share is the goal itself: no number of cases would tell them apart'

    Args:
        share: The share seen, from 0 to 1.
        goal: The share promised, from 0 to 1.
        confidence: The confidence of the interval.

    Returns:
        The cases, which need not make the share a whole number of people; undefined if the share
        is the goal itself.

    Raises:
        PercentageOutOfRangeError: The share or the goal is not between 0 and 1.
        BinaryFloatError: The share or the goal is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    require_share("share", share)
    require_share("goal", goal)
    quantile = Fraction(normal_quantile(confidence))
    if share == goal:
        return Undefined("the share is the goal itself: no number of cases would tell them apart")
    return quantile**2 * goal * (1 - goal) // (share - goal) ** 2 + 1


def cases_needed_for_change(
    share: Fraction, baseline: Fraction, change: Fraction, *, confidence: float = 0.95
) -> int | Undefined:
    """Return the fewest cases, in each of two samples, that settle whether a change is as promised.

    Both samples are taken to be of this size, with the shares as they were seen. With so many, and
    with any more, Newcombe's interval no longer holds the change promised.

    >>> cases_needed_for_change(Fraction(23, 100), Fraction(18, 100), Fraction(0))
    502

    Args:
        share: The later share, from 0 to 1.
        baseline: The share at first, from 0 to 1.
        change: The change promised, from -1 to 1.
        confidence: The confidence of the interval.

    Returns:
        The cases of each sample; undefined if the change seen is the one promised, or so near it
        that a billion billion cases would not tell them apart.

    Raises:
        PercentageOutOfRangeError: A share is not between 0 and 1, or the change not from -1 to 1.
        BinaryFloatError: One of the three is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    require_share("share", share)
    require_share("baseline", baseline)
    require_share("change", change, lowest=-1)
    quantile = normal_quantile(confidence)
    beyond = share - baseline - change
    # Only the end of the interval towards the change promised is asked about: there the truth lies
    # below one share and above the other.
    lowered, raised = (share, baseline) if beyond > 0 else (baseline, share)
    lowered_pair = float(lowered), float(1 - lowered)
    raised_pair = float(raised), float(1 - raised)

    def settles(cases: int) -> bool:
        below, _ = score_reach(*lowered_pair, cases, quantile)
        _, above = score_reach(*raised_pair, cases, quantile)
        return hypot(below, above) < abs(beyond)

    cases = bisect_left(range(_MOST_CASES), True, lo=1, key=settles)
    if cases == _MOST_CASES:
        return Undefined(
            "the change seen is the change promised, or all but: no number of cases would tell "
            "them apart"
        )
    return cases


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p values of several promises, raised because several were asked about.

    Of twenty promises one looks significant at 5 per cent by chance alone. Held against these
    values, the probability that any does is at most 5 per cent, however they hang together.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)

    Args:
        p_values: One for each promise.

    Returns:
        As many, in the same order, none below what was given and none above 1.

    Raises:
        QuantityError: A p value is not between 0 and 1.

    Follows S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian
    Journal of Statistics.
    """
    for place, p_value in enumerate(p_values, start=1):
        if not 0 <= p_value <= 1:
            raise QuantityError(
                f"p value {place} of {len(p_values)} is {p_value}: write a probability from 0 to 1"
            )
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    smallest_first = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, place in enumerate(smallest_first):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return tuple(adjusted)


def _assess(
    beyond: Fraction, goal: Fraction, interval: Interval, variance: float, better: Better
) -> ShareAssessment:
    """Test a figure by how far above the goal it is, and the variance expected at the goal."""
    favourable = sign_of(better) * beyond
    z = float(favourable) / sqrt(variance) if variance else None
    p_value = float(favourable <= 0) if z is None else erfc(z / sqrt(2)) / 2
    return ShareAssessment(
        reference=goal,
        is_met=favourable >= 0,
        interval=interval,
        comparison=compare(interval, goal, better=better),
        z=z,
        p_value=p_value,
    )


def _baseline_share_at(current: Counts, baseline: Counts, change: Fraction) -> float:
    """Return the baseline's most likely share if the true change were exactly the one promised.

    The likelihood has one peak. It is found by halving the shares that are possible, which unlike
    the closed form loses no digits for samples of none or all.
    """
    cases = current.denominator + baseline.denominator
    if not change:
        return (current.numerator + baseline.numerator) / cases
    step = float(change)
    weight, weight_before = current.denominator / cases, baseline.denominator / cases
    seen, seen_before = float(current.share), float(baseline.share)
    low, high = max(0.0, -step), min(1.0, 1.0 - step)
    for _ in range(_HALVINGS):
        start = (low + high) / 2
        end = start + step
        # The slope of the log likelihood, times what is positive and would be divided by.
        slope = weight * (seen - end) * start * (1 - start)
        slope += weight_before * (seen_before - start) * end * (1 - end)
        low, high = (start, high) if slope > 0 else (low, start)
    return (low + high) / 2
