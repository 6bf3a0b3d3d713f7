"""The basket of one counter: every change is priced, allowed, kept and shown; or refused, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from storeapp.domain.basket import Basket, NoSuchLine
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import Policy
from storeapp.domain.price_change import price_changes
from storeapp.domain.staff import Staff
from storeapp.domain.tender import cash_due
from storeapp.errors import Refused
from storeapp.till import baskets as kept
from storeapp.till.baskets import AttachedLate, TakenBack
from storeapp.till.moments import local_moment
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books
from storeapp.till.quote import NOTHING, TOLD_HOLDS
from storeapp.ui.desk import Desk
from storeapp.ui.sell import reading
from storeapp.ui.sell.allowance import Allowance, Lacks
from storeapp.ui.sell.history import History
from storeapp.ui.sell.nearly import gift_due, nearly
from storeapp.ui.sell.quoted import Quoted
from storeapp.ui.sell.state import Editing, LastSale, MemberView, SellState, Tab
from storeapp.ui.sell.trade import Trade
from storeapp.ui.sell.view import PaymentRunning, SellView

Change = Callable[[Basket], tuple[Basket, int]]


class Counted:
    """What `SellPresenter` rings up into. A change is told as from what to what, so it can wait for a yes."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self.staff = staff
        self._history = History()
        self.allowance = Allowance(desk)
        self.trade = Trade(desk)
        self._quote = NOTHING
        self._view: SellView
        self._search, self._tab = "", 0
        self._editing: Editing | None = None
        self._tabs: tuple[Tab, ...] = ()
        self._last: LastSale | None = None
        self._parked = 0
        self._declined_coupons = False
        self._held: list[str] | None = None
        self.has_money: Callable[[], bool] = lambda: False  # a wallet's, for what lies in this basket
        self.state = SellState()

    def _attempt(self, change: Change) -> bool:
        before = self._history.now.basket
        try:
            self._go(*change(before))
        except Lacks as error:
            if not self._asked(error, lambda: self._again(before, change)):
                self._refuse(error)
            return False
        except Refused as error:
            self._refuse(error)
            return False
        self._editing = None
        self._publish()
        return True

    def _fetch(self, code: str) -> None:
        """What was ordered in a group lies in the basket, at the group's prices."""
        # a room of its own, opened when somebody fetches a group order
        from storeapp.till import group_picking

        def change(basket: Basket) -> tuple[Basket, int]:
            with self._desk.shop.reading() as books:
                now = local_moment(books, self._desk.clock.now())
                return group_picking.fill(books, basket, code, now=now), len(basket.lines)

        self._search = ""
        self._attempt(change)

    def _again(self, before: Basket, change: Change) -> None:
        """Somebody said yes to a change; what was scanned meanwhile stays."""
        if self._history.now.basket.lines[: len(before.lines)] == before.lines:
            self._attempt(change)
        else:
            self._refuse(NoSuchLine(0))

    def _asked(self, error: Lacks, then: Callable[[], None]) -> bool:
        """Asks somebody who may, telling what it is about; False where nobody can be asked."""
        need = error.need
        rows = need.payload.get("lines") or need.payload.get("taken") or () if need is not None else ()
        codes = [row["code"] if isinstance(row, dict) else row[0] for row in rows]
        here = {line.product.code: line.product.name for line in self._history.now.basket.lines}
        about = " · ".join(dict.fromkeys(here.get(code, code) for code in codes))
        return self.allowance.ask_for(error, about=about, then=then)

    def _go(self, basket: Basket, selected: int) -> None:
        """The basket becomes this one, if it can be priced and is allowed; raises the Refused why it is not."""
        if self._held is not None:
            raise PaymentRunning
        self._check_stays(basket)
        # loaded with the first basket
        from storeapp.domain.limits import by_hand

        before, by = self._history.now.basket, self.staff.code
        with self._desk.shop.reading() as books:
            check_not_own(books, basket.member_id, by)
            found = self._priced(books, basket, may_choose=not self._declined_coupons, at=self._desk.clock.now())
            given = by_hand(found.quote.priced)
            # what was allowed before stays so until it is paid for: only more of it is asked about
            if given != by_hand(self._quote.priced):
                self.allowance.check(books, found.quote.priced, by=by)
            taken = self.allowance.taken_back(books, before, found.basket, by=by)
        self._take(found)
        if self._last is not None and self._last.just_paid:
            self._last = replace(self._last, just_paid=False)
        self._history.go(found.basket, selected)
        late = self.allowance.total_was_shown and found.basket.member_id not in (None, before.member_id)
        self._keep(taken, late=AttachedLate(by, self.allowance.basket_id) if late else None)

    def _check_stays(self, basket: Basket) -> None:
        """Some of what a wallet has paid for stays until it is a sale or goes back: nobody else's basket gets it."""
        if not basket.lines and self._history.now.basket.lines and self.has_money():
            raise PaymentRunning

    def _priced(self, books: Books, basket: Basket, *, may_choose: bool, at: datetime) -> Quoted:
        if basket.is_empty:
            return Quoted(basket, NOTHING)
        # what prices is loaded with the first basket: a start does not wait for it
        from storeapp.ui.sell.quoting import quoted

        return quoted(self._desk, books, basket, before=self._history.now.basket, may_choose=may_choose, at=at)

    def _take(self, found: Quoted) -> None:
        self._quote = found.quote
        for error in found.let_go:
            self._view.tell(error)

    def tell_again(self, *, as_of: datetime | None = None) -> Money | None:
        """Before it is paid for: what was told too long ago is told anew. Answers it, where it is another one now.

        `as_of` is when a payment that is found again had begun.
        """
        before = self.state.due
        if self._quote.at is not None and self._quote.at != (as_of or self._told_at()):
            self._price_now(as_of=as_of)
            self._publish()
        return None if self.state.due == before else before

    def _told_at(self) -> datetime:
        """Whose promotions hold: those of the moment both screens told the price, as long as that holds."""
        told, now = self._quote.at, self._desk.clock.now()
        return now if told is None or not told <= now < told + TOLD_HOLDS else told

    def _price_now(self, *, as_of: datetime | None = None) -> None:
        """The same basket at today's prices, as after an undo or a change elsewhere."""
        here = self._history.now
        with self._desk.shop.reading() as books:
            found = self._priced(books, here.basket, may_choose=False, at=as_of or self._told_at())
        self._take(found)
        if found.basket != here.basket:
            self._history.go(found.basket, here.selected)

    def _keep(self, taken: TakenBack | None = None, *, late: AttachedLate | None = None) -> None:
        shop, basket, clock = self._desk.shop, self._history.now.basket, self._desk.clock
        against = self.trade.order
        fail = self._view.tell if taken is None else self._not_taken_back
        self._desk.work.db(
            lambda: kept.keep(shop, basket, against=against, taken=taken, late=late, clock=clock), fail=fail
        )

    def _not_taken_back(self, error: Exception) -> None:
        """What may not be taken back is in the basket again."""
        self._history.undo()
        self._price_now()
        self._publish()
        self._view.tell(error)

    def _start_over(self, basket: Basket | None) -> None:
        self._history.start_over(basket)
        self.allowance.start_over()
        self.trade.stop()
        self._quote = NOTHING
        self._declined_coupons, self._editing, self._search = False, None, ""
        self._price_now()
        self._publish()

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._publish()
        self._view.tell(error)

    def _look_for(self, wanted: str) -> None:
        """What is typed so far, and the answers to it."""
        if wanted and wanted != self._search:
            with self._desk.shop.reading() as books:
                self.state = replace(self.state, hits=reading.hits(books, wanted))
        self._search = wanted
        self._show_hand()

    def _show_hand(self) -> None:
        """The hand is elsewhere and the basket the same: it comes with every key, and the books are not asked again."""
        self.state = replace(
            self.state,
            selected=self._history.now.selected,
            tab=min(self._tab, max(0, len(self._tabs) - 1)),
            search=self._search,
            hits=self.state.hits if self._search else (),
            editing=self._editing,
        )
        self._view.show(self.state)

    def _publish(self) -> None:
        """All of it, with what the books say now of who is at the counter and of what lies there."""
        here = self._history.now
        with self._desk.shop.reading() as books:
            member = self._member(books, here.basket)
            changes = price_changes(here.basket, books.products.by_code)
            rounding = self._rounding(books.policy.in_force())
            gift = gift_due(self._quote.priced, partial(reading.product_name, books))
        self.state = SellState(
            priced=self._quote.priced,
            unknown_codes=here.basket.unknown_codes,
            selected=here.selected,
            member=member,
            coupons=reading.coupons_used(self._quote),
            can_undo=self._history.can_undo,
            parked=self._parked,
            last_sale=self._last,
            tabs=self._tabs,
            tab=min(self._tab, max(0, len(self._tabs) - 1)),
            search=self._search,
            hits=self.state.hits if self._search else (),
            editing=self._editing,
            price_changes=changes,
            gift=gift,
            nearly=nearly(self._quote.priced),
            trading=self.trade.seen(here.basket, told_at=self._quote.at),
            rounding=rounding,
        )
        self._view.show(self.state)

    def _rounding(self, policy: Policy) -> Money:
        """What a shop that rounds the whole lets everybody off; where only cash is rounded nobody knows it yet."""
        total = self._quote.priced.total
        return cash_due(total, policy.get("cash.rounding")) - total if policy.rounds_all() else ZERO

    def _member(self, books: Books, basket: Basket) -> MemberView | None:
        if basket.member_id is None:
            return None
        # loaded with the first member
        from storeapp.ui.sell.her_view import member_view

        return member_view(books, basket, self._quote, on=self._desk.today(books), now=self._desk.clock.now())

    def _behind(self, books: Books, code: str) -> tuple[str | None, str | None]:
        """The member whose phone a code is, or else the coupon it stands for."""
        from storeapp.ui.sell.quoting import coupon_behind, member_behind

        member_id = member_behind(books, code)
        if member_id is not None:
            return member_id, None
        return None, coupon_behind(self._desk, books, code, self._history.now.basket.member_id)
