"""Stored value is paid back: the sums of the law's formulas first, then why, how, and a yes where one is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.one_line import is_one_line
from storeapp.domain.staff import Right, Staff
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_doc import Cause
from storeapp.domain.value_refund import CAUSES, NothingToPayBack, PayBackReasonMissing, Plan
from storeapp.till import value_refunds
from storeapp.till.top_ups import ValueDone
from storeapp.till.value_refunds import REASON_MAX, PayBackOrder
from storeapp.ui.account.her import Her, her
from storeapp.ui.account.ways import WAYS, way_of
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView


@dataclass(frozen=True, slots=True)
class PayBackState(Saving):
    """`plans` tells for each cause what she would get, and give up for it."""

    her: Her
    plans: Mapping[Cause, Plan]
    cause: Cause
    tender: TenderKind
    reason: str = ""

    @property
    def plan(self) -> Plan:
        return self.plans[self.cause]


class PayBackView(SavingView, Protocol):
    def show_state(self, state: PayBackState) -> None: ...


class PayBackPresenter(SavingPresenter[PayBackState]):
    """`then` gets what was written down."""

    def __init__(
        self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[ValueDone], None]
    ) -> None:
        """Raises UnknownMember, or NothingToPayBack if no cause would give her anything."""
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        self._request = desk.ids.new()
        self._view: PayBackView
        with desk.shop.reading() as books:
            day = desk.today(books)
            plans = {cause: value_refunds.planned(books, member_id, cause, on=day) for cause in CAUSES}
            # the first that gives her something: within the days of return nobody has to argue
            cause = next((cause for cause in CAUSES if plans[cause].money.fen > 0), None)
            if cause is None:
                raise NothingToPayBack("customer")
            self.state = PayBackState(her(books, member_id), plans, cause, _way_of(plans[cause]))

    def bind(self, view: PayBackView) -> None:
        self._view = view
        self._show(self.state)

    def choose(self, place: int) -> None:
        """One of the causes, from 0."""
        if 0 <= place < len(CAUSES):
            self._show(replace(self.state, cause=CAUSES[place], refused=None))

    def move(self, by: int) -> None:
        """Up and down the causes."""
        self.choose(min(max(0, CAUSES.index(self.state.cause) + by), len(CAUSES) - 1))

    def pay_by(self, tender: str) -> None:
        self._show(replace(self.state, tender=way_of(tender)))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def check(self) -> bool:
        """Whether it can be done as it stands; the reason is shown if not."""
        reason = self.state.reason.strip()
        if not self.state.plan.money.fen:
            self._refuse(NothingToPayBack(self.state.cause))
        elif not reason or not is_one_line(reason, most=REASON_MAX):
            self._refuse(PayBackReasonMissing())
        else:
            return True
        return False

    def confirm(self) -> None:
        """Pays her, after a yes to each right the cashier does not hold."""
        state = self.state
        if state.is_saving or not self.check():
            return
        order = PayBackOrder(
            state.her.member_id,
            state.cause,
            state.reason,
            state.tender,
            self._staff.code,
            request_id=self._request,
        )
        self._ask_for(order, value_refunds.rights_needed(order, state.plan))

    def _ask_for(self, order: PayBackOrder, rights: tuple[Right, ...]) -> None:
        if not rights:
            self._pay(order)
            return

        def go_on(approval_id: str | None) -> None:
            given = () if approval_id is None else ((rights[0], approval_id),)
            self._ask_for(replace(order, approvals=(*order.approvals, *given)), rights[1:])

        plan = self.state.plan
        self._ask(
            rights[0], value_refunds.asked(order, plan), then=go_on, about=self.state.her.phone, amount=plan.money
        )

    def _pay(self, order: PayBackOrder) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: value_refunds.pay_back(desk.shop, order, clock=desk.clock, ids=desk.ids),
            ok=self._then,
            fail=self._failed,
        )

    def _show(self, state: PayBackState) -> None:
        self.state = state
        self._view.show_state(state)


def _way_of(plan: Plan) -> TenderKind:
    """Back the way it came, where it came one way."""
    if len(plan.tenders) != 1:
        return "cash"
    return next((way for way in WAYS if way in plan.tenders), "cash")
