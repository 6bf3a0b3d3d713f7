"""The window: the frame, three columns, side sheets, whole pages and the notice bar. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from storeapp.ui.frame.state import FrameState
from storeapp.ui.frame.status_bar import StatusBar
from storeapp.ui.frame.top_bar import TopBar
from storeapp.ui.keys import ACTIONS, ON_EVERY_PAGE
from storeapp.ui.look import Look
from storeapp.ui.notices import Notice
from storeapp.ui.widgets import card
from storeapp.ui.widgets.notice import NoticeBar
from storeapp.ui.widgets.over import Over
from storeapp.ui.widgets.sheet import Sheet

RIGHT_PX = 352
_LEFT_SHARE, _MIDDLE_SHARE = 10, 6
_LATEST_ANSWER_MS = 90_000


class Window(QMainWindow):
    """`acted` brings the id of an action, by key or by button of the frame.

    `open_sheet` puts a side sheet in place of the middle column, `open_page` a page over all columns. Esc takes
    away what lies on top, and the scan field listens again. A locked page stays, and keys do nothing.
    """

    acted = Signal(str)
    sheet_opened = Signal()
    sheet_closed = Signal()
    closing = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setWindowTitle("storeapp")
        self.top = TopBar(look)
        self.status = StatusBar(look)
        self.scan = self.top.scan.field
        self._pages, self._middle = QStackedWidget(), QStackedWidget()
        self._columns = QWidget()
        self._pages.addWidget(self._columns)
        self._is_locked = False
        self._over: Over | None = None
        self._before_over: QWidget | None = None
        self._left: QWidget | None = None
        self.ground = ground = QWidget()  # what floats over the screens has it for a parent
        ground.setProperty("kind", "ground")
        outer = card.column(look, ground, gap=0)
        outer.addWidget(self.top)
        outer.addWidget(self._pages, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(ground)
        self.notice = NoticeBar(look)
        self.notice.setParent(ground)
        # a notice that stays when a page comes or goes lies where it belongs there
        self._pages.currentChanged.connect(lambda _place: self._place_notice())
        self.top.menu_wanted.connect(lambda: self._act("menu"))
        self.scan.acted.connect(self._act)
        self._listen_to_keys()

    def set_columns(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """The three columns of the selling screen; the right one keeps its width."""
        right.setFixedWidth(self.look.px(RIGHT_PX))
        self._middle.addWidget(middle)
        self._left = left
        row = card.row(self.look, self._columns, margin=(12, 10, 12, 10), gap=12)
        row.addWidget(left, _LEFT_SHARE)
        row.addWidget(self._middle, _MIDDLE_SHARE)
        row.addWidget(right)

    def show_frame(self, state: FrameState) -> None:
        self.top.show_state(state)
        self.status.show_state(state)

    @property
    def sheet(self) -> Sheet | None:
        """The side sheet that is open."""
        here = self._middle.currentWidget()
        return here if isinstance(here, Sheet) else None

    @property
    def page(self) -> QWidget | None:
        """The page that covers the columns."""
        here = self._pages.currentWidget()
        return None if here is self._columns else here

    def open_sheet(self, sheet: Sheet, *, back: Callable[[], object] | None = None) -> bool:
        """Another one that was open is closed first; False if it would not.

        A closed sheet is gone, and the next one is a new one, unless it is kept. A page makes room for a sheet it led
        to; `back` opens it again when somebody leaves the sheet.
        """
        if back is not None:
            self.close_page()
            sheet.left.connect(back)
        if self.sheet is not None and not self.sheet.may_close():
            sheet.deleteLater()
            return False
        self.close_sheet()
        self.take_in(sheet)
        self._middle.setCurrentWidget(sheet)
        (sheet.first_focus() or self.scan).setFocus()
        self.sheet_opened.emit()
        return True

    def take_in(self, sheet: Sheet) -> None:
        """Makes room for a sheet without showing it, so that opening it costs less."""
        if self._middle.indexOf(sheet) < 0:
            self._middle.addWidget(sheet)
            sheet.closed.connect(self._leave_sheet)

    def close_sheet(self) -> None:
        """Takes the sheet away without asking it."""
        here = self.sheet
        if here is None:
            return
        # first, or the stack would show a kept sheet in the place of a removed one
        self._middle.setCurrentIndex(0)
        if not here.is_kept:
            self._middle.removeWidget(here)
            _bury(here)
        self.scan.setFocus()
        self.sheet_closed.emit()

    @property
    def over(self) -> Over | None:
        """The question that floats over everything."""
        return self._over

    def open_over(self, over: Over) -> None:
        """Asks over whatever is open; Esc takes the question away, and what lies below is as it was."""
        self.close_over()
        self._before_over = self.focusWidget()
        self._over = over
        over.setParent(self.ground)
        over.closed.connect(self.close_over)
        self._place_over()
        over.show()
        over.raise_()
        self.notice.raise_()
        over.setFocus()

    def close_over(self) -> None:
        here, self._over = self._over, None
        if here is None:
            return
        here.taken_away()
        _bury(here)
        before, self._before_over = self._before_over, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self.scan.setFocus()

    def open_page(self, page: QWidget, *, locked: bool = False) -> None:
        """A locked page (sign-in, first set-up) cannot be left by key and takes the scan field away."""
        self.close_over()
        self.close_page()
        self._is_locked = locked
        self.top.scan.setEnabled(not locked)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def close_page(self) -> None:
        here = self.page
        if here is None:
            return
        self._is_locked = False
        self.top.scan.setEnabled(True)
        self._pages.removeWidget(here)
        _bury(here)
        # a till that locked itself over a payment goes on where it was
        under = None if self.sheet is None else self.sheet.first_focus()
        (under or self.scan).setFocus()

    def back(self) -> None:
        """Esc: what lies on top goes first. A locked page stays."""
        if self._is_locked:
            return
        if self.notice.isVisible():
            self.notice.hide_notice()
        if self._over is not None:
            self.close_over()
        elif self.scan.text():
            self.scan.take()
            self.scan.setFocus()
        elif self.page is not None:
            # a page with a question open takes that back first
            if getattr(self.page, "may_leave", lambda: True)():
                self.close_page()
        elif self.sheet is not None:
            self._leave_sheet()
        else:
            self.scan.setFocus()

    def show_notice(self, notice: Notice) -> None:
        self.notice.show_notice(notice)
        self._place_notice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the columns get their new widths after this event
        QTimer.singleShot(0, self, self._place_notice)
        QTimer.singleShot(0, self, self._place_over)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _leave_sheet(self) -> None:
        here = self.sheet
        if here is not None and here.may_close():
            self.close_sheet()
            here.left.emit()

    def _listen_to_keys(self) -> None:
        for action in ACTIONS:
            key = self.look.keys.of(action.id)
            if len(key) == 1 or key == "Space":
                continue  # such a key also types and presses buttons: only the empty scan field listens to it
            shortcut = QShortcut(QKeySequence.fromString(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda action_id=action.id: self._act(action_id))

    def _act(self, action_id: str) -> None:
        if self._over is not None and action_id != "back":
            return  # one question at a time: a key pressed now was meant for it
        if self._is_locked or (self.page is not None and action_id not in ON_EVERY_PAGE):
            return
        if action_id == "back":
            self.back()
        elif action_id == "scan_field":
            self.scan.setFocus()
        elif action_id == "menu" and self.page is not None:
            # the menu stands beside the basket: it takes the place of the page, if the page lets it
            if getattr(self.page, "may_leave", lambda: True)():
                self.close_page()
                self.acted.emit(action_id)
        else:
            self.acted.emit(action_id)

    def _place_over(self) -> None:
        if self._over is not None:
            self._over.place_in(self._pages.geometry())

    def _place_notice(self) -> None:
        """Over the head of the left column, or between a page's title and its way back: it hides nothing that is read
        or pressed."""
        px, bar = self.look.px, self.notice
        is_page = self._left is None or self.page is not None
        left = round(self.width() * 0.56) if is_page or self._left is None else self._left.width()
        width = min(max(left, px(420)), self.width() - px(24))
        height = max(px(52), bar.heightForWidth(width) if bar.hasHeightForWidth() else bar.sizeHint().height())
        bar.setGeometry((self.width() - width) // 2 if is_page else px(12), self.top.height() + px(10), width, height)


def _bury(widget: QWidget) -> None:
    widget.hide()
    # an answer that is still under way finds its view: none takes so long. It stays the window's, and ends with it
    QTimer.singleShot(_LATEST_ANSWER_MS, widget, widget.deleteLater)
