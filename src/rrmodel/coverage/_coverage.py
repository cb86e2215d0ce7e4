"""The rows and columns of a plan, its published needs, and its gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rrmodel.coverage._contents import Coverage, Gap, Missing, NeedCoverage, PathwayCoverage
from rrmodel.model import (
    Fact,
    Figure,
    MeasuredTarget,
    Pathway,
    Plan,
)

__all__ = ["coverage"]

_CLOSED_BY: dict[Missing, str] = {
    "needs": "a need stated as a share of people who have it",
    "context": "a fact or figure of the plan's own area",
    "objectives": "an objective that says what is wanted",
    "activities": "an activity that says what will be done",
    "partners": "a partner with a part in it",
    "targets": "a target",
    "measured_targets": "a target with a measure, so that figures can decide it",
    "deadlines": "a day by which something is to be done",
    "activity_for_objective": "an activity that serves the objective",
    "pathway_for_need": "a pathway that names the need",
}

_WORD = re.compile(r"[^\W\d_]+")
_UNTELLING = frozenset(
    "a about an and at by for from in is it of on or the their to who whose with "
    "custody leaver man men need offender people person prison prisoner probation region woman "
    "women".split()
)
"""Words that can be in any need, and so do not tell one from another."""


def coverage(plan: Plan) -> Coverage:
    """Return the coverage of a plan, pathway by pathway, and its gaps.

    A need that a pathway states is dealt with there. One that stands elsewhere belongs to the
    pathways that alone use one of its words in their name or in their needs, in our reading; the
    words are given as the reason.

    >>> from rrmodel import datasets
    >>> covered = coverage(datasets.load("east-midlands-2022-25"))
    >>> for need in covered.needs[:4]:
    ...     print(need.share, need.pathways, len(need.measures))
    45% ('training-skills-and-work',) 2
    34% ('family-accommodation-and-readjustment',) 2
    32% ('drugs-and-alcohol',) 0
    22% ('drugs-and-alcohol',) 0
    """
    rows = tuple(map(_row, plan))
    needs = tuple(_needs(plan, {row.pathway: row for row in rows}))
    gaps = [gap for row in rows for gap in _gaps(row)]
    gaps += [_gap(None, "pathway_for_need", need.fact.id) for need in needs if not need.pathways]
    return Coverage(plan=plan, rows=rows, needs=needs, gaps=tuple(gaps))


def _row(pathway: Pathway) -> PathwayCoverage:
    dated = (*pathway.targets, *pathway.objectives, *pathway.activities, *pathway.commitments)
    return PathwayCoverage(
        pathway=pathway.id,
        name=pathway.name,
        needs=tuple(
            fact for fact in (*pathway.background, *pathway.context) if fact.kind == "need"
        ),
        context=tuple(fact for fact in pathway.context if fact.kind != "need"),
        objectives=pathway.objectives,
        activities=pathway.activities,
        partners=pathway.partners,
        targets=pathway.targets,
        measured_targets=tuple(
            target for target in pathway.targets if isinstance(target, MeasuredTarget)
        ),
        deadlines=tuple(made.deadline for made in dated if made.deadline is not None),
    )


def _gaps(row: PathwayCoverage) -> Iterator[Gap]:
    for column, count in row.counts().items():
        # a pathway without a target lacks a target, and one thing would close both gaps
        if not count and (column != "measured_targets" or row.targets):
            yield _gap(row.pathway, column)
    served = {objective for activity in row.activities for objective in activity.serves}
    for objective in row.objectives:
        if objective.id not in served:
            yield _gap(row.pathway, "activity_for_objective", objective.id)


def _gap(pathway: str | None, missing: Missing, of: str | None = None) -> Gap:
    return Gap(pathway=pathway, missing=missing, of=of, closed_by=_CLOSED_BY[missing])


def _needs(plan: Plan, rows: dict[str, PathwayCoverage]) -> Iterator[NeedCoverage]:
    vocabulary = _telling_words(rows.values())
    places = {pathway: place for place, pathway in enumerate(rows)}
    chapters = (fact for chapter in plan.chapters for fact in chapter.facts)
    for fact in (*plan.profile, *plan.achievements, *plan.priorities, *chapters):
        if fact.kind == "need":
            for figure in fact.figures or (None,):
                text = figure.of if figure else fact.statement
                words = {word: vocabulary[word] for word in _words(text) if word in vocabulary}
                homes = sorted(set(words.values()), key=places.__getitem__)
                yield _need(fact, figure, None, [rows[home] for home in homes], words)
    for row in rows.values():
        for fact in row.needs:
            for figure in fact.figures or (None,):
                yield _need(fact, figure, row.pathway, [row], {})


def _need(
    fact: Fact,
    figure: Figure | None,
    stated_in: str | None,
    rows: list[PathwayCoverage],
    words: dict[str, str],
) -> NeedCoverage:
    if stated_in is not None:
        reason = "the pathway states it"
    elif words:
        reason = "no other pathway mentions " + ", ".join(map(repr, words))
    else:
        reason = "no word of it is used in one pathway only"
    measured = [target for row in rows for target in row.measured_targets]
    return NeedCoverage(
        fact=fact,
        figure=figure,
        stated_in=stated_in,
        pathways=tuple(row.pathway for row in rows),
        reason=reason,
        objectives=tuple(objective for row in rows for objective in row.objectives),
        activities=tuple(activity for row in rows for activity in row.activities),
        targets=tuple(target for row in rows for target in row.targets),
        measures=tuple({target.measure.id: target.measure for target in measured}.values()),
    )


def _telling_words(rows: Iterable[PathwayCoverage]) -> dict[str, str]:
    """Return the words that only one pathway uses in its name or its needs, and which it is."""
    users: dict[str, str] = {}
    uses: Counter[str] = Counter()
    for row in rows:
        of = [figure.of for fact in row.needs for figure in fact.figures]
        words = _words(" ".join([row.name, *of]))
        uses.update(words)
        users.update(dict.fromkeys(words, row.pathway))
    return {word: pathway for word, pathway in users.items() if uses[word] == 1}


def _words(text: str) -> list[str]:
    """Return the telling words of a text, each once and without a plural."""
    words = (word.casefold().removesuffix("s") for word in _WORD.findall(text))
    return [word for word in dict.fromkeys(words) if word not in _UNTELLING]
