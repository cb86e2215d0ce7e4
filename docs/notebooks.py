"""Shows the notebooks of ``examples`` as pages, run while the pages are built.

A page that holds nothing but ``<!-- notebook: name.py -->`` becomes that notebook: its words, its
code, and below each piece of code what it prints and what its last line is worth, as Jupyter shows
it. The page begins with the notebook to download, in the format of Jupyter and with the same
output. Nothing is run in another process and nothing is fetched; a notebook that fails fails the
build.
"""

from __future__ import annotations

import ast
import re
from contextlib import redirect_stdout
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.v4 import new_output
from sphinx.application import Sphinx

EXAMPLES = Path(__file__).parents[1] / "examples"
DOWNLOADS = Path(__file__).parent / "_build" / "notebooks"
_PLACE = re.compile(r"\s*<!-- notebook: (\w+\.py) -->\s*")


def run(path: Path) -> nbformat.NotebookNode:
    """Return a notebook in the percent format as a notebook of Jupyter, run."""
    book = jupytext.read(path)
    names: dict[str, object] = {"__name__": "__main__"}
    for number, cell in enumerate(book.cells, start=1):
        cell.id = f"cell-{number}"  # random by default
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell.source, path, names, number)
            cell.execution_count = number
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return book


def page(book: nbformat.NotebookNode, name: str) -> str:
    """Return a notebook that has been run as a page of MyST."""
    title, *rest = book.cells
    heading, _, words = title.source.partition("\n")
    link = f"{{download}}`Download this page as a Jupyter notebook <{_download(name)}>`"
    parts = [heading, link, words.strip()]
    for cell in rest:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        else:
            parts.append(_fence("python", cell.source))
            parts += [_shown(output) for output in cell.outputs]
    return "\n\n".join(parts) + "\n"


def _outputs(
    code: str, path: Path, names: dict[str, object], number: int
) -> list[nbformat.NotebookNode]:
    """Run a cell and return what it prints, and what its last line is worth."""
    *before, last = ast.parse(code).body
    shows = isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant)
    printed, value = StringIO(), None
    with redirect_stdout(printed):
        body = before if shows else [*before, last]
        exec(compile(ast.Module(body, []), str(path), "exec"), names)  # noqa: S102  our own
        if isinstance(last, ast.Expr) and shows:
            value = eval(compile(ast.Expression(last.value), str(path), "eval"), names)  # noqa: S307
    text = printed.getvalue()
    outputs = [new_output("stream", name="stdout", text=text)] if text else []
    if value is not None:
        shown = _html(value)
        data = {"text/plain": repr(value), **({} if shown is None else {"text/html": shown})}
        outputs.append(new_output("execute_result", data=data, execution_count=number))
    return outputs


def _html(value: Any) -> str | None:  # noqa: ANN401 - whatever a cell gives
    """Return HTML for a value: a chart is an SVG, which fetches nothing."""
    if hasattr(value, "to_dict") and hasattr(value, "save"):
        drawn = StringIO()
        value.save(drawn, format="svg")
        description = escape(str(getattr(value, "description", "Charts side by side")), quote=True)
        svg = drawn.getvalue().replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
        return f'<figure role="img" aria-label="{description}">{svg}</figure>'
    return str(value._repr_html_()) if hasattr(value, "_repr_html_") else None


def _shown(output: nbformat.NotebookNode) -> str:
    """Return the output of a cell as part of a page."""
    if output.output_type == "stream":
        return _fence("text", output.text.rstrip("\n"))
    html = output.data.get("text/html")
    kind, text = ("text", output.data["text/plain"]) if html is None else ("{raw} html", html)
    return _fence(kind, text)


def _fence(kind: str, text: str) -> str:
    return f"``````{kind}\n{text}\n``````"


def _download(name: str) -> str:
    return f"/_build/notebooks/{Path(name).stem}.ipynb"


def show_notebook(app: Sphinx, name: str, source: list[str]) -> None:
    """Put a notebook where a page asks for it, and its file where the page links it."""
    if asked := _PLACE.fullmatch(source[0]):
        path = EXAMPLES / asked[1]
        app.env.note_dependency(str(path))
        book = run(path)
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        nbformat.write(book, DOWNLOADS / f"{path.stem}.ipynb")
        source[0] = page(book, path.name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen for pages that ask for a notebook."""
    app.connect("source-read", show_notebook)
    return {"parallel_read_safe": True}
