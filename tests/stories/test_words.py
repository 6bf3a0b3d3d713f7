"""Two languages: whatever screen is open, a Chinese window speaks Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from storeapp.demo import cashier, drawer, second_day, tour
from storeapp.demo.album import Album
from storeapp.demo.cast import Cast
from storeapp.ui.widgets import paint
from tests.stories.seen import texts

CHINESE_OR_FIGURES = re.compile(r"[\u4e00-\u9fff0-9]")
# the same in every language: keys, names of machines, addresses, signs, and what was typed in this story
SAME_EVERYWHERE = re.compile(
    r"((?:Ctrl|Alt)\+(?:.|Left|Right)|PgUp|PgDown|Esc|Del|Enter|USB|Windows|CUPS|English|https://.*|lxm|[^A-Za-z]*)"
)


class Reader(Album):
    """Reads each screen instead of taking its picture."""

    def __init__(self, cast: Cast, painted: list[str]) -> None:
        self._cast, self._painted = cast, painted
        self.foreign: dict[str, list[str]] = {}

    def counter(self, name: str) -> None:
        window = self._cast.stage.window
        self._painted.clear()
        window.grab()
        words = [*texts(window), *self._painted]
        assert len(words) > 10
        foreign = [word for word in words if not CHINESE_OR_FIGURES.search(word)]
        self.foreign[name] = sorted({word for word in foreign if not SAME_EVERYWHERE.fullmatch(word.strip())})

    def customer(self, name: str) -> None:
        raise AssertionError("this till has one screen")


def test_every_screen_of_a_chinese_window_is_chinese(
    qapp: QApplication, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    real = paint.text

    def watched(painter, area, words, *rest, **more):
        painted.append(words)
        return real(painter, area, words, *rest, **more)

    monkeypatch.setattr(paint, "text", watched)
    reader = Reader(cast, painted)
    stage = cast.stage
    reader.counter("sign-in")
    cashier.sign_in(stage, "1003", "100300")
    reader.counter("sell")
    cashier.ring(stage, "118")
    for key, name in (("F2", "quantity"), ("F3", "price"), ("F4", "discount"), ("F12", "note"), ("Ctrl+M", "menu")):
        stage.hands.key(key)
        reader.counter(name)
        stage.back()
    stage.hands.scan(second_day.NOBODYS)
    reader.counter("unknown")
    stage.hands.key("Del")
    cashier.sign_up(stage, "13900000021", "林小满", meanwhile=lambda: reader.counter("sign-up"))
    cashier.cash(stage, "100", meanwhile=lambda: reader.counter("cash"))
    reader.counter("paid")
    tour.members(stage, reader)
    tour.parked(stage, reader)
    stage.hands.key("Ctrl+R")
    stage.expect("ReceiptPage", "receipts")
    reader.counter("receipts")
    stage.back()
    drawer.to_the_safe(stage, reader, yuan="10")
    drawer.close(stage, reader, missing_fen=100)
    stage.back()
    tour.settings(stage, reader)

    assert {name: words for name, words in reader.foreign.items() if words} == {}
    assert len(reader.foreign) >= 20
