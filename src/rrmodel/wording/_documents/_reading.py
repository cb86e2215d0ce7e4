"""Documents of every format as blocks."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast, get_args

import attrs

from rrmodel.errors import LoadError, Problem, RecordError, UnknownNameError, did_you_mean
from rrmodel.io._source_files import STANDARD_INPUT, file_name, read_file
from rrmodel.wording._documents._blocks import DocumentFormat, Source
from rrmodel.wording._documents._docx import docx_blocks
from rrmodel.wording._documents._html import html_blocks
from rrmodel.wording._documents._markdown import markdown_blocks
from rrmodel.wording._documents._pdf import pdf_blocks
from rrmodel.wording._documents._text import text_blocks

__all__ = ["LARGEST_DOCUMENT", "read_source"]

LARGEST_DOCUMENT: Final = 50_000_000
"""The most bytes that a document may have."""
_FORMATS: Final[tuple[DocumentFormat, ...]] = get_args(DocumentFormat)
_SUFFIXES: Final[Mapping[str, DocumentFormat]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_MARKDOWN: Final = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_HTML: Final = re.compile(
    r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<(?:!doctype|html)|<(?:head|body|main|article|div"
    r"|section|h[1-6]|p|ul|ol|table)\b)",
    re.IGNORECASE,
)
_START: Final = 2_000


def read_source(
    document: str | bytes | os.PathLike[str], form: DocumentFormat | None = None
) -> Source:
    """Return the blocks of a document: its words, its bytes, or the path of its file.

    Raises:
        LoadError: The document cannot be read.
        RecordError: It is neither a text, nor bytes, nor a path.
        UnknownNameError: There is no such format.
    """
    if form is not None and form not in _FORMATS:
        raise UnknownNameError(f"there is no format {form!r}: {did_you_mean(form, _FORMATS)}")
    match cast("object", document):
        case str() as text:
            return _checked(_of_text(text, form))
        case bytes() as content:
            return _checked(_of_bytes(content, form))
        case os.PathLike():
            return _of_file(cast("os.PathLike[str]", document), form)
        case other:
            raise RecordError(
                f"expected a document, not {type(other).__name__}: pass its text, its bytes or a "
                "pathlib.Path"
            )


def _of_file(path: os.PathLike[str], form: DocumentFormat | None) -> Source:
    content = read_file(path, LARGEST_DOCUMENT)
    name = os.fspath(path)
    suffix = "" if name == STANDARD_INPUT else Path(path).suffix.lower()
    if suffix in {".doc", ".odt", ".rtf"} and form is None:
        message = f"a file of type {suffix} is not read: save it as .docx"
        raise LoadError([Problem(message, "$", file_name(path))])
    try:
        return _checked(_of_bytes(content, form or _SUFFIXES.get(suffix)))
    except LoadError as error:
        problems = [
            Problem(each.message, each.path, file_name(path), each.line, each.column)
            for each in error.problems
        ]
        raise LoadError(problems) from error


def _of_bytes(content: bytes, form: DocumentFormat | None) -> Source:
    # the first bytes of an archive or a PDF say more than the suffix of a file
    if form is None or form in {"docx", "pdf"}:
        if content[:1024].lstrip().startswith(b"%PDF"):
            form = "pdf"
        elif content.startswith(b"PK\x03\x04"):
            form = "docx"
    if form == "pdf":
        blocks, title = pdf_blocks(content)
        return Source(format="pdf", blocks=tuple(blocks), title=title)
    if form == "docx":
        blocks, title = docx_blocks(content)
        return Source(format="docx", blocks=tuple(blocks), title=title)
    if form == "html":
        return _of_html(content)
    return _of_text(_decoded(content), form)


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\x00" in content[:_START]:
            message = "the file is not a text: pass a text, Markdown, HTML, DOCX or PDF file"
        else:
            message = f"byte {error.start} is not UTF-8: save the file in that encoding"
        raise LoadError([Problem(message)]) from error


def _of_text(text: str, form: DocumentFormat | None) -> Source:
    match form or _form_of(text):
        case "html":
            return _of_html(text.encode("utf-8", "replace"))
        case "markdown":
            return Source(format="markdown", blocks=tuple(markdown_blocks(text)))
        case "text":
            return Source(format="text", blocks=tuple(text_blocks(text)))
        case _:
            raise LoadError([Problem(f"a text is not {form}: pass the bytes or the path")])


def _form_of(text: str) -> DocumentFormat:
    """Return the format that the words of a text show."""
    if _HTML.match(text):
        return "html"
    return "markdown" if _MARKDOWN.search(text) else "text"


def _of_html(content: bytes) -> Source:
    blocks, title = html_blocks(content)
    return Source(format="html", blocks=tuple(blocks), title=title)


def _checked(source: Source) -> Source:
    blocks = tuple(block for block in source.blocks if block.text)
    if all(block.kind == "furniture" for block in blocks):
        raise LoadError([Problem("the document is empty: there are no words to read")])
    return attrs.evolve(source, blocks=blocks)
