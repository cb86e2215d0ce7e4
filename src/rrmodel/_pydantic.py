"""Values that pydantic reads, writes and describes as texts, with no dependency on pydantic."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from rrmodel.errors import RrmodelError

__all__ = ["described", "field_name", "text_field"]


def text_field(
    kind: type[Any],
    *,
    read: Callable[[str], object],
    write: Callable[[Any], str],
    schema: Mapping[str, object],
) -> object:
    """Return what pydantic builds a field of a class from that is a text in messages and files.

    An instance is taken as it is; otherwise its text is read. In JSON the field is its text again;
    in Python it stays the instance.

    Args:
        kind: The class.
        read: Reads a text of the class or of a class like it.
        write: Writes an instance.
        schema: The JSON Schema of the texts.
    """
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 - pydantic calls this, if at all
    from pydantic_core import core_schema as core  # noqa: PLC0415 - as above

    def wrong(message: Any) -> PydanticCustomError:  # noqa: ANN401 - a whole message, no template
        return PydanticCustomError("rrmodel", message)

    def instance(value: object) -> object:
        if isinstance(value, kind):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise wrong(
                f"{type(value).__name__} is not read as {kind.__name__}: write its text, as a file "
                "has it"
            )
        try:
            str(value).encode()
            result = read(str(value))
        except UnicodeEncodeError:
            raise wrong(f"{value!r} has only half of a character: write it whole") from None
        except RrmodelError as error:
            raise wrong(str(error)) from None
        if isinstance(result, kind):
            return result
        raise wrong(f"this is read as {type(result).__name__}, and {kind.__name__} is needed here")

    def json_schema(_: object, __: object) -> dict[str, object]:
        return {**described(inspect.getdoc(kind)), **schema}

    instance.__name__ = kind.__name__  # by which pydantic names the members of a union
    return core.no_info_plain_validator_function(
        instance,
        serialization=core.plain_serializer_function_ser_schema(write, when_used="json"),
        ref=field_name(kind),
        metadata={"pydantic_js_functions": [json_schema]},
    )


def field_name(kind: type[Any], suffix: str = "") -> str:
    """Return the name by which pydantic defines a class once in a larger schema."""
    return f"{kind.__module__}.{kind.__qualname__}{suffix}:rrmodel"


def described(text: str | None) -> dict[str, Any]:
    """Return a description from the first paragraph of a docstring, its markup taken off."""
    if not text:
        return {}
    words = " ".join(text.split("\n\n")[0].split())
    return {"description": re.sub(r":\w+:`~?([^`]+)`|``([^`]+)``", r"\1\2", words)}
