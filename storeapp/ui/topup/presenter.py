"""Topping up: one of the shop's steps or another amount, what she is given on top, how she pays, and it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain import top_up as rules
from storeapp.domain.member import masked_name, masked_phone
from storeapp.domain.money import ZERO, Money, NotAnAmount, typed_amount, yuan
from storeapp.domain.monthly_gift import Monthly, monthly_for
from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.domain.top_up import Step
from storeapp.errors import Refused
from storeapp.till import top_ups
from storeapp.till.top_ups import Standing, TopUpOrder, ValueDone
from storeapp.ui.account.ways import way_of
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.pay.wallets import Wallets

TILES_MOST = 6


@dataclass(frozen=True, slots=True)
class TopUpState:
    """`gift` and `after` are what the amount typed would bring; `fault` is why it cannot be taken.

    `is_asking` while a wallet's company is asked for the money.
    """

    name: str
    phone: str
    standing: Standing
    text: str = ""
    amount: Money = ZERO
    gift: Money = ZERO
    tender: TenderKind = "cash"
    fault: Refused | None = None
    is_saving: bool = False
    is_asking: bool = False

    @property
    def tiles(self) -> tuple[Step, ...]:
        return self.standing.terms.steps[:TILES_MOST]

    @property
    def monthly(self) -> Monthly | None:
        """What the amount typed would bring month by month."""
        return monthly_for(self.amount, self.standing.terms.monthly)

    @property
    def after(self) -> Money:
        return self.standing.held + self.amount + self.gift


class TopUpView(Protocol):
    def show_state(self, state: TopUpState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class TopUpPresenter:
    """`then` gets what was written down."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        member_id: str,
        *,
        ask: Ask,
        then: Callable[[ValueDone], None],
        wallets: Wallets | None = None,
    ) -> None:
        self._wallets = wallets
        self._desk, self._staff, self._member_id, self._ask, self._then = desk, staff, member_id, ask, then
        # one sheet tops up once, however often Enter is pressed
        self._request = desk.ids.new()
        self._view: TopUpView
        self.state: TopUpState = self._first()

    def bind(self, view: TopUpView) -> None:
        self._view = view
        self._show(self.state)

    def type(self, text: str) -> None:
        """Yuan, as far as they are typed."""
        try:
            amount = typed_amount(text)
        except NotAnAmount:
            amount = ZERO
        gift = rules.bonus_for(amount, self.state.standing.terms.steps)
        self._show(replace(self.state, text=text, amount=amount, gift=gift, fault=None))

    def choose(self, place: int) -> None:
        """One of the shop's steps, from 0."""
        if not 0 <= place < len(self.state.tiles):
            self._view.beep()
            return
        self.type(yuan(self.state.tiles[place].pays).removesuffix(".00"))

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def check(self) -> bool:
        """Whether the amount can be taken; the reason is shown if not."""
        state = self.state
        try:
            typed_amount(state.text)
            rules.checked(state.amount, state.standing.held, state.standing.terms)
        except Refused as error:
            self._view.beep()
            self._show(replace(state, fault=error))
            return False
        return True

    @property
    def takes_codes(self) -> bool:
        return self._wallets is not None and bool(self._wallets.providers)

    def take_code(self, code: str) -> bool:
        """True if it is a wallet's code: it is charged with the amount that stands there."""
        wallets = self._wallets
        if wallets is None or not self.takes_codes or not wallets.is_code(code):
            return False
        if self.state.is_saving:
            self._view.beep()
        elif self.check():
            try:
                kind = wallets.kind_for(code)
            except Refused as error:
                self._not_paid(error)
            else:
                self._allowed(replace(self._order(), tender=kind), lambda order: self._charge(wallets, order, code))
        return True

    def confirm(self) -> None:
        """The money is here: somebody who may says yes where the cashier may not, then it is written down."""
        if self.state.is_saving or not self.check():
            return
        self._allowed(self._order(), self._take)

    def _order(self) -> TopUpOrder:
        state = self.state
        return TopUpOrder(self._member_id, state.amount, state.tender, self._staff.code, request_id=self._request)

    def _allowed(self, order: TopUpOrder, then: Callable[[TopUpOrder], None]) -> None:
        """Goes on once somebody who may has said yes."""
        self._ask(
            "top_up",
            top_ups.asked(order),
            then=lambda approval_id: then(replace(order, approval_id=approval_id)),
            about=self.state.phone,
            amount=order.amount,
        )

    def _charge(self, wallets: Wallets, order: TopUpOrder, code: str) -> None:
        self._show(replace(self.state, is_saving=True, is_asking=True, fault=None))
        wallets.top_up(order, code, ok=self._done, fail=self._not_paid)

    def _not_paid(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            self._failed(error)
            return
        self._view.beep()
        self._show(replace(self.state, is_saving=False, is_asking=False, fault=error))

    def _take(self, order: TopUpOrder) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: top_ups.top_up(desk.shop, order, clock=desk.clock, ids=desk.ids), ok=self._done, fail=self._failed
        )

    def _done(self, done: ValueDone) -> None:
        self._show(replace(self.state, is_saving=False, is_asking=False))
        self._then(done)

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        self._show(replace(self.state, is_saving=False, is_asking=False))
        self._view.tell(error)

    def _first(self) -> TopUpState:
        """Raises StoredValueOff or UnknownMember."""
        with self._desk.shop.reading() as books:
            standing = top_ups.standing(books, self._member_id)
            member = books.members.by_id(self._member_id)
        if member is None:
            return TopUpState("", "", standing)
        return TopUpState(masked_name(member.name), masked_phone(member.phone), standing)

    def _show(self, state: TopUpState) -> None:
        self.state = state
        self._view.show_state(state)
