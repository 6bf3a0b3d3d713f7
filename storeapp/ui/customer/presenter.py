"""The customer's screen: from what the cashier sees to what a customer may see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from storeapp.domain.member import masked_name
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.quantity import as_decimal
from storeapp.till.ports import Books
from storeapp.ui import wording
from storeapp.ui.customer.state import (
    CustomerState,
    PaymentStep,
    ShownBack,
    ShownCut,
    ShownHers,
    ShownLine,
    ShownMember,
    ShownOffer,
    ShownPayment,
    ShownWish,
)
from storeapp.ui.desk import Desk
from storeapp.ui.pay.state import PayState
from storeapp.ui.sell.state import LastSale, SellState

if TYPE_CHECKING:
    from storeapp.domain.priced import Cut
    from storeapp.domain.sale import Sale
    from storeapp.ui.refund.loose_state import LooseState
    from storeapp.ui.refund.state import RefundState


class CustomerView(Protocol):
    def show_state(self, state: CustomerState) -> None: ...


class CustomerPresenter:
    """`follow` after each change at the counter, `follow_payment` after each of the payment; `rest` when she has had
    time to read her thanks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._view: CustomerView | None = None
        self._thanked = ""
        self._payment: ShownPayment | None = None
        self._counter: SellState | None = None
        self._takes_back = False
        self.state = CustomerState()

    def bind(self, view: CustomerView | None) -> None:
        """A screen was plugged in, and shows what the last one did; or it was pulled out."""
        self._view = view
        if self.state == CustomerState():
            self.rest()
        elif view is not None:
            view.show_state(self.state)

    def follow(self, state: SellState) -> None:
        self._counter = state
        if self._takes_back:
            return  # her goods come back first; the basket waits
        last = state.last_sale
        if state.priced.lines or state.trading is not None:
            self._show(self._basket(state))
        elif last is not None and last.just_paid:
            if last.receipt != self._thanked:
                self._thanked = last.receipt
                self._show(self._given_back(last) if last.back else self._paid(last.receipt))
        else:
            self.rest()

    def follow_payment(self, state: PayState) -> None:
        """The same numbers as the cashier sees, from the very same value."""
        self._payment = _payment(state)
        if self.state.phase == "basket":
            self._show(replace(self.state, payment=self._payment))

    def follow_refund(self, state: RefundState | LooseState | None) -> None:
        """What comes back and what goes back for it; None when the page of refunds is away."""
        self._takes_back = state is not None and state.step != "find"
        if state is None or state.step == "find":
            self._stop_taking_back()
            return
        with self._desk.shop.reading() as books:
            shop = _shop(books)
        self._show(CustomerState("back", shop, _coming_back(state), back=_going_back(state)))

    def rest(self) -> None:
        """Nobody is at the counter."""
        with self._desk.shop.reading() as books:
            shop, offer = _shop(books), _offer(books)
        self._show(CustomerState("idle", shop, offer=offer))

    def _stop_taking_back(self) -> None:
        """The basket that waited is hers again; what was given back she may read a while longer."""
        if self._counter is not None and (self._counter.priced.lines or self._counter.trading is not None):
            self.follow(self._counter)
        elif self.state.back is not None and not self.state.back.given:
            self.rest()

    def _basket(self, state: SellState) -> CustomerState:
        with self._desk.shop.reading() as books:
            shop, offer = _shop(books), _offer(books)
        lines = tuple(
            ShownLine(
                priced.line.product.name,
                wording.quantity(
                    priced.quantity,
                    priced.line.product.unit,
                    priced.line.product.weighed or priced.line.label_price is not None,
                ),
                # what stands on the cashier's line: a coupon is for the basket, and stands once beside the total
                priced.gross - total(cut.amount for cut in priced.cuts if cut.reason != "coupon"),
                tuple(ShownCut(cut.note or cut.reason, cut.amount) for cut in priced.cuts if _is_promised(cut)),
            )
            for priced in state.priced.lines
        )
        member = None
        if state.member is not None:
            who = state.member
            member = ShownMember(masked_name(who.name), who.phone_masked, who.points, who.will_earn)
        trading = state.trading
        return CustomerState(
            "basket",
            shop,
            lines,
            state.pieces,
            goods=state.priced.goods,
            discount=state.priced.discount,
            rounding=state.rounding,
            due=state.due,
            member=member,
            offer=offer,
            payment=self._payment,
            wish=_wish(state),
            brought=ZERO if trading is None else trading.counts,
            gets=ZERO if trading is None else trading.over,
        )

    def _given_back(self, last: LastSale) -> CustomerState:
        """An exchange whose difference is hers."""
        with self._desk.shop.reading() as books:
            shop = _shop(books)
        parts = tuple((tender.kind, tender.amount) for tender in last.back)
        return CustomerState("back", shop, back=ShownBack(True, total(amount for _kind, amount in parts), parts))

    def _paid(self, receipt: str) -> CustomerState:
        with self._desk.shop.reading() as books:
            sale, shop = books.sales.by_receipt(receipt), _shop(books)
            if sale is None:
                return CustomerState("idle", shop)
            offer = _offer(books)
            if offer is not None and sale.offer_id is not None:
                qr, code = _way(books, sale)
                offer = ShownOffer(offer.headline, offer.small_print, qr, code)
        return CustomerState(
            "paid",
            shop,
            due=sale.due,
            change=sale.change,
            offer=offer,
            points_earned=sale.points_earned,
            points_spent=0 if sale.account is None else sale.account.spent,
            value_left=_value_left(sale),
            tenders=tuple((tender.kind, tender.amount) for tender in sale.tenders),
        )

    def _show(self, state: CustomerState) -> None:
        if state != self.state:
            self.state = state
            if self._view is not None:
                self._view.show_state(state)


def _payment(state: PayState) -> ShownPayment | None:
    if not state.is_open or state.step == "saving":
        return None
    step: PaymentStep = "open"
    if state.is_unknown:
        step = "unknown"
    elif state.step == "giving_back":
        step = "back"
    elif state.step in ("asking", "late"):
        step = "password" if state.asked is not None and state.asked.wants_password else "wait"
    given = tuple((one.tender.kind, one.tender.amount) for one in state.given)
    asked = state.asked
    if asked is None:
        return ShownPayment(step, state.asks, given, hers=_hers(state))
    return ShownPayment(step, state.asks, given, asked.amount, asked.seconds)


def _hers(state: PayState) -> ShownHers | None:
    """While a way of her own is open and asks for something."""
    way, here = state.way, state.here
    if way not in ("stored_value", "points", "on_account") or here.most is None or not state.due:
        return None
    amount = state.due if state.missing is None else state.left - state.missing
    return ShownHers(way, amount, here.most, state.points)


def _value_left(sale: Sale) -> Money | None:
    hers = sale.account
    if hers is None or not hers.principal_fen + hers.bonus_fen:
        return None
    return Money(hers.after.principal_fen + hers.after.bonus_fen)


def _wish(state: SellState) -> ShownWish | None:
    if state.gift is not None:
        return ShownWish(state.gift.promotion, count=state.gift.count, gift=state.gift.name)
    near = state.nearly
    return None if near is None else ShownWish(near.promotion, near.missing, near.count)


def _coming_back(state: RefundState | LooseState) -> tuple[ShownLine, ...]:
    found = state.plan.lines if state.done is None and state.plan is not None else ()
    return tuple(
        ShownLine(line.name, as_decimal(line.quantity_milli), line.amount)
        for line in (found if state.done is None else state.done.lines)
    )


def _going_back(state: RefundState | LooseState) -> ShownBack:
    # known by now: the page of refunds is open
    from storeapp.till.loose_refunds import LoosePlan

    found = state.plan if state.done is None else state.done
    if isinstance(found, LoosePlan):
        return ShownBack(False, found.total, tuple((tender.kind, tender.amount) for tender in found.tenders))
    if found is None:
        return ShownBack(False, ZERO)
    parts = tuple((tender.kind, tender.amount) for tender in found.tenders)
    return ShownBack(state.done is not None, found.back, parts, found.points)


def _is_promised(cut: Cut) -> bool:
    """Whether it is the shop's own offer and not something a cashier let her off."""
    return cut.reason not in ("line_discount", "coupon")


def _shop(books: Books) -> str:
    return books.policy.in_force().text("shop.name")


def _offer(books: Books) -> ShownOffer | None:
    # whoever practises promises nobody anything
    offer = None if books.device.is_training else books.policy.in_force().offer()
    return None if offer is None else ShownOffer(offer.headline, offer.small_print)


def _way(books: Books, sale: Sale) -> tuple[str, str]:
    """What to scan, and the code that does without: the receipt's page, or the shop's own contact code."""
    # loaded when there is a sale
    from storeapp.till.checkout import receipt_url

    url = receipt_url(books, sale)
    if url is not None:
        return url, ""
    return books.policy.in_force().text("offer.contact_qr"), sale.redeem_code
