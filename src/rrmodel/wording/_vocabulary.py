"""The words that sentences of a plan are read by: one table of phrases, one of counted nouns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self

import attrs

from rrmodel.errors import RecordError
from rrmodel.model import normal_form

__all__ = ["COUNTED", "PHRASES", "Vocabulary"]

_UNDATED_WHOLES: Final = (
    "the year; this year; next year; the financial year; this financial year; this parliament; "
    "the parliament; the decade; this decade; the plan; this plan; the strategy; this strategy; "
    "the period; the plan period; the spending review; the spending review period; the programme"
).split("; ")

PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(phrases.split("; "))
    for name, phrases in {
        "AT_LEAST": "at least; no less than; no fewer than; not less than; not fewer than; no "
        "lower than; not lower than; not fall below; not drop below; a minimum of; minimum of; at "
        "or above; not below; no worse than; minimum; at or over; equal to or above; not be less "
        "than; not be lower than; not be fewer than; never fall below; never drop below; not to "
        "fall below; greater than or equal to; equal to or greater than; equal to or more than; "
        "no smaller than; ≥; >=",
        "AT_MOST": "at most; no more than; not more than; no higher than; no greater than; no "
        "longer than; not longer than; not greater than; not higher than; not exceed; not "
        "exceeding; not to exceed; not be exceeding; not rise above; not go above; up to; a "
        "maximum of; maximum of; at or below; not above; within a limit of; limit of; maximum; at "
        "or under; equal to or below; not be more than; not be greater than; not be higher than; "
        "not be above; not be longer than; never exceed; never rise above; less than or equal to; "
        "equal to or less than; no larger than; no bigger than; ≤; <=",
        "ABOVE": "more than; higher than; greater than; above; over; exceed; exceeds; exceeding; "
        "in excess of; better than; upwards of; >",
        "BELOW": "less than; lower than; fewer than; below; under; smaller than; shorter than; <",
        "OR_MORE": "or more; or above; or higher; or over; or better; or greater; and above; as "
        "a minimum; at a minimum; at the least",
        "OR_LESS": "or less; or fewer; or lower; or below; or under; as a maximum; at the most",
        "UP": "increase; increases; increased; increasing; raise; raises; raised; raising; rise; "
        "rises; rising; grow; grows; growing; growth; improve; improves; improved; improving; "
        "improvement; improvements; boost; boosting; expand; expanding; drive up; driving up; up "
        "by; uplift; step up; extend; enhance; enhancing; strengthen; strengthening; widen; widening; "
        "maximise; maximising; accelerate; scale up; lift; lifting",
        "GAIN": "gain; gains; saving; savings",
        "DOWN": "limit; limiting; restrict; restricting; reduce; reduces; reduced; reducing; "
        "reduction; reductions; cut; cuts; cutting; "
        "lower; lowers; lowering; lowered; decrease; decreases; decreased; decreasing; fall; "
        "falls; falling; drop; decline; drive down; driving down; bring down; bringing down; down "
        "by; shrink; minimise; minimising; lessen; fewer; slash; curb; curbing; shorten; "
        "shortening; narrow; narrowing; dropping; declining; cut down",
        "MAINTAIN": "maintain; maintains; maintained; maintaining; sustain; keep; keeping; remain; "
        "remains; retain; stay; hold; holds; holding; be held; be kept; is kept; are kept; "
        "sustained; sustaining; preserve",
        "MULTIPLY": "double; doubling; doubled; twofold; two-fold; treble; trebling; trebled; "
        "triple; tripling; tripled; threefold; three-fold; quadruple; quadrupling; quadrupled; "
        "fourfold; four-fold; fivefold; five-fold; sixfold; six-fold; tenfold; ten-fold",
        "HALVE": "halve; halving; halved; by half; by a half; by one-half; by one half; in half",
        "ADD": "add; adding; adds",
        "EXTRA": "extra; additional; more; further",
        "LIKELY": "less likely; more likely; as likely; likelier; lower odds; higher odds; "
        "percentage points lower than; percentage points higher than",
        "TARGET": "target; targets; goal; ambition; milestone; aim is; objective is",
        "INTERIM": "interim; an interim; intermediate; an intermediate; on the way; initially; passing",
        "BASELINE": "baseline; a baseline; the baseline; baseline of; baseline figure; baseline "
        "year; baselines; starting point",
        "COMPARED": "compared with; compared to; in comparison with; relative to; against; versus; "
        "as against; on the baseline; in comparison to; based on; against the; than in; than the; "
        "than it was in; than they were in; than; against a; compared with the; compared to the",
        "FROM": "from; from a; from the; from its; from around; from about; up from; down from; "
        "from the current; from a current; from its current; from the present; from its present; "
        "from today's; from an estimated; from an average of; from under; from over",
        "SINCE": "since; starting; starting in; starting from; beginning in; with effect from; "
        "beginning; effective from",
        "ONWARDS": "onwards; onward",
        "LEVELS": "level; levels; level of; levels of; a level of; rate of; a rate of; rates of; a "
        "total of; total of",
        "OR_ELSE": "or possibly",
        "TOLERANCE": "give or take; plus or minus",
        "RELATIVE": "in relative terms; of its level; of that level; in real terms",
        "STEPPED": "on a stepped trajectory; in steps",
        "LOGIT": "on a logit trajectory",
        "EVERY": "every; compared every",
        "TO": "to; to around; to about; to reach; reaching; to an average of",
        "AT": "at; be; stand at; equal to; to be; is to be",
        "BY": "by",
        "DUE": "due; to be completed; to be done",
        "END": "no later than; not later than; on or before; until; before; till",
        "IN": "in; during the period; over the period; in the period; during; over; "
        "throughout; in the; during the; over the; for the; in each of; in each of the; across",
        "WITHIN": "within; within the first; in the first; after; inside; post-release; following; "
        "post",
        "FOR": "for; for at least; for up to; aged; serving; lasting; first; last",
        "OF": "of; of around; of about",
        "BETWEEN": "between; anywhere from; anything from",
        "AND": "and; and then; then",
        "THEN_TO": "rising to; falling to; increasing to; then to; and to; reducing to; followed "
        "by; down to; decreasing to; growing to; dropping to",
        "WITH": "including; of which; of whom; of these; of those; representing; equivalent to; "
        "which is; comprising; made up of; as part of; part of; out of; equating to; with a minimum "
        "of",
        "NEXT": "the next; next; coming; the coming; the following; a period of",
        "YEARLY": "year on year; a year on year; a year-on-year; year-on-year; each year; every year; annually; per annum; a year; "
        "per year",
        "UNDATED": "year end; this year; next year; this time next year; this financial year; next "
        "financial year; the next decade; in the long term; the medium term; over time; this "
        "parliament; the parliament; the current parliament; the next parliament; the decade; "
        "this decade; the plan period; the strategy period; the spending review period; next "
        "spring; next summer; next autumn; next winter; "
        + "; ".join(
            f"{start}{part} of {whole}"
            for start in ("the ", "")
            for part in ("end", "life", "lifetime", "course", "duration", "close", "period")
            for whole in _UNDATED_WHOLES
        ),
        "PAST": "was; were; had; fell; rose; grew; met; dropped; stood; missed; surpassed; saw; "
        "did; did not; achieved; exceeded; averaged; totalled; amounted; went; came; became; began; gave; took place",
        "FACT": "is projected to; are projected to; projected; forecast; is expected to; "
        "are expected to; will have risen; will have fallen; will have grown; will have "
        "increased; will have doubled; will have halved; is likely to; are likely to; "
        "this represents; this compares; this is; this was; this means; which represents; "
        "currently; at present; to date; accounted for; accounts for; stands at; estimated that; "
        "we know that; research shows; evidence shows; is associated with; it is estimated; "
        "details that; shows that; showed that; reported that; reports that; states that; found "
        "that; confirms that; there are currently; last year; so far; as of; means that; is defined as; "
        "are defined as; is measured as; is measured by; refers to; is calculated as; suggests "
        "that; indicates that; indicate that; suggest that; estimates that; latest figures; is estimated at; is estimated to be; are "
        "estimated; estimated at; is valued at; these figures; this figure; the figures; figures "
        "for; the table; the chart; the data; these data; data for",
        "PERFECT": "has; have; has been; have been; had been; has now; have now; has already; have "
        "already",
        "WHO": "who; whom; which; whose; that; those; where; when",
        "CAN": "can; could; may; might; would",
        "COMMIT": "to have; to have completed; will have; ensure; ensuring; will; shall; must; should; "
        "requires; require; to ensure; has "
        "set a target; have set a target; set a target; have agreed a target; has agreed a target; committed to; commit to; commits to; we "
        "aim; aims to; aim to; aiming to; plans to; plan to; intend to; intends to; is to; are "
        "to; pledge to; on track to; continue to; seek to; will seek to; will "
        "continue to; we will; have to; need to; needs to; should be; target is to; aim is to; "
        "objective is to; ambition is to; goal is to; want to; wants to; propose to; proposes to; "
        "agreed to; undertakes to; undertake to",
        "DELIVER": "deliver; delivering; achieve; achieving; provide; providing; recruit; "
        "recruiting; create; creating; open; opening; complete; completing; relocate; relocating; "
        "train; training; build; building; appoint; appointing; secure; securing; establish; "
        "launch; publish; introduce; implement; embed; roll out; develop; fund; offer; bring; "
        "attain; obtain; save; generate; hire; there are; have in place; be in place; put in "
        "place; commission; install; make; invest; spend; serve; see; undertake; conduct; carry "
        "out; treat; reach; hit; meet; attend; answer; process; resolve; host; visit; refer; support; "
        "help; engage; reply; respond; supply; distribute; plant; refurbish; reaching; "
        "supporting; helping; handle; clear; dispose of; bring forward; make available; deploy; "
        "employ; run; fill; close; acquire; replace; upgrade; convert; designate; accredit; "
        "certify; dispatch; despatch; issue; prosecute; seize; remove; disrupt; arrest; enrol; "
        "inspect; review; collect; recover",
        "NEED": "need; needs",
        "AVERAGE": "average; an average; on average; an annual average",
    }.items()
}
"""Each token's phrases, in lower case. The longest phrase that fits is taken."""

COUNTED: Final = frozenset(
    (
        "people person offenders prisoners women men children adults victims referrals "
        "officers staff posts places spaces beds crimes crime offences burglary burglaries "
        "robbery robberies thefts deaths assaults incidents escapes absconds completions "
        "interventions programmes prisons courts hubs centres services orders requirements "
        "placements leads managers specialists co-ordinators coordinators supervisors jobs "
        "apprenticeships homes houses units sessions employees volunteers mentors admissions "
        "arrests convictions cases reports visits calls complaints trees vehicles cameras "
        "projects partnerships partners employers businesses trainees recruits constables "
        "cells escorts tests searches starts victimisations families qualifications schools "
        "teams reoffences hours recalls releases vacancies accidents injuries collisions casualties "
        "fires murders homicides assessments inspections detainees patients clients graduates "
        "participants learners awards certificates magistrates judges inmates parolees gardaí "
        "gangs breaches warrants adjudications appointments nights entrants stabbings suicides "
        "detections disposals attacks infringements workshops events"
    ).split()
)
"""Nouns of things that are counted."""
_COUNTING = "number numbers volume volumes count total amount quantity cost costs spending".split()
_SHARING = (
    "rate rates proportion proportions percentage share shares level levels likelihood prevalence "
    "participation efficiency satisfaction confidence retention compliance use ratio offending "
    "reoffending re-offending reconviction reconvictions recidivism homelessness unemployment "
    "absenteeism absence"
).split()


_MEASURES: Final = {
    "employed six weeks after release": "employed-six-weeks-after-release",
    "in employment six weeks after release": "employed-six-weeks-after-release",
    "employed six months after release": "employed-six-months-after-release",
    "in employment six months after release": "employed-six-months-after-release",
    "housed on release": "housed-on-release",
    "housed on the night of release": "housed-on-release",
    "housed on the night after release": "housed-on-release",
    "settled accommodation 3 months after": "settled-three-months-after-release",
    "settled accommodation three months after": "settled-three-months-after-release",
    "sexual offence interventions completed": "sexual-offence-interventions-completed",
}


def _longest_first(measures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(measures.items(), key=lambda pair: (-len(pair[0]), pair)))


@attrs.frozen(kw_only=True)
class Vocabulary:
    """The words that a reader of sentences knows, to be extended for other plans.

    >>> Vocabulary().with_counted("widgets").is_counted("fewer widgets")
    True
    >>> words = Vocabulary().with_measures({"housed at the gate": "housed-on-release"})
    >>> words.measure_in("Raise the share housed at the gate by 8 points")
    'housed-on-release'
    """

    counted: frozenset[str] = COUNTED
    """Nouns of things that are counted: a bare "%" change of them has one reading."""
    counting: frozenset[str] = frozenset(_COUNTING)
    """Words before "of" that say that something is counted: "the number of"."""
    sharing: frozenset[str] = frozenset(_SHARING)
    """Words of shares and rates, of which a bare "%" change has two readings."""
    measures: tuple[tuple[str, str], ...] = _longest_first(_MEASURES)
    """Words and the id of the measure that they name, longest first: at the start, those of the
    regional plans of 2022-25."""

    def with_counted(self, *nouns: str) -> Self:
        """Return a vocabulary that also knows these nouns, in the form that plans print."""
        return attrs.evolve(self, counted=self.counted | {noun.lower() for noun in nouns})

    def with_measures(self, measures: Mapping[str, str]) -> Self:
        """Return a vocabulary that also knows these words of measures.

        Args:
            measures: Words and the id of the measure that they name.

        Raises:
            RecordError: The words are empty, or are given with two measures.
        """
        known = dict(self.measures)
        for words, measure in measures.items():
            name = normal_form(words).strip()
            if not name:
                raise RecordError(f"the measure {measure!r} has no words: give the words of a plan")
            if known.setdefault(name, measure) != measure:
                raise RecordError(
                    f"{words!r} names the measures {known[name]!r} and {measure!r}: "
                    "keep one, or give longer words"
                )
        return attrs.evolve(self, measures=_longest_first(known))

    def measure_in(self, text: str) -> str | None:
        """Return the id of the measure whose words stand in a text; ``None`` if there are none."""
        words = f" {normal_form(text)} "
        return next((measure for name, measure in self.measures if f" {name} " in words), None)

    def is_counted(self, words: str) -> bool:
        """Return whether the words name something counted, and no share or rate."""
        names = [word.strip(".,;:()") for word in words.lower().split()]
        if self.counting.intersection(names):
            return True
        return not self.sharing.intersection(names) and any(name in self.counted for name in names)
