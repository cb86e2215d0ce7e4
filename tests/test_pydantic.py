"""Our classes as fields of pydantic models."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

import rrmodel
from rrmodel import (
    Amount,
    CalendarYear,
    Citation,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    Period,
    Plan,
    Quarter,
    ReachTarget,
    RelativeChange,
    Target,
    datasets,
    io,
    model,
)
from rrmodel.model import Counts, ObservationSet, PathwaySchemes
from rrmodel.quantities import Level

REGIONAL = datasets.load("east-midlands-2022-25")
VALUES = [
    (Percentage("82.0"), "82.0%"),
    (PercentagePoints("-2.5"), "-2.5 percentage points"),
    (RelativeChange("20"), "+20%"),
    (Amount("200", "place"), "200 place"),
    (Month("2022-03"), "March 2022"),
    (Quarter("Q3 2023/24"), "Q3 2023/24"),
    (FinancialYear("2022-23"), "2022/23"),
    (CalendarYear("2023"), "2023"),
    (DateRange("Apr-Jun 2023 cohort"), "April to June 2023 cohort"),
    (Deadline("By July 2023"), "By July 2023"),
    (Duration("six weeks"), "6 weeks"),
]
RECORDS = [
    REGIONAL,
    datasets.observation_set("local-areas"),
    datasets.pathway_schemes(),
    *(target for target in REGIONAL.targets if isinstance(target, ReachTarget)),
    *REGIONAL.targets[:2],
    REGIONAL.subject,
    REGIONAL.measures[0],
    datasets.observations("local-areas")[0],
    Citation("d", "Vision"),
    Counts(336, 1138),
]


class Model(BaseModel):
    """Fields of every sort."""

    level: Level = Percentage("82")
    period: Period | None = None
    month: Month | None = None
    deadline: Deadline | None = None
    plan: Plan | None = None
    observations: tuple[Observation, ...] = ()
    target: Target | None = None
    citation: Citation | None = None
    as_of: date = date(2024, 8, 1)


def errors_of(**fields: object) -> list[tuple[tuple[int | str, ...], str]]:
    """Return where and what pydantic says is wrong."""
    with pytest.raises(ValidationError) as caught:
        Model.model_validate(fields)
    return [(error["loc"], error["msg"]) for error in caught.value.errors()]


def as_file(record: Plan | ObservationSet | PathwaySchemes) -> dict[str, Any]:
    """Return what a file of a record holds."""
    document: dict[str, Any] = json.loads(io.dumps(record, format="json"))
    return document


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_value_is_its_text_in_json(value: object, text: str) -> None:
    """A value is read from, and written as, the text that a file has."""
    field: TypeAdapter[object] = TypeAdapter(type(value))
    assert field.validate_python(value) is value
    assert field.validate_python(text) == value
    assert field.validate_json(json.dumps(text)) == value
    assert json.loads(field.dump_json(value)) == text
    assert field.dump_python(value) is value
    assert Draft202012Validator(field.json_schema()).is_valid(text)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_is_a_mapping_in_json(record: object) -> None:
    """A record is read from, and written as, the mapping that a file has."""
    field: TypeAdapter[object] = TypeAdapter(type(record))
    text = field.dump_json(record)
    assert field.validate_json(text) == record
    assert field.validate_python(json.loads(text)) == record
    assert field.validate_python(record) is record
    schema = field.json_schema()
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(json.loads(text))) == []


@pytest.mark.parametrize("record", RECORDS[:3], ids=lambda record: type(record).__name__)
def test_a_whole_record_is_written_as_its_file(
    record: Plan | ObservationSet | PathwaySchemes,
) -> None:
    """The answer of a service can be saved and loaded as a file."""
    text = TypeAdapter(type(record)).dump_json(record).decode()
    assert io.loads(text, format="json") == record
    assert json.loads(text) == as_file(record)


def test_every_class_of_the_model_can_be_a_field() -> None:
    """Every record and value is a field, and only an index of records is not."""
    homes = (model, rrmodel.quantities, rrmodel.periods)
    classes = {
        value
        for home in homes
        for name in home.__all__
        if isinstance(value := getattr(home, name), type)
        and (attrs.has(value) or home is not model)
        and value not in {model.MeasureObservations, model.ObservationIndex, rrmodel.periods.Timed}
    }
    assert len(classes) > 45
    for model_class in classes:
        assert hasattr(model_class, "__get_pydantic_core_schema__")
        Draft202012Validator.check_schema(TypeAdapter(model_class).json_schema())


def test_a_model_of_many_fields_goes_round() -> None:
    """Unions, optional fields and tuples of our classes are fields like any other."""
    filled = Model(
        level=Amount("200", "place"),
        period=FinancialYear("2022-23"),
        plan=REGIONAL,
        observations=datasets.observations("local-areas"),
        target=REGIONAL.targets[0],
    )
    assert Model.model_validate_json(filled.model_dump_json()) == filled
    assert Model.model_validate(filled.model_dump()) == filled
    assert filled.model_dump()["plan"] is REGIONAL


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_model_has_one_schema_for_both_ways(mode: Any) -> None:
    """A model's own schema describes ours, defines each class once, and holds for its JSON."""
    schema = Model.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(schema)
    filled = Model(plan=REGIONAL, target=REGIONAL.targets[0])
    document = json.loads(filled.model_dump_json())
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert schema["$defs"]["Percentage"]["description"].startswith("A level: a share of a whole")
    assert schema["properties"]["level"]["default"] == "82%"
    plan, alone = schema["$defs"]["ChangeTargetInPlan"], schema["$defs"]["ChangeTarget"]
    assert "$ref" in alone["properties"]["measure"]
    assert "pattern" in plan["properties"]["measure"]


def test_a_plan_has_the_same_schema_as_its_file() -> None:
    """Pydantic describes a plan as ``rrmodel schema`` does, by other names."""
    document = as_file(REGIONAL)
    field = Draft202012Validator(TypeAdapter(Plan).json_schema())
    file = Draft202012Validator(io.json_schema())
    document["pathways"][0]["targets"][0]["goal"] = "182%"
    document["visions"] = []
    places = [sorted(e.json_path for e in each.iter_errors(document)) for each in (field, file)]
    assert places[0] == places[1] == ["$", "$.pathways[0].targets[0].goal"]


def test_mistakes_are_said_in_our_words() -> None:
    """The message of a field is that of the file."""
    (error,) = errors_of(citation={"document": " "})
    assert error[0] == ("citation", "document")
    assert "a text is needed here" in error[1]


def test_a_mistake_may_hold_braces() -> None:
    """Pydantic fills nothing into our messages."""
    (error,) = errors_of(deadline="{soon}")
    assert "'{soon}' is not a deadline" in error[1]


def test_every_mistake_has_its_place() -> None:
    """All that is wrong with a plan is told at once, each where it is."""
    document = as_file(REGIONAL)
    del document["title"]
    document["pathways"][0]["targets"][1]["deadline"] = "soon"
    errors = errors_of(plan=document, citation={})
    assert [place for place, _ in errors] == [
        ("plan", "title"),
        ("plan", "pathways", 0, "targets", 1, "deadline"),
        ("citation", "document"),
    ]


def test_a_mistake_shows_what_stands_there() -> None:
    """Pydantic's ``input`` is the part that is wrong, or what holds a missing one."""
    document = as_file(REGIONAL)
    document["pathways"][0]["targets"][1]["deadline"] = "soon"
    document["subject"].pop("name")
    with pytest.raises(ValidationError) as caught:
        Model.model_validate({"plan": document})
    assert [error["input"] for error in caught.value.errors()] == [document["subject"], "soon"]


def test_references_are_checked() -> None:
    """A plan whose parts do not fit is refused as a file would be."""
    document = as_file(REGIONAL)
    document["pathways"][0]["partnerships"][0]["partner"] = "nobody"
    ((place, message),) = errors_of(plan=document)
    assert place == ("plan", "pathways", 0, "partnerships", 0, "partner")
    assert message.startswith("there is no partner 'nobody'")


def test_another_kind_of_file_is_refused() -> None:
    """Figures are not a plan."""
    document = as_file(datasets.observation_set("local-areas"))
    assert errors_of(plan=document) == [
        (("plan",), "this is read as ObservationSet, and Plan is needed here")
    ]


@pytest.mark.parametrize("text", ["2023", "2007-08"])
def test_another_kind_of_period_is_refused(text: str) -> None:
    """A field for a month takes no year, and never guesses."""
    ((place, message),) = errors_of(month=text)
    assert place == ("month",)
    assert message.endswith("and Month is needed here")


def test_a_union_names_the_members_that_were_tried() -> None:
    """Each member of a union says why it does not fit."""
    assert errors_of(level="182%") == [
        (("level", f"function-plain[{name}()]"), "182% is not between 0% and 100%")
        for name in ("Percentage", "PercentagePoints", "Amount")
    ]


def test_a_period_is_read_as_in_files() -> None:
    """A union of periods reads a text as ``parse_period`` does, whatever its order."""
    period = Model.model_validate({"period": "2007-08"}).period
    assert period == FinancialYear("2007-08")


@pytest.mark.parametrize("value", [82.5, 82])
def test_numbers_are_no_levels(value: float) -> None:
    """A number does not say what it is a number of."""
    with pytest.raises(ValidationError, match="does not say what kind of quantity it is"):
        TypeAdapter(Percentage).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Percentage, ["82%"], "list is not read as Percentage: write its text, as a file has it"),
        (Duration, True, "bool is not read as Duration"),
        (Deadline, "by \ud800", "has only half of a character: write it whole"),
        (
            Percentage,
            "8 percentage points",
            "is read as PercentagePoints",
        ),
        (Month, "Marsh 2022", "'Marsh 2022' is not a period"),
    ],
)
def test_a_value_is_refused_in_our_words(kind: type, value: object, message: str) -> None:
    """Each message says what is wrong."""
    with pytest.raises(ValidationError, match=message):
        TypeAdapter(kind).validate_python(value)


def test_a_year_may_be_a_number() -> None:
    """As in files, where texts may be printed without quotation marks."""
    assert TypeAdapter(CalendarYear).validate_python(2023) == CalendarYear("2023")


def test_values_are_fields_without_the_layer_of_files() -> None:
    """Quantities and periods read and write their own text."""
    program = (
        "import sys; from pydantic import TypeAdapter; from rrmodel import Month, Percentage\n"
        "TypeAdapter(Percentage).validate_python('82%'); TypeAdapter(Month).json_schema()\n"
        "sys.exit('rrmodel.io' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603


@pytest.mark.parametrize("value", [object(), {1, 2}, {"measure": REGIONAL.measures[0]}])
def test_what_no_json_holds_is_refused(value: object) -> None:
    """The error about another object says what can be there."""
    with pytest.raises(ValidationError, match="is not read as Measure: write the text or the map"):
        TypeAdapter(Measure).validate_python(value)


def test_a_list_without_an_end_is_refused() -> None:
    """Neither a list that holds itself nor a very deep one ends the process."""
    endless: list[object] = []
    endless.append(endless)
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (endless, deep):
        with pytest.raises(ValidationError, match="is not read as Measure"):
            TypeAdapter(Measure).validate_python(value)


def test_the_package_does_not_load_pydantic() -> None:
    """Neither ``import rrmodel`` nor ``import rrmodel.io`` needs pydantic."""
    ask = "import sys, rrmodel, rrmodel.io; sys.exit('pydantic_core' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0  # noqa: S603
