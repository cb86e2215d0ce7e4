"""Published documents of every format, read as plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from tests.rendered_documents import as_docx, as_html, as_pdf, as_text

from rrmodel import io, model
from rrmodel.errors import LoadError, RecordError, UnknownNameError
from rrmodel.model import (
    ChangeTarget,
    Commitment,
    Establishment,
    MaintainTarget,
    Measure,
    NarrativeTarget,
    Pathway,
    Plan,
    ReachTarget,
    StandingTarget,
    walk,
)
from rrmodel.periods import Deadline
from rrmodel.quantities import Amount, Percentage
from rrmodel.wording import (
    Headings,
    OpenQuestion,
    ParsedPlan,
    QuestionKind,
    Vocabulary,
    keep_corrections,
    parse_plan,
)

DOCUMENTS = Path(__file__).parent / "specimens" / "documents"
NORTHSHIRE = (DOCUMENTS / "northshire-plan.md").read_text("utf-8")
TITLE = "# Kent Reducing Reoffending Plan 2022-25\n\n"


def specimen(name: str) -> ParsedPlan:
    """Return the reading of a specimen."""
    return parse_plan(DOCUMENTS / name)


def read(body: str, **settings: Any) -> ParsedPlan:
    """Return the reading of a plan for Kent in Markdown."""
    return parse_plan(TITLE + body, **settings)


def section(heading: str, *items: str) -> ParsedPlan:
    """Return the reading of a plan with one pathway that has one section."""
    return read(f"## Work\n\n### {heading}\n\n" + "\n".join(f"- {item}" for item in items))


def messages(parsed: ParsedPlan, kind: str = "in question") -> list[str]:
    """Return the open questions of one kind, without those about the years and kinds."""
    return [
        each.message
        for each in parsed.findings
        if each.kind == kind
        and "no pathway" not in each.message
        and "financial years" not in each.message
        and "kind of" not in each.message
    ]


def targets(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Return kind, measure, goal and deadline of each target."""
    return [
        (
            type(each).__name__.removesuffix("Target"),
            each.measure.id if hasattr(each, "measure") else "",
            str(getattr(each, "goal", "")),
            each.deadline.wording if each.deadline else "",
        )
        for each in plan.targets
    ]


def figures(plan: Plan) -> list[str]:
    """Return every figure of a fact, with its period."""
    records = [record for _, record in walk(plan) if isinstance(record, model.Figure)]
    return [f"{each.value}{f' in {each.period}' if each.period else ''}" for each in records]


def commitments(plan: Plan) -> list[tuple[str, str, str]]:
    """Return amount, start and deadline of each commitment."""
    records = [record for _, record in walk(plan) if isinstance(record, Commitment)]
    return [
        (
            str(each.amount or ""),
            str(each.starts or ""),
            each.deadline.wording if each.deadline else "",
        )
        for each in records
    ]


class TestSpecimens:
    """Plans of the same family for other places, with other numbers, partners and headings."""

    @pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
    def test_nearly_every_statement_has_a_place(self, path: Path) -> None:
        """At most one statement in twenty is unplaced."""
        counts = parse_plan(path).counts
        assert counts.unplaced <= counts.placed / 20
        assert counts.placed > 15

    def test_another_region(self) -> None:
        """Numbers, dates, directions and partners of another region are its own."""
        plan = specimen("northshire-plan.md").plan
        assert (plan.subject.name, str(plan.period)) == ("Northshire", "April 2023 to March 2026")
        assert targets(plan) == [
            ("Change", "employed-six-weeks-after-release", "22%", "By September 2024"),
            ("Maintain", "employed-six-months-after-release", "24%", "By September 2024"),
            ("Reach", "prisoners-bank-account-before-release", "85%", "by March 2025"),
            ("Reach", "rate-drug-related-deaths", "4 per 1,000 people", "By March 2026"),
            ("Narrative", "", "", ""),
        ]
        assert [measure.better for measure in plan.measures] == ["higher"] * 3 + ["lower"]
        assert figures(plan) == [
            "2,600,000 people",
            "9,800 people",
            "3,150 people",
            "7 prisons",
            "8 prisons in 2025",
            "1,240 employees",
            "31% in 2020/21",
            "38%",
            "27%",
            "14 services",
            "36 people",
            "-7 percentage points",
            "16% in 2021/22",
            "71% in 2021/22",
            "24%",
            "35%",
            "28%",
            "33%",
            "23%",
            "36%",
            "180 days",
        ]
        assert commitments(plan) == [
            ("6 leads", "", "by the end of 2024"),
            ("9 managers", "", "by the end of 2024"),
            ("£120,000,000 a year", "", "by 2025-26"),
            ("£18,500,000 a year", "", ""),
            ("£2,400,000", "", ""),
            ("4 mentors", "2023/24", ""),
            ("40 places", "", ""),
        ]
        assert [each.deadline and each.deadline.wording for each in plan.activities] == [
            None,
            "by March 2024",
            "in 2024-25",
            None,
            "by 2024-25",
            None,
        ]
        assert [partner.name for partner in plan.partners] == [
            "Stepwise",
            "Department for Work and Pensions",
            "Northshire Chamber of Commerce",
            "Regional employers",
            "Orbit Rail",
            "Fenwick Foods",
            "Hallam Builders",
            "Northshire City Council",
            "Northshire County Council",
            "Bright Water",
            "Local health providers",
            "Tideway Health",
            "Moor Partnership Trust",
            "St Anne's House, Westhaven",
            "Police and crime commissioner",
        ]

    def test_a_missing_chapter_and_reordered_headings(self) -> None:
        """Headings decide, not positions: the glossary stands first here."""
        plan = specimen("westmarch-plan.txt").plan
        assert [pathway.name for pathway in plan.pathways] == [
            "Family and home",
            "Security and compliance",
        ]
        assert targets(plan) == [
            ("Change", "housed-on-release", "84%", "By December 2025"),
            ("Reach", "share-people-recalled-prison", "12%", "by March 2026"),
        ]
        assert commitments(plan) == [("56 nights", "", ""), ("25 spaces", "", "by the end of 2025")]
        assert [note.number for note in plan.footnotes] == ["1"]
        assert [term.term for term in plan.glossary] == ["Community sentence", "Licence"]
        assert plan.pathways[0].background[0].statement.endswith("lower the risk of re-offending.")

    def test_a_police_and_crime_plan(self) -> None:
        """Other headings, tables and HTML; an ambiguous change is a target without a number."""
        parsed = specimen("fenland-police-plan.html")
        plan = parsed.plan
        assert plan.subject.name == "Fenland"
        assert targets(plan) == [
            ("Change", "residential-burglary", "1,800 offences", "by March 2028"),
            ("Reach", "residents-feel-safe-after-dark", "75%", "by 2028"),
            ("Narrative", "", "", "by March 2028"),
            ("Reach", "proven-reoffending-rate", "24%", "by March 2028"),
        ]
        assert "82% or 74.4%" in messages(parsed, "ambiguous")[0]
        assert [
            (each.lead, each.deadline and each.deadline.wording) for each in plan.activities
        ] == [
            ("fenland-police", "by December 2024"),
            ("community-safety-partnership", "by 2025-26"),
            (None, "by 2025"),
            (None, None),
        ]
        assert commitments(plan) == [
            ("£212,400,000", "2024/25", ""),
            ("£3,100,000", "", ""),
            ("£1,600,000", "", ""),
            ("12 mentors", "", "by 2025"),
        ]
        assert [term.term for term in plan.glossary] == ["Restorative justice", "Precept"]

    def test_a_local_strategy(self) -> None:
        """Stems, leads in brackets and tables without levels are read too."""
        parsed = specimen("harbour-strategy.md")
        plan = parsed.plan
        assert targets(plan) == [
            ("Reach", "settled-three-months-after-release", "80%", "By March 2027"),
            ("Narrative", "", "", "By March 2027"),
            ("Reach", "employed-six-months-after-release", "50%", "by 2026-27"),
            ("Standing", "people-released-without-bank-account", "5%", ""),
        ]
        assert plan.activities[0].lead == "harbour-homes"
        assert [each.role for each in plan.pathways[0].partnerships] == [
            "Manages move-on flats",
            "Gives advice on benefits and debt",
        ]
        assert "inherited" in {finding.kind for finding in parsed.findings}


class TestFormats:
    """One plan in five formats."""

    @pytest.mark.parametrize("render", [as_text, as_html, as_docx, as_pdf])
    def test_every_format_gives_an_equal_plan(self, render: Any) -> None:
        """Text, HTML, DOCX and PDF are read as the Markdown is, citations included."""
        assert parse_plan(render(NORTHSHIRE)).plan == parse_plan(NORTHSHIRE).plan

    def test_every_statement_cites_its_lines(self) -> None:
        """The plan has them as data, in a text by line and in a PDF by page and line."""
        parsed = specimen("northshire-plan.md")
        cited = [each.citation.place for each in parsed.plan.pathways[0].targets]
        assert cited == ["line 75", "line 76", "line 77"]
        assert specimen("westmarch-plan.txt").plan.targets[0].citation.place == "lines 42 to 43"
        for plan in (parsed.plan, parse_plan(as_pdf(NORTHSHIRE)).plan):
            citations = [each for _, each in walk(plan) if isinstance(each, model.Citation)]
            assert all(each.place for each in citations)
        assert str(citations[0]).endswith("Foreword, paragraph 1, page 1, lines 4 to 5")
        assert io.loads(parsed.to_yaml()).targets[0].citation.place == "line 75"

    def test_lines_are_those_of_the_document(self) -> None:
        """A line of text is counted from 1; a line of a PDF on its page."""
        lines = NORTHSHIRE.splitlines()
        for each in parse_plan(NORTHSHIRE).lines:
            assert each.text.split()[-1].strip("¹²³.") in " ".join(
                lines[each.line - 1 : each.last_line]
            )
        pages = {each.page for each in parse_plan(as_pdf(NORTHSHIRE)).lines}
        assert pages >= {1, 2}

    def test_lines_are_as_doubtful_as_what_is_most_doubtful_about_them(self) -> None:
        """A line without a place is more doubtful than a value that is only inherited."""
        line = attrs.evolve(parse_plan(NORTHSHIRE).lines[0], questions=(), unplaced=None)
        questions = [
            OpenQuestion(kind=kind, message="?", path="$", line=1)
            for kind in get_args(QuestionKind)
        ]
        assert [each.doubt for each in questions] == [4, 3, 1, 1]
        assert [
            attrs.evolve(line, questions=tuple(asked), unplaced=reason).doubt
            for asked, reason in [
                (questions, None),
                (questions[1:], "no place"),
                (questions[2:], "no place"),
                (questions[2:], None),
                ([], None),
            ]
        ] == [4, 3, 2, 1, 0]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("plan.md", NORTHSHIRE.encode()),
            ("plan.txt", as_text(NORTHSHIRE).encode("utf-16")),
            ("plan.htm", as_html(NORTHSHIRE).encode("latin-1", "xmlcharrefreplace")),
            ("plan.docx", as_docx(NORTHSHIRE)),
            ("plan.pdf", as_pdf(NORTHSHIRE)),
            ("plan", as_pdf(NORTHSHIRE)),
        ],
    )
    def test_files_are_read_by_suffix_or_content(
        self, tmp_path: Path, name: str, content: bytes
    ) -> None:
        """The suffix tells the format, and the content does where it does not."""
        path = tmp_path / name
        path.write_bytes(content)
        assert len(parse_plan(path).plan.targets) == len(parse_plan(NORTHSHIRE).plan.targets)

    @pytest.mark.parametrize(
        ("document", "message"),
        [
            ("", "the document is empty"),
            (b"\x00\x01\xff\xfe", "not a text"),
            (b"Plan \xff", "byte 5 is not UTF-8"),
            (b"%PDF-1.4 broken", "the PDF cannot be read"),
            (b"PK\x03\x04 broken", "the DOCX file cannot be read"),
        ],
    )
    def test_what_cannot_be_read_is_one_clear_error(self, document: Any, message: str) -> None:
        """Empty, damaged and binary documents are refused with what is wrong."""
        with pytest.raises(LoadError, match=message):
            parse_plan(document)

    def test_other_arguments_are_refused(self, tmp_path: Path) -> None:
        """An unknown format, a value that is not a document, a text as PDF, an old Word file."""
        with pytest.raises(UnknownNameError, match="did you mean 'markdown'"):
            parse_plan("text", format="markdow")  # type: ignore[arg-type]
        with pytest.raises(RecordError, match="expected a document, not int"):
            parse_plan(3)  # type: ignore[arg-type]
        with pytest.raises(LoadError, match="a text is not pdf"):
            parse_plan("text", format="pdf")
        old = tmp_path / "plan.doc"
        old.write_bytes(b"x")
        with pytest.raises(LoadError, match=r"plan\.doc: .* save it as \.docx"):
            parse_plan(old)
        with pytest.raises(LoadError, match=r"none\.md"):
            parse_plan(tmp_path / "none.md")
        (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4")
        with pytest.raises(LoadError, match=r"bad\.pdf: the PDF"):
            parse_plan(tmp_path / "bad.pdf")


class TestSections:
    """The roles that headings, stems and shapes give to a text."""

    def test_words_of_headings_can_be_added(self) -> None:
        """A heading that no table has begins activities once a user says so."""
        words = Headings().with_words({"activities": ["Our promises to you"]})
        body = "## Work\n\n### Our promises to you\n\n- Open a hub\n"
        assert read(body).plan.activities == ()
        assert len(read(body, headings=words).plan.activities) == 1

    def test_wrong_words_of_headings_are_refused(self) -> None:
        """A part that plans do not have, and a heading without words."""
        with pytest.raises(UnknownNameError, match="did you mean 'activities'"):
            Headings().with_words({"activitys": ["x"]})
        with pytest.raises(RecordError, match="has no words"):
            Headings().with_words({"activities": [" "]})

    @pytest.mark.parametrize(
        ("heading", "role"),
        [
            ("3. Our three-year objectives", "objectives"),
            ("How we will measure success?", "targets"),
            ("About the Kent region", "profile"),
            ("Priority 2: Safer streets", None),
            ("Reaching our objectives together", None),
            ("Principles and values", "principles"),
            ("x" * 101, None),
            ("…", None),
        ],
    )
    def test_roles_of_headings(self, heading: str, role: str | None) -> None:
        """A heading has a role if it has the words of one and little else."""
        assert Headings().role_of(heading) == role

    def test_every_kind_of_chapter_has_its_place(self) -> None:
        """Statements, facts, priorities, chapters and pathways go where their headings say."""
        plan = read(
            "## Foreword\n\nWelcome.\n\n## Vision\n\nFewer victims.\n\n## Principles\n\n- Fair\n\n"
            "## Values\n\n- Open\n\n## Key facts\n\nIt has 3 prisons.\n\n### Staff\n\nMany.\n\n"
            "## Achievements\n\nWe opened 2 hubs.\n\n## Budget\n\nWe spend £3 million a year.\n\n"
            "## Monitoring\n\nYearly.\n\n## Drug strategy\n\nDrugs "
            "harm.\n\n### Supply\n\nGates.\n\n"
            "## Our partners\n\nOur partners are:\n\n- Nacro\n- Anchor House, Dover\n\n"
            "All of them work with the service in every part of the county.\n"
        ).plan
        parts = "foreword vision principles values profile achievements monitoring chapters".split()
        assert [len(getattr(plan, part)) for part in parts] == [1, 1, 1, 1, 2, 1, 1, 2]
        assert commitments(plan) == [("£3,000,000 a year", "", "")]
        assert [each.partner for each in plan.partner_list] == ["nacro", "anchor-house-dover"]
        assert [len(chapter.facts) for chapter in plan.chapters] == [2, 1]

    def test_priorities_are_pathways_if_they_hold_them(self) -> None:
        """Chapters within "Our priorities" are pathways, and what else is there keeps its place."""
        plan = read(
            "## Our priorities\n\nWe have 2 of them.\n\n### Homes\n\n#### Actions\n\n- Build\n\n"
            "### Jobs\n\nWe will:\n\n- Hire\n\nPartners are:\n\n- Nacro\n\n- plain item\n\n"
            "### Themes\n\n#### Deep\n\n##### Actions\n\n- Dig\n\n### Glossary\n\nA – B.\n"
        ).plan
        assert [pathway.name for pathway in plan.pathways] == ["Homes", "Jobs", "Deep"]
        assert [activity.statement for activity in plan.activities] == ["Build", "Hire", "Dig"]
        assert [fact.statement for fact in plan.priorities] == ["We have 2 of them."]
        assert len(plan.glossary) == 1

    def test_chapters_within_other_chapters(self) -> None:
        """A chapter that is not a list of priorities may hold pathways beside plain sections."""
        plan = read(
            "## Delivery\n\n### Homes\n\n#### Actions\n\n- Build\n\n### History\n\nIt began.\n\n"
            "## Objectives\n\n### Safety\n\nSafe.\n\n- item\n"
        ).plan
        assert [pathway.name for pathway in plan.pathways] == ["Homes", "Safety"]
        assert [chapter.name for chapter in plan.chapters] == ["History"]

    def test_parts_without_a_pathway_are_of_the_whole_plan(self) -> None:
        """Objectives and targets that are alone make one pathway, named as the plan."""
        plan = read(
            "## Objectives\n\n- Fewer crimes\n\n## Actions\n\n- Act\n\n## Local context\n\nX.\n"
        ).plan
        assert [pathway.name for pathway in plan.pathways] == [plan.title]
        assert (len(plan.objectives), len(plan.activities), len(plan.profile)) == (1, 1, 1)

    def test_a_document_without_parts_says_so(self) -> None:
        """No pathway is an open question about the whole plan."""
        parsed = read("## Hello\n\nWorld.\n")
        assert "no pathway was found" in parsed.findings[-1].message
        assert str(parsed.findings[-1]).endswith("(in question, $)")

    def test_text_before_any_heading_is_a_chapter_of_the_title(self) -> None:
        """A text without headings is one chapter."""
        plan = parse_plan("Some words about nothing in particular, which end here.").plan
        assert plan.chapters[0].name == plan.title

    def test_sections_of_a_pathway_by_other_words(self) -> None:
        """Achievements, funding and lists in the context of a pathway have their places."""
        plan = read(
            "## Work\n\n### Actions\n\nWe will by 2024:\n\n- Hire 3 people\n\n### Achievements\n\n"
            "We opened 4 hubs.\n\n### Funding\n\n£2 million for hubs\n\n### Context\n\nWe will:\n\n"
            "- Listen\n\n### Local priorities\n\n- Fewer thefts\n\n### Odd words here\n\nText.\n\n"
            "### Partners\n\nWe work with very many people in the county, all of them kind.\n\n"
            "- …\n"
        ).plan
        work = plan.pathways[0]
        assert [each.statement for each in work.activities] == ["Hire 3 people", "Listen"]
        assert work.activities[0].deadline == Deadline("by 2024")
        assert [fact.kind for fact in work.context][:1] == ["achievement"]
        assert ("£2,000,000", "", "") in commitments(plan)
        assert [each.statement for each in work.objectives] == ["Fewer thefts"]

    def test_contents_and_navigation_are_no_statements(self) -> None:
        """A table of contents tells chapters in plain text, and links of the page are omitted."""
        text = (
            "Kent Plan 2022-25\n\nContents\n\nHomes\t2\nJobs ...... "
            "4\n\nHomes\n\nActions\n\n- Build\n\n"
            "Jobs\n\nActions\n\n- Hire\n\n7\n\nBack to top\n"
        )
        parsed = parse_plan(text)
        assert [pathway.name for pathway in parsed.plan.pathways] == ["Homes", "Jobs"]
        assert {line.part for line in parsed.lines} >= {"contents", "cover", "page"}
        listed = parse_plan(
            f"{TITLE}## Contents\n\n- Homes\n\n1. Jobs 4\n\n## Homes\n\n### Actions\n\n- Build\n"
        )
        assert [each.statement for each in listed.plan.activities] == ["Build"]

    def test_labelled_chapters_of_plain_text(self) -> None:
        """The words "Priority 1: …" is a chapter even where its line has a number."""
        text = (
            "Kent Plan\n2022-25\n\nPriority 1: Homes\n\nActions\n\n1. Build\n2. Mend\n\n"
            "Jane Doe\n\nDirector\n\nHomes matter to all of us, "
            "wherever in the county we may live now.\n"
        )
        assert [each.name for each in parse_plan(text).plan.pathways] == ["Homes"]


class TestTargets:
    """Targets in lists and in running text."""

    def test_what_a_target_inherits_is_a_question(self) -> None:
        """The deadline of the plan, and that of a heading, are inherited and said so."""
        parsed = section(
            "Targets", "Increase the share in work by 5 percentage points from 18% in 2021/22"
        )
        (target,) = parsed.plan.targets
        assert isinstance(target, ChangeTarget)
        assert target.deadline.last_day == parsed.plan.period.last_day  # type: ignore[union-attr]
        assert "end of the plan" in messages(parsed, "inherited")[0]

    def test_directions_of_stems_are_inherited(self) -> None:
        """The words "By March 2025 we will reduce:" gives its list a deadline and a direction."""
        parsed = read(
            "## Work\n\n### Targets\n\nBy March 2025 we will reduce:\n\n"
            "- robbery by 10 percentage points from 30% in 2021/22\n"
        )
        (target,) = parsed.plan.targets
        assert (str(target.goal), target.measure.better) == ("20%", "lower")  # type: ignore[union-attr]
        assert len(messages(parsed, "inherited")) == 2

    def test_targets_that_cannot_be_built_are_narrative_with_the_reason(self) -> None:
        """A level over 100%, a level in another direction, a level without a period."""
        parsed = section(
            "Targets",
            "Increase the share in work by 90 percentage points from 18% in 2021/22 by 2024",
            "Reduce the proportion employed six weeks after release to 10% by 2024",
            "Raise the share in training from 20% to 30% by March 2025",
        )
        kinds = [type(target) for target in parsed.plan.targets]
        assert kinds == [NarrativeTarget, NarrativeTarget, ReachTarget]
        assert sum("no target could be made" in each for each in messages(parsed)) == 2
        assert any("has no period" in each for each in messages(parsed))

    def test_facts_among_targets_are_facts_with_a_question(self) -> None:
        """A sentence that reports is not made a target."""
        parsed = section("Targets", "In 2022, 45% of people had a job.", "We hired 3 people.")
        assert parsed.plan.targets == ()
        assert len(parsed.plan.pathways[0].context) == 2
        assert "that is not one" in messages(parsed)[0]

    def test_counts_among_targets_are_commitments_too(self) -> None:
        """A number of posts without a baseline is narrative, and a commitment with its amount."""
        parsed = section(
            "Targets", "600 more police officers by the end of 2023. They will patrol."
        )
        assert commitments(parsed.plan) == [("600 officers", "", "by the end of 2023")]
        assert parsed.plan.targets[0].statement.endswith("They will patrol.")

    def test_maintained_levels_begin_with_the_plan(self) -> None:
        """The first period follows from the plan's years; without them there is none."""
        sentence = "- Maintain the share in work at 20% by July 2023\n"
        with_years = read(f"## Work\n\n### Targets\n\n{sentence}").plan.targets[0]
        without = parse_plan(f"# Kent Plan\n\n## Work\n\n### Targets\n\n{sentence}").plan.targets[0]
        early = section("Targets", "Maintain the share in work at 20% by 2021").plan.targets[0]
        assert isinstance(with_years, MaintainTarget)
        assert str(with_years.since) == "2022/23"
        assert without.since is None  # type: ignore[union-attr]
        assert early.since is None  # type: ignore[union-attr]

    def test_measures_are_known_by_words_or_new(self) -> None:
        """Words of a vocabulary name a measure that the caller gives; others make a new one."""
        own = Measure(id="own", name="Own", counts="x", out_of="y", better="higher", code="X1")
        words = Vocabulary().with_measures({"share with a bank account": "own"})
        body = "## Work\n\n### Targets\n\n- Raise the share with a bank account to 50% by 2024\n"
        known = read(body, vocabulary=words, measures=[own]).plan.targets[0]
        new = read(body).plan.targets[0]
        assert known.measure == own  # type: ignore[union-attr]
        assert new.measure.id == "share-bank-account"  # type: ignore[union-attr]
        twice = read(body + "- Raise the share with a bank account to 60% by 2025\n").plan
        assert len(twice.measures) == 1

    @pytest.mark.parametrize(
        ("sentence", "unit", "better"),
        [
            ("At least 90% of orders are enforced by 2024", "%", "higher"),
            ("Reach 5 deaths per 1,000 prisoners by 2024", "per 1,000 prisoners", "lower"),
            ("Open 40 places a year by 2024", "place/year", "higher"),
            ("The share of crimes solved is to be 30% by 2024", "%", "lower"),
            ("No more than 4 escapes by 2024", "escape", "lower"),
        ],
    )
    def test_new_measures_have_unit_and_direction(
        self, sentence: str, unit: str, better: str
    ) -> None:
        """The unit is that of the figure; the better way that of the sentence, or a guess."""
        parsed = section("Targets", sentence)
        assert [(each.unit, each.better) for each in parsed.plan.measures] == [(unit, better)]

    def test_targets_of_running_text_and_objectives(self) -> None:
        """A sentence that commits to a level by a date is a target wherever it is."""
        parsed = read(
            "## Work\n\nWork helps. We will ensure that at least 60% of "
            "people are in work by March 2025.\n\n"
            "### Objectives\n\n- Increase the share in training to 40% by March 2025\n"
        )
        assert [goal for _, _, goal, _ in targets(parsed.plan)] == ["60%", "40%"]
        outside = read(
            "## Hello\n\nWe will ensure that at least 60% of people are in work by 2025.\n"
        )
        assert outside.plan.targets == ()

    def test_national_targets_name_their_area(self) -> None:
        """The words "Nationally" is England and Wales."""
        plan = section("Targets", "Nationally, raise the share in work to 50% by 2024").plan
        assert plan.targets[0].area == "England and Wales"

    def test_measures_of_refused_targets_are_not_kept(self) -> None:
        """A measure without a target is not a measure of the plan."""
        plan = section(
            "Targets", "Reduce the proportion employed six weeks after release to 10% by 2024"
        ).plan
        assert plan.measures == ()


class TestFacts:
    """Figures, dates and commitments of running text."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Total population of 4.1 million", ["4,100,000 people"]),
            ("There are 11 prisons, rising to 13 by 2023.", ["11 prisons", "13 prisons in 2023"]),
            ("About 5 police and crime commissioner areas", ["5 areas"]),
            ("They worked on the Five Wells project.", []),
            ("It fell to 44% (Public Health England, 2017).", ["44%"]),
            ("Between April 2020 and March 2021, 77% were housed.", ["77% in 2020/21"]),
            ("In March 2021, 77% were housed.", ["77%"]),
            ("In 2019 and 2020, 77% were housed.", ["77%"]),
            ("7% had a job six weeks after release (April 2020 to March 2021).", ["7% in 2020/21"]),
            ("It takes 12 to 16 weeks of their supervision.", []),
            ("12 courts have a caseload of over 21,000.", ["12 courts", "21,000 cases"]),
            (
                "Jobs make people 9 percentage points less likely to reoffend.",
                ["-9 percentage points"],
            ),
            ("They are 50% more likely to reoffend.", ["+50%"]),
            ("Treatment can increase it to 44%.", ["44%"]),
            (
                "From 3 April 2020 to 2 May 2021, 7 prisons closed.",
                ["7 prisons in 3 April 2020 to 2 May 2021"],
            ),
        ],
    )
    def test_figures_of_facts(self, text: str, expected: list[str]) -> None:
        """Each figure has its unit, sign and period."""
        assert figures(read(f"## About Kent\n\n{text}\n").plan) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "We will recruit 8 leads and 12 managers by the end of 2022.",
                [("8 leads", "", "by the end of 2022"), ("12 managers", "", "by the end of 2022")],
            ),
            ("We will open 20 places in 2024.", [("20 places", "", "in 2024")]),
            ("We will spend £2 million in 2023-24.", [("£2,000,000", "2023/24", "")]),
            ("The service will open in 2022-23.", [("", "", "in 2022-23")]),
            ("It is due to start in early 2023.", [("", "", "early 2023")]),
            ("We will provide up to 84 nights of accommodation.", [("84 nights", "", "")]),
            (
                "We will increase the number of approved premises spaces by 200.",
                [("200 spaces", "", "")],
            ),
            ("It was established in January 2021.", []),
            ("It will be good.", []),
            ("Co-commissioning will occur throughout 2022.", []),
            ("For 2022-25, we will commission services.", []),
        ],
    )
    def test_commitments(self, text: str, expected: list[tuple[str, str, str]]) -> None:
        """Money, posts, places and dates that are committed, and nothing else."""
        assert (
            commitments(read(f"## Work\n\n{text}\n\n### Objectives\n\n- Work\n").plan) == expected
        )

    def test_every_figure_without_a_role_is_a_question(self) -> None:
        """A bare number, a number of an activity, a figure in a vision: nothing is silent."""
        parsed = read(
            "## Vision\n\nBy 2030 we will halve it, with 40% fewer and £3 million. It was 60%.\n\n"
            "## About Kent\n\nScore: 12, 14\n\n## Work\n\n### Actions\n\n- Meet across 5 regions\n"
        )
        questions = messages(parsed)
        assert sum("is not a level or amount" in each for each in questions) == 1
        assert any("a statement has no place for figures, here 60%" in each for each in questions)
        assert any("'40%' has no role" in each for each in questions)
        assert any(
            "'5 regions' has no role" in each or "'5' has no role" in each for each in questions
        )

    def test_marks_without_footnotes_are_questions(self) -> None:
        """A mark that no footnote has is not made a reference."""
        parsed = read("## About Kent\n\nIt has 3 prisons.²\n")
        assert messages(parsed) == ["there is no footnote 2: add it, or correct the mark"]

    def test_footnotes_stand_where_their_marks_do(self) -> None:
        """A list of notes at the end is cited by the sections of the marks."""
        parsed = read(
            "## About Kent\n\nIt has 3 prisons.¹\n\n## Notes\n\n1. One.\n1. Again.\n\n[1] Third\n"
        )
        (note,) = parsed.plan.footnotes
        assert note.citation.section == "About Kent"
        assert len(parsed.unplaced) == 2
        ends = read(
            "## About Kent\n\nIt has 3 prisons.¹\n\n## Glossary\n\nA – B\n\n1. See https://x.org/a.\n"
        )
        assert ends.plan.footnotes[0].url == "https://x.org/a"

    def test_glossaries_of_every_shape(self) -> None:
        """Dash, colon, two lines; what has no term or no meaning is unplaced."""
        parsed = read(
            "## Glossary\n\nLicence – Rules on release.\n\nTag: A device.\n\nPrecept\n\n"
            "A part of council tax that pays for the police force of the whole county.\n\n"
            "This sentence has no term before it and goes on for "
            "much longer than any term would.\n\n"
            "Licence – Again, up to 12 and 30 days.\n\nAlone\n\nBail "
            "– Free for 12 of 30 days.\n\nLast\n"
        )
        assert [term.term for term in parsed.plan.glossary] == ["Licence", "Tag", "Precept", "Bail"]
        assert len(parsed.unplaced) == 4


class TestPartners:
    """Names in lists of partners."""

    @pytest.mark.parametrize(
        ("entry", "names"),
        [
            ("Ingeus, the current provider", ["Ingeus"]),
            ("Nacro and Shelter, working on homes", ["Nacro", "Shelter"]),
            ("HM Courts and Tribunals Service", ["HM Courts and Tribunals Service"]),
            ("Turning Point – a charity", ["Turning Point"]),
            (
                "Health providers, including Inclusion Health and St Anne's House, Derby",
                ["Health providers", "Inclusion Health", "St Anne's House, Derby"],
            ),
            ("The Police", ["Police"]),
        ],
    )
    def test_entries(self, entry: str, names: list[str]) -> None:
        """The names, and the members of a group, without what they do."""
        assert [each.name for each in section("Partners", entry).plan.partners] == names

    def test_one_organisation_has_one_record(self) -> None:
        """The area, "regional", plurals and "providers" make no other organisation."""
        plan = section(
            "Partners",
            "Kent local authorities",
            "Local authority",
            "Regional police forces",
            "Police force",
            "Victims' services",
            "Victims' services providers",
            "Kent Police",
            "Police",
        ).plan
        assert len(plan.partners) == 5
        assert plan.partners[1].aliases == ("Police force",)

    def test_planned_partners_have_a_start(self) -> None:
        """A provider that will be there from a year on is planned."""
        parsed = section(
            "Partners",
            "Housing provider, which will be in place from 2023",
            "Anchor, which will be chosen",
            "Beacon, to be appointed from the 33rd",
        )
        first, second, third = parsed.plan.pathways[0].partnerships
        assert (first.status, first.starts) == ("planned", Deadline("in 2023"))
        assert (second.status, second.starts) == ("planned", None)
        assert third.starts is None

    def test_names_of_running_text_are_candidates(self) -> None:
        """Organisations in sentences are candidates, not partners."""
        parsed = read(
            "## Achievements\n\nWorked with RMF Construction and People Plus in March. "
            "The Violence Reduction Network helped, including GXO Logistics, "
            "DHL and Freshline. HMP Stocken did too.\n"
        )
        assert [each.name for each in parsed.candidates] == [
            "RMF Construction",
            "People Plus",
            "Violence Reduction Network",
            "GXO Logistics",
            "DHL",
            "Freshline",
        ]
        assert parsed.plan.partners == ()

    def test_leads_of_activities(self) -> None:
        """The words "Lead: …" and "led by …" name who leads; two names are a lead and a partner."""
        plan = section(
            "Actions",
            "Open hubs. Lead: Nacro",
            "Meet, led by Anchor",
            "Go (Lead: Nacro and Shelter)",
        ).plan
        assert [(each.lead, each.partners) for each in plan.activities] == [
            ("nacro", ("nacro",)),
            ("anchor", ("anchor",)),
            ("nacro", ("shelter", "nacro")),
        ]


class TestFront:
    """The title, area and years of a plan."""

    @pytest.mark.parametrize(
        ("title", "area", "period"),
        [
            ("Police and Crime Plan for Kent 2024 to 2028", "Kent", "April 2024 to March 2028"),
            ("Kent's Reducing Reoffending Strategy", "Kent", "None"),
            (
                "North Kent Police and Crime Commissioner's Police and Crime Plan 2021-2025",
                "North Kent",
                "April 2021 to March 2025",
            ),
            ("Plan of 2030-29", "Plan of 2030-29", "None"),
            ("A plan for HMP Leeds", "HMP Leeds", "None"),
        ],
    )
    def test_area_and_years(self, title: str, area: str, period: str) -> None:
        """Both are read from the title; a title without an area is used for both."""
        plan = parse_plan(f"# {title}\n\n## Aims\n\n- Fewer crimes\n").plan
        assert (plan.subject.name, str(plan.period)) == (area, period)
        assert isinstance(plan.subject, Establishment) == ("HMP" in title)

    def test_an_area_of_the_text_is_a_question(self) -> None:
        """Where the title names no area, the first words may."""
        parsed = parse_plan(
            "# Our plan\n\n## Aims\n\nThis is the plan for Kent.\n\n- Fewer crimes\n"
        )
        assert parsed.plan.subject.name == "Kent"
        assert "read from the text" in messages(parsed)[0]


class TestPlanFile:
    """Plan files that a person corrects, and what becomes of the corrections."""

    @pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
    def test_a_plan_file_is_read_back_as_an_equal_plan(self, path: Path) -> None:
        """Comments change nothing."""
        parsed = parse_plan(path)
        text = parsed.to_yaml()
        assert io.loads(text) == parsed.plan
        assert text.count("# ") >= len(parsed.findings)

    def test_open_questions_stand_above_their_records(self) -> None:
        """A comment is indented as the record it is about."""
        text = section("Targets", "20% increase in the share from 62% in 2021/22 by 2024").to_yaml()
        lines = text.splitlines()
        place = next(n for n, line in enumerate(lines) if "# ambiguous" in line)
        assert lines[place].startswith("  # ambiguous: line 7: '20%'")
        assert lines[place + 1].startswith("  - kind: narrative")

    def test_unplaced_statements_are_listed_at_the_head(self) -> None:
        """They are comments, at most 200 of them."""
        terms = "".join(f"Licence – Again {n}.\n\n" for n in range(300))
        text = read(f"## Glossary\n\n{terms}").to_yaml()
        assert "# 299 statements of the document have no place in the plan:" in text
        assert "#   and 99 more" in text
        alone = read("## Glossary\n\nLicence – Again.\n\nLicence – Twice.\n").to_yaml()
        assert "# 1 statement of the document has no place in the plan:" in alone

    def test_corrections_are_kept(self) -> None:
        """Corrected, deleted, moved and added records survive another reading."""
        body = (
            "## Work\n\n### Objectives\n\n- Open hubs by 2023\n- Train people\n\n### Actions\n\n"
            "- Hire Nacro with care for all\n\n### Partners\n\n- Nacro\n"
        )
        first = read(body)
        work = first.plan.pathways[0]
        hubs = attrs.evolve(work.objectives[0], statement="There are hubs.", deadline="by May 2023")
        more = attrs.evolve(
            hubs, id="more", statement="By hand.", citation=model.Citation(first.plan.id)
        )
        nacro = attrs.evolve(first.plan.partners[0], id="n", kind="voluntary")
        corrected = attrs.evolve(
            first.plan,
            partners=(nacro,),
            pathways=(
                attrs.evolve(
                    work,
                    objectives=(hubs, work.objectives[1], more),
                    activities=(attrs.evolve(work.activities[0], lead="n", partners=("n",)),),
                    partnerships=(attrs.evolve(work.partnerships[0], partner="n"),),
                ),
            ),
        )
        again = read(
            body
            + (
                "- Shelter\n\n## Homes\n\n### Actions\n\n- Build with "
                "Shelter\n\n## Glossary\n\nA – B\n"
            )
        )
        result = keep_corrections(again, corrected)
        plan = result.parsed.plan
        assert [each.statement for each in plan.objectives] == [
            "There are hubs.",
            "Train people",
            "By hand.",
        ]
        assert [pathway.name for pathway in plan.pathways] == ["Work", "Homes"]
        assert [partner.id for partner in plan.partners] == ["n", "shelter"]
        assert [each.partner for each in plan.pathways[0].partnerships] == ["n", "shelter"]
        assert len(result.added) == 3
        assert [each.split(": ")[1].split(" of ")[0] for each in result.kept] == [
            "statement, deadline",
            "lead",
            "'By hand.', which the document does not have",
        ]
        assert keep_corrections(again, plan).added == ()

    def test_answered_questions_are_gone(self) -> None:
        """A question about a corrected record is answered; the others stay, where they are now."""
        parsed = section(
            "Targets",
            "Raise the share in work to 50% by 2024",
            "Raise the share at home to 60% by 2024",
        )
        work = parsed.plan.pathways[0]
        target = attrs.evolve(work.targets[0], goal=Percentage(55))
        corrected = attrs.evolve(
            parsed.plan, pathways=(attrs.evolve(work, targets=(target, work.targets[1])),)
        )
        open_before = [each for each in parsed.findings if each.line is not None]
        open_after = [
            each
            for each in keep_corrections(parsed, corrected).parsed.findings
            if each.line is not None
        ]
        assert (len(open_before), len(open_after)) == (2, 1)

    def test_reworded_statements_are_found_again(self) -> None:
        """A statement that is at another item now is matched by most of its words."""
        old = section("Objectives", "Open employment hubs in every prison", "Hire more people")
        work = old.plan.pathways[0]
        hubs = attrs.evolve(
            work.objectives[0], statement="Open employment hubs in each prison soon"
        )
        corrected = attrs.evolve(old.plan, pathways=(attrs.evolve(work, objectives=(hubs,)),))
        new = section("Objectives", "Something quite other", "Open employment hubs in all prisons")
        result = keep_corrections(new, corrected)
        assert len(result.parsed.plan.objectives) in {1, 2}

    def test_changed_kinds_are_kept(self) -> None:
        """A target whose kind was corrected stays of that kind, with its measure."""
        parsed = section("Targets", "Raise the share in work to 50% by 2024")
        work = parsed.plan.pathways[0]
        old = work.targets[0]
        assert isinstance(old, ReachTarget)
        standing = StandingTarget(
            id=old.id,
            statement=old.statement,
            citation=old.citation,
            measure=old.measure,
            area=old.area,
            goal=old.goal,
        )
        corrected = attrs.evolve(parsed.plan, pathways=(attrs.evolve(work, targets=(standing,)),))
        result = keep_corrections(parsed, corrected)
        assert isinstance(result.parsed.plan.targets[0], StandingTarget)
        assert "kind" in result.kept[0]
        fresh = keep_corrections(
            parsed,
            attrs.evolve(
                parsed.plan,
                pathways=(Pathway(id="other", name="Other", citation=old.citation),),
                measures=(),
            ),
        )
        assert fresh.parsed.plan.measures == parsed.plan.measures
        assert fresh.parsed.plan.pathways[1].id == "work"


def test_the_reading_shows_itself_in_one_line() -> None:
    """The plan's id and the counts."""
    parsed = read("## Aims\n\n- Fewer crimes\n")
    assert repr(parsed) == (
        "<ParsedPlan 'kent-reducing-reoffending-plan-2022-25': 1 placed, 0 unplaced, 0 ambiguous>"
    )


def test_progress_is_told() -> None:
    """The function that is given hears how many blocks are placed."""
    heard: list[tuple[int, int]] = []
    read(
        "## Aims\n\n- A\n\n## Actions\n\n- B\n",
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(1, 5), (2, 5)]


def test_amounts_are_exact() -> None:
    """Money keeps every digit."""
    plan = read("## Budget\n\nWe spend £1.15 million.\n").plan
    assert plan.commitments[0].amount == Amount(1_150_000, "GBP")


@pytest.mark.parametrize(
    ("second", "days"),
    [
        ("by March 2026", [date(2025, 3, 31), date(2026, 3, 31)]),
        ("in 2026-27", [date(2025, 3, 31), date(2027, 3, 31)]),
        ("from April 2025", [date(2025, 3, 31)]),
    ],
)
def test_parts_of_money_have_their_days(second: str, days: list[date]) -> None:
    """A part with a day or a period is due then; one that only starts then is not a part."""
    text = f"We will invest £12 million (£5 million by March 2025 and £7 million {second})."
    (commitment,) = read(f"## Budget\n\n{text}\n").plan.commitments
    assert [part.deadline.last_day for part in commitment.parts] == days
