"""Where the customer's window stands: on the second screen while there is one, nowhere otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.look import Look
from storeapp.ui.theme import Theme, scale_for
from storeapp.ui.widgets.watermark import Watermark

if TYPE_CHECKING:
    from storeapp.ui.customer.screen import CustomerWindow

READ_FROM_AFAR = 1.2  # a customer stands further away than a cashier


class CustomerPlace(QObject):
    """Screens are plugged and pulled while the shop sells: the window follows.

    `is_on` is None where there has never been a second screen, False where it is gone.
    """

    def __init__(
        self, app: QGuiApplication, look: Look, presenter: CustomerPresenter, counter: QWidget, *, mark: str = ""
    ) -> None:
        super().__init__(counter)
        self._mark = mark
        self._app, self._look, self._presenter, self._counter = app, look, presenter, counter
        self.window: CustomerWindow | None = None
        self._seen = False
        app.screenAdded.connect(self._follow)
        app.screenRemoved.connect(self._follow)
        self._follow()

    @property
    def is_on(self) -> bool | None:
        if not self._seen:
            return None
        return self.window is not None

    def close(self) -> None:
        self._app.screenAdded.disconnect(self._follow)
        self._app.screenRemoved.disconnect(self._follow)
        self._take_away()

    def _follow(self, _screen: QScreen | None = None) -> None:
        here = self._counter.screen()
        others = [screen for screen in self._app.screens() if screen != here]
        if not others:
            self._take_away()
            return
        self._seen = True
        if self.window is None or self.window.screen() not in others:
            self._take_away()
            self._put_on(others[0])

    def _put_on(self, screen: QScreen) -> None:
        # many counters have one screen: a start does not load what the second shows
        from storeapp.ui.customer.screen import CustomerWindow

        area = screen.geometry()
        theme = Theme(scale_for(area.width()) * READ_FROM_AFAR)
        look = Look(theme, self._look.words, self._look.keys)
        self.window = CustomerWindow(look, self._presenter)
        if self._mark:
            Watermark(look, self.window, self._mark)
        self.window.setScreen(screen)
        self.window.setGeometry(area)
        # showFullScreen would also ask for the keys, which are the cashier's
        self.window.setWindowState(Qt.WindowState.WindowFullScreen)
        self.window.show()

    def _take_away(self) -> None:
        if self.window is not None:
            self._presenter.bind(None)
            self.window.close()
            self.window.deleteLater()
            self.window = None
