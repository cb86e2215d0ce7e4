"""The packages that draw charts: a message names them if one is missing. It is loaded first."""

from __future__ import annotations

from importlib import import_module

from rrmodel.errors import requires_extra

__all__: list[str] = []

with requires_extra("Drawing charts", "plot"):
    for _package in ("altair", "vl_convert"):
        import_module(_package)
