"""The few phrases that say what a figure or a date is for: one table, and how they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["FIRST_WORDS", "PHRASES", "match_phrase"]

_UNDATED_WHOLES: Final = (
    "the year; this year; next year; the financial year; this financial year; this parliament; "
    "the parliament; the decade; this decade; the plan; this plan; the strategy; this strategy; "
    "the period; the plan period; the spending review; the spending review period; the programme"
).split("; ")

PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(phrases.split("; "))
    for name, phrases in {
        "AT_LEAST": "at least; no less than; no fewer than; not less than; not fewer than; no "
        "lower than; not lower than; not fall below; not drop below; a minimum of; minimum of; "
        "at or above; not below; no worse than; minimum; at or over; equal to or above; not be "
        "less than; not be lower than; not be fewer than; never fall below; never drop below; "
        "not to fall below; greater than or equal to; equal to or greater than; equal to or more "
        "than; more than or equal to; higher than or equal to; no smaller than; no shorter than; "
        "no narrower than; ≥; >=",
        "AT_MOST": "at most; no more than; not more than; no higher than; no greater than; no "
        "longer than; not longer than; not greater than; not higher than; not exceed; not "
        "exceeding; not to exceed; not be exceeding; not rise above; not go above; up to; a "
        "maximum of; maximum of; at or below; not above; within a limit of; limit of; maximum; "
        "at or under; equal to or below; not be more than; not be greater than; not be higher "
        "than; not be above; not be longer than; never exceed; never rise above; less than or "
        "equal to; equal to or less than; lower than or equal to; fewer than or equal to; no "
        "larger than; no bigger than; no wider than; no slower than; no older than; ≤; <=",
        "ABOVE": "more than; higher than; greater than; above; over; exceed; exceeds; exceeding; "
        "in excess of; better than; upwards of; >",
        "BELOW": "less than; lower than; fewer than; below; under; smaller than; shorter than; <",
        "OR_MORE": "or more; or above; or higher; or over; or better; or greater; and above; as a "
        "minimum; at a minimum; at the least",
        "OR_LESS": "or less; or fewer; or lower; or below; or under; as a maximum; at the most",
        "UP": "increase; increases; increased; increasing; raise; raises; raised; raising; rise; "
        "rises; rising; grow; grows; growing; growth; improve; improves; improved; improving; "
        "improvement; improvements; boost; boosting; expand; expanding; drive up; driving up; up "
        "by; uplift; step up; extend; enhance; enhancing; strengthen; strengthening; widen; "
        "widening; maximise; maximising; accelerate; scale up; lift; lifting; go up; goes "
        "up; going up; come up; coming up",
        "GAIN": "gain; gains; saving; savings",
        "DOWN": "limit; limiting; restrict; restricting; reduce; reduces; reduced; reducing; "
        "reduction; reductions; cut; cuts; cutting; lower; lowers; lowering; lowered; decrease; "
        "decreases; decreased; decreasing; fall; falls; falling; drop; decline; drive down; "
        "driving down; bring down; bringing down; down by; shrink; minimise; minimising; lessen; "
        "fewer; slash; curb; curbing; shorten; shortening; shortened; narrow; narrowing; "
        "narrowed; slashed; curbed; dropping; "
        "declining; cut down; go down; goes down; going down; come down; comes down; coming down",
        "MAINTAIN": "maintain; maintains; maintained; maintaining; sustain; keep; keeping; "
        "remain; remains; retain; stays; to stay; will stay; hold; holds; holding; be held; be "
        "kept; is kept; are kept; sustained; sustaining; preserve",
        "MULTIPLY": "double; doubling; doubled; twofold; two-fold; treble; trebling; trebled; "
        "triple; tripling; tripled; threefold; three-fold; quadruple; quadrupling; quadrupled; "
        "fourfold; four-fold; fivefold; five-fold; sixfold; six-fold; tenfold; ten-fold",
        "HALVE": "halve; halving; halved; in half",
        "ADD": "add; adding; adds",
        "EXTRA": "extra; additional; more; further",
        "LIKELY": "less likely; more likely; as likely; likelier; lower odds; higher odds; "
        "percentage points lower than; percentage points higher than",
        "TARGET": "aim for; aims for; aiming for; target; targets; goal; ambition; milestone; aim "
        "is; objective is",
        "INTERIM": "interim; an interim; intermediate; an intermediate; on the way; initially; "
        "passing",
        "BASELINE": "baseline; a baseline; the baseline; baseline of; baseline figure; baseline "
        "year; baselines; starting point; as the base year; as a base year; as base year; as the "
        "base; as the baseline; as a baseline; as its baseline; as baseline; as the baseline year",
        "COMPARED": "compared with; compared to; in comparison with; relative to; against; "
        "versus; as against; on the baseline; in comparison to; based on; against the; than in; "
        "than the; than it was in; than they were in; than; against a; compared with the; "
        "compared to the",
        "FROM": "from; from a; from the; from its; from around; from about; up from; down from; "
        "from the current; from a current; from its current; from the present; from its present; "
        "from today's; from an estimated; from an average of; from under; from over; from "
        "where it was; from where they were; from what it was",
        "SINCE": "since; starting; starting in; starting from; beginning in; with effect from; "
        "beginning; effective from",
        "ONWARDS": "onwards; onward",
        "LEVELS": "level; levels; level of; levels of; a level of; rate of; a rate of; rates of; "
        "a total of; total of; a record; a record high of; a record low of",
        "OR_ELSE": "or possibly",
        "TOLERANCE": "give or take; plus or minus",
        "RELATIVE": "in relative terms; of its level; of that level; in real terms",
        "STEPPED": "on a stepped trajectory; in steps",
        "LOGIT": "on a logit trajectory",
        "EVERY": "every; compared every",
        "TO": "to; to around; to about; to reach; reaching; to an average of; to an "
        "estimated; to some; to approximately; to roughly; to nearly; to almost; to just",
        "AT": "at; be; stand at; equal to; to be; is to be",
        "BY": "by",
        "DUE": "due; to be completed; to be done",
        "END": "no later than; not later than; on or before; until; before; till",
        "IN": "in; during the period; over the period; in the period; during; throughout; in the; "
        "during the; over the; for the; in each of; in each of the; across",
        "WITHIN": "within; within the first; in the first; after; inside; post-release; "
        "following; post",
        "FOR": "for; for at least; for up to; aged; serving; lasting; first; last",
        "OF": "of; of around; of about",
        "BETWEEN": "between; anywhere from; anything from",
        "AND": "and; and then; then",
        "THEN_TO": "rising to; falling to; increasing to; then to; and to; reducing to; followed "
        "by; down to; decreasing to; growing to; dropping to",
        "WITH": "including; of which; of whom; of these; of those; representing; equivalent to; "
        "which is; comprising; made up of; as part of; part of; out of; equating to; with a "
        "minimum of",
        "NEXT": "the next; next; coming; the coming; the following; a period of",
        "REPEATED": "year on year; a year on year; a year-on-year; year-on-year; each year; every "
        "year; each quarter; every quarter; each month; every month; each week; every week; "
        "annually; per annum; a year; per year",
        "UNDATED": "year end; this year; next year; this time next year; this financial year; "
        "next financial year; the next decade; in the long term; the medium term; over time; "
        "this parliament; the parliament; the current parliament; the next parliament; the "
        "decade; this decade; the plan period; the strategy period; the spending review period; "
        "next spring; next summer; next autumn; next winter; "
        + "; ".join(
            f"{start}{part} of {whole}"
            for start in ("the ", "")
            for part in ("end", "life", "lifetime", "course", "duration", "close", "period")
            for whole in _UNDATED_WHOLES
        ),
        "PAST": "was; were; had; fell; rose; grew; met; dropped; stood; missed; surpassed; saw; "
        "did; did not; found; achieved; exceeded; averaged; totalled; amounted; went; came; "
        "became; began; gave; took place; dipped; slipped; climbed; showed; reported meeting; "
        "reported having; reported being",
        "FACT": "projections suggest; projections show; forecasts suggest; forecasts show; figures "
        "suggest; estimates suggest; studies show; studies suggest; evidence suggests; research "
        "suggests; analysis shows; analysis suggests; is not expected; are not expected; "
        "pleased to say that; pleased to report "
        "that; figures show; data show; results show; statistics show; will mean; would mean; "
        "will translate; translates to; would result in; will result in; will likely; would "
        "likely; will probably; would probably; there appears; there appear; there has been; "
        "there have been; "
        "there is; there was; there were; this compared; that compared; is down; are down; is up "
        "by; are up by; was up; were up; was down; were down; is projected to; are projected "
        "to; projected; forecast; is expected to; are expected to; will have risen; will have "
        "fallen; will have grown; will have increased; will have doubled; will have halved; is "
        "likely to; are likely to; this represents; this compares; shows a; shows an; show a; "
        "show an; this is; this was; this "
        "means; which represents; currently; at present; to date; accounted for; accounts for; "
        "stands at; estimated that; we know that; research shows; evidence shows; is associated "
        "with; it is estimated; details that; shows that; showed that; reported that; reports "
        "that; states that; found that; confirms that; there are currently; last year; so far; "
        "as of; means that; is defined as; are defined as; is measured as; is measured by; "
        "refers to; is calculated as; suggests that; indicates that; indicate that; suggest "
        "that; estimates that; latest figures; is put at; are put at; is thought to; are "
        "thought to; is believed to; are believed to; is said to; are said to; is reported to; "
        "are reported to; is estimated at; is estimated to be; is "
        "estimated to; are "
        "estimated; estimated at; is valued at; these figures; this figure; the figures; "
        "figures for; the table; the chart; the data; these data; data for",
        "PERFECT": "has; have; has been; have been; had been; has now; have now; has already; "
        "have already",
        "WHO": "who; whom; which; whose; that; those; where; when",
        "CAN": "can; could; may; might; would",
        "ACTUAL": "actual; actuals; outturn",
        "COMMIT": "is due to; are due to; to have; to have completed; will have; ensure; "
        "ensuring; will; shall; must; should; requires; require; to ensure; is met if; is "
        "achieved if; will be met if; "
        "will be achieved if; will have been met if; will have been achieved if; has set a "
        "target; have set a target; set a target; have agreed a target; has agreed a target; "
        "committed to; commit to; commits to; "
        "we aim; aims to; aim to; aiming to; plans to; plan to; intend to; intends to; is to; "
        "are to; pledge to; on track to; continue to; seek to; will seek to; will continue to; "
        "we will; have to; need to; needs to; should be; target is to; aim is to; objective is "
        "to; ambition is to; goal is to; want to; wants to; propose to; proposes to; agreed to; "
        "undertakes to; undertake to; has agreed to; have agreed to; has decided to; have decided "
        "to; has determined to; have determined to; has pledged to; have pledged to; has promised "
        "to; have promised to; has undertaken to; have undertaken to",
        "DELIVER": "deliver; delivering; achieve; achieving; provide; providing; recruit; "
        "recruiting; create; creating; set up; setting up; open; opening; complete; "
        "completing; relocate; "
        "relocating; train; training; build; building; appoint; appointing; secure; securing; "
        "establish; launch; publish; introduce; implement; embed; roll out; develop; fund; "
        "offer; bring; attain; obtain; save; generate; hire; there are; have in place; be in "
        "place; put in place; commission; install; make; invest; spend; serve; see; undertake; "
        "conduct; carry out; treat; reach; hit; meet; attend; answer; process; resolve; host; "
        "visit; refer; support; help; engage; reply; respond; supply; distribute; contribute; "
        "plant; refurbish; supporting; helping; handle; clear; dispose of; bring forward; make "
        "available; deploy; employ; run; fill; close; acquire; replace; upgrade; convert; "
        "designate; accredit; certify; dispatch; despatch; issue; prosecute; seize; remove; "
        "installing; attaining; obtaining; generating; hiring; getting; launching; publishing; "
        "introducing; implementing; distributing; supplying; deploying; replacing; enrolling; "
        "collecting; recovering; disrupt; arrest; enrol; inspect; review; collect; recover",
        "NEED": "need; needs",
        "AVERAGE": "average; an average; on average; an annual average",
    }.items()
}
"""Each token's phrases, in lower case. The longest phrase that fits is taken."""

_NAMES: Final = {phrase: name for name, phrases in PHRASES.items() for phrase in phrases}


def _alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern of phrases in which those with the same first words share them."""
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        head, _, rest = phrase.partition(" ")
        heads.setdefault(head, []).append(rest)
    parts: list[str] = []
    for head, rests in heads.items():
        longer = [rest for rest in rests if rest]
        tail = f"(?: (?:{_alternatives(longer)}))" if longer else ""
        parts.append(re.escape(head) + tail + ("?" if tail and "" in rests else ""))
    return "|".join(parts)


def _by_first_word() -> dict[str, re.Pattern[str]]:
    by_word: dict[str, list[str]] = {}
    for phrase in _NAMES:
        by_word.setdefault(phrase.split()[0], []).append(phrase)
    # a sign such as "≥" may touch its number, a word ends with its last letter
    return {
        word: re.compile(
            f"(?:{_alternatives(phrases)})" + (r"(?![\w-])" if word[0].isalpha() else "")
        )
        for word, phrases in by_word.items()
    }


_PATTERNS: Final = _by_first_word()
FIRST_WORDS: Final = frozenset(_PATTERNS)
"""The words that a phrase can start with."""


def match_phrase(low: str, start: int, word: str) -> tuple[str, int] | None:
    """Return the name and the end of the longest phrase at a place, whose first word is known.

    >>> match_phrase("no more than 5", 0, "no")
    ('AT_MOST', 12)
    """
    match = _PATTERNS[word].match(low, start)
    return None if match is None else (_NAMES[match[0]], match.end())
