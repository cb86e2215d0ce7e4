"""Pages of HTML that are complete in themselves, from the templates of this package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rrmodel.errors import requires_extra
from rrmodel.periods import day_text
from rrmodel.reporting._text import clean

__all__: list[str] = []


def page(use: str) -> Callable[..., str]:
    """Return a function that renders a template with values; a value is shown as its text.

    Args:
        use: The use of Jinja2, as the message begins if it is not installed.
    """
    with requires_extra(use, "report"):
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - of an extra

    pages = Environment(
        loader=PackageLoader("rrmodel.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def render(name: str, **values: object) -> str:
        return pages.get_template(name).render(values)

    return render


def _shown(value: object) -> object:
    """Return a value as a page shows it; only markup of the templates is left as it is."""
    if hasattr(value, "__html__"):
        return value
    match value:
        case None:
            return ""
        case date():
            return day_text(value)
        case float():
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        case _:
            return clean(str(value))
