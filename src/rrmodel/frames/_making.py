"""Frames made from columns of Python values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rrmodel.errors import requires_extra
from rrmodel.frames._engine_names import EngineName
from rrmodel.records import FieldKind, Value

__all__ = ["make_frame"]


def make_frame(
    columns: Mapping[str, FieldKind], cells: Mapping[str, Sequence[Value]], engine: EngineName
) -> Any:  # noqa: ANN401 - the frame of a package that need not be installed
    """Return a frame.

    Args:
        columns: The columns, and what each has.
        cells: The cells of each.
        engine: The package whose frame is made.

    Raises:
        MissingExtraError: The package is not installed.
    """
    import narwhals.stable.v2 as narwhals  # noqa: PLC0415 - loaded late, being heavy

    named = {name: list(cells[name]) for name in columns}
    if engine == "duckdb":
        from rrmodel.frames._engines import new_frame  # noqa: PLC0415 - it loads narwhals

        typed = {"number", "whole", "flag", "day"}
        known = {name: kind if kind in typed else "text" for name, kind in columns.items()}
        with requires_extra("A frame for duckdb", "duckdb"):
            return new_frame("duckdb", named, known).to_native()
    # pandas needs other types for texts, whole numbers and days, of which some may be missing.
    is_pandas = engine == "pandas"
    kinds: dict[FieldKind, Any] = {
        "number": narwhals.Float64(),
        "whole": narwhals.Object() if is_pandas else narwhals.Int64(),
        "flag": narwhals.Object() if is_pandas else narwhals.Boolean(),
        "day": narwhals.Datetime() if is_pandas else narwhals.Date(),
    }
    text = narwhals.Object() if is_pandas else narwhals.String()
    schema = {name: kinds.get(kind, text) for name, kind in columns.items()}
    with requires_extra(f"A frame for {engine}", engine):
        frame = narwhals.from_dict(named, schema, backend=engine).to_native()
    if not is_pandas:
        return frame
    types = {"whole": "Int64", "flag": "boolean", "number": None, "day": None}
    chosen = {name: types.get(kind, "string") for name, kind in columns.items()}
    return frame.astype({name: kind for name, kind in chosen.items() if kind is not None})
