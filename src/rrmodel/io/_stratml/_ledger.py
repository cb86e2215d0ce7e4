"""A record of the parts of a document that have been read, so that the rest can be reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import attrs

from rrmodel.errors import LoadError, Problem
from rrmodel.io._source_texts import parse
from rrmodel.io._stratml._markup import Element, Instruction, excerpt

__all__ = ["OURS", "Fields", "Ledger"]

Fields: TypeAlias = dict[str, Any]
"""A record as a JSON file holds it."""

OURS = "rrmodel"
"""The name of our instructions."""
_DEEPEST = 20
"""Levels of nesting that an instruction may have; those of a plan have six."""
_MOST_PARTS = 30_000
"""Parts that all instructions may have; those of the longest plan known have three thousand."""


class Ledger:
    """The parts of a document that have been read, and those that are lost."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._taken: set[Element | Instruction] = set()
        self._worded: set[Element] = set()
        self._attributes: set[tuple[Element, str]] = set()
        self._losses: list[Problem] = []
        self._parts = 0

    def accept(self, element: Element) -> None:
        """Mark an element as taken; its text, attributes and parts are not."""
        self._taken.add(element)

    def waiting(self, parent: Element, name: str) -> list[Element]:
        """Return the elements of a name that have not been taken."""
        return [
            child for child in parent.children if child.name == name and child not in self._taken
        ]

    def take(self, parent: Element, name: str) -> Element | None:
        """Take the first element of a name; further ones stay."""
        for child in self.waiting(parent, name)[:1]:
            self.accept(child)
            return child
        return None

    def words(self, element: Element) -> str:
        """Take an element's text."""
        self._worded.add(element)
        return element.text

    def text(self, parent: Element, name: str) -> str:
        """Take an element of a name and its text, which is empty if there is none."""
        child = self.take(parent, name)
        return self.words(child) if child else ""

    def attribute(self, element: Element, name: str) -> str | None:
        """Take an attribute."""
        self._attributes.add((element, name))
        return element.attributes.get(name)

    def instruction(self, element: Element) -> Fields | None:
        """Take the first instruction of ours in an element.

        Raises:
            LoadError: It is not a mapping written as JSON.
        """
        for part in element.instructions:
            if part.name == OURS:
                return self._fields(part, element)
        return None

    def statements(self, element: Element) -> Iterator[tuple[Fields | None, str]]:
        """Take the texts in an element, each with the instruction before it.

        Raises:
            LoadError: An instruction is not a mapping written as JSON.
        """
        fields: Fields | None = None
        words = ""
        self._worded.add(element)
        for part in (*element.content, None):
            if isinstance(part, str):
                words += part
            elif part is None or (isinstance(part, Instruction) and part.name == OURS):
                if words.strip():
                    yield fields, words.strip()
                elif fields is not None:
                    message = "the text of an rrmodel instruction was removed, so it was not read"
                    self.lose(message, element)
                fields, words = (self._fields(part, element) if part else None), ""

    def _fields(self, instruction: Instruction, element: Element) -> Fields:
        self._taken.add(instruction)
        place = Problem("", element.path, self._file, instruction.line)
        try:
            source = parse(instruction.text, format="json", name=self._file)
        except LoadError as error:
            raise LoadError(
                attrs.evolve(place, message=problem.message) for problem in error.problems
            ) from None
        messages = [problem.message for problem in source.problems]
        data = cast("object", source.data)
        if not isinstance(data, dict):
            messages.append("an rrmodel instruction is a mapping written as JSON, not this")
        else:
            levels = list(_levels(cast("Fields", data)))
            self._parts += sum(levels)
            if len(levels) > _DEEPEST:
                messages.append(f"an rrmodel instruction has no more than {_DEEPEST} levels")
            elif self._parts > _MOST_PARTS:
                messages.append(f"rrmodel instructions have no more than {_MOST_PARTS:,} parts")
        if messages:
            raise LoadError(attrs.evolve(place, message=message) for message in messages)
        return cast("Fields", data)

    def refusal(self, message: str, element: Element) -> LoadError:
        """Return an error about an element."""
        return LoadError([Problem(message, element.path, self._file, element.line)])

    def lose(self, message: str, element: Element, line: int | None = None) -> None:
        """Note content that is lost."""
        self._losses.append(Problem(message, element.path, self._file, line or element.line))

    def compare(self, written: Element, drawn: Element) -> None:
        """Take an element that shows what an instruction says, and note where they differ."""
        self.accept(written)
        shown, expected = self.words(written), drawn.text
        if shown.split() != expected.split():
            self.lose(
                f"{written.name} says {excerpt(shown)} where the rrmodel instruction makes it "
                f"{excerpt(expected)}: the instruction counts, change it too",
                written,
            )
        for name in written.attributes:
            if drawn.attributes.get(name) == written.attributes[name]:
                self.attribute(written, name)
        waiting = list(drawn.children)
        for child in written.children:
            for match in [part for part in waiting if part.name == child.name][:1]:
                waiting.remove(match)
                self.compare(child, match)
        for missing in waiting:
            self.lose(
                f"{missing.name} was removed, but the rrmodel instruction still has it: "
                "change that too",
                written,
            )

    def losses(self, root: Element, outside: tuple[Instruction, ...]) -> tuple[Problem, ...]:
        """Return everything that was lost, and whatever has not been taken, in order."""
        for instruction in outside:
            message = f"the instruction {instruction.name!r} is not followed, and was not read"
            self.lose(message, root, instruction.line)
        self._sweep(root)
        return tuple(sorted(self._losses, key=lambda loss: loss.line or 0))

    def _sweep(self, element: Element) -> None:
        for name, value in element.attributes.items():
            if (element, name) not in self._attributes:
                message = f"the attribute {name} {excerpt(value)} has no place, and was not read"
                self.lose(message, element)
        if element.text and element not in self._worded:
            message = f"the text {excerpt(element.text)} has no place here, and was not read"
            self.lose(message, element)
        for instruction in element.instructions:
            if instruction not in self._taken:
                message = (
                    f"the instruction {instruction.name!r} has no place here, so it was not read"
                )
                self.lose(message, element, instruction.line)
        for child in element.children:
            if child in self._taken:
                self._sweep(child)
            elif any(_texts_in(child)):
                text = " ".join(" ".join(_texts_in(child)).split())
                self.lose(f"{child.name} {excerpt(text)} has no place, and was not read", child)


def _texts_in(element: Element) -> Iterator[str]:
    """Yield every text, attribute and instruction in an element."""
    if element.text:
        yield element.text
    yield from element.attributes.values()
    yield from (instruction.text for instruction in element.instructions)
    for child in element.children:
        yield from _texts_in(child)


def _levels(data: object) -> Iterator[int]:
    """Yield how many parts each level of some data has, itself the first."""
    level = [data]
    while level:
        yield len(level)
        level = [child for part in level for child in _parts(part)]


def _parts(part: object) -> list[object]:
    if isinstance(part, dict):
        return list(cast("dict[str, object]", part).values())
    return cast("list[object]", part) if isinstance(part, list) else []
