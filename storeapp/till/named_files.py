"""Files somebody names: read with words for what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from storeapp.errors import Refused, Unavailable


@dataclass(eq=False)
class NoSuchFile(Refused):
    """There is no file `file` to read."""

    file: str
    word = "no_such_file"


@dataclass(eq=False)
class FileUnusable(Unavailable):
    """`file` cannot be read or written: `why` is the system's word."""

    file: str
    why: str
    word = "file_unusable"


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file, to be read. Raises NoSuchFile or FileUnusable."""
    with ExitStack() as stack:
        # only opening is excused: what goes wrong with the file in use is its user's to tell
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except FileNotFoundError:
            raise NoSuchFile(name) from None
        except OSError as error:
            raise FileUnusable(name, error.strerror or type(error).__name__) from error
        yield file


def sheet_bytes(name: str) -> bytes:
    """The whole of a sheet; raises NotATable if nobody could mean it."""
    # a window that reads no sheet does not load them
    from storeapp.till.sheet_files import FILE_MAX_BYTES
    from storeapp.till.sheets import NotATable

    with opened(name) as file:
        data = file.read(FILE_MAX_BYTES + 1)
    if len(data) > FILE_MAX_BYTES:
        raise NotATable("too_large")
    return data
