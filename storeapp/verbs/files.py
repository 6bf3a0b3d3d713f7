"""Files people name on the command line: written with words for what goes wrong."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from storeapp.till.named_files import FileUnusable


def write(name: str, data: bytes) -> None:
    """Writes the file; raises FileUnusable."""
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise FileUnusable(name, error.strerror or type(error).__name__) from error


def check(names: Iterable[str], *, new: bool = False) -> None:
    """Raises FileUnusable of the first that could not be written, before a deed nobody takes back; `new` as there."""
    for name in names:
        path = Path(name)
        try:
            is_there = path.exists()
            if is_there and new:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            with path.open("ab"):
                pass
            if not is_there:
                path.unlink()
        except OSError as error:
            raise FileUnusable(name, error.strerror or type(error).__name__) from error


def write_private(name: str, data: bytes) -> None:
    """Writes a new file only its owner may read; raises FileUnusable, also if there is one of that name."""
    write_lines(name, [data])


def write_lines(name: str, lines: Iterable[bytes]) -> None:
    """The same, line by line."""
    try:
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.writelines(lines)
    except OSError as error:
        raise FileUnusable(name, error.strerror or type(error).__name__) from error
