"""Coupons' table: those this till knows of, in the state it knows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from storeapp.database.statements.coupons import (
    ALL_OF_OFFER,
    BY_CODE,
    BY_ID,
    BY_TOKEN,
    EVER_OF_MEMBER,
    GIVE_BACK,
    OF_MEMBER,
    OF_OFFER,
    PUT,
)
from storeapp.database.work import Row, Work
from storeapp.domain import coupon_terms
from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money


class CouponTable:
    """Implements `till.ports.Coupons`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def by_code(self, code: str) -> Coupon | None:
        return _coupon(self._work.one(BY_CODE, code=code))

    def by_id(self, coupon_id: str) -> Coupon | None:
        return _coupon(self._work.one(BY_ID, coupon_id=coupon_id))

    def by_receipt_token(self, token: str) -> tuple[Coupon, ...]:
        return coupons_of(self._work.all(BY_TOKEN, token=token))

    def of_member(self, member_id: str) -> tuple[Coupon, ...]:
        return coupons_of(self._work.all(OF_MEMBER, member_id=member_id))

    def ever_of_member(self, member_id: str) -> tuple[Coupon, ...]:
        return coupons_of(self._work.all(EVER_OF_MEMBER, member_id=member_id))

    def of_offer(self, offer_id: str, *, member_id: str) -> Coupon | None:
        return _coupon(self._work.one(OF_OFFER, offer_id=offer_id, member_id=member_id))

    def all_of_offer(self, offer_id: str, *, member_id: str) -> tuple[Coupon, ...]:
        return coupons_of(self._work.all(ALL_OF_OFFER, offer_id=offer_id, member_id=member_id))

    def put(self, coupon: Coupon) -> None:
        self._work.run(PUT, **_values(coupon))

    def give_back(self, coupon: Coupon) -> None:
        self._work.run(GIVE_BACK, which=coupon.coupon_id)


def _values(coupon: Coupon) -> dict[str, Any]:
    return {
        "coupon_id": coupon.coupon_id,
        "code": coupon.code,
        "offer_id": coupon.offer_id,
        "amount_fen": coupon.amount.fen,
        "min_spend_fen": coupon.min_spend.fen,
        "valid_from": coupon.valid_from.isoformat(),
        "valid_until": coupon.valid_until.isoformat(),
        "member_id": coupon.member_id,
        "state": coupon.state,
        "receipt_token": coupon.receipt_token,
        "terms": json.dumps(coupon_terms.as_data(coupon.terms), ensure_ascii=False),
    }


def _coupon(row: Row | None) -> Coupon | None:
    return None if row is None else coupons_of([row])[0]


def coupons_of(rows: list[Row]) -> tuple[Coupon, ...]:
    """The coupons in these rows."""
    return tuple(
        Coupon(
            coupon_id=coupon_id,
            code=code,
            offer_id=offer_id,
            amount=Money(amount_fen),
            min_spend=Money(min_spend_fen),
            valid_from=date.fromisoformat(valid_from),
            valid_until=date.fromisoformat(valid_until),
            member_id=member_id,
            state=state,
            receipt_token=receipt_token,
            terms=coupon_terms.PLAIN if terms == "{}" else coupon_terms.from_data(json.loads(terms)),
        )
        for (
            coupon_id,
            code,
            offer_id,
            amount_fen,
            min_spend_fen,
            valid_from,
            valid_until,
            member_id,
            state,
            receipt_token,
            terms,
        ) in rows
    )
