"""The command line: judge a plan, look at it, check it, and write it in other formats.

``rrmodel evaluate PLAN`` judges the promises of a plan on a day, and ``rrmodel show PLAN`` lists
what the plan holds; ``rrmodel -h`` names every command. They need the extra ``cli``. A command ends
with 0 if all went well, with 1 if ``--fail-on`` found what it looks for, and with 2 for input that
cannot be used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rrmodel.errors import MissingExtraError, requires_extra

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error of rrmodel leaves it.

    >>> main(["--version"])
    rrmodel 0.1.0
    0

    Args:
        arguments: The words after ``rrmodel``; those of the process if left out.
    """
    try:
        with requires_extra("The command line", "cli"):
            from rrmodel.cli._commands import run  # noqa: PLC0415 - click is an extra
    except MissingExtraError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return run(sys.argv[1:] if arguments is None else arguments)
