"""Stored value is paid back: by the law's formulas, each cause with what she gives up for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from storeapp.domain.staff import Staff
from storeapp.domain.tender import BY_PROVIDER, TenderKind
from storeapp.domain.value_doc import Cause
from storeapp.domain.value_refund import CAUSES, NothingToPayBack, Plan
from storeapp.till import value_refunds
from storeapp.till.refund_wallets import Wallets, names_of
from storeapp.till.top_ups import ValueDone
from storeapp.till.value_refunds import PayBackOrder
from storeapp.till.value_wallets import wallet_of
from storeapp.ui.account.back import Approvals, BackPresenter, BackState, Wanted
from storeapp.ui.account.her import her
from storeapp.ui.account.ways import WAYS
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBackState(BackState):
    """`plans` tells for each cause what she would get, and give up for it."""

    plans: Mapping[str, Plan]

    @property
    def plan(self) -> Plan:
        return self.plans[self.cause]


class PayBackPresenter(BackPresenter[PayBackState, ValueDone]):
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
        """Raises UnknownMember, or NothingToPayBack if no cause would give her anything.

        `wallets` are the companies that may give back what they were paid.
        """
        self._wallets, companies = wallets, names_of(wallets)
        with desk.shop.reading() as books:
            day = desk.today(books)
            plans: dict[str, Plan] = {cause: value_refunds.planned(books, member_id, cause, on=day) for cause in CAUSES}
            # the first that gives her something: within the days of return nobody has to argue
            cause = next((cause for cause in CAUSES if plans[cause].money.fen > 0), None)
            if cause is None:
                raise NothingToPayBack("customer")
            roads = {c: wallet_of(books, member_id, made, companies) for c, made in plans.items() if made.money.fen}
            state = PayBackState(
                her=her(books, member_id),
                sums={cause: plan.money for cause, plan in plans.items()},
                cause=cause,
                tender=roads[cause] or _way_of(plans[cause]),
                ways=(*dict.fromkeys(road for road in roads.values() if road), *WAYS),
                plans=plans,
            )
        super().__init__(desk, staff, state, ask=ask, then=then)

    def nothing(self) -> NothingToPayBack:
        return NothingToPayBack(self.state.cause)

    def wanted(self) -> Wanted[ValueDone]:
        state, desk = self.state, self._desk
        order = PayBackOrder(
            state.her.member_id,
            cast("Cause", state.cause),
            state.reason,
            state.tender,
            self._staff.code,
            request_id=self._request,
        )

        def deed(given: Approvals) -> ValueDone:
            return value_refunds.pay_back(
                desk.shop, replace(order, approvals=given), clock=desk.clock, ids=desk.ids, wallets=self._wallets
            )

        return Wanted(value_refunds.rights_needed(order, state.plan), value_refunds.asked(order, state.plan), deed)

    def _asks_a_company(self) -> bool:
        return self.state.tender in BY_PROVIDER


def _way_of(plan: Plan) -> TenderKind:
    """Back the way it came, where it came one way."""
    if len(plan.tenders) != 1:
        return "cash"
    return next((way for way in WAYS if way in plan.tenders), "cash")
