"""How long rrmodel takes to start, against what it is built on.

Run it with ``python benchmarks/start.py``, or with another number of rounds as its argument. Each
racer is a whole process; its time is the CPU time, user and system, that the operating system
reports for it (POSIX only). The two racers run in turns, A B B A, and the ratio is that of the
medians. Python writes its bytecode in a first run that is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path

from results import Measured, Result, at_most, race, show, times_slower

ROUNDS = 10
PACKAGES = "import attrs, dateutil.relativedelta, fractions, decimal"
COMMAND = str(Path(sysconfig.get_path("scripts"), "rrmodel"))
HEAVY = ("pint", "networkx", "cattrs", "narwhals", "numpy")
RACES = (
    ("import rrmodel", [sys.executable, "-c", "import rrmodel"], PACKAGES, 1.2),
    ("every core name", [sys.executable, "-c", "from rrmodel import *"], PACKAGES, 2.0),
    ("rrmodel --version", [COMMAND, "--version"], "import click", 2.0),
    ("rrmodel --help", [COMMAND, "--help"], "import click", 2.0),
)
"""A name, the command that races, the imports that it races against, and the goal."""


def seconds(command: list[str]) -> float:
    """Return the CPU time of one run of a command."""
    environment = {
        key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime


def measure(rounds: int = ROUNDS) -> Measured:
    """Race the start of each command against the imports."""
    results: list[Result] = []
    for name, command, imports, goal in RACES:
        rival = [sys.executable, "-c", imports]
        racers = {"ours": partial(seconds, command), imports: partial(seconds, rival)}
        for racer in racers.values():
            racer()
        results.append(times_slower("Start", name, race(racers, rounds), imports, at_most(goal)))
    code = f"import sys; from rrmodel import *; print(sum(n in sys.modules for n in {HEAVY}))"
    loaded = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    name = f"packages loaded of {', '.join(HEAVY)}"
    results.append(Result("Start", name, int(loaded.stdout), "packages", at_most(0)))
    return Measured(tuple(results))


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
