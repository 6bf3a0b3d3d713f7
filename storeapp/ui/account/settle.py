"""A debt is paid: all of it, or the part that is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.debt import payable
from storeapp.domain.ledger import owed_account
from storeapp.domain.money import ZERO, Money, NotAnAmount, typed_amount, yuan
from storeapp.domain.staff import Staff
from storeapp.domain.tender import TenderKind
from storeapp.till.debts import DebtOrder, DebtPaid, settle_debt
from storeapp.ui.account.her import Her, her
from storeapp.ui.account.ways import way_of
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True)
class SettleState(Saving):
    """`amount` is what the text comes to, nothing if it is no amount."""

    her: Her
    owed: Money
    text: str
    amount: Money
    tender: TenderKind = "cash"

    @property
    def left(self) -> Money:
        return max(self.owed - self.amount, ZERO)


class SettlePresenter(DeedPresenter[SettleState, DebtPaid]):
    """`then` gets what was paid."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, then: Callable[[DebtPaid], None]) -> None:
        """Raises UnknownMember or NothingOwed."""
        with desk.shop.reading() as books:
            owed = payable(Money(books.ledger.balance(owed_account(member_id), "fen")), None)
            state = SettleState(her(books, member_id), owed, yuan(owed), owed)
        super().__init__(desk, staff, state, then=then)

    def type(self, text: str) -> None:
        """Yuan, as far as they are typed."""
        try:
            amount = typed_amount(text)
        except NotAnAmount:
            amount = ZERO
        self._show(replace(self.state, text=text, amount=amount, refused=None))

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def check(self) -> bool:
        """Whether so much can be paid; the reason is shown if not."""
        return self._passes(lambda: payable(self.state.owed, typed_amount(self.state.text)))

    def confirm(self) -> None:
        """The money is here."""
        state, desk = self.state, self._desk
        if state.is_saving or not self.check():
            return
        order = DebtOrder(
            state.her.member_id, state.tender, self._staff.code, amount=state.amount, request_id=self._request
        )
        self._save(lambda: settle_debt(desk.shop, order, clock=desk.clock, ids=desk.ids), self._then)
