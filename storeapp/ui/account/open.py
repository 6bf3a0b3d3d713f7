"""Opens the sheets of a member's account from her page, and leads back there when it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money
from storeapp.errors import Refused
from storeapp.till.adjusting import Adjusted
from storeapp.till.debts import DebtPaid
from storeapp.till.gifts import GiftGiven
from storeapp.till.merging import Merged
from storeapp.till.top_ups import ValueDone
from storeapp.ui import wording
from storeapp.ui.account.correct import CorrectPresenter
from storeapp.ui.account.correct_sheet import CorrectSheet
from storeapp.ui.account.give_coupon import GivePresenter
from storeapp.ui.account.give_coupon_sheet import GiveSheet
from storeapp.ui.account.pay_back import PayBackPresenter
from storeapp.ui.account.pay_back_sheet import PayBackSheet
from storeapp.ui.account.redeem import RedeemPresenter
from storeapp.ui.account.redeem_sheet import RedeemSheet
from storeapp.ui.account.settle import SettlePresenter
from storeapp.ui.account.settle_sheet import SettleSheet
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.pay.panel import DONE
from storeapp.ui.widgets.sheet import Sheet

_UNCLEAR = DONE["giving_back_unclear"]


class AccountRoom:
    """`page` opens her page again; `printed` says that a slip waits."""

    def __init__(
        self,
        counter: Counter,
        desk: Desk,
        *,
        page: Callable[[str], None],
        printed: Callable[[], None],
        beep: Callable[[], None],
    ) -> None:
        self._counter, self._desk, self._page, self._printed, self._beep = counter, desk, page, printed, beep

    def open(self, deed: str, member_id: str) -> None:
        """`settle`, `pay_back`, `correct`, `redeem`, `brought`, `coupon` or `merge`.

        Her page stays where it cannot be done.
        """
        window = self._counter.window
        if deed == "merge":
            self._merge(member_id)
            return
        deeds = {
            "settle": self._settle,
            "pay_back": self._pay_back,
            "correct": self._correct,
            "redeem": self._redeem,
            "brought": self._brought,
            "coupon": self._coupon,
        }
        try:
            sheet = deeds[deed](member_id)
        except Refused as error:
            self._beep()
            window.show_notice(notice(error, window.look.words))
            return
        window.open_sheet(sheet, back=partial(self._page, member_id))

    def _merge(self, member_id: str) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.merge.page import MergePage
        from storeapp.ui.merge.presenter import MergePresenter

        window = self._counter.window

        def done(merged: Merged) -> None:
            self._counter.sell.refresh()
            self._page(merged.member.member_id)
            said = window.look.t("They are one member now; every number of both finds her.")
            window.show_notice(Notice(said, "done"))

        ask = self._counter.approvals.ask
        try:
            presenter = MergePresenter(self._desk, self._counter.sell.staff, member_id, ask=ask, then=done)
        except Refused as error:
            self._beep()
            window.show_notice(notice(error, window.look.words))
            return
        page = MergePage(window, presenter, beep=self._beep)
        page.left.connect(lambda: self._page(presenter.state.hers.member.member_id))
        window.open_page(page)

    def _settle(self, member_id: str) -> Sheet:
        def done(paid: DebtPaid) -> None:
            said = self._counter.window.look.t("{paid} paid; {left} still owed.")
            self._done(member_id, said.format(paid=wording.money(paid.paid), left=wording.money(paid.left)))

        presenter = SettlePresenter(self._desk, self._counter.sell.staff, member_id, then=done)
        return SettleSheet(self._counter.window, presenter, beep=self._beep)

    def _pay_back(self, member_id: str) -> Sheet:
        window = self._counter.window

        def done(paid: ValueDone) -> None:
            said = window.look.t("{amount} paid back; she holds {after}.")
            money = wording.money(Money(paid.doc.money_fen))
            self._done(member_id, said.format(amount=money, after=wording.money(paid.doc.after)))
            if any(one.state != "refunded" for one in paid.sent):
                window.show_notice(Notice(window.look.t(_UNCLEAR), "fault"))

        ask = self._counter.approvals.ask
        wallets = self._counter.sell.trade.wallets()
        staff = self._counter.sell.staff
        presenter = PayBackPresenter(self._desk, staff, member_id, ask=ask, then=done, wallets=wallets)
        return PayBackSheet(self._counter.window, presenter, beep=self._beep)

    def _correct(self, member_id: str) -> Sheet:
        def done(booked: Adjusted) -> None:
            said = self._counter.window.look.t("She has {points} points now.")
            self._done(member_id, said.format(points=wording.number(booked.balance)))

        ask = self._counter.approvals.ask_second
        presenter = CorrectPresenter(self._desk, self._counter.sell.staff, member_id, ask=ask, then=done)
        return CorrectSheet(self._counter.window, presenter, beep=self._beep)

    def _brought(self, member_id: str) -> Sheet:
        # a room of its own, opened now and then
        from storeapp.ui.account.brought_sheet import BroughtSheet

        return BroughtSheet(self._counter.window, self._desk, member_id)

    def _redeem(self, member_id: str) -> Sheet:
        def done(given: GiftGiven) -> None:
            said = self._counter.window.look.t("{name}: she has {points} points now.")
            self._done(member_id, said.format(name=given.name, points=wording.number(given.balance)))

        presenter = RedeemPresenter(self._desk, self._counter.sell.staff, member_id, then=done)
        return RedeemSheet(self._counter.window, presenter, beep=self._beep)

    def _coupon(self, member_id: str) -> Sheet:
        def given(coupon: Coupon) -> None:
            said = self._counter.window.look.t("Given: coupon {code}, good until {last}.")
            self._done(member_id, said.format(code=coupon.code, last=coupon.valid_until))

        ask = self._counter.approvals.ask
        presenter = GivePresenter(self._desk, self._counter.sell.staff, member_id=member_id, ask=ask, then=given)
        return GiveSheet(self._counter.window, presenter, beep=self._beep)

    def _done(self, member_id: str, said: str) -> None:
        window = self._counter.window
        window.close_sheet()
        self._counter.sell.refresh()
        self._printed()
        self._page(member_id)
        window.show_notice(Notice(said, "done"))
