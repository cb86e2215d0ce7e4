"""The engines of which new frames are made, by name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Literal, TypeAlias, get_args

from rrmodel.errors import MissingExtraError, UnknownNameError, did_you_mean

__all__ = ["EngineName", "chosen_engine"]

EngineName: TypeAlias = Literal["polars", "pandas", "pyarrow", "duckdb"]
"""The packages whose frames are made; the first that is installed is the default."""


def chosen_engine(
    name: EngineName | None = None,
    *,
    use: str = "A frame",
    engines: Sequence[EngineName] = get_args(EngineName),
) -> EngineName:
    """Return the engine that is named, or else the first that is installed.

    Args:
        name: The name of an engine, if one is named.
        use: Its use, for the message if none is installed.
        engines: The engines to choose from, the preferred one first.

    Raises:
        UnknownNameError: There is no such engine.
        MissingExtraError: None is named, and none is installed.
    """
    if name is None:
        name = next((each for each in engines if find_spec(each) is not None), None)
        if name is None:
            raise MissingExtraError(use, "polars")
    if name not in engines:
        raise UnknownNameError(f"there is no engine {name!r}: {did_you_mean(name, engines)}")
    return name
