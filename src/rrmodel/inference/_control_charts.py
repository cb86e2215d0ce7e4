"""Control charts of figures, and of shares with the counts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import TypeAlias

from rrmodel.errors import QuantityError
from rrmodel.inference._control_rules import (
    Caution,
    CautionKind,
    ControlChart,
    Line,
    judge,
)
from rrmodel.inference._goals import refuse_float
from rrmodel.model import Better, Counts

__all__ = ["few_cases", "p_chart", "xmr_chart"]

Number: TypeAlias = int | Decimal | Fraction

_REACH = Fraction("2.66")
_SCREEN = Fraction("3.267")
_STANDARD_ERRORS = 3
_FEW = 5
_RANGE_BY_CHANCE = 1.128  # the mean range of two normal draws, in standard deviations
_MOST_DIGITS = 1_000


def xmr_chart(
    values: Sequence[Number],
    *,
    better: Better,
    target: Number | Sequence[Number | None] | None = None,
    rebase_at: Sequence[int] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
    bounds: tuple[Number | None, Number | None] = (None, None),
) -> ControlChart[Fraction]:
    """Judge a series of figures by how much they usually move from one to the next.

    The limits lie 2.66 mean moving ranges from the mean. A point stands out beyond a limit, as one
    of seven that rise or fall without a tie, as one of two in the outer third where the one beside
    or between them is on their side of the mean, and as one of seven on one side of the mean. All
    of it is exact: a point on the mean is on neither side, and a point on a limit is within.

    >>> housed = xmr_chart([82, 81, 83, 82, 80, 83, 82, 81, 82, 84, 81, 82, 88],
    ...     better="higher", target=90, bounds=(0, 100))
    >>> last = housed.points[-1]
    >>> print(f"{float(last.lower):.1f} to {float(last.upper):.1f}: {last.signal}")
    77.1 to 87.7: above_upper_limit
    >>> print(housed.variation, housed.assurance)
    improvement consistently_fails

    Args:
        values: The figures in order of time and in one unit, such as per cent.
        better: Which way is better.
        target: What is promised, in the same unit; or one for each point, with ``None`` where
            nothing is expected yet.
        rebase_at: The points, counted from 0, at which a new group starts because the process is
            known to have changed. Each group has its own mean and limits, and no rule reaches
            across.
        fix_after: How many points of each group its mean and limits rest on; all, if left out.
        screen_outliers: Leave moving ranges above 3.267 times their mean out of a second mean.
        bounds: The lowest and the highest figure possible, such as ``(0, 100)``. Limits are shown
            no further than that; the signals are the same.

    Raises:
        QuantityError: There is no figure, one is no number or out of bounds, or the targets,
            groups and bounds do not fit the figures.
        BinaryFloatError: A figure, target or bound is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. J. Wheeler (1993), "Understanding Variation", with the rules of NHS England's
    programme "Making Data Count" in the order of the R package NHSRplotthedots 0.2.2.
    """
    lowest, highest = _read_bounds(bounds)
    numbers = [
        _within(value, f"value {place}", lowest, highest) for place, value in enumerate(values)
    ]
    groups = _in_groups(len(numbers), rebase_at, fix_after)
    lines: list[Line[Fraction]] = []
    cautions: list[Caution] = []
    for group in groups:
        basis = [numbers[place] for place in group[:fix_after]]
        mean = sum(basis) / Fraction(len(basis))
        ranges = [abs(later - earlier) for earlier, later in pairwise(basis)]
        if ranges:
            reach = _REACH * _mean_range(ranges, screen_outliers=screen_outliers)
            line = Line(
                mean=mean,
                lower=_clip(mean - reach, lowest, highest),
                upper=_clip(mean + reach, lowest, highest),
                squared_reach=reach**2,
            )
        else:
            line = Line[Fraction](mean=mean, lower=None, upper=None, squared_reach=None)
            cautions.append(_no_limits(group))
        lines += [line] * len(group)
    return judge(
        numbers,
        lines,
        groups,
        better=better,
        targets=_read_targets(target, len(numbers), lowest, highest),
        cautions=cautions,
    )


def p_chart(
    counts: Sequence[Counts],
    *,
    better: Better,
    target: Number | Sequence[Number | None] | None = None,
    rebase_at: Sequence[int] = (),
    fix_after: int | None = None,
) -> ControlChart[float]:
    """Judge a series of shares by how much chance moves a share of so many cases.

    The centre line is the share of all cases, and each point has limits of its own, three standard
    errors away: wide where there were few cases. The rules are those of :func:`xmr_chart`, and are
    exact although the limits shown are rounded. Every value is a share from 0 to 1.

    >>> employed = p_chart([Counts(21, 118), Counts(22, 121), Counts(20, 116), Counts(42, 120)],
    ...     better="higher", target=Fraction(23, 100))
    >>> last = employed.points[-1]
    >>> print(f"{last.lower:.3f} to {last.upper:.3f}: {last.signal}")
    0.107 to 0.335: above_upper_limit
    >>> print(employed.assurance)
    inconsistent

    Args:
        counts: The counts behind each share, in order of time.
        better: Which way is better.
        target: The share promised; or one for each point, with ``None`` where nothing is expected
            yet.
        rebase_at: As for :func:`xmr_chart`.
        fix_after: As for :func:`xmr_chart`.

    Raises:
        QuantityError: There are no counts, a target is no share, or the targets and groups do not
            fit the points.
        BinaryFloatError: A target is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. C. Montgomery (2013), "Introduction to Statistical Quality Control", chapter 7. The
    caution about few cases is one of the rules compared by T. Emura and Y.-S. Lin (2015), Quality
    and Reliability Engineering International 31; the one about overdispersion uses the measure of
    D. B. Laney (2002), "Improved control charts for attributes", Quality Engineering 14.
    """
    shares = [count.share for count in counts]
    groups = _in_groups(len(shares), rebase_at, fix_after)
    lines: list[Line[float]] = []
    cautions: list[Caution] = []
    for group in groups:
        basis = [counts[place] for place in group[:fix_after]]
        mean = Fraction(
            sum(count.numerator for count in basis), sum(count.denominator for count in basis)
        )
        for place in group:
            squared_reach = _STANDARD_ERRORS**2 * mean * (1 - mean) / counts[place].denominator
            reach = sqrt(squared_reach)
            lines.append(
                Line(
                    mean=mean,
                    lower=max(mean - reach, 0.0),
                    upper=min(mean + reach, 1.0),
                    squared_reach=squared_reach,
                )
            )
        cautions += few_cases(group, counts, mean)
        cautions += _overdispersed(group[:fix_after], counts, mean)
    return judge(
        shares,
        lines,
        groups,
        better=better,
        targets=_read_targets(target, len(shares), Fraction(0), Fraction(1)),
        cautions=cautions,
    )


def _in_groups(count: int, rebase_at: Sequence[int], fix_after: int | None) -> list[range]:
    if count == 0:
        raise QuantityError("a control chart of no points says nothing: give at least one")
    if fix_after is not None and fix_after <= 1:
        raise QuantityError(
            f"fix_after is {fix_after}, and limits rest on at least two points: write 2 or more"
        )
    starts = [*rebase_at]
    if starts != sorted(set(starts)) or not set(starts) <= set(range(count)):
        raise QuantityError(
            f"rebase_at is {starts}: write the first point of each new group, counted from 0 to "
            f"{count - 1}, the earliest first and each once"
        )
    return [range(*ends) for ends in pairwise(sorted({0, *starts, count}))]


def _mean_range(ranges: Sequence[Fraction], *, screen_outliers: bool) -> Fraction:
    mean = sum(ranges) / Fraction(len(ranges))
    if not screen_outliers:
        return mean
    usual = [moved for moved in ranges if moved <= _SCREEN * mean]
    return sum(usual) / Fraction(len(usual))


def _no_limits(group: range) -> Caution:
    return Caution(
        kind=CautionKind.NO_LIMITS,
        points=(group.start,),
        statement=(
            f"point {group.start}: one figure has no moving range, so there are no limits yet; "
            "they start with the second"
        ),
    )


def few_cases(group: range, counts: Sequence[Counts | None], mean: Fraction) -> tuple[Caution, ...]:
    """Return a caution of the points of a group whose cases are too few for its limits.

    It takes five expected cases with the outcome, and five without it, after W. G. Cochran (1954),
    "Some methods for strengthening the common chi-squared tests", Biometrics.

    >>> (caution,) = few_cases(range(3), [Counts(164, 200), Counts(9, 10), None], Fraction(82, 100))
    >>> caution.points
    (1,)

    Args:
        group: The points, counted from 0.
        counts: The counts of every point of the series; ``None`` where they are not known.
        mean: The centre line of the group, from 0 to 1.
    """
    rarer = min(mean, 1 - mean)
    points = tuple(
        place
        for place in group
        if (count := counts[place]) is not None and count.denominator * rarer < _FEW
    )
    if not points:
        return ()
    return (
        Caution(
            kind=CautionKind.FEW_CASES,
            points=points,
            statement=(
                f"{len(points)} of the points {group.start} to {group.stop - 1}: fewer than "
                f"{_FEW} cases are expected with the outcome or without it, so the limits are "
                "rough; longer periods hold more cases"
            ),
        ),
    )


def _overdispersed(basis: range, counts: Sequence[Counts], mean: Fraction) -> list[Caution]:
    if len(basis) == 1 or not 0 < mean < 1:
        return []
    scores = [
        (count.numerator - count.denominator * mean) / sqrt(count.denominator * mean * (1 - mean))
        for count in (counts[place] for place in basis)
    ]
    ranges = [abs(later - earlier) for earlier, later in pairwise(scores)]
    ratio = sum(ranges) / len(ranges) / _RANGE_BY_CHANCE
    # Chance alone goes beyond this in about one chart of fifty, however many the points.
    if ratio <= 1 + 2 / sqrt(len(ranges)):
        return []
    return [
        Caution(
            kind=CautionKind.OVERDISPERSED,
            points=tuple(basis),
            statement=(
                f"points {basis.start} to {basis.stop - 1}: from one to the next the shares move "
                f"{ratio:.1f} times as much as chance explains, so these limits are too narrow; "
                "xmr_chart takes its limits from how much they do move"
            ),
        )
    ]


def _read_bounds(
    bounds: tuple[Number | None, Number | None],
) -> tuple[Fraction | None, Fraction | None]:
    lowest, highest = (None if bound is None else _exact(bound, "bound") for bound in bounds)
    if lowest is not None and highest is not None and lowest >= highest:
        raise QuantityError(
            f"the bounds are {lowest} and {highest}: write the lowest figure possible, then the "
            "highest"
        )
    return lowest, highest


def _read_targets(
    target: Number | Sequence[Number | None] | None,
    count: int,
    lowest: Fraction | None,
    highest: Fraction | None,
) -> list[Fraction | None]:
    """Return what is expected of each point."""
    if not isinstance(target, Sequence):
        target = [target] * count
    if len(target) != count:
        raise QuantityError(
            f"there are {len(target)} targets for {count} points: write one for each, None where "
            "nothing is expected, or a single one for all"
        )
    return [
        None if number is None else _within(number, f"target {place}", lowest, highest)
        for place, number in enumerate(target)
    ]


def _within(
    number: Number, what: str, lowest: Fraction | None, highest: Fraction | None
) -> Fraction:
    """Return a number as a fraction, and refuse one that is out of bounds."""
    fraction = _exact(number, what)
    nearest = _clip(fraction, lowest, highest)
    if nearest != fraction:
        raise QuantityError(
            f"the {what} is {number}, beyond the bound {nearest}: look whether shares and "
            "percentages are mixed up"
        )
    return fraction


def _clip(number: Fraction, lowest: Fraction | None, highest: Fraction | None) -> Fraction:
    if lowest is not None:
        number = max(number, lowest)
    return number if highest is None else min(number, highest)


def _exact(number: object, what: str) -> Fraction:
    """Return a number as a fraction, and refuse what is none."""
    match number:
        case bool():
            pass
        case int() | Fraction():
            return Fraction(number)
        # Looked at before it is expanded: Decimal("1E+999999999") would fill the memory.
        case Decimal() if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS:
            return Fraction(number)
        case float():
            refuse_float(what, number)
        case _:
            pass
    raise QuantityError(
        f"the {what} is {number!r}, which is no exact number: write an int, a Decimal or a Fraction"
    )
