"""The words that people read: messages, help, docs, docstrings, bundled data and names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[1]


@frozen
class Phrase:
    """A phrase that the project does not use, as a pattern, with its replacement."""

    pattern: str
    instead: str
    caught: str
    fine: str

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each place in a text that has the phrase, also across lines."""
        return re.finditer(self.pattern.replace(" ", r"\s+"), text, re.IGNORECASE)


PHRASES = [
    # Terms: the column "not" of the glossary of the project.
    Phrase(r"\bpromis(?:e[sd]?|ing)\b", "target, commitment", "what was promised", "a compromise"),
    Phrase(r"\bjudg(?:e[sd]?|ing|e?ments?)\b", "assess, assessment", "two judgements", "adjudged"),
    Phrase(r"\bweigh(?:s|ed|ing)?\b", "test, compare", "chance is weighed", "a weighted average"),
    Phrase(r"\bmistakes?\b", "error", "has mistakes of its own", "a misspelt name"),
    Phrase(
        r"\b(?:left|leaves?|leaving) (?:(?!the )\S+ |the \S+ )?out\b(?! of)",
        "omit, exclude",
        "today if left out, or leave the sign out",
        "left outside",
    ),
    Phrase(r"\bhinges?\b", "single point of dependence", "the plan hinges on it", "a bridge"),
    Phrase(
        r"\bstands? for\b", "is, means, can be, matches", "it stands for 86.25%", "it means 86%"
    ),
    Phrase(
        r"\b(?:be|is|are) told from\b",
        "differs from, is within chance of",
        "not to be told from it",
        "as we told from the start",
    ),
    Phrase(r"\bwhoever\b", "anyone who", "whoever reads it", "those who read it"),
    Phrase(r"\bmend(?:s|ed|ing)?\b", "fix", "mend it first", "an amended plan"),
    Phrase(r"\bborne out\b", "met", "the target was borne out", "met"),
    Phrase(
        r"\b(?:targets?|goals?|commitments?) (?:is|are|was|were) (?:kept|broken|held)\b",
        "met, missed",
        "the goal was kept",
        "the goal was met",
    ),
    Phrase(
        r"\bhold(?:s|ing)? (?:a|its|that|the) (?:level|rate|share)\b",
        "maintain",
        "to hold the level",
        "a bin holds levels",
    ),
    Phrase(
        r"\b(?:is|are|was|were) said (?:of|by)\b",
        "applies to, graded by",
        "what is said of it",
        "it is said twice",
    ),
    Phrase(
        r"\b(?:front|back|the|this|no|its) doors?\b|\b(?:no|any|without|leaves?) room\b",
        "module, space",
        "it has no room",
        "a roomy chart",
    ),
    Phrase(
        r"\bhangs? (?:on|together)\b", "depends on", "it hangs on one partner", "a hanging indent"
    ),
    # Sentences: subject, verb, object.
    Phrase(
        r"(?<!there\s)\b(?:is|are|was|were) no "
        r"(?!longer\b|more\b|less\b|fewer\b|wider\b|later\b|earlier\b|better\b|need\b)",
        "is not a (valid) …",
        "'x' is no day",
        "there is no day",
    ),
    Phrase(
        r"(?<!there\s)\b(?:is|are) (?-i:none)\b(?! %\})",
        "is not one, has none",
        "a word that is none",
        "there are none",
    ),
    Phrase(
        r"\bof (?:its|their) own(?=[.,;:)]|$)",
        "separate, its own …",
        "a row of its own.",
        "its own row",
    ),
    Phrase(r"\bhad better\b", "should", "you had better ask", "had a better rate"),
    Phrase(
        r"\b(?:tells?|told|telling) of\b", "is about, describes", "it tells of jobs", "it tells you"
    ),
    Phrase(
        r"\bso that\b[^.;:]{0,60}\bmay\b",
        "so that … can",
        "so that they may be read",
        "so that they can be read",
    ),
    Phrase(r"\bbe it\b|\bbe they\b", "whether", "a goal, be it exact or not", "it may be so"),
    Phrase(
        r"\bwhy there (?:is|are) n(?:o|one)\b",
        "the reason, if there is no …",
        "why there is none",
        "why",
    ),
    Phrase(
        r"\bwhat (?:that|this|it) is worth\b",
        "how good it is",
        "says what that is worth",
        "worth it",
    ),
    Phrase(
        r"(?-i:\bWhat) (?:[^?.|\n]|\n(?![\n#]))*\.(?=\s|$)",
        "a noun or a verb first: 'The problem, and how to fix it.'",
        "What is wrong.",
        "What is wrong?",
    ),
    Phrase(
        r"\bstands? (?:in|beside|below|above|under|before|after|between|with|there|where|here)\b"
        r"|\bstands? (?:alone|once|twice|outside|anywhere|nowhere)\b|\bit stands\b",
        "is in, is beside",
        "where it stands in the file",
        "an outstanding issue",
    ),
    Phrase(r"\bby when\b", "deadline", "says by when it is due", "by then"),
    Phrase(r"\basked of\b", "required of, of", "what is asked of it", "asked for it"),
    Phrase(
        r"\b(?:lest|whence|thereof|therein|whereof|hereby|herein|whilst|amongst)\b",
        "the plain word",
        "lest it be lost",
        "it is the latest",
    ),
    Phrase(
        r"\b(?:code|function|graph|measure|module|package|parser|reader|rrmodel|table|test)s? "
        r"(?:believe|care|forget|hope|know|mind|remember|think|want)s?\b",
        "has, uses, checks",
        "only the reader knows",
        "a reader who knows it",
    ),
]


ALLOWED = {
    r"ha(?:s|ve) promised to|our promises to you": "words of plans that the parser reads",
    r"\bjudges (?:inmates|and magistrates)": "people in courts",
    r"\bby when(?=\n|$)": "the heading of a column in plans",
    r"`graph\.hinges`": "an old name, in the changelog",
}

# Words of names, as in the glossary of the project.
NAMES = {
    "because": "reason",
    "found": "observation, candidates, finding, result, or the noun of what it is",
    "held": "observed, maintained",
    "hinge": "single_point",
    "judged?": "assess",
    "left_out": "excluded",
    "lit": "highlighted",
    "mistakes?": "error",
    "promised?": "target",
    "said": "statement, text",
    "says": "statement",
    "seen": "observations, visited",
    "sought": "the noun of what it is",
    "told": "text, description",
    "weigh(?:ed)?": "test",
}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines and texts of the literals of a module; a value in one becomes ``{}``."""
    nodes: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while nodes:
        match node := nodes.pop():
            case ast.JoinedStr(lineno=line, values=values):
                parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in values)
                yield line, "".join(map(str, parts))
                nodes += [part for part in values if isinstance(part, ast.FormattedValue)]
            case ast.Constant(lineno=line, value=str(text)):
                yield line, text
            case _:
                nodes += ast.iter_child_nodes(node)


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines and texts of the docstrings of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            yield node.body[0].lineno, ast.get_docstring(node, clean=False) or ""


def whole(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the text of a page, a template or a file of data."""
    yield 1, path.read_text(encoding="utf-8")


def names(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines and names of functions and classes, and of variables."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
    yield from stored(nodes)


def variables(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines and names of variables, constants, fields and parameters."""
    yield from stored(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def stored(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the lines and names that nodes give to values."""
    for node in nodes:
        match node:
            case (
                ast.Name(id=str(name), ctx=ast.Store(), lineno=line)
                | ast.arg(arg=name, lineno=line)
                | ast.MatchAs(name=str(name), lineno=line)
                | ast.MatchStar(name=str(name), lineno=line)
            ):
                yield line, name
            case _:
                pass


def is_allowed(phrase: re.Match[str]) -> bool:
    """Return whether a phrase is part of words that the project uses."""
    around = phrase.string[max(0, phrase.start() - 40) : phrase.end() + 40]
    words = re.finditer("|".join(ALLOWED), around, re.IGNORECASE)
    return any(phrase[0] in allowed[0] for allowed in words)


@cache
def phrases_in(text: str) -> list[tuple[int, str]]:
    """Return the phrases in a text: how many lines down each is, and what to write instead."""
    return [
        (text.count("\n", 0, match.start()), f"{' '.join(match[0].split())!r}: {phrase.instead}")
        for phrase in PHRASES
        for match in phrase.matches(text)
        if not is_allowed(match)
    ]


@cache
def names_in(name: str) -> list[tuple[int, str]]:
    """Return the words in a name that it should not have, and what to write instead."""
    names = [
        instead
        for word, instead in NAMES.items()
        if re.search(rf"(?:^|_)(?:{word})(?:_|$)", name, re.IGNORECASE)
    ]
    return [(0, f"{name}: {instead}") for instead in names]


PACKAGE = ["src/rrmodel/**/*.py"]
SCRIPTS = ["tests/**/*.py", "benchmarks/*.py", "examples/*.py"]
PAGES = ["*.md", "docs/**/*.md", "examples/*.md", "tests/*.md"]
SOURCES = {
    "messages and docstrings": (PACKAGE, strings, phrases_in),
    "names": (PACKAGE, names, names_in),
    "variables": (["docs/*.py", *SCRIPTS], variables, names_in),
    "pages": (PAGES, whole, phrases_in),
    "templates": (["src/rrmodel/**/*.html"], whole, phrases_in),
    "bundled data": (["src/rrmodel/**/*.yaml"], whole, phrases_in),
    "examples": (["examples/*.py"], whole, phrases_in),
    "docstrings of tests": (["tests/**/*.py", "benchmarks/*.py"], docstrings, phrases_in),
}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.caught)
def test_a_phrase_is_caught_and_correct_english_is_not(phrase: Phrase) -> None:
    """The pattern matches its example, and no pattern matches the example that is correct."""
    assert list(phrase.matches(phrase.caught))
    assert phrases_in(phrase.fine) == []


def test_words_of_names_are_caught() -> None:
    """A word is caught alone, at the end or within a name, and not as a part of another word."""
    assert [names_in(name) for name in ("because", "left_out", "all_mistakes", "_SAYS")] == [
        [(0, "because: reason")],
        [(0, "left_out: excluded")],
        [(0, "all_mistakes: error")],
        [(0, "_SAYS: statement")],
    ]
    assert names_in("unseen") == names_in("founder") == []


@pytest.mark.parametrize("source", SOURCES)
def test_the_text_is_in_plain_english(source: str) -> None:
    """No text that people read has a phrase of the table, and no name has such a word."""
    patterns, texts, check = SOURCES[source]
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    assert paths
    problems = [
        f"{path.relative_to(ROOT)}:{line + down}: {problem}"
        for path in paths
        for line, text in texts(path)
        for down, problem in check(text)
    ]
    assert not problems, "\n".join(["write instead:", *problems])
