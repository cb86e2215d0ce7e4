"""How the pages are built: Sphinx, with nothing fetched while building or reading."""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version as version_of
from inspect import isclass, isroutine
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.logging import getLogger

import rrmodel

GROUPS: dict[str, Callable[[object], bool]] = {
    "Functions": isroutine,
    "Classes": lambda value: isclass(value) and not issubclass(value, BaseException),
    "Errors and warnings": isclass,
    "Constants and types": lambda _: True,
}
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # where the notebooks extension stands
logger = getLogger("rrmodel.docs")


def uses() -> Counter[str]:
    """Count the words of the examples: in the scripts, and in the code blocks of the pages."""
    scripts = [path.read_text("utf-8") for path in (HERE.parent / "examples").glob("*.py")]
    pages = [path.read_text("utf-8") for path in HERE.glob("[eht]*/**/*.md")]
    blocks = re.findall("^```.*?^```$", "\n".join(pages), re.DOTALL | re.MULTILINE)
    return Counter(re.findall(r"\w+", "\n".join(scripts + blocks)))


USES = uses()


def inventory(project: str) -> str:
    """Pack ``inventories/<project>.txt`` into the form that intersphinx reads."""
    head = f"# Sphinx inventory version 2\n# Project: {project}\n# Version: \n"
    head += "# The remainder of this file is compressed using zlib.\n"
    lines: list[str] = []
    for line in (HERE / "inventories" / f"{project}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            role, page, *names = line.split()
            anchor = page if "#" in page else f"{page}#$"
            lines += [f"{name} {role} 1 {anchor} -\n" for name in names]
    packed = HERE / "_build" / "inventories" / f"{project}.inv"
    packed.parent.mkdir(parents=True, exist_ok=True)
    packed.write_bytes(head.encode() + zlib.compress("".join(lines).encode()))
    return str(packed)


def resolve_public_home(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Link a name to the page that shows it, wherever its code stands in the package."""
    if node.get("refdomain") != "py":
        return None
    if node["reftarget"] == "date":  # inherited: the heir's own file does not import it
        node["reftarget"] = "datetime.date"
    public = re.sub(r"^(rrmodel\.\w+)(?:\._\w+)+\.", r"\1.", node["reftarget"])
    node["refspecific"] = True  # an error needs no more than its name after "Raises"
    python = env.get_domain("py")
    return python.resolve_xref(env, node["refdoc"], app.builder, "obj", public, node, contnode)


def hide_private_bases(
    app: Sphinx,
    name: str,
    record: type,
    options: object,
    bases: list[type],
) -> None:
    """Name only the bases that a reader can look up; what a private one gives is shown below."""
    bases[:] = [
        base
        for base in bases
        if not base.__module__.startswith("rrmodel.")
        or (
            not base.__module__.startswith("rrmodel._")
            and base.__name__ in import_module(".".join(base.__module__.split(".")[:2])).__all__
        )
    ] or [object]


def keep_colons(
    app: Sphinx,
    what: str,
    name: str,
    record: object,
    options: object,
    lines: list[str],
) -> None:
    """Keep napoleon from reading a sentence up to its colon as a type; ours are annotated."""
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # an empty comment, which shows nothing


def put_functions_first(app: Sphinx) -> None:
    """Order the public names of each module as its table does; entries are in that order."""
    for info in iter_modules(rrmodel.__path__, "rrmodel."):
        if not info.name.startswith("rrmodel._"):
            module = import_module(info.name)
            vars(module)["__all__"] = [*chain.from_iterable(grouped(module).values())]


def summarise(
    app: Sphinx,
    what: str,
    name: str,
    record: object,
    options: object,
    lines: list[str],
) -> None:
    """Begin the page of a module with a table of its names, in the order of its entries."""
    if isinstance(record, ModuleType):
        for title, members in grouped(record).items():
            lines += ["", f".. rubric:: {title}", "", ".. autosummary::", "   :nosignatures:", ""]
            lines += [f"   {member}" for member in members]
        lines.append("")


def grouped(module: ModuleType) -> dict[str, list[str]]:
    """Return the public names of a module, functions first, each group ordered by its uses."""
    groups: dict[str, list[str]] = {}
    for title, is_one in GROUPS.items():
        taken = {name for names in groups.values() for name in names}
        names = [name for name in module.__all__ if is_one(getattr(module, name))]
        if rest := [name for name in names if name not in taken]:
            groups[title] = sorted(rest, key=lambda name: -USES[name])
    return groups


def shorten_defaults(
    app: Sphinx,
    what: str,
    name: str,
    record: object,
    options: object,
    signature: str | None,
    answer: str | None,
) -> tuple[str | None, str | None]:
    """Show that a field has a default; attrs knows it by a name that says nothing."""
    return signature and re.sub(r"attr_dict\['\w+'\]\.default", "...", signature), answer


def lift_notes(app: Sphinx) -> None:
    """Give a package the notes on constants and aliases that stand in its private files."""
    for package in (info for info in iter_modules(rrmodel.__path__, "rrmodel.") if info.ispkg):
        public = ModuleAnalyzer.for_module(package.name)
        public.analyze()
        # Read and not imported, since one of them needs what is not installed here.
        (folder,) = import_module(package.name).__path__
        for file in sorted(Path(folder).rglob("_*.py")):
            private = ModuleAnalyzer.for_file(str(file), package.name)
            private.analyze()
            for (owner, name), note in private.attr_docs.items():
                if not owner:
                    public.attr_docs["", name] = note


def miss_nothing(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each public name that no page shows; a warning fails the build."""
    shown = {entry[0] for entry in env.get_domain("py").get_objects()}
    for module in sorted(name for name in shown if re.fullmatch(r"rrmodel\.\w+", name)):
        for name in import_module(module).__all__:
            if f"{module}.{name}" not in shown:
                logger.warning("no page shows %s.%s: is it without a docstring?", module, name)


def setup(app: Sphinx) -> None:
    """Connect what this file adds to Sphinx."""
    app.connect("builder-inited", put_functions_first)
    app.connect("builder-inited", lift_notes)
    app.connect("env-check-consistency", miss_nothing)
    app.connect("missing-reference", resolve_public_home, priority=400)  # before intersphinx
    app.connect("autodoc-process-bases", hide_private_bases)
    app.connect("autodoc-process-signature", shorten_defaults)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)  # before napoleon's 500
    app.connect("autodoc-process-docstring", summarise)


project = "rrmodel"
author = "The rrmodel authors"
copyright = "2026, The rrmodel authors"  # noqa: A001  Sphinx chose the name
version = release = version_of("rrmodel")
language = "en-GB"

extensions = [
    "myst_parser",
    "notebooks",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "inventories"]
nitpicky = True
nitpick_ignore_regex = [
    # type variables have no page
    ("py:(class|obj)", r"(rrmodel\.\w+\.(_\w+\.)?)?_?[A-Z]\w*(T|_co)"),
    ("py:class", "Quantity|Fraction"),  # pint's generic quantity has no inventory here
]

autodoc_default_options = {
    "inherited-members": "BaseException, Exception, ImportError, object, str, tuple",
    "members": True,
    "member-order": "bysource",
    "show-inheritance": True,
}
autosummary_generate = False  # the tables link to entries on the same page
autodoc_preserve_defaults = True  # a table of marks has no repr that anyone would read
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False

intersphinx_mapping = {
    name: (address, inventory(name))
    for name, address in {
        "altair": "https://altair-viz.github.io",
        "attrs": "https://www.attrs.org/en/stable",
        "cattrs": "https://catt.rs/en/stable",
        "hypothesis": "https://hypothesis.readthedocs.io/en/latest",
        "networkx": "https://networkx.org/documentation/stable",
        "python": "https://docs.python.org/3",
    }.items()
}

myst_enable_extensions = ["deflist", "smartquotes"]
myst_heading_anchors = 3

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = f"rrmodel {release}"
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["wrap.css"]
