"""Figures as sentences print them: the span is found here, the number is read by ``numerals``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal, TypeAlias

import attrs

from rrmodel.errors import NumeralError
from rrmodel.numerals import read_numeral, read_share
from rrmodel.quantities import Amount, Percentage, PercentagePoints, singular_of
from rrmodel.wording._dates import MONTHS
from rrmodel.wording._vocabulary import COUNTED

__all__ = [
    "NUMBER_WORDS",
    "Figure",
    "FigureKind",
    "match_figure",
]

FigureKind: TypeAlias = Literal["percent", "points", "count", "money", "rate", "duration"]
"""The kind of unit of a figure: per cent, percentage points, things, pounds, euros or dollars, so
many per so many, or units of time."""

_SMALL = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
NUMBER_WORDS: Final = frozenset([*_SMALL.split("|"), "a", "an", "half", "hundred"])
"""The words that a figure can start with."""
_PART = "half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|twentieths?"
_CURRENCIES: Final = {"£": "GBP", "€": "euro", "$": "dollar"}
_WORDS = (
    "half[ ]a[ ](?:million|billion|dozen)|a[ ]quarter[ ]of[ ]a[ ](?:million|billion)"
    rf"|(?:a[ ](?=hundred|thousand|million|dozen)(?:hundred|thousand|million|dozen)|(?:{_SMALL}))\b"
    rf"(?:(?:[ -]|,?[ ]and[ ]|,[ ])(?:{_SMALL}|hundred|thousand|million|billion|dozen)\b){{0,9}}"
    r"(?:[ ]and[ ]a[ ](?:half|quarter)(?:[ ](?:million|billion))?)?"
)
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+|/[0-9]+)?"
_SPAN = "year|month"
_UNIT = "decade|fortnight|second|minute|hour|day|night|week|month|year"
_PER = r"(?: (?:per|a|each|every) (?P<per>annum|[a-z][a-z-]*(?: holder| member)?))"
_FIGURE = re.compile(
    rf"""(?P<pound>[£€$][ ]?)?[+-]?
    (?:(?P<part>(?:an?|one|two|three|four|five|seven|nine)[ -](?:{_PART})\b
        |half(?=[ ](?:of|the|all)\b)|(?<=by[ ])half\b|[½¼¾])
      |(?P<number>(?:{_DIGITS})[½¼¾]?(?:[ ]?(?:million|billion|thousand|bn|mn|m|k)\b)?|{_WORDS}
        |a(?=[ ](?:decade|fortnight)\b))
      (?P<ending>
        [ ]?-?(?:percentage|%|per[ -]?cent\.?)[ -]?points?\b|[ ]?(?:ppts?|pps?|p\.p\.)(?!\w)
       |(?:[ ]|-)points?\b
       |(?P<percent>[ ]?%|[ -]per[ -]?cent\b\.?|[ ]?pc\b)
        (?P<base>[ ]\(of[ ][a-z][a-z' -]{{0,70}}\)
          |[ ]of[ ](?:(?:operational|certified|design|usable)[ ])?capacity\b)?
       |(?P<outof>(?(pound)(?!))[ ](?:out[ ]of|in)(?:[ ]every)?[ ]
          (?:10{{1,6}}|[1-9][0-9]{{0,2}}(?:,000)+|two|three|four|five|six|seven|eight|nine|ten|twelve
            |twenty|fifty|a[ ]hundred|[0-9]{{1,2}})\b
          (?![,/.-]?[0-9]|[ ](?:of[ ])?(?:{MONTHS})\b|[ ]?%))
       |(?P<ordinal>(?:st|nd|rd|th)\b)
       |(?P<span>[ -](?:{_SPAN})(?=[ ]period\b))
       |(?P<hyphened>-[a-z][a-z-]*|[ ]or[ ]more(?![ ](?:of|per))
          |[ ]times[ ](?:the|that|its|as)\b|[ ](?:to|in)[ ](?:a|each)[ ](?:cell|room|bed)\b)
       |(?P<time>[ ](?:(?P<working>working|calendar)[ ])?(?P<unit>{_UNIT})s?\b(?!-)(?:'(?!\w))?)
      )?)""",
    re.VERBOSE,
)
_RATE = re.compile(
    r"(?P<noun>(?: [a-z][a-z'-]*){0,4}?) (?:per|in every|for every|out of every) "
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+0|hundred|thousand)\b"
    r"(?P<things>(?: [a-z][a-z'-]*){0,6})"
)
_STOPS = frozenset(
    "by in of to for from per with across at on and or including whose where when who whom that "
    "which so as is are will should must be being under within during over than if but through "
    "into a the each every have has more extra additional further while until before after since "
    "between against compared up down was were had".split()
)
_THINGS = re.compile("[a-z][a-z'-]*(?: [a-z][a-z'-]*)*")
_NOUN = re.compile(r"(?: (?:[a-z][a-z0-9'-]*|[0-9](?= [a-z]))){1,7}")
_YEARLY = re.compile(r" (?:(?:a|per|each|every) (?:year|annum)\b|annually\b)")
_MODIFIER = re.compile(r" (?:more(?! than)|extra|additional|further|new)\b")
_PER_NOUN = re.compile(_PER)
_PER_COUNT = re.compile(
    r" per (?P<per>[a-z][a-z-]*(?: holder| member)?)\b(?! cent)"
    r"| (?:a|each|every) (?P<span>day|night|week|month|quarter|year)\b"
)


_TOKENS: Final[dict[FigureKind, str]] = {
    "percent": "LEVEL",
    "points": "POINTS",
    "count": "COUNT",
    "money": "MONEY",
    "rate": "LEVEL",
    "duration": "DURATION",
}


@attrs.frozen
class Figure:
    """A number of a sentence, with what it is a number of.

    >>> match_figure("8 percentage points from", 0)[0].change
    PercentagePoints('8')
    """

    text: str
    """The number and its unit, as printed."""
    kind: FigureKind
    """The unit of the number."""
    value: Fraction
    """The exact number; of a rate, so many per ``per``."""
    places: int | None = 0
    """Decimals that were printed; ``None`` for a fraction."""
    unit: str = ""
    """The unit as amounts write it: ``place``, ``GBP/year``, ``day/head``, ``per 1,000 prisoners``;
    ``%`` for
    per cent and points, ``% of capacity`` for a share that may pass 100%. Empty where a bare number
    names nothing."""
    noun: str = ""
    """The words after a count or rate that say what is counted."""

    @property
    def level(self) -> Percentage | PercentagePoints | Amount:
        """The figure as a level.

        Raises:
            PercentageOutOfRangeError: It is in per cent and above 100.
            UnitError: It is a bare number, without a unit.
        """
        if self.kind == "percent" and self.unit == "%":
            return Percentage(self.number)
        return self.change

    @property
    def change(self) -> PercentagePoints | Amount:
        """The figure as a change; one in per cent is taken as points.

        Raises:
            UnitError: It is a bare number, without a unit.
        """
        if self.kind == "points" or self.unit == "%":
            return PercentagePoints(self.number)
        return Amount(self.number, self.unit)

    @property
    def number(self) -> Fraction | str:
        """The number, with the decimals that were printed."""
        if not self.places:
            return self.value
        digits = f"{abs(self.value.numerator) * 10**self.places // self.value.denominator}"
        digits = digits.rjust(self.places + 1, "0")
        sign = "-" if self.value < 0 else ""
        return f"{sign}{digits[: -self.places]}.{digits[-self.places :]}"


def match_figure(low: str, start: int, text: str | None = None) -> tuple[Figure | None, int, str]:
    """Read the figure that starts at a place of a text.

    Args:
        low: The text in lower case, with plain dashes and spaces.
        start: Where the figure starts.
        text: The text as printed. Default: ``low``.

    Returns:
        The figure, or ``None``; where it ends; and the name of its token: ``"LEVEL"``,
        ``"MONEY"``, ``"POINTS"``, ``"COUNT"``, ``"DURATION"``, ``"NAME"`` for a number that is
        part of a name, ``"UNREADABLE"`` for one too long to read, or nothing if no figure starts
        here.
    """
    match = _FIGURE.match(low, start)
    if match is None:
        return None, start, ""
    end = match.end()
    printed = (text or low)[start:end]
    if match["ordinal"] or match["hyphened"]:
        return None, end, "NAME"
    try:
        figure, end = _read(match, low, printed)
    except NumeralError:
        return None, end, "UNREADABLE"
    if figure is None:
        return None, end, ""
    if end != match.end():
        figure = attrs.evolve(figure, text=(text or low)[start:end])
    return figure, end, _TOKENS[figure.kind]


def _read(match: re.Match[str], low: str, text: str) -> tuple[Figure | None, int]:
    end = match.end()
    if match["part"]:
        words = match["part"].removesuffix(" of")
        share = read_share("a half" if words == "half" else words)
        return Figure(text, "percent", 100 * share, None, "%"), end
    if match["outof"]:
        share = read_share(text.lower())
        return Figure(text, "percent", 100 * share, None, "%", noun=_noun(low, end)[0]), end
    number = match["number"].removesuffix(" and")
    numeral = read_numeral("one" if number == "a" else number)
    value, places = numeral.value, numeral.places
    if low[match.start()] == "-":
        value = -value
    if match["pound"]:
        return _read_money(match, low, Figure(text, "money", value, places))
    if match["percent"]:
        base = f"% {match['base'].strip(' ()')}" if match["base"] else "%"
        return Figure(text, "percent", value, places, base), end
    if match["span"]:
        return Figure(text, "duration", value, places, match["span"].strip(" -")), end
    if match["unit"]:
        return _read_duration(match, low, Figure(text, "duration", value, places, match["unit"]))
    if match["ending"]:
        return Figure(text, "points", value, places, "%"), end
    if rate := _RATE.match(low, end):
        whole = {"hundred": "100", "thousand": "1,000"}.get(rate["whole"], rate["whole"])
        things, _ = _noun(low, rate.end("whole"))
        unit = f"per {int(whole.replace(',', '')):,} {_things(things)}"
        return Figure(text, "rate", value, places, unit, rate["noun"].strip()), rate.end("whole")
    modifier = _MODIFIER.match(low, end)
    noun, noun_end = _noun(low, modifier.end() if modifier else end)
    # "one" is a number only before what is counted in time or shares
    if match["number"] in {"one", "zero"} and match["number"] != "zero":
        return None, end
    count = Figure(text, "count", value, places, "", noun)
    return _read_count(count, low, end, noun_end, has_modifier=modifier is not None)


def _read_money(match: re.Match[str], low: str, figure: Figure) -> tuple[Figure, int]:
    end, unit = match.end(), _CURRENCIES[match["pound"][0]]
    if yearly := _YEARLY.match(low, end):
        return attrs.evolve(figure, unit=f"{unit}/year"), yearly.end()
    if per := _PER_COUNT.match(low, end):
        name = _unit_name(per["per"] or per["span"])
        return attrs.evolve(figure, unit=f"{unit}/{name}"), per.end()
    return attrs.evolve(figure, unit=unit), end


def _read_duration(match: re.Match[str], low: str, figure: Figure) -> tuple[Figure, int]:
    end = match.end()
    per = _PER_NOUN.match(low, end)
    if per and per["per"] not in _STOPS:
        unit = f"{figure.unit}/{_unit_name(per['per'])}"
        return attrs.evolve(figure, unit=unit), per.end()
    return figure, end


def _unit_name(words: str) -> str:
    return {"annum": "year"}.get(words, singular_of(words).replace(" ", "-"))


def _read_count(
    figure: Figure, low: str, end: int, noun_end: int, *, has_modifier: bool
) -> tuple[Figure, int]:
    words = figure.noun.split()
    if not words:
        return figure, end
    counted = [word for word in words if word in COUNTED]
    head = singular_of((counted or words)[-1].strip("'"))
    per = None if has_modifier else _PER_COUNT.match(low, noun_end)
    if per is None:
        return attrs.evolve(figure, unit=head.replace("'", "")), end
    unit = f"{head}/{_unit_name(per['per'] or per['span'])}"
    return attrs.evolve(figure, unit=unit.replace("'", "")), per.end()


def _things(words: str) -> str:
    """Return what a rate is out of, in words that a unit may have."""
    return words if _THINGS.fullmatch(words) else "cases"


def _noun(low: str, start: int) -> tuple[str, int]:
    """Return the words after a number that say what is counted, and where they end."""
    match = _NOUN.match(low, start)
    if match is None:
        return "", start
    words: list[str] = []
    end = start
    for word in match[0].split():
        if word in _STOPS:
            break
        words.append(word)
        end += len(word) + 1
    return " ".join(words), end
