"""What makes our classes fields of pydantic models, with no dependency on pydantic."""

from __future__ import annotations

from importlib import import_module

__all__ = ["PydanticField"]


class PydanticField:
    """A class that pydantic reads, writes and describes as our files do.

    The texts and mappings that stand for our classes are known to :mod:`rrmodel.io` alone, which
    lies above the classes. Pydantic asks the class itself, so the class names who speaks for it,
    and that module is looked up when it is asked for: nothing here is imported until then, and the
    layers stay one-way for everyone who does not use pydantic.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """Return what pydantic builds its validators and serialisers from."""
        del source, handler  # pydantic passes them; our classes have no parameters
        return import_module("rrmodel.io._pydantic_fields").field_schema(cls)
