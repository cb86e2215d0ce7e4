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

    def module_of(name: str) -> object:
        try:
            return import_module(f"{package}.{name}")
        except ImportError as error:
            from rrmodel.errors import MissingExtraError  # noqa: PLC0415 - only this error needs it

            if not isinstance(error, MissingExtraError):
                raise
            # help() and the like ask for each name in dir(), and pass over this error only
            raise AttributeError(str(error), name=name) from error

    def load(name: str) -> object:
        if name in module.__all__:
            home = next(home for home in map(import_module, homes) if name in home.__all__)
            value: object = getattr(home, name)
            setattr(module, name, value)
            return value
        message = f"module {package!r} has no attribute {name!r}"
        if name.startswith("_"):  # tools ask every module for such names
            raise AttributeError(message, name=name)
        if name in (public := modules()):
            return module_of(name)
        from rrmodel.errors import did_you_mean  # noqa: PLC0415 - only a wrong name needs it

        advice = did_you_mean(name, [*module.__all__, *public])
        raise AttributeError(f"{message}: {advice}", name=name)

    def names() -> list[str]:
        of_the_module = (name for name in vars(module) if name.startswith("__"))
        return sorted({*of_the_module, *module.__all__, *modules()})

    return load, names
