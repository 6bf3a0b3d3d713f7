"""The cloud as a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import PATIENCE_S


@contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The cloud on a port of its own; says where it listens when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "storeapp.cli", "serve", "--data", str(data), "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        text=True,
    )
    assert process.stdout is not None
    try:
        ready = process.stdout.readline().strip()
        assert ready.startswith("listening on http://127.0.0.1:")
        yield process, ready.removeprefix("listening on ")
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        process.stdout.close()
