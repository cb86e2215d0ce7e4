"""What a command answers."""

from __future__ import annotations

import attrs

__all__ = ["Answer"]


@attrs.frozen
class Answer:
    """What a command prints, and how it ends."""

    text: str
    code: int = 0
