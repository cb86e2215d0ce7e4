"""Reading a published document into its items, and asking what records carry of each item.

An item is a paragraph, bullet, footnote or glossary term, with its section, named
as citations name it. A mention is one thing that an item says and that a record of it must say too:
a percentage, a sum, a number, a day, month or year, a name, an address, the mark of a footnote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from rrmodel.errors import NumeralError
from rrmodel.model import (
    Activity,
    Baseline,
    CommitmentPart,
    Fact,
    Figure,
    InterimGoal,
    PartnerListing,
    Partnership,
    Plan,
    walk,
)
from rrmodel.numerals import read_numeral
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    FinancialYear,
    Month,
    Quarter,
    parse_deadline,
    parse_period,
)
from rrmodel.quantities import Amount, Percentage, PercentagePoints, RelativeChange

Mention = tuple[Any, ...]
Place = tuple[str | None, str | None]
Index = Mapping[Place, Sequence[attrs.AttrsInstance]]


class Item(NamedTuple):
    """One item of a document."""

    section: str
    item: str
    text: str


_SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(r"- |[0-9]+\. ")
_BULLET = re.compile(r"(?:-|(?P<number>[0-9]+)\.) +(?P<text>.+)")


def read_document(
    text: str,
    *,
    chapters: Sequence[str],
    subsections: Sequence[str] = (),
    glossary: str | None = None,
    furniture: Sequence[str] = (),
) -> tuple[Item, ...]:
    """Return the items of a document, in its order, from its first chapter on.

    A chapter or subsection begins where its heading is alone on a line; ``furniture`` is text of
    the page and not of the document, such as its cover; in the ``glossary`` each item is a term.
    """
    items: list[Item] = []
    chapter = section = ""
    counts: dict[tuple[str, str], int] = defaultdict(int)

    def add(kind: str, words: str, name: str | None = None) -> None:
        counts[section, kind] += 1
        items.append(Item(section, name or f"{kind} {counts[section, kind]}".strip(), words))

    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip().replace("**", "") for line in block.splitlines() if line.strip()]
        words = " ".join(lines)
        if words in chapters:
            chapter = section = words
        elif not chapter or not words or words in furniture:
            continue
        elif words in subsections:
            section = f"{chapter} > {words}"
        elif words[0] in _SUPERSCRIPTS:
            add("footnote", words[1:].strip(), f"footnote {_SUPERSCRIPTS.index(words[0]) + 1}")
        elif section == glossary:
            term, _, meaning = words.partition(" – ")
            add("term", meaning, term)
        elif _MARK.match(words):
            for line in lines:
                match = _BULLET.fullmatch(line)
                assert match, f"{line!r} is neither a bullet nor a paragraph"
                add("", match["text"], match["number"])
        else:
            add("paragraph", words)
    return tuple(items)


_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DIGITS_SPELT = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+(?:-(?:{_DIGITS_SPELT})\b)?)"
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALE = rf"(?: (?P<scale>{'|'.join(_SCALES)}))?"


def _number(match: re.Match[str]) -> Fraction | None:
    """Return the number that was matched, unless it is a word."""
    try:
        value = read_numeral(match["number"].rstrip(",")).value
    except NumeralError:
        return None
    return value * _SCALES.get(match.groupdict().get("scale") or "", 1)


def _plain(kind: str) -> Callable[[re.Match[str]], Mention | None]:
    def read(match: re.Match[str]) -> Mention | None:
        value = _number(match)
        return None if value is None else (kind, value)

    return read


def _nothing(_match: re.Match[str]) -> None:
    """Read past words that look like a mention but are not one."""


def _address(match: re.Match[str]) -> Mention:
    return ("address", match[0])


def _footnote(match: re.Match[str]) -> Mention:
    return ("footnote", int(match["number"] or 1 + _SUPERSCRIPTS.index(match[0])))


def _money(match: re.Match[str]) -> Mention:
    return ("money", _number(match), "GBP/year" if match["yearly"] else "GBP")


def _day(match: re.Match[str]) -> Mention:
    day = parse_deadline(match[0]).last_day
    return ("days", day, day)


def _vague(match: re.Match[str]) -> Mention:
    deadline = parse_deadline(match[0])
    return ("days", deadline.first_day, deadline.last_day)


def _period(match: re.Match[str]) -> Mention:
    period = parse_period(match[0])
    return ("days", period.first_day, period.last_day)


def _plan_years(match: re.Match[str]) -> Mention:
    """Read plan years such as 2022-23 and 2022-25: from April to March."""
    start = int(match["start"])
    end = start + (int(match["end"]) - start) % 100
    return ("days", date(start, 4, 1), date(end, 3, 31))


_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], Mention | None]], ...] = (
    (r"https?://[^\s>]+[^\s>.]", _address),
    (rf"[{_SUPERSCRIPTS}]|\(footnote (?P<number>[0-9])\)", _footnote),
    (rf"£(?P<number>{_NUMBER}){_SCALE}(?P<yearly> a year)?", _money),
    (rf"\b(?P<number>{_NUMBER}) percentage points?", _plain("points")),
    (rf"\b(?P<number>{_NUMBER})(?:%| per cent)", _plain("percent")),
    (rf"\b[0-9]{{1,2}} {_MONTH} [0-9]{{4}}", _day),
    (rf"\b{_MONTH} [0-9]{{4}}", _period),
    (r"\b(?:early|mid|late) [0-9]{4}", _vague),
    (r"\b(?P<start>20[0-9]{2})-(?P<end>[0-9]{2})\b", _plan_years),
    (r"\b(?:19|20)[0-9]{2}\b", _period),
    # "one" is a numeral only where it counts: "loved ones", "one of the needs" do not
    (r"\b(?:loved|every|each) one\b|\bone of\b", _nothing),
    (rf"(?<![\w-])(?P<number>{_NUMBER}){_SCALE}", _plain("number")),
)
_READERS = tuple((re.compile(shape, re.IGNORECASE), reader) for shape, reader in _SHAPES)
_SENTENCE = re.compile(r"(?:^|(?<=[.:;?!]) )[“'‘(]*(?P<start>\w+)")
_NAME = re.compile(r"\b[A-Z]\w*")


def mentions(text: str) -> frozenset[Mention]:
    """Return what a text mentions: figures, days, addresses, footnotes and names."""
    mentioned: set[Mention] = set()
    rest = text
    for pattern, reader in _READERS:
        for match in pattern.finditer(rest):
            if (mention := reader(match)) is not None:
                mentioned.add(mention)
        if pattern is not _READERS[-1][0]:
            rest = pattern.sub(" ", rest)
    starts = {match.start("start") for match in _SENTENCE.finditer(rest)}
    mentioned.update(
        ("name", _stem(match[0]))
        for match in _NAME.finditer(rest)
        # the first word of a sentence is a name only if it has another capital
        if match.start() not in starts or match[0][1:] != match[0][1:].lower()
    )
    return frozenset(mentioned)


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")


_COLLECTIONS = {"figures", "interim", "parts"}
_PARTS = Figure | Baseline | InterimGoal | CommitmentPart
_NOT_PRINTED = set(
    "id citation kind bound status serves partner partners named_as measure may_be since".split()
)
"""Fields that do not print what the item does; the names of partners are looked for apart."""


def _leaves(record: attrs.AttrsInstance) -> Iterator[Any]:
    """Yield the texts and typed values within a record, as far as they are about the item."""
    for field in attrs.fields(type(record)):
        if field.init and field.name not in _NOT_PRINTED:  # what is derived is printed nowhere
            value: Any = getattr(record, field.name)
            parts: Iterable[Any] = value if field.name in _COLLECTIONS else (value,)
            for part in parts:
                if isinstance(part, _PARTS):
                    yield from _leaves(part)
                else:
                    yield part


def typed_mentions(record: attrs.AttrsInstance) -> frozenset[Mention]:
    """Return what a record holds as quantities, periods, deadlines and footnotes."""
    notes = record.footnotes if isinstance(record, Fact) else ()
    return frozenset(mention for value in _leaves(record) for mention in _typed(value)) | {
        ("footnote", int(number)) for number in notes
    }


def _typed(value: Any) -> Iterator[Mention]:
    match value:
        case Amount():
            if value.unit.startswith("GBP"):
                yield ("money", value.value, value.unit)
            else:
                yield ("number", value.value)
        case PercentagePoints():
            yield ("points", abs(value.value))
        case Percentage() | RelativeChange():
            yield ("percent", abs(value.value))
        case Deadline():
            yield from mentions(value.wording)
        case Month() | Quarter() | FinancialYear() | CalendarYear() | DateRange():
            yield ("days", value.first_day, value.last_day)
        case _:
            pass


def written_mentions(record: attrs.AttrsInstance) -> frozenset[Mention]:
    """Return what the sentences and other texts of a record mention."""
    texts = [value for value in _leaves(record) if isinstance(value, str)]
    words = {("name", _stem(word)) for text in texts for word in re.findall(r"\w+", text)}
    return frozenset(words.union(*map(mentions, texts)))


def printed_names(record: object, plan: Plan) -> tuple[str, ...]:
    """Return the names under which a record may name its partners."""
    if isinstance(record, Partnership | PartnerListing):
        return (record.named_as or plan.partner(record.partner).name,)
    if isinstance(record, Activity | Fact):
        return tuple(name for partner in record.partners for name in plan.partner(partner).names)
    return ()


def _without(text: str, names: Iterable[str]) -> str:
    """Return a text with each name taken out once, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ", 1)
    return text


def index_of(plan: Plan) -> Index:
    """Return the records of a plan by the section and item of its own document that they cite."""
    index: dict[Place, list[attrs.AttrsInstance]] = defaultdict(list)
    for _, record in walk(plan):
        citation = getattr(record, "citation", None)
        if citation is not None and citation.document == plan.documents[0].id:
            index[citation.section, citation.item].append(record)
    return dict(index)


def gaps(items: Iterable[Item], index: Index, plan: Plan) -> list[str]:
    """Return what the items say that no record citing them says."""
    messages: list[str] = []
    for item in items:
        place = f"{item.section}, {item.item}"
        records = index.get((item.section, item.item), ())
        if not records:
            messages.append(f"{place}: no record cites it")
            continue
        recorded = {
            mention
            for record in records
            for mention in typed_mentions(record) | written_mentions(record)
        }
        names = [name for record in records for name in printed_names(record, plan)]
        messages.extend(
            f"{place}: {mention} is missing"
            for mention in sorted(mentions(_without(item.text, names)), key=repr)
            if not _is_recorded(mention, recorded)
        )
    return messages


def _is_recorded(mention: Mention, recorded: set[Mention]) -> bool:
    """Return whether a mention is among others; a day or month may begin or end a period there."""
    if mention in recorded:
        return True
    match mention:
        case ("days", first, last) if (last - first).days < _LONGEST_MONTH:
            return any(other[0] == "days" and (first, last) in _ends(other) for other in recorded)
        case _:
            return False


_LONGEST_MONTH = 31


def _ends(days: Mention) -> set[tuple[date, date]]:
    """Return the first and the last day of a period, and its first and last month."""
    _, first, last = days
    return {
        (first, first),
        (last, last),
        *((month.first_day, month.last_day) for month in map(Month.containing, (first, last))),
    }


_SENTENCES = ("statement", "role", "of", "counts", "out_of", "excludes", "reason", "note")


def sentences(record: attrs.AttrsInstance) -> Iterator[tuple[str, str]]:
    """Yield every sentence of our own within a record, with its path."""
    for path, part in walk(record):
        for name in _SENTENCES:
            value = getattr(part, name, None)
            if isinstance(value, str):
                yield f"{path}.{name}", value


def runs(text: str, length: int) -> frozenset[str]:
    """Return every run of so many words in a text; addresses are omitted."""
    words = re.findall(r"[\w%£]+", re.sub(r"https?://\S+", " ", text).lower())
    return frozenset(
        " ".join(words[start : start + length]) for start in range(len(words) - length + 1)
    )
