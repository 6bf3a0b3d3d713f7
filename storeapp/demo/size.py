"""One size of screen in a process of its own: the off-screen platform learns its screens only once, at the start."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storeapp.demo.clock import ScriptedClock
from storeapp.demo.played import Played
from storeapp.settings import Settings

if TYPE_CHECKING:
    from storeapp.demo.hands import Hands

_OFF_SCREEN = ("This plugin does not support", "requestActivate() called for")


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
            _play(size, language, Path(scratch) / language, keeps=size.keeps and number == 0)
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


def _play(size: Size, language: str, scratch: Path, *, keeps: bool) -> Played:
    # Qt must not be loaded before it knows its screens
    from storeapp.demo import days
    from storeapp.demo.cast import cast_in
    from storeapp.demo.stage import Show

    books = size.out if keeps else scratch
    pictures = size.out / "screens" / f"{language.partition('_')[0]}-{size.width}x{size.height}"
    show = Show(language, size.width, size.height)
    with (
        _without_chatter(),
        cast_in(books, show, ScriptedClock(), Settings()) as cast,
        _watched(cast.stage.hands),
    ):
        return days.play(cast, pictures, scratch=scratch, keeps_in=books if keeps else None)


@contextmanager
def _watched(hands: Hands) -> Iterator[None]:
    """Whatever breaks in a call of Qt's stops the hands."""
    before, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: hands.faults.append(error)
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def _without_chatter() -> Iterator[None]:
    """What the off-screen platform says of itself is no news; anything else from Qt is."""
    # with Qt, after it knows its screens
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def said(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if not words.startswith(_OFF_SCREEN):
            sys.stderr.write(f"Qt: {words}\n")

    qInstallMessageHandler(said)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
