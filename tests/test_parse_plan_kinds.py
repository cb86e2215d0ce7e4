"""Plans of other kinds, each laid out in its own way: the facts that a person reads in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from tests.test_parse_plan import commitments, figures, messages, read, section, specimen, targets

from rrmodel.model import Plan
from rrmodel.wording import parse_plan


def baselines(plan: Plan) -> list[tuple[str, str] | None]:
    """Return level and period of the baseline of each target."""
    records: list[Any] = [getattr(target, "baseline", None) for target in plan.targets]
    return [each and (str(each.level), str(each.period)) for each in records]


def activities(plan: Plan) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """Return lead, deadline and served objectives of each activity."""
    return [
        (each.lead, each.deadline and each.deadline.wording, each.serves)
        for each in plan.activities
    ]


def table(part: str, *rows: str) -> Plan:
    """Return the plan with one table in one section; its rows are those of Markdown."""
    head, *body = rows
    lines = [head, "|".join("-" for _ in head.split("|")), *body]
    return read(f"## Work\n\n### {part}\n\n" + "\n".join(f"| {line} |" for line in lines)).plan


def test_a_police_and_crime_plan_with_outcome_tables() -> None:
    """Heads of columns date the levels, and labels above lists name what activities serve."""
    parsed = specimen("wessmoor-police-plan.md")
    plan = parsed.plan
    assert (plan.subject.name, str(plan.period)) == ("Wessmoor", "April 2025 to March 2029")
    assert [pathway.name for pathway in plan.pathways] == [
        "Preventing crime",
        "Bringing offenders to justice and reducing reoffending",
    ]
    assert targets(plan) == [
        ("Reach", "residential-burglaries", "4.2 per 1,000 households", "by 2025"),
        ("Reach", "victims-satisfied-service", "75%", "by 2025"),
        ("Reach", "answered-within-10-seconds", "90%", "by 2025"),
        ("Reach", "knife-crime-offences", "550 offences", "by 2025"),
        ("Reach", "number-mentors", "30 mentors", "by March 2027"),
        ("Reach", "proven-reoffending-rate-adults", "25%", "by 2028/29"),
        ("Reach", "people-housed-night-release", "90%", "by 2028/29"),
        ("Reach", "settled-three-months-after-release", "65%", "by 2028/29"),
    ]
    assert baselines(plan) == [
        ("4.6 per 1,000 households", "2023/24"),
        *[None] * 4,
        ("28.4%", "2023/24"),
        ("83%", "2023/24"),
        ("58%", "2023/24"),
    ]
    better = [measure.better for measure in plan.measures]
    assert better == ["lower", "higher", "higher", "lower", "higher", "lower", "higher", "higher"]
    fewer, more = "fewer-people-reoffend", "people-leave-prison-home"
    assert [objective.id for objective in plan.objectives] == [fewer, more]
    assert activities(plan)[3:] == [
        ("second-step", "by September 2026", (fewer,)),
        (None, "by March 2027", (fewer,)),
        (None, None, (more,)),
    ]
    assert [partner.name for partner in plan.partners] == [
        "Wessmoor Council",
        "Second Step",
        "Probation Service",
        "Larkfield Trust",
        "Wessmoor Police",
        "Violence Prevention Partnership",
    ]
    assert [term.term for term in plan.glossary] == ["PCSO", "Precept"]
    assert parsed.unplaced == ()


def test_a_local_strategy_in_plain_text() -> None:
    """Numbered actions, a line of partners and lines of terms are told apart without markup."""
    parsed = specimen("calder-vale-strategy.txt")
    plan = parsed.plan
    assert targets(plan) == [
        ("Reach", "people-accommodation-first-night-after-release", "90%", "by March 2027"),
        ("Reach", "number-people-released-homeless", "50 people", "in 2026/27"),
        ("Narrative", "", "", ""),
        ("Reach", "employed-six-months-after-release", "27%", "by March 2026"),
        ("Reach", "employers-signed", "30 employers", "31 December 2025"),
        ("Narrative", "", "", "by 2026/27"),
    ]
    assert [due for _, due, _ in activities(plan)] == [
        "by June 2024",
        "by April 2025",
        None,
        "in autumn 2024",
        None,
        "in 2025",
        None,
    ]
    assert commitments(plan) == [
        ("24 units", "", "by April 2025"),
        ("£380,000 a year", "", "by April 2025"),
        ("60 apprenticeships a year", "", ""),
    ]
    assert [partner.name for partner in plan.partners] == [
        "HMP Moorgate",
        "Calder Chamber",
        "Jobcentre Plus",
        "Northgate College",
    ]
    assert [term.term for term in plan.glossary] == ["ETE", "IOM"]
    assert len(plan.vision) == 1
    questions = messages(parsed)
    assert any("'70 days' is a length of time without a measure" in each for each in questions)
    assert any("a length of time is read as the level" in each for each in questions)


def test_a_youth_justice_plan_with_an_action_table() -> None:
    """One row has a target for each dated column; a success measure is another target."""
    plan = specimen("ashdale-youth-plan.html").plan
    assert (plan.subject.name, str(plan.period)) == ("Ashdale", "April 2024 to March 2027")
    rate = "per 100,000 children"
    assert targets(plan) == [
        ("Reach", "first-time-entrants", f"155 {rate}", "by March 2025"),
        ("Standing", "trained-teachers", "120 teachers", ""),
        (
            "Reach",
            "children-above-school-age-education-training-employment",
            "80%",
            "by March 2026",
        ),
        ("Narrative", "", "", ""),
        ("Reach", "first-time-entrants", f"155 {rate}", "by 2024/25"),
        ("Reach", "first-time-entrants", f"130 {rate}", "by 2026/27"),
        ("Reach", "children-reoffend-within-12-months", "30%", "by 2024/25"),
        ("Reach", "children-reoffend-within-12-months", "27%", "by 2026/27"),
        ("Reach", "children-suitable-accommodation-end-order", "95%", "by 2024/25"),
        ("Reach", "children-suitable-accommodation-end-order", "97%", "by 2026/27"),
    ]
    entrants, reoffending, housed = f"168 {rate}", "31.6%", "94%"
    assert [each and each[0] for each in baselines(plan)[4:]] == [
        *[entrants] * 2,
        *[reoffending] * 2,
        *[housed] * 2,
    ]
    fewer, place = "fewer-children-enter-justice-system", "every-child-full-time-place"
    assert activities(plan) == [
        ("head-early-help", "by 31/03/2025", (fewer,)),
        ("virtual-school", "by Sept 2025", (fewer,)),
        ("ete-lead", "by Q3 2024/25", (place,)),
        ("virtual-school", None, (place,)),
    ]
    assert [term.term for term in plan.glossary] == ["FTE", "ISS"]


def test_a_community_justice_outcomes_plan() -> None:
    """Labels within a sentence name who leads, who helps and the deadline."""
    plan = specimen("strathgarry-outcomes-plan.md").plan
    assert (plan.subject.name, str(plan.period)) == ("Strathgarry", "April 2024 to March 2029")
    assert targets(plan) == [
        ("Reach", "community-payback-orders-successfully-completed", "75%", "by 2028-29"),
        ("Reach", "number-diversion-cases", "260 cases", "by 2026-27"),
        ("Narrative", "", "", ""),
        ("Standing", "hold-custody-community-pathway-meeting", "100%", ""),
        ("Reach", "number-peer-mentors", "14 mentors", "by March 2026"),
        ("Reach", "percentage-people-gp-release", "95%", "by 2027"),
        ("Reach", "reconviction-rate", "24%", "by 2028-29"),
        ("Standing", "naloxone-kits-supplied-liberation-maintained", "300 kits a year", ""),
    ]
    assert baselines(plan)[:2] == [("69%", "2022/23"), ("184 cases", "2022/23")]
    assert [(lead, due) for lead, due, _ in activities(plan)] == [
        ("strathgarry-council", "by April 2025"),
        ("strathgarry-council", "by December 2024"),
        ("scottish-prison-service", None),
        ("ascend-scotland", "by March 2026"),
    ]
    prosecutors = "crown-office-procurator-fiscal-service"
    assert plan.activities[1].partners == ("strathgarry-council", prosecutors)
    assert len(plan.partner_list) == 10
    assert [term.term for term in plan.glossary] == ["CPO", "COPFS"]


def test_the_regime_of_a_prison() -> None:
    """Headings below "pathways" are pathways; items that ask for a level by a date are targets."""
    parsed = specimen("ravenscar-regime.html")
    assert len(parsed.plan.pathways) == 7
    assert targets(parsed.plan) == [
        ("Reach", "men-address-go-release", "92%", "By December 2025"),
        ("Reach", "attendance-education", "85%", "by the end of 2025"),
        ("Reach", "men-job-six-weeks-after-release", "30%", "by March 2026"),
        ("Reach", "waiting-time-dentist", "6 weeks", "by July 2025"),
    ]
    assert [candidate.name for candidate in parsed.candidates] == [
        "Stepwise",
        "New Futures Network",
        "Tideway Community Health CIC",
        "Moneywise Advice",
        "Homelink",
    ]
    assert "9 weeks" in figures(parsed.plan)


def test_a_safety_plan_without_empty_lines_below_headings() -> None:
    """Headings that ask, on the line above their text, begin parts; what is below is their text."""
    plan = parse_plan(
        "Lowmoor Community Safety Partnership\nCommunity Safety Plan 2024-2027\n\n"
        "Priority One - Violence\n\nWhat is the problem?\n\nThere were 3,412 offences.\n\n"
        "Aim\nTo reduce serious violence in Lowmoor\n\nWhat will we do?\n- Train 150 bar staff\n\n"
        "How will we measure it?\n- Number of assaults: below 90 a year by 2026/27\n\n"
        "Who is responsible?\nLowmoor Council (chair), West Riding Probation, the Lowmoor Police\n"
    ).plan
    assert (plan.subject.name, [each.name for each in plan.pathways]) == (
        "Lowmoor",
        ["Priority One - Violence"],
    )
    assert [each.statement for each in plan.objectives] == ["To reduce serious violence in Lowmoor"]
    assert len(plan.activities) == 1
    assert targets(plan) == [
        ("Reach", "number-assaults", "90 assaults a year", "by 2026/27"),
    ]
    assert [partner.name for partner in plan.partners] == [
        "Lowmoor Council",
        "West Riding Probation",
        "Lowmoor Police",
    ]


@pytest.mark.parametrize(
    ("title", "body", "area", "period"),
    [
        (
            "Delivery Plan 2023/24 to 2025/26",
            "Marches Criminal Justice Board",
            "Marches",
            "2023 2026",
        ),
        (
            "Reducing Reoffending Plan for Kent",
            "Plan period: 1 April 2024 – 31 March 2027",
            "Kent",
            "2024 2027",
        ),
    ],
)
def test_title_pages(title: str, body: str, area: str, period: str) -> None:
    """Short lines below the title say for whom a plan is, and for which years."""
    parsed = parse_plan(f"# {title}\n\n{body}\n\n## Aims\n\n- Fewer crimes\n")
    start, end = period.split()
    assert (parsed.plan.subject.name, str(parsed.plan.period)) == (
        area,
        f"April {start} to March {end}",
    )
    assert not any("financial years" in each.message for each in parsed.findings)


class TestTables:
    """Heads and cells of tables."""

    @pytest.mark.parametrize(
        ("head", "row", "goal", "due", "baseline"),
        [
            ("Measure | Current | Ambition 2027", "Housed | 80% | 90%", "90%", "by 2027", None),
            (
                "Measure | 2021/22 | 2022/23 outturn | Target for March 2026",
                "Housed | 70% | 80% | at least 90%",
                "90%",
                "by March 2026",
                ("80%", "2022/23"),
            ),
            (
                "Measure | Baseline (year to March 2023) | Target | By when",
                "Housed | 80% | Increase to 90% | 2026/27",
                "90%",
                "by 2026/27",
                ("80%", "2022/23"),
            ),
            (
                "KPI | Baseline | Target 2027",
                "Housed | 80% in 2022/23 | 90% by 2026",
                "90%",
                "by 2026",
                ("80%", "2022/23"),
            ),
        ],
    )
    def test_levels_take_the_dates_of_their_columns(
        self, head: str, row: str, goal: str, due: str, baseline: tuple[str, str] | None
    ) -> None:
        """A date in the cell wins over that at the head of the column."""
        plan = table("Measures", head, row)
        assert [(each[2], each[3]) for each in targets(plan)] == [(goal, due)]
        assert baselines(plan) == [baseline]

    def test_rows_without_a_level_are_narrative(self) -> None:
        """A target "to be agreed" has no number."""
        plan = table("Measures", "Measure | Baseline | Target 2027", "Trust | 60% | To be agreed")
        assert [each[0] for each in targets(plan)] == ["Narrative"]

    def test_objectives_beside_actions_are_served(self) -> None:
        """An objective is made once, whatever follows it in other rows or lists."""
        plan = table(
            "Actions",
            "Outcome | Action | Lead | Measures of success",
            "More jobs | Hold fairs | Nacro | 50% of people are in work by 2026",
            "More jobs. | Open hubs | | ",
        )
        assert [each.id for each in plan.objectives] == ["jobs"]
        assert [serves for _, _, serves in activities(plan)] == [("jobs",), ("jobs",)]
        assert [each[2] for each in targets(plan)] == ["50%"]

    def test_the_target_of_an_action_may_be_a_day(self) -> None:
        """A day is its deadline, and anything else a target."""
        plan = table("Actions", "Action | Target", "Meet | May 2023", "Talk | 50% agree by 2024")
        assert [due for _, due, _ in activities(plan)] == ["by May 2023", None]
        assert [each[2] for each in targets(plan)] == ["50%"]

    def test_heads_that_ask(self) -> None:
        """The head of a column may be a question."""
        plan = table(
            "Delivery",
            "No. | What will we do? | Who will lead? | By when? | How will we know it has worked?",
            "A1 | Set up a forum | Nacro | June 2023 | 20 landlords join",
        )
        assert activities(plan) == [("nacro", "by June 2023", ())]
        assert [each[2] for each in targets(plan)] == ["20 landlords"]

    def test_a_table_says_what_it_is_under_any_heading(self) -> None:
        """Actions in a chapter without parts make it a pathway."""
        plan = read("## Safer streets\n\n| Action | Owner |\n|---|---|\n| Patrol | Police |\n").plan
        assert [pathway.name for pathway in plan.pathways] == ["Safer streets"]
        assert activities(plan) == [("police", None, ())]

    def test_cells_over_rows_and_columns(self) -> None:
        """A cell is in each row that it spans; one over the whole table is a heading."""
        page = (
            "<main><h1>Kent Plan 2022-25</h1><h2>Work</h2><table>"
            "<tr><th>Action</th><th>Lead</th><th>By when</th></tr>"
            "<tr><td colspan='3'>Objective 1: More jobs</td></tr>"
            "<tr><td>Hold fairs</td><td rowspan='2'>Nacro</td><td>May 2023</td></tr>"
            "<tr><td>Open hubs</td><td>June 2023</td></tr>"
            "<tr><td colspan='3'>Year 2</td></tr>"
            "<tr><td>Meet</td><td rowspan='3'>Police</td><td rowspan='2'>2024</td></tr>"
            "<tr><td>Talk</td></tr><tr><td>Act</td><td rowspan='x' colspan='0'>2025</td></tr>"
            "</table></main>"
        )
        assert activities(parse_plan(page).plan) == [
            ("nacro", "by May 2023", ("jobs",)),
            ("nacro", "by June 2023", ("jobs",)),
            ("police", "by 2024", ("jobs",)),
            ("police", "by 2024", ("jobs",)),
            ("police", "by 2025", ("jobs",)),
        ]

    def test_merged_cells_of_word(self) -> None:
        """Word repeats a merged cell, too."""
        document = docx.Document()
        document.add_heading("Kent Plan 2022-25", 0)
        document.add_heading("Work", 1)
        cells = document.add_table(3, 2)
        for place, words in enumerate(["Action", "Lead", "Aim: More jobs", "", "Meet", "Nacro"]):
            cells.cell(place // 2, place % 2).text = words
        cells.cell(1, 0).merge(cells.cell(1, 1)).text = "Aim: More jobs"
        stream = BytesIO()
        document.save(stream)
        assert activities(parse_plan(stream.getvalue()).plan) == [("nacro", None, ("jobs",))]

    def test_deadlines_that_are_none_are_asked_about_their_activity(self) -> None:
        """The question has the path of the record."""
        body = "## Work\n\n### Actions\n\n- Meet. Timescale: ongoing\n- Talk. By when: May 2024\n"
        parsed = read(body)
        (question,) = [each for each in parsed.findings if "'ongoing'" in each.message]
        assert question.path == "$.pathways[0].activities[0]"
        assert activities(parsed.plan)[1][1] == "by May 2024"


class TestLabels:
    """Labels above a list, or before names."""

    def test_objectives_over_lists(self) -> None:
        """A heading or a line names the objective of the activities below it, and of no others."""
        plan = read(
            "## Work\n\n### Actions\n\n- Begin\n\nOutcome 1 – More jobs\n\n- Hold fairs\n\n"
            "### Aim: Fewer crimes\n\n#### Actions\n\n- Patrol\n\n### Actions again\n\n- Meet\n\n"
            "### Objectives\n\n- More jobs\n- Trust\n"
        ).plan
        assert [each.id for each in plan.objectives] == ["jobs", "fewer-crimes", "trust"]
        assert [serves for _, _, serves in activities(plan)] == [
            (),
            ("jobs",),
            ("fewer-crimes",),
        ]

    def test_labels_one_below_the_other_are_a_list(self) -> None:
        """Then none of them names what the activities below serve."""
        plan = read(
            "## Work\n\n### Actions\n\nAim 1: More jobs\n\nAim 2: Skills\n\n- Hold fairs\n"
        ).plan
        assert ([each.id for each in plan.objectives], activities(plan)) == (
            ["jobs", "skills"],
            [(None, None, ())],
        )

    @pytest.mark.parametrize(
        ("line", "names"),
        [
            ("Partners: Nacro, Shelter", ["Nacro", "Shelter"]),
            (
                "Key partners: Nacro, the Prison Service and Anchor",
                ["Nacro", "Prison Service", "Anchor"],
            ),
            ("Partners: to be named", []),
        ],
    )
    def test_lines_of_partners(self, line: str, names: list[str]) -> None:
        """A label and names are partners, in whichever section they stand."""
        plan = read(f"## Work\n\n### Targets\n\n- 50% in work by 2025\n\n{line}\n").plan
        assert [partner.name for partner in plan.partners] == names

    def test_parts_after_a_chapter_of_statements(self) -> None:
        """In plain text, "Where we are now" after the vision is not part of it."""
        plan = parse_plan(
            "Kent Plan\n2022-25\n\nOur vision\n\nFewer victims.\n\nWhere we are now\n\n"
            "There are 300 people on probation.\n\nPriority 1: Work\n\nActions\n\n- Meet\n"
        ).plan
        assert ([len(plan.vision), len(plan.profile)], figures(plan)) == ([1, 1], ["300 people"])

    def test_lists_that_no_stem_explains(self) -> None:
        """They are facts; an item that asks for a level is a target only with its date."""
        plan = read(
            "## Work\n\n### Aims\n\n- Jobs\n\n### Context\n\nFor example:\n\n- Talk\n"
            "- reduce the waiting time for courses to 6 weeks\n"
            "- reduce the waiting time for courses to 5 weeks by July 2025\n"
        ).plan
        assert [each.statement for each in plan.pathways[0].context] == [
            "For example:",
            "Talk",
            "reduce the waiting time for courses to 6 weeks",
        ]
        assert [each[2:] for each in targets(plan)] == [("5 weeks", "by July 2025")]


class TestUnits:
    """Units of bare numbers."""

    @pytest.mark.parametrize(
        ("sentence", "goal"),
        [
            (
                "Assaults per 1,000 prisoners: from 300 in 2022/23 to 200 by 2026",
                "200 per 1,000 prisoners",
            ),
            (
                "Reduce the number of first time entrants from 90 in 2022/23 to 60 by 2026",
                "60 entrants",
            ),
            ("Burglaries fall from 90 in 2022/23 to 60 by 2026", "60 burglaries"),
            (
                "Increase the total of referrals from 90 in 2022/23 to 95 a month by 2026",
                "95 referrals a month",
            ),
            ("Raise it from 90 in 2022/23 to 95 by 2026", ""),
        ],
    )
    def test_units_of_bare_numbers_are_those_of_the_words(self, sentence: str, goal: str) -> None:
        """The noun that is counted, or the rate; without either there is no number."""
        assert [each[2] for each in targets(section("Targets", sentence).plan)] == [goal]

    def test_no_unit_is_taken_from_another_clause(self) -> None:
        """Of "one in five had a job six months after", the five are not months."""
        parsed = read(
            "## About Kent\n\nOnly one prisoner in five had a job six months after release.\n"
        )
        assert figures(parsed.plan) == []
        assert "'five' is not a level or amount" in messages(parsed)[0]


def test_changes_for_each_year_have_no_goal() -> None:
    """A change of 5% a year is not one of 5% by the deadline."""
    parsed = section("Targets", "Reduce assaults by 5% a year from 100 in 2022/23 by 2026")
    assert [each[0] for each in targets(parsed.plan)] == ["Narrative"]
    assert any("'5%' is a change for each year" in each for each in messages(parsed))


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Reach decisions in 70 days", True),
        ("Answer every complaint within two weeks", True),
        ("Build trust over the next three years", False),
    ],
)
def test_time_limits_of_narrative_targets_are_questions(sentence: str, asks: bool) -> None:
    """A limit without a measure is asked about; the time that the plan runs is not."""
    questions = messages(section("Targets", sentence))
    assert any("is a length of time without a measure" in each for each in questions) == asks


def test_milestones_without_a_day_do_not_end_the_reading() -> None:
    """A sentence that cannot be built is a narrative target with the reason."""
    parsed = section("Targets", "An annual report is sent to the board by 30 September each year.")
    assert [each[0] for each in targets(parsed.plan)] == ["Narrative"]
    assert any("no target could be made" in each for each in messages(parsed))


def test_headings_and_notes_without_words_are_none() -> None:
    """An empty heading begins nothing, and the mark of an empty footnote is a question."""
    parsed = read("## About Kent\n\nIt has 3 prisons.[^1]\n\n##\n\nMany.\n\n[^1]:\n")
    assert len(parsed.plan.profile) == 2
    assert messages(parsed) == ["there is no footnote 1: add it, or correct the mark"]
