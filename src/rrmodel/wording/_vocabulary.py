"""The nouns and the measures that sentences of a plan are read by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self

import attrs

from rrmodel.errors import RecordError
from rrmodel.model import normal_form

__all__ = ["COUNTED", "Vocabulary"]

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
        "teams reoffences hours recalls releases vacancies accidents injuries collisions "
        "casualties fires murders homicides assessments inspections detainees patients clients "
        "graduates participants learners awards certificates magistrates judges inmates parolees "
        "gardaí gangs breaches warrants adjudications appointments nights entrants stabbings "
        "suicides detections disposals attacks infringements workshops events"
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
        """Return the id of the measure whose words are in a text; ``None`` if there are none."""
        words = f" {normal_form(text)} "
        return next((measure for name, measure in self.measures if f" {name} " in words), None)

    def is_counted(self, words: str) -> bool:
        """Return whether the words name something counted, and no share or rate."""
        names = [word.strip(".,;:()") for word in words.lower().split()]
        if self.counting.intersection(names):
            return True
        return not self.sharing.intersection(names) and any(name in self.counted for name in names)
