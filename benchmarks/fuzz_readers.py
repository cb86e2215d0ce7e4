"""Every reader, fed with damaged files for a stated time, must end in our own errors only.

Run it with ``python benchmarks/fuzz_readers.py yaml 600``: the reader (yaml, json, toml, stratml,
csv, xlsx, ods; or, of published documents, text, markdown, html, docx or pdf) and the seconds. A
document that is read must also give a plan file that is read back as an equal plan. The files are
the bundled ones and the specimens, damaged by a generator whose seed is printed; of a workbook or
DOCX file now the archive is damaged, now a part within it. It prints how many were read, the
slowest, and each finding with the bytes that made it.
"""

from __future__ import annotations

import io as streams
import random
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from rrmodel import datasets, frames, io
from rrmodel.errors import RrmodelError
from rrmodel.model import ObservationSet
from rrmodel.wording import DocumentFormat, parse_plan

TESTS = Path(__file__).parents[1] / "tests"
SPECIMENS = TESTS / "specimens"
DOCUMENTS: tuple[DocumentFormat, ...] = get_args(DocumentFormat)
SETS = [datasets.observation_set(name) for name in datasets.observation_sets()]
WORKBOOKS = {"xlsx", "ods"}
ARCHIVES = {*WORKBOOKS, "docx"}
TOML = """
schema_version = "1"
kind = "plan"
id = "p"
title = "P"
subject = {kind = "region", id = "r", name = "R"}
documents = [{id = "d", title = "D", published = "June 2022"}]
measures = [{id = "m", name = "M", counts = "some", out_of = "all", better = "higher"}]
[[pathways]]
id = "work"
name = "Work"
citation = {document = "d"}
[[pathways.targets]]
kind = "reach"
id = "t"
statement = "More work."
citation = {document = "d", item = 1}
measure = "m"
area = "R"
goal = "82.5%"
deadline = "By July 2023"
"""
ODD = [
    "",
    "\0",
    "\ufeff",
    "\ud800",
    "&a",
    "*a",
    "<<",
    "[" * 60,
    "- " * 60,
    "1e999",
    "NaN",
    "null",
    "182%",
]


def texts(layout: str) -> list[bytes]:
    """Return what is damaged: the two bundled plans and every specimen, in one format."""
    if layout in DOCUMENTS:
        return documents(layout)
    specimens = sorted(SPECIMENS.glob("*.yaml"))
    records = [
        *(datasets.load(name) for name in datasets.names()),
        *(io.load(path) for path in specimens),
    ]
    plans = [record for record in records if hasattr(record, "pathways")]
    if layout == "toml":
        return [TOML.encode()]
    if layout == "stratml":
        return [io.dumps(plan, format="stratml").encode() for plan in plans]
    if layout == "csv":
        return [io.dumps_observations(figures).encode() for figures in SETS]
    if layout in WORKBOOKS:
        return [workbook(figures, layout) for figures in SETS]
    return [
        io.dumps(record, format="json" if layout == "json" else "yaml").encode()
        for record in records
    ]


def documents(layout: str) -> list[bytes]:
    """Return the specimens of published documents in one format."""
    sys.path.insert(0, str(TESTS))
    import rendered_documents as rendered  # noqa: PLC0415 - it stands beside the tests

    written = [path.read_text("utf-8") for path in sorted((SPECIMENS / "documents").glob("*.md"))]
    match layout:
        case "docx":
            return [rendered.as_docx(each) for each in written]
        case "pdf":
            return [rendered.as_pdf(each) for each in written]
        case "html":
            pages = sorted((SPECIMENS / "documents").glob("*.html"))
            made = [rendered.as_html(each).encode() for each in written]
            return [*made, *(page.read_bytes() for page in pages)]
        case "text":
            texts = sorted((SPECIMENS / "documents").glob("*.txt"))
            made = [rendered.as_text(each).encode() for each in written]
            return [*made, *(text.read_bytes() for text in texts)]
        case _:
            return [each.encode() for each in written]


def workbook(figures: ObservationSet, layout: str) -> bytes:
    """Return a workbook with the figures in the tidy layout."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"figures.{layout}")
        frames.to_frame(figures.observations, engine="pandas").to_excel(path, index=False)
        return path.read_bytes()


def damaged_workbook(archive: bytes, chance: random.Random) -> bytes:
    """Return a workbook whose archive, or one of whose parts, is damaged."""
    if chance.randrange(3) == 0:
        return damaged(archive, chance)
    made = streams.BytesIO()
    with zipfile.ZipFile(streams.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == victim else part)
    return made.getvalue()


def damaged(text: bytes, chance: random.Random) -> bytes:
    """Return a text with a few bytes cut, moved, repeated or replaced."""
    made = bytearray(text)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(made) + 1)
        end = min(len(made), start + chance.choice([0, 1, 2, 8, 40, 400]))
        match chance.randrange(5):
            case 0:
                del made[start:end]
            case 1:
                made[start:start] = made[start:end]
            case 2:
                odd = chance.choice(ODD).encode("utf-8", "surrogatepass")
                made[start:end] = odd
            case 3:
                made[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
            case _:
                other = chance.randrange(len(made) + 1)
                made[start:end] = made[other : other + end - start]
    return bytes(made)


def reader(layout: str, folder: Path) -> Callable[[bytes], object]:
    """Return what reads bytes of a format."""
    measures = {measure.id: measure for figures in SETS for measure in figures.measures}.values()
    file = folder / f"fuzz.{layout}"

    def read(made: bytes) -> object:
        if layout in DOCUMENTS:
            parsed = parse_plan(made, format=layout)  # type: ignore[arg-type]
            assert io.loads(parsed.to_yaml()) == parsed.plan
            return parsed
        if layout == "stratml":
            return io.read_stratml(made, name="fuzz")
        if layout in WORKBOOKS or layout == "csv":
            file.write_bytes(made)
            return io.load_observations(file, measures=measures)
        text = made.decode("utf-8", "replace")
        return io.loads(text, format=layout, name="fuzz")  # type: ignore[arg-type]

    return read


def main(layout: str, seconds: float, seed: int = 1) -> int:
    """Fuzz one reader and return how many findings there were."""
    warnings.simplefilter("ignore")
    chance = random.Random(seed)  # noqa: S311 - to damage files, the same in each run
    sources, read = texts(layout), reader(layout, Path(tempfile.mkdtemp()))
    damage = damaged_workbook if layout in ARCHIVES else damaged
    executions = accepted = findings = 0
    slowest = 0.0
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        made = damage(chance.choice(sources), chance)
        begun = time.perf_counter()
        try:
            read(made)
            accepted += 1
        except RrmodelError:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever else ends a reader is a finding
            findings += 1
            print(f"FINDING {type(error).__name__}: {error!s:.200} from {made[:200]!r}")
        executions += 1
        slowest = max(slowest, time.perf_counter() - begun)
    print(
        f"{layout}: {executions:,} executions in {seconds:.0f} s (seed {seed}), "
        f"{accepted:,} read, {findings} findings, slowest {slowest:.2f} s"
    )
    return findings


if __name__ == "__main__":
    raise SystemExit(bool(main(sys.argv[1], float(sys.argv[2]))))
