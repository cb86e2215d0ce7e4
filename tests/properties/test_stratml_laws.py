"""The laws of StratML, one a test."""

from __future__ import annotations

import re
from functools import cache

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.beside import beside
from tests.stratml_structure import broken_rules

from rrmodel import datasets
from rrmodel.errors import LoadError, Problem
from rrmodel.io._stratml import read_stratml, write_stratml
from rrmodel.model import Plan
from rrmodel.testing import plans

CHECKS = "any plan is written by the published schemas"
EXAMPLES = settings(max_examples=settings.default.max_examples // 3)
DROPPED = re.compile(r"<\?rrmodel .*?\?>")


@cache
def schema(root: str) -> etree.XMLSchema:
    """Return the published schema of a root."""
    (file,) = beside("stratml", checks=CHECKS).glob(f"{root}*.xsd")
    return etree.XMLSchema(file=str(file))


@EXAMPLES
@given(plans())
def test_a_plan_comes_back_equal(plan: Plan) -> None:
    """Written and read again, a plan is the same plan."""
    assert read_stratml(write_stratml(plan)).plan == plan


@EXAMPLES
@given(plans())
def test_what_was_written_is_read_without_loss(plan: Plan) -> None:
    """A document of ours has a place for everything in it."""
    assert read_stratml(write_stratml(plan)).losses == ()


@EXAMPLES
@given(plans())
def test_writing_is_stable(plan: Plan) -> None:
    """A plan that was read is written as the very same text."""
    written = write_stratml(plan)
    assert write_stratml(read_stratml(written.encode()).plan) == written


@EXAMPLES
@given(plans())
def test_the_standards_order_is_kept(plan: Plan) -> None:
    """Each element is where the standard allows it, as often as it allows."""
    assert broken_rules(write_stratml(plan)) == []


@EXAMPLES
@given(plans())
def test_the_published_schemas_accept_it(plan: Plan) -> None:
    """A written document is valid by the schema of its part."""
    root = etree.fromstring(write_stratml(plan).encode())
    known = schema(etree.QName(root).localname)
    known.validate(root)
    assert list(known.error_log) == []


@EXAMPLES
@given(plans())
def test_the_pathways_survive_a_tool_that_drops_instructions(plan: Plan) -> None:
    """Without our instructions, the elements alone still make the same chapters."""
    left = read_stratml(DROPPED.sub("", write_stratml(plan))).plan
    assert [pathway.name for pathway in left] == [pathway.name for pathway in plan]


@EXAMPLES
@given(plans(), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9))
def test_an_edited_heading_counts(plan: Plan, name: str) -> None:
    """A text that was changed in another tool is the text that is read."""
    root = etree.fromstring(write_stratml(plan).encode())
    heading = root.find("{*}StrategicPlanCore/{*}Goal/{*}Name")
    assert heading is not None
    heading.text = name
    first, *others = plan.pathways
    renamed = attrs.evolve(plan, pathways=(attrs.evolve(first, name=name), *others))
    assert read_stratml(etree.tostring(root)).plan == renamed


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Draw a written plan with a piece of it taken out, repeated or overwritten."""
    text = write_stratml(datasets.load("hmp-leeds-regimes"))
    start = draw(st.integers(0, len(text)))
    end = min(len(text), start + draw(st.integers(0, 400)))
    pieces = ["", text[start:end] * 2, "<Name>", "<a>b</a>", '"', "}", "<?rrmodel []?>", "\x00"]
    return text[:start] + draw(st.sampled_from(pieces)) + text[end:]


@EXAMPLES
@given(spoilt() | st.text() | st.binary())
def test_any_text_ends_in_a_plan_or_in_an_error_of_ours(text: str | bytes) -> None:
    """Whatever is read gives a plan or a :class:`LoadError`, and nothing else."""
    problems: tuple[Problem, ...] = ()
    try:
        plan = read_stratml(text).plan
    except LoadError as error:
        plan, problems = None, error.problems
    assert isinstance(plan, Plan) or problems
