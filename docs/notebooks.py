"""Shows the notebooks of ``examples`` as pages, run while the pages are built.

A page that holds nothing but ``<!-- notebook: name.py -->`` becomes that notebook: its words, its
code, and below each piece of code what it prints and what its last line is worth. Nothing is run
in another process and nothing is fetched; a notebook that fails fails the build.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

EXAMPLES = Path(__file__).parents[1] / "examples"
_PLACE = re.compile(r"\s*<!-- notebook: (\w+\.py) -->\s*")
_CELL = re.compile(r"^# %%(?P<kind> \[markdown\])?\n", re.MULTILINE)


def page(path: Path) -> str:
    """Return a notebook in the percent format as a page of MyST, run."""
    _, *parts = _CELL.split(path.read_text("utf-8"))
    names: dict[str, object] = {"__name__": "__main__"}
    said: list[str] = []
    for kind, body in zip(parts[::2], parts[1::2], strict=True):
        text = body.strip("\n")
        if kind:
            said.append(re.sub(r"^# ?", "", text, flags=re.MULTILINE))
        else:
            said += [_fence("python", text), *_run(text, path, names)]
    said.append(
        f"This page is a notebook, {{file}}`examples/{path.name}`, which runs as a script too."
    )
    return "\n\n".join(said) + "\n"


def _run(code: str, path: Path, names: dict[str, object]) -> Iterator[str]:
    """Run a cell and yield what it prints and shows."""
    *before, last = ast.parse(code).body
    shows = isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant)
    printed = StringIO()
    value = None
    with redirect_stdout(printed):
        body = before if shows else [*before, last]
        exec(compile(ast.Module(body, []), str(path), "exec"), names)  # noqa: S102  our own
        if isinstance(last, ast.Expr) and shows:
            value = eval(compile(ast.Expression(last.value), str(path), "eval"), names)  # noqa: S307
    if printed.getvalue():
        yield _fence("text", printed.getvalue().rstrip("\n"))
    if value is not None:
        yield _fence("{raw} html", _shown(value))


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a cell gives
    """Return HTML for the value of a cell: a chart is an SVG, which fetches nothing."""
    if hasattr(value, "to_dict") and hasattr(value, "save"):
        drawn = StringIO()
        value.save(drawn, format="svg")
        said = escape(str(getattr(value, "description", "Charts side by side")), quote=True)
        return f'<figure role="img" aria-label="{said}">{drawn.getvalue()}</figure>'
    if hasattr(value, "_repr_html_"):
        return str(value._repr_html_())
    return f"<pre>{escape(repr(value))}</pre>"


def _fence(kind: str, text: str) -> str:
    return f"``````{kind}\n{text}\n``````"


def show_notebook(app: Sphinx, name: str, source: list[str]) -> None:
    """Put a notebook where a page asks for it."""
    if asked := _PLACE.fullmatch(source[0]):
        path = EXAMPLES / asked[1]
        app.env.note_dependency(str(path))
        source[0] = page(path)


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen for pages that ask for a notebook."""
    app.connect("source-read", show_notebook)
    return {"parallel_read_safe": True}
