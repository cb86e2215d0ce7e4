"""The checks of a change: `nox -s tests` runs one of them, `nox` alone those marked with *."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.10.16"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = "CI" in os.environ

# uv trusts the certificates of the system, as pip does: some networks sign TLS traffic again.
os.environ.setdefault("UV_SYSTEM_CERTS", "1")
os.environ.setdefault("UV_NATIVE_TLS", "1")  # its name in uv before 0.11

CONSTRAINTS = str(Path(__file__).with_name("constraints.txt"))
PROJECT = nox.project.load_toml("pyproject.toml")
GROUPS = [f"--group={group}" for group in PROJECT["dependency-groups"]]
NEWEST_PYTHON = nox.project.python_versions(PROJECT)[-1]
IN_PARALLEL = ("--numprocesses=auto", "--dist=worksteal")


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
    """Install the built wheel with all its extras, and the groups that check it."""
    requirements = nox.project.dependency_groups(PROJECT, *groups)
    session.install("-c", CONSTRAINTS, f"{build_wheel(session)}[all]", *requirements)


def run_tests(
    session: nox.Session,
    *program: str,
    profile: str = "fast",
    marks: str = "not spark and not slow",
) -> None:
    """Run the tests in parallel, or only those that the command line names."""
    chosen = session.posargs or IN_PARALLEL
    session.run(*program, "pytest", f"--hypothesis-profile={profile}", "-m", marks, *chosen)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test on the built wheel; the command of the README."""
    install_wheel(session, "tests")
    run_tests(session)


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Run every test with more examples; fail unless every branch of the package is run."""
    # Before Python 3.14, sys.monitoring cannot measure branches, so only this session measures.
    install_wheel(session, "tests")
    session.run("coverage", "erase")
    run_tests(session, "coverage", "run", "-m", profile="ci", marks="not spark")
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Measure every goal for speed and memory; `-- --full` uses the sizes of every goal."""
    install_wheel(session, "tests")
    session.run("python", "benchmarks", *session.posargs)


@nox.session(default=False)
def spark(session: nox.Session) -> None:
    """Run the tests and the pages that need Spark, and so Java 17 or later."""
    install_wheel(session, "tests", "spark")
    session.run("pytest", "-m", "spark", *session.posargs)


@nox.session(default=False)
def thorough(session: nox.Session) -> None:
    """Run every test with ten times the examples of `coverage`; takes long."""
    install_wheel(session, "tests")
    run_tests(session, profile="thorough", marks="not spark")


@nox.session(default=False)
def slow(session: nox.Session) -> None:
    """Run the tests that take long, which `tests` omits."""
    install_wheel(session, "tests")
    run_tests(session, marks="slow")


@nox.session(python=NEWEST_PYTHON, default=False)
def newest(session: nox.Session) -> None:
    """Run every test on the newest supported Python."""
    install_wheel(session, "tests")
    run_tests(session)


@nox.session(default=False)
def floors(session: nox.Session) -> None:
    """Run every test with the lowest versions that pyproject.toml allows."""
    lowest = str(Path(session.create_tmp()) / "lowest.txt")
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--resolution", "lowest-direct"),
        *("--all-extras", "--no-annotate", "--no-header", "-o", lowest),
    )
    session.install("-c", lowest, *nox.project.dependency_groups(PROJECT, "tests"))
    session.install("-r", lowest)
    session.install("--no-deps", build_wheel(session))
    run_tests(session)


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Open the report in Chromium: requests, errors, accessibility, keyboard and print."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        session.error("there is no Chromium: install the package 'chromium', as apt-get does")
    install_wheel(session, "tests", "browser")
    session.run("pytest", *(session.posargs or ["tests/browser"]))


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
    """Check the types with mypy and pyright, both strict."""
    install_wheel(session, "tests", "types")
    session.run("mypy")
    session.run("pyright", "--pythonpath", str(Path(session.bin) / "python"))
    session.run("pyright", "--verifytypes", "rrmodel", "--ignoreexternal")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages in docs/_build/html; a warning is an error."""
    install_wheel(session, "docs")
    session.run(
        *("sphinx-build", "--nitpicky", "--fail-on-warning", "--keep-going", "--fresh-env"),
        *("--quiet", "--builder", "html", "docs", "docs/_build/html"),
    )


@nox.session
def wheel(session: nox.Session) -> None:
    """Check the wheel, and that it works without any optional dependency."""
    built = build_wheel(session)
    session.install("-c", CONSTRAINTS, built)
    session.run("python", "-c", "import rrmodel")
    printed = session.run("rrmodel", "--help", silent=True, success_codes=[1, 2])
    if "(extra: cli)" not in str(printed) or "Traceback" in str(printed):
        session.error(f"without click, `rrmodel` must name the extra `cli`; it printed:\n{printed}")
    install_groups(session, "checks")
    session.run("check-wheel-contents", built)


@nox.session(default=False, venv_backend="none")
def dev(session: nox.Session) -> None:
    """Install rrmodel, editable, and every tool into the environment that runs nox."""
    session.run(
        *(sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable),
        *("-c", CONSTRAINTS, "-e", ".[all]", *GROUPS),
    )


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Write constraints.txt anew from pyproject.toml; `-- --upgrade` takes the newest versions."""
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"),
        *("--python-version", "3.11", "--all-extras", *GROUPS, *session.posargs),
        *("--no-emit-index-url", "--no-annotate", "--no-header", "-o", CONSTRAINTS),
    )
