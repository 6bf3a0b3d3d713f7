"""The selling screen: draws one SellState in the three columns of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from storeapp.ui.look import Look
from storeapp.ui.notices import Notice, notice
from storeapp.ui.sell.basket_card import BasketCard
from storeapp.ui.sell.knowing import KnowingCard
from storeapp.ui.sell.member_card import MemberCard
from storeapp.ui.sell.payment_keys import PaymentKeys
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.quick_keys import QuickKeys
from storeapp.ui.sell.search_drop import SearchDrop
from storeapp.ui.sell.state import Editing, SellState
from storeapp.ui.sell.total_panel import LastSaleCard, TotalPanel
from storeapp.ui.widgets import card
from storeapp.ui.window import Window
from storeapp.words import N_

if TYPE_CHECKING:
    from storeapp.ui.sell.edit_sheets import EditSheet

DONE = {
    "parked": N_("Parked."),
    "recalled": N_("The parked basket is back."),
    "gone": N_("Somebody else has taken that basket."),
    "risen": N_("This sale has lifted the member to a higher tier."),
    "stamped": N_("Her stamp card is full: what it brings is hers now."),
    "reprinting": N_("Printing the last receipt again."),
    "exchange_recovered": N_("The exchange you had begun is here again."),
    "exchange_let_go": N_("The exchange that was begun is let go: nothing came back. Begin it again from its receipt."),
    "recovered": N_("The unfinished basket is here again."),
}


class SellScreen(QObject):
    """`acted` brings an action of the table of keys, `shown` the state just drawn."""

    acted = Signal(str)
    shown = Signal(object)

    def __init__(
        self,
        window: Window,
        presenter: SellPresenter,
        *,
        has_provider: bool,
        beep: Callable[[], None],
        below_total: QWidget | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._look, self._presenter = window, window.look, presenter
        self.beep = beep
        self._edit: EditSheet | None = None
        self._basket, self._quick = BasketCard(self._look), QuickKeys(self._look)
        self._member, self._total = MemberCard(self._look), TotalPanel(self._look)
        self._before, self._knowing = QStackedWidget(), KnowingCard(self._look)
        self._last, self._payment = LastSaleCard(self._look), PaymentKeys(self._look, has_provider=has_provider)
        window.set_columns(self._basket, self._quick, self._right(self._look, below_total))
        self._drop = SearchDrop(self._look, window.ground)
        self._connect()
        presenter.bind(self)
        window.scan.setFocus()

    def show(self, state: SellState) -> None:
        for part in (self._basket, self._quick, self._member, self._total, self._last, self._knowing):
            part.show_state(state)
        is_known = state.member is not None and state.member.is_known
        self._before.setCurrentIndex(1 if is_known else 0)
        self._drop.show_state(state, self._window.top.scan)
        self._show_editing(state.editing)
        self.shown.emit(state)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self._look.t(DONE[word]), "done"))

    def _right(self, look: Look, below_total: QWidget | None) -> QWidget:
        host = QWidget()
        layout = card.column(look, host, gap=10)
        # one place for both, of one size: a card more would move what stands around it
        last = QWidget()
        lines = card.column(look, last)
        lines.addWidget(self._last)
        lines.addStretch(1)
        for side in (last, self._knowing):
            self._before.addWidget(side)
        for part in (self._member, self._total, self._before):
            layout.addWidget(part)
        if below_total is not None:
            layout.addWidget(below_total, 20)
        layout.addStretch(1)
        layout.addWidget(self._payment)
        return host

    def make_way(self, is_shown: bool) -> None:
        """What lies below the total takes the place of the sale before and of what is known of the member."""
        self._before.setVisible(not is_shown)

    def _connect(self) -> None:
        scan, presenter = self._window.scan, self._presenter
        scan.typed.connect(presenter.search)
        scan.entered.connect(self._entered)
        scan.stepped.connect(self._stepped)
        scan.counted.connect(lambda by: presenter.step(presenter.state.selected, by))
        self._basket.acted.connect(self.acted)
        self._basket.view.picked.connect(presenter.select)
        self._basket.view.stepped.connect(presenter.step)
        self._quick.tab_chosen.connect(presenter.choose_tab)
        self._quick.tile_chosen.connect(self._tile_chosen)
        self._member.acted.connect(self.acted)
        self._member.let_go.connect(lambda: presenter.attach_member(None))
        self._member.coupon_pressed.connect(presenter.press_coupon)
        self._knowing.page_wanted.connect(lambda: self.acted.emit("member_page"))
        self._last.reprint.connect(lambda: self.acted.emit("reprint"))
        self._last.refund.connect(lambda: self.acted.emit("refund_last"))
        self._payment.acted.connect(self.acted)
        self._drop.chosen.connect(self._chosen)
        self._window.sheet_opened.connect(lambda: self._payment.step_back(True))
        self._window.sheet_closed.connect(lambda: self._payment.step_back(False))
        self._window.sheet_closed.connect(presenter.stop_editing)

    def _entered(self, text: str) -> None:
        if self._drop.isVisible() and self._drop.was_moved:
            self._drop.choose_current()
        elif text.strip():
            self._window.scan.take()
            self._presenter.submit(text)

    def _tile_chosen(self, code: str) -> None:
        if self._window.scan.text():
            self._window.scan.take()
        self._presenter.ring_product(code)

    def _chosen(self, place: int) -> None:
        # the field is emptied after the choice: emptying it would take the answers away
        self._presenter.choose_hit(place)
        self._window.scan.take()

    def _stepped(self, by: int) -> None:
        if self._drop.isVisible():
            self._drop.step(by)
        else:
            self._presenter.move(by)

    def _show_editing(self, editing: Editing | None) -> None:
        here = self._edit if self._window.sheet is self._edit else None
        if editing is None:
            if here is not None:
                self._window.close_sheet()
            return
        if here is not None and here.is_about(editing):
            here.show_editing(editing)
            return
        # loaded with the first line that is changed by hand
        from storeapp.ui.sell.edit_sheets import EditSheet

        made = self._edit = EditSheet(self._look, editing)
        made.confirmed.connect(self._presenter.confirm_edit)
        if not self._window.open_sheet(made):
            self._presenter.stop_editing()
