"""Targets and facts as plans word them, read into typed records, and targets put into words.

:func:`parse_target` reads one sentence. It answers with one reading (:class:`Parsed`), with the
readings of a sentence that can be taken in two ways (:class:`Ambiguous`), or with the reason why it
is not a target (:class:`NotATarget`). :func:`render` is the inverse: it puts a target into a
sentence.

:func:`parse_plan` reads a whole document, in text, Markdown, HTML, DOCX or PDF, as a plan.

In running text, :func:`read_figures` reads figures with their hedges, dates and parts,
:func:`dates_in` dates, and :func:`find_partners` the names of partners; :func:`split_names` takes a
list of names inside one entry apart.
"""

from __future__ import annotations

from rrmodel.wording._documents import DocumentFormat
from rrmodel.wording._facts import StatedFigure, dates_in, read_figures
from rrmodel.wording._fields import (
    Context,
    Direction,
    Field,
    GoalBound,
    Mention,
    NoTargetReason,
    Origin,
    ReadingKind,
    ReadingProblem,
    Role,
    Span,
    Step,
)
from rrmodel.wording._figures import Figure, FigureKind
from rrmodel.wording._parse import parse_target
from rrmodel.wording._parse_plan import parse_plan
from rrmodel.wording._partner_names import PartnerMention, find_partners, split_names
from rrmodel.wording._plan._corrections import KeptCorrections, keep_corrections
from rrmodel.wording._plan._headings import Headings, SectionRole
from rrmodel.wording._plan._questions import OpenQuestion, QuestionKind, UnplacedLine
from rrmodel.wording._plan._result import LineCounts, ParsedPlan, PartnerCandidate, ReadLine
from rrmodel.wording._readings import Reading
from rrmodel.wording._refusals import Mode
from rrmodel.wording._rendering import render
from rrmodel.wording._results import Ambiguous, NotATarget, Parsed, Result
from rrmodel.wording._vocabulary import Vocabulary

__all__ = [
    "Ambiguous",
    "Context",
    "Direction",
    "DocumentFormat",
    "Field",
    "Figure",
    "FigureKind",
    "GoalBound",
    "Headings",
    "KeptCorrections",
    "LineCounts",
    "Mention",
    "Mode",
    "NoTargetReason",
    "NotATarget",
    "OpenQuestion",
    "Origin",
    "Parsed",
    "ParsedPlan",
    "PartnerCandidate",
    "PartnerMention",
    "QuestionKind",
    "ReadLine",
    "Reading",
    "ReadingKind",
    "ReadingProblem",
    "Result",
    "Role",
    "SectionRole",
    "Span",
    "StatedFigure",
    "Step",
    "UnplacedLine",
    "Vocabulary",
    "dates_in",
    "find_partners",
    "keep_corrections",
    "parse_plan",
    "parse_target",
    "read_figures",
    "render",
    "split_names",
]
