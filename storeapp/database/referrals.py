"""Referrals' tables: who brought whom, what each of the two got, and what the newcomer bought."""

from __future__ import annotations

import json
from collections.abc import Sequence

from storeapp.database.statements.referrals import (
    ADD,
    BOUGHT,
    BOUGHT_ELSEWHERE,
    BY_COUPON,
    BY_SALE,
    ENDING,
    FALLEN,
    GIVE,
    GIVEN,
    LATEST,
    NAMED,
    OF,
    OF_REFERRER,
    SETTLE,
    TELL,
    THANKED,
    TOLD,
    TOLD_OF_REFERRER,
)
from storeapp.database.work import Work
from storeapp.domain.ledger import owed_account
from storeapp.domain.referral import Bought, Given, Referral


class ReferralTable:
    """Implements `till.ports_referrals.Referrals`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def ending(self, tails: Sequence[str]) -> tuple[str, ...]:
        return tuple(member_id for (member_id,) in self._work.all(ENDING, tails=json.dumps(tails)))

    def add(self, referral: Referral) -> None:
        self._work.run(ADD, id=None, **{name: getattr(referral, name) for name in Referral.__slots__})

    def settle(self, referral: Referral) -> None:
        self._work.run(
            SETTLE,
            of_newcomer=referral.newcomer_id,
            new_state=referral.state,
            new_why=referral.why,
            new_sale=referral.sale_id,
            new_settled_at=referral.settled_at,
        )

    def of(self, newcomer_id: str) -> Referral | None:
        row = self._work.one(OF, newcomer_id=newcomer_id)
        return None if row is None else Referral(*row)

    def by_sale(self, sale_id: str) -> Referral | None:
        row = self._work.one(BY_SALE, sale_id=sale_id)
        return None if row is None else Referral(*row)

    def of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        return tuple(Referral(*row) for row in self._work.all(OF_REFERRER, referrer_id=referrer_id))

    def named(self) -> tuple[Referral, ...]:
        return tuple(Referral(*row) for row in self._work.all(NAMED))

    def latest(self, *, limit: int) -> tuple[Referral, ...]:
        return tuple(Referral(*row) for row in self._work.all(LATEST, most=limit))

    def tell(self, referral: Referral) -> None:
        self._work.run(TELL, **{name: getattr(referral, name) for name in Referral.__slots__})

    def told(self, newcomer_id: str) -> Referral | None:
        row = self._work.one(TOLD, newcomer_id=newcomer_id)
        return None if row is None else Referral(*row)

    def told_of_referrer(self, referrer_id: str) -> tuple[Referral, ...]:
        return tuple(Referral(*row) for row in self._work.all(TOLD_OF_REFERRER, referrer_id=referrer_id))

    def bought_elsewhere(self, newcomer_id: str, bought: Bought) -> None:
        row = {"sale_id": bought.sale_id, "newcomer_id": newcomer_id, "day": bought.day, "left_fen": bought.left_fen}
        self._work.run(BOUGHT_ELSEWHERE, **row)

    def fallen(self) -> tuple[tuple[Referral, int], ...]:
        return tuple((Referral(*row[:-1]), row[-1]) for row in self._work.all(FALLEN))

    def give(self, given: Given) -> None:
        self._work.run(GIVE, id=None, **{name: getattr(given, name) for name in Given.__slots__})

    def given(self, newcomer_id: str) -> tuple[Given, ...]:
        return tuple(Given(*row) for row in self._work.all(GIVEN, newcomer_id=newcomer_id))

    def by_coupon(self, coupon_id: str) -> Given | None:
        row = self._work.one(BY_COUPON, coupon_id=coupon_id)
        return None if row is None else Given(*row)

    def thanked(self, referrer_id: str, *, month: str) -> int:
        # whatever follows a day's dash stands before a tilde
        return self._work.count(THANKED, member_id=referrer_id, month=month, month_after=month + "~")

    def bought(self, member_id: str, *, since: str) -> tuple[Bought, ...]:
        rows = self._work.all(BOUGHT, member_id=member_id, since=since, owed=owed_account(member_id))
        return tuple(Bought(*row) for row in rows)
