"""Lists of pathways, and how one list maps onto another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, get_args

import attrs

from rrmodel.errors import PlanError, Problem, UnknownNameError, did_you_mean
from rrmodel.model._fields import optional_text, require_text
from rrmodel.model._references import cited_documents, duplicates, find, unknown, walk
from rrmodel.model._sources import Citation, Document
from rrmodel.records import Field, Layout, PydanticRecord, Table, Tabular, short_repr

__all__ = [
    "Correspondence",
    "Crosswalk",
    "PathwayScheme",
    "PathwaySchemes",
    "SchemePathway",
    "Strength",
]

Strength = Literal["exact", "close", "broad", "narrow", "related"]
"""How two pathways correspond, in the words of SKOS: ``broad`` means that the pathway of the other
scheme is broader, ``narrow`` that only a narrower part of it matches."""


@attrs.frozen(kw_only=True)
class SchemePathway(PydanticRecord):
    """One pathway of a scheme."""

    id: str = attrs.field(validator=require_text)
    """The name that crosswalks use."""
    name: str = attrs.field(validator=require_text)
    """Its name."""


@attrs.frozen(kw_only=True, repr=False)
class PathwayScheme(PydanticRecord):
    """A list of pathways that plans are organised by; there are several."""

    id: str = attrs.field(validator=require_text)
    """The name that plans and crosswalks use."""
    name: str = attrs.field(validator=require_text)
    """Its name."""
    citation: Citation
    """Where it was read."""
    pathways: tuple[SchemePathway, ...]
    """Its pathways, in its own order."""

    def __repr__(self) -> str:
        return short_repr(self, self.id, name=self.name, pathways=self.pathways)


_CORRESPONDENCE: Layout[Correspondence] = Layout(
    "correspondence",
    "The mapping of a pathway to one of another scheme.",
    (
        Field("source", "text", "The pathway of the crosswalk's source.", lambda one: one.source),
        Field(
            "target",
            "text",
            "The pathway of its target; null if none corresponds.",
            lambda one: one.target,
            is_optional=True,
        ),
        Field(
            "strength",
            "text",
            "How closely they correspond; null if they do not.",
            lambda one: one.strength,
            is_optional=True,
            choose_from=lambda: get_args(Strength),
        ),
        Field("part", "flag", "Whether only a part corresponds.", lambda one: one.part),
        Field("reason", "text", "Why.", lambda one: one.reason),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Correspondence(PydanticRecord, Tabular):
    """How a pathway corresponds to one of another scheme, or that it corresponds to none."""

    source: str = attrs.field(validator=require_text)
    """The pathway in the scheme that is mapped."""
    target: str | None = attrs.field(default=None, validator=optional_text)
    """The pathway in the scheme that it is mapped onto; ``None`` if no pathway corresponds."""
    strength: Strength | None = None
    """How well they correspond; ``None`` only where there is no target."""
    part: bool = False
    """Whether the source corresponds to a part of the target only."""
    reason: str = attrs.field(validator=require_text)
    """The reason, in a sentence of ours."""

    layout: ClassVar[Layout[Correspondence]] = _CORRESPONDENCE
    """The fields of :meth:`to_dict`."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.source,
            target=self.target,
            strength=self.strength,
            part=self.part,
            reason=self.reason,
        )


_CROSSWALK: Layout[Crosswalk] = Layout(
    "crosswalk",
    "The mapping of one scheme's pathways onto another's.",
    (
        Field("id", "text", "Its name.", lambda one: one.id),
        Field("source", "text", "The id of the scheme that is mapped.", lambda one: one.source),
        Field("target", "text", "The id of the other scheme.", lambda one: one.target),
        Field(
            "correspondences",
            "records",
            "The correspondences of the pathways.",
            lambda one: one.correspondences,
            of=Correspondence.layout,
        ),
    ),
)


@attrs.frozen(kw_only=True, repr=False)
class Crosswalk(PydanticRecord, Tabular):
    """The mapping of one scheme's pathways onto another's: many-to-many, and lossy."""

    id: str = attrs.field(validator=require_text)
    """Its name."""
    source: str = attrs.field(validator=require_text)
    """The id of the scheme that is mapped."""
    target: str = attrs.field(validator=require_text)
    """The id of the scheme that it is mapped onto."""
    correspondences: tuple[Correspondence, ...]
    """Every pathway of the source, at least once."""

    layout: ClassVar[Layout[Crosswalk]] = _CROSSWALK
    """The fields of :meth:`to_dict`; the rows of :meth:`to_records` are the correspondences."""

    def __repr__(self) -> str:
        return short_repr(
            self,
            self.id,
            source=self.source,
            target=self.target,
            correspondences=self.correspondences,
        )

    def to_table(self) -> Table[Correspondence]:
        """Return its correspondences as a table, which knows their columns."""
        caption = f"{self.source} mapped onto {self.target}"
        return Table(Correspondence.layout, self.correspondences, caption=caption)

    def of(self, pathway: str) -> tuple[Correspondence, ...]:
        """Return the correspondences of a pathway of the source scheme."""
        return tuple(
            correspondence
            for correspondence in self.correspondences
            if correspondence.source == pathway
        )


@attrs.frozen(kw_only=True, repr=False)
class PathwaySchemes(PydanticRecord):
    """Pathway schemes, and the crosswalks between them.

    Raises:
        PlanError: A crosswalk names an unknown scheme or pathway, has no correspondence for a
            pathway of its source, or has one without its strength. All problems are reported at
            once.
    """

    documents: tuple[Document, ...]
    """The documents cited."""
    schemes: tuple[PathwayScheme, ...]
    """The schemes, oldest first."""
    crosswalks: tuple[Crosswalk, ...] = ()
    """The mappings between them."""

    def __repr__(self) -> str:
        return short_repr(
            self, schemes=self.schemes, crosswalks=self.crosswalks, documents=self.documents
        )

    def __attrs_post_init__(self) -> None:
        problems = [
            *duplicates("$.documents", [document.id for document in self.documents]),
            *duplicates("$.schemes", [scheme.id for scheme in self.schemes]),
            *duplicates("$.crosswalks", [crosswalk.id for crosswalk in self.crosswalks]),
            *cited_documents(walk(self), self.documents),
            *(
                problem
                for place, scheme in enumerate(self.schemes)
                for problem in duplicates(
                    f"$.schemes[{place}].pathways", [pathway.id for pathway in scheme.pathways]
                )
            ),
            *(
                problem
                for place, crosswalk in enumerate(self.crosswalks)
                for problem in self._crosswalk_problems(f"$.crosswalks[{place}]", crosswalk)
            ),
        ]
        if problems:
            raise PlanError(problems)

    def _crosswalk_problems(self, path: str, crosswalk: Crosswalk) -> Iterator[Problem]:
        pathways = {
            scheme.id: [pathway.id for pathway in scheme.pathways] for scheme in self.schemes
        }
        yield from unknown(f"{path}.source", "scheme", crosswalk.source, pathways)
        yield from unknown(f"{path}.target", "scheme", crosswalk.target, pathways)
        sources = pathways.get(crosswalk.source, [])
        for place, correspondence in enumerate(crosswalk.correspondences):
            here = f"{path}.correspondences[{place}]"
            yield from unknown(f"{here}.source", "pathway", correspondence.source, sources)
            if correspondence.target is not None:
                known = pathways.get(crosswalk.target, [])
                yield from unknown(f"{here}.target", "pathway", correspondence.target, known)
            if (correspondence.target is None) != (correspondence.strength is None):
                yield Problem(
                    "the correspondence has only one of target and strength: give both or neither",
                    f"{here}.strength",
                )
        for pathway in sources:
            if not crosswalk.of(pathway):
                yield Problem(
                    f"the pathway {pathway!r} has no correspondence: give one, without a target if "
                    "it corresponds to nothing",
                    f"{path}.correspondences",
                )

    def scheme(self, name: str) -> PathwayScheme:
        """Return the scheme of that id.

        Raises:
            UnknownNameError: There is none.
        """
        return find("scheme", name, self.schemes)

    def crosswalk(self, source: str, target: str) -> Crosswalk:
        """Return the crosswalk from one scheme to another.

        Raises:
            UnknownNameError: There is none.
        """
        for crosswalk in self.crosswalks:
            if (crosswalk.source, crosswalk.target) == (source, target):
                return crosswalk
        known = [f"{crosswalk.source} to {crosswalk.target}" for crosswalk in self.crosswalks]
        wanted = f"{source} to {target}"
        raise UnknownNameError(f"there is no crosswalk {wanted}: {did_you_mean(wanted, known)}")
