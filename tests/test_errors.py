"""The hierarchy of errors, and what they carry."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rrmodel
from rrmodel import errors, io
from rrmodel.errors import (
    IncompleteReadingError,
    LoadError,
    MissingExtraError,
    PlanError,
    Problem,
    RrmodelError,
    UnknownNameError,
    requires_extra,
)

PROBLEMS = (
    Problem("182% is not between 0% and 100%", "$.targets[0].goal", "plan.yaml", 5, 11),
    Problem("there is no measure 'm': there are none"),
)


@pytest.mark.parametrize("kind", [PlanError, LoadError])
def test_problems_survive_pickling(kind: type[PlanError]) -> None:
    """A worker process can hand its error back with every problem in it."""
    again = pickle.loads(pickle.dumps(kind(PROBLEMS)))  # noqa: S301 - our own pickle
    assert type(again) is kind
    assert again.problems == PROBLEMS
    assert str(again).splitlines() == [
        "plan.yaml:5:11: 182% is not between 0% and 100% ($.targets[0].goal)",
        "there is no measure 'm': there are none ($)",
    ]


def test_every_error_is_one_of_ours() -> None:
    """One except clause catches them all."""
    kinds = [
        kind
        for name in errors.__all__
        if isinstance(kind := getattr(errors, name), type) and issubclass(kind, Exception)
    ]
    assert len(kinds) > 10
    assert all(issubclass(kind, RrmodelError | Warning) for kind in kinds)


def test_positions_are_those_of_a_known_format() -> None:
    """Errors of YAML and JSON have lines and columns, those of no other format."""
    with pytest.raises(UnknownNameError, match="there is no format 'yml': did you mean 'yaml'"):
        io.positions("a: 1", "yml")  # type: ignore[arg-type]


EXTRAS = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
    "project"
]["optional-dependencies"]


class TestMissingExtras:
    """The message about a missing package says what to type, wherever rrmodel came from."""

    @pytest.mark.parametrize("extra", errors._MODULES)
    def test_an_extra_of_a_message_has_its_packages(self, extra: str) -> None:
        """Each extra that a message can name exists and has each of its packages."""
        packages = MissingExtraError("This", extra).packages
        assert set(packages) <= {re.split(r"[<>=]", each)[0] for each in EXTRAS[extra]}

    def test_nothing_else_answers_a_failed_import(self) -> None:
        """A failed import is caught here only, so every message has this form.

        Two modules that load others late pass such an error on to this one, or on from it.
        """
        package = Path(rrmodel.__file__).parent
        catching = {
            path.relative_to(package).as_posix()
            for path in package.rglob("*.py")
            if re.search(r"except .*(?:ModuleNotFound|Import)Error", path.read_text("utf-8"))
        }
        assert catching == {"_on_first_use.py", "cli/__init__.py", "errors.py"}

    def test_every_package_of_the_extra_is_named(self) -> None:
        """One command installs all that the part needs."""
        with (
            pytest.raises(MissingExtraError) as caught,
            requires_extra("The command line", "cli"),
        ):
            raise ModuleNotFoundError(name="rich.table")
        assert str(caught.value) == (
            "The command line needs click and rich: pip install click rich (extra: cli)"
        )

    def test_another_missing_module_is_not_hidden(self) -> None:
        """A broken installation is not reported as a missing extra."""
        with (
            pytest.raises(ModuleNotFoundError, match="numpy") as caught,
            requires_extra("An exact method", "stats"),
        ):
            raise ModuleNotFoundError("numpy", name="numpy")
        assert not isinstance(caught.value, MissingExtraError)

    def test_it_survives_pickling(self) -> None:
        """A worker process can hand the error back."""
        error = MissingExtraError("Reading ODS", "excel")
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own pickle
        assert (str(again), again.extra, again.packages) == (
            "Reading ODS needs python-calamine: pip install python-calamine (extra: excel)",
            "excel",
            ("python-calamine",),
        )

    def test_an_incomplete_reading_survives_pickling(self) -> None:
        """The sentence and what is missing come back."""
        error = IncompleteReadingError("raise it to 90%", ["the deadline", "the area"])
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own pickle
        assert (str(again), again.text, again.missing) == (
            "'raise it to 90%' does not make a target yet: give the deadline, the area",
            "raise it to 90%",
            ("the deadline", "the area"),
        )

    def test_strategies_name_their_extra(self) -> None:
        """Without Hypothesis, importing ``rrmodel.testing`` says what to install."""
        program = "import sys; sys.modules['hypothesis'] = None; import rrmodel.testing"
        ran = subprocess.run(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-c", program], check=False, capture_output=True, text=True
        )
        assert ran.stderr.endswith("pip install hypothesis (extra: testing)\n")


def test_ten_names_are_listed_and_the_rest_counted() -> None:
    """Advice about an unknown name stays short, however many names exist."""
    names = [f"name {letter}" for letter in "abcdefghijkl"]
    listed = ", ".join(map(repr, names[:10]))
    assert errors.did_you_mean("zzz", names[:10]) == f"choose from {listed}"
    assert errors.did_you_mean("zzz", names) == f"choose from {listed} and 2 more"
