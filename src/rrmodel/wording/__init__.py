"""Targets and facts as plans word them, read into typed records, and targets put into words.

:func:`parse_target` reads one sentence. It answers with one reading (:class:`Parsed`), with the
readings of a sentence that can be taken in two ways (:class:`Ambiguous`), or with the reason why it
is not a target (:class:`NotATarget`). :func:`render` is the inverse: it puts a target into a sentence.
"""

from __future__ import annotations

from rrmodel.wording._fields import (
    Bound,
    Context,
    Direction,
    Field,
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
from rrmodel.wording._readings import Ambiguous, NotATarget, Parsed, Reading, Result
from rrmodel.wording._refusals import Mode
from rrmodel.wording._rendering import render
from rrmodel.wording._vocabulary import Vocabulary

__all__ = [
    "Ambiguous",
    "Bound",
    "Context",
    "Direction",
    "Field",
    "Figure",
    "FigureKind",
    "Mention",
    "Mode",
    "NoTargetReason",
    "NotATarget",
    "Origin",
    "Parsed",
    "Reading",
    "ReadingKind",
    "ReadingProblem",
    "Result",
    "Role",
    "Span",
    "Step",
    "Vocabulary",
    "parse_target",
    "render",
]
