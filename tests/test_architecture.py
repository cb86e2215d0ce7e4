"""The package as a whole: layers, light imports, names, versions, dependencies."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import pickle
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
from rrmodel.errors import MissingExtraError

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MODULES = [
    rrmodel.__name__,
    *(module.name for module in pkgutil.walk_packages(rrmodel.__path__, "rrmodel.")),
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


def late_imports(tree: ast.Module) -> list[ast.stmt]:
    """Return the imports that only type checkers see, for names that load on first use."""
    blocks = [statement for statement in tree.body if isinstance(statement, ast.If)]
    return [inner for block in blocks for inner in block.body]


def offered_names(tree: ast.Module, module: ModuleType) -> set[str]:
    """Return the public names of a module: those it defines, and those its own files hand up."""
    names = {name for statement in tree.body for name in defined_names(statement)}
    if hasattr(module, "__path__"):
        for statement in late_imports(tree) or tree.body:
            if isinstance(statement, ast.ImportFrom) and (
                str(statement.module).startswith(f"{module.__name__}.")
            ):
                names |= {alias.asname or alias.name for alias in statement.names}
    return {name for name in names if not name.startswith("_")}


def documented_names(path: Path) -> set[str]:
    """Return the names that a source file defines with a docstring or a note below them."""
    body = ast.parse(path.read_text("utf-8")).body
    names: set[str] = set()
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            has_words = ast.get_docstring(statement) is not None
        else:
            has_words = isinstance(following, ast.Expr) and isinstance(
                following.value, ast.Constant
            )
        if has_words:
            names.update(defined_names(statement))
    return names


def test_imports_keep_the_contracts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Layers, cycles and importers of heavy packages are as ``pyproject.toml`` says."""
    monkeypatch.setattr(sys, "path", sys.path.copy())
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def modules_loaded_by(program: str) -> set[str]:
    """Return the modules that a new interpreter loads for a program."""
    ask = f"{program}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(  # noqa: S603  our own interpreter and our own words
        [sys.executable, "-c", ask],
        check=True,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("COV")},
    )
    return set(json.loads(answer.stdout.splitlines()[-1]))


def packages_of(modules: set[str]) -> set[str]:
    """Return the heavy packages and those of rrmodel's own modules that are among the modules."""
    own = {".".join(name.split(".")[:2]) for name in modules if name.startswith("rrmodel.")}
    return own | ({name.partition(".")[0] for name in modules} & {*HEAVY, "attr", "dateutil"})


CORE = {
    "attr",
    "dateutil",
    "rrmodel._on_first_use",
    "rrmodel._pydantic",
    "rrmodel.errors",
    "rrmodel.numerals",
}
MODEL = CORE | {"rrmodel.model", "rrmodel.periods", "rrmodel.quantities", "rrmodel.records"}
EVALUATION = MODEL | {"rrmodel.evaluation", "rrmodel.inference"}
PROGRAM = {"click", "rrmodel._on_first_use", "rrmodel.cli"}


@pytest.mark.parametrize(
    ("program", "loaded"),
    [
        pytest.param("import rrmodel", {"rrmodel._on_first_use"}, id="the package"),
        pytest.param("import rrmodel; dir(rrmodel)", {"rrmodel._on_first_use"}, id="dir"),
        pytest.param(
            "import rrmodel; hasattr(rrmodel, '__wrapped__')", {"rrmodel._on_first_use"}, id="probe"
        ),
        pytest.param("import rrmodel as rr; rr.model", MODEL, id="a module"),
        pytest.param("from rrmodel import Plan", MODEL, id="a record"),
        pytest.param(
            "from rrmodel import Percentage",
            CORE - {"dateutil"} | {"rrmodel.quantities"},
            id="a quantity",
        ),
        pytest.param("from rrmodel import evaluate", EVALUATION, id="a function"),
        pytest.param("from rrmodel import *", EVALUATION, id="the core"),
        pytest.param("from rrmodel.cli import main; main(['--version'])", PROGRAM, id="--version"),
        pytest.param("from rrmodel.cli import main; main(['--help'])", PROGRAM, id="--help"),
    ],
)
def test_an_import_loads_only(program: str, loaded: set[str]) -> None:
    """A program loads its own part of rrmodel, and none of the heavy packages."""
    assert packages_of(modules_loaded_by(program)) == loaded


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["show", "-h"], id="help"),
        pytest.param(["show", "hmp-leeds-regimes", "--format", "json"], id="JSON"),
        pytest.param(["check", "hmp-leeds-regimes", "--format", "csv"], id="table"),
    ],
)
def test_rich_is_loaded_for_a_page_only(words: list[str]) -> None:
    """A command that prints no page does not load rich."""
    program = f"from rrmodel.cli import main; main({words})"
    assert "rich" not in packages_of(modules_loaded_by(program))


def test_inference_loads_one_method_at_a_time() -> None:
    """A method of inference is loaded without those that it does not need."""
    loaded = modules_loaded_by("from rrmodel.inference import wilson_interval")
    assert "rrmodel.inference._proportions" in loaded
    assert not loaded & {"rrmodel.inference._funnel", "rrmodel.inference._forecast"}


LATE = ["rrmodel", "rrmodel.inference"]


class TestFirstUse:
    """Names and modules of a package are loaded when they are first used."""

    @pytest.mark.parametrize("name", [name for name in PUBLIC if name.count(".") == 1])
    def test_each_public_module_is_an_attribute(self, name: str) -> None:
        """In a new interpreter ``rrmodel.x`` works after ``import rrmodel`` alone."""
        modules_loaded_by(f"import rrmodel as rr; assert rr.{name[8:]}.__name__ == {name!r}")

    def test_type_checkers_see_each_public_module(self) -> None:
        """The imports for type checkers name the public modules, all of them and no others."""
        tree = ast.parse(inspect.getsource(rrmodel))
        listed = [
            f"rrmodel.{alias.name}"
            for statement in late_imports(tree)
            if isinstance(statement, ast.ImportFrom) and statement.module == "rrmodel"
            for alias in statement.names
        ]
        assert listed == sorted(name for name in PUBLIC if name.count(".") == 1)

    @pytest.mark.parametrize("name", LATE)
    def test_dir_names_what_is_not_loaded_yet(self, name: str) -> None:
        """Completion offers every name, loaded or not."""
        package = importlib.import_module(name)
        below = {each.rpartition(".")[2] for each in PUBLIC if each.startswith(f"{name}.")}
        assert {each for each in dir(package) if each[0] != "_"} == {*package.__all__, *below}
        assert "__doc__" in dir(package)

    @pytest.mark.parametrize("name", LATE)
    def test_a_star_import_gives_every_name(self, name: str) -> None:
        """``from rrmodel import *`` binds the names in ``__all__``."""
        names = importlib.import_module(name).__all__
        modules_loaded_by(f"from {name} import *; assert set({names}) <= set(globals())")

    @pytest.mark.parametrize("name", LATE)
    def test_each_name_can_be_pickled(self, name: str) -> None:
        """A class or function that was loaded late is pickled by its own home."""
        package = importlib.import_module(name)
        values = [getattr(package, each) for each in package.__all__]
        for value in values:
            assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301

    @pytest.mark.parametrize(
        ("name", "wrong", "advice"),
        [
            ("rrmodel", "Percentge", "did you mean 'Percentage'?"),
            ("rrmodel", "dataset", "did you mean 'datasets'?"),
            ("rrmodel", "zzz", "choose from 'STRAIGHT_LINE', 'Activity', "),
            ("rrmodel.inference", "wilson_intervals", "did you mean 'wilson_interval'?"),
        ],
    )
    def test_a_wrong_name_gets_advice(self, name: str, wrong: str, advice: str) -> None:
        """A misspelt name is an ``AttributeError`` with the name that was meant."""
        message = re.escape(f"module '{name}' has no attribute '{wrong}': {advice}")
        with pytest.raises(AttributeError, match=message):
            getattr(importlib.import_module(name), wrong)

    def test_a_wrong_import_is_an_import_error(self) -> None:
        """``from rrmodel import`` fails as for any other package."""
        with pytest.raises(ImportError, match="cannot import name 'Percentge'"):
            exec("from rrmodel import Percentge")  # noqa: S102 - type checkers refuse it

    def test_help_works_without_the_extras(self) -> None:
        """A module whose packages are not installed is passed over by tools that ask for all."""
        program = "import sys; sys.modules['hypothesis'] = None; import pydoc, rrmodel\n"
        modules_loaded_by(program + "assert 'Percentage' in pydoc.render_doc(rrmodel)")

    def test_a_missing_package_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A module whose packages are not installed says which to install, and ``from`` too."""
        monkeypatch.delattr(rrmodel, "testing", raising=False)
        monkeypatch.delitem(sys.modules, "rrmodel.testing", raising=False)
        monkeypatch.delitem(sys.modules, "rrmodel.testing._observation_sets", raising=False)
        monkeypatch.setitem(sys.modules, "hypothesis", None)
        message = r"^rrmodel\.testing needs hypothesis: pip install hypothesis \(extra: testing\)$"
        with pytest.raises(AttributeError, match=message):
            getattr(rrmodel, "testing")  # noqa: B009 - only the access matters
        with pytest.raises(MissingExtraError, match=message):
            exec("from rrmodel import testing")  # noqa: S102 - as above

    def test_a_broken_installation_is_not_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A missing part of rrmodel is not called a missing package."""
        monkeypatch.delattr(rrmodel, "units", raising=False)
        monkeypatch.setitem(sys.modules, "rrmodel.units", None)
        with pytest.raises(ModuleNotFoundError, match=r"rrmodel\.units"):
            getattr(rrmodel, "units")  # noqa: B009 - only the access matters

    def test_private_names_are_not_searched(self) -> None:
        """Names that only tools ask for get the plain error."""
        with pytest.raises(AttributeError, match=r"has no attribute '_repr_html_'$"):
            getattr(rrmodel, "_repr_html_")  # noqa: B009 - type checkers refuse it


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
    """Every name in ``__all__`` has a docstring or a note, so that its page shows it."""
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
    paths = {path for pattern in (*top, *below) for path in ROOT.glob(pattern) if path.is_file()}
    left_behind = {"__pycache__", "_build"}
    return sorted(path for path in paths if not left_behind & set(path.relative_to(ROOT).parts))


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
    """A package that is in several places of ``pyproject.toml`` has the same bound in each."""
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
    assert {
        name: lower_bounds for name, lower_bounds in bounds.items() if len(lower_bounds) > 1
    } == {}
