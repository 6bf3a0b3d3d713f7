"""The whole demo: every language and size, what is kept of it, and what came out."""

from __future__ import annotations

import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from storeapp.demo.faults import FolderInUse
from storeapp.demo.played import Played
from storeapp.demo.size import Size, play_size

LANGUAGES = ("zh_CN", "en")
SIZES = ((1366, 768), (1920, 1080))
_MARK = "made-by-storeapp-demo"
_OURS = ("shop", "cloud", "screens", "receipts", "page")


@dataclass(frozen=True, slots=True)
class Result:
    """Where everything lies, and the story in numbers."""

    folder: Path
    pictures: int
    receipts: int
    told: Played


def run(out: Path, *, is_quick: bool) -> Result:
    """Plays the days into `out`; quick is one language and one size. Raises FolderInUse or DemoBroke."""
    folder = out.resolve()
    _clear(folder)
    sizes = SIZES[:1] if is_quick else SIZES
    languages = LANGUAGES[:1] if is_quick else LANGUAGES
    plans = [Size(folder, width, height, languages, number == 0) for number, (width, height) in enumerate(sizes)]
    # a fresh process a size: the off-screen platform learns its screens only at the start
    with ProcessPoolExecutor(len(plans), mp_context=multiprocessing.get_context("spawn")) as pool:
        played = [one for some in pool.map(play_size, plans) for one in some]
    receipts = len(list((folder / "receipts").glob("*.png")))
    return Result(folder, sum(one.pictures for one in played), receipts, played[0])


def _clear(folder: Path) -> None:
    """An empty folder, or one an earlier demo filled; nobody else's files are touched."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise FolderInUse(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("The next demo clears this folder.\n", encoding="utf-8")
    for name in _OURS:
        if (folder / name).exists():
            shutil.rmtree(folder / name)
    for report in folder.glob("day-*.pdf"):
        report.unlink()
