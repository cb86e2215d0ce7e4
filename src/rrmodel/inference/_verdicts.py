"""Whether a share, or a change between two shares, is evidence that a target is met."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
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
    "Direction",
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
_MOST_ERRORS = 1e6
"""Standard errors beyond which no interval of a change reaches further."""


Direction: TypeAlias = Literal["met", "missed"]
"""On which side of a goal a figure is, however strong the evidence."""
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
    def direction(self) -> Direction | None:
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
    """The interval includes the reference."""
    WORSE = "worse"
    """The whole interval is on the worse side of the reference."""


_VERDICTS = {
    Comparison.BETTER: Verdict.SIGNIFICANTLY_MET,
    Comparison.SIMILAR: Verdict.NOT_DISTINGUISHABLE,
    Comparison.WORSE: Verdict.SIGNIFICANTLY_MISSED,
}


@attrs.frozen(kw_only=True)
class ShareAssessment:
    """A share tested against a goal, or a change between two shares against an intended change.

    Every answer is about one value, the :attr:`reference`, so that the verdict, the interval, the
    p value and :func:`cases_needed` agree with each other.
    """

    goal: tuple[Fraction, Fraction]
    """The lowest and the highest value that the goal may have; equal for an exact goal."""
    figure: Fraction
    """The share, or the change between the shares, exactly."""
    interval: Interval
    """The confidence interval of the true share, or of the true change."""
    comparison: Comparison
    """On which side of the reference the interval lies."""
    z: float | None
    """How many standard errors the figure is beyond the reference, below 0 if short of it.
    ``None`` where chance cannot explain the difference at all, as for a goal of 0 or 1."""
    p_value: float
    """The probability of a figure at least this favourable if the true value were the reference:
    one-sided, from :attr:`z`, so that a confidence of 0.95 goes with 0.025. Where there is no
    ``z`` it is exact: 0 for a figure beyond the reference, which is then impossible, else 1."""
    better: Better
    """Which way is better."""

    @property
    def reference(self) -> Fraction:
        """The value tested against: the value of the goal that is nearest to the figure.

        A verdict of met or missed therefore holds for every value that the goal may have.
        """
        return _nearest(self.figure, self.goal)

    @property
    def direction(self) -> Direction | None:
        """On which side of the goal the figure is, exactly; chance plays no part in it.

        A figure at an exact goal, or at the better end of a rounded one, is ``"met"``. A figure
        within a rounded goal may meet it or miss it, so there is no direction: ``None``.
        """
        low, high = self.goal if self.better == "higher" else (-self.goal[1], -self.goal[0])
        figure = sign_of(self.better) * self.figure
        if figure >= high:
            return "met"
        return "missed" if figure < low else None

    @property
    def is_met(self) -> bool:
        """Whether the figure meets the goal whatever its rounding; chance plays no part in it."""
        return self.direction == "met"

    @property
    def verdict(self) -> Verdict:
        """The comparison as a verdict about the goal."""
        return _VERDICTS[self.comparison]


def compare(interval: Interval, reference: Fraction, *, better: Better) -> Comparison:
    """Return on which side of a reference value an interval lies.

    >>> compare(Interval(0.24, 0.28), Fraction(29, 100), better="lower").value
    'better'

    Args:
        interval: The confidence interval of a figure.
        reference: A value without uncertainty, such as a goal or a national figure.
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

    The interval is that of E. B. Wilson (1927), and ``z`` is the score test that it inverts. The
    verdict compares exact numbers, as :func:`cases_needed` does, so that the two always agree.
    """
    sign = sign_of(better)
    ends = _shares("goal", goal)
    figure, cases = counts.share, counts.denominator
    quantile = normal_quantile(confidence)
    reference = _nearest(figure, ends)
    beyond, spread = figure - reference, reference * (1 - reference)
    is_settled = cases * beyond**2 > Fraction(quantile) ** 2 * spread
    z = sign * float(beyond) / sqrt(float(spread) / cases) if spread else None
    return ShareAssessment(
        goal=ends,
        figure=figure,
        interval=wilson_interval(counts, confidence=confidence),
        comparison=_comparison(sign * beyond if is_settled else Fraction(0)),
        z=z,
        p_value=_p_value(z, sign * beyond),
        better=better,
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

    The interval is that of R. G. Newcombe (1998), method 10. ``z`` is its inverse: the number of
    standard errors at which the interval ends at the intended change. So the verdict, the interval
    and the p value always agree; :func:`score_statistic` is the classical alternative.
    """
    sign = sign_of(better)
    ends = _shares("change", change, lowest=-1)
    figure = current.share - baseline.share
    beyond = figure - _nearest(figure, ends)
    quantile = normal_quantile(confidence)
    reach = _reach_of_change(
        (current.share, current.denominator),
        (baseline.share, baseline.denominator),
        is_beyond=beyond > 0,
    )
    is_settled = reach(quantile) < abs(beyond)
    z = _where_it_reaches(reach, float(abs(beyond)))
    if z is not None and beyond * sign < 0:
        z = -z
    return ShareAssessment(
        goal=ends,
        figure=figure,
        interval=newcombe_interval(current, baseline, confidence=confidence),
        comparison=_comparison(sign * beyond if is_settled else Fraction(0)),
        z=z,
        p_value=_p_value(z, sign * beyond),
        better=better,
    )


def score_statistic(current: Counts, baseline: Counts, change: Fraction) -> float | None:
    """Return how many standard errors a change between two shares is above an intended change.

    The standard error is that of the shares most likely among those that differ by exactly the
    intended change. :func:`assess_change` does not use it, because near the edge it may disagree
    with the confidence interval; it is here for those who must report the score test.

    >>> round(score_statistic(Counts(930, 1000), Counts(820, 1000), Fraction(8, 100)), 2)
    2.08

    Args:
        current: The counts of the later period.
        baseline: The counts of the baseline's period.
        change: The intended change, exact, from -1 to 1.

    Returns:
        The statistic; ``None`` where the intended change leaves nothing to chance: a change of the
        whole, or no change between two samples that are both none or both all.

    Raises:
        PercentageOutOfRangeError: The change is not between -1 and 1.
        BinaryFloatError: The change is a binary float.

    Follows R. W. Mee (1984), "Confidence bounds for the difference between two probabilities",
    Biometrics, and C. P. Farrington and G. Manning (1990), "Test statistics and sample size
    formulae", Statistics in Medicine.
    """
    require_share("change", change, lowest=-1)
    start = _baseline_share_at(current, baseline, change)
    end = min(1.0, start + float(change))
    variance = end * (1 - end) * (1 / current.denominator)
    variance += start * (1 - start) * (1 / baseline.denominator)
    beyond = current.share - baseline.share - change
    return float(beyond) / sqrt(variance) if variance else None


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


def _shares(name: str, goal: Goal, *, lowest: int = 0) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest value of a goal that is a share, or a change of shares."""
    ends = _ends(name, goal)
    for end in ends:
        require_share(name, end, lowest=lowest)
    return ends


def _nearest(figure: Fraction, ends: tuple[Fraction, Fraction]) -> Fraction:
    """Return the value nearest to a figure, among those that a goal may have."""
    return min(max(figure, ends[0]), ends[1])


def cases_needed(share: Fraction, goal: Goal, *, confidence: float = 0.95) -> int | Undefined:
    """Return the fewest cases that settle whether a goal is met, if the share stays the same.

    With that many cases, and with any more, :func:`assess_share` finds the goal met or missed.

    >>> cases_needed(Fraction("0.863"), Fraction(90, 100))
    253
    >>> cases_needed(Fraction("0.863"), (Fraction("0.895"), Fraction("0.905")))
    353
    >>> cases_needed(Fraction(23, 100), Fraction(23, 100)).reason
    'the share equals the goal, so no number of cases would settle it'

    Args:
        share: The share, from 0 to 1.
        goal: The goal, exact, from 0 to 1; or the lowest and the highest that it may be.
        confidence: The confidence of the interval.

    Returns:
        The cases, which need not make the share a whole number of people; undefined if the share
        equals the goal, or one of the values that it may have.

    Raises:
        PercentageOutOfRangeError: The share or the goal is not between 0 and 1.
        QuantityError: The lower end of the goal is above its upper end.
        BinaryFloatError: The share or the goal is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    require_share("share", share)
    reference = _nearest(share, _shares("goal", goal))
    quantile = Fraction(normal_quantile(confidence))
    if share == reference:
        return Undefined("the share equals the goal, so no number of cases would settle it")
    return quantile**2 * reference * (1 - reference) // (share - reference) ** 2 + 1


def cases_needed_for_change(
    share: Fraction, baseline: Fraction, change: Goal, *, confidence: float = 0.95
) -> int | Undefined:
    """Return the fewest cases, in each of two samples, that settle whether a change is as intended.

    Both samples are assumed to have this size and the same shares as now. With that many cases,
    and with any more, :func:`assess_change` finds the change met or missed.

    >>> cases_needed_for_change(Fraction(23, 100), Fraction(18, 100), Fraction(0))
    502

    Args:
        share: The later share, from 0 to 1.
        baseline: The share of the baseline, from 0 to 1.
        change: The intended change, from -1 to 1; or the lowest and the highest that it may be.
        confidence: The confidence of the interval.

    Returns:
        The cases of each sample; undefined if the change equals the intended one, or is so near it
        that a billion billion cases would not settle it.

    Raises:
        PercentageOutOfRangeError: A share is not between 0 and 1, or the change not from -1 to 1.
        QuantityError: The lower end of the change is above its upper end.
        BinaryFloatError: One of the three is a binary float.
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    require_share("share", share)
    require_share("baseline", baseline)
    ends = _shares("change", change, lowest=-1)
    quantile = normal_quantile(confidence)
    beyond = share - baseline - _nearest(share - baseline, ends)

    def settles(cases: int) -> bool:
        reach = _reach_of_change((share, cases), (baseline, cases), is_beyond=beyond > 0)
        return reach(quantile) < abs(beyond)

    cases = bisect_left(range(_MOST_CASES), True, lo=1, key=settles)
    if cases == _MOST_CASES:
        return Undefined(
            "the change equals the intended change, or nearly, so no number of cases would settle "
            "it"
        )
    return cases


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p values of several targets, raised because several were tested.

    Of twenty targets one looks significant at 5 per cent by chance alone. With these values the
    probability that any does is at most 5 per cent, whatever the dependence between the targets.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)

    Args:
        p_values: One for each target.

    Returns:
        As many, in the same order, none below the value given and none above 1.

    Raises:
        QuantityError: A p value is not between 0 and 1.

    Follows S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian
    Journal of Statistics.
    """
    for place, p_value in enumerate(p_values, start=1):
        if not 0 <= p_value <= 1:
            raise QuantityError(
                f"p value {place} of {len(p_values)} is {p_value}: give a probability from 0 to 1"
            )
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    smallest_first = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, place in enumerate(smallest_first):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return tuple(adjusted)


def _comparison(clear: Fraction) -> Comparison:
    """Return a comparison from the favourable difference, which is 0 where it is not clear."""
    if not clear:
        return Comparison.SIMILAR
    return Comparison.BETTER if clear > 0 else Comparison.WORSE


def _p_value(z: float | None, favourable: Fraction) -> float:
    return float(favourable <= 0) if z is None else erfc(z / sqrt(2)) / 2


def _reach_of_change(
    current: tuple[Fraction, int], baseline: tuple[Fraction, int], *, is_beyond: bool
) -> Callable[[float], float]:
    """Return how far Newcombe's interval reaches towards the intended change, for a quantile.

    Args:
        current: The later share, and of how many cases.
        baseline: The same of the baseline.
        is_beyond: Whether the change is above the intended one. Then the interval reaches down:
            the later share may be lower, and that of the baseline higher.
    """
    lowered, raised = (current, baseline) if is_beyond else (baseline, current)
    lowered_pair = float(lowered[0]), float(1 - lowered[0])
    raised_pair = float(raised[0]), float(1 - raised[0])

    def reach(quantile: float) -> float:
        below, _ = score_reach(*lowered_pair, lowered[1], quantile)
        _, above = score_reach(*raised_pair, raised[1], quantile)
        return hypot(below, above)

    return reach


def _where_it_reaches(reach: Callable[[float], float], distance: float) -> float | None:
    """Return the quantile at which an interval reaches a distance, or ``None`` if none does."""
    low, high = 0.0, 1.0
    while reach(high) < distance:
        low, high = high, 2 * high
        if high > _MOST_ERRORS:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if reach(middle) < distance else (low, middle)
    return (low + high) / 2


def _baseline_share_at(current: Counts, baseline: Counts, change: Fraction) -> float:
    """Return the baseline's most likely share if the true change were exactly the intended one.

    The likelihood has one peak. Bisection finds it, which unlike the closed form loses no digits
    for samples of none or all.
    """
    cases = current.denominator + baseline.denominator
    if not change:
        return (current.numerator + baseline.numerator) / cases
    step = float(change)
    weight, weight_before = current.denominator / cases, baseline.denominator / cases
    later, share_before = float(current.share), float(baseline.share)
    low, high = max(0.0, -step), min(1.0, 1.0 - step)
    for _ in range(_HALVINGS):
        start = (low + high) / 2
        end = start + step
        # The slope of the log likelihood, times what is positive and would be divided by.
        slope = weight * (later - end) * start * (1 - start)
        slope += weight_before * (share_before - start) * end * (1 - end)
        low, high = (start, high) if slope > 0 else (low, start)
    return (low + high) / 2
