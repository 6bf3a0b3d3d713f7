"""The window: from a scanner's first key to the line on screen, and whether it ever stops answering.

The window is real, drawn off-screen; the shop, its writing thread and its print worker are the ones a counter has. The
printer is a device file that takes everything.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from storeapp.app import Till
from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.shop import Measured, measured_shop
from storeapp.demo.hands import type_as_scanner
from storeapp.domain import rfm
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Layer
from storeapp.domain.life_stage import Standing
from storeapp.domain.rfm import Score
from storeapp.domain.rhythm import Habit
from storeapp.domain.shift import ShiftIsOpen
from storeapp.domain.staff import Staff
from storeapp.machine import Machine
from storeapp.settings import PrinterSettings, Settings
from storeapp.till import shifts
from storeapp.ui.parts import Parts
from storeapp.ui.run import Ears, Session, application
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.tasks import Tasks
from storeapp.words import words

SCANS = 300
BASKETS, LINES = 120, 8
"""An hour at a busy counter: a customer every thirty seconds."""
STEP_MS, BEAT_MS, GAP_MS = 15, 10, 50.0
FRAME_MS = 16.0
OPEN_S = 1.0
CASHIER = Staff("1007", "Bench", "cashier")


def scan_figures(folder: Path, *, products: int = 100_000) -> list[Figure]:
    """Thirteen keys and Enter, as a scanner types them, until everything is painted."""
    chance = random.Random(19)
    with measured_shop(folder / "shop", products=products, members=100) as shop, opened_counter(shop) as (app, session):
        codes = [chance.choice(shop.codes) for _ in range(SCANS)]
        for code in codes[:10]:
            _scan(app, session, code)
        times = []
        for number, code in enumerate(codes):
            if number % LINES == 0:
                session.counter.sell.clear()
                _settle(app)
            times.append(timed(partial(_scan, app, session, code)))
    return [Figure("scan to line on screen, p99", p99(times), "ms", FRAME_MS, note=f"median {median(times):.2f} ms")]


def attach_figures(folder: Path, *, members: int = 100_000) -> list[Figure]:
    """A member is put on the basket, until her card with all the night knows of her is painted."""
    with measured_shop(folder / "shop", products=2_000, members=members) as shop:
        _lay_out(shop)
        times = attach_times(shop, says_what_is_due=True)
    return [Figure("member to card on screen, p99", p99(times), "ms", FRAME_MS, note=f"median {median(times):.2f} ms")]


def attach_times(shop: Measured, *, says_what_is_due: bool = False) -> list[float]:
    """Milliseconds from choosing a member to her card, each time another one; the first ten are left out."""
    chance, times = random.Random(29), []
    with opened_counter(shop) as (app, session):
        _scan(app, session, shop.codes[0])
        for member_id in (chance.choice(shop.member_ids) for _ in range(SCANS)):
            times.append(timed(partial(_attach, app, session, member_id)))
        member = session.counter.sell.state.member
        if member is None or (says_what_is_due and member.glance.hint is None):
            raise RuntimeError("the card does not say what it is measured for")
    return times[10:]


def _lay_out(shop: Measured) -> None:
    """Every member as a night finds a regular: a rhythm and something due."""
    today = shop.clock.now().date()
    last_on = today - timedelta(days=33)
    with shop.shop.writing() as books:
        books.layers.put(
            (
                Layer(
                    member_id,
                    rfm.Trade(member_id, last_on - timedelta(days=200), last_on, 9, 90_000, None),
                    Standing("active", last_on),
                    Score(4, 4, 4),
                    12,
                    CustomerValue(90_000, False, 120_000, None, None),
                    Habit("面膜", 30, last_on),
                    None,
                    ("面膜", "饮料"),
                )
                for member_id in shop.member_ids
            ),
            computed_on=today,
        )


def _attach(app: QApplication, session: Session, member_id: str) -> None:
    session.counter.sell.attach_member(member_id)
    _settle(app)


def heartbeat_figures(folder: Path) -> list[Figure]:
    """An hour's trade played quickly: how often the window was silent for more than 50 ms."""
    with measured_shop(folder / "shop", products=2_000, members=200) as shop:
        with opened_counter(shop) as (app, session):
            heart, trade = Heart(), Trade(session, shop)
            while not trade.is_over:
                app.processEvents()
                time.sleep(0.001)
            gaps = heart.stop()
        with shop.shop.reading() as books:
            sold, _ = books.sales.count_on(books.sales.recent(limit=1)[0].business_date)
    late = [gap for gap in gaps if gap > GAP_MS]
    note = f"{sold} sales, longest {max(gaps):.0f} ms"
    if sold != BASKETS:
        raise RuntimeError(f"the trade played {BASKETS} baskets and {sold} were sold")
    return [Figure("heartbeat gaps over 50 ms", float(len(late)), "gaps", 0.0, note=note)]


class Heart(QObject):
    """Beats every ten milliseconds and remembers the pauses."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> list[float]:
        """Milliseconds between beats."""
        self._timer.stop()
        return self._gaps

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now


class Trade(QObject):
    """Scans and takes cash, one step every few milliseconds; waits for a sale to be in the books."""

    def __init__(self, session: Session, shop: Measured, baskets: int = BASKETS) -> None:
        super().__init__()
        self._session, self._baskets = session, baskets
        self._codes = shop.codes
        self._chance = random.Random(23)
        self._lines = self._sold = 0
        self._is_paying = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(STEP_MS)

    @property
    def is_over(self) -> bool:
        return self._sold >= self._baskets

    def _step(self) -> None:
        if self._is_paying:
            self._await_sale()
        elif self._lines < LINES:
            type_as_scanner(self._session.counter.window.windowHandle(), self._chance.choice(self._codes))
            self._lines += 1
        else:
            self._session.counter.act("paid_by_code")
            self._session.counter.pay.confirm()
            self._is_paying = True

    def _await_sale(self) -> None:
        if not self._session.counter.sell.state.priced.lines:
            self._is_paying, self._lines = False, 0
            self._sold += 1
            if self.is_over:
                self._timer.stop()


@contextmanager
def opened_counter(shop: Measured) -> Iterator[tuple[QApplication, Session]]:
    """The window as a cashier has it, with its threads and its printer, a second after it opened."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    printer = PrinterSettings(address=f"file:{os.devnull}")
    # a shop that was kept from an earlier run has its shift
    with contextlib.suppress(ShiftIsOpen):
        shifts.open_shift(shop.shop, by=CASHIER.code, clock=shop.clock, ids=shop.ids)
    till = Till(shop.folder, Settings(printer=printer), shop.shop, shop.clock, shop.ids, shop.keystore)
    machine = Machine(till)
    parts = Parts(
        shop=shop.shop,
        clock=shop.clock,
        ids=shop.ids,
        words=words("zh_CN"),
        settings=till.settings,
        keep_settings=lambda _settings: None,
        outside=machine,
        staff=CASHIER,
    )
    tasks, ears, scanner = Tasks(app), Ears(app), ScanInput(app)
    machine.start(ears)
    session = Session(app, parts, tasks, scanner, ears)
    try:
        # a counter stands open for a second before its first customer
        opened = time.perf_counter()
        while time.perf_counter() < opened + OPEN_S:
            _settle(app)
        yield app, session
    finally:
        session.end()
        scanner.close()
        tasks.close()
        machine.stop()


def _scan(app: QApplication, session: Session, code: str) -> None:
    type_as_scanner(session.counter.window.windowHandle(), code)
    _settle(app)


def _settle(app: QApplication) -> None:
    app.processEvents()
    app.sendPostedEvents()
    app.processEvents()
