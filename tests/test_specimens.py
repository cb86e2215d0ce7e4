"""Files of every version of the layout load for ever.

A specimen is never edited once its version has been released. A record or a key that comes later
gets a new specimen, and a later version of the layout gets a full set.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from rrmodel import model
from rrmodel.errors import LoadError
from rrmodel.io import SCHEMA_VERSION, Root, dumps, load, loads
from rrmodel.model import ObservationSet, PathwaySchemes, Plan, walk

SPECIMENS = sorted((Path(__file__).parent / "specimens").glob("*.yaml"))
KINDS = {"plan": Plan, "observations": ObservationSet, "schemes": PathwaySchemes}
RECORDS = [
    record
    for name in model.__all__
    if isinstance(record := getattr(model, name), type)
    and attrs.has(record)
    and record not in {model.DueItem, model.MeasureObservations, model.ObservationIndex}  # no files
]


def specimens_of(version: str) -> Iterator[Root]:
    """Load every specimen of a version."""
    return (load(path) for path in SPECIMENS if path.stem.split("-")[1] == version)


def is_written(record: Any, field: attrs.Attribute[Any]) -> bool:
    """Return whether a file has to say what a field of a record holds."""
    default = field.default
    if isinstance(default, attrs.Factory):
        default = default.factory(record) if default.takes_self else default.factory()
    return default is attrs.NOTHING or bool(getattr(record, field.name) != default)


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
class TestSpecimens:
    def test_specimen_loads(self, path: Path) -> None:
        """A specimen is read as the kind that its name says."""
        assert isinstance(load(path), KINDS[path.stem.split("-")[0]])

    def test_specimen_survives_being_written_anew(self, path: Path) -> None:
        """A specimen, written in the present version and read again, is the same record."""
        record = load(path)
        assert loads(dumps(record)) == record


def test_specimens_of_this_version_have_every_record() -> None:
    """There is no kind of record that no specimen of the present version has."""
    kinds = {
        type(record) for specimen in specimens_of(SCHEMA_VERSION) for _, record in walk(specimen)
    }
    assert [record.__name__ for record in RECORDS if record not in kinds] == []


def test_specimens_of_this_version_have_every_key() -> None:
    """There is no field that every specimen of the present version leaves at its default."""
    written = {
        (type(record), field.name)
        for specimen in specimens_of(SCHEMA_VERSION)
        for _, record in walk(specimen)
        for field in attrs.fields(type(record))
        if is_written(record, field)
    }
    missing = [
        f"{record.__name__}.{field.name}"
        for record in RECORDS
        for field in attrs.fields(record)
        if field.init and (record, field.name) not in written
    ]
    assert missing == []


@pytest.mark.parametrize("version", ["0", "2", "1.1", "one"])
def test_another_version_is_refused(version: str) -> None:
    """A version that this release does not know is named, with the one that it reads."""
    text = SPECIMENS[0].read_text("utf-8").replace('"1"', f'"{version}"')
    with pytest.raises(LoadError) as caught:
        loads(text)
    assert f"schema_version is '{version}': write '1'" in str(caught.value)
