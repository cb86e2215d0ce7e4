"""Published figures that belong together, and the order in which an assessment looks them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import ClassVar, TypeAlias, cast

import attrs

from rrmodel.errors import PlanError, RecordError
from rrmodel.model._fields import require_text
from rrmodel.model._measures import Completion, Measure, Observation
from rrmodel.model._names import normal_form
from rrmodel.model._references import cited_documents, duplicates, unknown, walk
from rrmodel.model._sources import Document
from rrmodel.records import Field, Layout, PydanticRecord, Table, Tabular, short_repr

__all__ = [
    "MeasureObservations",
    "ObservationIndex",
    "ObservationSet",
    "Observations",
    "document_of",
]

_BY_LAST_DAY = attrgetter("period.last_day")


@attrs.frozen(eq=False, repr=False)
class MeasureObservations:
    """The observations of one measure, by area."""

    observations: tuple[Observation, ...]
    """All of them, in the order given."""

    def __repr__(self) -> str:
        return short_repr(self, observations=self.observations)

    @cached_property
    def _by_area(self) -> Mapping[str, tuple[Observation, ...]]:
        groups: defaultdict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            groups[normal_form(observation.area)].append(observation)
        return {area: tuple(sorted(group, key=_BY_LAST_DAY)) for area, group in groups.items()}

    def of(self, area: str) -> tuple[Observation, ...]:
        """Return the observations of an area, by the last day of their periods, earliest first."""
        return self._by_area.get(normal_form(area), ())

    def elsewhere(self, area: str) -> Iterator[Observation]:
        """Yield the observations of every other area, in the order given."""
        own = normal_form(area)
        return (
            observation for observation in self.observations if normal_form(observation.area) != own
        )


_NONE = MeasureObservations(())


@attrs.frozen(eq=False, repr=False)
class ObservationIndex:
    """Observations grouped once by measure and area, so that assessments need not search them.

    Names of measures and areas are compared in :func:`normal_form`. The index of an
    :class:`ObservationSet` is made on first use; :meth:`of` makes that of any observations.

    >>> from rrmodel import datasets
    >>> index = ObservationIndex.of(datasets.observations("england-and-wales"))
    >>> housed = index.measure("housed-on-release")
    >>> [str(observation.period) for observation in housed.of("England and Wales")]
    ['2022/23', 'March 2023', '2023/24', '2024/25']
    """

    _measures: Mapping[str, MeasureObservations]
    _completions: Mapping[str, tuple[Completion, ...]]

    def __repr__(self) -> str:
        return short_repr(self, measures=tuple(self._measures), areas=len(self.areas))

    @classmethod
    def of(cls, reports: Observations) -> ObservationIndex:
        """Return the index of observations and completions; of one that is an index, itself.

        Args:
            reports: Observations of any measures and areas, and completions of milestones: an
                :class:`ObservationSet`, an index or any iterable.

        Raises:
            RecordError: The value is not iterable, or contains anything else.
        """
        if isinstance(reports, ObservationIndex):
            return reports
        if isinstance(reports, ObservationSet):
            return reports.index
        if hasattr(reports, "columns") or not hasattr(reports, "__iter__"):
            raise RecordError(_wrong_kind(reports))
        measures: defaultdict[str, list[Observation]] = defaultdict(list)
        completions: defaultdict[str, list[Completion]] = defaultdict(list)
        for report in cast("Iterable[object]", reports):
            if isinstance(report, Observation):
                measures[normal_form(report.measure)].append(report)
            elif isinstance(report, Completion):
                completions[report.target].append(report)
            else:
                raise RecordError(_wrong_kind(report))
        return cls(
            {key: MeasureObservations(tuple(group)) for key, group in measures.items()},
            {target: tuple(group) for target, group in completions.items()},
        )

    def measure(self, measure: str) -> MeasureObservations:
        """Return the observations of a measure, by its id."""
        return self._measures.get(normal_form(measure), _NONE)

    def completions(self, target: str) -> tuple[Completion, ...]:
        """Return the completions of a milestone, by the id of its target."""
        return self._completions.get(target, ())

    @cached_property
    def areas(self) -> frozenset[str]:
        """The area of every observation, as it is written."""
        return frozenset(
            observation.area
            for group in self._measures.values()
            for observation in group.observations
        )


def _wrong_kind(value: object) -> str:
    advice = (
        "read a data frame with rrmodel.frames.observations"
        if isinstance(value, str) or hasattr(value, "columns")
        else "give an ObservationSet, or observations and completions"
    )
    return f"{type(value).__name__!r} is not an observation: {advice}"


_SET: Layout[ObservationSet] = Layout(
    "observation_set",
    "Published figures that belong together.",
    (
        Field("id", "text", "The name of the set.", lambda one: one.id),
        Field("title", "text", "Its title.", lambda one: one.title),
        Field(
            "observations",
            "records",
            "Its figures, in order.",
            lambda one: one.observations,
            of=Observation.layout,
        ),
        Field(
            "completions",
            "records",
            "The milestones reported as completed.",
            lambda one: one.completions,
            of=Completion.layout,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class ObservationSet(PydanticRecord, Tabular):
    """Published figures that belong together, with the measures and documents that they name.

    A set is iterable (its observations, then its completions), sized and indexed, and is accepted
    wherever observations are.

    >>> from rrmodel import datasets
    >>> figures = datasets.observation_set("england-and-wales")
    >>> len(figures) == len(list(figures))
    True

    Raises:
        PlanError: An id is used twice, or an observation names a measure or document that the set
            lacks. All problems are reported at once.
    """

    id: str = attrs.field(validator=require_text)
    """The name of the set."""
    title: str = attrs.field(validator=require_text)
    """Its title."""
    documents: tuple[Document, ...] = ()
    """The documents cited."""
    measures: tuple[Measure, ...] = ()
    """The measures observed."""
    observations: tuple[Observation, ...] = ()
    """The figures."""
    completions: tuple[Completion, ...] = ()
    """Milestones reported as completed."""

    layout: ClassVar[Layout[ObservationSet]] = _SET
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the observations."""

    def __attrs_post_init__(self) -> None:
        measures = [measure.id for measure in self.measures]
        known = frozenset(measures)
        problems = [
            *duplicates("$.documents", [document.id for document in self.documents]),
            *duplicates("$.measures", measures),
            *duplicates("$.observations", [observation.id for observation in self.observations]),
            *(() if self._cites_its_documents() else cited_documents(walk(self), self.documents)),
            *(
                problem
                for place, observation in enumerate(self.observations)
                if observation.measure not in known
                for problem in unknown(
                    f"$.observations[{place}].measure", "measure", observation.measure, measures
                )
            ),
        ]
        if problems:
            raise PlanError(problems)

    def _cites_its_documents(self) -> bool:
        """Return whether every citation is of a document of the set, without a walk to each."""
        known = {document.id for document in self.documents}
        citations = {
            *(each.citation for each in self.measures),
            *(each.citation for each in self.observations),
            *(each.citation for each in self.completions),
        }
        return all(each is None or each.document in known for each in citations)

    @cached_property
    def index(self) -> ObservationIndex:
        """The observations and completions by measure and area, grouped once."""
        return ObservationIndex.of(tuple(self))

    def __iter__(self) -> Iterator[Observation | Completion]:
        yield from self.observations
        yield from self.completions

    def __len__(self) -> int:
        return len(self.observations) + len(self.completions)

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            title=self.title,
            observations=self.observations,
            completions=self.completions,
            measures=self.measures,
            documents=self.documents,
        )

    def to_table(self) -> Table[Observation]:
        """Return its observations as a table, which knows their columns."""
        return Table(Observation.layout, self.observations, caption=self.title)


Observations: TypeAlias = ObservationSet | ObservationIndex | Iterable[Observation | Completion]
"""Observations of any measures and areas, and completions of milestones: a set, an index of them,
or any iterable."""


def document_of(observation: Observation, sets: Sequence[ObservationSet]) -> Document | None:
    """Return the document that an observation cites; ``None`` if it cites none that is known.

    >>> from rrmodel import datasets
    >>> figures = datasets.observation_set("england-and-wales")
    >>> document_of(figures.observations[0], [figures]).publisher
    'Ministry of Justice'

    Args:
        observation: The observation.
        sets: The sets to look in. If two give one id to two documents, the set that has the
            observation decides.
    """
    if observation.citation is None:
        return None
    homes = [each for each in sets if observation in each.observations] or sets
    known = {each.id: each for home in reversed(homes) for each in home.documents}
    return known.get(observation.citation.document)
