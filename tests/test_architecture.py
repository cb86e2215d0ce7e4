"""The package as a whole: layers, light imports, names, versions, dependencies."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import attrs
import pytest
import yaml
from importlinter.cli import lint_imports

import rrmodel

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MODULES = [
    rrmodel.__name__,
    *(found.name for found in pkgutil.walk_packages(rrmodel.__path__, "rrmodel.")),
]
PUBLIC = [name for name in MODULES if not any(part.startswith("_") for part in name.split("."))]
HEAVY = (
    "cattrs click hypothesis icalendar lxml narwhals networkx numpy pandas pint polars "
    "pydantic_core python_calamine rich scipy yaml"
).split()


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def defined_names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement at the top of a module defines."""
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def offered_names(tree: ast.Module, module: ModuleType) -> set[str]:
    """Return the public names of a module: what it defines, and what its own files hand up."""
    names = {name for statement in tree.body for name in defined_names(statement)}
    if hasattr(module, "__path__"):
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and (
                f"{statement.module}.".startswith(f"{module.__name__}.")
            ):
                names |= {alias.asname or alias.name for alias in statement.names}
    return {name for name in names if not name.startswith("_")}


def documented_names(path: Path) -> set[str]:
    """Return the names that a source file defines with a docstring or a note below them."""
    body = ast.parse(path.read_text("utf-8")).body
    found: set[str] = set()
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            has_words = ast.get_docstring(statement) is not None
        else:
            has_words = isinstance(following, ast.Expr) and isinstance(
                following.value, ast.Constant
            )
        if has_words:
            found.update(defined_names(statement))
    return found


def test_imports_keep_the_contracts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Layers, cycles and importers of heavy packages are as ``pyproject.toml`` says."""
    monkeypatch.setattr(sys, "path", sys.path.copy())
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_importing_the_package_loads_nothing_heavy() -> None:
    """``import rrmodel`` loads the standard library, attrs and dateutil only."""
    ask = "import json, sys, rrmodel; print(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", ask],
        check=True,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("COV")},
    )
    loaded = {name.partition(".")[0] for name in json.loads(answer.stdout)}
    assert sorted(loaded & set(HEAVY)) == []


@pytest.mark.parametrize("name", PUBLIC)
def test_all_is_exactly_what_a_module_offers(name: str) -> None:
    """``__all__`` has each public name of its module, and nothing else."""
    module = importlib.import_module(name)
    assert set(module.__all__) == offered_names(ast.parse(inspect.getsource(module)), module)


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "rrmodel"])
def test_each_public_module_has_its_page(name: str) -> None:
    """A public module is documented on a page of the reference, which the index lists."""
    page = ROOT / "docs" / "reference" / (name.removeprefix("rrmodel.") + ".md")
    assert re.search(rf"^\.\. automodule:: {name}$", page.read_text("utf-8"), re.MULTILINE)
    assert page.stem in page.with_name("index.md").read_text("utf-8").splitlines()


def test_each_public_name_is_documented() -> None:
    """What ``__all__`` offers has a docstring or a note, so that its page shows it."""
    written: set[str] = set()
    for path in SOURCES:
        written |= {f"{module_of(path)}.{name}" for name in documented_names(path)}
    missing = [
        f"{module}.{name}"
        for module in PUBLIC
        for name in importlib.import_module(module).__all__
        if f"{module}.{name}" not in PUBLIC
        and not any(
            entry.startswith(f"{module}.") and entry.endswith(f".{name}") for entry in written
        )
    ]
    assert missing == []


def test_the_top_level_only_offers_again() -> None:
    """A name that ``rrmodel`` offers is the very object of a public module below it."""
    homes = [importlib.import_module(name) for name in PUBLIC if name != "rrmodel"]
    homeless = [
        name
        for name in rrmodel.__all__
        if not any(
            home is getattr(rrmodel, name)
            or (name in home.__all__ and getattr(home, name) is getattr(rrmodel, name))
            for home in homes
        )
    ]
    assert homeless == []


def test_modules_stay_small() -> None:
    """No module is longer than five hundred lines."""
    long = {
        module_of(path): lines
        for path in SOURCES
        if (lines := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert long == {}


def test_no_module_is_named_for_leftovers() -> None:
    """A module is named for a concept, never for what had no home."""
    leftovers = {"utils", "helpers", "common", "base", "types"}
    assert [name for name in MODULES if name.rpartition(".")[2].lstrip("_") in leftovers] == []


def is_frozen(record: type) -> bool:
    """Return whether an instance of an attrs class refuses to be changed."""
    try:
        object.__new__(record).anything = None
    except attrs.exceptions.FrozenInstanceError:
        return True
    except AttributeError:
        return False
    return False


def test_records_are_frozen() -> None:
    """A record, once made, cannot be changed."""
    records = {
        value
        for name in MODULES
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, type) and value.__module__ == name and attrs.has(value)
    }
    assert len(records) > 1
    assert [record for record in records if not is_frozen(record)] == []


def test_the_version_is_the_same_everywhere() -> None:
    """The metadata, the citation and the changelog name one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    latest = re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)[0]
    assert {project, citation, latest, version("rrmodel")} == {project}


def project_files() -> list[Path]:
    """Return the text files of the repository, without what tools leave behind."""
    top = "*.cff *.md *.py *.toml *.txt .ci/* .gitignore LICENSE NOTICE".split()
    below = (f"{folder}/**/*" for folder in "benchmarks docs examples src tests".split())
    found = {path for pattern in (*top, *below) for path in ROOT.glob(pattern) if path.is_file()}
    left_behind = {"__pycache__", "_build"}
    return sorted(path for path in found if not left_behind & set(path.relative_to(ROOT).parts))


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<![\w~./:}-])/(?:home|root|tmp|Users|work)/", id="path"),
        pytest.param(r"\b(?:pypi|npmjs|pythonhosted|crates|anaconda)\.(?:org|com|io)", id="host"),
        pytest.param(r"--(?:extra-index-url|find-links|index-url)", id="index"),
    ],
)
def test_nothing_names_a_machine_or_a_registry(pattern: str) -> None:
    """The repository works anywhere: no absolute path, no registry of packages."""
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in project_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert named == []


def test_a_dependency_has_one_lower_bound() -> None:
    """A package that stands in several places of ``pyproject.toml`` has the same bound in each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    bounds: dict[str, set[str]] = {}
    for requirements in (
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ):
        for name, bound in (
            requirement.split(">=") for requirement in requirements if ">=" in requirement
        ):
            bounds.setdefault(name.partition("[")[0], set()).add(bound)
    assert {name: found for name, found in bounds.items() if len(found) > 1} == {}
