"""The assessment of one target: its status, numbers, evidence, figures and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import attrs

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.evaluation._assessment import Assessment, assess
from rrmodel.evaluation._evidence import Evidence
from rrmodel.evaluation._exclusions import ExcludedObservation
from rrmodel.evaluation._explanation import Length, explain, sources
from rrmodel.evaluation._figures import AssessedFigure, assessed_figures
from rrmodel.evaluation._layouts import EVALUATION, AssessedRow, DocumentOf
from rrmodel.evaluation._policy import STRAIGHT_LINE, Policy, find_policy
from rrmodel.evaluation._progress import Difference, Movement
from rrmodel.evaluation._reasons import deciding_reasons, reasons, revisions, undefined, vagueness
from rrmodel.evaluation._status import Status
from rrmodel.evaluation._words import AssessmentWords, words_of
from rrmodel.model import (
    Completion,
    LevelRange,
    Observation,
    ObservationIndex,
    Observations,
    Target,
    normal_form,
)
from rrmodel.periods import parse_day
from rrmodel.quantities import Level
from rrmodel.records import Layout, Result, Table

__all__ = [
    "Evaluation",
    "assess_evidence",
    "check_area",
    "evaluate",
    "evaluate_over",
]


@attrs.frozen(repr=False)
class Evaluation(Result):
    """The assessment of one target on a day, with the figures and numbers that it rests on.

    A number that is undefined is ``None``, never zero; :attr:`undefined` says why.
    """

    assessment: Assessment
    """The parts: terms, selection, progress, grade and status, each made from those before it."""

    layout: ClassVar[Layout[Any]] = EVALUATION
    """The fields of :meth:`to_dict` and :meth:`to_records`."""

    @property
    def target(self) -> Target:
        """The target."""
        return self.assessment.target

    @property
    def area(self) -> str:
        """The area whose figures are assessed."""
        return self.assessment.area

    @property
    def as_of(self) -> date:
        """The day: only what was published by then is used."""
        return self.assessment.as_of

    @property
    def policy(self) -> Policy:
        """The policy that grades a target before its deadline."""
        return self.assessment.policy

    @property
    def status(self) -> Status:
        """The answer."""
        return self.assessment.status

    @property
    def is_comparator(self) -> bool:
        """Whether the figures describe another area than the target is for."""
        return self.assessment.is_comparator

    @property
    def latest(self) -> Observation | None:
        """The figure that decides: of the latest period that ends by the deadline."""
        return self.assessment.selection.latest

    @property
    def earliest(self) -> Observation | None:
        """The figure that a direction is measured from, if the plan gives no baseline."""
        return self.assessment.selection.earliest

    @property
    def later(self) -> tuple[Observation, ...]:
        """Figures of periods that end after the deadline, earliest first."""
        return self.assessment.selection.later

    @property
    def history(self) -> tuple[Observation, ...]:
        """Every comparable figure known on the day, oldest first, one for each period.

        Figures from before the start and after the deadline are among them.
        """
        return self.assessment.selection.history

    @property
    def excluded(self) -> tuple[ExcludedObservation, ...]:
        """Every other figure of the same measure, and the reason why it does not decide."""
        return self.assessment.selection.excluded

    @property
    def figures(self) -> tuple[AssessedFigure, ...]:
        """Every figure that was considered, once, with its use, by the last days of their periods.

        >>> from rrmodel import datasets
        >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
        >>> published = datasets.observations("england-and-wales")
        >>> result = evaluate(housed, published, as_of="2024-08-01", area="England and Wales")
        >>> for each in result.figures:
        ...     print(each.use, each.observation.period, each.observation.level)
        other_series March 2023 86.3%
        decides 2022/23 86.3%
        after_the_deadline 2023/24 85.7%
        not_yet_published 2024/25 84.0%
        """
        return assessed_figures(self.assessment.selection)

    @property
    def revisions(self) -> tuple[Observation, ...]:
        """Every figure published for the latest period, the first published first.

        The last is :attr:`latest`; one alone has not been revised.
        """
        return revisions(self.assessment.selection)

    @property
    def completion(self) -> Completion | None:
        """The report that a milestone was completed."""
        return self.assessment.completion

    @property
    def goal(self) -> Level | LevelRange | None:
        """The level or range to reach; ``None`` where the target names none."""
        return self.assessment.goal

    @property
    def gap(self) -> Difference | None:
        """How far the latest level is outside the goal; zero or less once the goal is met."""
        return self.assessment.progress.gap

    @property
    def progress(self) -> Fraction | None:
        """The share of the intended change made so far, below 0 and above 1 where it is so.

        ``None`` without a baseline of the same area, and for a level to maintain.
        """
        return self.assessment.progress.share

    @property
    def movement(self) -> Movement | None:
        """Which way the level has moved since the baseline; ``None`` without one."""
        return self.assessment.progress.movement

    @property
    def expected(self) -> Level | LevelRange | None:
        """The level that the trajectory expects by the end of the latest figure's period.

        Without a figure, by :attr:`as_of`. ``None`` before the target starts, and without a
        baseline of the same area. Of a range to stay within, the range.
        """
        return self.assessment.expected

    @property
    def pace(self) -> Difference | None:
        """The change per 30 days made since the baseline, above zero if it is for the better."""
        return self.assessment.progress.pace

    @property
    def required_pace(self) -> Difference | None:
        """The change per 30 days that leads from the latest figure to the goal by the deadline.

        Zero or less once the goal is met; ``None`` once the deadline has passed.
        """
        return self.assessment.progress.required_pace

    @property
    def undefined(self) -> dict[str, str]:
        """Why a number is undefined, by the name of each that is."""
        return undefined(self.assessment)

    @property
    def reached_late(self) -> Observation | None:
        """The first figure after the deadline that meets the goal; ``None`` if none does."""
        return self.assessment.reached_late

    @property
    def decided_by(self) -> Observation | None:
        """The figure that decides the status: of a target met late, :attr:`reached_late`.

        Of any other target, it is :attr:`latest`.
        """
        return self.assessment.decided_by

    @property
    def evidence(self) -> Evidence | None:
        """How far the figures are evidence for the answer, at 95% confidence.

        A second answer, which never changes :attr:`status`. ``None`` where the target asks for no
        level in per cent, where no figure decides, and before the deadline where no level is
        expected. For another confidence, see :func:`assess_evidence`.
        """
        return self.assessment.evidence

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the status is what it is, in short sentences: the deciding ones, then cautions.

        A vague deadline and a comparator are named before anything else.
        """
        return tuple(reasons(self.assessment))

    @property
    def deciding_reasons(self) -> tuple[str, ...]:
        """The reasons without which the status cannot be understood."""
        return (*deciding_reasons(self.assessment), *vagueness(self.target))

    @property
    def words(self) -> AssessmentWords:
        """The goal, deadline, latest figure and gap in a few words each, for a table.

        >>> from rrmodel import datasets
        >>> housed = datasets.load("east-midlands-2022-25").target("housed-on-release-by-july-2023")
        >>> published = datasets.observations("england-and-wales")
        >>> result = evaluate(housed, published, as_of="2024-08-01", area="England and Wales")
        >>> result.words.goal, result.words.latest, result.words.gap
        ('90%', '86.3% in 2022/23', '3.7 percentage points below')
        """
        return words_of(self.assessment)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the target and the figure that decides were read, a sentence each."""
        return tuple(sources(self.assessment))

    def __repr__(self) -> str:
        latest = None if self.latest is None else f"{self.latest.level} in {self.latest.period}"
        return (
            f"<Evaluation of {self.target.id!r} on {self.as_of}: {self.status.value}, "
            f"latest {latest}, goal {self.goal}, gap {self.gap}>"
        )

    def to_dict(self, *, document_of: DocumentOf | None = None) -> dict[str, Any]:
        """Return the evaluation as a mapping for JSON, by :attr:`layout`.

        >>> from rrmodel import datasets
        >>> plan = datasets.load("east-midlands-2022-25")
        >>> figures = datasets.observations("england-and-wales")
        >>> housed = plan.target("housed-on-release-by-july-2023")
        >>> result = evaluate(housed, figures, as_of="2024-08-01", area="England and Wales")
        >>> fields = result.to_dict()
        >>> fields["status"], fields["gap"], fields["gap_value"], fields["latest"]["period"]
        ('missed', '3.7 percentage points', 3.7, '2022/23')

        Args:
            document_of: Returns the document that a figure cites, whose title, publisher and
                address the mapping then has. Default: no document is known.
        """
        return self.layout.to_dict(_row(self, document_of))

    def to_table(self, *, document_of: DocumentOf | None = None) -> Table[Any]:
        """Return the evaluation as a table of one row, which knows its columns."""
        return Table(self.layout, (_row(self, document_of),))

    def explain(self, length: Length = "sentence") -> str:
        """Return the evaluation in plain English, claiming no more than the evidence.

        Args:
            length: ``"badge"`` for two or three words, ``"sentence"`` for one sentence,
                ``"paragraph"`` for everything, with figures, periods and cautions.

        Raises:
            UnknownNameError: The length is not known.
        """
        return explain(self.assessment, length)


def _row(result: Evaluation, document_of: DocumentOf | None) -> AssessedRow:
    row = AssessedRow(result.assessment)
    return row if document_of is None else attrs.evolve(row, document_of=document_of)


def assess_evidence(evaluation: Evaluation, *, confidence: float = 0.95) -> Evidence | None:
    """Return the evidence of an evaluation at a confidence.

    Args:
        evaluation: The evaluation of a target.
        confidence: The confidence of intervals, above 0 and below 1.

    Raises:
        ConfidenceError: The confidence is not above 0 and below 1.
    """
    return evaluation.assessment.evidence_at(confidence)


def evaluate(
    target: Target,
    observations: Observations,
    *,
    as_of: date | str,
    area: str | None = None,
    policy: Policy | str = STRAIGHT_LINE,
) -> Evaluation:
    """Assess one target on a day, from the figures published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> figures = datasets.observations("england-and-wales")
    >>> housed = plan.target("housed-on-release-by-july-2023")
    >>> result = evaluate(housed, figures, as_of=date(2024, 8, 1), area="England and Wales")
    >>> result.status, result.gap
    (<Status.MISSED: 'missed'>, PercentagePoints('3.7'))

    Args:
        target: The target; it carries its measure.
        observations: Observations of any measures and areas, and completions of milestones: an
            :class:`~rrmodel.model.ObservationSet` or any iterable.
        as_of: The day of the assessment: a date, a datetime or a text such as ``"2024-08-01"``.
        area: The area to assess. Default: the target's own; another is a comparator.
        policy: The policy that grades the target before its deadline, or its name. Default: the
            straight line.

    Raises:
        PeriodError: ``as_of`` is not a day.
        UnknownNameError: There is no such policy, or neither the target nor any figure has the
            area.
        RecordError: ``observations`` holds something that is not an observation.
    """
    day, index = parse_day(as_of), ObservationIndex.of(observations)
    place = target.area if area is None else check_area(area, [target.area], index)
    return Evaluation(assess(target, index, as_of=day, area=place, policy=find_policy(policy)))


def evaluate_over(
    target: Target,
    observations: Observations,
    days: Iterable[date | str],
    *,
    area: str | None = None,
    policy: Policy | str = STRAIGHT_LINE,
) -> tuple[Evaluation, ...]:
    """Assess one target on several days, each from what had been published by then.

    >>> from datetime import date
    >>> from rrmodel import datasets
    >>> plan = datasets.load("east-midlands-2022-25")
    >>> employed = plan.target("employed-six-weeks-after-release-by-july-2023")
    >>> days = [date(2023, 1, 1), date(2023, 8, 1), date(2024, 8, 1)]
    >>> figures = datasets.observations("england-and-wales")
    >>> for result in evaluate_over(employed, figures, days, area="England and Wales"):
    ...     print(result.as_of, result.explain("badge"))
    2023-01-01 No data
    2023-08-01 Not comparable
    2024-08-01 Missed on the figures

    Args:
        target: The target; it carries its measure.
        observations: Observations of any measures and areas, and completions of milestones.
        days: The days of the assessments, in any order.
        area: The area to assess. Default: the target's own; another is a comparator.
        policy: The policy that grades the target before its deadline, or its name.

    Returns:
        One evaluation for each day, in the order given.
    """
    index = ObservationIndex.of(observations)
    return tuple(evaluate(target, index, as_of=day, area=area, policy=policy) for day in days)


def check_area(area: str, known: Iterable[str], index: ObservationIndex) -> str:
    """Return an area that a target or a figure has, as it is spelt there.

    Where there is no figure at all, any area is accepted.

    Args:
        area: The area asked for.
        known: The areas of targets.
        index: The observations.

    Raises:
        UnknownNameError: No target and no figure has the area, or only in another spelling.
    """
    # An accent may be a character or a part of one: names that look the same are the same.
    of_targets, composed = sorted(set(known)), unicodedata.normalize("NFC", area)
    for each in (*of_targets, *sorted(index.areas)):
        if unicodedata.normalize("NFC", each) == composed:
            return each
    if not index.areas:
        return area
    areas = {*of_targets, *index.areas}
    similar = [each for each in sorted(areas) if normal_form(each) == normal_form(area)]
    advice = f"did you mean {similar[0]!r}?" if similar else did_you_mean(area, sorted(areas))
    raise UnknownNameError(f"no target and no figure has the area {area!r}: {advice}")
