"""One size of screen in a process of its own: the off-screen platform learns its screens only once, at the start."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from storeapp.demo.clock import ScriptedClock
from storeapp.demo.played import Played
from storeapp.demo.stage import Place, Show, staged


@dataclass(frozen=True, slots=True)
class Size:
    """The counter's screen, and what of the day is played on it. `keeps` the shop, the cloud and the papers of the
    first language in `out`; what else is made goes again.
    """

    out: Path
    width: int
    height: int
    languages: tuple[str, ...]
    keeps: bool


def play_size(size: Size) -> tuple[Played, ...]:
    """Plays the days once a language."""
    with tempfile.TemporaryDirectory(prefix="storeapp-demo-") as scratch:
        screens = Path(scratch) / "screens.json"
        both = [_screen("counter", 0, size), _screen("customer", size.width, size)]
        screens.write_text(json.dumps({"screens": both}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        return tuple(
            _play(size, language, size.out if size.keeps and number == 0 else Path(scratch) / language)
            for number, language in enumerate(size.languages)
        )


def _screen(name: str, x: int, size: Size) -> dict[str, object]:
    return {
        "name": name,
        "x": x,
        "y": 0,
        "width": size.width,
        "height": size.height,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }


def _play(size: Size, language: str, books: Path) -> Played:
    # Qt must not be loaded before it knows its screens
    from storeapp.demo import days

    short = language.partition("_")[0]
    pictures = size.out / "screens" / f"{short}-{size.width}x{size.height}"
    with staged(
        Place(books / "shop", books / "cloud", pictures), Show(language, size.width, size.height), ScriptedClock()
    ) as stage:
        return days.play(stage, pictures, keeps_in=books if size.keeps and books == size.out else None)
