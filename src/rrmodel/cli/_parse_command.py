"""The command that reads a published document as a plan."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import click

from rrmodel.cli._answer import Answer
from rrmodel.cli._inputs import read_plan
from rrmodel.errors import DumpError
from rrmodel.io import write_whole
from rrmodel.quantities import counted
from rrmodel.wording import (
    DocumentFormat,
    KeptCorrections,
    ParsedPlan,
    keep_corrections,
    parse_plan,
)

__all__ = ["parse_command"]

_MOST_LISTED = 20
_KINDS = {
    "ambiguous": "ambiguous, with two readings",
    "in question": "a reading that may be wrong, or a figure without a role",
    "inherited": "inherited from a heading or the plan",
    "derived": "derived by a rule",
}


@click.command(
    "parse",
    help="Read a published document as a plan. DOCUMENT is the path of a text, Markdown, HTML, "
    "DOCX or PDF file, or - for standard input. The answer says how many statements were placed; "
    "the plan file has its open questions as comments beside the lines.",
    epilog="\b\nExample:\n  rrmodel parse plan.pdf --out plan.yaml --report review.html",
)
@click.argument("document", type=click.Path())
@click.option(
    "--out",
    metavar="FILE.yaml",
    type=click.Path(dir_okay=False),
    help="Write the plan file. Default: no file is written.",
)
@click.option(
    "--report",
    metavar="FILE.html",
    type=click.Path(dir_okay=False),
    help="Write a page that shows each line beside the records read from it, uncertain ones first.",
)
@click.option(
    "--against",
    metavar="PLAN",
    help="Keep the corrections in this plan file, which was read from the document before, and "
    "add only new records.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(DocumentFormat)),
    help="Read this format. Default: the format of the suffix or the content of DOCUMENT.",
)
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def parse_command(
    *,
    document: str,
    out: str | None,
    report: str | None,
    against: str | None,
    form: DocumentFormat | None,
    force: bool,
) -> Answer:
    for path in (out, report):
        if path is not None and not force and path != against and os.path.lexists(path):
            raise DumpError(f"{path}: the file exists: choose another name, or use --force")
    corrected = None if against is None else read_plan(against)
    with _progress(document) as progress:
        parsed = parse_plan(Path(document), format=form, progress=progress)
    kept: KeptCorrections | None = None
    if corrected is not None:
        kept = keep_corrections(parsed, corrected)
        parsed = kept.parsed
    page = None if report is None else _page(parsed)
    lines = [f"{document}: {parsed.counts}", *_summary(parsed)]
    lines += _corrections(kept) if kept else []
    if out is not None:
        write_whole(parsed.to_yaml(), out)
        lines.append(f"{out}: plan written")
    if report is not None and page is not None:
        write_whole(page, report)
        lines.append(f"{report}: review page written")
    return Answer("\n".join(lines) + "\n")


def _page(parsed: ParsedPlan) -> str:
    from rrmodel.reporting import review_page  # noqa: PLC0415 -- only --report needs Jinja2

    return review_page(parsed)


def _summary(parsed: ParsedPlan) -> list[str]:
    """Return what the plan has, what is open, and what has no place."""
    plan = parsed.plan
    parts = (
        counted(len(plan.pathways), "pathway"),
        counted(len(plan.targets), "target"),
        counted(len(plan.objectives), "objective"),
        counted(len(plan.activities), "activity"),
        counted(len(plan.partners), "partner"),
        counted(len(plan.glossary), "term"),
    )
    lines = [plan.title, f"  {', '.join(parts)}"]
    for kind, words in _KINDS.items():
        number = sum(finding.kind == kind for finding in parsed.findings)
        if number:
            lines.append(f"{counted(number, 'question')}: {words}")
    lines += [f"  {line}" for line in parsed.unplaced[:_MOST_LISTED]]
    if len(parsed.unplaced) > _MOST_LISTED:
        lines.append(f"  and {len(parsed.unplaced) - _MOST_LISTED} more")
    return lines


def _corrections(kept: KeptCorrections) -> list[str]:
    """Return what was kept of the corrected plan, and what was added to it."""
    lines = [f"{counted(len(kept.kept), 'correction')} kept, {len(kept.added)} added"]
    lines += [f"  kept: {each}" for each in kept.kept[:_MOST_LISTED]]
    lines += [f"  added: {each}" for each in kept.added[:_MOST_LISTED]]
    return lines


@contextmanager
def _progress(document: str) -> Generator[Callable[[int, int], None] | None]:
    """Show on a terminal how much of a document is read; nowhere else."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415 -- as above

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Reading {Path(document).name}", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
