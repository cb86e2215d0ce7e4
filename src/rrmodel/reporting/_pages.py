"""Pages of HTML that are complete in themselves, from the templates of this package."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rrmodel.errors import requires_extra
from rrmodel.model import walk
from rrmodel.periods import day_text
from rrmodel.reporting._plot import clean
from rrmodel.wording import ParsedPlan

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["review_page"]


def review_page(parsed: ParsedPlan) -> str:
    """Return a page of HTML that shows a document beside what was read from each line.

    Lines with something open come first, those that are certain follow in the order of the
    document. The page is complete in itself: it loads nothing and runs no script.

    Args:
        parsed: What :func:`rrmodel.wording.parse_plan` returned.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    page = templates("Writing a review page").get_template("review.html")
    records = dict(walk(parsed.plan))
    kinds = {path: type(record).__name__ for path, record in records.items()}
    return page.render(parsed=parsed, plan=parsed.plan, records=records, kinds=kinds)


def templates(use: str) -> Environment:
    """Return the templates, which show a value as its text.

    Args:
        use: The use of Jinja2, as the message begins if it is not installed.
    """
    with requires_extra(use, "report"):
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - of an extra

    return Environment(
        loader=PackageLoader("rrmodel.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """Return a value as a page shows it; only markup of the templates is left as it is."""
    match value:
        case None:
            return ""
        case date():
            return day_text(value)
        case float():
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        case _:
            return value if hasattr(value, "__html__") else clean(str(value))
