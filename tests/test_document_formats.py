"""The blocks that the reader of each format makes of documents."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.pdfgen.canvas import Canvas

from rrmodel.errors import LoadError
from rrmodel.wording import _documents as documents
from rrmodel.wording._documents import Block, read_source
from rrmodel.wording._documents import _pdf as pdf
from rrmodel.wording._documents import _pdf_lines as pdf_lines

Shape = tuple[str, str]


def blocks(document: Any, form: Any = None) -> list[Shape]:
    """Return the kind and words of each block."""
    return [(block.kind, block.text) for block in read_source(document, form).blocks]


class TestText:
    """Plain text."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("One\r\ntwo\rthree", [("paragraph", "One two three")]),
            (
                "Support for pris-\noners in 2022-\n25",
                [("paragraph", "Support for prisoners in 2022-25")],
            ),
            ("soft\u00ad\nware", [("paragraph", "software")]),
            (
                "well-being\n\nour well-\nbeing",
                [("paragraph", "well-being"), ("paragraph", "our well-being")],
            ),
            (
                "ﬁrst\u00a0oﬃce — **bold** <https://a.org>",
                [("paragraph", "first office — bold https://a.org")],
            ),
            ("Title\n=====\n\nPart\n----", [("heading", "Title"), ("heading", "Part")]),
            ("- one\n  two\n- three", [("item", "one two"), ("item", "three")]),
            ("We will:\n- one", [("paragraph", "We will:"), ("item", "one")]),
            ("5 areas\n– Derby,\nLeeds", [("paragraph", "5 areas – Derby, Leeds")]),
            ("1. one\n2) two", [("item", "one"), ("item", "two")]),
            (
                "…\n\n- \n\n-5 below",
                [("furniture", "…"), ("furniture", "-"), ("paragraph", "-5 below")],
            ),
            ("¹ One\n² Two", [("note", "One"), ("note", "Two")]),
            ("[2] Two\n\n[see] this", [("note", "Two"), ("paragraph", "[see] this")]),
            (
                "Page 3 of 9\n\n* * *\n\nText",
                [
                    ("furniture", "Page 3 of 9"),
                    ("furniture", "* * *"),
                    ("paragraph", "Text"),
                ],
            ),
            ("One\fTwo", [("paragraph", "One"), ("paragraph", "Two")]),
            ("a\tb\n\t\nHomes .... 3", [("row", "a | b"), ("row", "Homes | 3")]),
            (
                "Homes\n40\n\n40\n\n3",
                [("paragraph", "Homes 40"), ("paragraph", "40"), ("paragraph", "3")],
            ),
            ("2\n\nA\n\n3", [("furniture", "2"), ("paragraph", "A"), ("furniture", "3")]),
            (
                "- item\n-----\nText",
                [("item", "item"), ("furniture", "-----"), ("paragraph", "Text")],
            ),
            (
                "One\nTwo\n-----\nThree",
                [("paragraph", "One Two"), ("furniture", "-----"), ("paragraph", "Three")],
            ),
            ("\u200b\n\nHomes ....", [("paragraph", "Homes ....")]),
            ("only\t", [("paragraph", "only")]),
        ],
    )
    def test_shapes(self, text: str, expected: list[Shape]) -> None:
        """Lines, lists, rules, rows and notes are what they look like."""
        assert blocks(text, "text") == expected

    def test_lines_and_depths(self) -> None:
        """A block knows its lines, an item its depth and number."""
        first, second, third = read_source("One\ntwo\n\n- a\n    - b", "text").blocks
        assert (first.line, first.last_line) == (1, 2)
        assert (second.level, third.level, third.line) == (0, 1, 5)


class TestMarkdown:
    """Markdown."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "# A\n\ntext[^1] <sup>2</sup>\n\n[^1]: One\n[^2]: Two",
                [("heading", "A"), ("paragraph", "text¹ ²"), ("note", "One"), ("note", "Two")],
            ),
            (
                "- a\n  - b\n\n  more\n- c",
                [("item", "a"), ("item", "b"), ("paragraph", "more"), ("item", "c")],
            ),
            ("| a | b |\n|---|---|\n| c | d |", [("row", "a | b"), ("row", "c | d")]),
            ("a  \nb `c` ![pic](x.png) [l](http://x)", [("paragraph", "a b c pic l")]),
            (
                "```\ncode\n```\n\n<div>html</div>\n\n<!-- no -->",
                [("paragraph", "code"), ("paragraph", "html")],
            ),
            ("    indented\n\n¹ note", [("paragraph", "indented"), ("note", "note")]),
            ("---\n\nA", [("paragraph", "A")]),
        ],
    )
    def test_shapes(self, text: str, expected: list[Shape]) -> None:
        """Lists, tables, footnotes, code and markup keep their words."""
        assert blocks(text, "markdown") == expected


class TestHtml:
    """HTML."""

    @pytest.mark.parametrize(
        ("markup", "expected"),
        [
            (
                "<div>a<p>b</p>c <b>d</b><br>e</div>",
                [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c d e")],
            ),
            (
                "<ul><li>a<ul><li>b</li></ul></li><ul><li>c</li></ul>x<p>y</p><li></li></ul>",
                [("item", "a"), ("item", "b"), ("item", "c")],
            ),
            (
                "<ol start=3><li><p>a</p><p>b</p></li><li><p>c<ol><li>d</li></ol></li></ol>",
                [("item", "a b"), ("item", "c"), ("item", "d")],
            ),
            (
                "<ul><li>a <div>b<ul><li>c</li></ul></div> d</li></ul>",
                [("item", "a b d"), ("item", "c")],
            ),
            ("<ol start=x><li>a</li></ol>", [("item", "a")]),
            (
                "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td></td></tr><tr><td></td></tr></table>",
                [("row", "a | b"), ("row", "c |")],
            ),
            ("<p aria-hidden='true'>n</p><div role='search'>n</div><p>a</p>", [("paragraph", "a")]),
            ("<dl><dt>a</dt><dd>b</dd><dd></dd></dl>", [("row", "a | b")]),
            (
                "<nav>n</nav><div class='cookie'>n</div><p hidden>n</p><h2> </h2><p>a</p>",
                [("paragraph", "a")],
            ),
            (
                "<p>a<sup>1</sup> 10<sup>th</sup> <a role='doc-backlink' href='#'>b</a></p>",
                [("paragraph", "a¹ 10th")],
            ),
            ("<p>a <span>b<script>x</script><!-- c -->d</span></p>", [("paragraph", "a b d")]),
            ("<a>a<div>b</div></a>", [("paragraph", "a"), ("paragraph", "b")]),
            ("<div class='footnotes'><ol><li>n</li></ol></div>", [("note", "n")]),
            ("<section><p>¹ n</p></section>", [("note", "n")]),
            ("<svg><p>a</p></svg><custom-tag>b</custom-tag>", [("paragraph", "b")]),
            ("<p>a</p><?php x ?><!-- c -->", [("paragraph", "a")]),
        ],
    )
    def test_shapes(self, markup: str, expected: list[Shape]) -> None:
        """Blocks, lists, tables, terms, notes; furniture of the page is omitted."""
        assert blocks(markup, "html") == expected

    def test_deep_markup_ends(self) -> None:
        """Thousands of nested elements are read as their words."""
        for inner, outer in (
            ("<div>", "</div>"),
            ("<span>", "</span>"),
            ("<ul><li>", "</li></ul>"),
        ):
            deep = f"{inner * 400}deep{outer * 400}"
            assert "deep" in " ".join(text for _, text in blocks(f"<p>x</p>{deep}", "html"))

    def test_titles_and_frames(self) -> None:
        """The title is the first heading, or else that of the page without the name of the site."""
        page = "<html><head><title>A plan - GOV.UK</title></head><body><p>a</p></body></html>"
        assert read_source(page).title == "A plan"
        assert read_source("<html><body><h1>B</h1></body></html>").title == "B"
        with pytest.raises(LoadError, match="not HTML"):
            read_source(" ", "html")
        with pytest.raises(LoadError, match="empty"):
            read_source("<html><frameset><frame src='x'></frameset></html>", "html")
        assert blocks("<p>caf\xe9</p>".encode("latin-1"), "html") == [("paragraph", "café")]


class TestDocx:
    """DOCX."""

    def saved(self, document: Any) -> bytes:
        """Return the bytes of a document."""
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    def test_shapes(self) -> None:
        """Titles, headings, contents, lists, tables and notes are what their styles say."""
        document = docx.Document()
        document.core_properties.title = "A plan"
        document.add_heading("Title", 0)
        document.add_heading("Chapter", 1)
        document.add_paragraph("")
        document.add_paragraph("Body")
        document.add_paragraph("• by hand")
        document.add_paragraph("second level", style="List Bullet 2")
        document.add_paragraph("numbered", style="List Number")
        document.add_paragraph("in a list", style="List Paragraph")
        item = document.add_paragraph("by numbering")
        item._p.get_or_add_pPr().get_or_add_numPr().get_or_add_ilvl().val = 1
        bare = document.add_paragraph("without a level")
        bare._p.get_or_add_pPr().get_or_add_numPr()
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("Homes\t3", style=style)
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Action", "Lead"
        mark = document.add_paragraph("Figure").add_run()
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), "2")
        mark._r.append(reference)
        plain = document.add_paragraph("no style")
        plain._p.style = "Missing"
        notes = (
            b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            b'<w:footnote w:id="1"/><w:footnote w:id="2"><w:p><w:r><w:t>Source</w:t></w:r></w:p>'
            b"</w:footnote></w:footnotes>"
        )
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        source = read_source(self.saved(document))
        assert source.title == "A plan"
        assert [(block.kind, block.text, block.level) for block in source.blocks] == [
            ("heading", "Title", 1),
            ("heading", "Chapter", 2),
            ("paragraph", "Body", 0),
            ("item", "by hand", 0),
            ("item", "second level", 1),
            ("item", "numbered", 0),
            ("paragraph", "in a list", 0),
            ("item", "by numbering", 1),
            ("item", "without a level", 0),
            ("row", "Homes | 3", 0),
            ("row", "Action | Lead", 0),
            ("paragraph", "Figure²", 0),
            ("paragraph", "no style", 0),
            ("note", "Source", 0),
        ]

    def test_other_archives_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A ZIP file that is not DOCX, and one that would not fit in memory."""
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", "words")
        with pytest.raises(LoadError, match="the DOCX file cannot be read"):
            read_source(stream.getvalue())
        monkeypatch.setattr(documents._docx, "_LARGEST", 3)
        with pytest.raises(LoadError, match="unpacks to 5 bytes"):
            read_source(stream.getvalue())


class TestPdf:
    """PDF: pieces of text at places of a page."""

    def drawn(self, *pages: list[tuple[float, float, str, float, str]], title: str = "") -> bytes:
        """Return a PDF with words at places: x, y, words, size and font."""
        stream = BytesIO()
        canvas = Canvas(stream, pagesize=(600, 800))
        canvas.setTitle(title or "untitled")
        for page in pages:
            for x, y, words, size, font in page:
                canvas.setFont(font, size)
                canvas.drawString(x, y, words)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()

    def body(self, x: float, y: float, words: str) -> tuple[float, float, str, float, str]:
        """Return words in the type of the body."""
        return x, y, words, 10, "Helvetica"

    def test_headings_rows_items_and_pages(self) -> None:
        """Size and weight make headings, places make rows and items, edges make page numbers."""
        wide = (
            "A line of the text that goes from the left margin of the "
            "page to the right one, as lines do here"
        )
        page = [
            (50, 750, "Chapter", 18, "Helvetica-Bold"),
            self.body(50, 720, wide),
            self.body(50, 708, "and ends here."),
            self.body(50, 690, "Short line"),
            self.body(50, 678, "Another entry"),
            (50, 660, "Action", 10, "Helvetica-Bold"),
            (300, 660, "Lead", 10, "Helvetica-Bold"),
            self.body(50, 646, "Open hubs"),
            self.body(300, 646, "Nacro"),
            self.body(80, 620, "Indented entry"),
            self.body(80, 608, "Next entry"),
            self.body(50, 580, "¹ A note"),
            self.body(50, 560, "1. A note at the end ↩".replace("↩", "")),
            self.body(50, 530, "----------"),
            self.body(50, 500, "goes on over"),
            self.body(300, 20, "7"),
        ]
        second = [
            self.body(50, 750, "the page."),
            self.body(50, 735, "End."),
            self.body(300, 20, "8"),
        ]
        source = read_source(self.drawn(page, second, title="My plan"))
        assert source.title == "My plan"
        blocks = [(block.kind, block.text) for block in source.blocks]
        assert blocks == [
            ("heading", "Chapter"),
            ("paragraph", f"{wide} and ends here."),
            ("paragraph", "Short line"),
            ("paragraph", "Another entry"),
            ("row", "Action | Lead"),
            ("row", "Open hubs | Nacro"),
            ("item", "Indented entry"),
            ("item", "Next entry"),
            ("note", "A note"),
            ("item", "A note at the end"),
            ("paragraph", "goes on over the page."),
            ("paragraph", "End."),
        ]
        header = next(block for block in source.blocks if block.kind == "row")
        assert header.is_header
        assert source.blocks[-1].page == 2

    def test_columns_are_read_one_by_one(self) -> None:
        """Lines in narrow columns are full where the column ends."""
        page = [
            (50, 750, "Chapter", 18, "Helvetica-Bold"),
            self.body(50, 720, "A narrow column of"),
            self.body(50, 708, "Kent with two lines"),
            self.body(350, 720, "Another one beside"),
            self.body(350, 690, "Far below it here"),
        ]
        assert [block.text for block in read_source(self.drawn(page)).blocks] == [
            "Chapter",
            "A narrow column of Kent with two lines",
            "Another one beside",
            "Far below it here",
        ]

    def test_repeated_lines_are_of_the_page(self) -> None:
        """A footer at one height of most pages is not text, with its number or without."""
        pages = [
            [
                self.body(50, 700, f"Words {n}"),
                self.body(50, 30, "Kent plan"),
                self.body(500, 30, f"{n}"),
            ]
            for n in (1, 2, 3)
        ]
        assert [block.text for block in read_source(self.drawn(*pages)).blocks] == [
            "Words 1",
            "Words 2",
            "Words 3",
        ]

    def test_marks_captions_and_long_headings(self) -> None:
        """A raised number is a mark; other type begins another block; headings may be broken."""
        page = [
            (50, 750, "A long chapter", 18, "Helvetica-Bold"),
            (50, 730, "Name of two lines", 18, "Helvetica-Bold"),
            self.body(50, 700, "Words with a mark"),
            (132, 704, "3", 6, "Helvetica"),
            (50, 690, "a caption", 7, "Helvetica"),
            (50, 660, "Bold heading", 10, "Helvetica-Bold"),
            self.body(50, 648, "text below it"),
            (50, 600, "Far", 30, "Helvetica"),
            (90, 612, "up", 10, "Helvetica"),
        ]
        assert [block.text for block in read_source(self.drawn(page)).blocks] == [
            "A long chapter Name of two lines",
            "Words with a mark³",
            "a caption",
            "Bold heading",
            "text below it",
            "Far",
            "up",
        ]

    def test_printed_web_pages(self) -> None:
        """An entry that leads back to its mark is a note; a page of rules alone has no blocks."""
        line = pdf_lines.Line("1. Source ↩", 1, 1, 50, 700, 10)
        blocks = list(pdf._Pages([line], 600).blocks())
        assert [(block.kind, block.text, block.number) for block in blocks] == [
            ("note", "Source", "1")
        ]
        for words in ("-----", "\x7f"):
            assert list(pdf._Pages([pdf_lines.Line(words, 1, 1, 50, 700, 10)], 600).blocks()) == []

    def test_scanned_and_locked_files_are_refused(self) -> None:
        """A page without text asks for a text layer, a password for a file without one."""
        with pytest.raises(LoadError, match="no text layer"):
            read_source(self.drawn([]))
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.encrypt("secret", algorithm="RC4-128")
        stream = BytesIO()
        writer.write(stream)
        with pytest.raises(LoadError, match="locked with a password"):
            read_source(stream.getvalue())


def test_a_block_is_a_record() -> None:
    """Blocks compare by what they say."""
    one = Block(kind="item", text="a", line=1, last_line=1)
    assert one == Block(kind="item", text="a", line=1, last_line=1)
    assert Path("x") != one
