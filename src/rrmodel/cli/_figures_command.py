"""The command that lists the bundled figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Literal, TextIO, assert_never, get_args

import attrs
import click

from rrmodel.cli._answer import Answer, json_text, layout_option
from rrmodel.cli._completion import complete_measures, complete_sets
from rrmodel.cli._inputs import SETS, read_set
from rrmodel.cli._options import read_period
from rrmodel.cli._page import Cell, Page
from rrmodel.cli._tables import csv_text, markdown_text
from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.model import Observation, ObservationSet, normal_form
from rrmodel.periods import Period
from rrmodel.quantities import counted
from rrmodel.records import Field, Layout, Table

__all__ = ["figures_command"]

_By = Literal["set", "measure", "area", "period", "figure"]


@attrs.frozen
class _Figure:
    """A figure and the set that it is in."""

    home: ObservationSet
    observation: Observation

    @property
    def measure(self) -> str:
        """The id of its measure."""
        return self.observation.measure

    @property
    def measure_name(self) -> str:
        """The name of its measure."""
        names = {measure.id: measure.name for measure in self.home.measures}
        return names.get(self.measure, self.measure)


@attrs.frozen
class _Group:
    """Figures that have a set, a measure, an area or a period in common."""

    name: str
    title: str
    figures: tuple[_Figure, ...]

    def number(self, key: Callable[[_Figure], str]) -> int:
        """Return how many different sets, measures or areas they have."""
        return len({key(figure) for figure in self.figures})

    @property
    def first_day(self) -> date:
        """The first day of their periods."""
        return min(figure.observation.period.first_day for figure in self.figures)

    @property
    def last_day(self) -> date:
        """The last day of their periods."""
        return max(figure.observation.period.last_day for figure in self.figures)


_KEYS: dict[str, Callable[[_Figure], str]] = {
    "set": lambda one: one.home.id,
    "measure": lambda one: one.measure,
    "area": lambda one: one.observation.area,
    "period": lambda one: str(one.observation.period),
}
_TITLES: dict[str, Callable[[_Figure], str]] = {
    "set": lambda one: one.home.title,
    "measure": lambda one: one.measure_name,
    "area": lambda _: "",
    "period": lambda _: "",
}
_GROUP: Layout[_Group] = Layout(
    "figures",
    "Figures that have a set, a measure, an area or a period in common.",
    (
        Field("name", "text", "The value that they have in common.", lambda one: one.name),
        Field("title", "text", "Its title; empty for areas and periods.", lambda one: one.title),
        Field("figures", "whole", "How many they are.", lambda one: len(one.figures)),
        Field("sets", "whole", "Their sets.", lambda one: one.number(_KEYS["set"])),
        Field("measures", "whole", "Their measures.", lambda one: one.number(_KEYS["measure"])),
        Field("areas", "whole", "Their areas.", lambda one: one.number(_KEYS["area"])),
        Field("first_day", "day", "The first day of their periods.", lambda one: one.first_day),
        Field("last_day", "day", "The last day of their periods.", lambda one: one.last_day),
    ),
)
_FIGURE: Layout[_Figure] = Layout(
    "figure",
    "A figure and the set that it is in.",
    (
        Field("set", "text", "The name of its set.", lambda one: one.home.id),
        *Observation.layout.through(lambda one: one.observation),
    ),
)
_COUNTED = {"figure": "Figures", "measure": "Measures", "area": "Areas"}
"""The heads of the numbers of a row, by what they count."""
_SHOWN = ("set", "measure", "area", "period", "level", "published")
"""The columns of the table of figures in Markdown; CSV has all."""


@click.command(
    "figures",
    help="List the figures that can be named: their sets, measures, areas and periods. SET is the "
    "name of a bundled set of figures, or the path of an observation file or table. Default: all "
    "bundled sets, the made-up ones last.",
    epilog="\b\nExamples:\n  rrmodel figures\n  rrmodel figures --by measure\n"
    '  rrmodel figures --measure housed-on-release --area "England and Wales"\n'
    "  rrmodel figures local-areas --by area --format csv > areas.csv",
)
@click.argument("sets", metavar="[SET]...", nargs=-1, shell_complete=complete_sets)
@click.option(
    "--measure",
    metavar="ID",
    shell_complete=complete_measures,
    help="List only figures of the measure with this id. Default: all measures.",
)
@click.option("--area", metavar="AREA", help="List only figures for this area. Default: all areas.")
@click.option(
    "--period",
    metavar="PERIOD",
    callback=read_period,
    help="List only figures for exactly this period, such as 2022/23. Default: all periods.",
)
@click.option(
    "--by",
    type=click.Choice(get_args(_By)),
    help="Choose what to list: sets, measures, areas, periods, or the figures themselves. Default: "
    "set; with --measure, --area or --period, figure.",
)
@layout_option("text", "json", "csv", "markdown")
def figures_command(
    *,
    sets: tuple[str, ...],
    measure: str | None,
    area: str | None,
    period: Period | None,
    by: _By | None,
    layout: Literal["text", "json", "csv", "markdown"],
) -> Answer:
    homes = [read_set(name) for name in dict.fromkeys(sets or SETS)]
    figures = [_Figure(home, each) for home in homes for each in home.observations]
    if measure is not None:
        figures = _chosen(figures, "measure", measure)
    if area is not None:
        figures = _chosen(figures, "area", area)
    if period is not None:
        figures = _of_period(figures, period)
    is_filtered = any(chosen is not None for chosen in (measure, area, period))
    listed: _By = by or ("figure" if is_filtered else "set")
    table = _table(figures, listed)
    match layout:
        case "text":
            return Answer(_text(table, figures, listed, sys.stdout))
        case "json":
            records = [table.layout.to_dict(each) for each in table.subjects]
            return Answer(json_text({"kind": table.layout.name, "rows": records}))
        case "csv":
            return Answer(csv_text(table))
        case "markdown":
            shown = _SHOWN if table.layout is _FIGURE else None
            return Answer(markdown_text(table, shown))
        case _:
            assert_never(layout)


def _chosen(figures: list[_Figure], key: str, name: str) -> list[_Figure]:
    """Return the figures of a measure or an area, whatever the case and spaces of its name."""
    known = {_KEYS[key](figure) for figure in figures}
    wanted = {each for each in known if normal_form(each) == normal_form(name)}
    if not wanted:
        raise UnknownNameError(
            f"--{key}: no figure has the {key} {name!r}: {did_you_mean(name, sorted(known))}"
        )
    return [figure for figure in figures if _KEYS[key](figure) in wanted]


def _of_period(figures: list[_Figure], period: Period) -> list[_Figure]:
    chosen = [figure for figure in figures if figure.observation.period == period]
    if not chosen:
        raise UnknownNameError(
            f"--period: no figure is for {period}: list the periods with --by period"
        )
    return chosen


def _table(figures: Sequence[_Figure], by: _By) -> Table[Any]:
    """Return the figures, or a row for each set, measure, area or period of theirs."""
    if by == "figure":
        return Table(_FIGURE, tuple(figures))
    groups: dict[str, list[_Figure]] = {}
    for figure in figures:
        groups.setdefault(_KEYS[by](figure), []).append(figure)
    rows = (_Group(name, _TITLES[by](each[0]), tuple(each)) for name, each in groups.items())
    return Table(_GROUP, tuple(_ordered(rows, by)))


def _ordered(groups: Iterable[_Group], by: _By) -> Iterable[_Group]:
    """Return sets and measures as they stand, areas by name and periods by their days."""
    match by:
        case "area":
            return sorted(groups, key=lambda group: group.name)
        case "period":
            return sorted(groups, key=lambda group: (group.last_day, group.first_day))
        case _:
            return groups


def _text(table: Table[Any], figures: Sequence[_Figure], by: _By, stream: TextIO) -> str:
    page = Page(stream, ())
    if by == "figure":
        page.table(
            ("Measure", "Area", "Period", "Figure", "Published", "Set"),
            [("", [_line(each) for each in figures])],
        )
    else:
        names = ("Name", "Title") if by in {"set", "measure"} else ("Name",)
        heads = tuple(head for key, head in _COUNTED.items() if key != by)
        counts = heads[:1] if page.is_narrow else heads
        rows = [
            [*(group.name, group.title)[: len(names)], *_numbers(group, counts), _years(group)]
            for group in table.subjects
        ]
        page.table((*names, *counts, "Years"), [("", rows)], right=counts)
    page.space()
    sets = len({figure.home.id for figure in figures})
    page.paragraph(f"{counted(len(figures), 'figure')} in {counted(sets, 'set')}.")
    return str(page)


def _line(figure: _Figure) -> list[Cell]:
    observation = figure.observation
    level = "missing" if observation.level is None else str(observation.level)
    published = "not known" if observation.published is None else observation.published.isoformat()
    return [
        figure.measure,
        observation.area,
        str(observation.period),
        level,
        published,
        figure.home.id,
    ]


def _numbers(group: _Group, names: Iterable[str]) -> list[str]:
    record = _GROUP.to_dict(group)
    return [str(record[name.lower()]) for name in names]


def _years(group: _Group) -> str:
    first, last = group.first_day.year, group.last_day.year
    return f"{first} to {last}" if first < last else f"{first}"
