"""Every reader, fed with damaged files for a stated time, must end in our own errors only.

Run it with ``python benchmarks/fuzz_readers.py yaml 600``: the reader and the seconds. The texts
are the bundled files and the specimens, damaged by a generator whose seed is printed. It prints
how many were read, how many refused, the slowest, and each finding with the text that made it.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from rrmodel import datasets, io
from rrmodel.errors import RrmodelError

SPECIMENS = Path(__file__).parents[1] / "tests" / "specimens"
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
    specimens = sorted(SPECIMENS.glob("*.yaml"))
    records = [
        *(datasets.load(name) for name in datasets.names()),
        *(io.load(path) for path in specimens),
    ]
    plans = [record for record in records if hasattr(record, "pathways")]
    if layout == "toml":
        source = 'schema_version = "1"\nkind = "plan"\nid = "p"\ntitle = "P"\npathways = []\n'
        return [f"{source}[subject]\nkind = 'region'\nid = 'r'\nname = 'R'\n".encode()]
    if layout == "stratml":
        return [io.dumps(plan, format="stratml").encode() for plan in plans]
    return [
        io.dumps(record, format="json" if layout == "json" else "yaml").encode()
        for record in records
    ]


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


def reader(layout: str) -> Callable[[bytes], object]:
    """Return what reads bytes of a format."""
    if layout == "stratml":
        return lambda made: io.read_stratml(made, name="fuzz")
    return lambda made: io.loads(
        made.decode("utf-8", "replace"),
        format=layout,
        name="fuzz",  # type: ignore[arg-type]
    )


def main(layout: str, seconds: float, seed: int = 1) -> int:
    """Fuzz one reader and return how many findings there were."""
    warnings.simplefilter("ignore")
    chance = random.Random(seed)  # noqa: S311 - to damage files, the same in each run
    sources, read = texts(layout), reader(layout)
    executions = accepted = findings = 0
    slowest = 0.0
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        made = damaged(chance.choice(sources), chance)
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
