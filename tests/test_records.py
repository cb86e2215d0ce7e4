"""Results as data: mappings for JSON, rows of tables, schemas and short representations."""

from __future__ import annotations

import csv
import inspect
import json
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import polars as pl
import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from rrmodel import (
    Amount,
    Citation,
    Document,
    Evaluation,
    FinancialYear,
    LevelRange,
    Measure,
    Month,
    Observation,
    Percentage,
    PercentagePoints,
    PlanEvaluation,
    RangeTarget,
    checks,
    datasets,
    evaluate,
    evaluate_plan,
    frames,
    graph,
    inference,
    io,
)
from rrmodel.cli import main
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.coverage import (
    EditionComparison,
    SchemeCoverage,
    compare_editions,
    coverage,
    coverage_through,
)
from rrmodel.errors import MissingExtraError, RecordError
from rrmodel.evaluation import (
    ForecastPath,
    ObservedChart,
    Policy,
    PolicyComparison,
    Selection,
    Terms,
    compare_policies,
    control_chart,
    forecast_path,
)
from rrmodel.io import WorkbookReading
from rrmodel.model import (
    Baseline,
    ChangeTarget,
    Completion,
    Counts,
    DirectionTarget,
    InterimGoal,
    MaintainTarget,
    MilestoneTarget,
    NarrativeTarget,
    ObservationIndex,
    QuantifiedTarget,
    ReachTarget,
    StandingTarget,
    Target,
    deadlines,
)
from rrmodel.periods import Deadline, Duration
from rrmodel.quantities import Level
from rrmodel.records import (
    Layout,
    Result,
    Table,
    Tabular,
    nearest_number,
    short_repr,
    to_table,
)
from rrmodel.wording import parse_target

coverage_module = sys.modules["rrmodel.coverage"]
evaluation_module = sys.modules["rrmodel.evaluation"]
NETWORKX = SimpleNamespace(Graph=list, MultiGraph=list, MultiDiGraph=list)
"""Its classes take no parameters at run time, as they do for type checkers."""

PAGE = Path(__file__).parents[1] / "docs/reference/records.md"
REGION, PRISON = datasets.load("east-midlands-2022-25"), datasets.load("hmp-leeds-regimes")
FIGURES = datasets.observation_set("england-and-wales")
HOUSED = REGION.target("housed-on-release-by-july-2023")
PLACE = "England and Wales"
RESULT = evaluate(HOUSED, FIGURES, as_of="2024-08-01", area=PLACE)
RESULTS = evaluate_plan(REGION, FIGURES, as_of="2024-08-01", area=PLACE)
COMPARED = compare_policies(HOUSED, FIGURES, as_of="2024-08-01", area=PLACE)
PARTNERS = graph.partner_graph(REGION)
JOB = ["evaluate", REGION.id, "--area", PLACE, "--as-of", "2024-08-01", "--format"]


def monthly(count: int) -> tuple[Observation, ...]:
    """Return as many monthly shares of a measure, the last of them without a month between."""
    first = Month("January 2022")
    return tuple(
        Observation(
            measure="housed",
            area="York",
            period=first + place,
            counts=Counts(80 + place % 3, 100),
        )
        for place in range(count)
    )


STAYS = RangeTarget(
    id="housed-in-range",
    statement="Between 40% and 50% are housed.",
    citation=Citation("plan"),
    measure=Measure(id="housed", name="Housed", counts="releases", better="higher"),
    area="York",
    goal=LevelRange(low=Percentage(40), high=Percentage(50)),
)


def charted() -> ObservedChart:
    """Return a control chart with limits."""
    chart = control_chart(STAYS, monthly(13), as_of="2024-01-01")
    assert isinstance(chart, ObservedChart)
    return chart


def forecast() -> inference.Forecast:
    """Return a forecast."""
    counts = [each.counts for each in monthly(13) if each.counts is not None]
    result = inference.forecast(counts, ahead=2, goal=Fraction(9, 10), better="higher")
    assert isinstance(result, inference.Forecast)
    return result


def forecasts() -> ForecastPath:
    """Return the forecasts until a deadline."""
    figures = [
        Observation(
            measure=HOUSED.id.removesuffix("-by-july-2023"),
            area="East Midlands",
            period=Month("March 2022") + place,
            counts=Counts(490 + place, 600),
        )
        for place in range(10)
    ]
    path = forecast_path(evaluate(HOUSED, figures, as_of="2023-02-10"))
    assert isinstance(path, ForecastPath)
    return path


def through() -> SchemeCoverage:
    """Return the coverage of a plan through another scheme."""
    schemes = datasets.pathway_schemes()
    return coverage_through(REGION, schemes.crosswalk("hmp-leeds", "regional-plans-2022"), schemes)


def a_target_of_each_kind() -> list[Target]:
    """Return a target of each kind."""
    common: dict[str, Any] = {
        "statement": "It is so.",
        "citation": Citation("plan"),
        "area": "York",
    }
    measured = common | {"measure": Measure(id="m", name="M", counts="some", better="higher")}
    start = Baseline(level=Percentage(40), period=Month("March 2022"))
    interim = InterimGoal(level=Percentage(45), deadline=Deadline("by July 2022"))
    goal, due = Percentage(50), Deadline("by July 2023")
    span = LevelRange(low=Percentage(40), high=goal)
    change = PercentagePoints(8)
    return [
        ChangeTarget(id="t1", **measured, baseline=start, change=change, deadline=due),
        ReachTarget(id="t2", **measured, goal=goal, deadline=due, interim=(interim,)),
        MaintainTarget(id="t3", **measured, goal=goal, deadline=due, tolerance=change),
        StandingTarget(id="t4", **measured, goal=goal),
        RangeTarget(id="t5", **measured, goal=span),
        DirectionTarget(id="t6", **measured, every=Duration("1 year")),
        MilestoneTarget(id="t7", **common, deadline=due),
        NarrativeTarget(id="t8", **common),
    ]


SENTENCES = (
    "Raise the share housed by 8 percentage points from 82% in March 2022 by July 2023",
    "20% increase in the share from 62% in 2021/22 by March 2025",
    "Prison leavers who get a job are 9% less likely to reoffend.",
)


def every_result() -> list[Tabular]:
    """Return a result of each kind."""
    route = graph.route(PARTNERS, "st-giles", "nacro") or graph.reach(PARTNERS, "st-giles")[0]
    return [
        RESULT,
        RESULTS,
        COMPARED,
        FIGURES,
        FIGURES.observations[0],
        Completion(target="a", day=date(2024, 1, 1)),
        Citation("plan"),
        *a_target_of_each_kind(),
        *deadlines(REGION)[:1],
        coverage(REGION),
        *coverage(REGION).needs[:1],
        *coverage(REGION).gaps[:1],
        through(),
        checks.check(PRISON)[0],
        charted(),
        forecast(),
        forecasts(),
        forecasts().forecasts[0],
        graph.partners_in_several_pathways(PARTNERS)[0],
        graph.missing_kinds(PARTNERS)[0],
        graph.shared_pathways(PARTNERS)[0],
        graph.single_points(PARTNERS)[0],
        route,
        graph.partner_overlap(REGION, REGION),
        *graph.partner_overlap(REGION, REGION).shared[:1],
        graph.partner_list_against_chapters(REGION),
        *coverage(REGION).rows[:1],
        *through().rows[:1],
        compare_editions(REGION, PRISON),
        *RESULT.excluded[:1],
        *RESULT.figures[:1],
        *([RESULT.evidence] if RESULT.evidence else []),
        datasets.pathway_schemes().crosswalks[0],
        datasets.pathway_schemes().crosswalks[0].correspondences[0],
        *map(parse_target, SENTENCES),
        *numbers(),
    ]


def numbers() -> list[Tabular]:
    """Return a result of each kind of the functions that take numbers."""
    chart = charted().chart
    compared = inference.funnel({"a": Counts(1, 10), "b": Counts(2, 10)}, better="higher")
    return [
        compared,
        compared.areas[0],
        chart,
        *inference.xmr_chart([1, 2], better="higher").cautions[:1],
        inference.wilson_interval(Counts(1, 10)),
        inference.Undefined("too few"),
        inference.assess_share(Counts(1, 10), Fraction(1, 2), better="higher"),
        inference.growth_ratio(18, 16, 10, elapsed=1, allowed=3, better="lower"),
        inference.growth_towards_limit(18, 16, None, elapsed=1, better="lower"),
        inference.probability_next_meets(Counts(1, 10), 10, Fraction(1, 2), better="higher"),
    ]


RESULTS_OF_EACH_KIND = every_result()
each_kind = pytest.mark.parametrize(
    "result", RESULTS_OF_EACH_KIND, ids=lambda result: type(result).__name__
)


def layouts() -> dict[str, Layout[Any]]:
    """Return every layout by its name, those within others too."""
    by_name: dict[str, Layout[Any]] = {}
    waiting = [result.layout for result in RESULTS_OF_EACH_KIND]
    waiting += [result.to_table().layout for result in RESULTS_OF_EACH_KIND]
    waiting.append(graph.partner_table(PARTNERS).layout)
    while waiting:
        layout = waiting.pop()
        if layout.name not in by_name:
            by_name[layout.name] = layout
            waiting += [field.of for field in layout.fields if field.of is not None]
    return by_name


@each_kind
class TestEachKind:
    """Laws of a result of any kind."""

    def test_the_mapping_is_json(self, result: Tabular) -> None:
        """``json.dumps`` takes it, without NaN, and every key of the layout is there."""
        fields = result.to_dict()
        assert json.loads(json.dumps(fields, allow_nan=False)) == fields
        assert list(fields) == [field.name for field in result.layout.fields]

    def test_the_rows_have_the_columns_of_the_table(self, result: Tabular) -> None:
        """Each row has each column, in order."""
        columns = list(result.to_table().columns)
        records = result.to_records()
        assert [list(record) for record in records] == [columns] * len(records)

    @pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow", "duckdb"])
    def test_a_frame_has_the_rows(self, result: Tabular, engine: Any) -> None:
        """A frame is made of the records by every engine."""
        frame = frames.to_frame(result, engine)
        names = frame.column_names if engine == "pyarrow" else list(frame.columns)
        assert names == list(result.to_table().columns)
        assert len(frame) == len(result.to_records())

    def test_a_relation_has_the_same_cells(self, result: Tabular) -> None:
        """Types and values in DuckDB are those of polars."""
        frame = frames.to_frame(result, "polars")
        relation = frames.to_frame(result, "duckdb")
        assert relation.pl().equals(frame)
        assert relation.pl().schema == frame.schema

    def test_the_representation_is_short(self, result: Tabular) -> None:
        """It fits a few lines and names the class."""
        if len(result.to_records()) > 1:
            assert len(repr(result)) < 400
        assert type(result).__name__ in repr(result)

    def test_pydantic_writes_the_mapping(self, result: Tabular) -> None:
        """A field of a model takes an instance and writes ``to_dict()``, as its schema says."""
        if not isinstance(result, Result):
            return
        adapter: TypeAdapter[object] = TypeAdapter(type(result))
        assert adapter.validate_python(result) is result
        assert json.loads(adapter.dump_json(result)) == result.to_dict()
        schema = adapter.json_schema(mode="serialization")
        Draft202012Validator.check_schema(schema)
        assert list(Draft202012Validator(schema).iter_errors(result.to_dict())) == []


def returned(hint: object) -> Iterator[type]:
    """Yield our attrs classes within the type that a function returns."""
    origin = get_origin(hint) or hint
    if isinstance(origin, type) and attrs.has(origin) and origin.__module__.startswith("rrmodel"):
        yield origin
    for part in get_args(hint):
        yield from returned(part)


def hints_of(function: FunctionType) -> dict[str, Any]:
    """Return the types of a function."""
    return get_type_hints(function, {**function.__globals__, "networkx": NETWORKX})


class TestEveryResult:
    """Laws of every class of results."""

    MODULES = (checks, coverage_module, evaluation_module, graph, inference)
    NOT_DATA = frozenset({Policy, checks.Rule, Terms, Selection, graph.Sides, Table})
    """Definitions with a function, the steps that an evaluation has, an index of a graph, and what
    has rows itself."""

    def test_what_a_function_returns_is_data(self) -> None:
        """A record that a public function returns has a mapping and rows."""
        functions = [
            function
            for module in self.MODULES
            for name in module.__all__
            if inspect.isfunction(function := getattr(module, name))
        ]
        kinds = {kind for function in functions for kind in returned(hints_of(function)["return"])}
        assert len(kinds) > 20
        assert {kind for kind in kinds - self.NOT_DATA if not issubclass(kind, Tabular)} == set()

    def test_each_is_among_these_tests(self) -> None:
        """No class of results is missing from the list."""
        waiting, known = [Tabular], set[type]()
        while waiting:
            for kind in waiting.pop().__subclasses__():
                waiting.append(kind)
                known.add(kind)
        known = {kind for kind in known if hasattr(kind, "layout") and not kind.__subclasses__()}
        assert known - {type(result) for result in RESULTS_OF_EACH_KIND} == set()

    def test_no_representation_is_long(self) -> None:
        """Of no result of the bundled plans, and of no result within another."""
        waiting: list[object] = [*RESULTS_OF_EACH_KIND, REGION, PRISON]
        waiting += [*checks.check(REGION), *checks.check(PRISON)]
        for plan in (REGION, PRISON):
            partners = graph.partner_graph(plan)
            waiting += [plan.partners, coverage(plan), graph.missing_kinds(partners)]
            waiting += [graph.reach(partners, each) for each in plan.pathways[0].partners]
            waiting.append(graph.partner_table(partners))
        waiting += [checks.to_table(checks.check(PRISON)), amended(), charted_in_part()]
        waiting.append(evaluate(HOUSED, [december()], as_of="2023-02-01"))
        for sentence in SENTENCES:
            waiting.append(parse_target(sentence))
        shown: dict[int, object] = {}
        while waiting:
            record = waiting.pop()
            if isinstance(record, tuple | list):
                waiting += record
            elif attrs.has(type(record)) and id(record) not in shown:
                shown[id(record)] = record
                waiting += [getattr(record, each.name) for each in attrs.fields(type(record))]
        texts = {repr(each): isinstance(each, Tabular) for each in shown.values()}
        short = [text for text, is_result in texts.items() if is_result or text[0] == "<"]
        assert len(short) > 400
        assert [text for text in short if len(text) > 300] == []


def december() -> Observation:
    """Return a figure that is behind the expected level."""
    return Observation(
        measure=HOUSED.id.removesuffix("-by-july-2023"),
        area="East Midlands",
        period=Month("December 2022"),
        level=Percentage("84.5"),
    )


def amended() -> EditionComparison:
    """Return a comparison with a target that changed, and with partners that gave up a part."""
    first, *others = REGION.pathways
    target = attrs.evolve(first.targets[0], statement="Another statement.")
    changed = attrs.evolve(
        first, targets=(target, *first.targets[1:]), partnerships=(), activities=()
    )
    return compare_editions(REGION, attrs.evolve(REGION, pathways=(changed, *others)))


def charted_in_part() -> ObservedChart:
    """Return a control chart that excludes the figure of a year."""
    year = Observation(
        measure="housed", area="York", period=FinancialYear("2022-23"), level=Percentage("81.0")
    )
    chart = control_chart(STAYS, [*monthly(13), year], as_of="2024-01-01")
    assert isinstance(chart, ObservedChart)
    return chart


class TestEditions:
    def test_each_change_is_a_row(self) -> None:
        """An amended record names its fields, and a part names its pathway."""
        comparison = amended()
        records = comparison.to_records()
        changed = next(each for each in records if each["change"] == "amended")
        assert (changed["kind"], changed["fields"]) == ("target", "statement")
        gone = [each for each in records if each["kind"] == "part"]
        assert {each["old"] for each in gone} == {REGION.pathways[0].id}
        back = compare_editions(comparison.new, REGION).to_records()
        assert len([each for each in back if each["kind"] == "part"]) == len(gone)
        assert comparison.to_dict()["kept"]["target"] == len(REGION.targets) - 1


class TestMethods:
    def test_what_is_undefined_is_null(self) -> None:
        """One area shows no dispersion, and few points have no limits."""
        assert (
            inference.funnel({"a": Counts(1, 10)}, better="higher").to_dict()["dispersion"] is None
        )
        (point, _) = inference.xmr_chart([1, 2], better="higher").to_dict()["points"]
        assert (point["value"], point["lower"], point["target"]) == ("1", None, None)


class TestTables:
    def test_results_of_one_kind_are_one_table(self) -> None:
        """The rows of each follow each other."""
        table = to_table(result for result in [RESULTS, RESULT])
        assert len(table.to_records()) == len(REGION.targets) + 1

    def test_no_result_needs_a_class(self) -> None:
        """A table without rows has the columns of the class that is named."""
        with pytest.raises(RecordError, match="there is no result, so the columns are unknown"):
            to_table([])
        assert to_table([], of=Citation).columns == Citation.layout.columns

    def test_only_results_are_taken(self) -> None:
        """The message names the type."""
        with pytest.raises(RecordError, match="'int' has no place in a table"):
            to_table(3)  # type: ignore[arg-type]

    def test_a_layout_says_its_name(self) -> None:
        """It holds functions, which nobody reads."""
        assert repr(Citation.layout) == "<Layout 'citation': fields=4>"


class TestEvaluations:
    def test_quantities_have_a_text_and_a_number(self) -> None:
        """The text is exact, the number is the nearest binary one."""
        fields = RESULT.to_dict()
        assert (fields["goal"], fields["goal_value"]) == ("90%", 90.0)
        assert (fields["gap"], fields["gap_value"]) == ("3.7 percentage points", 3.7)
        latest = fields["latest"]
        assert (latest["level"], latest["value"], latest["period"]) == ("86.3%", 86.3, "2022/23")

    def test_a_row_has_the_same_values_by_joined_names(self) -> None:
        """A column joins the keys that lead to its value, and days are days."""
        (record,) = RESULT.to_records()
        assert record["as_of"] == date(2024, 8, 1)
        assert record["latest_published"] == date(2024, 7, 25)
        assert record["latest_level"] == RESULT.to_dict()["latest"]["level"]
        assert record["evidence_interval_low"] == RESULT.to_dict()["evidence"]["interval_low"]
        assert record["plan"] is record["pathway"] is None

    def test_the_rows_of_a_plan_name_their_pathway(self) -> None:
        """They are in document order, with plan and pathway."""
        records = RESULTS.to_records()
        assert [record["target"] for record in records] == [each.id for each in REGION.targets]
        assert {record["plan"] for record in records} == {REGION.id}
        assert [record["pathway"] for record in records[:1]] == [REGION.pathways[0].id]
        assert list(records[0]) == list(RESULT.to_records()[0]) == list(frames.EVALUATION_COLUMNS)

    def test_a_range_has_both_ends_as_numbers(self) -> None:
        """Its text names both, and it has no single number."""
        (record,) = evaluate(STAYS, monthly(1), as_of="2024-01-01").to_records()
        assert (record["goal"], record["goal_value"]) == ("40% to 50%", None)
        assert (record["goal_low_value"], record["goal_high_value"]) == (40.0, 50.0)

    def test_every_policy_is_a_row(self) -> None:
        """The rows of a comparison differ in their policy."""
        assert len({record["policy"] for record in COMPARED.to_records()}) == 5
        assert COMPARED.to_dict()["agree"] is True

    def test_a_document_that_is_known_is_named(self) -> None:
        """The source has its title, and without the document only its id."""
        document = Document(
            id="d", title="A bulletin", publisher="A publisher", url="https://x.org"
        )
        fields = RESULTS.to_dict(document_of=lambda _: document)
        sources = [each["latest"]["source"] for each in fields["targets"] if each["latest"]]
        assert {source["title"] for source in sources} == {"A bulletin"}
        (record,) = RESULT.to_table(document_of=lambda _: document).to_records()
        assert record["latest_source_publisher"] == "A publisher"
        assert RESULT.to_dict(document_of=lambda _: None)["latest"]["source"]["title"] is None
        rows = RESULTS.to_table(document_of=lambda _: document).to_records()
        assert rows[0]["latest_source_url"] == "https://x.org"

    def test_the_schema_fits_both(self) -> None:
        """One schema describes the evaluation of a target and of a plan."""
        schema = io.json_schema("evaluation")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        assert schema["$id"] == "urn:rrmodel:evaluation:1"
        for fields in (RESULT.to_dict(), RESULTS.to_dict(), RESULTS.to_dict(others=[RESULTS])):
            assert list(validator.iter_errors(fields)) == []

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            ({"status": "kept"}, "$.status"),
            ({"goal_value": "90"}, "$.goal_value"),
            ({"as_of": "1 August 2024"}, "$.as_of"),
            ({"latest": {}}, "$.latest"),
            ({"extra": 1}, "$"),
        ],
    )
    def test_the_schema_refuses_other_values(self, change: dict[str, Any], place: str) -> None:
        """An error is at its own place."""
        errors = Draft202012Validator(io.json_schema("evaluation")).iter_errors(
            RESULT.to_dict() | change
        )
        assert {error.json_path for error in errors} == {place}

    def test_numbers_of_large_amounts_are_null(self) -> None:
        """A value too large for a binary number is null, not infinite."""
        assert nearest_number(Fraction(10**400)) is None
        assert nearest_number(None) is None


class TestFrames:
    def test_several_results_of_one_kind_are_one_frame(self) -> None:
        """The rows of each follow each other."""
        frame = frames.to_frame(RESULTS.evaluations, "polars")
        assert frame.height == len(REGION.targets)
        assert frames.to_frame([RESULTS, RESULT], "polars").height == len(REGION.targets) + 1

    def test_a_table_without_rows_has_its_columns(self) -> None:
        """A table has the list of its columns."""
        frame = frames.to_frame(checks.to_table([]), "polars")
        assert frame.columns == list(checks.to_table([]).columns)
        assert frame.is_empty()

    @pytest.mark.parametrize(
        ("level", "unit"),
        [
            (PercentagePoints(0), "percentage points"),
            (Percentage(0), "%"),
            (Amount(0, "place"), "place"),
        ],
    )
    def test_none_at_all_is_a_level(self, level: Level, unit: str) -> None:
        """A level of zero is written with its unit, and is not taken for a missing one."""
        figure = Observation(measure="m", area="York", period="2022/23", level=level)
        (record,) = figure.to_records()
        assert (record["value"], record["unit"]) == (0, unit)
        assert frames.observations(frames.to_frame(figure, "polars")) == (figure,)

    def test_types_do_not_depend_on_the_values(self) -> None:
        """A column of nulls has the type of its kind."""
        schema = frames.to_frame(RESULT, "polars").schema
        assert schema["pace_value"] == pl.Float64
        assert schema["completed"] == pl.Date
        assert schema["is_comparator"] == pl.Boolean
        assert schema["evidence_cases"] == pl.Int64

    def test_the_partners_are_a_frame(self) -> None:
        """Each part of a partner in a pathway is a row."""
        frame = frames.to_frame(graph.partner_table(PARTNERS), "polars")
        assert frame.height == PARTNERS.number_of_edges()

    def test_different_kinds_do_not_mix(self) -> None:
        """The message names both."""
        with pytest.raises(RecordError, match="'evaluation' and 'finding' have different columns"):
            frames.to_frame([RESULT, checks.check(PRISON)[0]])

    @pytest.mark.parametrize(
        ("missing", "used"),
        [
            (["polars"], "pandas"),
            (["polars", "pandas"], "pyarrow"),
            (["polars", "pandas", "pyarrow"], "duckdb"),
        ],
    )
    def test_the_installed_engine_is_used(
        self, monkeypatch: pytest.MonkeyPatch, missing: list[str], used: str
    ) -> None:
        """Without a name, the first that is installed."""
        for name in missing:
            monkeypatch.setitem(sys.modules, name, None)
        home = type(frames.to_frame(RESULT)).__module__.partition(".")[0]
        assert home.lstrip("_") == used

    def test_no_engine_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message says what to install."""
        for name in ("polars", "pandas", "pyarrow", "duckdb"):
            monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(MissingExtraError, match=r"pip install polars"):
            frames.to_frame(RESULT)


class TestServices:
    def test_a_model_has_results_as_fields(self) -> None:
        """A result is one of its fields, alone or in a list."""

        class Answer(BaseModel):
            one: Evaluation
            several: tuple[Evaluation, ...]
            plan: PlanEvaluation

        answer = Answer(one=RESULT, several=(RESULT,), plan=RESULTS)
        written = json.loads(answer.model_dump_json())
        assert written["one"] == written["several"][0] == RESULT.to_dict()
        assert written["plan"] == RESULTS.to_dict()
        schema = Answer.model_json_schema(mode="serialization")
        assert list(Draft202012Validator(schema).iter_errors(written)) == []
        assert {"Evaluation", "PlanEvaluation"} <= set(schema["$defs"])

    def test_a_result_is_not_read(self) -> None:
        """The message says what to do."""
        with pytest.raises(ValidationError, match="dict is not read as Evaluation: make one"):
            TypeAdapter(Evaluation).validate_python(RESULT.to_dict())


class TestCommandLine:
    def test_csv_has_every_column(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A row for each target, with ISO days and true or false."""
        assert main([*JOB, "csv"]) == 0
        rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
        assert list(rows[0]) == list(frames.EVALUATION_COLUMNS)
        (housed,) = (row for row in rows if row["target"] == HOUSED.id)
        assert (housed["status"], housed["as_of"], housed["gap_value"]) == (
            "missed", "2024-08-01", "3.7",
        )  # fmt: skip
        assert (housed["is_comparator"], housed["pace"]) == ("true", "")
        assert housed["latest_source_title"]

    def test_csv_has_the_rows_of_each_policy(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One policy after the other."""
        assert main([*JOB, "csv", "--policy", "straight-line", "--policy", "statistical"]) == 0
        rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
        assert [row["policy"] for row in rows] == ["straight line"] * 7 + ["statistical"] * 7

    def test_json_is_the_public_mapping(self, capsys: pytest.CaptureFixture[str]) -> None:
        """It is valid by the schema that ``rrmodel schema`` prints."""
        assert main([*JOB, "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert main(["schema", "evaluation"]) == 0
        schema = json.loads(capsys.readouterr().out)
        assert list(Draft202012Validator(schema).iter_errors(answer)) == []

    @pytest.mark.parametrize(
        ("words", "head", "row"),
        [
            ([*JOB, "markdown"], "| target | policy | status |", "| missed | 90% | 2023-07-31 |"),
            (["coverage", REGION.id, "--format", "markdown"], "| pathway | name |", "| 1 | 4 |"),
            (["check", PRISON.id, "--format", "markdown"], "| rule | severity |", "| warning | $."),
            (["graph", PRISON.id, "--format", "markdown"], "| partner_name |", "| partnership |"),
        ],
    )
    def test_markdown_is_a_table(
        self, capsys: pytest.CaptureFixture[str], words: list[str], head: str, row: str
    ) -> None:
        """Headings, a rule and a line for each row."""
        assert main(words) == 0
        first, rule, *rows = capsys.readouterr().out.splitlines()
        assert first.startswith(head)
        assert set(rule) <= set("|-: ")
        assert any(row in line for line in rows)
        assert len({line.replace("\\|", "").count("|") for line in [first, rule, *rows]}) == 1

    @pytest.mark.parametrize("command", ["coverage", "check", "graph"])
    def test_other_commands_print_csv(
        self, capsys: pytest.CaptureFixture[str], command: str
    ) -> None:
        """The columns are those of the library."""
        tables: dict[str, Table[Any]] = {
            "coverage": coverage(PRISON).to_table(),
            "check": checks.to_table(checks.check(PRISON)),
            "graph": graph.partner_table(graph.partner_graph(PRISON)),
        }
        assert main([command, PRISON.id, "--format", "csv"]) == 0
        rows = list(csv.reader(StringIO(capsys.readouterr().out)))
        assert rows[0] == list(tables[command].columns)
        assert len(rows) == 1 + len(tables[command].to_records())


def test_a_cell_has_no_carriage_return() -> None:
    """Readers of CSV would end the line there."""
    table = Citation("plan", "Targets\r\nand\rmore", "a | b").to_table()
    assert csv_text(table) == ('document,section,item,place\nplan,"Targets\nand\nmore",a | b,\n')
    assert markdown_text(table).splitlines()[2] == "| plan | Targets and more | a \\| b |  |"


class TestCharts:
    def test_limits_are_in_the_unit_of_the_figures(self) -> None:
        """A chart of shares is written in per cent, as its figures are."""
        chart = charted()
        first = chart.to_records()[0]
        mean = chart.chart.points[0].mean
        assert first["mean"] == float(mean) * chart.scale
        assert first["value"] == 80.0

    def test_excluded_figures_have_their_reason(self) -> None:
        """A figure of a whole year is not in a chart of months."""
        (excluded,) = charted_in_part().to_dict()["excluded"]
        assert (excluded["period"], excluded["reason"]) == ("2022/23", "other_length")

    def test_cautions_name_their_periods(self) -> None:
        """A run chart has no limits, and says why."""
        chart = control_chart(STAYS, monthly(3), as_of="2024-01-01")
        assert isinstance(chart, ObservedChart)
        fields = chart.to_dict()
        assert fields["cautions"][0]["periods"] == ["January 2022", "February 2022", "March 2022"]
        assert fields["points"][0]["lower"] is None


class TestFindings:
    def test_a_finding_has_its_line_where_that_is_known(self) -> None:
        """Its name is that of its rule."""
        finding = checks.check(PRISON)[0]
        fields = finding.to_dict(positions=lambda _: (3, 1))
        assert (fields["line"], fields["column"], fields["name"]) == (
            3, 1, checks.rule(finding.rule).name,
        )  # fmt: skip
        (record,) = finding.to_records()
        assert (record["line"], record["rule"]) == (None, finding.rule)


class TestRepresentations:
    @pytest.mark.parametrize(
        "record",
        [
            REGION,
            *REGION.pathways,
            *REGION.targets,
            STAYS,
            *PRISON.chapters,
            FIGURES,
            ObservationIndex.of(FIGURES),
            ObservationIndex.of(FIGURES).measure("housed-on-release"),
            datasets.pathway_schemes(),
            *datasets.pathway_schemes().schemes,
            *datasets.pathway_schemes().crosswalks,
            *coverage(REGION).rows,
            *coverage(REGION).needs,
            *through().rows,
            RESULT.assessment,
            RESULT.assessment.selection,
            charted().chart,
            compare_editions(REGION, REGION),
            compare_editions(REGION, REGION).targets,
            graph.partner_overlap(REGION, REGION),
            io.read_stratml(io.dumps(REGION, format="stratml")),
            WorkbookReading((), ()),
            inference.funnel({"a": Counts(1, 10), "b": Counts(2, 10)}, better="higher"),
        ],
        ids=lambda record: type(record).__name__,
    )
    def test_a_record_of_records_is_short(self, record: object) -> None:
        """It counts what it has, by the names of its attributes."""
        assert repr(record).startswith(f"<{type(record).__name__}")
        assert len(repr(record)) < 300

    def test_a_plan_names_its_parts(self) -> None:
        """A reader learns where to look."""
        assert repr(REGION) == (
            "<Plan 'east-midlands-2022-25': title='East Midlands Reducing Reoffending Plan "
            "2022-25', pathways=4, targets=7, objectives=23, activities=23, partners=59, "
            "measures=5, documents=4>"
        )

    def test_a_target_names_its_goal_and_measure(self) -> None:
        """Parts that a kind of target lacks are omitted."""
        assert repr(STAYS) == (
            "<RangeTarget 'housed-in-range': goal=LevelRange(low=Percentage('40'), "
            "high=Percentage('50')), deadline=None, area='York', measure='housed'>"
        )
        narrative = REGION.target("treatment-requirements-meet-needs")
        assert "measure" not in repr(narrative)

    def test_a_record_without_parts_has_only_its_name(self) -> None:
        """Empty tuples are omitted."""
        assert short_repr(1, "x", parts=()) == "<int 'x'>"

    def test_an_evaluation_of_no_target_says_so(self) -> None:
        """A plan may have no target."""
        result = evaluate_plan(PRISON, [], as_of="2024-08-01")
        assert repr(result) == "<PlanEvaluation of 'hmp-leeds-regimes' on 2024-08-01: no targets>"
        assert isinstance(COMPARED, PolicyComparison)
        assert "straight line=missed" in repr(COMPARED)


def described(layout: Layout[Any]) -> list[str]:
    """Return the lines of the reference about a layout."""
    lines = [f"### {layout.name}", layout.description]
    for field in layout.fields:
        kind = field.kind.replace("_", " ")
        kind += f" ([{field.of.name}](#{field.of.name}))" if field.of else ""
        kind += " or null" if field.is_optional else ""
        words = field.description
        if field.choices:
            words += f" One of {', '.join(f'`{choice}`' for choice in field.choices)}."
        lines.append(f"| `{field.name}` | {kind} | {words} |")
    return lines


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.name)
def test_the_reference_describes_every_field(layout: Layout[Any]) -> None:
    """The page has a line for each field, as the layout describes it."""
    written = PAGE.read_text("utf-8").splitlines()
    assert [line for line in described(layout) if line not in written] == []


def test_goals_are_read_back_from_their_texts() -> None:
    """An exact text is what the constructor reads."""
    goals = [target.goal for target in REGION.targets if isinstance(target, QuantifiedTarget)]
    texts = [record["goal"] for record in RESULTS.to_records() if record["goal"]]
    assert [Percentage(str(text)) for text in texts] == goals
