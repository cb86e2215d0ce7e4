"""Files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from rrmodel.errors import DumpError

__all__ = ["replacing", "write_whole"]


def write_whole(content: str | bytes, path: str | os.PathLike[str]) -> None:
    """Write a file whole or not at all. A file that is replaced keeps its permissions.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "note.txt")
    >>> write_whole("82%", path)
    >>> path.read_text()
    '82%'

    Args:
        content: Bytes, or a text, which is written as UTF-8 with the line ends that it has.
        path: Where to write it. A link is followed.

    Raises:
        DumpError: The file cannot be written, or is a device or a pipe. The file that was
            there is unchanged.
    """
    with replacing(path) as finished:
        finished.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Generator[Path]:
    """Give a new file to be written, which takes the place of another where the block ends.

    If the block ends in an error or is interrupted, nothing is left of the new file. An older file
    keeps its permissions.

    Raises:
        DumpError: The file cannot be written, or is a device or a pipe; what was there is
            unchanged.
    """
    file = Path(path)
    try:
        target = _target(file)
        # A file written apart and moved into its place is never seen half written.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rrmodel-") as folder:
            finished = Path(folder, target.name)
            yield finished
            if target.exists():
                shutil.copymode(target, finished)
            finished.replace(target)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        why = reason.lower() if reason else str(error)
        raise DumpError(f"{file}: the file cannot be written: {why}") from error


def _target(file: Path) -> Path:
    """Return the file that a link leads to, if a file moved there would not end the link."""
    target = Path(os.path.realpath(file))
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise ValueError("a device or a pipe has this name, choose another")
    return target
