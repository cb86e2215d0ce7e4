"""The coverage of a plan: pathways against needs, objectives, activities, partners and targets.

:func:`coverage` counts the records of each pathway, compares each published need with its pathways,
and lists the gaps and how to close them. :func:`coverage_through` maps a plan to another pathway
scheme; :func:`compare_editions` lists the changes between editions. The counts describe the text of
a plan, not whether an activity helps.

**What counts.** A need is a fact of that kind, in the context or in the background of a pathway;
context is the other facts of the plan's own area. A partner counts where the pathway gives it a
partnership or where an activity is led by it or names it, as in a partner graph. A target is
measured if it has a measure; deadlines are those of targets, objectives, activities and
commitments.

>>> from rrmodel import datasets
>>> covered = coverage(datasets.load("east-midlands-2022-25"))
>>> covered.without("measured_targets")
('drugs-and-alcohol',)
>>> print(covered.gaps[1].pathway, "lacks", covered.gaps[1].closed_by)
drugs-and-alcohol lacks a target with a measure, so that figures can decide it
"""

from __future__ import annotations

from rrmodel.coverage._contents import (
    COLUMNS,
    Column,
    Coverage,
    Gap,
    Missing,
    NeedCoverage,
    PathwayCoverage,
)
from rrmodel.coverage._coverage import coverage
from rrmodel.coverage._editions import Amendment, Compared, EditionComparison, compare_editions
from rrmodel.coverage._schemes import SchemeCoverage, SchemeRow, coverage_through

__all__ = [
    "COLUMNS",
    "Amendment",
    "Column",
    "Compared",
    "Coverage",
    "EditionComparison",
    "Gap",
    "Missing",
    "NeedCoverage",
    "PathwayCoverage",
    "SchemeCoverage",
    "SchemeRow",
    "compare_editions",
    "coverage",
    "coverage_through",
]
