"""Coupons' table: those this till knows of, in the state it knows."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Index, Table, Text, bindparam, case, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.schema import EMPTY, metadata, number, words
from storeapp.database.work import Row, Sql, Work
from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money

coupon = Table(
    "coupon",
    metadata,
    Column("coupon_id", Text, primary_key=True),
    words("code"),
    words("offer_id"),
    number("amount_fen", ">= 0"),
    number("min_spend_fen", ">= 0"),
    words("valid_from"),
    words("valid_until"),
    words("member_id", is_null=True),
    words("state", of=("issued", "redeemed", "void")),
    words("receipt_token"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("coupon_code", coupon.c.code)
Index("coupon_member", coupon.c.member_id, sqlite_where=coupon.c.member_id.is_not(None))
Index("coupon_receipt", coupon.c.receipt_token, sqlite_where=coupon.c.receipt_token != EMPTY)

# a code may have been given out twice by two tills that never met: the one still out is meant
_out_first = case((coupon.c.state == "issued", 0), else_=1)
BY_CODE = Sql(select(coupon).where(coupon.c.code == bindparam("code")).order_by(_out_first).limit(1))
BY_ID = Sql(select(coupon).where(coupon.c.coupon_id == bindparam("coupon_id")))
BY_TOKEN = Sql(select(coupon).where(coupon.c.receipt_token == bindparam("token"), coupon.c.receipt_token != EMPTY))
OF_MEMBER = Sql(
    select(coupon)
    .where(coupon.c.member_id == bindparam("member_id"), coupon.c.state == "issued")
    .order_by(coupon.c.valid_until, coupon.c.coupon_id)
)
OF_OFFER = Sql(
    select(coupon)
    .where(coupon.c.member_id == bindparam("member_id"), coupon.c.offer_id == bindparam("offer_id"))
    .limit(1)
)
_new = upsert(coupon)
PUT = Sql(
    _new.on_conflict_do_update(
        index_elements=["coupon_id"],
        set_={column.name: _new.excluded[column.name] for column in coupon.c if column.name != "coupon_id"},
        where=(coupon.c.state == "issued") | (_new.excluded.state != "issued"),
    )
)


class CouponTable:
    """Implements `till.ports.Coupons`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def by_code(self, code: str) -> Coupon | None:
        return _coupon(self._work.one(BY_CODE, code=code))

    def by_id(self, coupon_id: str) -> Coupon | None:
        return _coupon(self._work.one(BY_ID, coupon_id=coupon_id))

    def by_receipt_token(self, token: str) -> tuple[Coupon, ...]:
        return _coupons(self._work.all(BY_TOKEN, token=token))

    def of_member(self, member_id: str) -> tuple[Coupon, ...]:
        return _coupons(self._work.all(OF_MEMBER, member_id=member_id))

    def of_offer(self, offer_id: str, *, member_id: str) -> Coupon | None:
        return _coupon(self._work.one(OF_OFFER, offer_id=offer_id, member_id=member_id))

    def put(self, coupon: Coupon) -> None:
        self._work.run(PUT, **_values(coupon))


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
    }


def _coupon(row: Row | None) -> Coupon | None:
    return None if row is None else _coupons([row])[0]


def _coupons(rows: list[Row]) -> tuple[Coupon, ...]:
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
        ) in rows
    )
