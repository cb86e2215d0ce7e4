"""Numbers of results: the nearest binary one beside the exact text."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from rrmodel.quantities import AnyQuantity, write_quantity
from rrmodel.records._layouts import Field

__all__ = ["fraction", "nearest_number", "quantity"]

_SubjectT = TypeVar("_SubjectT")


def nearest_number(value: Fraction | None) -> float | None:
    """Return the nearest binary number; ``None`` for none, and where it would be too large.

    >>> nearest_number(Fraction(1, 3)), nearest_number(Fraction(10**400))
    (0.3333333333333333, None)
    """
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def quantity(
    name: str,
    description: str,
    get: Callable[[_SubjectT], AnyQuantity | None],
    *,
    is_optional: bool = True,
    value_name: str | None = None,
) -> tuple[Field[_SubjectT], Field[_SubjectT]]:
    """Return the two fields of a quantity: its exact text, and the nearest binary number.

    Args:
        name: The name of the text.
        description: Its meaning.
        get: Reads it from a result.
        is_optional: Whether it may be null.
        value_name: The name of the number. Default: the name of the text, then ``_value``.
    """

    def text(subject: _SubjectT) -> str | None:
        exact_quantity = get(subject)
        return None if exact_quantity is None else write_quantity(exact_quantity)

    def number(subject: _SubjectT) -> float | None:
        exact_quantity = get(subject)
        return None if exact_quantity is None else nearest_number(exact_quantity.value)

    return (
        Field(
            name,
            "text",
            f"{description}, as exact text.",
            text,
            is_optional=is_optional,
            number=value_name or f"{name}_value",
        ),
        Field(
            value_name or f"{name}_value",
            "number",
            f"{description}, as the nearest binary number.",
            number,
            is_optional=True,
        ),
    )


def fraction(
    name: str,
    description: str,
    get: Callable[[_SubjectT], Fraction | None],
    *,
    is_optional: bool = True,
) -> tuple[Field[_SubjectT], Field[_SubjectT]]:
    """Return the two fields of a share or another bare number: its exact text and a number.

    Args:
        name: The name of the text; that of the number is followed by ``_value``.
        description: Its meaning.
        get: Reads it from a result.
        is_optional: Whether it may be null.
    """

    def text(subject: _SubjectT) -> str | None:
        number = get(subject)
        return None if number is None else str(number)

    return (
        Field(
            name,
            "text",
            f"{description}, as a fraction such as `5/8`.",
            text,
            is_optional=is_optional,
            number=f"{name}_value",
        ),
        Field(
            f"{name}_value",
            "number",
            f"{description}, as the nearest binary number.",
            lambda subject: nearest_number(get(subject)),
            is_optional=True,
        ),
    )
