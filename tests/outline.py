"""The elements of a page of HTML, as a test looks at them."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br"}
"""The elements of our pages that have no end."""


class Outline(HTMLParser):
    """The elements of a page, each with its attributes and the text within it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        assert len(dict(attrs)) == len(attrs), "no attribute is given twice"
        self.handle_data("" if tag == "a" else " ")
        if tag not in VOID:
            self._open.append(len(self.elements))
        self.elements.append((tag, dict(attrs), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that SVG closes at once."""
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last one opened."""
        self.handle_data("" if tag == "a" else " ")
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        """Add text to every open element."""
        for place in self._open:
            self.elements[place][2].append(data)

    def of(self, *tags: str, name: str = "") -> list[str]:
        """Return the texts of elements, or one of their attributes."""
        matches = [
            each for each in self.elements if each[0] in tags and (not name or name in each[1])
        ]
        if name:
            return [str(attributes[name]) for _, attributes, _ in matches]
        return [" ".join("".join(words).split()) for _, _, words in matches]
