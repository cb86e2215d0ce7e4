"""Shapes of documents that are rare, doubtful or wrong, and what becomes of them."""

from __future__ import annotations

import attrs
import pytest
from tests.test_parse_plan import commitments, figures, messages, read, section, targets

from rrmodel.wording import ParsedPlan, keep_corrections, parse_plan


class TestFigures:
    """Figures that are not a level or amount, and words that are not dates."""

    @pytest.mark.parametrize(
        "text",
        [
            "Occupancy is 150%.",
            "Scores per 12",
            "They are 50% as likely to reoffend.",
            "Over 9",
            "Paid per: 9",
        ],
    )
    def test_what_cannot_be_recorded_is_a_question(self, text: str) -> None:
        """The statement is kept, its figure is not."""
        parsed = read(f"## About Kent\n\n{text}\n")
        assert figures(parsed.plan) == []
        assert "is not a level or amount" in messages(parsed)[0]

    def test_commitments_without_a_unit_are_questions(self) -> None:
        """A number of nothing is not committed."""
        parsed = read("## About Kent\n\nWe will open at least 5.\n")
        assert commitments(parsed.plan) == []
        assert len(messages(parsed)) == 2

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("£2 million for 2023-24 and £3 million for 2024-25", ["2023/24", "2024/25"]),
            ("£2 million for 2024-22", [""]),
            ("£2 million for 2024-25", ["2024/25"]),
            ("£2 million to begin in 2024", ["2024"]),
        ],
    )
    def test_years_of_money(self, text: str, expected: list[str]) -> None:
        """Money is for a year if one year is named, and it exists."""
        rows = commitments(read(f"## Budget\n\n{text}\n").plan)
        assert [starts for _, starts, _ in rows] == expected

    def test_deadlines_in_another_clause_are_not_shared(self) -> None:
        """A dash or a semicolon ends what a deadline is for."""
        plan = read(
            "## About Kent\n\nWe will hire 3 (1 in 2022 and 2 in "
            "2023) leads – all hubs open by 2024.\n"
        ).plan
        assert commitments(plan) == [("3 leads", "", "")]

    def test_what_was_done_has_no_deadline(self) -> None:
        """A date of the past is not the day by which something is due."""
        plan = section("Actions", "The board was set up in 2021").plan
        assert plan.activities[0].deadline is None

    def test_abbreviations_end_no_sentence(self) -> None:
        """The full stop of "e.g." does not end a sentence."""
        plan = read("## About Kent\n\nSome, e.g. Nacro, help 3 people. It was 40%.\n").plan
        assert len(plan.profile) == 1
        assert figures(plan) == ["3 people", "40%"]


class TestTables:
    """Tables with other columns."""

    def test_rows_of_targets_without_levels(self) -> None:
        """A column of deadlines completes the sentence of a row."""
        body = (
            "## Work\n\n### Targets\n\n| Target | By when |\n|---|---|\n"
            "| At least 60% of people are in work | March 2025 |\n"
            "| At least 70% of people are housed | |\n"
        )
        assert [(goal, due) for _, _, goal, due in targets(read(body).plan)] == [
            ("60%", "by March 2025"),
            ("70%", ""),
        ]

    def test_headers_that_are_not_known_are_rows(self) -> None:
        """Without known columns, the first cell is the statement; empty rows say nothing."""
        body = "## Work\n\n### Actions\n\n| Foo | Bar |\n|---|---|\n| Build hubs | now |\n| | |\n"
        statements = [each.statement for each in read(body).plan.activities]
        assert statements == ["Foo", "Build hubs"]

    def test_deadlines_that_are_none_are_questions(self) -> None:
        """A cell of a date that names no day is not guessed."""
        body = "## Work\n\n### Actions\n\n| Action | When |\n|---|---|\n| Build | ongoing |\n"
        parsed = read(body)
        assert parsed.plan.activities[0].deadline is None
        assert "the deadline 'ongoing' is not a day or a period" in messages(parsed)[0]

    def test_rows_without_a_statement(self) -> None:
        """A row whose first column is empty has no place."""
        body = "## Work\n\n### Actions\n\n| Action | Lead |\n|---|---|\n| | Nacro |\n"
        parsed = read(body)
        assert parsed.plan.activities == ()
        assert "no statement in its first column" in parsed.unplaced[0].reason


class TestPlaces:
    """Headings, lists and partners in odd places."""

    def test_lists_of_pathways_alone(self) -> None:
        """A chapter that is nothing but a list of pathways makes no chapter of facts."""
        plan = read(
            "## Delivery\n\nOur pathways are:\n\n1. Homes, working "
            "to support people to change lives\n"
            "2. Jobs and Skills\n\n## More\n\nThemes are:\n\n1. Money\n"
        ).plan
        assert [pathway.name for pathway in plan.pathways] == ["Homes", "Jobs and Skills", "Money"]
        assert [each.statement for each in plan.objectives] == ["Change lives"]

    def test_sections_within_parts(self) -> None:
        """A heading below "Actions" begins more actions."""
        plan = read("## Work\n\n### Actions\n\n#### This year\n\n- Build\n\n### Aims\n\n- A\n").plan
        assert [each.statement for each in plan.activities] == ["Build"]

    def test_containers_within_containers(self) -> None:
        """Pathways can be two levels down."""
        plan = read(
            "## Delivery\n\n### Deep\n\n#### Homes\n\n##### Actions\n\n- "
            "Build\n\n## Other\n\nX.\n\n## Empty\n"
        ).plan
        assert [pathway.name for pathway in plan.pathways] == ["Homes"]

    def test_partner_lists_of_every_shape(self) -> None:
        """Groups have members, councils are two; a line without a name is unplaced."""
        parsed = read(
            "## Our partners\n\n- Health providers, including Tideway and Moor\n- .\n"
            "- Kent City and Kent County Council\n"
        )
        names = [partner.name for partner in parsed.plan.partners]
        assert names == [
            "Health providers",
            "Tideway",
            "Moor",
            "Kent City Council",
            "Kent County Council",
        ]
        assert parsed.plan.partners[0].members == ("tideway", "moor")
        assert [line.reason for line in parsed.unplaced] == [
            "no name of a partner could be read: add it by hand"
        ]
        assert section("Partners", ".").unplaced[0].line == 7

    def test_paragraphs_of_targets_alone(self) -> None:
        """A paragraph that is one target leaves no fact; one without a date is not a target."""
        parsed = read(
            "## Work\n\nWe will ensure that at least 60% of people are in work by March 2025.\n\n"
            "### Objectives\n\n- In 2022, 20% of people had work\n- 20% "
            "increase in work from 62% in 2022 by 2025\n"
        )
        assert parsed.plan.pathways[0].background == ()
        assert len(parsed.plan.objectives) == 2

    def test_targets_without_words_name_no_measure(self) -> None:
        """The words "Raise it" does not say what."""
        parsed = section("Targets", "Raise it to 50% by 2024")
        assert parsed.plan.measures == ()
        assert any("the measure" in each for each in messages(parsed))

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            (
                (
                    "Kent Plan\n\nHomes\n\n- one of the many things that people in the county "
                    "will see done, and more\n\nJobs\n\na\tb\n\nJane\n\nDoe\n\n"
                    "It is a long text that ends.\n"
                ),
                ["Homes"],
            ),
            (
                "Homes and work for people who leave Kent, a text that goes on and on and on.",
                ["Homes and work for people who leave Kent, a text that goes on and on and on."],
            ),
        ],
    )
    def test_headings_of_plain_text_by_their_shape(self, text: str, names: list[str]) -> None:
        """A line above a list is a heading; a line above a row or below another line is not."""
        assert [chapter.name for chapter in parse_plan(text).plan.chapters][:1] == names

    def test_titles_in_several_blocks(self) -> None:
        """The area and the years can be apart from the word "plan"."""
        assert (
            parse_plan("Kent\n\nPolice Plan\n\n2022-25\n\nAims\n\n- A\n").plan.title
            == "Kent Police Plan 2022-25"
        )

    def test_documents_with_two_first_headings(self) -> None:
        """Then the title is that of the file, or else the first words."""
        page = (
            "<html><head><title>Kent "
            "plan</title></head><body><h2>Aims</h2><p>A</p><h2>Actions</h2><p>B</p></body></html>"
        )
        assert parse_plan(page).plan.title == "Kent plan"
        assert parse_plan("# Aims\n\n- A\n\n# Actions\n\n- B\n").plan.title == "Aims"


class TestCorrections:
    """The effect of another reading on a corrected plan."""

    def corrected(self, parsed: ParsedPlan, **parts: object) -> ParsedPlan:
        """Return another reading after the only pathway was changed."""
        pathway = attrs.evolve(parsed.plan.pathways[0], **parts)  # type: ignore[arg-type]
        return keep_corrections(parsed, attrs.evolve(parsed.plan, pathways=(pathway,))).parsed

    def test_renamed_pathways_keep_their_records(self) -> None:
        """Nothing is added if every statement is found under another name."""
        again = self.corrected(section("Objectives", "Open hubs"), id="jobs", name="Jobs")
        assert [pathway.id for pathway in again.plan.pathways] == ["jobs"]

    def test_deleted_records_stay_deleted_where_others_are_left(self) -> None:
        """Of two partners in one entry, the one that was deleted does not come back."""
        parsed = section("Partners", "Nacro and Shelter")
        nacro, _ = parsed.plan.pathways[0].partnerships
        pathway = attrs.evolve(parsed.plan.pathways[0], partnerships=(nacro,))
        plan = attrs.evolve(parsed.plan, pathways=(pathway,), partners=parsed.plan.partners[:1])
        again = keep_corrections(parsed, plan).parsed
        assert [each.partner for each in again.plan.pathways[0].partnerships] == ["nacro"]
        assert len(again.plan.partners) == 1

    def test_statements_are_found_by_most_of_their_words(self) -> None:
        """In another edition an item may have moved, and its words changed a little."""
        old = section("Objectives", "One", "Two", "Open employment hubs in every prison")
        hubs = attrs.evolve(old.plan.objectives[2], statement="Open employment hubs in each prison")
        pathway = attrs.evolve(old.plan.pathways[0], objectives=(hubs,))
        new = section("Objectives", "Something else", "Open employment hubs in all prisons")
        result = keep_corrections(new, attrs.evolve(old.plan, pathways=(pathway,)))
        assert [each.statement for each in result.parsed.plan.objectives] == [
            "Open employment hubs in each prison",
            "Something else",
        ]

    def test_activities_serve_objectives_of_the_corrected_plan(self) -> None:
        """An added activity serves the objective by its corrected id, if its pathway has it."""
        body = "## History\n\nLong.\n\n## Work\n\n### Actions\n\nAim: Jobs\n\n- Hold fairs\n"
        first = read(body)
        jobs = attrs.evolve(first.plan.objectives[0], id="renamed")
        fairs = attrs.evolve(first.plan.activities[0], serves=("renamed",))
        work = attrs.evolve(first.plan.pathways[0], objectives=(jobs,), activities=(fairs,))
        corrected = attrs.evolve(first.plan, pathways=(work,))
        again = read(body + "- Open hubs\n\n## Homes\n\n### Actions\n\nAim: Roofs\n\n- Build\n")
        result = keep_corrections(again, corrected)
        assert [each.serves for each in result.parsed.plan.activities] == [
            ("renamed",),
            ("renamed",),
            ("roofs",),
        ]
        assert result.kept == ()
        moved = attrs.evolve(work, id="jobs", name="Jobs")
        parted = keep_corrections(again, attrs.evolve(first.plan, pathways=(moved,))).parsed.plan
        assert [each.serves for each in parted.activities] == [("renamed",), (), ("roofs",)]

    def test_plan_files_list_few_unplaced_statements_whole(self) -> None:
        """No line says "and more" where there is no more."""
        text = read("## Glossary\n\nA – B\n\nA – C\n").to_yaml()
        assert "# 1 statement of the document has no place in the plan:" in text
        assert "more" not in text.split("schema_version")[0]
