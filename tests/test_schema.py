"""The JSON Schemas of our files, and the command that prints them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from rrmodel import io
from rrmodel._pydantic import described
from rrmodel.cli._answer import Answer
from rrmodel.cli._schema_command import schema_command
from rrmodel.errors import LoadError, UnknownNameError
from rrmodel.io import _schema

KINDS = ("plan", "observations", "schemes")
DATA = files("rrmodel.datasets") / "data"
BUNDLED = sorted(
    [
        *(f"plans/{file.name}" for file in (DATA / "plans").iterdir()),
        *(f"observations/{file.name}" for file in (DATA / "observations").iterdir()),
        "pathway-schemes.yaml",
    ]
)
REACH = {
    "kind": "reach",
    "id": "housed-by-2023",
    "statement": "At least 85% are housed by the end of 2023.",
    "citation": {"document": "d"},
    "measure": "housed",
    "area": "York",
    "goal": "85%",
    "deadline": "By the end of 2023",
}


def plan_with(*targets: dict[str, Any], **changes: object) -> dict[str, Any]:
    """Return the smallest plan file with those targets, changed at its top."""
    measure = {"id": "housed", "name": "Housed", "counts": "releases", "better": "higher"}
    return {
        "schema_version": "1",
        "kind": "plan",
        "id": "a-plan",
        "title": "A plan",
        "subject": {"kind": "region", "id": "r", "name": "A region"},
        "documents": [{"id": "d", "title": "The plan"}],
        "measures": [measure],
        "pathways": [
            {"id": "w", "name": "W", "citation": {"document": "d"}, "targets": list(targets)}
        ],
    } | changes


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the validator of one kind of file."""
    schema = io.json_schema(kind)  # type: ignore[arg-type]
    return Draft202012Validator(schema)


def places(document: dict[str, Any]) -> list[str]:
    """Return where the schema finds errors in a plan."""
    return [error.json_path for error in validator("plan").iter_errors(document)]


def is_read(document: dict[str, Any]) -> bool:
    """Return whether the reader takes a document."""
    try:
        io.loads(json.dumps(document), format="json")
    except LoadError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_itself(kind: str) -> None:
    """Each schema is one in the 2020-12 edition."""
    Draft202012Validator.check_schema(validator(kind).schema)


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_files_are_valid_as_their_texts(name: str) -> None:
    """The bundled files pass their schema, read as YAML whose every scalar is a text."""
    document = yaml.load(DATA.joinpath(name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    assert list(validator(document["kind"]).iter_errors(document)) == []


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_files_are_valid_as_json(name: str) -> None:
    """The bundled files pass their schema, written as JSON."""
    record = io.loads(DATA.joinpath(name).read_text("utf-8"))
    document = json.loads(io.dumps(record, format="json"))
    assert list(validator(document["kind"]).iter_errors(document)) == []


def test_an_unknown_kind_of_file_is_refused() -> None:
    """The advice names the kind that was meant."""
    with pytest.raises(UnknownNameError, match="did you mean 'observations'"):
        io.json_schema("observation")  # type: ignore[arg-type]


def test_a_schema_does_not_change() -> None:
    """Asked twice, the answer is the same to the byte, and a caller may change one freely."""
    first = io.json_schema()
    text = json.dumps(first)
    first.clear()
    assert json.dumps(io.json_schema()) == text


def parts(schema: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping within a schema."""
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def test_every_key_of_a_record_is_explained() -> None:
    """Descriptions are the notes that are in the source, without their markup."""
    plan = validator("plan").schema
    assert plan["properties"]["documents"]["description"] == (
        "The documents that its statements are cited from."
    )
    assert plan["$defs"]["ReachTarget"]["properties"]["statement"]["description"] == (
        "The target, in a sentence of ours."
    )
    for kind in KINDS:
        for name, record in validator(kind).schema["$defs"].items():
            assert record["description"]
            unexplained = [
                key
                for key, schema in record["properties"].items()
                if key != "kind" and "description" not in schema
            ]
            assert (name, unexplained) == (name, [])
        descriptions = [
            part["description"]
            for part in parts(validator(kind).schema)
            if isinstance(part.get("description"), str)
        ]
        assert [text for text in descriptions if "`" in text] == []


def test_a_schema_needs_no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an application is packed without them, only the keys' descriptions are missing."""

    def no_source(_: object) -> str:
        raise OSError

    _schema._notes.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(inspect, "getsource", no_source)
        bare = io.json_schema("schemes")
    _schema._notes.cache_clear()
    full = io.json_schema("schemes")
    for part in (*parts(bare), *parts(full)):
        for schema in part.get("properties", {}).values():
            schema.pop("description", None)
    assert bare == full


def test_a_schema_needs_no_docstrings() -> None:
    """Python run with -OO has none."""
    assert described(None) == {}


class TestTargets:
    """An error in a target is reported for the kind that the target names, and for no other."""

    def test_a_mistake_names_its_own_branch(self) -> None:
        """A reach target with a key of a change target is told so as a reach target."""
        document = plan_with(REACH | {"change": "8 percentage points"})
        (error,) = validator("plan").iter_errors(document)
        assert error.json_path == "$.pathways[0].targets[0]"
        assert "'change' was unexpected" in error.message
        assert error.schema["properties"]["kind"] == {"const": "reach"}

    def test_a_mistake_within_a_baseline_is_found_where_it_is(self) -> None:
        """An optional record is looked into, and not refused as a whole."""
        document = plan_with(REACH | {"baseline": {"level": "82%", "period": "soon"}})
        assert places(document) == ["$.pathways[0].targets[0].baseline.period"]

    def test_an_unknown_kind_is_one_mistake(self) -> None:
        """No branch is tried for a kind that does not exist."""
        assert places(plan_with({"kind": "aim"})) == ["$.pathways[0].targets[0].kind"]

    def test_a_missing_kind_is_one_mistake(self) -> None:
        """No branch is tried without a kind."""
        assert places(plan_with({"id": "t"})) == ["$.pathways[0].targets[0]"]

    def test_a_measure_is_named_by_its_id(self) -> None:
        """A target does not hold the record of its measure."""
        document = plan_with(REACH | {"measure": {"id": "housed"}})
        assert places(document) == ["$.pathways[0].targets[0].measure"]


BOTH_TAKE = [
    ("goal", "85%"),
    ("goal", "85.25 %"),
    ("goal", " 100.0%"),
    ("goal", "0,085%"),
    ("goal", "17875/588%"),
    ("goal", "1,000/3000%"),
    ("goal", "eighty-five %"),
    ("goal", "eighty five %"),
    ("goal", "One Hundred %"),
    ("deadline", 2023),
    ("deadline", "early 2023"),
    ("deadline", "the mid-2020s"),
    ("baseline", None),
    ("statement", 5),
    ("trajectory", "stepped"),
]
BOTH_REFUSE = [
    ("goal", "182%"),
    ("goal", "101%"),
    ("goal", "100.5%" + "%"),
    ("goal", "85"),
    ("goal", 85),
    ("goal", "-5%"),
    ("goal", "+5%"),
    ("goal", "85 per cent"),
    ("goal", None),
    ("deadline", "soon"),
    ("deadline", 20230),
    ("deadline", "by 1823"),
    ("baseline", "82%"),
    ("baseline", []),
    ("statement", ""),
    ("statement", True),
    ("statement", None),
    ("trajectory", "steep"),
    ("trajectory", None),
    ("interim", None),
    ("interim", {}),
]


@pytest.mark.parametrize(("key", "value"), BOTH_TAKE)
def test_schema_and_reader_take_the_same(key: str, value: object) -> None:
    """The schema accepts every file that the reader accepts."""
    document = plan_with(REACH | {key: value})
    assert places(document) == []
    assert is_read(document)


@pytest.mark.parametrize(("key", "value"), BOTH_REFUSE)
def test_schema_and_reader_refuse_the_same(key: str, value: object) -> None:
    """The reader refuses every file that the schema refuses."""
    document = plan_with(REACH | {key: value})
    assert places(document) != []
    assert not is_read(document)


@pytest.mark.parametrize(
    "amount",
    [
        "200 place",
        "1,500 person",
        "-2.5 GBP/year",
        "−3 night",
        "twenty-five post",
        "1/3 week",
        " 5\t person ",
        "12.3 per 1,000 prisoners",
        "12 per 100000 prisoners' families",
        "104% of capacity",
        "104.5 % of certified accommodation",
    ],
)
def test_amounts_are_texts_with_a_unit(amount: str) -> None:
    """An amount is accepted in every form that the reader accepts."""
    commitment = {"id": "c", "statement": "S", "citation": {"document": "d"}, "amount": amount}
    document = plan_with(commitments=[commitment])
    assert places(document) == []
    assert is_read(document)


@pytest.mark.parametrize(
    "amount",
    ["200", "200 Places", "200 %", "many place%", 200, "5 per 0 prisoners", "5% of"],
)
def test_other_texts_are_no_amounts(amount: object) -> None:
    """An amount without a unit, or with one that is not written as a unit, is refused."""
    commitment = {"id": "c", "statement": "S", "citation": {"document": "d"}, "amount": amount}
    document = plan_with(commitments=[commitment])
    assert places(document) != []
    assert not is_read(document)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"schema_version": "2"}, "$.schema_version"),
        ({"kind": "observations"}, "$.kind"),
        ({"vision": "Together."}, "$.vision"),
        ({"subject": {"kind": "county", "id": "r", "name": "R"}}, "$.subject.kind"),
        ({"heading": "A plan"}, "$"),
        ({"period": 2022.5}, "$.period"),
        ({"period": 1823}, "$.period"),
    ],
)
def test_mistakes_at_the_top_are_found(changes: dict[str, object], path: str) -> None:
    """The frame of a file is checked too."""
    document = plan_with(**changes)
    assert places(document) == [path]
    assert not is_read(document)


@pytest.mark.parametrize("version", ["1", 1])
def test_a_version_may_be_a_number(version: object) -> None:
    """YAML makes a number of a version without quotes, and the reader takes it."""
    document = plan_with(schema_version=version)
    assert places(document) == []
    assert is_read(document)


@pytest.mark.parametrize("part", [True, "true", "false", "yes", 1, None])
def test_switches_are_true_or_false(part: object) -> None:
    """A switch is a word of JSON or its text, for both."""
    cited = {"document": "d"}
    scheme = {"id": "s", "name": "S", "citation": cited, "pathways": [{"id": "p", "name": "P"}]}
    correspondence = {
        "source": "p",
        "target": "p",
        "strength": "exact",
        "part": part,
        "reason": "Same.",
    }
    document = {
        "schema_version": "1",
        "kind": "schemes",
        "documents": [{"id": "d", "title": "D"}],
        "schemes": [scheme],
        "crosswalks": [
            {"id": "x", "source": "s", "target": "s", "correspondences": [correspondence]}
        ],
    }
    assert validator("schemes").is_valid(document) == is_read(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("period", "2022-23"),
        ("period", "Apr–Jun 2023 cohort"),
        ("period", 2022),
        ("period", "soon"),
        ("published", "2024-07-25"),
        ("published", "25 July 2024"),
        ("published", 2024),
        ("published", 20240725),
        ("published", "20240725"),
        ("published", "2024-W30-4"),
        ("published", "2024W30"),
        ("published", "2024-0725"),
        ("counts", {"numerator": 1, "denominator": "3"}),
        ("counts", {"numerator": -1, "denominator": 3}),
        ("counts", {"numerator": 1.5, "denominator": 3}),
        ("counts", {"numerator": 1, "denominator": 10**18}),
        ("counts", {"numerator": "1", "denominator": "1" * 19}),
        ("counts", None),
        ("marks", ["provisional"]),
        ("marks", ["late"]),
        ("level", "eight"),
        ("level", "200 place"),
    ],
)
def test_figures_are_judged_alike(key: str, value: object) -> None:
    """Schema and reader agree on what an observation may hold."""
    observation = {"measure": "m", "area": "York", "period": "2022-23", "level": "33%", key: value}
    document = {
        "schema_version": "1",
        "kind": "observations",
        "id": "o",
        "title": "O",
        "measures": [{"id": "m", "name": "M", "counts": "people", "better": "higher"}],
        "observations": [observation],
    }
    assert validator("observations").is_valid(document) == is_read(document)


@pytest.mark.parametrize("length", ["six weeks", "1 YEAR 6 months", "84 days", "long", 6])
def test_durations_are_judged_alike(length: object) -> None:
    """Schema and reader agree on what a follow-up may be."""
    measure = {"id": "m", "name": "M", "counts": "people", "better": "higher", "follow_up": length}
    document = plan_with(measures=[measure])
    assert validator("plan").is_valid(document) == is_read(document)


@pytest.mark.parametrize(("arguments", "kind"), [([], "plan"), (["schemes"], "schemes")])
def test_the_command_prints_a_schema(arguments: list[str], kind: str) -> None:
    """``rrmodel schema`` prints the schema of plans unless another is asked for."""
    answer = schema_command.main(arguments, "rrmodel schema", standalone_mode=False)
    assert isinstance(answer, Answer)
    assert json.loads(answer.text) == validator(kind).schema
    assert answer.text.endswith("}\n")


def test_the_command_knows_its_kinds() -> None:
    """Another word is refused with the words that exist."""
    ran = CliRunner().invoke(schema_command, ["figures"])
    assert ran.exit_code == 2
    assert "'plan', 'observations', 'schemes'" in ran.output
