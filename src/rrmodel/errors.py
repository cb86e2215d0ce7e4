"""Every exception that rrmodel raises, in one hierarchy.

.. code-block:: text

    RrmodelError
    ├── QuantityError (ValueError)            a number that is not the quantity asked for
    │   ├── NumeralError                      text that is not a plain number
    │   ├── PercentageOutOfRangeError         a level below 0% or above 100%
    │   ├── CountsError                       counts that make no share
    │   └── ConfidenceError                   a confidence that is not between 0 and 1
    ├── BinaryFloatError (TypeError)          a float where an exact number is needed
    ├── MixedQuantityError (TypeError)        quantities that do not combine
    ├── UnitError (ValueError)                a unit that is not known or does not convert
    ├── PeriodError (ValueError)              text or days that make no period or deadline
    ├── RecordError (ValueError)              a record of a plan whose fields contradict each other
    │   └── IncompleteReadingError            a sentence that does not say all that its target needs
    ├── PlanError (ValueError)                a plan whose parts do not fit, all problems at once
    │   └── LoadError                         the same, with the file, line and column of each
    ├── DumpError (OSError)                   a file that cannot be written
    ├── UnknownNameError (LookupError)        a name or id that nothing answers to
    └── MissingExtraError (ImportError)       an optional dependency that is not installed

    LossWarning (UserWarning)                 a file has content that a plan cannot represent

Each message says what is wrong, where, and how to fix it. Catching :class:`RrmodelError` catches
them all; the second base of each lets code that expects a ``ValueError`` go on working.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager

import attrs

__all__ = [
    "BinaryFloatError",
    "ConfidenceError",
    "CountsError",
    "DumpError",
    "IncompleteReadingError",
    "LoadError",
    "LossWarning",
    "MissingExtraError",
    "MixedQuantityError",
    "NumeralError",
    "PercentageOutOfRangeError",
    "PeriodError",
    "PlanError",
    "Problem",
    "QuantityError",
    "RecordError",
    "RrmodelError",
    "UnitError",
    "UnknownNameError",
    "did_you_mean",
    "requires_extra",
]

_MODULES: dict[str, dict[str, str]] = {
    "calendar": {"icalendar": "icalendar"},
    "cli": {"click": "click", "rich": "rich"},
    "documents": {
        "docx": "python-docx",
        "lxml": "lxml",
        "markdown_it": "markdown-it-py",
        "pypdf": "pypdf",
    },
    "duckdb": {"duckdb": "duckdb"},
    "excel": {"python_calamine": "python-calamine"},
    "pandas": {"pandas": "pandas"},
    "plot": {"altair": "altair", "vl_convert": "vl-convert-python"},
    "polars": {"polars": "polars"},
    "pyarrow": {"pyarrow": "pyarrow"},
    "report": {"jinja2": "jinja2", "markupsafe": "jinja2"},
    "stats": {"scipy": "scipy"},
    "stratml": {"lxml": "lxml"},
    "testing": {"hypothesis": "hypothesis"},
}
# For each extra, the modules that rrmodel imports and the package that has each.


class RrmodelError(Exception):
    """The base of every error that rrmodel raises."""


class QuantityError(RrmodelError, ValueError):
    """A number or a text that is not the quantity asked for."""


class NumeralError(QuantityError):
    """A text that is not a plain number: neither digits nor words up to one hundred."""


class PercentageOutOfRangeError(QuantityError):
    """A level that would lie below 0% or above 100%."""


class CountsError(QuantityError):
    """Counts that are not a share: negative, more than the whole, or out of nothing."""


class ConfidenceError(QuantityError):
    """A confidence that is not above 0 and below 1, such as 95 where 0.95 is meant."""


class BinaryFloatError(RrmodelError, TypeError):
    """A binary float, which cannot hold 0.1 exactly, where an exact number is needed."""


class MixedQuantityError(RrmodelError, TypeError):
    """Two quantities that do not combine, such as a level added to a level."""


class UnitError(RrmodelError, ValueError):
    """A unit that is not known, or units that do not convert into each other."""


class PeriodError(RrmodelError, ValueError):
    """A text that names no period or deadline, or days that are not a period."""


class RecordError(RrmodelError, ValueError):
    """A record of a plan whose fields contradict each other."""


class IncompleteReadingError(RecordError):
    """A sentence that does not say all that its target needs."""

    def __init__(self, text: str, missing: Iterable[str]) -> None:
        self.text: str = text
        """The sentence."""
        self.missing: tuple[str, ...] = tuple(missing)
        """The missing packages, in words."""
        super().__init__(f"{text!r} does not make a target yet: give {', '.join(self.missing)}")

    def __reduce__(self) -> tuple[type[IncompleteReadingError], tuple[str, tuple[str, ...]]]:
        """Pickle by the sentence and what is missing: the message is made from them."""
        return type(self), (self.text, self.missing)


@attrs.frozen
class Problem:
    """One problem to fix, and its place in the file.

    >>> print(Problem("182% is not between 0% and 100%", "$.targets[0].goal", "plan.yaml", 5, 11))
    plan.yaml:5:11: 182% is not between 0% and 100% ($.targets[0].goal)
    """

    message: str
    """The problem, and how to fix it."""
    path: str = "$"
    """Where in the plan, written as a JSONPath."""
    file: str | None = None
    """The file that was read, if there was one."""
    line: int | None = None
    """The line, counted from 1."""
    column: int | None = None
    """The column, counted from 1."""

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return (":".join(place) + ": " if place else "") + f"{self.message} ({self.path})"


class PlanError(RrmodelError, ValueError):
    """A plan or a set of figures whose parts do not fit together.

    All problems are reported at once, so that one reading is enough to fix them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        """Every problem found, in document order."""
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[PlanError], tuple[tuple[Problem, ...]]]:
        """Pickle by the problems: the message is made from them."""
        return type(self), (self.problems,)


class LoadError(PlanError):
    """A file or text that cannot be read as a plan or as a set of figures."""


class DumpError(RrmodelError, OSError):
    """A file that cannot be written; the file that was there is unchanged."""


class UnknownNameError(RrmodelError, LookupError):
    """An unknown name or id; the message offers close matches."""


class MissingExtraError(RrmodelError, ImportError):
    """An optional dependency that is not installed; the message has the command that installs it.

    >>> print(MissingExtraError("Reading XLSX", "excel"))
    Reading XLSX needs python-calamine: pip install python-calamine (extra: excel)
    """

    def __init__(self, use: str, extra: str) -> None:
        self.use = use
        """The use that requires the packages, which begins the message."""
        self.extra = extra
        """The extra of rrmodel that has the packages."""
        self.packages: tuple[str, ...] = tuple(_MODULES[extra].values())
        """The packages, as pip knows them."""
        super().__init__(
            f"{use} needs {' and '.join(self.packages)}: "
            f"pip install {' '.join(self.packages)} (extra: {extra})"
        )

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        """Pickle by the use and the extra: the message is made from them."""
        return type(self), (self.use, self.extra)


class LossWarning(UserWarning):
    """Content of another program's file that a plan cannot represent."""


_MOST_NAMES = 10
"""The most names that a message lists."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return the advice that ends a message about an unknown name.

    >>> did_you_mean("hmp-leeds", ["east-midlands-2022-25", "hmp-leeds-regimes"])
    "did you mean 'hmp-leeds-regimes'?"
    >>> did_you_mean("zzz", ["exact", "close"])
    "choose from 'exact', 'close'"

    Args:
        wrong: The unknown name.
        known: The names that exist. At most ten of them are listed.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name needs it

    names = list(known)
    if close := get_close_matches(wrong, names, n=1, cutoff=0.5):
        return f"did you mean {close[0]!r}?"
    if not names:
        return "there are none"
    more = len(names) - _MOST_NAMES
    listed = ", ".join(map(repr, names[:_MOST_NAMES]))
    return f"choose from {listed}" + (f" and {more} more" if more > 0 else "")


@contextmanager
def requires_extra(use: str, extra: str) -> Generator[None]:
    """Import the packages of an extra within this block; say what to install if one is missing.

    An error about a module of any other package is not changed: the installation is damaged.

    >>> with requires_extra("Reading StratML", "stratml"):
    ...     from lxml import etree

    Args:
        use: The use that requires the packages, which begins the message.
        extra: The name of the extra.

    Raises:
        MissingExtraError: A package of the extra is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _MODULES[extra]:
            raise
        raise MissingExtraError(use, extra) from error
