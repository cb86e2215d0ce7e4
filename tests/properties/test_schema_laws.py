"""Schema and reader agree: one law a test.

The reader alone knows whether an id exists, whether days and levels fit each other, and what words
mean; the last law names every such difference.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rrmodel.errors import LoadError, Problem
from rrmodel.io import dumps, json_schema, loads
from rrmodel.model import Plan, walk
from rrmodel.testing import observation_sets, plans

FEWER = settings(max_examples=settings.default.max_examples // 3)

Document = dict[str, Any]
ODD_TEXTS = (
    "| |soon|no|2023|1e3|true|82%|182%|8 percentage points|+20%|200 place|March 2022|by 2030"
    "|2024-07-25|six weeks|lower|exact|reach|current|1|document-1|partner-1|measure-1"
).split("|")
ODD_VALUES = [None, True, False, 0, 1, -1, 2.5, 2023, 10**30, [], ["x"], {}, {"kind": "reach"}]
ODD = st.sampled_from([*ODD_TEXTS, *ODD_VALUES])
ONLY_THE_READER_KNOWS = re.compile(
    r"^there is no (?:measure|partner|document|objective|footnote) '"  # references
    r"|is also the (?:id|number|term) of|is a member of itself"
    r"|is an objective of the pathway|fix the errors in the measure"
    r"|each must be later than|is in '.+' and its measure|changes nothing|aims at a (?:high|low)er"
    r"|changes a level of|does not fit its measure|is negative|out of order|does not make a share"
    r"|is not in order|has two units|covers the time from|has a baseline and 'since'|is a flow in"
    r"|compares each period with itself|cannot pass|was not rounded to|is published beside"
    r"|is a gap between two shares|the unit of the measure|is not written as a unit"
    r"|is not between 0% and 100%|is not between 1900|reaches outside"
    r"|is not a period|is not a deadline|is one day, not a period|is not a valid date|is a span of"
    r"|is neither a financial year|is the start of something|counts from a day"
    r"|is not a duration|a duration needs|is not a plain number|names no month|there is no day"
)


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the validator of one kind of file."""
    schema = json_schema(kind)  # type: ignore[arg-type]
    return Draft202012Validator(schema)


def problems(document: Document) -> tuple[Problem, ...]:
    """Return what the reader finds wrong."""
    try:
        loads(json.dumps(document), format="json")
    except LoadError as error:
        return error.problems
    return ()


@attrs.frozen
class Place:
    """A mapping of a document, and the record that it was written from."""

    document: Document
    mapping: Document
    record: attrs.AttrsInstance

    @property
    def fields(self) -> list[attrs.Attribute[Any]]:
        """Return the fields that the mapping writes."""
        return [field for field in attrs.fields(type(self.record)) if field.name in self.mapping]


@st.composite
def mappings(draw: st.DrawFn) -> Place:
    """Draw a plan's document and one of its mappings."""
    plan = draw(plans())
    document = json.loads(dumps(plan, format="json"))
    places: list[Place] = []
    for path, record in walk(plan):
        if ".measure" in path.removeprefix("$.measures"):
            continue  # a target's measure is written as its id
        mapping = document
        for key, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
            mapping = mapping[int(index) if index else key]
        if isinstance(mapping, dict):  # days and deadlines are records too, and texts in a file
            places.append(Place(document, mapping, record))
    # Small records are many: each class has the same chance.
    of_class = draw(st.sampled_from(sorted({type(place.record).__name__ for place in places})))
    return draw(st.sampled_from([p for p in places if type(p.record).__name__ == of_class]))


@FEWER
@given(plans())
def test_every_plan_is_valid(plan: Plan) -> None:
    """The text of any plan passes the schema."""
    assert list(validator("plan").iter_errors(json.loads(dumps(plan, format="json")))) == []


@FEWER
@given(st.data())
def test_every_set_of_figures_is_valid(data: st.DataObject) -> None:
    """The text of any set of figures passes the schema."""
    document = json.loads(dumps(data.draw(observation_sets()), format="json"))
    assert list(validator("observations").iter_errors(document)) == []


@FEWER
@given(mappings(), st.data())
def test_both_refuse_a_plan_without_a_key_that_is_needed(place: Place, data: st.DataObject) -> None:
    """A required key cannot be dropped anywhere."""
    needed = [field.name for field in place.fields if field.default is attrs.NOTHING]
    del place.mapping[data.draw(st.sampled_from(needed))]
    assert not validator("plan").is_valid(place.document)
    assert problems(place.document)


@FEWER
@given(mappings(), st.data())
def test_both_take_a_plan_without_a_key_that_is_not_needed(
    place: Place, data: st.DataObject
) -> None:
    """Any other key can be dropped; at most a reference then leads nowhere."""
    spare = [field.name for field in place.fields if field.default is not attrs.NOTHING]
    if spare:
        del place.mapping[data.draw(st.sampled_from(spare))]
    assert validator("plan").is_valid(place.document)
    for problem in problems(place.document):
        assert ONLY_THE_READER_KNOWS.search(problem.message)


@FEWER
@given(mappings(), st.sampled_from(["kinds", "Id", "", "schema-version", "note "]))
def test_both_refuse_a_plan_with_a_key_too_many(place: Place, key: str) -> None:
    """No record takes a key that it does not know."""
    place.mapping[key] = "x"
    assert not validator("plan").is_valid(place.document)
    assert problems(place.document)


@FEWER
@given(mappings(), st.data())
def test_both_refuse_a_plan_with_a_value_of_another_shape(
    place: Place, data: st.DataObject
) -> None:
    """A list never replaces a mapping or a text, nor the other way round."""
    key = data.draw(st.sampled_from(sorted(place.mapping)))
    place.mapping[key] = {} if isinstance(place.mapping[key], list) else ["x"]
    assert not validator("plan").is_valid(place.document)
    assert problems(place.document)


@FEWER
@given(mappings(), st.data())
def test_both_refuse_a_plan_with_a_word_that_is_no_choice(
    place: Place, data: st.DataObject
) -> None:
    """Kinds, bounds, directions and the like are closed lists."""
    choices = {"kind", "better", "bound", "status", "trajectory", "schema_version"}
    mapping = place.mapping
    keys = sorted(choices & set(mapping))
    if not keys:
        mapping, keys = place.document, ["kind"]
    mapping[data.draw(st.sampled_from(keys))] = "neither"
    assert not validator("plan").is_valid(place.document)
    assert problems(place.document)


@FEWER
@given(mappings(), st.data())
def test_both_refuse_a_plan_with_the_name_of_another_kind(
    place: Place, data: st.DataObject
) -> None:
    """A target of one kind does not pass for another whose keys it has not."""
    targets = [
        target
        for pathway in place.document["pathways"]
        for target in pathway.get("targets", [])
        if target["kind"] != "change"
    ]
    if not targets:
        place.document["pathways"][0]["targets"] = targets = [{"kind": "narrative"}]
    data.draw(st.sampled_from(targets))["kind"] = "change"
    assert not validator("plan").is_valid(place.document)
    assert problems(place.document)


@FEWER
@given(
    plans().filter(lambda plan: plan.measures),
    st.sampled_from(["182%", "100.1%", "82", "-5%", "8%%", "82 per cent", 82, 0.82, "", None]),
)
def test_both_refuse_a_plan_with_a_bad_percentage(plan: Plan, level: object) -> None:
    """A level is a percentage from 0% to 100%, printed as one."""
    document = json.loads(dumps(plan, format="json"))
    target = {
        "kind": "reach",
        "id": "added",
        "statement": "More.",
        "citation": {"document": plan.documents[0].id},
        "measure": plan.measures[0].id,
        "area": "York",
        "goal": level,
        "deadline": "by 2030",
    }
    document["pathways"][0].setdefault("targets", []).append(target)
    assert not validator("plan").is_valid(document)
    assert problems(document)


@given(mappings(), st.data())
def test_the_schema_refuses_nothing_that_is_read(place: Place, data: st.DataObject) -> None:
    """Whatever a plan contains: the schema accepts every plan that the reader accepts."""
    names = [field.name for field in attrs.fields(type(place.record)) if field.init]
    place.mapping[data.draw(st.sampled_from(names))] = data.draw(ODD)
    if not problems(place.document):
        assert validator("plan").is_valid(place.document)


@given(mappings(), st.data())
def test_only_meaning_escapes_the_schema(place: Place, data: st.DataObject) -> None:
    """Errors that only the reader finds are of known kinds."""
    names = [field.name for field in attrs.fields(type(place.record)) if field.init]
    place.mapping[data.draw(st.sampled_from(names))] = data.draw(ODD)
    if validator("plan").is_valid(place.document):
        for problem in problems(place.document):
            assert ONLY_THE_READER_KNOWS.search(problem.message), problem
