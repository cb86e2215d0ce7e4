"""The options that save a report of an assessed plan, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

import rrmodel
from rrmodel.cli._answer import refuse_beside
from rrmodel.cli._completion import complete_areas
from rrmodel.cli._inputs import Figures, check_area, read_day
from rrmodel.evaluation import PlanEvaluation, evaluate_plan
from rrmodel.io import write_whole

__all__ = ["report_options", "save_report"]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def _page(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in {".html", ".htm"}:
        raise click.BadParameter(f"{str(path)!r} does not end in .html or .htm.", context, option)
    return path


_OPTIONS = (
    click.option(
        "--report",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_page,
        help="Save a report as one page of HTML, with charts, reasons, sources and data. It can be "
        "read offline and printed.",
    ),
    click.option(
        "--comparator",
        "comparators",
        metavar="AREA",
        multiple=True,
        shell_complete=complete_areas,
        help="Put the figures for this area beside the others in the report. Repeat for several.",
    ),
    click.option(
        "--earlier",
        metavar="DAY",
        help="Put the assessment as of this earlier day beside it in the report.",
    ),
)


def report_options(command: CommandT) -> CommandT:
    """Add the options of a report to a command."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def save_report(
    results: Sequence[PlanEvaluation],
    figures: Figures,
    path: Path | None,
    comparators: Sequence[str],
    earlier: str | None,
) -> str | None:
    """Save the report of an assessed plan; return what to print, or ``None`` without a path.

    Args:
        results: The evaluation under each policy; the first is reported, the others beside it.
        figures: The figures it rests on.
        path: Where to save it.
        comparators: The areas to put beside it.
        earlier: The day to put beside it.

    Raises:
        UsageError: The options contradict each other.
        PeriodError: The earlier day is not a day.
        UnknownNameError: A comparator has no figures.
        RecordError: A comparator is the area of the report itself.
        DumpError: The file cannot be written; the file that was there is unchanged.
    """
    context, (first, *others) = click.get_current_context(), results
    if path is None:
        if comparators or earlier:
            raise click.UsageError("--comparator and --earlier need --report FILE", context)
        return None
    refuse_beside("--report", layout="--format", length="--length")
    plan, reports, policy = first.plan, figures.reports, first.policy
    for area in dict.fromkeys(comparators):
        check_area(area, plan, figures, "--comparator")
        others.append(evaluate_plan(plan, reports, as_of=first.as_of, area=area, policy=policy))
    if earlier is not None:
        day = read_day(earlier, "--earlier")
        if day >= first.as_of:
            message = f"--earlier {day} is not before {first.as_of}: use an earlier day"
            raise click.UsageError(message, context)
        others.append(evaluate_plan(plan, reports, as_of=day, area=first.area, policy=policy))
    write_whole(rrmodel.reporting.report(first, beside=others, sets=figures.sets), path)
    return f"{path}: report saved\n"
