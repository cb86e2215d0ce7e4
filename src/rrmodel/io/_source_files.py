"""The bytes of a file from an untrusted path: regular files and standard input only."""

from __future__ import annotations

import os
import stat
import sys
from codecs import getincrementaldecoder
from collections.abc import Generator
from contextlib import contextmanager
from typing import BinaryIO

from rrmodel.errors import LoadError, Problem

__all__ = [
    "STANDARD_INPUT",
    "decoded",
    "failure",
    "file_name",
    "open_regular",
    "read_file",
    "reading",
    "undecodable_byte",
]

_CHUNK = 1_000_000
STANDARD_INPUT = "-"
"""The name of standard input, as in other programs."""

# A pipe that is opened for reading waits for its writer, unless it is opened with this flag.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
)


def read_file(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a regular file, or of standard input if the path is ``-``.

    At most one byte more than the limit is read, so an endless file costs no more than a long one.

    Args:
        path: The file.
        limit: The most bytes that it may have.

    Raises:
        LoadError: It cannot be read, is a pipe, a device or a directory, or is longer.
    """
    with reading(path):
        if os.fspath(path) == STANDARD_INPUT:
            content = sys.stdin.buffer.read(limit + 1)
        else:
            with open_regular(path) as opened:
                content = opened.read(limit + 1)
        if len(content) > limit:
            raise ValueError(f"it has more than {limit:,} bytes: split it")
    return content


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a regular file; anything else is refused without waiting for it.

    Raises:
        OSError: It cannot be opened.
        ValueError: It is a pipe, a device or a directory.
    """
    descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = next((name for is_one, name in _KINDS if is_one(mode)), "a device")
        raise ValueError(f"it is {kind}: name a regular file, or - for standard input")
    return os.fdopen(descriptor, "rb")


@contextmanager
def reading(path: str | os.PathLike[str]) -> Generator[None, None, None]:
    """Turn an error of the system about a file into ours."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise failure(f"the file cannot be read: {_why(error)}", path) from error


def failure(message: str, path: str | os.PathLike[str]) -> LoadError:
    """Return an error about a whole file."""
    return LoadError([Problem(message, "$", file_name(path))])


def file_name(path: str | os.PathLike[str]) -> str:
    """Return the name of a file in messages."""
    name = os.fspath(path)
    return "standard input" if name == STANDARD_INPUT else name


def decoded(content: bytes, path: str | os.PathLike[str]) -> str:
    """Return the text of a file in UTF-8.

    Raises:
        LoadError: It is in another encoding.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file in that encoding"
        raise failure(message, path) from error


def undecodable_byte(stream: BinaryIO) -> int:
    """Return the place of the first byte that is not UTF-8 in a stream that has one."""
    decoder = getincrementaldecoder("utf-8")()
    passed = 0
    while True:
        chunk = stream.read(_CHUNK)
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return passed - pending + error.start
        passed += len(chunk)


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason.lower() if reason else str(error)
