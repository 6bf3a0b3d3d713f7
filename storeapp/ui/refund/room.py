"""The room of refunds: opens the page from wherever it is asked for, and keeps what was begun while it is away."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.sale import Sale
from storeapp.till.clock import SystemPace
from storeapp.ui import wording
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.parts import Parts
from storeapp.ui.sell.view import PaymentRunning

if TYPE_CHECKING:
    from storeapp.domain.refund import Refund
    from storeapp.till.refund_order import RefundOrder
    from storeapp.till.refund_wallets import Wallets

    # its pages are opened a few times a day: a start does not wait for them
    from storeapp.ui.refund.loose_presenter import LoosePresenter
    from storeapp.ui.refund.loose_state import LooseState
    from storeapp.ui.refund.presenter import RefundPresenter
    from storeapp.ui.refund.state import Draft, RefundState

    Followed = RefundState | LooseState | None


class RefundRoom:
    """`watch` hears every state of the page, and None when it is gone."""

    def __init__(self, counter: Counter, parts: Parts, desk: Desk, *, beep: Callable[[], None]) -> None:
        self._counter, self._window, self._outside = counter, counter.window, parts.outside
        self._desk, self._beep = desk, beep
        self._draft: Draft | None = None
        self._loose: LooseState | None = None
        self._loose_by = ""
        self._providers = parts.providers
        counter.sell.trade.made, counter.sell.trade.wallets = self._exchanged, lambda: self._wallets
        self._watchers: list[Callable[[Followed], None]] = []

    @cached_property
    def _wallets(self) -> Wallets:
        from storeapp.till.refund_wallets import Wallets

        return Wallets(self._providers, SystemPace())

    def watch(self, listener: Callable[[Followed], None]) -> None:
        self._watchers.append(listener)

    def open(self, receipt: str = "") -> None:
        """On a receipt, on what was begun before, or on the list of receipts."""
        if not self._may_open():
            return
        sale = self._sale(receipt) if receipt else None
        by = self._counter.sell.staff.code
        loose = self._loose
        if sale is None and loose is not None and self._loose_by == by:
            self._loose_page().resume(loose)
            return
        presenter = self._page()
        draft = self._draft
        if sale is not None:
            presenter.open(sale)
        elif draft is not None and draft.cashier == by:
            presenter.resume(draft)

    def refund_last(self) -> None:
        """The lines of the last sale."""
        last = self._last()
        if last is not None:
            self._page().open(last)

    def void_last(self) -> None:
        """The last sale as a whole, as long as its shift is open."""
        last = self._last()
        if last is not None:
            presenter = self._page()
            presenter.open(last)
            presenter.toggle_void()

    def open_loose(self, receipt: str = "") -> None:
        """Goods without a receipt, or with the one of another till."""
        if self._may_open():
            self._loose_page().open(receipt)

    # inside

    def _may_open(self) -> bool:
        """Not while money is on its way. An exchange that was begun is decided about again."""
        counter = self._counter
        if not counter.pay.may_be_left:
            self._beep()
            self._window.show_notice(notice(PaymentRunning(), self._window.look.words))
            return False
        if counter.sell.trade.order is not None:
            self._window.close_sheet()
            counter.sell.exchange(None)
        return counter.before_pay()

    def _exchange(self, order: RefundOrder) -> None:
        """On to the counter: what is rung up there is paid with what comes back."""
        with self._desk.shop.reading() as books:
            sale = books.sales.by_receipt(order.receipt)
            hers = None if sale is None or sale.member_id is None else books.members.by_id(sale.member_id)
        self._counter.sell.exchange(order, None if hers is None else hers.member_id)
        self._window.close_page()

    def _exchanged(self) -> None:
        self._draft = None

    def _page(self) -> RefundPresenter:
        from storeapp.ui.refund.page import RefundPage
        from storeapp.ui.refund.presenter import RefundPresenter

        counter = self._counter
        presenter = RefundPresenter(
            self._desk,
            counter.sell.staff,
            counter.approvals.ask,
            keep=self._keep,
            made=self._made,
            exchange=self._exchange,
            followed=self._followed,
            wallets=self._wallets,
            loose=self.open_loose,
        )
        page = RefundPage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self._followed(None))
        page.loose_wanted.connect(self.open_loose)
        self._window.open_page(page)
        return presenter

    def _loose_page(self) -> LoosePresenter:
        from storeapp.ui.refund.loose_page import LoosePage
        from storeapp.ui.refund.loose_presenter import LoosePresenter

        counter = self._counter
        presenter = LoosePresenter(
            self._desk,
            counter.sell.staff,
            counter.approvals.ask,
            keep=self._keep_loose,
            made=self._made,
            followed=self._followed,
        )
        page = LoosePage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self._followed(None))
        page.receipt_wanted.connect(self._with_receipt)
        self._window.open_page(page)
        return presenter

    def _with_receipt(self) -> None:
        """There is a receipt after all: what was typed without it is let go."""
        self._loose = None
        self.open()

    def _keep_loose(self, state: LooseState | None) -> None:
        self._loose, self._loose_by = state, self._counter.sell.staff.code

    def _last(self) -> Sale | None:
        """The last sale, where its goods may come back now; says itself why not."""
        if not self._may_open():
            return None
        with self._desk.shop.reading() as books:
            last = books.sales.last()
        if last is None:
            self._beep()
            self._window.show_notice(notice(UnknownReceipt(""), self._window.look.words))
        return last

    def _sale(self, receipt: str) -> Sale | None:
        with self._desk.shop.reading() as books:
            return books.sales.by_receipt(receipt)

    def _keep(self, draft: Draft | None) -> None:
        self._draft = draft

    def _made(self, refund: Refund) -> None:
        from storeapp.ui.refund.loose_page import LoosePage
        from storeapp.ui.refund.page import RefundPage

        self._outside.look_at_prints()
        self._counter.frame.tick()
        if not isinstance(self._window.page, RefundPage | LoosePage):
            # somebody signed out meanwhile: the customer still waits for her money
            look = self._window.look
            said = look.t("Give back {amount}: refund {receipt}.")
            said = said.format(amount=wording.money(refund.back), receipt=refund.receipt)
            self._window.show_notice(Notice(said, "fault"))

    def _followed(self, state: Followed) -> None:
        for listener in self._watchers:
            listener(state)
