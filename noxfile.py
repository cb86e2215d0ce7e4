"""What must hold before a change is accepted. `nox -l` lists the sessions."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.10.16"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = "CI" in os.environ
nox.options.sessions = ["lint", "types", "docs", "wheel", "tests"]

CONSTRAINTS = str(Path(__file__).with_name("constraints.txt"))
PROJECT = nox.project.load_toml("pyproject.toml")
EXTRAS = ",".join(PROJECT["project"]["optional-dependencies"])
OTHER_PYTHONS = nox.project.python_versions(PROJECT)[1:]


def build_wheel(session: nox.Session) -> str:
    """Build the wheel into the session's own folder and return its path."""
    folder = Path(session.create_tmp()) / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("uv", "build", "--quiet", "--wheel", "--out-dir", str(folder))
    (wheel,) = folder.glob("*.whl")
    return str(wheel.resolve())


def install_groups(session: nox.Session, *groups: str) -> None:
    """Install dependency groups at the versions that the constraints name."""
    session.install("-c", CONSTRAINTS, *nox.project.dependency_groups(PROJECT, *groups))


def install_wheel(session: nox.Session, *groups: str) -> None:
    """Install the built wheel, as a user would, with the groups that check it."""
    session.install("-c", CONSTRAINTS, f"{build_wheel(session)}[{EXTRAS}]")
    install_groups(session, *groups)


@nox.session
def tests(session: nox.Session) -> None:
    """Test the built wheel; every branch is reached."""
    install_wheel(session, "tests")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    if not session.posargs:
        session.run("coverage", "report")


@nox.session(python=OTHER_PYTHONS)
def tests_others(session: nox.Session) -> None:
    """Test the built wheel on the other supported Pythons."""
    install_wheel(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session
def floors(session: nox.Session) -> None:
    """Test the built wheel with the lowest versions that it allows."""
    lowest = str(Path(session.create_tmp()) / "lowest.txt")
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--resolution", "lowest-direct"),
        *("--all-extras", "--no-annotate", "--no-header", "-o", lowest),
    )
    session.install("-c", lowest, *nox.project.dependency_groups(PROJECT, "tests"))
    session.install("-r", lowest)
    session.install("--no-deps", build_wheel(session))
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, spelling, layers, metadata and dependencies."""
    install_groups(session, "checks")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("validate-pyproject", "pyproject.toml")
    session.run("lint-imports", "--no-cache", "--no-logo", env={"PYTHONPATH": "src"})
    session.run("deptry", "src")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, and that the whole public interface has them."""
    install_wheel(session, "tests", "types")
    session.run("mypy")
    session.run("pyright", "--pythonpath", str(Path(session.bin) / "python"))
    session.run("pyright", "--verifytypes", "rrmodel", "--ignoreexternal")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages; a warning is an error and nothing is fetched."""
    install_wheel(session, "docs")
    session.run(
        *("sphinx-build", "--nitpicky", "--fail-on-warning", "--keep-going", "--fresh-env"),
        *("--quiet", "--builder", "html", "docs", "docs/_build/html"),
    )


@nox.session
def wheel(session: nox.Session) -> None:
    """Check the wheel, and that it works where only its own dependencies are."""
    built = build_wheel(session)
    session.install("-c", CONSTRAINTS, built)
    session.run("python", "-c", "import rrmodel")
    said = session.run("rrmodel", "--help", silent=True, success_codes=[1, 2])
    if "rrmodel[cli]" not in str(said) or "Traceback" in str(said):
        session.error(
            f"without click, `rrmodel` must name the extra that it needs; it said:\n{said}"
        )
    install_groups(session, "checks")
    session.run("check-wheel-contents", built)


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Write constraints.txt anew from pyproject.toml."""
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade", "--universal"),
        *("--python-version", "3.11", "--all-extras"),
        *(f"--group={group}" for group in PROJECT["dependency-groups"]),
        *("--no-emit-index-url", "--no-annotate", "--no-header", "-o", CONSTRAINTS),
    )
