"""The stage: one shop on disk, its printer, its cloud and its window, with hands that work them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from storeapp import resources, settings
from storeapp.app import Till
from storeapp.database.keystore import MARK, FileKeystore, best_keystore
from storeapp.database.shop import ShopDatabase
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.faults import DemoBroke
from storeapp.demo.hands import Hands
from storeapp.devices.printer_profile import PROFILES
from storeapp.devices.simulated.in_process import PaperTransport
from storeapp.domain.sale import Sale
from storeapp.machine import Machine
from storeapp.payments.simulated import SimulatedProvider
from storeapp.settings import Settings
from storeapp.till import demo_shop
from storeapp.till.clock import RandomIds
from storeapp.till.new_shop import new_device
from storeapp.ui.counter import Counter
from storeapp.ui.customer.screen import CustomerWindow
from storeapp.ui.parts import Parts
from storeapp.ui.run import Ears, Session, application
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.tasks import Tasks
from storeapp.ui.window import Window
from storeapp.words import words

STORE, TILL = "S01", "1"
PRINTER = PROFILES["full-80"]


@dataclass(frozen=True, slots=True)
class Show:
    """How the window looks."""

    language: str
    width: int
    height: int


class Stage:
    """What the script works with."""

    def __init__(self, app: QApplication, till: Till, clock: ScriptedClock, show: Show) -> None:
        self.app, self.till, self.clock, self.show = app, till, clock, show
        self.printer = PaperTransport(
            resources.path("fonts", "NotoSansSC-Regular.ttf"), width_dots=PRINTER.dots, native_qr=PRINTER.native_qr
        )
        self.machine = Machine(till, paper=lambda _kind: self.printer)
        self.hands = Hands(app, lambda: self.window)
        self._tasks, self._ears, self._scanner = Tasks(app), Ears(app), ScanInput(app)
        self._session = self._open(till.settings)

    @property
    def counter(self) -> Counter:
        return self._session.counter

    @property
    def window(self) -> Window:
        return self._session.counter.window

    @property
    def customer(self) -> QWidget:
        """The window on the second screen."""
        for widget in self.app.topLevelWidgets():
            if isinstance(widget, CustomerWindow) and widget.isVisible():
                return widget
        raise DemoBroke("the customer's screen is not there")

    def expect(self, kind: str, step: str) -> QWidget:
        """The sheet or page of that class, once it lies on top; DemoBroke if it does not come."""

        def on_top() -> QWidget | None:
            here = self.window.page or self.window.sheet
            return here if type(here).__name__ == kind else None

        self.hands.until(on_top, f"{step}: {kind} does not open")
        found = on_top()
        assert found is not None
        return found

    def back(self) -> None:
        """Esc until only the counter is there."""
        for _press in range(4):
            if self.window.page is None and self.window.sheet is None and not self.window.scan.text():
                return
            self.hands.key("Esc")
        raise DemoBroke("Esc does not lead back to the counter")

    def last_sale(self) -> Sale:
        with self.till.shop.reading() as books:
            sale = books.sales.last()
        if sale is None:
            raise DemoBroke("nothing was sold")
        return sale

    def sales(self) -> tuple[Sale, ...]:
        """All that were made here, oldest first."""
        with self.till.shop.reading() as books:
            return tuple(sale for sale in books.sales.every() if sale.token)

    def waiting(self) -> int:
        """How many alarms wait for somebody."""
        with self.till.shop.reading() as books:
            return sum(books.alarms.standing().values())

    def receipts(self) -> list[str]:
        """What the codes on the papers so far say, oldest first."""
        return [code.data for paper in self.printer.papers for code in paper.codes if code.kind == "qr"]

    def at(self, clock: str) -> None:
        """It is so late now. What was to be printed is printed first: paper too old is asked about."""
        self.printed()
        self.synced()
        self.clock.turn_to(clock)
        self.counter.tick()
        # a day goes by in a minute here: nobody has to be told that the clock jumped
        self.window.notice.hide_notice()

    def printed(self) -> None:
        """Waits until nothing is left to print."""

        def is_done() -> bool:
            with self.till.shop.reading() as books:
                return not books.prints.queued() and not any(job.state == "sending" for job in books.prints.recent())

        self.hands.until(is_done, "the printer does not come to an end")
        self.hands.settle()

    def synced(self, claim: Callable[[], object] = lambda: True) -> None:
        """Waits until the cloud knows everything, and the claim holds."""

        def is_done() -> bool:
            with self.till.shop.reading() as books:
                unsent = books.journal.unsent().count
            if unsent == 0 and claim():
                return True
            self.machine.sync_now()
            return False

        self.machine.sync_now()
        self.hands.until(is_done, "the cloud does not come to know everything")

    def close(self) -> None:
        # before the window goes: nobody outside shall call a window that is being taken down
        self.machine.stop()
        self._session.end()
        self._scanner.close()
        self._tasks.close()
        self.hands.settle()
        # outside an event loop nobody deletes what is to be deleted later, and its timers would read a closed shop
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _open(self, chosen: Settings) -> Session:
        till = self.till
        parts = Parts(
            shop=till.shop,
            clock=till.clock,
            ids=till.ids,
            words=words(self.show.language),
            settings=chosen,
            keep_settings=lambda changed: settings.save(till.folder, changed),
            outside=self.machine,
            providers={"simulated": SimulatedProvider()},
            words_of=words,
            uptime_s=self.clock.uptime_s,
        )
        session = Session(self.app, parts, self._tasks, self._scanner, self._ears)
        window = session.counter.window
        # exactly this size, whatever the off-screen platform takes off for a frame
        window.showNormal()
        window.setGeometry(0, 0, self.show.width, self.show.height)
        window.activateWindow()
        self.machine.start(self._ears)
        Hands(self.app, lambda: window).until(window.isActiveWindow, "the window")
        return session


@contextmanager
def staged(till: Till, clock: ScriptedClock, show: Show) -> Iterator[Stage]:
    """The window on this shop, with nobody signed in."""
    app = application()
    app.setCursorFlashTime(0)  # a cursor that blinks is in one picture and not in the next
    stage = Stage(app, till, clock, show)
    try:
        yield stage
    finally:
        stage.close()


@contextmanager
def demo_shop_in(folder: Path, clock: ScriptedClock, machine: Settings) -> Iterator[Till]:
    """A new demo shop in an encrypted file, on a machine with these settings."""
    file_keys(folder)
    settings.save(folder, machine)
    keystore, ids = best_keystore(folder), RandomIds()
    device = new_device(ids, store=STORE, till=TILL, is_demo=True)
    shop = ShopDatabase.create(folder, device=device, clock=clock, ids=ids, keystore=keystore)
    try:
        demo_shop.furnish(shop, clock=clock, ids=ids)
        yield Till(folder, settings.load(folder), shop, clock, ids, keystore)
    finally:
        shop.close()


@contextmanager
def reopened(folder: Path, clock: ScriptedClock) -> Iterator[Till]:
    """The same shop another time."""
    keystore, ids = best_keystore(folder), RandomIds()
    shop = ShopDatabase.open(folder, clock=clock, ids=ids, keystore=keystore)
    try:
        yield Till(folder, settings.load(folder), shop, clock, ids, keystore)
    finally:
        shop.close()


def file_keys(folder: Path) -> None:
    """A shop's keys will lie beside it: the demo asks no keystore of the machine's owner."""
    folder.mkdir(parents=True, mode=0o700)
    (folder / MARK).write_text(json.dumps({"kind": FileKeystore.kind, "shop": ""}), encoding="utf-8")
