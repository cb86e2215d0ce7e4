"""The records of a plan, frozen, typed and cited.

A :class:`Plan` has pathways; a pathway has facts, partnerships, targets, objectives, activities and
commitments. Every statement has a citation of the document that it was read in. Cross-references
are checked when a plan is made, and all problems are reported at once.

========================  =============================================================
target                    for example
========================  =============================================================
:class:`ChangeTarget`     "from 82% in March 2022, by 8 percentage points, by 2023"
:class:`ReachTarget`      "at least 85% by the end of 2023", "210 places over 3 years"
:class:`MaintainTarget`   "continue to maintain at 20% until July 2023"
:class:`StandingTarget`   "no more than 10% wait over a week", at all times
:class:`RangeTarget`      "between 40% and 50%", by a day or at all times
:class:`DirectionTarget`  "increase the use of", "reduce year on year"
:class:`MilestoneTarget`  "a strategy in place by the end of 2023"
:class:`NarrativeTarget`  "people leave prison with better skills"
========================  =============================================================
"""

from rrmodel.model._deadlines import DueItem, DueKind, deadlines
from rrmodel.model._measures import (
    Better,
    Completion,
    Counts,
    Mark,
    Measure,
    MeasureKind,
    Observation,
    SeriesBreak,
)
from rrmodel.model._names import distinct_names, normal_form, with_article
from rrmodel.model._observations import (
    MeasureObservations,
    ObservationIndex,
    Observations,
    ObservationSet,
    document_of,
)
from rrmodel.model._partners import (
    Partner,
    PartnerKind,
    PartnerListing,
    Partnership,
    PartnershipStatus,
)
from rrmodel.model._plan import (
    Activity,
    Chapter,
    Establishment,
    Objective,
    Pathway,
    Plan,
    Region,
)
from rrmodel.model._references import walk
from rrmodel.model._same_partners import same_partners
from rrmodel.model._schemes import (
    Correspondence,
    Crosswalk,
    PathwayScheme,
    PathwaySchemes,
    SchemePathway,
    Strength,
)
from rrmodel.model._sources import (
    Bound,
    Citation,
    Commitment,
    CommitmentPart,
    Document,
    Fact,
    FactKind,
    Figure,
    Footnote,
    Statement,
    Term,
)
from rrmodel.model._target_layout import TargetKind
from rrmodel.model._target_parts import Baseline, InterimGoal, LevelRange
from rrmodel.model._targets import (
    ChangeTarget,
    DirectionTarget,
    MaintainTarget,
    MeasuredTarget,
    MilestoneTarget,
    NarrativeTarget,
    QuantifiedTarget,
    RangeTarget,
    ReachTarget,
    StandingTarget,
    Target,
    Trajectory,
)

__all__ = [
    "Activity",
    "Baseline",
    "Better",
    "Bound",
    "ChangeTarget",
    "Chapter",
    "Citation",
    "Commitment",
    "CommitmentPart",
    "Completion",
    "Correspondence",
    "Counts",
    "Crosswalk",
    "DirectionTarget",
    "Document",
    "DueItem",
    "DueKind",
    "Establishment",
    "Fact",
    "FactKind",
    "Figure",
    "Footnote",
    "InterimGoal",
    "LevelRange",
    "MaintainTarget",
    "Mark",
    "Measure",
    "MeasureKind",
    "MeasureObservations",
    "MeasuredTarget",
    "MilestoneTarget",
    "NarrativeTarget",
    "Objective",
    "Observation",
    "ObservationIndex",
    "ObservationSet",
    "Observations",
    "Partner",
    "PartnerKind",
    "PartnerListing",
    "Partnership",
    "PartnershipStatus",
    "Pathway",
    "PathwayScheme",
    "PathwaySchemes",
    "Plan",
    "QuantifiedTarget",
    "RangeTarget",
    "ReachTarget",
    "Region",
    "SchemePathway",
    "SeriesBreak",
    "StandingTarget",
    "Statement",
    "Strength",
    "Target",
    "TargetKind",
    "Term",
    "Trajectory",
    "deadlines",
    "distinct_names",
    "document_of",
    "normal_form",
    "same_partners",
    "walk",
    "with_article",
]
