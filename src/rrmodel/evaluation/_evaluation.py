"""What is said of one promise on a day: the answer, its numbers, its evidence and its reasons."""

from __future__ import annotations

import attrs

from rrmodel.evaluation._evidence import Evidence, weigh_evidence
from rrmodel.evaluation._explanation import Length, explain
from rrmodel.evaluation._reasons import deciding_reasons, reasons
from rrmodel.evaluation._standing import Standing

__all__ = ["Evaluation"]


@attrs.frozen(kw_only=True)
class Evaluation(Standing):
    """The judgement of one promise on a day, with the figures that it rests on.

    Numbers, evidence and words are worked out when they are asked for. A number that is undefined
    is ``None``, never zero, and the reasons say why.
    """

    @property
    def evidence(self) -> Evidence | None:
        """How far the figures show that the promise is kept or not, at 95% confidence.

        A second answer: it never changes :attr:`status`. ``None`` without a goal in per cent, and
        where no figure decides. For another confidence, see :func:`weigh_evidence`.
        """
        return weigh_evidence(self)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the status is what it is, in short sentences, the most telling first."""
        return tuple(reasons(self))

    @property
    def deciding_reasons(self) -> tuple[str, ...]:
        """Those reasons without which the status cannot be understood."""
        return tuple(deciding_reasons(self))

    def explain(self, length: Length = "sentence") -> str:
        """Return the judgement in plain English, claiming no more than the evidence.

        Args:
            length: ``"badge"`` for two or three words, ``"sentence"`` for one, ``"paragraph"`` for
                all, with figures, periods and cautions.

        Raises:
            UnknownNameError: There is no such length.
        """
        return explain(self, length)
