"""The command that judges a plan."""

from __future__ import annotations

import sys
from typing import Literal

import click

from rrmodel.cli._answer import Answer, text_or_json
from rrmodel.cli._completion import (
    complete_areas,
    complete_plans,
    complete_sets,
    completer_of,
)
from rrmodel.cli._evaluation_json import evaluation_json
from rrmodel.cli._evaluation_text import evaluation_text
from rrmodel.cli._inputs import PLAN_HELP, check_area, read_day, read_figures, read_plan
from rrmodel.errors import did_you_mean
from rrmodel.evaluation import POLICIES, STRAIGHT_LINE, Length, Policy, Status, evaluate_plan

__all__ = ["evaluate_command"]

_POLICIES = {policy.name.lower().replace(" ", "-"): policy for policy in POLICIES}


def _statuses(_: click.Context, __: click.Parameter, text: str | None) -> frozenset[Status]:
    known = {status.value: status for status in Status}
    words = [word.strip() for word in text.split(",")] if text is not None else []
    for word in words:
        if word not in known:
            raise click.BadParameter(f"{word!r} is no status: {did_you_mean(word, known)}")
    return frozenset(known[word] for word in words)


def _policies(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[Policy, ...]:
    for name in names:
        if name not in _POLICIES:
            raise click.BadParameter(f"{name!r} is no policy: {did_you_mean(name, _POLICIES)}")
    return tuple(_POLICIES[name] for name in dict.fromkeys(names)) or (STRAIGHT_LINE,)


@click.command(
    "evaluate",
    help="Assess the targets of a plan on a day. Use only figures that were published by then."
    f"\n\n{PLAN_HELP}",
    epilog="\b\nExample:\n  rrmodel evaluate east-midlands-2022-25 "
    '--area "England and Wales" --as-of 2024-08-01',
)
@click.argument("plan", shell_complete=complete_plans)
@click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    shell_complete=complete_sets,
    help="Figures to judge by: the path of an observation file or the name of a bundled set. "
    "May be given several times. All bundled sets if left out.",
)
@click.option(
    "--as-of",
    "day",
    metavar="DAY",
    help="Use only what was published by this day. Today if left out.",
)
@click.option(
    "--area",
    metavar="AREA",
    shell_complete=complete_areas,
    help="Look at the figures of this area, as a comparator. Each target's own area if left out.",
)
@click.option(
    "--policy",
    "policies",
    metavar="NAME",
    multiple=True,
    callback=_policies,
    shell_complete=completer_of(_POLICIES),
    help=f"The rule that grades promises before their deadlines: {', '.join(_POLICIES)}. The first "
    "if left out. It is no forecast. Given several times, the answers stand side by side.",
)
@click.option(
    "--length",
    type=click.Choice(["badge", "sentence", "paragraph"]),
    default="sentence",
    metavar="LENGTH",
    help="How much the text says of each target: badge, a line; sentence, the reason that decides "
    "(the default); paragraph, all there is to say. JSON always has it all.",
)
@click.option(
    "--fail-on",
    "failures",
    metavar="STATUS,...",
    callback=_statuses,
    shell_complete=completer_of(status.value for status in Status),
    help="End with exit code 1 if a target has one of these statuses, such as missed,at_risk, "
    "under any policy named.",
)
@text_or_json
def evaluate_command(
    *,
    plan: str,
    sets: tuple[str, ...],
    day: str | None,
    area: str | None,
    policies: tuple[Policy, ...],
    length: Length,
    failures: frozenset[Status],
    layout: Literal["text", "json"],
) -> Answer:
    record, as_of = read_plan(plan), read_day(day)
    figures = read_figures(sets, record)
    if area is not None:
        check_area(area, record, figures)
    judgements = tuple(
        evaluate_plan(record, figures.reports, as_of=as_of, area=area, policy=policy)
        for policy in policies
    )
    if layout == "json":
        text = evaluation_json(judgements, figures)
    else:
        text = evaluation_text(judgements, figures, length, sys.stdout)
    found = {status for judged in judgements for status in judged.counts()}
    return Answer(text, code=1 if failures & found else 0)
