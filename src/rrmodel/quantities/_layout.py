"""Format specs: Python's own, with a letter for the form in which a quantity is printed."""

from __future__ import annotations

import re

import attrs

from rrmodel.errors import QuantityError
from rrmodel.quantities._rounding import check_places

__all__ = ["Layout", "read_spec"]

_SPEC = re.compile(
    r"""(?:(?P<fill>.)?(?P<align>[<>^=]))?
        (?P<sign>[-+ ])?
        (?P<zeros>0)?
        (?P<width>[1-9][0-9]{0,3})?
        (?P<comma>,)?
        (?:\.(?P<places>[0-9]{1,2}))?
        (?P<form>[a-z%]?)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)


@attrs.frozen
class Layout:
    """How one quantity is printed."""

    fill: str
    align: str
    sign: str
    """The sign of a number above zero: ``+``, a space or nothing."""
    width: int
    comma: str
    """The separator of thousands: ``,`` or nothing."""
    places: int | None
    form: str

    def number_spec(self, places: int) -> str:
        """Return Python's own spec for the number alone."""
        return f"{self.fill}{self.align}{self.sign}{self.width or ''}{self.comma}.{places}f"

    def placed(self, text: str) -> str:
        """Return the text in its width; as for other numbers, to the right unless it is stated."""
        return format(text, f"{self.fill}{self.align}{self.width or ''}")


def read_spec(spec: str, forms: str, kind: str, *, signed: bool) -> Layout:
    """Read a format spec.

    Args:
        spec: The spec, such as ``>12.1w``.
        forms: The letters that the kind has; the first is its form by default.
        kind: The kind's name, for a message.
        signed: Whether the kind may be printed with a plus sign.

    Raises:
        QuantityError: The spec is not one that the kind has.
    """
    match = _SPEC.fullmatch(spec)
    form = (match["form"] or forms[0]) if match else ""
    sign = (match["sign"] or "").strip("-") if match else ""
    zeros = match is not None and (match["zeros"] is not None or match["align"] == "=")
    if (
        match is None
        or form not in f"{forms}f"
        or (form != "f" and (zeros or (sign and not signed)))
    ):
        raise QuantityError(
            f"{spec!r} does not print {kind}: write a fill and one of < > ^, "
            f"{'a +, ' if signed else ''}a width, an optional .1 for decimals and one of "
            f"{', '.join(forms)}, or Python's f for the number alone, each of them optional"
        )
    return Layout(
        fill=match["fill"] or ("0" if match["zeros"] else ""),
        align=match["align"] or ("=" if match["zeros"] else ">"),
        sign=sign,
        width=int(match["width"] or 0),
        comma=match["comma"] or "",
        places=check_places(int(match["places"])) if match["places"] else None,
        form=form,
    )
