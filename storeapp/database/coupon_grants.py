"""Coupon templates' and grants' tables: what the owner said of each template, and what was given of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storeapp.database.coupons import coupons_of
from storeapp.database.owner_words import WordStatements, WordTable
from storeapp.database.statements.coupon_grants import (
    ADD,
    COSTS,
    EVERY,
    GIVE,
    MEMBERS,
    NEWEST,
    OF_COUPON,
    OF_KEY,
    SALES_WITH,
    TALLY,
    TOLD,
    TOLD_OF,
    USES,
    WALLET,
)
from storeapp.database.word_caches import WordCache
from storeapp.database.work import Row, Work
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.coupon_template import TemplateWord
from storeapp.domain.ledger import coupon_account

_WORDS = WordStatements(ADD, NEWEST, TOLD, TOLD_OF, "template_id", TemplateWord)


class TemplateTable(WordTable[TemplateWord]):
    """Implements `till.ports_coupons.CouponTemplates`."""

    def __init__(self, work: Work, cache: WordCache[TemplateWord]) -> None:
        super().__init__(work, cache, _WORDS)


class GrantTable:
    """Implements `till.ports_coupons.CouponGrants`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, grant: Grant) -> None:
        self._work.run(
            GIVE,
            key=grant.key,
            n=grant.n,
            coupon_id=grant.coupon_id,
            template_id=grant.template_id,
            member_id=grant.member_id,
            why=grant.why,
            cost_fen=grant.cost_fen,
            actor=grant.by,
            reason=grant.reason,
            at=grant.at,
            asked=grant.asked,
        )

    def of_key(self, key: str) -> tuple[Grant, ...]:
        return tuple(_grant(row) for row in self._work.all(OF_KEY, key=key))

    def of_coupon(self, coupon_id: str) -> Grant | None:
        row = self._work.one(OF_COUPON, coupon_id=coupon_id)
        return None if row is None else _grant(row)

    def members(self) -> Iterator[str]:
        return (member_id for (member_id,) in self._work.each(MEMBERS))

    def wallet(self, member_id: str) -> tuple[Coupon, ...]:
        return coupons_of(self._work.all(WALLET, member_id=member_id))

    def tally(self, on: date) -> Iterator[tuple[str, str, int]]:
        return ((offer_id, state, count) for offer_id, state, count in self._work.each(TALLY, day=on.isoformat()))

    def receipts_of_uses(self) -> Iterator[str]:
        return iter([receipt for (receipt,) in self._work.all(USES)])

    def sales_with(self, coupon_id: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (sale_id, receipt) for sale_id, receipt in self._work.all(SALES_WITH, name=coupon_account(coupon_id))
        )

    def costs(self) -> Iterator[tuple[str, int]]:
        return ((template_id, fen) for template_id, fen in self._work.each(COSTS))

    def every(self) -> Iterator[Grant]:
        return (_grant(row) for row in self._work.each(EVERY))


def _grant(row: Row) -> Grant:
    return Grant(*row)
