"""From a sentence to typed tokens: figures, dates and the few words that say what they are for."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rrmodel.wording._dates import DATE_WORDS, MONTHS, Date, match_date
from rrmodel.wording._figures import NUMBER_WORDS, Figure, match_figure
from rrmodel.wording._phrases import FIRST_WORDS, PHRASES, match_phrase

__all__ = ["FIGURES", "LONGEST_SENTENCE", "SYMBOLS", "Token", "plain", "symbols", "tokens_of"]

LONGEST_SENTENCE: Final = 4_000
"""The most characters that a sentence may have; no published target comes near it."""

FIGURES: Final = frozenset({"LEVEL", "MONEY", "POINTS", "COUNT", "DURATION"})
"""The names of tokens that are figures."""

_ONE_DASH = {ord(dash): "-" for dash in "‐‑‒–—−"}
_ONE_SPACE = {ord(space): " " for space in "\t\n\r\u00a0\u2007\u2009\u200a\u202f\u2003\u2002\u3000"}
_ONE_QUOTE = {ord(quote): "'" for quote in "’‘ʼ`"} | {ord(quote): '"' for quote in "“”„«»"}
_PLAIN: Final = _ONE_DASH | _ONE_SPACE | _ONE_QUOTE

_ATOM = re.compile(
    r"https?://[^\s>]{1,400}|\"(?:[^\"]|\"\"){0,400}\"|[a-z][a-z0-9]*(?:['-][a-z0-9]+)*"
    r"|(?:[£€$] ?|(?<![0-9a-z%])[+-])?[0-9]|[<>]=?|\S"
)
_NAME = re.compile(
    r"[0-9][0-9a-z]*(?:[-/.,:][0-9a-z]+)*(?: (?:or|and|to) [0-9]{1,2}(?![0-9,.%]| per| ?%))?"
)
_DAY_OF_A_YEAR = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})\b(?:(?: in)? (?:each|every) year)?"
)
_ITEM = re.compile(r"\s*(?:\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]\)?|[-*•·])\s+")
_AGE = re.compile(
    r"(?:under|over)[ -]?[0-9]{1,2}s\b|(?:under|over|below|above) the age of [0-9]{1,2}\b"
    r"|(?:aged|ages?) (?:(?:under|over|from|between) )?[0-9]{1,2}(?:(?: to | and |-)[0-9]{1,2})?"
    r"(?: (?:or|and) (?:above|over|under|below))?(?![0-9,.]*[0-9]*[ ]?%|[0-9])"
)
_AGE_OF_PEOPLE = re.compile(
    r"(?<= )(?:under|over|below|above) [1-9][0-9](?= (?:who|whose|in|with|on|[a-z]+ing)\b)"
)
_PEOPLE = frozenset("adults children men offenders people persons prisoners those women".split())
_AGES = re.compile(
    r"[0-9]{1,2}(?:(?: to | and | or |-)[0-9]{1,2})?[ -]?"
    r"(?:years? olds?\b|year-olds?\b|years old\b|population\b|years and (?:over|under|above)\b)"
    r"|[0-9]{1,2}-[0-9]{1,2}s\b"
)
_LINES = re.compile("(?:999|101|111|112) (?:calls?|emergency|non-emergency|system|contact|service)")
_MONTH_IN_DIGITS = re.compile("[0-9]{1,2}/(?:19|20)[0-9]{2}(?![0-9/])")
_ROUND_THE_CLOCK = re.compile(
    r"24/7|[0-9]{1,2}(?:[.:][0-9]{2})? ?(?:noon|midnight|am\b|pm\b|a\.m\.|p\.m\.)"
)
_QUALIFIED = re.compile(r"[0-9]{4} [A-Z]|[0-9]{4}'s ")
_TEMPORAL = frozenset(
    "by in during before until from since to between and of for throughout end till after through "
    "than possibly baseline over ending ended year on than with or early late mid cohort levels "
    "next coming this following "
    "- / ( , ; :".split()
)
_NAMING = frozenset(
    "plan strategy report act review survey programme agreement paper framework "
    "budget conference olympics census order code rules scheme white".split()
)
_DUE_WORDS = frozenset("by in during until before".split())
_DOCUMENT = re.compile(
    " (?:annual |audited |audit |business |corporate |delivery |departmental |financial )*"
    "(?:reports?|accounts|business plan|corporate plan|delivery plan|annual plan|budget|survey)"
)
_MONTHS_ALONE = frozenset(MONTHS.split("|"))
_DUE_BEFORE = re.compile(
    r"\b(?:by|before|until|end of|in) (?:the )?(?!the )[a-z'-]+ $"
    r"|\b(?:by|before|until) (?:the )?[a-z'-]+ [a-z'-]+ $"
)
_THE_YEAR = re.compile("the [0-9]{4}")
_JOINED = re.compile("[0-9%] ?- ?[0-9£]")
_MOVED = re.compile(r"(?P<way>up|down) (?=[0-9.]+ ?(?:%|per ?cent|percentage|ppt?s?\b|points?\b))")
_PHRASAL = frozenset(
    "back end ended ending gave give made make makes making open take taken".split()
)
_HALVES = frozenset("½¼¾")
_BASES = ("100,000", "10,000", "1,000", "1000", "100 ")
_BEFORE_ORDINAL = frozenset(["before", "after", "upon"])
_ORDINALS = ("third", "fifth", "sixth", "eighth", "tenth")
_DEFINITE = frozenset(["all", "our", "these"])
_BEFORE_AGE = frozenset(["aged", "under", "below", "above", "over", "age"])
_BEFORE_ZERO = frozenset([":", "-", "ensure", "that", "achieve", "to", "be", "are", "is", ""])
_COMPARISON = re.compile(
    " (?:more|less|fewer|higher|greater|lower|longer|later|worse|[a-z]+er(?= than ))"
)
_NAMED = frozenset(
    "category section article paragraph tier phase level step stage figure table age "
    "part band grade class chapter annex page item objective kpi priority sr psa number "
    "no rule schedule model unit version volume cat gcse pc".split()
)
_COUNT_YEAR = re.compile(
    r" (?:new |additional |extra |more |further )?(?:places|officers|posts|"
    r"prisoners|people|homes|jobs|offenders|staff|spaces|beds|victims|apprenticeships)\b"
)

_SPECIAL: Final = frozenset(
    [*DATE_WORDS, *NUMBER_WORDS, *"between aged under below above over age no zero nil".split()]
)
_TRIGGERS: Final = FIRST_WORDS | _SPECIAL
_SILENT: Final = frozenset(".'?!*\"")

SYMBOLS: Final[dict[str, str]] = {
    name: chr(0x100 + place)
    for place, name in enumerate(
        [
            *PHRASES,
            "LEVEL",
            "MONEY",
            "POINTS",
            "COUNT",
            "DURATION",
            "DATE",
            "NAME",
            "UNREADABLE",
            "ZERO",
            "QUOTED",
            "WORDS",
            "COMMA",
            "COLON",
            "DASH",
            "OPEN",
            "CLOSE",
        ]
    )
}
"""One character for each name of a token, so that rules are patterns over a string."""
_MARKS = {
    ",": "COMMA",
    ";": "COMMA",
    ":": "COLON",
    "-": "COLON",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
}


class Token(NamedTuple):
    """A typed piece of a sentence."""

    name: str
    """Its type: a key of the phrases, or of a figure, a date, words or a mark."""
    start: int
    """Where it starts in the sentence."""
    end: int
    """Where it ends."""
    value: Figure | Date | None = None
    """The value that was read from it."""


def plain(text: str) -> str:
    """Return the text in lower case, with one kind of dash, space and quote, and as long."""
    low = text.translate(_PLAIN)
    lowered = low.lower()
    if len(lowered) == len(low):
        return lowered
    return "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in low)


def symbols(tokens: list[Token]) -> str:
    """Return the tokens as a string of one character each."""
    return "".join([SYMBOLS[token.name] for token in tokens])


def tokens_of(text: str, low: str | None = None) -> list[Token]:
    """Return the tokens of a sentence, in order; runs of other words are one token each.

    Args:
        text: The sentence.
        low: Its :func:`plain` text, where that is known.

    >>> [token.name for token in tokens_of("Reduce crime by 15% by 2007-08.")]
    ['DOWN', 'WORDS', 'BY', 'LEVEL', 'BY', 'DATE']
    """
    low = plain(text) if low is None else low
    tokens: list[Token] = []
    start = 0
    if item := _ITEM.match(low):
        start = item.end()
        if any(mark.isdigit() for mark in item[0]):
            tokens.append(Token("NAME", item.start(), item.end()))
    end, words_start, words_end, before = start, -1, -1, ""
    for atom in _ATOM.finditer(low, start):
        at = atom.start()
        if at < end:
            continue
        word = atom[0]
        token = None
        if word in _TRIGGERS or not word.isalpha():
            token = _phrase_or_special(text, low, word, at, before)
        if token is None:
            end = at + len(word)
            if word not in _SILENT:
                words_start = at if words_start < 0 else words_start
                words_end = end
            before = word
            continue
        if words_start >= 0:
            tokens.append(Token("WORDS", words_start, words_end))
            words_start = -1
        tokens.append(token)
        end = token.end
        before = low[at:end].rsplit(None, 1)[-1]
    if words_start >= 0:
        tokens.append(Token("WORDS", words_start, words_end))
    return tokens


def _phrase_or_special(text: str, low: str, word: str, at: int, before: str) -> Token | None:
    if word in _MARKS:
        joins = word == "-" and _JOINED.match(low, len(low[:at].rstrip()) - 1)
        return Token("DASH" if joins else _MARKS[word], at, at + 1)
    token = None
    if word == "met" and before == "the":
        return None
    if word in _SPECIAL or not word.isalpha():
        token = _special(text, low, word, at, before)
    if token is None and word in FIRST_WORDS and (phrase := match_phrase(low, at, word)):
        name, end = phrase
        return Token(name, at, end)
    if token is None and before not in _PHRASAL and (moved := _MOVED.match(low, at)):
        return Token(moved["way"].upper(), at, at + len(word))
    return token


def _special(text: str, low: str, word: str, at: int, before: str) -> Token | None:
    """Return the figure, date, name or quotation that starts here."""
    first = word[0]
    if word.isdecimal() and not word.isascii():
        return Token("UNREADABLE", at, at + 1)
    if first == '"' and len(word) > 1:
        return Token("QUOTED", at, at + len(word))
    if word.startswith("http"):
        return Token("NAME", at, at + len(word)) if "/" in word else None
    has_digit = first.isdigit() or word[-1].isdigit()
    if not has_digit and first.isalpha():
        head = word.partition("-")[0]
        if head in DATE_WORDS or word == "between":
            date, end = match_date(low, at, text)
            if date is not None and not _THE_YEAR.fullmatch(low, at, end):
                return Token("DATE", at, end, date)
        if head in _MONTHS_ALONE and text[at].isupper() and before in _TEMPORAL:
            return Token("UNDATED", at, at + len(word))
        if head in _BEFORE_AGE and (age := _AGE.match(low, at)):
            return Token("NAME", at, age.end())
        if before in _PEOPLE and (age := _AGE_OF_PEOPLE.match(low, at)):
            return Token("NAME", at, age.end())
        if word in {"no", "zero", "nil"} and (before in _BEFORE_ZERO or word == "nil"):
            return (
                None
                if _COMPARISON.match(low, at + len(word))
                else Token("ZERO", at, at + len(word))
            )
        return _figure_token(text, low, at, before) if head in NUMBER_WORDS else None
    if first.isalpha():
        # a code such as Q1 or MI016, or a date such as mid-2020s
        date, end = match_date(low, at, text)
        if date is not None:
            return Token("DATE", at, end, date)
        is_month = word.partition("-")[0] in _MONTHS_ALONE
        return Token("UNDATED" if is_month else "NAME", at, at + len(word))
    if not has_digit:
        return _figure_token(text, low, at, before) if word in _HALVES else None
    return _number_token(text, low, at, before)


def _number_token(text: str, low: str, at: int, before: str) -> Token | None:
    name = _AGES.match(low, at) or _LINES.match(low, at) or _ROUND_THE_CLOCK.match(low, at)
    if name:
        return Token("NAME", at, name.end())
    date, end = match_date(low, at, text)
    if date is None and (vague := _DAY_OF_A_YEAR.match(low, at) or _MONTH_IN_DIGITS.match(low, at)):
        return Token("UNDATED", at, vague.end())
    if date is not None and not (date.is_bare_year and _is_no_date(text, low, at, end, before)):
        if _names_document(low, at, end, before):
            return Token("NAME", at, end)
        return Token("DATE", at, end, date)
    if before in _NAMED or (before == "per" and low[at:].startswith(_BASES)):
        name = _NAME.match(low, at)
        if name and not low.startswith(("%", " %", " per cent"), name.end()):
            return Token("NAME", at, name.end())
    if date is not None and not _COUNT_YEAR.match(low, end):
        is_due = _DUE_BEFORE.search(low, max(0, at - 40), at)
        return Token("UNREADABLE" if is_due else "NAME", at, end)
    return _figure_token(text, low, at, before)


def _is_no_date(text: str, low: str, at: int, end: int, before: str) -> bool:
    """Return whether four digits are a number, or part of a name such as "the 2001 survey"."""
    if low.startswith((" baseline", " level", " figure"), end):
        return False
    if before and before not in _TEMPORAL:
        return True
    return bool(
        _COUNT_YEAR.match(low, end) or low.startswith("%", end) or _QUALIFIED.match(text, at)
    )


def _names_document(low: str, at: int, end: int, before: str) -> bool:
    """Return whether a date belongs to the name of a document: "Priorities Plan for 2004-05"."""
    words = low[max(0, at - 40) : at].split()
    if before in _NAMING or (before not in _DUE_WORDS and _DOCUMENT.match(low, end)):
        return True
    return before == "for" and len(words) > 1 and words[-2] in _NAMING


def _figure_token(text: str, low: str, at: int, before: str) -> Token | None:
    figure, end, name = match_figure(low, at, text)
    if name == "LEVEL" and before in _BEFORE_ORDINAL and low[at:end].endswith(_ORDINALS):
        return None
    if name == "COUNT" and before in _DEFINITE:
        name, figure = "NAME", None
    return Token(name, at, end, figure) if name else None
