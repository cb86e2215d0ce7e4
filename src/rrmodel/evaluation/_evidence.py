"""Whether the figures are evidence enough: a second answer, which never changes the status."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeAlias

import attrs

from rrmodel import inference
from rrmodel.evaluation._texts import goal_name, printed
from rrmodel.model import Better, LevelRange
from rrmodel.quantities import Level, Percentage, PercentagePoints
from rrmodel.records import Field, Layout, Result, ShownColumn, quantity, short_repr

__all__ = ["MOST_PLACES", "UNCLEAR", "Against", "Basis", "Ends", "Evidence", "order"]

_MOST_CASES, _MORE = 1_000_000, "only more than 1,000,000"
"""The number of cases beyond which no exact number is a help."""
UNCLEAR = "More cases are needed, and this must not be read as failure."
"""The accepted wording where the evidence is not clear."""

Ends: TypeAlias = tuple[Level, Level]

MOST_PLACES = 12
"""Decimals at most, where fewer would put an end of the interval on the wrong side of the goal."""


class Basis(StrEnum):
    """The basis of a verdict."""

    COUNTS = "counts"
    """The counts of the latest figure, tested against a level."""
    CHANGE = "change"
    """The counts of the baseline and of the latest figure, both of which vary by chance."""
    ROUNDING = "rounding"
    """The published figure. Without counts there is no test for chance."""


class Against(StrEnum):
    """The level that the figure is tested against."""

    GOAL = "goal"
    """The goal, once the deadline has passed or where there is no path to it."""
    EXPECTED = "expected_level"
    """Before the deadline, the level expected by then."""
    NO_CHANGE = "no_change"
    """The start of a direction."""


def _interval(
    name: str, description: str, get: Callable[[Evidence], tuple[Level, Level]]
) -> tuple[Field[Evidence], ...]:
    def low(evidence: Evidence) -> Level:
        return get(evidence)[0]

    def high(evidence: Evidence) -> Level:
        return get(evidence)[1]

    return (
        *quantity(f"{name}_low", f"The lowest {description}", low, is_optional=False),
        *quantity(f"{name}_high", f"The highest {description}", high, is_optional=False),
    )


def _p_value(evidence: Evidence) -> float | None:
    # the last digits of a float differ between machines
    return None if evidence.p_value is None else float(f"{evidence.p_value:.6g}")


_EVIDENCE: Layout[Evidence] = Layout(
    "evidence",
    "How far the latest figure is evidence for the status.",
    (
        Field(
            "verdict",
            "text",
            "The answer.",
            lambda evidence: evidence.verdict.value,
            choose_from=lambda: inference.Verdict,
        ),
        Field(
            "basis",
            "text",
            "Its basis: `counts`, the `change` between the counts of baseline and "
            "figure, or `rounding`, without counts.",
            lambda evidence: evidence.basis.value,
            choose_from=lambda: Basis,
        ),
        Field(
            "against",
            "text",
            "The level that the figure is tested against: the `goal`, the `expected_level` before "
            "the deadline, or `no_change` of a direction.",
            lambda evidence: evidence.against.value,
            choose_from=lambda: Against,
        ),
        *_interval(
            "reference", "value of that level, or of a change", lambda evidence: evidence.reference
        ),
        *_interval(
            "interval",
            "level, or change, that the figure allows",
            lambda evidence: evidence.interval,
        ),
        Field(
            "confidence",
            "number",
            "The confidence of the interval; null without counts.",
            lambda evidence: evidence.confidence,
            is_optional=True,
        ),
        Field(
            "p_value",
            "number",
            "The probability of a figure at least this good if the true value were the "
            "one within the reference that is nearest to it, to six digits; null without "
            "counts.",
            _p_value,
            is_optional=True,
        ),
        Field(
            "cases",
            "whole",
            "How many cases the figure counts; null without counts.",
            lambda evidence: evidence.cases,
            is_optional=True,
        ),
        Field(
            "cases_needed",
            "whole",
            "How many cases would settle it, where it is open.",
            lambda evidence: evidence.cases_needed,
            is_optional=True,
        ),
    ),
    details=(
        ShownColumn("Verdict", "verdict"),
        ShownColumn("From", "basis", also=("against",)),
        ShownColumn("Tested against", "reference_low"),
        ShownColumn("Interval from", "interval_low"),
        ShownColumn("Interval to", "interval_high"),
        ShownColumn("Confidence", "confidence", is_share=True),
        ShownColumn("p value", "p_value"),
        ShownColumn("Cases", "cases"),
        ShownColumn("Cases that would settle it", "cases_needed"),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Evidence(Result):
    """How far the latest figure is evidence that a target is met, or on track, or is not."""

    verdict: inference.Verdict
    """The answer."""
    basis: Basis
    """Its basis."""
    against: Against
    """The level that the figure is tested against."""
    reference: Ends
    """The lowest and the highest value of what it is tested against: a level, or of
    :attr:`Basis.CHANGE` a change. They are equal where the value is exact."""
    better: Better
    """The side of the reference on which the figure should be."""
    level: Percentage | PercentagePoints
    """The level as published."""
    interval: Ends
    """The lowest and the highest level, or of :attr:`Basis.CHANGE` change, that the figure allows:
    from counts the confidence interval, otherwise what rounds to the published figure."""
    within: LevelRange | None = None
    """The range of which the reference is the end that decides."""
    has_tolerance: bool = False
    """Whether the reference includes a tolerance of the target."""
    confidence: float | None = None
    """The confidence of the interval; ``None`` without counts."""
    p_value: float | None = None
    """The probability of a figure at least this good if the true value were the one within the
    reference that is nearest to the figure; ``None`` without counts."""
    cases: int | None = None
    """How many cases the latest figure counts; ``None`` without counts."""
    cases_needed: int | None = None
    """How many cases would settle it if the figure stayed the same; ``None`` where it is settled,
    and where no number would settle it."""

    layout: ClassVar[Layout[Evidence]] = _EVIDENCE
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.verdict.value,
            basis=self.basis.value,
            against=self.against.value,
            interval=f"{self.interval[0]} to {self.interval[1]}",
            p_value=() if self.p_value is None else self.p_value,
            cases=() if self.cases is None else self.cases,
        )

    @property
    def statement(self) -> str:
        """The verdict in a sentence or two, with its interval and what would settle it."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.basis is Basis.ROUNDING:
            yield from self._of_rounding()
        else:
            yield from self._of_chance()
        low, high = self.reference
        if low != high:
            name = "goal" if self.against is Against.GOAL else "expected level"
            yield f"The {name} is between {low} and {high}, because its baseline was rounded."

    def _of_rounding(self) -> Iterator[str]:
        low, high = self.interval
        if low != high:
            published = f"Published as {self.level}, so the true value is between {low} and {high}"
            if self.verdict.direction is None:
                yield f"{published}: rounding leaves open whether it reaches {self._name}."
            else:
                yield f"{published}: {self._side} {self._name} either way."
        yield "It was published without counts, so there is no test for chance."

    def _of_chance(self) -> Iterator[str]:
        low, high = (
            _shown(self.interval[0], self.reference, "n"),
            _shown(self.interval[1], self.reference),
        )
        of = " of the change" if self.basis is Basis.CHANGE else ""
        interval = (
            f"with {self.cases:,} cases the {self.confidence:.0%} confidence interval{of} is {low} "
            f"to {high}"
        )
        if self.verdict.direction is not None:
            yield f"The evidence is clear: {interval}, all of it {self._side} {self._name}."
            return
        yield f"The difference from {self._name} is within chance: {interval}."
        yield UNCLEAR
        if self.cases_needed is not None:
            about = f"about {self.cases_needed:,}" if self.cases_needed <= _MOST_CASES else _MORE
            yield f"At this level, {about} cases would settle it."

    @property
    def conclusion(self) -> str | None:
        """Where the figure is, such as "below the 90% goal"; ``None`` where the verdict is open."""
        return None if self.verdict.direction is None else f"{self._side} {self._name}"

    @property
    def _side(self) -> str:
        if self.verdict.direction == "met":
            if self.within is not None:
                return "within"
            return "at or above" if self.better == "higher" else "at or below"
        return "below" if self.better == "higher" else "above"

    @property
    def _name(self) -> str:
        low, high = self.reference
        if self.against is Against.NO_CHANGE:
            return "no change"
        is_goal = self.against is Against.GOAL
        if self.basis is Basis.CHANGE:
            return f"the {'intended' if is_goal else 'expected'} change of {low}"
        if self.within is not None:
            return f"the {'goal of' if is_goal else 'expected'} {self.within}"
        if self.has_tolerance:
            return f"the goal with its tolerance, {low},"
        if low != high:
            return "the goal" if is_goal else "the expected level"
        return goal_name(low).format(low) if is_goal else f"the expected {low}"


def order(number: Fraction | float, other: Fraction) -> int:
    """Return 1, 0 or -1 for a number above, at or below another."""
    return (number > other) - (number < other)


def _shown(end: Level, reference: Ends, form: str = "") -> str:
    """Return the text of an end of an interval: one decimal, or as many as keep it on its side."""
    places = next(
        (
            places
            for places in range(1, MOST_PLACES)
            if all(
                order(end.rounded(places).value, printed(other).value)
                == order(end.value, other.value)
                for other in reference
            )
        ),
        MOST_PLACES,
    )
    if isinstance(end, PercentagePoints):
        return f"{end:+.{places}{form}}"
    return f"{end:.{places}}"
