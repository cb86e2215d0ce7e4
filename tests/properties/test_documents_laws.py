"""The laws of documents: every answer is one of ours, and nothing of a document is lost."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from rrmodel import io
from rrmodel.errors import RrmodelError
from rrmodel.wording import ParsedPlan, keep_corrections, parse_plan

LINES = st.sampled_from(
    """# Kent Plan 2022-25
## Work
### Targets
### Actions
### Aims
### Partners
## Glossary
## Our partners
## Vision
## Budget
#### Deep
Targets
Our priorities
Contents
We will:
Our pathways are:
- By July 2023, raise the share in work to 50%
1. Homes, working with A B
- 20% increase in trust from 62% in 2021/22 by 2024
- Nacro, a charity
- Kent City and Kent County Council
Tag – A device, up to 12 days
A: b
¹ https://a.org
Words¹ of 3 (1 in 2022 and 2 in 2023).
We will spend £2 million by 2024.
- .
-
…
| a | b |
|---|---|
| | c |
| Action | By when |
| Build 5 | soon |
[^1]: x
<p>a</p>
<ul><li>b
7
£
Jane Doe
They are 9% less likely to reoffend, as 150% of 4 were.
\t
a\tb""".splitlines()
)
TEXTS = st.lists(st.one_of(LINES, st.just(""), st.text(max_size=40)), max_size=25).map("\n".join)
FORMATS = st.sampled_from(["text", "markdown", "html", None])
BYTES = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=60).map(lambda end: b"%PDF-1.4\n" + end),
    st.binary(max_size=60).map(lambda end: b"PK\x03\x04" + end),
)


def read(document: str, form: str | None) -> ParsedPlan | None:
    """Return the reading, or nothing if the document is refused by an error of ours."""
    with suppress(RrmodelError):
        return parse_plan(document, format=form)  # type: ignore[arg-type]
    return None


@given(TEXTS, FORMATS)
def test_every_text_ends_in_a_plan_or_an_error_of_ours(document: str, form: str | None) -> None:
    """Nothing else is raised, and the same text gives the same answer."""
    assert read(document, form) == read(document, form)


@given(BYTES)
def test_all_bytes_end_in_a_plan_or_an_error_of_ours(content: bytes) -> None:
    """Damaged files of any kind are refused."""
    with suppress(RrmodelError):
        parse_plan(content)


@given(TEXTS, FORMATS)
@settings(max_examples=settings.default.max_examples // 2)
def test_plan_files_are_read_back(document: str, form: str | None) -> None:
    """The file with its comments is an equal plan."""
    parsed = read(document, form)
    if parsed is not None:
        assert io.loads(parsed.to_yaml()) == parsed.plan


@given(TEXTS)
def test_every_statement_is_placed_or_unplaced(document: str) -> None:
    """A statement has a record, or a reason why it has none."""
    parsed = read(document, "markdown")
    for line in parsed.lines if parsed else ():
        assert line.paths or line.unplaced or not line.is_statement


@given(TEXTS)
@settings(max_examples=settings.default.max_examples // 2)
def test_a_plan_corrects_itself_by_nothing(document: str) -> None:
    """A reading that is used as its own correction changes nothing and is kept whole."""
    parsed = read(document, "markdown")
    if parsed is not None:
        result = keep_corrections(parsed, parsed.plan)
        assert (result.parsed.plan, result.kept, result.added) == (parsed.plan, (), ())
