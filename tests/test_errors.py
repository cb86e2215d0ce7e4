"""The hierarchy of errors, and what they carry."""

from __future__ import annotations

import pickle

import pytest

from rrmodel import errors, io
from rrmodel.errors import LoadError, PlanError, Problem, RrmodelError, UnknownNameError

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
    """Lines and columns are told of YAML and JSON, and of no other format."""
    with pytest.raises(UnknownNameError, match="there is no format 'yml': did you mean 'yaml'"):
        io.positions("a: 1", "yml")  # type: ignore[arg-type]


def test_ten_names_are_listed_and_the_rest_counted() -> None:
    """Advice about an unknown name stays short, however many names exist."""
    names = [f"name {letter}" for letter in "abcdefghijkl"]
    listed = ", ".join(map(repr, names[:10]))
    assert errors.did_you_mean("zzz", names[:10]) == f"choose from {listed}"
    assert errors.did_you_mean("zzz", names) == f"choose from {listed} and 2 more"
