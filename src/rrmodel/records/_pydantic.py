"""Support for records and results as fields of pydantic models."""

from __future__ import annotations

from importlib import import_module

__all__ = ["PydanticRecord"]


class PydanticRecord:
    """A record or a result that pydantic writes and describes as files and ``to_dict()`` do.

    Files are read and written by :mod:`rrmodel.io`, a layer above the records, which therefore has
    the fields of pydantic too. Pydantic asks the class for its field, and only then is that module
    looked up by its name, so that nobody else loads it.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> object:
        """Return what pydantic builds its validators and serialisers from."""
        return import_module("rrmodel.io._pydantic_fields").field_schema(cls)
