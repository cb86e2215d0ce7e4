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
from pathlib import Path
from statistics import median

ROUNDS = 10
PACKAGES = "import attrs, dateutil.relativedelta, fractions, decimal"
COMMAND = str(Path(sysconfig.get_path("scripts"), "rrmodel"))
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


def main(rounds: int) -> None:
    """Print the median times of both racers, their ratio and the goal."""
    print(f"{'':18} {'ms':>6} {'against':>8} {'ratio':>6} {'goal':>5}")
    for name, command, imports, goal in RACES:
        rival = [sys.executable, "-c", imports]
        for racer in (command, rival):
            seconds(racer)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            ours.append(seconds(command))
            theirs += (seconds(rival), seconds(rival))
            ours.append(seconds(command))
        mine, other = median(ours), median(theirs)
        print(f"{name:18} {mine * 1e3:6.1f} {other * 1e3:8.1f} {mine / other:6.2f} {goal:5.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
