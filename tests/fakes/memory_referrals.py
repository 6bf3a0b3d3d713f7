"""Referrals in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storeapp.domain.ledger import owed_account
from storeapp.domain.referral import Bought, Given, Referral

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryReferrals:
    def __init__(self, state: State) -> None:
        self._state = state

    def ending(self, tails: Sequence[str]) -> tuple[str, ...]:
        return tuple(member_id for member_id in self._state.members if member_id.endswith(tuple(tails)) and tails)

    def add(self, referral: Referral) -> None:
        if referral.newcomer_id in self._state.referrals:
            raise ValueError(referral.newcomer_id)
        self._state.referrals[referral.newcomer_id] = referral

    def settle(self, referral: Referral) -> None:
        self._state.referrals[referral.newcomer_id] = referral

    def of(self, newcomer_id: str) -> Referral | None:
        return self._state.referrals.get(newcomer_id)

    def by_sale(self, sale_id: str) -> Referral | None:
        return next((each for each in self._state.referrals.values() if sale_id and each.sale_id == sale_id), None)

    def of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        return tuple(each for each in self._state.referrals.values() if each.referrer_id == referrer_id)

    def named(self) -> tuple[Referral, ...]:
        return tuple(each for each in self._state.referrals.values() if each.state == "named")

    def latest(self, *, limit: int) -> tuple[Referral, ...]:
        return tuple(self._state.referrals.values())[::-1][:limit]

    def tell(self, referral: Referral) -> None:
        self._state.referrals_told[referral.newcomer_id] = referral

    def told(self, newcomer_id: str) -> Referral | None:
        return self._state.referrals_told.get(newcomer_id)

    def told_of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        hers = (each for each in self._state.referrals_told.values() if each.referrer_id == referrer_id)
        return tuple(sorted(hers, key=lambda each: (each.named_at, each.newcomer_id)))

    def bought_elsewhere(self, newcomer_id: str, bought: Bought) -> None:
        self._state.referral_bought[bought.sale_id] = (newcomer_id, bought)

    def fallen(self) -> tuple[tuple[Referral, int], ...]:
        elsewhere = self._state.referral_bought
        return tuple(
            (each, elsewhere[each.sale_id][1].left_fen)
            for each in self._state.referrals.values()
            if each.state == "rewarded" and each.sale_id in elsewhere
        )

    def give(self, given: Given) -> None:
        if any(each.txn_id == given.txn_id for each in self._state.referral_given):
            raise ValueError(given.txn_id)
        self._state.referral_given = (*self._state.referral_given, given)

    def given(self, newcomer_id: str) -> tuple[Given, ...]:
        hers = (each for each in self._state.referral_given if each.newcomer_id == newcomer_id)
        return tuple(sorted(hers, key=lambda each: each.side))

    def by_coupon(self, coupon_id: str) -> Given | None:
        return next((each for each in self._state.referral_given if coupon_id and each.coupon_id == coupon_id), None)

    def thanked(self, referrer_id: str, *, month: str) -> int:
        return sum(
            each.member_id == referrer_id
            and each.side == "referrer"
            and each.day.startswith(month)
            and self._state.referrals[each.newcomer_id].state == "rewarded"
            for each in self._state.referral_given
        )

    def bought(self, member_id: str, *, since: str) -> tuple[Bought, ...]:
        state, owed = self._state, self._state.balances.get((owed_account(member_id), "fen"), 0)
        back = {
            sale_id: sum(refund.total.fen for refund, _hash in state.refunds if refund.sale_id == sale_id)
            for sale_id in {refund.sale_id for refund, _hash in state.refunds}
        }
        elsewhere = (each for who, each in state.referral_bought.values() if who == member_id and each.day >= since)
        here = (
            Bought(sale.sale_id, sale.business_date, sale.total.fen - back.get(sale.sale_id, 0))
            for sale in state.sales.values()
            if sale.member_id == member_id
            and sale.business_date >= since
            and not (owed and any(tender.kind == "on_account" for tender in sale.tenders))
        )
        return tuple(sorted((*elsewhere, *here), key=lambda each: each.day))
