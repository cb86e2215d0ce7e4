"""The words that a shell offers while a command is typed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, suppress
from io import StringIO

import click
from click.shell_completion import CompletionItem

from rrmodel import datasets
from rrmodel.cli._inputs import PLANS, SETS, areas, read_figures, read_plan
from rrmodel.errors import RrmodelError
from rrmodel.model import Plan

__all__ = [
    "Completer",
    "complete_areas",
    "complete_measures",
    "complete_pathways",
    "complete_plans",
    "complete_schemes",
    "complete_sets",
    "complete_targets",
    "completer_of",
]

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
"""A function that click calls with the word as typed so far."""

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
"""Characters that have a meaning for a shell."""


def completer_of(words: Iterable[str]) -> Completer:
    """Return the completer of an option that takes words, with commas between several."""
    known = tuple(words)

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
        before, comma, last = typed.rpartition(",")
        return [_item(f"{before}{comma}{word}") for word in known if word.startswith(last)]

    return complete


def complete_plans(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the names of the bundled plans, and files."""
    return _names_or_files(PLANS, typed)


def complete_sets(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the names of the bundled sets of figures, and files."""
    return _names_or_files(SETS, typed)


def complete_schemes(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of the bundled pathway schemes."""
    known = (scheme.id for scheme in datasets.pathway_schemes().schemes)
    return [_item(scheme) for scheme in known if scheme.startswith(typed)]


def complete_areas(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the areas that have figures for the plan that was typed before."""
    known: list[str] = []
    for plan in _typed_plans(ctx):
        with suppress(RrmodelError), redirect_stderr(StringIO()):  # the command will report it
            known += areas(plan, read_figures(ctx.params.get("sets") or (), plan))
    return [_item(area) for area in known if area.startswith(typed)]


def complete_targets(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of the targets of the plan that was typed before."""
    return [
        _item(target.id)
        for plan in _typed_plans(ctx)
        for target in plan.targets
        if target.id.startswith(typed)
    ]


def complete_pathways(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of the pathways of the plan that was typed before."""
    return [
        _item(pathway.id)
        for plan in _typed_plans(ctx)
        for pathway in plan.pathways
        if pathway.id.startswith(typed)
    ]


def complete_measures(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of the measures of the plan that was typed before, or of the bundled sets."""
    measures = [measure for plan in _typed_plans(ctx) for measure in plan.measures]
    if not measures:
        measures = [each for name in SETS for each in datasets.observation_set(name).measures]
    known = sorted({measure.id for measure in measures})
    return [_item(name) for name in known if name.startswith(typed)]


def _typed_plans(ctx: click.Context) -> Iterator[Plan]:
    """Yield the plan that was typed before, if it can be read."""
    # While an option still lacks its value, click leaves the arguments unread.
    for name in [*filter(None, [ctx.params.get("plan")]), *ctx.args]:
        with suppress(RrmodelError), redirect_stderr(StringIO()):  # the command will report it
            yield read_plan(name)
            return


def _names_or_files(names: Iterable[str], typed: str) -> list[CompletionItem]:
    # The files come first: bash drops the words offered before them.
    files = CompletionItem(typed, type="file")
    return [files, *(_item(name) for name in names if name.startswith(typed))]


def _item(word: str) -> CompletionItem:
    """Return a word as the shell takes it. zsh escapes words itself."""
    if os.environ.get("_RRMODEL_COMPLETE") == "bash_complete":
        # click's script takes one backslash away when it reads the word
        word = _SPECIAL.sub(r"\\\\\g<0>", word)
    return CompletionItem(word)
