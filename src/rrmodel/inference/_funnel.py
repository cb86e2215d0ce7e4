"""Funnels: which areas differ from the average by more than chance, and their possible ranks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import ClassVar, Literal, TypeAlias, get_args

import attrs

from rrmodel.errors import QuantityError, UnknownNameError, did_you_mean
from rrmodel.inference._funnel_limits import (
    FunnelLimits,
    FunnelPosition,
    FunnelSettings,
    angle,
    arcsine_limits,
    score_limits,
)
from rrmodel.inference._goals import sign_of
from rrmodel.inference._interval import Interval, Undefined, normal_quantile
from rrmodel.inference._overdispersion import Overdispersion, overdispersion
from rrmodel.inference._proportions import wilson_interval
from rrmodel.model import Better, Counts
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Result, ShownColumn, Table, fraction, short_repr

__all__ = [
    "Funnel",
    "FunnelArea",
    "LimitsKind",
    "RankRange",
    "funnel",
]

_NAMED = 4
"""A summary names at most so many areas."""

LimitsKind: TypeAlias = Literal["adjusted", "chance"]
"""The limits that areas are compared with: those that allow for how much areas differ anyway, or
those of chance alone. Where the adjusted limits are undefined, those of chance take their place."""


@attrs.frozen(kw_only=True)
class RankRange:
    """The ranks that an area may truly have. 1 is the best."""

    best: int
    """The best of them."""
    worst: int
    """The worst of them."""

    def __str__(self) -> str:
        return str(self.best) if self.best == self.worst else f"{self.best} to {self.worst}"


_LIMITS: dict[tuple[str, str], Callable[[FunnelArea], float]] = {
    ("inner", "lower"): lambda one: one.limits.inner.lower,
    ("inner", "upper"): lambda one: one.limits.inner.upper,
    ("outer", "lower"): lambda one: one.limits.outer.lower,
    ("outer", "upper"): lambda one: one.limits.outer.upper,
}


def _share(one: FunnelArea) -> Fraction:
    return one.share


_AREA: Layout[FunnelArea] = Layout(
    "funnel_area",
    "One area of a funnel. Limits are shares from 0 to 1.",
    (
        Field("area", "text", "Its name.", lambda one: one.name),
        Field("numerator", "whole", "How many had it.", lambda one: one.counts.numerator),
        Field("denominator", "whole", "Out of how many.", lambda one: one.counts.denominator),
        *fraction("share", "Its share", _share, is_optional=False),
        Field(
            "z_score",
            "number",
            "How many standard errors it lies above the average, on the arcsine scale.",
            lambda one: one.z_score,
        ),
        *(
            Field(f"{name}_{end}", "number", f"The {end} {name} limit of chance.", get)
            for (name, end), get in _LIMITS.items()
        ),
        Field(
            "position",
            "text",
            "Where it lies within the limits of chance.",
            lambda one: one.position.value,
            choose_from=lambda: FunnelPosition,
        ),
        Field(
            "adjusted_position",
            "text",
            "Where it lies if areas also differ as much as these do; null for a single area.",
            lambda one: one.adjusted_position and one.adjusted_position.value,
            is_optional=True,
            choose_from=lambda: FunnelPosition,
        ),
        Field("rank", "whole", "Its rank by share, 1 for the best.", lambda one: one.rank),
        Field(
            "best_rank",
            "whole",
            "The best rank that it may truly have.",
            lambda one: one.possible_ranks.best,
        ),
        Field("worst_rank", "whole", "The worst of them.", lambda one: one.possible_ranks.worst),
    ),
    shown=(
        ShownColumn("Area", "area"),
        ShownColumn("Share", "share_value", is_share=True, on_hover=("share",)),
        ShownColumn("Out of", "denominator"),
        ShownColumn("Against chance", "position"),
        ShownColumn("Against the usual differences", "adjusted_position"),
        ShownColumn("Best rank", "best_rank"),
        ShownColumn("Worst rank", "worst_rank"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class FunnelArea(Result):
    """One area of a funnel."""

    name: str
    """Its name."""
    counts: Counts
    """How many of how many."""
    share: Fraction
    """Its share, exactly."""
    z_score: float
    """How many standard errors it lies above the average, on the arcsine scale."""
    limits: FunnelLimits
    """Its limits if chance is all that makes areas differ."""
    position: FunnelPosition
    """Where it lies within those."""
    adjusted_limits: FunnelLimits | None
    """Its limits if areas also differ as much as these do; ``None`` where that is undefined."""
    adjusted_position: FunnelPosition | None
    """Where it lies within those."""
    rank: int
    """Its rank by share, 1 for the best; ties share the better one. Never quote it alone."""
    possible_ranks: RankRange
    """The ranks that it may truly have."""

    layout: ClassVar[Layout[FunnelArea]] = _AREA
    """The fields of :meth:`to_dict`."""

    def position_within(self, limits: LimitsKind) -> FunnelPosition:
        """Return where it lies within limits of a kind.

        >>> compared = funnel({"A": Counts(7, 10), "B": Counts(890, 1000)}, better="higher")
        >>> compared.areas[0].position_within("adjusted").value
        'not_distinguishable'

        Args:
            limits: The kind of limits.

        Raises:
            UnknownNameError: There is no such kind of limits.
        """
        is_adjusted = _is_adjusted(limits)
        return (self.adjusted_position if is_adjusted else None) or self.position

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.name,
            counts=self.counts,
            position=self.position.value,
            rank=self.rank,
            possible_ranks=str(self.possible_ranks),
        )


def _dispersion(one: Funnel) -> float | None:
    estimate = one.overdispersion
    return None if isinstance(estimate, Undefined) else estimate.dispersion


def _average(one: Funnel) -> Fraction:
    return one.average


_FUNNEL: Layout[Funnel] = Layout(
    "funnel",
    "Areas compared with their average, allowing for how many cases each has.",
    (
        Field("better", "text", "Which way is better.", lambda one: one.better),
        *fraction("average", "The share to compare with", _average, is_optional=False),
        Field("inner", "number", "The confidence of the inner limits.", lambda one: one.inner),
        Field("outer", "number", "The confidence of the outer limits.", lambda one: one.outer),
        Field(
            "rank_confidence",
            "number",
            "The joint confidence of all possible ranks.",
            lambda one: one.rank_confidence,
        ),
        Field(
            "dispersion",
            "number",
            "How much more the areas differ than chance explains, about 1 where it explains all; "
            "null for a single area.",
            _dispersion,
            is_optional=True,
        ),
        Field(
            "areas", "records", "The areas, in the order given.", lambda one: one.areas, of=_AREA
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Funnel(Result):
    """Areas compared with their average, allowing for how many cases each has."""

    better: Better
    """Which way is better."""
    average: Fraction
    """The share that areas are compared with."""
    inner: float
    """The confidence of the inner limits."""
    outer: float
    """The confidence of the outer limits."""
    rank_confidence: float
    """The joint confidence of all possible ranks."""
    overdispersion: Overdispersion | Undefined
    """How much more the areas differ than chance explains; undefined for a single area."""
    areas: tuple[FunnelArea, ...]
    """The areas, in the order given."""

    layout: ClassVar[Layout[Funnel]] = _FUNNEL
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the areas."""

    def to_table(self) -> Table[FunnelArea]:
        """Return the areas as a table, which knows its columns."""
        areas = counted(len(self.areas), "area")
        caption = f"{areas} against an average of {float(self.average):.1%}. {self.summary()}"
        return Table(FunnelArea.layout, self.areas, caption=caption)

    def __repr__(self) -> str:
        return short_repr(self, better=self.better, average=str(self.average), areas=self.areas)

    def area(self, name: str) -> FunnelArea:
        """Return the area of a name.

        Args:
            name: Its name.

        Raises:
            UnknownNameError: There is no such area.
        """
        areas = {area.name: area for area in self.areas}
        if name not in areas:
            raise UnknownNameError(f"there is no area {name!r}: {did_you_mean(name, areas)}")
        return areas[name]

    def summary(self, limits: LimitsKind = "adjusted") -> str:
        """Return which areas are beyond the inner limits, those with the largest z-scores first.

        >>> from rrmodel.model import Counts
        >>> counts = {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)}
        >>> funnel(counts, better="higher").summary("chance")
        'Beyond the 95% limits of chance: West (worse); East (better).'

        Args:
            limits: The kind of limits. Default: those that allow for how much areas differ anyway.

        Raises:
            UnknownNameError: There is no such kind of limits.
        """
        is_wider = _is_adjusted(limits) and not isinstance(self.overdispersion, Undefined)
        kind = "that allow for the usual differences between areas" if is_wider else "of chance"
        words = f"{100 * self.inner:g}% limits {kind}"
        beyond = [
            f"{area.name} ({position.removeprefix('far_')})"
            for area in sorted(self.areas, key=lambda area: -abs(area.z_score))
            if (position := area.position_within(limits)) is not FunnelPosition.NOT_DISTINGUISHABLE
        ]
        if not beyond:
            return f"No area is beyond the {words}."
        more = [f"{len(beyond) - _NAMED} more"] * (len(beyond) > _NAMED)
        return f"Beyond the {words}: {'; '.join(beyond[:_NAMED] + more)}."

    @property
    def rank_summary(self) -> str:
        """The first and the last area, with the ranks that they may truly have.

        >>> from rrmodel.model import Counts
        >>> counts = {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)}
        >>> funnel(counts, better="higher").rank_summary
        'East is first and may rank 1 to 2; West is last and may rank 3.'
        """
        ordered = sorted(self.areas, key=lambda area: (area.rank, area.name))
        first, last = ordered[0], ordered[-1]
        clause = f"{first.name} is first and may rank {first.possible_ranks}"
        if last.rank > first.rank:
            return f"{clause}; {last.name} is last and may rank {last.possible_ranks}."
        return f"{clause}." if last is first else "All areas have the same share and rank."

    def limits_at(self, denominator: int, limits: LimitsKind = "chance") -> FunnelLimits:
        """Return the limits of an area of a size, as for drawing the funnel.

        The adjusted limits are never narrower than those of chance, and the same where areas do not
        differ more than chance explains or it is undefined how much they do.

        Args:
            denominator: The number of cases of the area.
            limits: The kind of limits.

        Raises:
            QuantityError: The denominator is not above 0.
            UnknownNameError: There is no such kind of limits.
        """
        is_adjusted, estimate = _is_adjusted(limits), self.overdispersion
        plain = FunnelLimits(
            inner=_cut(score_limits(self.average, denominator, confidence=self.inner)),
            outer=_cut(score_limits(self.average, denominator, confidence=self.outer)),
        )
        if not is_adjusted or isinstance(estimate, Undefined) or not estimate.between_variance:
            return plain
        variance = estimate.between_variance
        inner, outer = (
            arcsine_limits(
                self.average, denominator, confidence=confidence, between_variance=variance
            )
            for confidence in (self.inner, self.outer)
        )
        return FunnelLimits(inner=_hull(plain.inner, inner), outer=_hull(plain.outer, outer))


def _is_adjusted(limits: LimitsKind) -> bool:
    """Return whether the kind of limits is the adjusted one.

    Raises:
        UnknownNameError: There is no such kind.
    """
    if limits not in get_args(LimitsKind):
        raise UnknownNameError(
            f"there is no kind of limits {limits!r}: {did_you_mean(limits, get_args(LimitsKind))}"
        )
    return limits == "adjusted"


def funnel(
    areas: Mapping[str, Counts],
    *,
    better: Better,
    average: Fraction | None = None,
    inner: float = 0.95,
    outer: float = 0.998,
    winsorise: float = 0.1,
    rank_confidence: float = 0.95,
) -> Funnel:
    """Compare areas with their average, allowing for chance and for how much areas differ anyway.

    Chance keeps the share of a small area less close to the average than that of a large one. If
    far more areas lie beyond their limits than chance puts there, it is seldom that most of them
    are exceptional: areas differ in ways that nobody has allowed for. The adjusted limits add that
    much variance, and what is beyond them stands out from areas like these.

    >>> housed = funnel(
    ...     {"North": Counts(410, 500), "East": Counts(705, 800), "West": Counts(130, 190)},
    ...     better="higher",
    ... )
    >>> west = housed.areas[2]
    >>> west.position.value, west.adjusted_position.value
    ('far_worse', 'worse')
    >>> [(area.rank, area.possible_ranks.best, area.possible_ranks.worst) for area in housed.areas]
    [(2, 1, 2), (1, 1, 2), (3, 3, 3)]

    Args:
        areas: The counts of each area by its name.
        better: Which way is better.
        average: The share to compare with, such as a national one, exact. Default: the share of
            all areas together.
        inner: The confidence of the inner limits.
        outer: The confidence of the outer limits, above that of the inner ones.
        winsorise: Which share of the areas at each end is drawn in before the overdispersion is
            worked out, so that a real exception does not widen everybody's limits.
        rank_confidence: The joint confidence of all ranges of ranks.

    Raises:
        QuantityError: There is no area, or ``winsorise`` is not from 0 to below one half.
        PercentageOutOfRangeError: The average is not from 0 to 1.
        BinaryFloatError: The average is a binary float.
        ConfidenceError: A confidence is not above 0 and below 1, or the limits are out of order.
        UnknownNameError: Which way is better is neither "higher" nor "lower".

    Follows D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance",
    Statistics in Medicine 24, and D. J. Spiegelhalter and others (2012), "Statistical methods for
    healthcare regulation", Journal of the Royal Statistical Society A 175, for the limits, and
    M. Klein, T. Wright and J. Wieczorek (2020), "A joint confidence region for an overall ranking
    of populations", Journal of the Royal Statistical Society C 69, for the ranks.
    """
    counts = list(areas.values())
    if not counts:
        raise QuantityError("a funnel needs areas, and there are none: give at least one")
    settings = FunnelSettings(
        better=better, average=average, inner=inner, outer=outer, winsorise=winsorise
    )
    if average is None:
        average = Fraction(
            sum(count.numerator for count in counts), sum(count.denominator for count in counts)
        )
    shares = [count.share for count in counts]
    scores = [
        (angle(share) - angle(average)) * 2 * sqrt(count.denominator)
        for share, count in zip(shares, counts, strict=True)
    ]
    bare = Funnel(
        better=better,
        average=average,
        inner=settings.inner,
        outer=settings.outer,
        rank_confidence=rank_confidence,
        overdispersion=overdispersion(scores, counts, settings.winsorise),
        areas=(),
    )
    is_known = not isinstance(bare.overdispersion, Undefined)
    funnel_areas: list[FunnelArea] = []
    for name, count, share, score, rank, possible in zip(
        areas,
        counts,
        shares,
        scores,
        _ranks(shares, better),
        _rank_ranges(counts, better, rank_confidence),
        strict=True,
    ):
        limits = bare.limits_at(count.denominator)
        adjusted = bare.limits_at(count.denominator, "adjusted") if is_known else None
        funnel_areas.append(
            FunnelArea(
                name=name,
                counts=count,
                share=share,
                z_score=score,
                limits=limits,
                position=limits.position(share, better=better),
                adjusted_limits=adjusted,
                adjusted_position=adjusted.position(share, better=better) if adjusted else None,
                rank=rank,
                possible_ranks=possible,
            )
        )
    return attrs.evolve(bare, areas=tuple(funnel_areas))


def _cut(limits: Interval) -> Interval:
    return Interval(max(limits.lower, 0.0), min(limits.upper, 1.0))


def _hull(one: Interval, other: Interval) -> Interval:
    return Interval(min(one.lower, other.lower), max(one.upper, other.upper))


def _ranks(shares: Sequence[Fraction], better: Better) -> list[int]:
    merits = [sign_of(better) * share for share in shares]
    ordered = sorted(merits)
    return [1 + len(merits) - bisect_right(ordered, merit) for merit in merits]


def _rank_ranges(counts: Sequence[Counts], better: Better, confidence: float) -> list[RankRange]:
    """Return the ranks that no pair of wholly separate intervals rules out."""
    number = len(counts)
    normal_quantile(confidence)  # which refuses what is no confidence, before a root is taken
    # With the root each, independent intervals hold together with the confidence asked for.
    intervals = [wilson_interval(count, confidence=confidence ** (1 / number)) for count in counts]
    sign = sign_of(better)
    ends = [sorted((sign * interval.lower, sign * interval.upper)) for interval in intervals]
    lows = sorted(low for low, _ in ends)
    highs = sorted(high for _, high in ends)
    return [
        RankRange(
            best=1 + number - bisect_right(lows, high), worst=number - bisect_left(highs, low)
        )
        for low, high in ends
    ]
