"""Control charts of figures, and of shares with the counts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import ClassVar, TypeAlias

import attrs

from rrmodel.errors import QuantityError
from rrmodel.inference._cautions import Caution, CautionKind, named
from rrmodel.inference._control_rules import ControlChart, Line, Spacing, assess
from rrmodel.inference._goals import refuse_float
from rrmodel.model import Better, Counts

__all__ = [
    "ProcessSettings",
    "few_cases",
    "p_chart",
    "xmr_chart",
]

Number: TypeAlias = int | Decimal | Fraction

_MIN_POINTS = 10
_STANDARD_ERRORS = 3
_FEW = 5
_FEWEST = 2
_RANGE_BY_CHANCE = 1.128  # the mean range of two normal draws, in standard deviations
_MOST_DIGITS = 1_000


def _read_bounds(
    bounds: tuple[Number | None, Number | None],
) -> tuple[Fraction | None, Fraction | None]:
    lowest, highest = bounds
    return (
        None if lowest is None else _exact(lowest, "bound"),
        None if highest is None else _exact(highest, "bound"),
    )


@attrs.frozen(kw_only=True)
class ProcessSettings:
    """The settings of process limits that come from the moving ranges of a series.

    >>> ProcessSettings(bounds=(0, 100)).bounds
    (Fraction(0, 1), Fraction(100, 1))

    Raises:
        QuantityError: ``min_points`` is below 2, or the bounds are not numbers or not in order.
        BinaryFloatError: A bound is a binary float.
    """

    REACH: ClassVar[Fraction] = Fraction("2.66")
    """How many mean moving ranges the limits are from the mean."""
    SCREEN: ClassVar[Fraction] = Fraction("3.267")
    """The multiple of the mean moving range above which a moving range is excluded."""

    min_points: int = _MIN_POINTS
    """How many points limits need; NHS England's "Making Data Count" draws a run chart below 10."""
    screen_outliers: bool = True
    """Whether moving ranges above :attr:`SCREEN` times their mean are excluded from a second
    mean."""
    bounds: tuple[Fraction | None, Fraction | None] = attrs.field(
        default=(None, None), converter=_read_bounds
    )
    """The lowest and the highest figure possible. Limits are not shown beyond them."""

    def __attrs_post_init__(self) -> None:
        _check_min_points(self.min_points)
        lowest, highest = self.bounds
        if lowest is not None and highest is not None and lowest >= highest:
            raise QuantityError(
                f"the bounds are {lowest} and {highest}: give the lowest figure possible, then the "
                "highest"
            )


def xmr_chart(
    values: Sequence[Number],
    *,
    better: Better,
    target: Number | Sequence[Number | None] | None = None,
    rebase_at: Sequence[int] = (),
    fix_after: int | None = None,
    gaps_at: Sequence[int] = (),
    overlapping: bool = False,
    min_points: int = _MIN_POINTS,
    screen_outliers: bool = True,
    bounds: tuple[Number | None, Number | None] = (None, None),
) -> ControlChart[Fraction]:
    """Chart a series of figures with process limits from their moving ranges (an XmR chart).

    The limits are 2.66 mean moving ranges from the mean. A point is a signal beyond a limit, as one
    of seven that rise or fall without a tie, as one of two in the outer third where the one beside
    or between them is on their side of the mean, and as one of seven on one side of the mean. All
    of it is exact: a point on the mean is on neither side, and a point on a limit is within.

    A moving range is taken between neighbouring points only. With fewer than ten points the result
    is a run chart: a mean without limits, without assurance, and with a caution that says how many
    points are needed.

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
        target: The target, in the same unit; or one for each point, with ``None`` where nothing is
            expected yet.
        rebase_at: The points, counted from 0, at which a new group starts because the process is
            known to have changed. Each group has its own mean and limits, and no rule reaches
            across.
        fix_after: How many points of each group its mean and limits rest on. Default: all.
        gaps_at: The points, counted from 0, before which periods are missing. No moving range and
            no run reaches across a gap.
        overlapping: Whether the periods overlap, as rolling years do that are published each
            quarter. Such points are not independent, so only the limits apply, and no run rules.
        min_points: How many points limits need in each group, from 2.
        screen_outliers: Whether moving ranges above 3.267 times their mean are excluded from a
            second mean.
        bounds: The lowest and the highest figure possible, such as ``(0, 100)``. Limits are not
            shown beyond them; the signals are the same.

    Raises:
        QuantityError: There is no figure, one is not a number or out of bounds, or the targets,
            groups, gaps and bounds do not fit the figures.
        BinaryFloatError: A figure, target or bound is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. J. Wheeler (1993), "Understanding Variation", with the rules of NHS England's
    programme "Making Data Count" in the order of the R package NHSRplotthedots 0.2.2.
    """
    settings = ProcessSettings(
        min_points=min_points, screen_outliers=screen_outliers, bounds=bounds
    )
    lowest, highest = settings.bounds
    numbers = [
        _within(value, f"value {place}", lowest, highest) for place, value in enumerate(values)
    ]
    groups = _in_groups(len(numbers), rebase_at, fix_after, min_points)
    spacing = _read_spacing(len(numbers), gaps_at, overlapping=overlapping)
    lines: list[Line[Fraction]] = []
    cautions: list[Caution] = []
    for group in groups:
        basis = group[:fix_after]
        mean = sum(numbers[place] for place in basis) / Fraction(len(basis))
        pairs = spacing.neighbours(basis)
        ranges = [abs(numbers[later] - numbers[earlier]) for earlier, later in pairs]
        paired = len({place for pair in pairs for place in pair})
        if paired >= min_points:
            reach = settings.REACH * _mean_range(ranges, settings)
            line = Line(
                mean=mean,
                lower=_clip(mean - reach, lowest, highest),
                upper=_clip(mean + reach, lowest, highest),
                squared_reach=reach**2,
            )
        else:
            line = Line[Fraction](mean=mean, lower=None, upper=None, squared_reach=None)
            cautions.append(_no_limits(group, len(basis), paired, min_points))
        lines += [line] * len(group)
    return assess(
        numbers,
        lines,
        groups,
        spacing,
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
    gaps_at: Sequence[int] = (),
    overlapping: bool = False,
    min_points: int = _MIN_POINTS,
) -> ControlChart[float]:
    """Chart a series of shares with process limits from their counts (a p-chart).

    The centre line is the share of all cases. The limits of each point are three standard errors
    away, so they are wide where there were few cases. The rules are those of :func:`xmr_chart`, and
    are exact although the limits shown are rounded. Every value is a share from 0 to 1. With fewer
    than ten points there are no limits, as for :func:`xmr_chart`.

    >>> employed = p_chart([Counts(21, 118), Counts(22, 121), Counts(20, 116)] * 3
    ...     + [Counts(42, 120)], better="higher", target=Fraction(23, 100))
    >>> last = employed.points[-1]
    >>> print(f"{last.lower:.3f} to {last.upper:.3f}: {last.signal}")
    0.086 to 0.303: above_upper_limit
    >>> print(employed.assurance)
    inconsistent

    Args:
        counts: The counts behind each share, in order of time.
        better: Which way is better.
        target: The target, a share; or one for each point, with ``None`` where nothing is expected
            yet.
        rebase_at: As for :func:`xmr_chart`.
        fix_after: As for :func:`xmr_chart`.
        gaps_at: As for :func:`xmr_chart`.
        overlapping: As for :func:`xmr_chart`.
        min_points: As for :func:`xmr_chart`.

    Raises:
        QuantityError: There are no counts, a target is not a share, or the targets, groups and gaps
            do not fit the points.
        BinaryFloatError: A target is a binary float.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. C. Montgomery (2013), "Introduction to Statistical Quality Control", chapter 7. The
    caution about few cases is one of the rules compared by T. Emura and Y.-S. Lin (2015), Quality
    and Reliability Engineering International 31; the one about overdispersion uses the measure of
    D. B. Laney (2002), "Improved control charts for attributes", Quality Engineering 14.
    """
    shares = [count.share for count in counts]
    groups = _in_groups(len(shares), rebase_at, fix_after, min_points)
    spacing = _read_spacing(len(shares), gaps_at, overlapping=overlapping)
    lines: list[Line[float]] = []
    cautions: list[Caution] = []
    for group in groups:
        basis = group[:fix_after]
        mean = Fraction(
            sum(counts[place].numerator for place in basis),
            sum(counts[place].denominator for place in basis),
        )
        if len(basis) < min_points:
            line = Line[float](mean=mean, lower=None, upper=None, squared_reach=None)
            lines += [line] * len(group)
            cautions.append(_no_limits(group, len(basis), len(basis), min_points))
            continue
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
        cautions += _overdispersed(basis, spacing, counts, mean)
    return assess(
        shares,
        lines,
        groups,
        spacing,
        better=better,
        targets=_read_targets(target, len(shares), Fraction(0), Fraction(1)),
        cautions=cautions,
    )


def _in_groups(
    count: int, rebase_at: Sequence[int], fix_after: int | None, min_points: int
) -> list[range]:
    if count == 0:
        raise QuantityError("a control chart needs points, and there are none: give at least one")
    _check_min_points(min_points)
    if fix_after is not None and fix_after < min_points:
        raise QuantityError(
            f"fix_after is {fix_after}, and limits need at least {min_points} points: give "
            f"{min_points} or more"
        )
    starts = _read_places(rebase_at, count, "rebase_at", "the first point of each new group")
    return [range(*ends) for ends in pairwise(sorted({0, *starts, count}))]


def _check_min_points(min_points: int) -> None:
    """Refuse fewer points than a moving range needs."""
    if min_points < _FEWEST:
        raise QuantityError(
            f"min_points is {min_points}, and a moving range needs two points: give 2 or more"
        )


def _read_spacing(count: int, gaps_at: Sequence[int], *, overlapping: bool) -> Spacing:
    places = _read_places(gaps_at, count, "gaps_at", "the first point after each gap")
    return Spacing(frozenset(places), overlapping=overlapping)


def _read_places(places: Sequence[int], count: int, option: str, meaning: str) -> list[int]:
    read = [*places]
    if read != sorted(set(read)) or not set(read) <= set(range(count)):
        raise QuantityError(
            f"{option} is {read}: give {meaning}, counted from 0 to {count - 1}, the earliest "
            "first and each once"
        )
    return read


def _mean_range(ranges: Sequence[Fraction], settings: ProcessSettings) -> Fraction:
    mean = sum(ranges) / Fraction(len(ranges))
    if not settings.screen_outliers:
        return mean
    usual = [moved for moved in ranges if moved <= settings.SCREEN * mean]
    return sum(usual) / Fraction(len(usual))


def _no_limits(group: range, count: int, paired: int, min_points: int) -> Caution:
    description = f"{count} point{'' if count == 1 else 's'}"
    if paired < count >= min_points:
        description += f", of which {paired} have a neighbour"
    return Caution(
        kind=CautionKind.NO_LIMITS,
        points=tuple(group),
        statement=(
            f"{named(group)}: a run chart without limits, because limits need {min_points} points "
            f"and this group has {description}"
        ),
    )


def few_cases(group: range, counts: Sequence[Counts | None], mean: Fraction) -> tuple[Caution, ...]:
    """Return a caution about the points of a group that have too few cases for its limits.

    Limits need five expected cases with the outcome, and five without it, after W. G. Cochran
    (1954), "Some methods for strengthening the common chi-squared tests", Biometrics.

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
                "rough; longer periods have more cases"
            ),
        ),
    )


def _overdispersed(
    basis: range, spacing: Spacing, counts: Sequence[Counts], mean: Fraction
) -> list[Caution]:
    pairs = spacing.neighbours(basis)
    if not pairs or spacing.overlapping or not 0 < mean < 1:
        return []

    def score(place: int) -> float:
        cases = counts[place].denominator
        return (counts[place].numerator - cases * mean) / sqrt(cases * mean * (1 - mean))

    ranges = [abs(score(later) - score(earlier)) for earlier, later in pairs]
    ratio = sum(ranges) / len(ranges) / _RANGE_BY_CHANCE
    # Chance alone goes beyond this in about one chart of fifty, however many the points.
    if ratio <= 1 + 2 / sqrt(len(ranges)):
        return []
    return [
        Caution(
            kind=CautionKind.OVERDISPERSED,
            points=tuple(basis),
            statement=(
                f"{named(basis)}: from one to the next the shares change {ratio:.1f} times as much "
                "as chance explains, so these limits are too narrow; use xmr_chart, whose limits "
                "come from the changes themselves"
            ),
        )
    ]


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
            f"there are {len(target)} targets for {count} points: give one for each, None where "
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
            f"the {what} is {number}, beyond the bound {nearest}: check that shares and "
            "percentages are not mixed up"
        )
    return fraction


def _clip(number: Fraction, lowest: Fraction | None, highest: Fraction | None) -> Fraction:
    if lowest is not None:
        number = max(number, lowest)
    return number if highest is None else min(number, highest)


def _exact(number: object, what: str) -> Fraction:
    """Return a number as a fraction, and refuse anything else."""
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
        f"the {what} is {number!r}, which is not an exact number: use an int, Decimal or Fraction"
    )
