"""Opens the sheet that tops up, for the member at the counter or on her page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from storeapp.domain.money import Money
from storeapp.errors import Refused
from storeapp.till.top_ups import ValueDone
from storeapp.till.transferring import Transferred
from storeapp.ui import wording
from storeapp.ui.account.transfer import TransferPresenter
from storeapp.ui.account.transfer_sheet import TransferSheet
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.topup.presenter import TopUpPresenter
from storeapp.ui.topup.sheet import TopUpSheet


class TopUpRoom:
    """`find` is opened where nobody is known yet, `page` is a member's; `printed` says that a slip waits."""

    def __init__(
        self,
        counter: Counter,
        desk: Desk,
        *,
        find: Callable[[], None],
        attach: Callable[[str], None],
        page: Callable[[str], None],
        printed: Callable[[], None],
        beep: Callable[[], None],
    ) -> None:
        self._counter, self._desk, self._find, self._attach, self._page = counter, desk, find, attach, page
        self._printed, self._beep = printed, beep

    def open_for(self, member_id: str) -> None:
        """From her page, and back to it: she is on this basket then."""
        self._attach(member_id)
        self.open(back=partial(self._page, member_id))

    def open(self, *, back: Callable[[], None] | None = None) -> None:
        """For who is on the basket; else somebody is looked for first. Money goes into a drawer somebody has opened."""
        window, sell = self._counter.window, self._counter.sell
        if sell.state.member is None:
            self._find()
            return
        if not self._counter.before_pay():
            return
        try:
            presenter = TopUpPresenter(
                self._desk,
                sell.staff,
                sell.state.member.member_id,
                ask=self._counter.approvals.ask,
                then=self._done,
                wallets=self._counter.pay.wallets,
            )
        except Refused as error:
            self._beep()
            window.show_notice(notice(error, window.look.words))
            return
        sheet = TopUpSheet(window, presenter, beep=self._beep)
        sheet.transfer_wanted.connect(lambda: self._transfer(back))
        window.open_sheet(sheet, back=back)

    def _transfer(self, back: Callable[[], None] | None) -> None:
        """The same member gives what she has to another."""
        window, sell = self._counter.window, self._counter.sell
        if sell.state.member is None:
            return
        ask = self._counter.approvals.ask
        presenter = TransferPresenter(
            self._desk, sell.staff, sell.state.member.member_id, ask=ask, then=self._transferred
        )
        window.close_sheet()
        window.open_sheet(TransferSheet(window, presenter, beep=self._beep), back=back)

    def _transferred(self, done: Transferred) -> None:
        said = self._counter.window.look.t("{amount} transferred: she holds {after}, the other {others}.")
        amount = wording.money(done.principal + done.gift)
        after, others = wording.money(done.giver_has), wording.money(done.taker_has)
        self._said(said.format(amount=amount, after=after, others=others))

    def _done(self, done: ValueDone) -> None:
        doc = done.doc
        said = self._counter.window.look.t("Paid in {amount}, given {gift}: she holds {after}.").format(
            amount=wording.money(doc.money),
            gift=wording.money(Money(doc.bonus_fen)),
            after=wording.money(doc.after),
        )
        self._said(said)

    def _said(self, said: str) -> None:
        window = self._counter.window
        window.close_sheet()
        self._counter.sell.refresh()
        self._printed()
        window.show_notice(Notice(said, "done"))
