"""The whole window: made of its parts, remade in another language, locked when idle, ended in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storeapp.settings import Settings
from storeapp.ui.parts import Parts
from storeapp.ui.run import Ears, IdleLock, Session
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.signin.screen import SignInPage
from storeapp.ui.tasks import Tasks
from storeapp.words import words
from tests.ui import scene, stage
from tests.ui.outside import FakeOutside, paper
from tests.ui.scene import Scene
from tests.waiting import PATIENCE_MS, PATIENCE_S

TWO_SCREENS = {
    "screens": [
        {"name": "till", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96},
        {"name": "customer", "x": 1366, "y": 0, "width": 1024, "height": 600, "logicalDpi": 96},
    ]
}
ON_TWO_SCREENS = """
import sys
import time
from PySide6.QtWidgets import QApplication
from storeapp.ui.look import dress
from storeapp.ui.customer.place import CustomerPlace
from tests.ui import scene, stage

app = QApplication([])
here, look = scene.scene(), scene.look_in("zh_CN")
stage.furnish(here)
dress(app, look.theme)
counter = scene.open_counter(look, here)
counter.window.setGeometry(0, 0, 1366, 768)
counter.window.show()
place = CustomerPlace(app, look, here.desk, counter.window)
counter.changed.connect(place.follow)
scene.fill(counter)
app.processEvents()
print(len(app.screens()), place.is_on, place.window.screen().name(), place.window.isFullScreen())
print(place.presenter.state.phase, place.window.geometry().getRect())
place.window.grab().save(sys.argv[1])
place.close()
print(place.is_on)
"""


@pytest.fixture
def outside() -> FakeOutside:
    return FakeOutside()


@pytest.fixture
def parts(here: Scene, outside: FakeOutside) -> Parts:
    stage.furnish(here)
    return Parts(
        here.shop,
        here.desk.clock,
        here.desk.ids,
        words("zh_CN"),
        Settings(),
        lambda _settings: None,
        outside,
        words_of=words,
    )


OpenSession = Callable[[Parts], Session]


@pytest.fixture
def open_session(qapp: QApplication, qtbot: QtBot) -> Iterator[OpenSession]:
    tasks, ears, scanner = Tasks(qapp), Ears(qapp), ScanInput(qapp)
    opened: list[Session] = []

    def make(parts: Parts) -> Session:
        session = Session(qapp, parts, tasks, scanner, ears)
        opened.append(session)
        qtbot.waitUntil(session.counter.window.isVisible, timeout=PATIENCE_MS)
        return session

    yield make
    for session in opened:
        session.end()
    scanner.close()
    tasks.close()


def test_a_shop_asks_who_is_there_and_the_demo_shop_does_not(open_session: OpenSession, parts: Parts) -> None:
    asked = open_session(parts)
    assert isinstance(asked.counter.window.page, SignInPage)

    demo = open_session(replace(parts, staff=stage.CASHIER))

    assert demo.counter.window.page is None
    assert demo.counter.sell.staff == stage.CASHIER


def test_what_is_heard_on_other_threads_reaches_the_counter(
    open_session: OpenSession, parts: Parts, qtbot: QtBot
) -> None:
    session = open_session(replace(parts, staff=stage.CASHIER))
    ears = session._sources[1]

    ears.emit(scene.WATER.code)

    qtbot.waitUntil(lambda: not session.counter.sell.state.is_empty, timeout=PATIENCE_MS)


def test_the_paper_reaches_its_sheet(open_session: OpenSession, parts: Parts, qtbot: QtBot) -> None:
    session = open_session(replace(parts, staff=stage.CASHIER))

    session._sources[2].emit(paper())

    qtbot.waitUntil(lambda: session.counter.window.sheet is not None, timeout=PATIENCE_MS)


def test_another_language_takes_another_window_with_the_same_cashier_and_basket(
    open_session: OpenSession, parts: Parts, qtbot: QtBot
) -> None:
    first = open_session(replace(parts, staff=stage.CASHIER))
    first.counter.sell.scan(scene.WATER.code)
    qtbot.waitUntil(lambda: _kept(parts), timeout=PATIENCE_MS)

    first.screens.settings_kept.emit(Settings(language="en"))
    second = open_session(first.parts)

    assert first.wants_another
    assert second.parts.words.language == "en"
    assert second.counter.sell.staff == stage.CASHIER
    assert len(second.counter.sell.state.priced.lines) == 1


def _kept(parts: Parts) -> bool:
    with parts.shop.reading() as books:
        return books.baskets.current() is not None


def test_nobody_touching_it_locks_the_till_and_a_key_keeps_it_open(
    open_session: OpenSession, parts: Parts, qtbot: QtBot
) -> None:
    session = open_session(replace(parts, staff=stage.CASHIER))
    locked: list[bool] = []
    window = session.counter.window
    lock = IdleLock(window.windowHandle(), 1.0, lambda: locked.append(True))

    assert (lock._timer.isActive(), lock._timer.interval()) == (True, 60_000)
    # had it run out, the same key would wind it up anew
    lock._timer.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert lock._timer.isActive()
    lock._timer.start(1)
    qtbot.waitUntil(lambda: locked == [True], timeout=PATIENCE_MS)
    lock.close()


def test_zero_minutes_never_lock(open_session: OpenSession, parts: Parts) -> None:
    session = open_session(replace(parts, staff=stage.CASHIER))
    locked: list[bool] = []

    lock = IdleLock(session.counter.window.windowHandle(), 0, lambda: locked.append(True))
    QTest.qWait(60)

    assert locked == []
    lock.close()


def test_the_customers_window_fills_the_second_screen(tmp_path: Path) -> None:
    screens, picture = tmp_path / "two.json", tmp_path / "customer.png"
    screens.write_text(json.dumps(TWO_SCREENS))
    root = Path(__file__).parents[2]
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": str(root)}

    ran = subprocess.run(
        [sys.executable, "-c", ON_TWO_SCREENS, str(picture)],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "requestActivate" not in ran.stderr
    assert ran.stdout.splitlines() == [
        "2 True customer True",
        "basket (1366, 0, 1024, 600)",
        "False",
    ]
    assert picture.stat().st_size > 5000


def until_it_hears(till: subprocess.Popen[bytes]) -> bool:
    """Waits until the program has a handler for being ended; False if it ended before."""
    bit, ends = 1 << (signal.SIGTERM - 1), time.monotonic() + 60
    while till.poll() is None and time.monotonic() < ends:
        caught = Path(f"/proc/{till.pid}/status").read_text().partition("SigCgt:")[2].split()[0]
        if int(caught, 16) & bit:
            return True
        time.sleep(0.05)
    return False


def test_the_system_may_end_an_idle_till_at_once(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    made = [sys.executable, "-m", "storeapp.cli"]
    shop = str(tmp_path / "demo")
    subprocess.run([*made, "init", "--demo", "--shop", shop], cwd=root, check=True, capture_output=True, timeout=120)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    till = subprocess.Popen([*made, "run", "--shop", shop], cwd=root, env=environment, stderr=subprocess.PIPE)
    hears = until_it_hears(till)
    # the window is up, and nothing happens any more
    time.sleep(1)
    assert hears, till.poll()

    till.terminate()

    _out, said = till.communicate(timeout=PATIENCE_S)
    assert till.returncode == 0, said
    # whoever opens the shop next finds it unlocked and whole
    checked = subprocess.run([*made, "check", "--shop", shop], cwd=root, capture_output=True, timeout=120, check=False)
    assert checked.returncode == 0
