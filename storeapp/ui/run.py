"""The program with a window: one QApplication, one counter on it, everything around it plugged in, an orderly end."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication

from storeapp import logs
from storeapp.domain.staff import Staff
from storeapp.settings import BUILT_IN_PAPER, Settings
from storeapp.till.training_shop import note_training
from storeapp.ui.counter import Counter, Setup
from storeapp.ui.customer.place import CustomerPlace
from storeapp.ui.desk import Desk
from storeapp.ui.frame.state import DrawerState, PrinterState
from storeapp.ui.keys import Keys
from storeapp.ui.look import Look, dress
from storeapp.ui.menu import menu
from storeapp.ui.notices import notice
from storeapp.ui.parts import Outside, Parts
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.screens import Screens
from storeapp.ui.tasks import Tasks
from storeapp.ui.theme import Size, Theme, scale_for
from storeapp.ui.widgets.watermark import Watermark
from storeapp.words import N_

if TYPE_CHECKING:
    from storeapp.ui.wizard.first_run import FirstRun, NewShop

NOBODY = Staff("", "", "cashier")
WATERMARK = N_("TRAINING")
_ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})
_OUTSIDE_AFTER_MS = 150  # the window is painted first
_WARM_UP_AFTER_MS = 600


class Ears(QObject):
    """Brings what is heard on other threads to the window's."""

    scanned_code = Signal(str)
    printed_png = Signal(bytes)
    something_changed = Signal()

    def scanned(self, code: str) -> None:
        self.scanned_code.emit(code)

    def printed(self, png: bytes) -> None:
        self.printed_png.emit(png)

    def changed(self) -> None:
        self.something_changed.emit()


class Around:
    """What the frame asks about the things around the till."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self.place: CustomerPlace | None = None

    def printer(self) -> PrinterState:
        return self._outside.printer()

    def drawer(self) -> DrawerState:
        return self._outside.drawer()

    def second_screen(self) -> bool | None:
        return self.place.is_on if self.place is not None else None

    def cloud_answers(self) -> bool:
        return self._outside.cloud().is_online

    def clock_is_off(self) -> bool:
        return self._outside.cloud().is_clock_off


class IdleLock(QObject):
    """Signs out after some minutes without a key or a touch on `window`; 0 never does."""

    def __init__(self, window: QWindow, minutes: float, lock: Callable[[], None]) -> None:
        super().__init__()
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(lock)
        if minutes:
            # at the window every key comes once; a filter on the application would see every repaint as well
            window.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # asked about every event of the application: the cheap question first
        if isinstance(watched, QWindow) and event.type() in _ACTIVITY:
            self._timer.start()
        return False

    def close(self) -> None:
        self._window.removeEventFilter(self)
        self._timer.stop()


class EndAsked(QObject):
    """Ends the program in order when the system or Ctrl+C asks for it, however idle the window is."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        # Qt's loop does not run Python while nothing happens: a byte in a socket makes something happen
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._heard.recv(64))
        self._before_fd = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        names = (signal.SIGINT, signal.SIGTERM)
        self._before = {name: signal.signal(name, lambda *_: app.quit()) for name in names}

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for name, handler in self._before.items():
            signal.signal(name, handler)
        self._heard.close()
        self._told.close()


class Session:
    """A counter in its window, from its opening to its end; another language or size takes a new one."""

    def __init__(self, app: QApplication, parts: Parts, tasks: Tasks, scanner: ScanInput, ears: Ears) -> None:
        self.parts, self.wants_another = parts, False
        self.leads_to: Parts | Literal["home"] | None = None
        self._app = app
        look = Look(theme_for(app, parts), parts.words, Keys(parts.settings.keys))
        dress(app, look.theme)
        desk = Desk(parts.shop, tasks, parts.clock, parts.ids)
        around = Around(parts.outside)
        has_paper = parts.settings.printer.address == BUILT_IN_PAPER
        staff = parts.staff or NOBODY
        setup = Setup(
            desk,
            staff,
            around,
            app.beep,
            parts.providers,
            menu(look.t, has_paper=has_paper, is_training=parts.is_training),
            uptime_s=parts.uptime_s,
        )
        self.counter = Counter(look, setup)
        self.screens = Screens(self.counter, parts, desk, beep=app.beep)
        self.screens.settings_kept.connect(self._open_another)
        self.screens.gate.entered.connect(self._go)
        self.screens.gate.left.connect(lambda: self._go("home"))
        self._place: CustomerPlace | None = None
        if parts.settings.second_screen:
            mark = look.t(WATERMARK) if parts.is_training else ""
            self._place = around.place = CustomerPlace(app, look, desk, self.counter.window, mark=mark)
            self.counter.changed.connect(self._place.follow)
            self.counter.pay.watch(self._place.follow_payment)
            self.screens.refunds.watch(self._place.follow_refund)
        self.counter.changed.connect(self.screens.followed)
        self._connections = [
            scanner.scanned.connect(self.counter.take_scan),
            ears.scanned_code.connect(self.counter.take_scan),
            ears.printed_png.connect(self.screens.printed),
            ears.something_changed.connect(self.screens.outside_changed),
        ]
        self._sources = (scanner.scanned, ears.scanned_code, ears.printed_png, ears.something_changed)
        if parts.is_training:
            Watermark(look, self.counter.window.ground, look.t(WATERMARK))
        self._show()
        QTimer.singleShot(_WARM_UP_AFTER_MS, self.counter, self.counter.warm_up)
        self._lock = IdleLock(self.counter.window.windowHandle(), parts.settings.lock_after_min, self.screens.door.lock)
        # before anybody sells: a payment the last run left behind is brought to its end
        self.counter.pay.recover()
        if parts.staff is None:
            self.screens.door.ask_first()
        else:
            self.screens.shift.arrived()

    def end(self) -> None:
        """The window goes; what is in the basket is in the books."""
        for source, connection in zip(self._sources, self._connections, strict=True):
            source.disconnect(connection)
        self._lock.close()
        if self._place is not None:
            self._place.close()
        self.counter.window.hide()
        # now, while its shop is open: a timer of it, or a word still on its way, would find the shop closed
        self._app.sendPostedEvents(None, QEvent.Type.MetaCall)
        self.counter.window.deleteLater()
        self._app.sendPostedEvents(self.counter.window, QEvent.Type.DeferredDelete)

    def _show(self) -> None:
        window, area = self.counter.window, self._app.primaryScreen().availableGeometry()
        # where no window manager listens to "maximized", the geometry says it
        window.setGeometry(area)
        window.showMaximized()
        # on a bare X server, as on a till without a desktop, nobody else gives it the keys
        window.activateWindow()
        window.closing.connect(self._app.quit)

    def _open_another(self, settings: Settings) -> None:
        """The same counter in another language, size or set of keys; the basket is in the books meanwhile."""
        said = self.parts.words_of(settings.language) if self.parts.words_of is not None else self.parts.words
        self.parts = replace(self.parts, settings=settings, words=said, staff=self.counter.sell.staff)
        self.wants_another = True
        self._app.quit()

    def _go(self, where: Parts | Literal["home"]) -> None:
        """To the training shop, or home; the basket of this one is in its books meanwhile."""
        self.parts = replace(self.parts, staff=self.counter.sell.staff)
        self.leads_to, self.wants_another = where, True
        self._app.quit()


class Way:
    """Which shop the window shows: the real one, or the one to practise on with the real one waiting."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._home: Parts | None = None

    def go_on(self, session: Session) -> bool:
        """What comes after that session; False if the program is over."""
        if not session.wants_another:
            return False
        here, where = session.parts, session.leads_to
        if where is None:
            self.parts = here
        elif where != "home":
            self._home, self.parts = here, where
        elif self._home is not None:
            self.close_training()
        else:
            # started in the training shop: there is no other to go back to
            return False
        return True

    def close_training(self) -> None:
        """The training shop is closed, and the real one is as it was."""
        home, self._home = self._home, None
        if self.parts.close is not None:
            self.parts.close()
        if home is not None:
            note_training(home.shop, by=home.staff.code if home.staff else "", word="left", clock=home.clock)
            self.parts = home


def theme_for(app: QGuiApplication, parts: Parts) -> Theme:
    """The scale that fits the screen, and the size somebody picked."""
    size = {"small": Size.SMALL, "large": Size.LARGE}.get(parts.settings.size, Size.MEDIUM)
    return Theme(scale_for(app.primaryScreen().availableGeometry().width(), size))


def run(parts: Parts) -> int:
    """Opens the counter and returns when it is closed."""
    app = application()
    tasks, ears = Tasks(app), Ears(app)
    scanner = ScanInput(app)
    session: Session | None = None

    def broke(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Whatever a slot let through is ours: logged, told, and the counter goes on."""
        logs.fault(error, where=__name__)
        if session is not None and isinstance(error, Exception):
            session.counter.window.show_notice(notice(error, parts.words))
        else:
            sys.__excepthook__(kind, error, trace)

    before, sys.excepthook = sys.excepthook, broke
    asked = EndAsked(app)
    way = Way(parts)

    def start_outside(outside: Outside) -> None:
        # in a thread of its own, and after the first picture: what it imports is heavy
        QTimer.singleShot(_OUTSIDE_AFTER_MS, app, lambda: tasks.io(lambda: outside.start(ears)))

    start_outside(parts.outside)
    try:
        while True:
            session = Session(app, way.parts, tasks, scanner, ears)
            code = app.exec()
            leaves_shop = not session.wants_another or session.leads_to is not None
            if leaves_shop:
                # before the window goes: nobody outside shall call a window that is being taken down
                way.parts.outside.stop()
            session.end()
            if not way.go_on(session):
                return code
            parts = way.parts
            if leaves_shop:
                start_outside(parts.outside)
    finally:
        session = None
        sys.excepthook = before
        scanner.close()
        asked.close()
        tasks.close()
        # once more, for a start that was still under way
        way.parts.outside.stop()
        way.close_training()


def first_run(first: FirstRun) -> NewShop | None:
    """The first run's wizard; None if somebody closed it."""
    # the counter of a shop that stands already never opens it
    from storeapp.ui.wizard.presenter import WizardPresenter
    from storeapp.ui.wizard.screen import WizardWindow

    app = application()
    tasks = Tasks(app)
    theme = Theme(scale_for(app.primaryScreen().availableGeometry().width()))
    dress(app, theme)
    presenter = WizardPresenter(first, tasks)
    window = WizardWindow(theme, first, presenter, app.beep)
    presenter.finished = app.quit
    area = app.primaryScreen().availableGeometry()
    window.resize(min(area.width(), theme.px(1366)), min(area.height(), theme.px(768)))
    window.show()
    window.activateWindow()
    app.exec()
    window.hide()
    window.deleteLater()
    tasks.close()
    return presenter.made


def application() -> QApplication:
    """The one QApplication."""
    here = QApplication.instance()
    if isinstance(here, QApplication):
        return here
    app = QApplication(["storeapp"])
    app.setApplicationName("storeapp")
    # a scanner's Enter must never land in a menu the desktop opened
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeMenuBar)
    app.setQuitOnLastWindowClosed(False)
    return app


def has_display() -> bool:
    """Whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))
