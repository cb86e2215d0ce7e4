"""Packages that load their names when a name is first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

__all__ = ["on_first_use"]


def on_first_use(
    package: str, homes: Sequence[str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package that loads its names late.

    The package lists its names in ``__all__``, and imports them for type checkers alone: a module
    with a ``__getattr__`` that type checkers can see has every attribute, misspelt ones included.
    Public modules of the package are loaded in the same way.

    Args:
        package: The name of the package.
        homes: The names of the modules that define the names in ``__all__``, searched in this
            order. A module comes after those that it imports, so that nothing is loaded for the
            search alone.
    """
    module = sys.modules[package]

    def modules() -> list[str]:
        from pkgutil import iter_modules  # noqa: PLC0415 - costs more than most names do

        return [each.name for each in iter_modules(module.__path__) if each.name[0] != "_"]

    def load(name: str) -> object:
        if name in module.__all__:
            loaded = map(vars, map(import_module, homes))
            value = next(names[name] for names in loaded if name in names)
            setattr(module, name, value)
            return value
        message = f"module {package!r} has no attribute {name!r}"
        if name.startswith("_"):  # tools ask every module for such names
            raise AttributeError(message, name=name)
        if name in (public := modules()):
            return import_module(f"{package}.{name}")
        from rrmodel.errors import did_you_mean  # noqa: PLC0415 - only a wrong name needs it

        advice = did_you_mean(name, [*module.__all__, *public])
        raise AttributeError(f"{message}: {advice}", name=name)

    def names() -> list[str]:
        return sorted({*vars(module), *module.__all__, *modules()})

    return load, names
