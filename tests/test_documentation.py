"""Every example runs: in docstrings, in the README and in the pages."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rrmodel

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def pages() -> dict[str, str]:
    """Return the README and the pages, by their paths from the root."""
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def name_of(requirement: str) -> str:
    """Return the package that a requirement names."""
    return re.split(r"[<>=\[]", requirement)[0]


PAGES = pages()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HAS_EXAMPLES = re.compile(r"^ *```(?:python|console)", re.MULTILINE)
MODULES = [
    rrmodel.__name__,
    *(module.name for module in pkgutil.walk_packages(rrmodel.__path__, "rrmodel.")),
]


WITH_SPARK = {name for name, page in PAGES.items() if "import SparkSession" in page}
SLOW = {
    f"docs/{name}.md": [pytest.mark.slow]
    for name in (
        "how-to/assess-many-areas",
        "how-to/read-parquet-in-object-storage",
        "how-to/test-with-strategies",
        "how-to/use-sql-engines",
        "how-to/write-a-report",
        "tutorial/your-own-region",
    )
}
WITH_EXAMPLES = [
    pytest.param(name, marks=[pytest.mark.spark] if name in WITH_SPARK else SLOW.get(name, []))
    for name, page in PAGES.items()
    if HAS_EXAMPLES.search(page)
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_page_run(name: str) -> None:
    """The examples of a page give its output, in a fresh interpreter and without a warning."""
    warnings = "ignore" if name in WITH_SPARK else "error"  # PySpark warns of pandas 3
    ran = subprocess.run(  # noqa: S603  our own interpreter and our own page
        [sys.executable, "-W", warnings, Path(__file__).with_name("page.py"), name],
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The examples of a docstring give the output shown."""
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert not failed, capsys.readouterr().out


def test_pages_have_no_example_that_is_not_run() -> None:
    """Python is in ``python`` fences, the only ones that are run."""
    other = re.compile(
        r"^```(?:\{code-block\} )?(?:py|pycon|python3|ipython|doctest)\s*$", re.MULTILINE
    )
    assert [name for name, text in PAGES.items() if other.search(text)] == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("install", "docs/how-to/install.md"),
        ("jupyter", "docs/how-to/use-in-a-notebook.md"),
        ("pandas", "docs/how-to/load-figures.md"),
        ("RAG", "docs/explanation/policies.md"),
        ("service", "docs/how-to/use-in-a-service.md"),
    ],
)
def test_a_search_finds_the_page_about_a_word(word: str, name: str) -> None:
    """The word is in a heading or a term of the page, where the search looks first."""
    titles = re.findall(r"^#+ .*|^.*(?=\n: )", PAGES[name], re.MULTILINE)
    assert [title for title in titles if re.search(rf"\b{word}\b", title, re.IGNORECASE)]


def test_a_page_that_lists_others_links_each() -> None:
    """Each page of a hidden table of contents is linked in the text above it."""
    missing = [
        (name, entry)
        for name, page in PAGES.items()
        for entries in re.findall(r"^```{toctree}\n:hidden:\n([^`*]*)```", page, re.MULTILINE)
        for entry in entries.split()
        if f"]({entry}.md)" not in page
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_links_of_a_page_outside_the_docs_lead_to_files(name: str) -> None:
    """The build of the docs checks their links; it does not read these pages."""
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\(([^):#]+)[^)]*\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def imported(code: str) -> set[str]:
    """Return the packages that a script or a session imports."""
    lines = "\n".join(re.findall(r"^(?:>>>|\.\.\.) ?(.*)", code, re.MULTILINE)) or code
    imports = re.findall(r"^ *(?:from|import) +([\w., ]+)", lines, re.MULTILINE)
    names = (name for each in imports for name in each.partition(" import ")[0].split(","))
    return {name.split()[0].partition(".")[0] for name in names}


def test_what_pages_and_examples_import_is_a_dependency() -> None:
    """Each package that a page or an example imports is a dependency of rrmodel or of an extra.

    Who has a cluster has its PySpark.
    """
    extras = PROJECT["optional-dependencies"]
    declared = {
        name_of(requirement).lower()
        for requirements in (PROJECT["dependencies"], *extras.values())
        for requirement in requirements
    }
    code = [
        fence
        for text in PAGES.values()
        for fence in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    ]
    code += [path.read_text("utf-8") for path in (ROOT / "examples").glob("*.py")]
    used = set().union(*map(imported, code)) - set(sys.stdlib_module_names)
    packages = {"yaml": "pyyaml", "dateutil": "python-dateutil"}
    assert {"polars", "rrmodel", "yaml"} <= used
    assert {packages.get(name, name) for name in used} - declared == {"pyspark"}


def test_the_extra_all_has_every_other() -> None:
    """``all`` names each extra once, in order."""
    extras = PROJECT["optional-dependencies"]
    others = ",".join(sorted(set(extras) - {"all"}))
    assert extras["all"] == [f"rrmodel[{others}]"]


def test_the_page_about_installing_has_every_extra() -> None:
    """Each extra is in its table, with the packages that the extra has."""
    table = re.findall(r"^\| `(.*)` \|.*\| (.*) \|$", PAGES["docs/how-to/install.md"], re.MULTILINE)
    shown = {name: set(packages.split(", ")) for name, packages in table}
    extras = PROJECT["optional-dependencies"]
    packages = {name: {name_of(each) for each in extras[name]} for name in extras if name != "all"}
    frames = "duckdb pandas polars pyarrow".split()
    packages["`, `".join(frames)] = set().union(*map(packages.pop, frames))
    assert shown == {"all": {"all of them"}, **packages}


def test_no_page_installs_an_extra_from_an_index() -> None:
    """The package is installed from a checkout, so no page or message asks an index for it."""
    asked = re.compile(r"""pip install\s+['"]?rrmodel""")
    texts = dict(PAGES)
    for folder in ("src", "examples"):
        texts |= {str(path): path.read_text("utf-8") for path in (ROOT / folder).rglob("*.py")}
    assert [name for name, text in texts.items() if asked.search(text)] == []
