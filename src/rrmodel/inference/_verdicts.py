"""Whether a share is evidence that a goal is met, and in which words the answers are given."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import erfc, sqrt
from typing import ClassVar, Literal, TypeAlias

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._goals import refuse_float, require_share, sign_of
from rrmodel.inference._interval import Interval, Undefined, normal_quantile
from rrmodel.inference._proportions import wilson_interval
from rrmodel.model import Better, Counts
from rrmodel.records import Field, Layout, Result, fraction

__all__ = [
    "Comparison",
    "Direction",
    "Goal",
    "ShareAssessment",
    "Verdict",
    "assess_published",
    "assess_share",
    "cases_needed",
    "compare",
    "comparison_of",
    "goal_ends",
    "holm",
    "nearest",
    "p_value_of",
]

Direction: TypeAlias = Literal["met", "missed"]
"""On which side of a goal a figure is, however strong the evidence."""
Goal: TypeAlias = Fraction | tuple[Fraction, Fraction]
"""A goal, or the lowest and the highest that it may be where it was rounded."""


class Verdict(StrEnum):
    """The answer of a figure about a goal, allowing for chance or rounding."""

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


def _goal_low(one: ShareAssessment) -> Fraction:
    return one.goal[0]


def _goal_high(one: ShareAssessment) -> Fraction:
    return one.goal[1]


def _figure(one: ShareAssessment) -> Fraction:
    return one.figure


def _reference(one: ShareAssessment) -> Fraction:
    return one.reference


_SHARE: Layout[ShareAssessment] = Layout(
    "share_assessment",
    "A share tested against a goal, or a change between two shares against an intended change.",
    (
        *fraction("goal_low", "The lowest value of the goal", _goal_low),
        *fraction("goal_high", "The highest value of the goal", _goal_high),
        *fraction("figure", "The share, or the change", _figure),
        *fraction("reference", "The value tested against", _reference),
        Field(
            "interval",
            "record",
            "The interval of it.",
            lambda one: one.interval,
            of=Interval.layout,
        ),
        Field(
            "comparison",
            "text",
            "On which side of the reference the interval lies.",
            lambda one: one.comparison.value,
            choose_from=lambda: Comparison,
        ),
        Field(
            "verdict",
            "text",
            "The verdict about the goal.",
            lambda one: one.verdict.value,
            choose_from=lambda: Verdict,
        ),
        Field(
            "z",
            "number",
            "How many standard errors the figure is beyond the reference; null where chance cannot "
            "explain the difference.",
            lambda one: one.z,
            is_optional=True,
        ),
        Field(
            "p_value",
            "number",
            "The probability of a figure at least this favourable if the reference were the truth.",
            lambda one: one.p_value,
        ),
        Field("better", "text", "Which way is better.", lambda one: one.better),
    ),
)


@attrs.frozen(kw_only=True)
class ShareAssessment(Result):
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

    layout: ClassVar[Layout[ShareAssessment]] = _SHARE
    """The fields of :meth:`to_dict`."""

    @property
    def reference(self) -> Fraction:
        """The value tested against: the value of the goal that is nearest to the figure.

        A verdict of met or missed therefore holds for every value that the goal may have.
        """
        return nearest(self.figure, self.goal)

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
    ends = goal_ends("goal", goal)
    figure, cases = counts.share, counts.denominator
    quantile = normal_quantile(confidence)
    reference = nearest(figure, ends)
    beyond, spread = figure - reference, reference * (1 - reference)
    is_settled = cases * beyond**2 > Fraction(quantile) ** 2 * spread
    z = sign * float(beyond) / sqrt(float(spread) / cases) if spread else None
    return ShareAssessment(
        goal=ends,
        figure=figure,
        interval=wilson_interval(counts, confidence=confidence),
        comparison=comparison_of(sign * beyond if is_settled else Fraction(0)),
        z=z,
        p_value=p_value_of(z, sign * beyond),
        better=better,
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
        figure: The published number, exact; or the lowest and the highest that it can be.
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


def goal_ends(name: str, goal: Goal, *, lowest: int = 0) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest value of a goal that is a share, or a change of shares."""
    ends = _ends(name, goal)
    for end in ends:
        require_share(name, end, lowest=lowest)
    return ends


def nearest(figure: Fraction, ends: tuple[Fraction, Fraction]) -> Fraction:
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
    reference = nearest(share, goal_ends("goal", goal))
    quantile = Fraction(normal_quantile(confidence))
    if share == reference:
        return Undefined("the share equals the goal, so no number of cases would settle it")
    return quantile**2 * reference * (1 - reference) // (share - reference) ** 2 + 1


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


def comparison_of(clear: Fraction) -> Comparison:
    """Return a comparison from the favourable difference, which is 0 where it is not clear."""
    if not clear:
        return Comparison.SIMILAR
    return Comparison.BETTER if clear > 0 else Comparison.WORSE


def p_value_of(z: float | None, favourable: Fraction) -> float:
    return float(favourable <= 0) if z is None else erfc(z / sqrt(2)) / 2
