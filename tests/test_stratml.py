"""StratML, by example: what is written where, what is read, what is lost, what is refused."""

from __future__ import annotations

import re
import sys
from datetime import date

import attrs
import pytest
from lxml import etree
from tests.beside import beside
from tests.stratml_structure import broken_rules

from rrmodel import datasets
from rrmodel.errors import LoadError, MissingExtraError, RecordError
from rrmodel.io import loads
from rrmodel.io._stratml import StratmlReading, read_stratml, write_stratml
from rrmodel.model import Citation, Plan
from rrmodel.periods import DateRange

CHECKS = "plans are written by the published schemas, and a published document loads"
PART_1 = 'xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"'
PART_2 = 'xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport" Type="Performance_Plan"'

PLAN = """
schema_version: "1"
kind: plan
id: a-plan
title: A plan
subject: {kind: region, id: a-region, name: A region, areas: [East, West]}
documents:
  - id: d
    title: The plan
    url: https://example.org/plan?a=1&b=2
    published: 12 April 2022 to 12 April 2022
period: 2022-23
foreword: [{statement: We work together., citation: {document: d}}]
vision: [{statement: Fewer victims., citation: {document: d, section: Vision}}]
principles: [{statement: Be open., citation: {document: d}}]
values: [{statement: Be kind., citation: {document: d}}]
profile: [{id: people, statement: Many people live here., citation: {document: d}}]
monitoring: [{statement: Figures are published yearly., citation: {document: d}}]
partners:
  - {id: shelter, name: Shelter, kind: voluntary, aliases: [The shelter]}
  - {id: council, name: The Council, kind: local_authority}
  - {id: both, name: Both of them, kind: voluntary, members: [shelter, council]}
measures:
  - {id: housed, name: Housed on release, counts: people housed, out_of: releases, better: higher}
  - {id: places, name: Places, counts: places, unit: place, better: higher}
pathways:
  - id: homes
    name: Homes & hope
    citation: {document: d, section: Homes}
    background: [{id: nation, statement: "Homes matter ?> to all.", citation: {document: d}}]
    context: [{id: need, statement: A third need a home., citation: {document: d}}]
    commitments: [{id: beds, statement: 200 places., citation: {document: d}, amount: 200 place}]
    partnerships:
      - {partner: shelter, role: Advises., citation: {document: d}, named_as: The shelter}
      - {partner: both, role: Meet., citation: {document: d}}
    targets:
      - kind: change
        id: housed-by-2024
        statement: Housing on release rises by 8 points by March 2024.
        citation: {document: d, item: "1"}
        measure: housed
        area: A region
        baseline: {level: 82%, period: March 2022}
        change: 8 percentage points
        deadline: by March 2024
        interim: [{level: 85.0%, deadline: by March 2023}]
      - kind: reach
        id: places-by-2024
        statement: There are two thirds of a place by March 2024.
        citation: {document: d}
        measure: places
        area: A region
        goal: 2/3 place
        deadline: by March 2024
      - kind: maintain
        id: housed-maintained
        statement: Housing is maintained.
        citation: {document: d}
        measure: housed
        area: A region
        goal: 82%
        deadline: by March 2024
        since: 2022-23
      - kind: direction
        id: housed, up
        statement: Housing improves.
        citation: {document: d}
        measure: housed
        area: A region
      - kind: direction
        id: housed-up-soon
        statement: Housing improves soon.
        citation: {document: d}
        measure: housed
        area: A region
        deadline: by March 2024
        baseline: {level: 1/8%, period: March 2022}
      - kind: standing
        id: housed-always
        statement: Housing is always 80% or more.
        citation: {document: d}
        measure: housed
        area: A region
        goal: 80%
        since: 2022-23
      - kind: range
        id: housed-within
        statement: Housing is between 80% and 90% by March 2024.
        citation: {document: d}
        measure: housed
        area: A region
        goal: {low: 80%, high: 90%}
        deadline: by March 2024
        baseline: {level: 75%, period: March 2022}
      - kind: range
        id: housed-always-within
        statement: Housing is always between 80% and 90%.
        citation: {document: d}
        measure: housed
        area: A region
        goal: {low: 80%, high: 90%}
      - {kind: narrative, id: care, statement: We care., citation: {document: d}, area: A region}
    objectives:
      - {id: home, statement: Everybody has a home., citation: {document: d}}
    activities:
      - id: seek
        statement: Shelter seeks homes.
        citation: {document: d}
        lead: shelter
        partners: [council, shelter]
        serves: [home]
      - id: ask
        statement: The council asks.
        citation: {document: d}
        lead: council
        partners: [shelter]
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return a small plan with something in every element."""
    record = loads(PLAN)
    assert isinstance(record, Plan)
    return record


@pytest.fixture(scope="module")
def written(plan: Plan) -> str:
    """Return it as StratML."""
    return write_stratml(plan)


def edited(text: str, old: str, new: str) -> StratmlReading:
    """Read a document that somebody changed in one place."""
    assert text.count(old) == 1
    return read_stratml(text.replace(old, new))


def problems(text: str | bytes) -> list[str]:
    """Return what is said when a document is refused."""
    with pytest.raises(LoadError) as caught:
        read_stratml(text, name="plan.xml")
    return [str(problem) for problem in caught.value.problems]


def foreign(core: str, *, outside: str = "", part: str = PART_1) -> StratmlReading:
    """Read a document of another origin."""
    root = "StrategicPlan" if part == PART_1 else "PerformancePlanOrReport"
    return read_stratml(
        f"<{root} {part}>\n<Name>Theirs</Name>\n<StrategicPlanCore>\n"
        f"<Organization><Name>Org</Name></Organization>\n{core}\n</StrategicPlanCore>"
        f"{outside}</{root}>"
    )


def problems_of(reading: StratmlReading) -> list[tuple[int | None, str, str]]:
    """Return the line, the last step of the path and the message of each loss but the usual one."""
    return [
        (loss.line, loss.path.rpartition("/")[2], loss.message)
        for loss in reading.losses
        if "is taken for a region" not in loss.message
    ]


class TestWriting:
    """Every value for which the standard has an element is in that element."""

    def test_a_plan_with_levels_is_part_2(self, written: str) -> None:
        """Only Part 2 has elements for what is measured."""
        assert "<PerformancePlanOrReport " in written
        assert 'Type="Performance_Plan"' in written

    def test_a_plan_without_levels_is_part_1(self) -> None:
        """A plan whose targets name no level needs no more than Part 1."""
        assert "<StrategicPlan " in write_stratml(datasets.load("hmp-leeds-regimes"))

    @pytest.mark.parametrize(
        ("path", "texts"),
        [
            ("Name", ["A plan"]),
            ("Description", ["We work together."]),
            ("OtherInformation", ["Many people live here.Figures are published yearly."]),
            ("StrategicPlanCore/Organization/Name", ["A region"]),
            ("StrategicPlanCore/Organization/Identifier", ["organization.a-region"]),
            (
                "StrategicPlanCore/Organization/Stakeholder/Name",
                ["Shelter", "The Council", "Both of them"],
            ),
            ("StrategicPlanCore/Vision/Description", ["Fewer victims."]),
            ("StrategicPlanCore/Value/Description", ["Be open.", "Be kind."]),
            ("StrategicPlanCore/Goal/Name", ["Homes & hope"]),
            (
                "StrategicPlanCore/Goal/Description",
                ["Homes matter ?> to all.A third need a home."],
            ),
            ("StrategicPlanCore/Goal/Stakeholder/Name", ["The shelter", "Both of them"]),
            ("StrategicPlanCore/Goal/Stakeholder/Description", ["Advises.", "Meet."]),
            ("StrategicPlanCore/Goal/OtherInformation", ["200 places."]),
            (
                "StrategicPlanCore/Goal/Objective/Name",
                ["Objective", *["Target"] * 9, "Activity", "Activity"],
            ),
            (
                "StrategicPlanCore/Goal/Objective/Stakeholder/Name",
                ["The Council", "Shelter", "The Council", "Shelter"],
            ),
            ("AdministrativeInformation/StartDate", ["2022-04-01"]),
            ("AdministrativeInformation/EndDate", ["2023-03-31"]),
            ("AdministrativeInformation/PublicationDate", ["2022-04-12"]),
            ("AdministrativeInformation/Source", ["https://example.org/plan?a=1&b=2"]),
        ],
    )
    def test_content_stands_in_the_standards_own_elements(
        self, written: str, path: str, texts: list[str]
    ) -> None:
        """A reader who knows StratML and not us finds the plan's words and names."""
        elements = etree.fromstring(written.encode()).findall(
            "/".join(f"{{*}}{step}" for step in path.split("/"))
        )
        shown = ["".join(text.strip() for text in element.xpath("text()")) for element in elements]
        assert shown == texts

    def test_targets_are_performance_indicators(self, written: str) -> None:
        """A target shows its measure, its goals by their last days and its baseline."""
        root = etree.fromstring(written.encode())
        shown = [
            " ".join(" ".join(indicator.itertext()).split())
            for indicator in root.iter("{*}PerformanceIndicator")
        ]
        housed, soon = "Housed on release %", "indicator.housed-up-soon"
        start, interim = "2022-03-01 2022-03-31", "2023-03-31 85.0 by March 2023"
        end, by = "2024-03-31", "by March 2024"
        within = "Range 80% to 90%"
        assert shown == [
            f"{housed} indicator.housed-by-2024 {interim} {end} 90 {by} {start} 82 Baseline",
            f"Places place indicator.places-by-2024 {end} {by}",
            f"{housed} indicator.housed-maintained 2022-04-01 {end} 82 {by}",
            f"{housed} Direction higher",
            f"{housed} {soon} {end} Direction higher {by} {start} 0.125 Baseline",
            f"{housed} indicator.housed-always 2022-04-01 80 At all times",
            f"{housed} indicator.housed-within {end} {within} {by} {start} 75 Baseline",
            f"{housed} indicator.housed-always-within {within} At all times",
        ]

    def test_the_structure_is_the_standards(self, written: str) -> None:
        """Every element is in its place and order."""
        assert broken_rules(written) == []

    def test_our_check_of_the_structure_sees_what_is_wrong(self, written: str) -> None:
        """A document out of order, or with an invalid day, is not passed."""
        spoilt = written.replace("<Name>A plan</Name>", "").replace("2022-04-12", "April 2022")
        assert len(broken_rules(spoilt)) == 2

    @pytest.mark.parametrize("name", datasets.names())
    def test_bundled_plans_are_valid_by_the_published_schemas(self, name: str) -> None:
        """Both parts are written as their schemas ask."""
        root = etree.fromstring(write_stratml(datasets.load(name)).encode())
        (file,) = beside("stratml", checks=CHECKS).glob(f"{etree.QName(root).localname}*.xsd")
        schema = etree.XMLSchema(file=str(file))
        schema.validate(root)
        assert list(schema.error_log) == []

    def test_a_plan_without_pathways_is_refused(self, plan: Plan) -> None:
        """StratML asks for a goal, and none is invented."""
        with pytest.raises(RecordError, match="has no pathway"):
            write_stratml(attrs.evolve(plan, pathways=()))

    @pytest.mark.parametrize("character", ["\x07", "\ufffe"])
    def test_a_character_that_xml_cannot_hold_is_refused(self, plan: Plan, character: str) -> None:
        """The message shows the text that has it."""
        with pytest.raises(RecordError, match=r"'A .* plan' of a Name has the character"):
            write_stratml(attrs.evolve(plan, title=f"A {character} plan"))

    def test_an_instruction_may_hold_any_character(self, plan: Plan) -> None:
        """JSON writes what XML cannot hold."""
        odd = attrs.evolve(plan, edition="a\x07\ufffe\uffff?>\r\nz")
        assert read_stratml(write_stratml(odd)).plan == odd

    def test_line_ends_are_kept(self, plan: Plan) -> None:
        """A carriage return in a text is still one when read."""
        odd = attrs.evolve(plan, title="A\r\nplan")
        assert read_stratml(write_stratml(odd)).plan == odd

    def test_what_fits_no_date_or_address_is_not_shown(self, plan: Plan) -> None:
        """A month is not a day, and a path is not an address; the instruction has both."""
        (document,) = plan.documents
        month = attrs.evolve(document, url="a plan.pdf", published=None)
        odd = attrs.evolve(plan, documents=(month,), period=None)
        assert "AdministrativeInformation" not in write_stratml(odd)
        days = attrs.evolve(month, published=DateRange(date(2022, 4, 1), date(2022, 4, 2)))
        assert "PublicationDate" not in write_stratml(attrs.evolve(plan, documents=(days,)))


class TestReadingOurs:
    """A written document is read back; later edits are noticed."""

    @pytest.mark.parametrize("name", datasets.names())
    def test_bundled_plans_come_back_without_loss(self, name: str) -> None:
        """Both bundled plans are equal after a round trip."""
        plan = datasets.load(name)
        assert read_stratml(write_stratml(plan)) == StratmlReading(plan, ())

    def test_a_plan_with_everything_comes_back_without_loss(self, plan: Plan, written: str) -> None:
        """The small plan is equal after a round trip."""
        assert read_stratml(written) == StratmlReading(plan, ())

    @pytest.mark.parametrize("old", ["Everybody has a home.", "Fewer victims.", "200 places."])
    def test_an_edited_statement_counts(self, written: str, old: str) -> None:
        """The statement is written once, in its element, so there is nothing to disagree with."""
        reading = edited(written, old, "Changed.")
        assert reading.losses == ()
        assert "Changed." in write_stratml(reading.plan)

    def test_a_name_edited_in_one_place_is_an_alias_there(self, written: str) -> None:
        """A partner who is called otherwise in a goal is named so there."""
        reading = edited(written, "<Name>The shelter</Name>", "<Name>Shelters</Name>")
        assert reading.plan.pathways[0].partnerships[0].named_as == "Shelters"

    @pytest.mark.parametrize(
        ("edit", "step", "words"),
        [
            (("<NumberOfUnits>90<", "<NumberOfUnits>92<"), "NumberOfUnits[1]", "makes it '90'"),
            ((">2022-04-12<", ">2022-04-13<"), "PublicationDate[1]", "makes it '2022-04-12'"),
            ((">pathway.homes<", ">pathway.houses<"), "Identifier[1]", "makes it 'pathway.homes'"),
            (("<Name>Objective<", "<Name>Aim<"), "Name[1]", "makes it 'Objective'"),
            (
                ("<PublicationDate>2022-04-12</PublicationDate>", ""),
                "AdministrativeInformation[1]",
                "PublicationDate was removed",
            ),
            (("<NumberOfUnits>90<", "<NumberOfUnits unit='a'>90<"), "NumberOfUnits[1]", "unit 'a'"),
            (
                ("85.0</NumberOfUnits>", "85.0</NumberOfUnits><Descriptor>Good</Descriptor>"),
                "Descriptor[1]",
                "'Good' has no place",
            ),
        ],
    )
    def test_an_edited_number_day_or_identifier_is_reported(
        self, plan: Plan, written: str, edit: tuple[str, str], step: str, words: str
    ) -> None:
        """An element that only shows an instruction does not overrule it; a change is reported."""
        reading = edited(written, *edit)
        assert reading.plan == plan
        (loss,) = reading.losses
        assert loss.path.endswith(step)
        assert words in loss.message
        assert loss.line

    def test_an_emptied_statement_goes(self, plan: Plan, written: str) -> None:
        """A statement whose text was taken out is out, and its instruction is among the losses."""
        reading = edited(written, "Be kind.", "")
        assert reading.plan == attrs.evolve(plan, values=())
        assert [loss.path for loss in reading.losses] == [
            "/PerformancePlanOrReport/StrategicPlanCore[1]/Value[2]/Description[1]"
        ]

    def test_an_objective_added_elsewhere_cites_the_document_itself(self, written: str) -> None:
        """An element without an instruction is read as foreign, beside ours."""
        added = "<Objective><Name>Jobs</Name><Description>Find jobs.</Description></Objective>"
        reading = edited(written, "</Goal>", f"{added}</Goal>")
        assert reading.losses == ()
        assert reading.plan.objective("jobs").citation == Citation(
            "stratml-a-plan", "Homes & hope > Jobs"
        )
        assert reading.plan.document("stratml-a-plan").title == "A plan"

    def test_a_partner_added_to_an_activity_takes_part(self, written: str) -> None:
        """A stakeholder of a known name is that partner."""
        added = "<Stakeholder><Name>the shelter</Name></Stakeholder>"
        anchor = "<Identifier>activity.ask</Identifier>"
        reading = edited(written, anchor, anchor + added)
        assert reading.plan.activity("ask").partners == ("shelter", "shelter")

    def test_a_renamed_hand_is_reported(self, plan: Plan, written: str) -> None:
        """An activity has no place for another name of its partner."""
        start = written.index("activity.ask")
        text = written[:start] + written[start:].replace("<Name>Shelter<", "<Name>Roof<")
        reading = read_stratml(text)
        assert reading.plan == plan
        assert "'Roof' has no place" in reading.losses[0].message

    def test_what_an_instruction_repeats_of_its_elements_is_left_out(
        self, plan: Plan, written: str
    ) -> None:
        """A text in an instruction never hides the text that one sees."""
        reading = edited(
            written, '<?rrmodel {"id": "homes",', '<?rrmodel {"name": "X", "id": "homes",'
        )
        assert reading.plan == plan
        assert "says 'name' too" in reading.losses[0].message

    def test_an_instruction_where_none_belongs_is_reported(self, plan: Plan, written: str) -> None:
        """Ours or not, it is not read, which is reported."""
        anchor = "<MeasurementDimension>Places"
        reading = edited(written, anchor, f"<?rrmodel {{}}?><?x y?>{anchor}")
        assert reading.plan == plan
        assert [loss.message for loss in reading.losses] == [
            "the instruction 'rrmodel' has no place here, so it was not read",
            "the instruction 'x' has no place here, so it was not read",
        ]

    def test_other_tools_instructions_are_reported(self, plan: Plan, written: str) -> None:
        """One before ours, and one within a text, change nothing."""
        text = written.replace('<?rrmodel {"id": "homes"', '<?x y?><?rrmodel {"id": "homes"')
        reading = edited(text, "Fewer victims.", "Fewer <?x y?>victims.")
        assert reading.plan == plan
        assert [loss.path.rpartition("/")[2] for loss in reading.losses] == [
            "Description[1]",
            "Goal[1]",
        ]

    def test_the_name_of_a_kind_may_go(self, plan: Plan, written: str) -> None:
        """It says to readers what the instruction says too."""
        assert edited(written, "<Name>Objective</Name>", "") == StratmlReading(plan, ())

    def test_a_tool_may_save_in_a_smaller_encoding(self, plan: Plan) -> None:
        """The same document in ASCII is read as ours."""
        odd = attrs.evolve(plan, edition="2022–25", title="2022–25")
        root = etree.fromstring(write_stratml(odd).encode())
        assert read_stratml(etree.tostring(root, encoding="ascii")).plan == odd

    def test_comments_and_style_sheets_do_no_harm(self, plan: Plan, written: str) -> None:
        """A comment is skipped; a style sheet is not fetched, and is among the losses."""
        text = written.replace("<Name>A plan", "<!-- a -->\n<Name>A <!-- b -->plan").replace(
            "<Perf", '<?xml-stylesheet href="s.xsl"?>\n<Perf', 1
        )
        reading = read_stratml(text)
        assert reading.plan == plan
        assert [(loss.line, loss.message) for loss in reading.losses] == [
            (2, "the instruction 'xml-stylesheet' is not followed, and was not read")
        ]


class TestReadingForeign:
    """A document of another origin loads, with a report of what had no place."""

    def test_a_published_plan_loads(self) -> None:
        """A real StratML file becomes a plan that cites that file."""
        reading = read_stratml(
            beside("stratml/PMOAI.xml", checks=CHECKS).read_bytes(), name="PMOAI.xml"
        )
        plan = reading.plan
        assert [pathway.id for pathway in plan] == ["establishment"]
        assert [objective.id for objective in plan.objectives] == [
            "responsibilities",
            "initiatives",
            "plans",
            "reports",
            "information-ideas-experiences",
        ]
        assert plan.objectives[1].citation.item == "_c5f17df2-1fe8-11e7-b80e-50d26551e223"
        assert len(plan.partners) == 19
        assert {loss.file for loss in reading.losses} == {"PMOAI.xml"}
        assert read_stratml(write_stratml(plan)) == StratmlReading(plan, ())

    def test_each_text_has_its_place(self) -> None:
        """Vision, mission, values, goals and objectives are read, each cited to its element."""
        reading = foreign(
            "<Vision><Description>See.</Description><Identifier>v</Identifier></Vision>"
            "<Mission><Description>Go.</Description></Mission>"
            "<Value><Name>Care</Name></Value>"
            "<Value><Name>Trust</Name><Description>Be true.</Description></Value>"
            "<Value><Description>Hope.</Description></Value>"
            "<Goal><Name>Work</Name><Description>Jobs.</Description><OtherInformation>More."
            "</OtherInformation><Objective><Description>Hire.</Description>"
            "<SequenceIndicator>1</SequenceIndicator></Objective>"
            "<Objective><Name>Train</Name><OtherInformation>Soon.</OtherInformation></Objective>"
            "</Goal>"
        )
        plan = reading.plan
        assert problems_of(reading) == []
        assert [
            (text.statement, text.citation.section, text.citation.item) for text in plan.vision
        ] == [
            ("See.", "Vision", "v"),
            ("Go.", "Mission", None),
        ]
        assert [text.statement for text in plan.values] == ["Care", "Trust: Be true.", "Hope."]
        (work,) = plan.pathways
        assert [(fact.id, fact.statement) for fact in work.context] == [
            ("work-description", "Jobs."),
            ("work-other-information", "More."),
            ("work-train-other-information", "Soon."),
        ]
        assert [
            (objective.id, objective.statement, objective.citation.item)
            for objective in work.objectives
        ] == [
            ("1", "Hire.", "1"),
            ("train", "Train", None),
        ]

    def test_the_whole_documents_texts_and_dates_have_their_places(self) -> None:
        """Description, dates and address describe the plan and the document itself."""
        reading = foreign(
            "<Goal><Name>Work</Name><Description/></Goal>",
            outside="<AdministrativeInformation><StartDate>2022-04-01Z</StartDate>"
            "<EndDate>2023-03-31</EndDate><PublicationDate>2022-04-12+01:00</PublicationDate>"
            "<Source>https://example.org/</Source></AdministrativeInformation>"
            "<Description>Hello.</Description><OtherInformation>A note.</OtherInformation>",
        )
        plan = reading.plan
        assert problems_of(reading) == []
        assert [text.statement for text in plan.foreword] == ["Hello.", "A note."]
        assert plan.period == DateRange(date(2022, 4, 1), date(2023, 3, 31))
        (document,) = plan.documents
        assert document.published == DateRange(date(2022, 4, 12), date(2022, 4, 12))
        assert document.url == "https://example.org/"

    @pytest.mark.parametrize(
        ("dates", "words"),
        [
            ("<StartDate>2022-04-01</StartDate>", "a period from 2022-04-01 to no day"),
            ("<EndDate>2022-04-01</EndDate>", "a period from no day to 2022-04-01"),
            (
                "<StartDate>2022-04-02</StartDate><EndDate>2022-04-01</EndDate>",
                "a period from 2022-04-02 to 2022-04-01",
            ),
            ("<StartDate>2022-02-30</StartDate>", "StartDate '2022-02-30' has no place"),
            ("<PublicationDate>soon</PublicationDate>", "PublicationDate 'soon' has no place"),
        ],
    )
    def test_dates_that_make_no_period_are_lost(self, dates: str, words: str) -> None:
        """One day is not a period, nor are two in the wrong order."""
        administration = f"<AdministrativeInformation>{dates}</AdministrativeInformation>"
        reading = foreign("", outside=administration)
        assert reading.plan.period is None
        assert words in problems_of(reading)[0][2]

    def test_stakeholders_become_partners(self) -> None:
        """Each is a partner once, with its part in the pathway; the kind is assumed and said so."""
        reading = foreign(
            "<Goal><Name>Work</Name><Description/>\n"
            '<Stakeholder StakeholderTypeType="Person"><Name>Ann</Name></Stakeholder>\n'
            '<Stakeholder StakeholderTypeType="Organization"><Name>ACME</Name><Description>Hires.'
            "</Description><Role><Name>Lead</Name><Description>Pays.</Description>"
            "<RoleType>Performer</RoleType><RoleType>Beneficiary</RoleType></Role>"
            "<Role><Name>Host</Name></Role></Stakeholder>\n"
            "<Stakeholder><Name/><Description>Nobody.</Description></Stakeholder>"
            "<Objective><Name>Hire</Name><Stakeholder><Name>Acme</Name></Stakeholder></Objective>"
            "</Goal>",
            part=PART_2,
        )
        (work,) = reading.plan.pathways
        assert [(partnership.partner, partnership.role) for partnership in work.partnerships] == [
            ("ann", "Is named as a stakeholder."),
            ("acme", "Hires.; Lead: Pays. (Performer, Beneficiary); Host"),
            ("acme", "Is named as a stakeholder."),
        ]
        assert [(line, step) for line, step, _ in problems_of(reading)] == [
            (6, "Stakeholder[1]"),
            (6, "Stakeholder[1]"),
            (7, "Stakeholder[2]"),
            (8, "Stakeholder[3]"),
        ]

    def test_results_become_narrative_targets(self) -> None:
        """Without a direction nothing can be assessed, and the loss says so."""
        reading = foreign(
            "<Goal><Name>Work</Name><Description/><Objective><Name>Hire</Name>"
            "<PerformanceIndicator><MeasurementDimension>In work</MeasurementDimension>"
            "<UnitOfMeasurement>percent</UnitOfMeasurement><Identifier>p1</Identifier>"
            "<MeasurementInstance><TargetResult><EndDate>2024-03-31</EndDate>"
            "<NumberOfUnits>30</NumberOfUnits><Description>of all</Description></TargetResult>"
            "<TargetResult><EndDate/><Descriptor><DescriptorName>Grade</DescriptorName>"
            "<DescriptorValue>A</DescriptorValue></Descriptor></TargetResult>"
            "<TargetResult/><ActualResult><NumberOfUnits>20</NumberOfUnits></ActualResult>"
            "</MeasurementInstance></PerformanceIndicator>"
            "<PerformanceIndicator><MeasurementDimension>Sick days</MeasurementDimension>"
            "<UnitOfMeasurement>day</UnitOfMeasurement></PerformanceIndicator>"
            "</Objective></Goal>",
            part=PART_2,
        )
        assert [
            (target.id, target.statement, target.area, str(target.deadline))
            for target in reading.plan.targets
        ] == [
            ("in-work", "In work: 30 percent, of all", "Org", "by 31 March 2024"),
            ("in-work-2", "In work: Grade: A", "Org", "None"),
            ("in-work-3", "In work", "Org", "None"),
        ]
        assert reading.plan.targets[0].citation == Citation("stratml-theirs", "Work > Hire", "p1")
        assert [step for _, step, _ in problems_of(reading)] == [
            "TargetResult[1]",
            "TargetResult[2]",
            "TargetResult[3]",
            "ActualResult[1]",
            "PerformanceIndicator[2]",
        ]

    def test_what_has_no_place_is_reported_by_line_and_path(self) -> None:
        """Unknown elements, attributes, stray texts and further organisations are all named."""
        reading = foreign(
            "<Organization><Name>Second</Name></Organization>\n"
            '<Goal draft="yes"><Name>Work<b xmlns="urn:other">er</b></Name><Description/> stray\n'
            "<Objective/><Objective><OtherInformation>Lost.</OtherInformation></Objective>"
            "<x:tag xmlns:x='urn:x' a='b'><?p i?></x:tag></Goal>",
            outside="<Submitter><Surname>Doe</Surname></Submitter>",
            part=PART_2,
        )
        assert problems_of(reading) == [
            (5, "Organization[2]", "Organization 'Second' has no place, and was not read"),
            (6, "Goal[1]", "the attribute draft 'yes' has no place, and was not read"),
            (6, "Goal[1]", "the text 'stray' has no place here, and was not read"),
            (6, "b[1]", "{urn:other}b 'er' has no place, and was not read"),
            (7, "Objective[2]", "Objective 'Lost.' has no place, and was not read"),
            (7, "tag[1]", "{urn:x}tag 'b i' has no place, and was not read"),
            (8, "Submitter[1]", "Submitter 'Doe' has no place, and was not read"),
        ]

    def test_a_goal_without_a_name_is_given_one(self) -> None:
        """And the loss says which."""
        reading = foreign("<Goal><Description>Jobs.</Description></Goal>")
        assert reading.plan.pathways[0].name == "Goal 1"
        assert problems_of(reading)[0][2] == "the goal has no name: it is called 'Goal 1'"

    def test_the_organisation_may_say_more(self) -> None:
        """Its description is a fact of the profile, its stakeholders are partners."""
        reading = read_stratml(
            f"<StrategicPlan {PART_1}><Name>Theirs</Name><StrategicPlanCore><Organization>"
            "<Name>Org</Name><Description>Old.</Description><Stakeholder><Name>Ann</Name>"
            "</Stakeholder></Organization></StrategicPlanCore></StrategicPlan>"
        )
        assert [(fact.id, fact.statement) for fact in reading.plan.profile] == [
            ("organization-description", "Old.")
        ]
        assert [partner.name for partner in reading.plan.partners] == ["Ann"]

    def test_a_bare_document_in_an_unknown_namespace_loads(self) -> None:
        """An older or missing namespace, and no organisation, are losses and no errors."""
        reading = read_stratml("<StrategicPlan><Name>Theirs</Name></StrategicPlan>")
        assert reading.plan.subject.name == "Theirs"
        assert [loss.message for loss in reading.losses] == [
            "the namespace '' is not that of ISO 17469: it was read as if it were",
            "no organisation is named: the subject is the plan's title",
        ]

    def test_names_that_say_nothing_plain_still_give_ids(self) -> None:
        """Two goals of one name, one of no plain letter and one too long have four ids."""
        long = "word " * 20
        goals = [f"<Goal><Name>{name}</Name></Goal>" for name in ("A", "A", "目", long, "x" * 80)]
        reading = foreign("".join(goals))
        assert [pathway.id for pathway in reading.plan] == [
            "a",
            "a-2",
            "pathway",
            "-".join(["word"] * 12),
            "x" * 60,
        ]


class TestRefusing:
    """An unsafe or damaged text, or one that is not StratML, gives one clear error."""

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("", "plan.xml:1: this cannot be read as XML: Document is empty"),
            ("<a>\n<b></a>", "plan.xml:2: this cannot be read as XML: Opening and ending tag"),
            ("<a>\n&b;</a>", "plan.xml:2: this cannot be read as XML: Entity 'b' not defined"),
            ("<a><b/>", "plan.xml:1: this cannot be read as XML: "),
            ("<a/>", "plan.xml:1: a StratML document begins with StrategicPlan or Perf"),
            ("\ud800", "plan.xml:1: '\\ud800' is only half of a character"),
            (b"\xff\xfe<\0a\0/\0>\0", "plan.xml: byte 0 is not UTF-8"),
            (b"<a>\xe9</a>", "plan.xml: byte 3 is not UTF-8"),
            (
                b'<?xml version="1.0" encoding="UTF-16"?><a/>',
                "plan.xml:1: it says that it is in 'UTF-16': save it in UTF-8",
            ),
            ("<a>" + "x" * 1_000_000 + "</a>", "plan.xml: it is longer than 1,000,000 characters"),
            ("<a>" * 300 + "</a>" * 300, "plan.xml:1: this cannot be read as XML: Excessive depth"),
            ("<a>" + "<b/>" * 10_001 + "</a>", "plan.xml:1: it has more than 10,000 elements"),
            (
                "<a " + " ".join(f"b{number}=''" for number in range(51)) + "/>",
                "plan.xml:1: an element has more than 50 attributes",
            ),
            (
                "<?xml version='1.0'?>\n<!-- <a> -->\n<?b c?>\n<!DOCTYPE a><a/>",
                "plan.xml:4: a DOCTYPE can define entities",
            ),
            (
                "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>",
                "plan.xml:1: a DOCTYPE can define entities",
            ),
            (
                '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
                "plan.xml:1: a DOCTYPE can define entities",
            ),
            (
                '<a>\n<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="f"/></a>',
                "plan.xml:2: it includes another file",
            ),
            (
                f"<StrategicPlan {PART_1}/><?rrmodel {{}}?>",
                "plan.xml:1: an rrmodel instruction is outside the plan",
            ),
            (f"<StrategicPlan {PART_1}/>", "plan.xml:1: the key 'title' is missing ($.title)"),
        ],
    )
    def test_a_document_that_cannot_be_trusted_is_refused(
        self, text: str | bytes, answer: str
    ) -> None:
        """Each is refused before anything is read from it."""
        assert any(problem.startswith(answer) for problem in problems(text))

    @pytest.mark.parametrize(
        ("old", "new", "answer"),
        [
            (
                '{"id": "homes"',
                '"id": "homes"',
                "this cannot be read as JSON: the text goes on after its end",
            ),
            ('{"id": "homes"', '{"id": "x", "id": "homes"', "the key 'id' is here twice"),
            ('<?rrmodel {"id": "homes"', '<?rrmodel []?><?x {"id": "homes"', "is a mapping"),
            ('{"id": "homes"', '{"a": ' + "[" * 60 + "]" * 60 + ', "id": "homes"', "20 levels"),
            ('{"id": "homes"', '{"a": [' + "1, " * 30_000 + '1], "id": "homes"', "30,000 parts"),
            ('{"id": "homes"', '{"id": "homes", "goal": "82%"', "there is no key 'goal' here"),
            ('{"in": "vision"', '{"in": "visions"', "is for 'visions', which has no place here"),
            ('{"in": "vision", ', "{", "is for 'nothing', which has no place here"),
            ('"parts": ["lead"]', '"parts": ["lad"]', "has a partner and its parts"),
            ('"parts": ["lead"]', '"parts": ["lead"], "a": "b"', "has a partner and its parts"),
            ('"partner": "both"', '"partner": "bath"', "there is no partner 'bath'"),
            ('"aliases": ["The shelter"]', '"aliases": "S"', "a list is needed here"),
            ('"kind": "change"', '"kind": ["change"]', "a text is needed here, not a list"),
            ('"change": "8 perc', '"change": "28 perc', "110% is not between"),
            ('"documents": [{"id": "d"', '"documents": [{"id": "e"', "there is no document 'd'"),
            ("<Name>Homes &amp; hope</Name>", "", "the key 'name' is missing"),
            (
                "<Description>Everybody has a home.</Description>",
                "",
                "the key 'statement' is missing",
            ),
            ("<Description>Meet.</Description>", "", "the key 'role' is missing"),
        ],
    )
    def test_a_spoilt_instruction_is_refused_with_its_line(
        self, written: str, old: str, new: str, answer: str
    ) -> None:
        """The message is that of a mistyped plan, with the line in this document."""
        assert written.count(old) == 1
        messages = problems(written.replace(old, new))
        assert any(answer in problem for problem in messages), messages
        assert all(re.match(r"plan\.xml:\d+: ", problem) for problem in messages)

    def test_documents_that_are_no_list_are_refused(self, written: str) -> None:
        """Even where the document itself would have to be listed with them."""
        text = re.sub(r'"documents": \[.*?\}\]', '"documents": "d"', written, count=1)
        added = "<Objective><Name>Jobs</Name></Objective></Goal>"
        messages = problems(text.replace("</Goal>", added))
        assert any("a list is needed here" in problem for problem in messages)

    def test_a_text_may_declare_what_it_was_decoded_from(self, plan: Plan, written: str) -> None:
        """A text is past its encoding, so its declaration says nothing of it."""
        assert read_stratml(written.replace("UTF-8", "UTF-16")).plan == plan
        assert read_stratml(b"\xef\xbb\xbf" + written.encode()).plan == plan

    def test_without_lxml_the_extra_is_named(
        self, written: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Writing needs nothing; reading says what to install."""
        monkeypatch.setitem(sys.modules, "lxml", None)
        with pytest.raises(MissingExtraError, match=r"pip install lxml \(extra: stratml\)"):
            read_stratml(written)
