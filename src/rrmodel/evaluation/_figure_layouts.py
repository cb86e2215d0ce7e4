"""The fields of the figures within an evaluation, and of their sources."""

from __future__ import annotations

from typing import get_args

import attrs

from rrmodel.model import Citation, Document, Observation
from rrmodel.periods import PeriodKind
from rrmodel.quantities import Level
from rrmodel.records import Field, Layout, quantity

__all__ = ["LATEST", "Latest"]


@attrs.frozen
class Latest:
    """The figure that decides, its series and its document."""

    observation: Observation
    series: str | None
    document: Document | None

    @property
    def source(self) -> Source | None:
        citation = self.observation.citation
        return None if citation is None else Source(citation, self.document)


@attrs.frozen
class Source:
    """Where a figure was read."""

    citation: Citation
    document: Document | None


def _level(latest: Latest) -> Level | None:
    return latest.observation.level


_SOURCE: Layout[Source] = Layout(
    "source",
    "Where a figure was read.",
    (
        Field("document", "text", "The id of the document.", lambda one: one.citation.document),
        Field(
            "title",
            "text",
            "Its title, where the document is known.",
            lambda one: one.document and one.document.title,
            is_optional=True,
        ),
        Field(
            "publisher",
            "text",
            "Its publisher, where the document is known.",
            lambda one: one.document and one.document.publisher,
            is_optional=True,
        ),
        Field(
            "url",
            "text",
            "Its address, where the document is known.",
            lambda one: one.document and one.document.url,
            is_optional=True,
        ),
        Field(
            "section",
            "text",
            "The heading above the figure.",
            lambda one: one.citation.section,
            is_optional=True,
        ),
        Field(
            "item",
            "text",
            "The row or paragraph of the figure.",
            lambda one: one.citation.item,
            is_optional=True,
        ),
    ),
)
LATEST: Layout[Latest] = Layout(
    "latest",
    "The figure that decides.",
    (
        Field(
            "id",
            "text",
            "Its name, where it has one.",
            lambda one: one.observation.id,
            is_optional=True,
        ),
        *quantity("level", "Its level", _level, value_name="value"),
        Field(
            "period", "text", "The period it describes.", lambda one: str(one.observation.period)
        ),
        Field(
            "period_kind",
            "text",
            "The kind of that period.",
            lambda one: one.observation.period.kind,
            choose_from=lambda: get_args(PeriodKind),
        ),
        Field(
            "first_day",
            "day",
            "The first day of that period.",
            lambda one: one.observation.period.first_day,
        ),
        Field(
            "last_day",
            "day",
            "The last day of that period.",
            lambda one: one.observation.period.last_day,
        ),
        Field(
            "numerator",
            "whole",
            "How many had the outcome, where counts are published.",
            lambda one: one.observation.counts and one.observation.counts.numerator,
            is_optional=True,
        ),
        Field(
            "denominator",
            "whole",
            "Out of how many.",
            lambda one: one.observation.counts and one.observation.counts.denominator,
            is_optional=True,
        ),
        Field(
            "published",
            "day",
            "The day it was published, where that is known.",
            lambda one: one.observation.published,
            is_optional=True,
        ),
        Field(
            "series", "text", "The code of its series.", lambda one: one.series, is_optional=True
        ),
        Field(
            "marks",
            "texts",
            "The publisher's notes on it, and ours.",
            lambda one: [mark.value for mark in one.observation.marks],
        ),
        Field(
            "source",
            "record",
            "Where it was read; null without a citation.",
            lambda one: one.source,
            is_optional=True,
            of=_SOURCE,
        ),
    ),
)
