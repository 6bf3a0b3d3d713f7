"""Where the customer's window stands: on the second screen while there is one, nowhere otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from storeapp.ui.desk import Desk
from storeapp.ui.look import Look
from storeapp.ui.theme import Theme, scale_for
from storeapp.ui.widgets.watermark import Watermark

if TYPE_CHECKING:
    from storeapp.ui.customer.presenter import CustomerPresenter
    from storeapp.ui.customer.screen import CustomerWindow
    from storeapp.ui.pay.state import PayState
    from storeapp.ui.refund.loose_state import LooseState
    from storeapp.ui.refund.state import RefundState
    from storeapp.ui.sell.state import SellState

READ_FROM_AFAR = 1.2  # a customer stands further away than a cashier


class CustomerPlace(QObject):
    """Screens are plugged and pulled while the shop sells: the window follows, and shows what it was told last.

    `is_on` is None where there has never been a second screen, False where it is gone.
    """

    def __init__(self, app: QGuiApplication, look: Look, desk: Desk, counter: QWidget, *, mark: str = "") -> None:
        super().__init__(counter)
        self._mark = mark
        self._app, self._look, self._desk, self._counter = app, look, desk, counter
        self.window: CustomerWindow | None = None
        self.presenter: CustomerPresenter | None = None
        """Made for the first second screen: many counters never have one, and load nothing for it."""
        self._basket: SellState | None = None
        self._payment: PayState | None = None
        self._goods_back: RefundState | LooseState | None = None
        app.screenAdded.connect(self._follow)
        app.screenRemoved.connect(self._follow)
        self._follow()

    @property
    def is_on(self) -> bool | None:
        return None if self.presenter is None else self.window is not None

    def follow(self, state: SellState) -> None:
        self._basket = state
        if self.presenter is not None:
            self.presenter.follow(state)

    def follow_payment(self, state: PayState) -> None:
        self._payment = state
        if self.presenter is not None:
            self.presenter.follow_payment(state)

    def follow_refund(self, state: RefundState | LooseState | None) -> None:
        self._goods_back = state
        if self.presenter is not None:
            self.presenter.follow_refund(state)

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
        if self.window is None or self.window.screen() not in others:
            self._take_away()
            self._put_on(others[0])

    def _put_on(self, screen: QScreen) -> None:
        from storeapp.ui.customer.screen import CustomerWindow

        presenter = self._presenter()
        area = screen.geometry()
        theme = Theme(scale_for(area.width()) * READ_FROM_AFAR)
        look = Look(theme, self._look.words, self._look.keys)
        self.window = CustomerWindow(look, presenter)
        if self._mark:
            Watermark(look, self.window, self._mark)
        self.window.setScreen(screen)
        self.window.setGeometry(area)
        # showFullScreen would also ask for the keys, which are the cashier's
        self.window.setWindowState(Qt.WindowState.WindowFullScreen)
        self.window.show()

    def _take_away(self) -> None:
        if self.window is not None:
            self._presenter().bind(None)
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _presenter(self) -> CustomerPresenter:
        if self.presenter is None:
            from storeapp.ui.customer.presenter import CustomerPresenter

            made = self.presenter = CustomerPresenter(self._desk)
            if self._basket is not None:
                made.follow(self._basket)
            if self._payment is not None:
                made.follow_payment(self._payment)
            if self._goods_back is not None:
                made.follow_refund(self._goods_back)
        return self.presenter
