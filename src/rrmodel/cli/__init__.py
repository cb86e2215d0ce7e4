"""The command line: assess a plan, show it, check it, and write it in other formats.

``rrmodel evaluate PLAN`` assesses the targets of a plan on a day, and ``rrmodel show PLAN`` lists
its contents; ``rrmodel -h`` lists every command. The command line needs the extra ``cli``. A
command ends with exit code 0 for success, 1 if ``--fail-on`` matches, and 2 for input that cannot
be used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Errors of rrmodel become messages.

    >>> main(["--version"])
    rrmodel 0.1.0
    0

    Args:
        arguments: The words after ``rrmodel``. Default: those of the process.

    Returns:
        0 for success, 1 if ``--fail-on`` matches, 2 for input that cannot be used.
    """
    try:
        from rrmodel.cli._commands import run  # noqa: PLC0415 - click may not be installed

        return run(sys.argv[1:] if arguments is None else arguments)
    except ModuleNotFoundError:
        from rrmodel.errors import (  # noqa: PLC0415 - --version does without attrs
            MissingExtraError,
            requires_extra,
        )

        try:
            with requires_extra("The command line", "cli"):
                raise
        except MissingExtraError as error:
            sys.stderr.write(f"{error}\n")
            return 2
