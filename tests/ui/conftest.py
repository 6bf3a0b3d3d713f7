"""Windows for the tests: off-screen, dressed once, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storeapp.domain.staff import Staff
from storeapp.till.ports import Provider
from storeapp.ui.counter import Counter
from storeapp.ui.look import Look, dress
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.theme_qss import style_sheet
from storeapp.words import Words
from tests.ui import scene, stage
from tests.ui.scene import CASHIER, Scene
from tests.ui.seen_selling import SeenSelling
from tests.ui.stage import Stage
from tests.waiting import PATIENCE_MS

OpenCounter = Callable[..., Counter]
OpenStage = Callable[..., Stage]


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Windows that were closed are gone after the test: nothing else ends them where no event loop runs."""
    yield
    scene.sweep()


@pytest.fixture
def dressed(qapp: QApplication) -> Callable[[Look], Look]:
    """Gives the application the style of a look; slow, so only when it wears another."""

    def put_on(look: Look) -> Look:
        if qapp.styleSheet() != style_sheet(look.theme):
            dress(qapp, look.theme)
        return look

    return put_on


@pytest.fixture
def here() -> Scene:
    return scene.scene()


@pytest.fixture
def open_counter(qtbot: QtBot, dressed: Callable[[Look], Look], here: Scene) -> OpenCounter:
    """Opens a counter on `here`: `open_counter(language="en", width=1366, height=768)`."""

    def opened(
        *,
        language: str | Words = "zh_CN",
        width: int = 1366,
        height: int = 768,
        k: float = 1.0,
        provider: Provider | None = None,
    ) -> Counter:
        counter = scene.open_counter(dressed(scene.look_in(language, k)), here, provider=provider)
        qtbot.addWidget(counter.window)
        counter.window.resize(width, height)
        counter.window.show()
        counter.window.activateWindow()
        qtbot.waitUntil(counter.window.isActiveWindow, timeout=PATIENCE_MS)
        counter.window.scan.setFocus()
        return counter

    return opened


@pytest.fixture
def open_stage(qtbot: QtBot, dressed: Callable[[Look], Look], here: Scene) -> OpenStage:
    """Opens the counter with all its other screens: `open_stage(staff=CASHIER)`, `again` after a power cut."""

    def opened(*, staff: Staff = stage.OWNER, language: str | Words = "zh_CN", again: bool = False) -> Stage:
        if not again:
            stage.furnish(here)
        raised = stage.raised(dressed(scene.look_in(language)), here, staff)
        qtbot.addWidget(raised.counter.window)
        raised.counter.window.resize(1366, 768)
        raised.counter.window.show()
        raised.counter.window.activateWindow()
        qtbot.waitUntil(raised.counter.window.isActiveWindow, timeout=PATIENCE_MS)
        raised.counter.window.scan.setFocus()
        return raised

    return opened


@pytest.fixture
def seen() -> SeenSelling:
    return SeenSelling()


@pytest.fixture
def sell(here: Scene, seen: SeenSelling) -> SellPresenter:
    made = SellPresenter(here.desk, CASHIER)
    made.bind(seen)
    return made
