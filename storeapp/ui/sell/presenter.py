"""Ringing up: what the cashier does goes in as calls, one frozen state comes out.

Reads are made on the spot; every write goes to the one thread that writes. Until a sale is paid nothing is final.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from storeapp.domain import basket as baskets
from storeapp.domain import pickup_code
from storeapp.domain.basket import Basket, EmptyBasket, Line, NoSuchLine
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.price_change import at_new_prices
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import ONE, Quantity, quantity
from storeapp.domain.tender import Tender
from storeapp.domain.typed import plain
from storeapp.errors import Refused
from storeapp.till import baskets as kept
from storeapp.till import selling
from storeapp.till.quote import Quote
from storeapp.ui.approval.reprint import reprint
from storeapp.ui.sell import reading
from storeapp.ui.sell.allowance import Lacks
from storeapp.ui.sell.counted import Counted
from storeapp.ui.sell.edits import edited
from storeapp.ui.sell.history import rows
from storeapp.ui.sell.state import Editing, EditKind
from storeapp.ui.sell.thanking import thank_her
from storeapp.ui.sell.view import BasketInTheWay, PaymentRunning, SellView, UnknownCodesLeft

if TYPE_CHECKING:
    from storeapp.domain.sale import Sale
    from storeapp.till.refund_order import RefundOrder

_TIMES = re.compile(r"(\d{1,7}(?:[.．。]\d{1,3})?)\s*[*＊×xX]\s*(\S.*)")


class SellPresenter(Counted):
    """One basket at one counter. `bind` gives it its view and shows the first state."""

    def bind(self, view: SellView) -> None:
        """A basket the power took away is at the counter again."""
        self._view = view
        found, against = kept.unfinished(self._desk.shop), kept.unfinished_exchange(self._desk.shop)
        with self._desk.shop.reading() as books:
            self._tabs, self._last = reading.tabs(books), reading.last_sale(books.sales.last())
        self._parked = len(kept.parked(self._desk.shop))
        self._start_over(found)
        if against is not None:
            # it stands as it did, as long as its goods can still come back
            self.exchange(against)
            view.done("exchange_recovered") if self.trade.can_be_made() else self.let_exchange_go()
        elif found is not None:
            view.done("recovered")

    def scan(self, code: str) -> None:
        """A code from a scanner. While a payment is being written down it waits its turn."""
        if self._held is not None:
            self._held.append(code)
        else:
            self._ring(code, is_typed=False)

    def submit(self, text: str) -> None:
        """What was typed, with Enter: a code, `3*code`, a phone, a coupon, or the first answer of the search."""
        if text.strip() and self._held is None:
            self._ring(text.strip(), is_typed=True)

    def search(self, text: str) -> None:
        self._look_for(text.strip())

    def choose_hit(self, place: int) -> None:
        hit = self.state.hits[place]
        self._search = ""
        if hit.kind == "member":
            self.attach_member(hit.id)
        else:
            self.ring_product(hit.id)

    def ring_product(self, code: str) -> None:
        """A product chosen by hand: a tile or an answer. It takes the place of a selected red row."""
        self._ring(code, is_typed=True, is_chosen=True)

    def select(self, row: int) -> None:
        self._history.select(row)
        self._editing = None
        self._show_hand()

    def move(self, by: int) -> None:
        """Up and down the basket."""
        last = rows(self._history.now.basket) - 1
        if last >= 0:
            self.select(min(max(self._history.now.selected + by, 0), last))

    def step(self, row: int, by: int) -> None:
        """One more or one less; the last one goes by deleting the line."""
        here = self._history.now.basket
        if not 0 <= row < len(here.lines):
            return
        line = here.lines[row]
        if line.product.weighed or line.label_price is not None:
            return
        milli = line.quantity.milli + by * 1000
        if milli <= 0:
            self._view.beep()
            return
        self._attempt(lambda basket: (baskets.set_quantity(basket, row + 1, Quantity(milli)), row))

    def edit(self, kind: EditKind) -> None:
        """Opens the sheet that changes the selected line."""
        line = self.state.selected_line
        if line is None:
            self._refuse(NoSuchLine(0))
            return
        self._editing = Editing(kind, self.state.selected + 1, line)
        self._show_hand()

    def confirm_edit(self, text: str, unit: str = "", reason: str = "") -> None:
        editing, before = self._editing, self._history.now.basket
        if editing is None:
            return

        def change(basket: Basket) -> tuple[Basket, int]:
            return edited(basket, self._quote.priced, editing, text, unit, reason), editing.number - 1

        try:
            self._go(*change(before))
        except Refused as error:
            if not (isinstance(error, Lacks) and self._asked(error, lambda: self._again(before, change))):
                self._editing = replace(editing, refused=error)
                self._view.beep()
        else:
            self._editing = None
        self._publish()

    def stop_editing(self) -> None:
        if self._editing is not None:
            self._editing = None
            self._show_hand()

    def delete(self) -> None:
        """The selected line or red row is gone."""
        row, unknown = self.state.selected, self.state.selected_unknown
        if unknown is not None:
            self._attempt(lambda basket: (baskets.forget_unknown(basket, unknown), row))
        elif row >= 0:
            self._attempt(lambda basket: (baskets.remove(basket, row + 1), row))

    def clear(self) -> None:
        """An empty counter; undo brings the basket back."""
        if not self._history.now.basket.is_empty:
            self._attempt(lambda _basket: (Basket(), -1))

    def undo(self) -> None:
        if self._held is not None:
            return
        before, target = self._history.now.basket, self._history.before
        try:
            with self._desk.shop.reading() as books:
                there = before if target is None else target
                self._check_stays(there)
                taken = self.allowance.taken_back(books, before, there, by=self.staff.code)
        except Refused as error:
            if not (isinstance(error, Lacks) and self._asked(error, self.undo)):
                self._refuse(error)
            return
        self._history.undo()
        self._declined_coupons = True  # a coupon that was just undone must not come back by itself
        if self._history.now.basket != before:
            self._price_now()
            self._keep(taken)
        self._editing = None
        self._publish()

    def take_new_prices(self) -> None:
        """What costs something else since it was rung up costs that now; undo brings the old prices back."""
        selected = self.state.selected

        def change(basket: Basket) -> tuple[Basket, int]:
            with self._desk.shop.reading() as books:
                return at_new_prices(basket, books.products.by_code), selected

        self._attempt(change)

    def add_gift(self) -> None:
        """The gift a promotion promised lies in the basket, for nothing."""
        gift = self.state.gift
        if gift is None:
            self._view.beep()
        else:
            self._ring(f"{gift.count}*{gift.code}", is_typed=True)

    def attach_member(self, member_id: str | None) -> None:
        """Her prices and points from now on; None sells without her."""
        selected = self._history.now.selected
        self._search = ""
        self._attempt(lambda basket: (baskets.attach_member(basket, member_id), selected))

    @property
    def spares_cards(self) -> bool:
        """Whether her cards are left alone this time."""
        return self._history.now.basket.spares_cards

    def spare_cards(self, spares: bool) -> None:
        """Her cards take nothing of this basket, or they do again."""
        selected = self._history.now.selected
        self._attempt(lambda basket: (baskets.spare_cards(basket, spares), selected))

    def press_coupon(self, code: str) -> None:
        """The coupon counts, or counts no more."""
        here = self._history.now
        if code in here.basket.coupon_codes:
            self._declined_coupons = True
            self._attempt(lambda basket: (baskets.detach_coupon(basket, code), here.selected))
        else:
            self._attempt(lambda basket: (baskets.attach_coupon(basket, code), here.selected))

    def park(self, label: str = "") -> None:
        """The basket is put aside and the counter is free at once."""
        basket, total = self._history.now.basket, self._quote.priced.total
        if not basket.lines or self._held is not None or self.has_money():
            self._refuse(PaymentRunning() if basket.lines or self._held is not None else EmptyBasket())
            return
        desk, who = self._desk, self.staff.code
        said = label or (self.state.member.name if self.state.member is not None else "")
        self._start_over(None)
        desk.work.db(
            lambda: kept.park(desk.shop, basket, total=total, cashier=who, label=said, clock=desk.clock, ids=desk.ids),
            ok=lambda _parked: self._parked_changed("parked"),
            fail=lambda error: self._park_failed(basket, error),
        )

    def recall(self, parked_id: str) -> None:
        """A parked basket back at the counter, which must be free."""
        if not self._history.now.basket.is_empty:
            self._refuse(BasketInTheWay())
            return
        desk, tell = self._desk, self._view.tell
        desk.work.db(
            lambda: kept.recall(desk.shop, parked_id, clock=desk.clock, ids=desk.ids), ok=self._recalled, fail=tell
        )

    def reprint(self) -> None:
        """One more copy of the last receipt."""
        last = self._last
        if last is None:
            self._refuse(UnknownReceipt(""))
            return
        done, tell = self._view.done, self._view.tell
        reprint(self._desk, self.staff, last.receipt, self.allowance.ask, ok=lambda _job: done("reprinting"), fail=tell)

    def choose_tab(self, place: int) -> None:
        self._tab = place
        self._show_hand()

    def refresh(self) -> None:
        """The catalogue, the quick keys, the parked baskets or the member changed elsewhere."""
        with self._desk.shop.reading() as books:
            self._tabs = reading.tabs(books)
        self._parked = len(kept.parked(self._desk.shop))
        self._price_now()
        self._publish()

    def for_payment(self) -> tuple[Basket, Quote]:
        """What is to be paid for; raises EmptyBasket or UnknownCodesLeft."""
        basket = self._history.now.basket
        if not basket.lines:
            raise EmptyBasket
        if basket.unknown_codes:
            raise UnknownCodesLeft(len(basket.unknown_codes))
        if self.state.trading is not None and self.state.trading.refused is not None:
            raise self.state.trading.refused
        self.allowance.total_was_shown = True
        return basket, self._quote

    def when_allowed(self, then: Callable[[], None]) -> None:
        """Goes on to the payment; first somebody says yes to what the cashier may not give by herself."""
        try:
            with self._desk.shop.reading() as books:
                self.allowance.check(books, self._quote.priced, by=self.staff.code)
        except Lacks as error:
            if not self._asked(error, lambda: self.when_allowed(then)):
                self._refuse(error)
        else:
            self.trade.when_allowed(self.allowance.ask, then)

    def exchange(self, order: RefundOrder | None, member_id: str | None = None) -> None:
        """Goods come back and pay for what lies in the basket; None stops that.

        `member_id` is whose goods they were: the exchange is hers too.
        """
        if order is None:
            self.trade.stop()
        else:
            self.trade.begin(order)
            if self._last is not None:
                self._last = replace(self._last, just_paid=False)
        self._keep()
        if order is not None and member_id is not None and self.state.member is None:
            self.attach_member(member_id)
        else:
            self._publish()

    def let_exchange_go(self) -> None:
        """What was to come back does not: whoever began it is not here. What was rung up stays."""
        if self.trade.order is not None:
            self.exchange(None)
            self._view.done("exchange_let_go")

    def hold(self) -> None:
        """A sale is being written down: what is scanned meanwhile belongs to the next customer."""
        self._held = []

    def release(self, sale: Sale | None, *, back: tuple[Tender, ...] = ()) -> None:
        """The sale is in the books (the counter is free), or was not made (the basket is still there).

        `back` is what an exchange gives back beside it.
        """
        waiting, self._held = self._held or [], None
        if sale is not None:
            self.trade.finish()
            self._last = reading.last_sale(sale, just_paid=True, back=back)
            self._start_over(None)
            if sale.member_id is not None:
                thank_her(self._desk, self._view, sale.member_id)
        for code in waiting:
            self._ring(code, is_typed=False)

    def _ring(self, text: str, *, is_typed: bool, is_chosen: bool = False) -> None:
        found = _TIMES.fullmatch(text) if is_typed and not is_chosen else None
        code = found[2] if found else text
        try:
            line = self._line(code, quantity(plain(found[1])) if found else None)
        except UnknownCode as error:
            if is_chosen:
                self._refuse(error)
            else:
                self._not_a_product(code, is_typed=is_typed)
        except Refused as error:
            self._refuse(error)
        else:
            has_no_weight = line.product.weighed and line.label_price is None and line.quantity == ONE and found is None
            if self._add(line, resolves=is_typed) and has_no_weight:
                self.edit("quantity")  # nobody has said yet what it weighs

    def _line(self, code: str, amount: Quantity | None) -> Line:
        line = len(self._history.now.basket.lines) + 1
        with self._desk.shop.reading() as books:
            return selling.ring_up(books, code, books.policy.in_force(), quantity=amount, line=line)

    def _not_a_product(self, code: str, *, is_typed: bool) -> None:
        """A phone, a coupon, a group order, a search; and when it is none of them, a red row that stays."""
        if pickup_code.looks_like_one(code):
            self._fetch(code)
            return
        with self._desk.shop.reading() as books:
            member_id, coupon = self._behind(books, code)
            hits = reading.hits(books, code) if is_typed and member_id is None and coupon is None else ()
        self._search = ""
        if member_id is not None:
            self.attach_member(member_id)
        elif coupon is not None:
            self.press_coupon(coupon)
        elif hits:
            self.state = replace(self.state, hits=hits)
            self.choose_hit(0)
        else:
            self._view.beep()
            self._attempt(lambda basket: (baskets.note_unknown(basket, code), rows(basket)))

    def _add(self, line: Line, *, resolves: bool) -> bool:
        unknown = self.state.selected_unknown
        self._search = ""

        def change(basket: Basket) -> tuple[Basket, int]:
            cleared = baskets.forget_unknown(basket, unknown) if resolves and unknown is not None else basket
            grown = baskets.add(cleared, line)
            return grown, baskets.last_touched(cleared, grown) - 1

        return self._attempt(change)

    def _parked_changed(self, word: str) -> None:
        self._parked = len(kept.parked(self._desk.shop))
        self._publish()
        self._view.done(word)

    def _park_failed(self, basket: Basket, error: Exception) -> None:
        if self._history.now.basket.is_empty:
            self._start_over(basket)
        self._view.tell(error)

    def _recalled(self, basket: Basket | None) -> None:
        if basket is not None:
            self._start_over(basket)
        self._parked_changed("recalled" if basket is not None else "gone")
