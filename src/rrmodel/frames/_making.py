"""Frames made from columns of Python values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias, get_args

from rrmodel.errors import MissingExtraError, UnknownNameError, did_you_mean, requires_extra
from rrmodel.records import FieldKind, Value

__all__ = ["Backend", "check_backend", "first_installed", "make_frame"]

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""The packages whose frames are made."""

_PREFERRED: tuple[Backend, ...] = ("polars", "pandas", "pyarrow")


def check_backend(backend: str | None) -> None:
    """Refuse a name that is not that of a backend.

    Raises:
        UnknownNameError: There is no such backend.
    """
    if backend is not None and backend not in get_args(Backend):
        advice = did_you_mean(backend, get_args(Backend))
        raise UnknownNameError(f"there is no backend {backend!r}: {advice}")


def first_installed(use: str = "A frame", backends: Sequence[Backend] = _PREFERRED) -> Backend:
    """Return the first backend that is installed.

    Raises:
        MissingExtraError: None is.
    """
    for backend in backends:
        if find_spec(backend) is not None:
            return backend
    raise MissingExtraError(use, "polars")


def make_frame(
    columns: Mapping[str, FieldKind], cells: Mapping[str, Sequence[Value]], backend: Backend
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return a frame.

    Args:
        columns: The columns, and what each has.
        cells: The cells of each.
        backend: The package whose frame is made.

    Raises:
        MissingExtraError: The package is not installed.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - loaded late, being heavy

    # pandas needs other types for texts, whole numbers and days, of which some may be missing.
    is_pandas = backend == "pandas"
    kinds: dict[FieldKind, Any] = {
        "number": narwhals.Float64(),
        "whole": narwhals.Object() if is_pandas else narwhals.Int64(),
        "flag": narwhals.Object() if is_pandas else narwhals.Boolean(),
        "day": narwhals.Datetime() if is_pandas else narwhals.Date(),
    }
    text = narwhals.Object() if is_pandas else narwhals.String()
    schema = {name: kinds.get(kind, text) for name, kind in columns.items()}
    named = {name: cells[name] for name in columns}
    with requires_extra(f"A frame for {backend}", backend):
        frame = narwhals.from_dict(named, schema, backend=backend).to_native()
    if not is_pandas:
        return frame
    types = {"whole": "Int64", "flag": "boolean", "number": None, "day": None}
    chosen = {name: types.get(kind, "string") for name, kind in columns.items()}
    return frame.astype({name: kind for name, kind in chosen.items() if kind is not None})
