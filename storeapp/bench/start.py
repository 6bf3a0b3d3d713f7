"""Start: from nothing to ready for a scan, against an empty window of the same toolkit in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from storeapp import app
from storeapp.bench.measure import Figure, median

TIMES = 7
_READY = """
import os, sys
def ready():
    with open("/proc/self/statm") as pages:
        print(int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024, flush=True)
    os._exit(0)
"""
EMPTY = (
    _READY
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
qt = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, ready)
qt.exec()
"""
)
COUNTER = (
    _READY
    + """
from storeapp.cli import main
from storeapp.verbs import counter
goes_on = counter._parts
def parts(*given):
    from PySide6.QtCore import QTimer
    from storeapp.ui.run import application
    application()
    QTimer.singleShot(0, ready)
    return goes_on(*given)
counter._parts = parts
main(["run", "--shop", sys.argv[1]])
"""
)
"""Loads what it loads in the order it does; only the timer that says it is ready is not the program's own."""


def start_figures(folder: Path) -> list[Figure]:
    """Warm starts, turn about; the window has been painted when its first timer fires."""
    app.make_shop(str(folder / "shop"), name="", store="S01", till="1", is_demo=True)
    empty, ours = [], []
    for _ in range(TIMES + 1):
        empty.append(_started(EMPTY, folder))
        ours.append(_started(COUNTER, folder))
    floor_ms, floor_kb = median([ms for ms, _ in empty[1:]]), median([kb for _, kb in empty[1:]])
    ms, kb = median([ms for ms, _ in ours[1:]]), median([kb for _, kb in ours[1:]])
    return [
        Figure("start to ready for a scan", ms / floor_ms, "x", 4.0, floor_ms, f"{ms:.0f} ms"),
        Figure("memory when ready", kb / floor_kb, "x", 2.5, floor_kb / 1024, f"{kb / 1024:.0f} MB"),
    ]


def _started(program: str, folder: Path) -> tuple[float, float]:
    """Milliseconds until ready, and kilobytes resident then."""
    command = [sys.executable, "-c", program, str(folder / "shop")]
    surroundings = dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"}
    # a warm start has its bytecode
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    return (time.perf_counter() - began) * 1000, float(done.stdout.split()[-1])
