"""The arithmetic that formulas use, so that one formula serves numbers and columns of a frame."""

from __future__ import annotations

from typing import Any, Protocol, Self, TypeVar

__all__ = ["Arithmetic", "ArithmeticT"]


class Arithmetic(Protocol):
    """A number, or a column of numbers."""

    def __add__(self, other: Any, /) -> Self: ...  # noqa: ANN401 - a number or the same kind
    def __sub__(self, other: Any, /) -> Self: ...  # noqa: ANN401
    def __mul__(self, other: Any, /) -> Self: ...  # noqa: ANN401
    def __rmul__(self, other: Any, /) -> Self: ...  # noqa: ANN401
    def __truediv__(self, other: Any, /) -> Self: ...  # noqa: ANN401


ArithmeticT = TypeVar("ArithmeticT", bound=Arithmetic)
