"""The words of headings, and the part of a plan that each of them names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final, Literal, Self, TypeAlias, cast, get_args

import attrs

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean
from rrmodel.model import normal_form

__all__ = ["PATHWAY_PARTS", "Headings", "SectionRole", "objective_of", "stem_role"]

SectionRole: TypeAlias = Literal[
    "foreword",
    "vision",
    "principles",
    "values",
    "profile",
    "achievements",
    "priorities",
    "funding",
    "context",
    "partners",
    "targets",
    "objectives",
    "activities",
    "pathways",
    "monitoring",
    "glossary",
    "footnotes",
    "contents",
]
"""The part of a plan that a section is."""

_ROLES: Final[tuple[str, ...]] = get_args(SectionRole)
PATHWAY_PARTS: Final = frozenset(["context", "partners", "targets", "objectives", "activities"])
"""The parts that a pathway has: a chapter with headings for some of them is a pathway."""

_WORDS: Final[Mapping[SectionRole, str]] = {
    "foreword": "foreword; preface; welcome; introduction; message from; commissioners "
    "introduction",
    "vision": "vision; mission; ambition; overall aim; purpose of this plan; purpose of this "
    "strategy",
    "principles": "principles; guiding principles; how we work; ways of working",
    "values": "values",
    "profile": "about the region; about the area; about the county; about the city; about us; "
    "region "
    "profile; regional profile; area profile; local profile; facts and figures; key facts; key "
    "figures; at a glance; who we are; the area we serve; about; what we know about",
    "achievements": "achievements; achieved; progress so far; progress to date; successes; what we "
    "have done; what we have delivered; story so far; progress since",
    "priorities": "national priorities; delivering hmpps and moj priorities; ministry priorities; "
    "national context; strategic context; policy context; national picture; government priorities; "
    "national expectations; strategic policing requirement",
    "funding": "funding; resources; finances; finance; investment; budget; commissioning budget; "
    "money; spending; precept; how the plan is funded; how we spend",
    "context": "regional context; local context; context; local picture; regional picture; "
    "background; "
    "why this matters; why it matters; why this is important; where we are now; current position; "
    "what we know; need; local need; needs; the issue; the challenge; the evidence; evidence; what "
    "people told us; what you told us; current picture; picture today; what is the problem; the "
    "problem; why; why this is a priority; why it is a "
    "priority",
    "partners": "partners; partner agencies; partnerships; who we will work with; who we work "
    "with; "
    "working with; who will help; who is involved; who is responsible; delivery partners; "
    "organisations involved; agencies involved; "
    "working together; who will deliver; stakeholders; members",
    "targets": "targets; target; measures; performance measures; key performance indicators; "
    "performance indicators; outcome measures; indicators; kpis; success measures; measures of "
    "success; how we will measure success; how we will measure it; how we will measure progress; "
    "measuring success; how success is measured; what "
    "success "
    "looks like; what success will look like; how we will know; how will we know; "
    "how we will know we have succeeded; milestones; success criteria",
    "objectives": "objectives; objective; aims; aim; outcomes; goals; what we want to achieve; "
    "what we aim to achieve; what we want; intended outcomes; desired outcomes; ambitions; "
    "what we will achieve; what we are aiming for; local priority",
    "activities": "activities; actions; action plan; what we will do; how we will do it; how we "
    "will "
    "achieve this; how we will achieve it; how we will deliver; delivery plan; next steps; "
    "commitments; what we are going to do; interventions; our offer; what we plan to do; work "
    "planned; "
    "planned work; we will",
    "pathways": "priorities; themes; pathways; strategic priorities; chapters; areas of focus; "
    "police "
    "and crime priorities; priority areas; areas of work",
    "monitoring": "measuring progress; measuring progress and impact; monitoring; governance; "
    "accountability; scrutiny; review; oversight; holding to account; evaluation; monitoring and "
    "review; reporting; monitored; how we will monitor; keeping track; delivery and oversight; "
    "performance management",
    "glossary": "glossary; abbreviations; acronyms; definitions; terms; terms used; jargon; "
    "jargon buster; words we use",
    "footnotes": "footnotes; notes; references; sources; endnotes",
    "contents": "contents; table of contents; in this document; on this page",
}
_FILLERS: Final = frozenset(
    "our the this these a an and of for in on to key important main new three two four five year "
    "years long short term work with we will be are is how strategic specific your my their its "
    "all "
    "list overview from by want police crime probation performance "
    "reducing reoffending offending community youth justice criminal"
    " current planned national regional local plan plans strategy strategies priority "
    "pathway theme chapter commissioner commissioners director directors chair chairs minister "
    "ministers chief constable constables partnership board".split()
)
_FIRST_PERSON: Final = {"i": "we", "my": "our"}
_ASKED: Final = re.compile(r"\b(will|are|do) (we)\b")
"""The words of a question: "What will we do?" asks for "what we will do"."""
_NUMBERING: Final = re.compile(
    r"^(?:appendix|annex) (?:[0-9]{1,2}|[a-z])[\s:.|–—-]+"
    r"|^(?:(?:chapter|section|part|priority|pathway|theme|outcome|objective) )?"
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.):]?|[a-h][.)]|[ivx]{1,4}[.)])[\s:.|–—-]+",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?:chapter|section|part|priority|pathway|theme) (?:[0-9]{1,2}|[a-h]|one|two|three|four|five|"
    r"six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_OBJECTIVE: Final = re.compile(
    r"(?:(?:strategic|key|local|our) )?(?:objective|aim|outcome|ambition)"
    r"(?: [0-9]{1,2}(?:\.[0-9]{1,2})*)?"
    r"(?: ?: ?| [–—-] )(?P<words>\S.*)",
    re.IGNORECASE,
)
_LONGEST: Final = 12
_LONGEST_LABEL: Final = 150

_STEM_WORDS: Final[Mapping[str, SectionRole]] = {
    r"\b(?:pathways?|priorities|themes|strands)\b[^:]*\b(?:are|is|as follows)\b": "pathways",
    r"\b(?:targets?|measured? (?:by|through|against)|indicators?|success)\b": "targets",
    r"\b(?:partners?|agencies|organisations)\b[^:]*\b(?:are|include|including)\b": "partners",
    r"\bwork(?:ing)? (?:closely )?(?:with|alongside)\b": "partners",
    r"\b(?:objectives?|aims?|outcomes|goals|want to (?:see|achieve))\b": "objectives",
    r"\b(?:we|i|commissioner|partners|partnership|service|they|it) (?:will|shall|plans? to|"
    r"intends? to)\b|\bactions?\b|\bactivities\b|\bcommitments?\b"
    r"|\bthis will include\b": "activities",
}
_STEMS: Final[tuple[tuple[re.Pattern[str], SectionRole], ...]] = tuple(
    (re.compile(words, re.IGNORECASE), role) for words, role in _STEM_WORDS.items()
)


def stem_role(stem: str) -> SectionRole | None:
    """Return the part of a plan that the list after a stem is: "We will:" begins activities.

    ``None`` if the stem names no part.

    >>> stem_role("Success will be measured by:")
    'targets'
    >>> stem_role("Three people wrote to us:") is None
    True
    """
    for pattern, role in _STEMS:
        if pattern.search(stem):
            return role
    return None


def objective_of(label: str) -> str | None:
    """Return the objective that a label above a list or a table names.

    >>> objective_of("Objective 2: More people leave prison with a home")
    'More people leave prison with a home'
    """
    match = _OBJECTIVE.fullmatch(label)
    return match["words"] if match and len(label) <= _LONGEST_LABEL else None


def _table() -> tuple[tuple[str, SectionRole], ...]:
    return tuple((words, role) for role, each in _WORDS.items() for words in each.split("; "))


@attrs.frozen(kw_only=True, slots=False)
class Headings:
    """The words of headings that :func:`~rrmodel.wording.parse_plan` knows, to be extended.

    A heading names a part of a plan if it has the words of that part and little else: "Our
    three-year objectives" are objectives, "Reaching our objectives together" is a chapter.

    >>> Headings().role_of("Three-year objectives")
    'objectives'
    >>> words = Headings().with_words({"activities": ["our promises to you"]})
    >>> words.role_of("Our promises to you")
    'activities'
    """

    words: tuple[tuple[str, SectionRole], ...] = attrs.field(factory=_table)
    """The words, and the part that each names."""

    def with_words(self, words: Mapping[str, list[str] | tuple[str, ...]]) -> Self:
        """Return a table that also knows these words; they win over those that it had.

        Args:
            words: The words of headings for each part of a plan.

        Raises:
            RecordError: A heading has no words.
            UnknownNameError: There is no such part of a plan.
        """
        new_words: list[tuple[str, SectionRole]] = []
        for role, each in words.items():
            if role not in _ROLES:
                raise UnknownNameError(
                    f"there is no part {role!r} of a plan: {did_you_mean(role, _ROLES)}"
                )
            for heading in each:
                if not (name := normal_form(heading).strip()):
                    raise RecordError(f"a heading of {role!r} has no words: give words of a plan")
                new_words.append((name, cast("SectionRole", role)))
        known = {name for name, _ in new_words}
        return attrs.evolve(
            self, words=(*new_words, *(pair for pair in self.words if pair[0] not in known))
        )

    @cached_property
    def _by_words(self) -> dict[str, SectionRole]:
        return dict(reversed(self.words))

    def role_of(self, heading: str) -> SectionRole | None:
        """Return the part of a plan that a heading names; ``None`` if it names a chapter."""
        if len(heading) > 100:  # noqa: PLR2004 -- no heading of a part is as long
            return None
        plain = normal_form(unnumbered(heading).strip(" :?.!")).replace(",", " ").split()
        asked = " ".join(_FIRST_PERSON.get(word, word) for word in plain)
        words = _ASKED.sub(r"\2 \1", asked).split()
        if not 0 < len(words) <= _LONGEST:
            return None
        sizes = range(len(words), 0, -1)
        for size in sizes:
            for start in range(len(words) - size + 1):
                role = self._by_words.get(" ".join(words[start : start + size]))
                if role is None:
                    continue
                rest = {*words[:start], *words[start + size :]}
                known = self._by_words
                if all(word in _FILLERS or word.isdigit() or word in known for word in rest):
                    return role
                if role == "profile" and start == 0 and words[size - 1] == "about":
                    return role
        return None


def unnumbered(heading: str) -> str:
    """Return a heading without the number before it: "3. Our targets" is "Our targets"."""
    return _NUMBERING.sub("", heading)


def is_labelled(heading: str) -> bool:
    """Return whether a heading says that it is a chapter: "Priority 2: Safer streets"."""
    return _LABEL.match(heading) is not None
