"""The reader of whole documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from rrmodel.model import Measure
from rrmodel.wording._documents import DocumentFormat, read_source
from rrmodel.wording._plan._headings import Headings
from rrmodel.wording._plan._placing import place
from rrmodel.wording._plan._result import ParsedPlan
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["parse_plan"]


def parse_plan(
    document: str | bytes | os.PathLike[str],
    *,
    format: DocumentFormat | None = None,  # noqa: A002 -- the word of the trade
    headings: Headings = Headings(),  # noqa: B008 -- a frozen record
    vocabulary: Vocabulary = Vocabulary(),  # noqa: B008 -- a frozen record
    measures: Iterable[Measure] = (),
    progress: Callable[[int, int], None] | None = None,
) -> ParsedPlan:
    r"""Read a published document as a plan.

    Headings and shape decide which part of a plan a text is, never its position. The same document
    gives the same plan. No value is guessed silently: each that is inherited, derived or in
    question is among ``findings``, and each statement without a place among ``unplaced``.

    >>> parsed = parse_plan('''# Kent Reducing Reoffending Plan 2022-25
    ... ## Accommodation
    ... ### Targets
    ... - By July 2023, increase the share housed on release by 8 percentage points from 82% in
    ...   March 2022
    ... ''')
    >>> target, = parsed.plan.targets
    >>> target.area, str(target.goal), target.citation.item
    ('Kent', '90%', '1')
    >>> print(parsed.counts)
    1 placed, 0 unplaced, 0 ambiguous

    Args:
        document: The words of the document, the bytes of its file, or its path.
        format: The format. Default: what the file's suffix or its content shows.
        headings: The words of headings to know.
        vocabulary: The words of measures to know, see :meth:`Vocabulary.with_measures`.
        measures: The measures that these words name, besides those of the bundled sets.
        progress: Called with how many blocks of the document are placed, and of how many.

    Raises:
        LoadError: The document cannot be read, is empty, or is a PDF without a text layer.
        MissingExtraError: Its format needs an extra that is not installed.
        RecordError: It is neither a text, nor bytes, nor a path.
        UnknownNameError: There is no such format.
    """
    return place(read_source(document, format), headings, vocabulary, measures, progress)
