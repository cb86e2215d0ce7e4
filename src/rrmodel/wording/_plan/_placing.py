"""From sections to a plan: every block gets its place, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rrmodel.model import (
    Chapter,
    Citation,
    Commitment,
    Document,
    Fact,
    FactKind,
    Measure,
    PartnerListing,
    Pathway,
    Plan,
    Statement,
    Target,
)
from rrmodel.wording._documents import Source
from rrmodel.wording._facts import read_figures
from rrmodel.wording._plan._draft import Draft, Inherited
from rrmodel.wording._plan._facts import FactReader
from rrmodel.wording._plan._front import front_of
from rrmodel.wording._plan._glossary import Glossary
from rrmodel.wording._plan._headings import (
    PATHWAY_PARTS,
    Headings,
    SectionRole,
    stem_role,
)
from rrmodel.wording._plan._items import Item, items_of
from rrmodel.wording._plan._ledger import Ledger
from rrmodel.wording._plan._listed_pathways import is_list_of_pathways, read_listed_pathway
from rrmodel.wording._plan._measures import Measures
from rrmodel.wording._plan._notes import Notes
from rrmodel.wording._plan._outline import Outline, Section, outline_of
from rrmodel.wording._plan._partners import PartnerRegister, entry_of
from rrmodel.wording._plan._parts import PartReader, is_sentence
from rrmodel.wording._plan._result import ParsedPlan
from rrmodel.wording._plan._targets import TargetReader
from rrmodel.wording._plan._words import Names, has_figure, slug, without_marks
from rrmodel.wording._vocabulary import Vocabulary

__all__ = ["place"]

_STATEMENTS: Final = frozenset(["foreword", "vision", "principles", "values", "monitoring"])
_FACTS: Final[dict[str, FactKind]] = {
    "profile": "context",
    "context": "context",
    "achievements": "achievement",
    "priorities": "priority",
    "funding": "priority",
}
_FUNDS: Final = re.compile(r"\b(?:invest|fund|budget|spend)", re.IGNORECASE)
_PARTNERS: Final = re.compile(
    r"(?:(?:key|our|delivery|main|lead|local) )?(?:partners?|partner agencies)(?: involved)? ?: +"
    r"(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
_LONGEST_ID: Final = 10
_READ: Final = frozenset(["targets", "objectives", "activities"])
"""The parts that make a chapter a pathway, if one of its tables or lists is one of them."""


def place(
    source: Source,
    headings: Headings,
    vocabulary: Vocabulary,
    measures: Iterable[Measure],
    progress: Callable[[int, int], None] | None,
) -> ParsedPlan:
    """Return the plan that a document is."""
    outline = outline_of(source, headings)
    return _Placing(source, outline, vocabulary, Measures(measures)).result(progress)


class _Placing:
    """One document on its way to a plan."""

    def __init__(
        self, source: Source, outline: Outline, vocabulary: Vocabulary, measures: Measures
    ) -> None:
        self._outline = outline
        self._measures = measures
        self._ledger = Ledger()
        self._document = slug(outline.title, _LONGEST_ID)
        self._front = front_of(outline.title, outline.cover, source.blocks)
        for message in self._front.questions:
            self._ledger.general("in question", message)
        self._partners = PartnerRegister(self._front.subject.name)
        self._facts = FactReader()
        self._notes = Notes(outline, self._document, self._ledger)
        self._parts = PartReader(
            self._ledger,
            TargetReader(
                area=self._front.subject.name,
                period=self._front.period,
                measures=measures,
                vocabulary=vocabulary,
            ),
            self._partners,
            self._facts,
            self._notes,
        )
        self._pathway_ids = Names()
        self._chapter_ids = Names()
        self._pathways: list[Pathway] = []
        self._chapters: list[Chapter] = []
        self._statements: dict[str, list[Statement]] = {role: [] for role in _STATEMENTS}
        self._outside: dict[str, Draft] = {role: Draft() for role in _FACTS if role != "context"}
        self._whole = Draft()
        self._whole_path: str | None = None
        self._listings: list[PartnerListing] = []
        self._glossary = Glossary(self._ledger)
        self._items: dict[int, list[Item]] = {}

    def result(self, progress: Callable[[int, int], None] | None) -> ParsedPlan:
        """Return the plan, and what has no place in it."""
        self._note_page()
        chapters = set(map(id, self._outline.chapters))
        for section, role in self._by_role():
            self._items[id(section)] = (
                []
                if section.role == "footnotes"
                else items_of(section, self._document, self._ledger)
            )
            if role == "partners":
                self._read_partners(section, is_bare=id(section) in chapters)
        done, total = 0, len(self._outline.blocks)
        for chapter in self._outline.chapters:
            self._chapter(chapter)
            if progress is not None:
                done += sum(len(section.blocks) for section in chapter.walk())
                progress(done, total)
        return self._ledger.result(self._plan(), self._outline.blocks)

    def _note_page(self) -> None:
        """Note what belongs to the page."""
        for block in self._outline.cover:
            self._ledger.open(block, "cover")
        for block in self._outline.contents:
            self._ledger.open(block, "contents")

    def _by_role(self) -> Iterator[tuple[Section, SectionRole | None]]:
        """Yield every section with its role, or else that of the part that it is in."""

        def walk(
            section: Section, above: SectionRole | None
        ) -> Iterator[tuple[Section, SectionRole | None]]:
            role = section.role or (above if above in PATHWAY_PARTS else None)
            yield section, role
            for inner in section.sections:
                yield from walk(inner, role)

        for chapter in self._outline.chapters:
            yield from walk(chapter, None)

    def _of(self, section: Section) -> list[Item]:
        """Return the items of a section."""
        return self._items[id(section)]

    def _read_partners(self, section: Section, *, is_bare: bool) -> None:
        """Add the names in lists of partners, so that the other parts find them."""
        for item in self._of(section):
            text, _ = without_marks(item.block.text)
            if is_sentence(text) or text.endswith(":"):
                continue
            entry = entry_of(item.row.statement if item.row else text, is_bare=is_bare)
            for name in (*entry.names, *entry.members):
                self._partners.add(name)

    def _chapter(self, chapter: Section) -> None:
        """Read a chapter by its role, or by the roles of the sections in it."""
        role = chapter.role
        if chapter.is_pathway:
            self._pathway(chapter)
        elif role in _STATEMENTS:
            self._statements_of(chapter, str(role))
        elif role == "glossary":
            for section in chapter.walk():
                self._glossary.read(self._of(section))
        elif role == "footnotes":
            return
        elif role == "partners":
            self._partner_list(chapter)
        elif any(section.is_pathway for section in chapter.walk()):
            self._container(chapter)
        elif chapter.sections and role in {"pathways", "objectives", "activities"}:
            self._facts_of(chapter, self._outside["priorities"], "priority")
            for section in chapter.sections:
                self._pathway(section)
        elif role in _FACTS:
            draft = self._outside["profile" if role == "context" else str(role)]
            for section in chapter.walk():
                is_funding = role == "funding" or _FUNDS.search(section.name) is not None
                self._facts_of(section, draft, _FACTS[str(role)], is_funding=is_funding)
        elif role in PATHWAY_PARTS:
            self._whole_path = self._whole_path or chapter.path
            self._part(chapter, str(role), self._whole)
        elif any(self._role_of(item, "text") in _READ for item in self._all(chapter)):
            self._pathway(chapter)
        else:
            self._other(chapter)

    def _all(self, chapter: Section) -> Iterator[Item]:
        """Yield the items of a chapter and of the sections within it."""
        for section in chapter.walk():
            yield from self._of(section)

    def _container(self, chapter: Section) -> None:
        """Read a chapter that has pathways in it."""
        self._facts_of(chapter, self._outside["priorities"], "priority")
        for section in chapter.sections:
            if section.is_pathway or section.role is not None:
                self._chapter(section)
            elif any(inner.is_pathway for inner in section.walk()):
                self._container(section)
            elif chapter.role == "pathways":
                self._pathway(section)
            else:
                self._other(section)

    def _other(self, chapter: Section) -> None:
        """Read a chapter that has no part of a plan: facts, or a list of pathways."""
        draft = Draft()
        listed = [item for item in self._of(chapter) if is_list_of_pathways(item.stem, item.block)]
        for item in listed:
            self._listed(item)
        taken = {id(item.block) for item in listed}
        for section in chapter.walk():
            rest = [item for item in self._of(section) if id(item.block) not in taken]
            self._read_facts(rest, draft, draft.background, "context")
        if draft.background or draft.commitments:
            self._chapters.append(
                Chapter(
                    id=self._chapter_ids.new(slug(chapter.name)),
                    name=chapter.name,
                    facts=tuple(draft.background),
                    partnerships=tuple(draft.partnerships),
                    commitments=tuple(draft.commitments),
                )
            )

    def _listed(self, item: Item) -> None:
        """Read a pathway that is an item of a list."""
        draft = Draft()
        name = read_listed_pathway(item.block, item.citation, draft, self._parts, self._ledger)
        self._pathways.append(self._finished(name, item.citation, draft))

    def _pathway(self, section: Section) -> None:
        draft = Draft()
        self._part(section, "text", draft)
        place = None if section.heading is None else section.heading.place
        citation = Citation(self._document, section.path, place=place)
        self._pathways.append(self._finished(section.name, citation, draft))

    def _finished(self, name: str, citation: Citation, draft: Draft) -> Pathway:
        return Pathway(
            id=self._pathway_ids.new(slug(name)),
            name=name,
            citation=citation,
            background=tuple(draft.background),
            context=tuple(draft.context),
            partnerships=tuple(draft.partnerships),
            targets=tuple(draft.targets),
            objectives=tuple(draft.objectives),
            activities=tuple(draft.activities),
            commitments=tuple(draft.commitments),
        )

    def _part(
        self, section: Section, role: str, draft: Draft, serves: tuple[str, ...] = ()
    ) -> None:
        """Read a section of a pathway by its role, and those within it by theirs.

        A label such as "Objective 1: Fewer people reoffend" names what the activities below serve.
        """
        heading = Inherited.from_words(section.name)
        if section.heading is not None and section.objective is not None:
            citation = Citation(self._document, section.path, place=section.heading.place)
            named = self._parts.objective_named(section.objective, section.heading, citation, draft)
            serves = (named,)
        below, is_below_label = serves, False
        for item in self._of(section):
            if item.objective is not None:
                named = self._parts.objective_named(
                    item.objective, item.block, item.citation, draft
                )
                # labels that follow each other are a list of objectives, and head nothing
                below = () if is_below_label else (named,)
                is_below_label = True
                continue
            is_below_label = False
            if names := _labelled_partners(item):
                self._parts.partner_names(names, item.block, item.citation, draft)
                continue
            stem = Inherited.from_words(item.stem) if item.stem else heading
            inherited = Inherited(
                deadline=stem.deadline or heading.deadline,
                direction=stem.direction,
                serves=below,
            )
            self._entry(item, self._role_of(item, role), draft, inherited)
        for inner in section.sections:
            self._part(inner, inner.role or role, draft, serves)

    def _role_of(self, item: Item, role: str) -> str:
        """Return the part that an item is of: as its table or its stem says, or its section."""
        if item.row is not None and item.row.part is not None:
            return item.row.part
        if role in {"text", "context"} and item.stem and item.block.kind == "item":
            own = stem_role(item.stem)
            return own if own is not None and own in PATHWAY_PARTS else role
        return role

    def _entry(self, item: Item, role: str, draft: Draft, inherited: Inherited) -> None:
        """Read one entry of a part; a stem is not an entry, but gives values to its list."""
        block, citation, row = item.block, item.citation, item.row
        is_stem = block.kind == "paragraph" and block.text.endswith(":")
        match stem_role(block.text) if is_stem and role == "text" else role:
            case "targets" | "objectives" | "activities" | "partners" | "pathways" if is_stem:
                self._ledger.open(block, "stem")
            case "targets":
                self._parts.target(block, citation, draft, inherited, row)
            case "objectives" | "pathways":
                self._parts.objective(block, citation, draft, row)
            case "activities":
                self._parts.activity(block, citation, draft, row, inherited)
            case "partners" if is_sentence(block.text) and block.kind == "paragraph":
                self._read_facts([item], draft, draft.context, "context")
            case "partners":
                self._parts.partner(block, citation, draft, row)
            case "achievements":
                self._read_facts([item], draft, draft.context, "achievement")
            case "funding" | "priorities":
                self._read_facts([item], draft, draft.context, "priority", is_funding=True)
            case _:
                into = draft.background if role == "text" else draft.context
                self._read_facts([item], draft, into, "context", has_targets=True)

    def _facts_of(
        self, section: Section, draft: Draft, kind: FactKind, *, is_funding: bool = False
    ) -> None:
        self._read_facts(self._of(section), draft, draft.background, kind, is_funding=is_funding)

    def _read_facts(
        self,
        items: Iterable[Item],
        draft: Draft,
        into: list[Fact],
        kind: FactKind,
        *,
        is_funding: bool = False,
        has_targets: bool = False,
    ) -> None:
        for item in items:
            money = is_funding or _FUNDS.search(item.stem) is not None
            self._parts.fact(
                item.block,
                item.citation,
                draft,
                into,
                kind,
                is_funding=money,
                has_targets=has_targets,
            )

    def _statements_of(self, chapter: Section, role: str) -> None:
        """Read a chapter of statements; figures in them are commitments or questions."""
        commitments = self._outside["priorities"].commitments
        for section in chapter.walk():
            for item in self._of(section):
                text, _ = without_marks(item.block.text)
                statement = Statement(statement=text, citation=item.citation)
                self._statements[role].append(statement)
                self._ledger.placed(item.block, (statement,))
                if has_figure(text) and read_figures(text):
                    contents = self._facts.read(
                        text, item.citation, "context", is_funding=False, footnotes=(), partners=()
                    )
                    commitments += contents.commitments
                    questions = list(contents.questions)
                    if figures := [
                        str(each.value) for fact in contents.facts for each in fact.figures
                    ]:
                        message = f"a statement has no place for figures, here {', '.join(figures)}"
                        questions.append(("in question", f"{message}: check if one is a target"))
                    self._ledger.placed(item.block, contents.commitments, questions)
                self._parts.candidates(text, item.citation, item.block)

    def _partner_list(self, chapter: Section) -> None:
        """Read the plan's own list of its partners."""
        draft = Draft()
        for section in chapter.walk():
            for item in self._of(section):
                text, _ = without_marks(item.block.text)
                if text.endswith(":"):
                    self._ledger.open(item.block, "stem")
                elif is_sentence(text) and item.block.kind == "paragraph":
                    self._read_facts([item], draft, draft.background, "context")
                else:
                    self._list_partner(item, text)
        if draft.background:
            name = chapter.name
            self._chapters.append(
                Chapter(
                    id=self._chapter_ids.new(slug(name)),
                    name=name,
                    facts=tuple(draft.background),
                    commitments=tuple(draft.commitments),
                )
            )

    def _list_partner(self, item: Item, text: str) -> None:
        entry = entry_of(item.row.statement if item.row else text, is_bare=True)
        names = (*entry.names, *entry.members)
        if entry.members:
            self._partners.add_members(self._partners.add(entry.names[0]), entry.members)
        listings = [
            PartnerListing(
                partner=(identifier := self._partners.add(name)),
                citation=item.citation,
                named_as=self._parts.alias(identifier, name),
            )
            for name in names
        ]
        self._listings += listings
        if listings:
            self._ledger.placed(item.block, listings)
        else:
            self._ledger.unplaced(item.block, "no name of a partner could be read: add it by hand")

    def _plan(self) -> Plan:
        front, outside = self._front, self._outside
        if self._whole != Draft():
            path = self._whole_path or self._outline.title
            citation = Citation(self._document, path)
            self._pathways.append(self._finished(self._outline.title, citation, self._whole))
        if not self._pathways:
            message = (
                "no pathway was found: name chapters or their parts by words that are known, or "
                "add "
                "their words with Headings().with_words(…)"
            )
            self._ledger.general("in question", message)
        footnotes = self._notes.footnotes()
        targets = [target for pathway in self._pathways for target in pathway.targets]
        self._measures.drop_unused(_measure_ids(targets))
        partners = self._partners.partners
        for partner in partners:
            if partner.id in self._partners.guessed:
                message = f"the kind of {partner.name!r} is a guess, {partner.kind}: confirm it"
                self._ledger.general("in question", message, partner)
        commitments: list[Commitment] = [
            commitment for draft in outside.values() for commitment in draft.commitments
        ]
        statements = {role: tuple(each) for role, each in self._statements.items()}
        return Plan(
            id=self._document,
            title=self._outline.title,
            subject=front.subject,
            documents=(Document(id=self._document, title=self._outline.title),),
            period=front.period,
            foreword=statements["foreword"],
            vision=statements["vision"],
            principles=statements["principles"],
            values=statements["values"],
            profile=tuple(outside["profile"].background),
            achievements=tuple(outside["achievements"].background),
            priorities=(*outside["priorities"].background, *outside["funding"].background),
            commitments=tuple(commitments),
            pathways=tuple(self._pathways),
            chapters=tuple(self._chapters),
            monitoring=statements["monitoring"],
            partners=partners,
            partner_list=tuple(self._listings),
            measures=self._measures.used,
            glossary=self._glossary.terms,
            footnotes=footnotes,
        )


def _labelled_partners(item: Item) -> str:
    """Return the names in a line such as "Partners: Nacro, Shelter"."""
    match = _PARTNERS.match(item.block.text) if item.row is None else None
    return item.block.text[match.end() :] if match else ""


def _measure_ids(targets: Iterable[Target]) -> Iterator[str]:
    for target in targets:
        measure = getattr(target, "measure", None)
        if isinstance(measure, Measure):
            yield measure.id
