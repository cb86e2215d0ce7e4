"""The arithmetic that quantities do not have, refused with advice for each pair.

A quantity starts with every binary operator refusing. The kinds then define the few that mean
something. The refusing ones are set at run time, so that type checkers do not see them and refuse
the same combinations before the program runs.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Number

from rrmodel.errors import BinaryFloatError, MixedQuantityError

__all__ = ["RefusesOperators", "refuse", "shown"]


class RefusesOperators:
    """The start of every quantity: no operator is allowed."""

    __slots__ = ()


def shown(operand: object) -> str:
    """Print an operand for a message, whatever its length."""
    try:
        return str(operand)
    except ValueError:  # an integer beyond the interpreter's limit for printing
        return f"a very long {type(operand).__name__}"


def refuse(left: object, sign: str, right: object) -> None:
    """Raise our error if both operands are quantities or numbers.

    Returns for a stranger, which may know how to treat our kinds, and for the pairs whose right
    operand has the method; the caller then returns ``NotImplemented``.

    Raises:
        MixedQuantityError: The pair does not combine; the message says what to write instead.
        BinaryFloatError: The pair would combine if the number were not a binary float.
    """
    match _kind(left), sign, _kind(right):
        case (
            ("stranger", _, _)
            | (_, _, "stranger")
            | ("PercentagePoints", "+", "Percentage")
            | ("Percentage" | "PercentagePoints" | "Amount", "*", "RelativeChange")
        ):
            return
        case ("PercentagePoints" | "Amount", "*" | "/", "number") if isinstance(right, float):
            raise BinaryFloatError(
                f"{shown(left)} {sign} {right} has a binary float in it: write "
                f"Decimal('{right}') or a Fraction"
            )
        case (_, _, "number"):
            advice = _advice_on_number(right, sign, left)
        case ("number", _, _):
            advice = _advice_on_number(left, sign, right)
        case _:
            advice = _advice_on_pair(left, sign, right)
    raise MixedQuantityError(f"{shown(left)} {sign} {shown(right)} {advice}")


def _kind(operand: object) -> str:
    if isinstance(operand, RefusesOperators):
        return type(operand).__name__
    return "number" if isinstance(operand, Number) else "stranger"


def _advice_on_pair(left: object, sign: str, right: object) -> str:
    match _kind(left), sign, _kind(right):
        case "Percentage", "+", "Percentage":
            return (
                f"adds two levels. If the second is a change, write {_as_points(right)}; "
                "to pool two shares, add their counts and use Percentage.from_counts"
            )
        case "Percentage", "*", "Percentage":
            return (
                "multiplies two levels. For a share of a share, write "
                "Percentage(first.value * second.share)"
            )
        case "Percentage", "/", "Percentage":
            return (
                "divides two levels. Write RelativeChange.between(before, after), "
                "or divide their values"
            )
        case "PercentagePoints", "-", "Percentage":
            return "takes a level from a change. Write level - change"
        case "RelativeChange", _, "RelativeChange":
            return f"combines two relative changes. {_IN_TURN}"
        case "Percentage", "+" | "-", "RelativeChange":
            return _LEVEL_AND_RELATIVE + _as_points(right)
        case "RelativeChange", "+" | "-", "Percentage":
            return _LEVEL_AND_RELATIVE + _as_points(left)
        case ("PercentagePoints", "+" | "-", "RelativeChange") | (
            "RelativeChange",
            "+" | "-",
            "PercentagePoints",
        ):
            return f"mixes points of the whole with a share of the level. {_IN_TURN}"
        case "Amount", "*", "Amount":
            return "multiplies two amounts. Multiply one by the value of the other"
        case "Amount", _, "Amount":
            return (
                f"mixes {getattr(left, 'unit', '')!r} and {getattr(right, 'unit', '')!r}. "
                "Convert one with rrmodel.units.convert"
            )
        case ("Amount" | "PercentagePoints", "*", "Percentage") | (
            "Percentage",
            "*",
            "Amount" | "PercentagePoints",
        ):
            return "takes a share of an amount or a change. Write quantity * level.share"
        case ("Amount", "+" | "-", _) | (_, "+" | "-", "Amount"):
            return (
                "mixes per cent with an amount. Change an amount by an amount of the same unit, "
                "or scale it by a RelativeChange with *"
            )
        case _, "<" | "<=" | ">" | ">=", _:
            return "compares two kinds of quantity. Each is ordered among its own kind only"
        case _:
            return _NO_MEANING


def _advice_on_number(number: object, sign: str, quantity: object) -> str:
    if isinstance(number, bool):
        return f"has {number} in it, which is a truth value, not a number"
    kind, text = _kind(quantity), shown(number)
    match sign, kind:
        case "+" | "-", "Percentage":
            advice = f"PercentagePoints('{text}') for a change or Percentage('{text}') for a level"
        case "*" | "/", "Percentage":
            return (
                "scales a level by a bare number. Write level * RelativeChange('+20%') "
                "for a rise by a fifth, or work with level.value"
            )
        case "+" | "-" | "*" | "/", "RelativeChange":
            return f"changes a relative change. {_IN_TURN}"
        case "+" | "-" | "<" | "<=" | ">" | ">=", _:
            unit = f", {getattr(quantity, 'unit', '')!r}" if kind == "Amount" else ""
            advice = f"{kind}('{text}'{unit})"
        case _:
            return _NO_MEANING
    return f"does not say what {text} is. Write {advice}"


_NO_MEANING = "is not defined. Work with plain numbers: quantity.value"
_IN_TURN = "Apply changes to the level in turn: level * relative + points"
_LEVEL_AND_RELATIVE = (
    "mixes a level and a relative change. Write level * relative to scale the level; "
    "if points are meant, write "
)


def _as_points(quantity: object) -> str:
    return f"PercentagePoints('{quantity:n}')"


def _refusing(sign: str) -> Callable[[object, object], object]:
    def operator(self: object, other: object) -> object:
        refuse(self, sign, other)
        return NotImplemented

    return operator


def _refusing_reflected(sign: str) -> Callable[[object, object], object]:
    def operator(self: object, other: object) -> object:
        refuse(other, sign, self)
        return NotImplemented

    return operator


def _refusing_alone(sign: str) -> Callable[[object], object]:
    def operator(self: object) -> object:
        raise MixedQuantityError(
            f"{sign} does not apply to {self}: only percentage points and amounts have a negative "
            "and a size. The rest of a whole is level.complement"
        )

    return operator


for _name, _sign in {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
}.items():
    setattr(RefusesOperators, f"__{_name}__", _refusing(_sign))
    setattr(RefusesOperators, f"__r{_name}__", _refusing_reflected(_sign))
for _name, _sign in {"neg": "-", "pos": "+", "abs": "abs()"}.items():
    setattr(RefusesOperators, f"__{_name}__", _refusing_alone(_sign))
