"""The payment in the window: opens its sheet, closes it when the sale is in the books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from storeapp.errors import Refused
from storeapp.ui.notices import Notice, notice
from storeapp.ui.pay.parts import GivenList
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.pay.state import PayState, TotalMoved, Way
from storeapp.ui.window import Window
from storeapp.words import N_

if TYPE_CHECKING:
    from storeapp.ui.pay.screen import PaySheet

DONE = {
    "given_back": N_("The money is back in the customer's wallet."),
    "giving_back_unclear": N_("The money is on its way back, but nobody has confirmed it. It stays on the list."),
    "set_aside": N_("Set aside. The sale can be paid another way; the payment stays on the list."),
}
FOUND = N_("A payment was cut short. Its result is being found out; the basket is here.")


class PayPanel:
    """The view of the payment's presenter."""

    def __init__(self, window: Window, presenter: PayPresenter, *, given: GivenList, beep: Callable[[], None]) -> None:
        """`given` lies below the total, which the tenders bring down."""
        self._window, self._presenter, self._given, self.beep = window, presenter, given, beep
        given.removed.connect(presenter.remove)
        self._made: PaySheet | None = None
        presenter.bind(self)

    def open(self, way: Way) -> None:
        """Opens the sheet, or changes the way to pay in it."""
        try:
            self._presenter.open(way)
        except Refused as error:
            self.beep()
            self.tell(error)
            return
        sheet = self._sheet
        if sheet is None:
            made = self._kept()
            made.show_state(self._presenter.state)
            self._window.open_sheet(made)
        else:
            (sheet.first_focus() or self._window.scan).setFocus()

    def pay_with(self, code: str) -> None:
        """A payment code scanned over the basket: all of it is paid with it."""
        if self._sheet is None:
            self.open("scan")
        # nobody's phone is charged another total than was told: the code is scanned once more
        if self._sheet is not None and not isinstance(self._presenter.state.refused, TotalMoved):
            self._presenter.take_scan(code)

    def warm_up(self) -> None:
        """Makes and draws the sheet before the first customer pays: she need not wait for its letters and icons."""
        made = self._kept()
        self._window.take_in(made)
        made.grab()

    @property
    def is_open(self) -> bool:
        return self._sheet is not None

    def basket_changed(self) -> None:
        """Another item while the payment is open."""
        if self._sheet is not None:
            self._presenter.refresh()
            if not self._presenter.state.is_open:
                self.close()

    def show(self, state: PayState) -> None:
        self._given.show_given(state.given, enabled=state.step == "ready")
        sheet = self._sheet
        if sheet is not None:
            sheet.show_state(state)

    def close(self) -> None:
        if self._sheet is not None:
            self._window.close_sheet()

    def open_found(self) -> None:
        if self._sheet is None:
            made = self._kept()
            made.show_state(self._presenter.state)
            self._window.open_sheet(made)
        self._window.show_notice(Notice(self._window.look.t(FOUND), "refused"))

    def done(self, word: str) -> None:
        kind: Literal["done", "fault"] = "fault" if word == "giving_back_unclear" else "done"
        self._window.show_notice(Notice(self._window.look.t(DONE[word]), kind))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._window.look.words))

    def _kept(self) -> PaySheet:
        if self._made is None:
            # in a quiet moment after the start
            from storeapp.ui.pay.screen import PaySheet

            self._made = PaySheet(self._window.look, self._presenter)
            self._made.way_chosen.connect(self.open)
            # before it says how much room it wants: what is hidden in every state wants none
            self._made.show_state(self._presenter.state)
        return self._made

    @property
    def _sheet(self) -> PaySheet | None:
        return self._made if self._window.sheet is self._made else None
