"""One plan, written in Markdown, as plain text, HTML, DOCX and PDF.

Each format is made by a package that the readers do not use for it, or from its own markup, so that
a reader is tested against what other programs write.
"""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any, NamedTuple

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = re.compile(r"\[\^([0-9])\]")
_NOTE = re.compile(r"\[\^([0-9])\]: (.*)")


class Part(NamedTuple):
    """A heading, paragraph, item or note of a document."""

    kind: str
    text: str
    level: int = 0


def parts_of(markdown: str) -> list[Part]:
    """Return the parts of a document in simple Markdown."""
    parts: list[Part] = []
    for line in markdown.splitlines():
        words = line.strip()
        if not words:
            parts.append(Part("end", ""))
        elif heading := re.match(r"(#+) (.*)", words):
            parts.append(Part("heading", heading[2], len(heading[1])))
        elif note := _NOTE.match(words):
            parts.append(Part("note", note[2], int(note[1])))
        elif words.startswith("- "):
            parts.append(Part("item", words[2:]))
        elif parts and parts[-1].kind in {"paragraph", "item"}:
            parts[-1] = Part(parts[-1].kind, f"{parts[-1].text} {words}")
        else:
            parts.append(Part("paragraph", words))
    return [part for part in parts if part.kind != "end"]


def _superscript(text: str) -> str:
    return _MARK.sub(lambda match: _SUPERSCRIPTS[int(match[1])], text)


def as_text(markdown: str) -> str:
    """Return the document as plain text: headings are lines like any other."""
    lines: list[str] = []
    before = ""
    for part in parts_of(markdown):
        text = _superscript(part.text)
        if part.kind == "item":
            lines += [f"- {text}"] if before == "item" else ["", f"- {text}"]
        elif part.kind == "note":
            lines += ["", f"{_SUPERSCRIPTS[part.level]} {text}"]
        else:
            lines += ["", text]
        before = part.kind
    return "\n".join(lines)


def as_html(markdown: str) -> str:
    """Return the document as a page of a government site, with its footnotes at the end."""
    body: list[str] = []
    notes: list[str] = []
    before = ""
    for part in parts_of(markdown):
        text = html.escape(part.text, quote=False).replace("&lt;http", "http").replace("&gt;", "")
        text = _MARK.sub(
            r'<sup id="fnref:\1"><a href="#fn:\1" class="govuk-link" role="doc-noteref">'
            r"[footnote \1]</a></sup>",
            text,
        )
        if before == "item" and part.kind != "item":
            body.append("</ul>")
        match part.kind:
            case "heading":
                body.append(f"<h{part.level}>{text}</h{part.level}>")
            case "item":
                body.append(f"{'' if before == 'item' else '<ul>'}<li>{text}</li>")
            case "note":
                notes.append(f'<li id="fn:{part.level}" role="doc-endnote"><p>{text}</p></li>')
            case _:
                body.append(f"<p>{text}</p>")
        before = part.kind
    if before == "item":
        body.append("</ul>")
    return (
        "<!DOCTYPE html><html><head><title>A plan - GOV.UK</title><script>a = 1;</script></head>"
        "<body><header><nav><a href='/'>Home</a></nav></header><main><div class='govspeak'>"
        f"{''.join(body)}<div class='footnotes' role='doc-endnotes'><ol>{''.join(notes)}</ol></div>"
        "</div></main><footer>Crown copyright</footer></body></html>"
    )


def as_docx(markdown: str) -> bytes:
    """Return the document as a DOCX file."""
    document = docx.Document()
    for part in parts_of(markdown):
        if part.kind == "heading":
            document.add_heading(part.text, part.level - 1)
            continue
        style = "List Bullet" if part.kind == "item" else None
        paragraph = document.add_paragraph(style=style)
        if part.kind == "note":
            paragraph.add_run(str(part.level)).font.superscript = True
        for place, piece in enumerate(_MARK.split(part.text.replace("<", "").replace(">", ""))):
            run = paragraph.add_run(piece)
            run.font.superscript = place % 2 == 1
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(markdown: str) -> bytes:
    """Return the document as a PDF with a text layer, and a footer on each page."""
    styles = getSampleStyleSheet()
    story: list[object] = []
    for part in parts_of(markdown):
        text = html.escape(part.text, quote=False).replace("&lt;http", "http").replace("&gt;", "")
        text = _MARK.sub(r"<super size='6'>\1</super>", text)
        match part.kind:
            case "heading":
                story.append(Paragraph(text, styles[f"Heading{part.level}"]))
            case "item":
                item = ListItem(Paragraph(text, styles["BodyText"]))
                story.append(ListFlowable([item], bulletType="bullet", start="•"))
            case "note":
                mark = f"<super size='6'>{part.level}</super> "
                story.append(Paragraph(mark + text, styles["BodyText"]))
            case _:
                story.append(Paragraph(text, styles["BodyText"]))
        story.append(Spacer(1, 4))

    def footer(canvas: Any, template: Any) -> None:
        canvas.drawString(60, 30, "Northshire plan")
        canvas.drawString(500, 30, f"{template.page}")

    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(story, onFirstPage=footer, onLaterPages=footer)
    return stream.getvalue()
