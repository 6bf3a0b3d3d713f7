"""Coupons the owner gives away: to a member, or by their codes to whoever shows one. All of a file, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from storeapp.domain import coupon_terms, crockford
from storeapp.domain.capture import CODE_DIGITS
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.owner_word import is_id
from storeapp.errors import Refused
from storeapp.till import coupons, members
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.promotions import check_may
from storeapp.till.requests import BadRequest, an_object, fen, known, text

KEYS = frozenset({"offer", "member", "count", "amount_fen", "min_spend_fen", "valid_from", "valid_until", "terms"})
COUNT_MOST, DAYS_MOST, FEN_MOST = 1_000, 3 * 366, 10_000_000


@dataclass(eq=False)
class CouponGivenBefore(Refused):
    """The member has had her coupon of `offer`: a person gets one of an offer."""

    offer: str
    word = "coupon_given_before"


def issue_coupons(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, ids: Ids, by: str = ""
) -> tuple[Coupon, ...]:
    """The coupons these rows ask for, in the books and the journal.

    Raises BadRequest, BadCouponTerms, UnknownMember or CouponGivenBefore.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        made = []
        for n, row in enumerate(rows, start=1):
            for coupon in _asked(books, an_object(row, f"[{n}]"), f"[{n}].", today(books, clock), ids):
                coupons.issue(books, coupon, at=at, ids=ids)
                made.append(coupon)
        return tuple(made)


def _asked(books: Books, row: Mapping[str, Any], where: str, on: date, ids: Ids) -> Iterator[Coupon]:
    known(row, KEYS, where)
    offer = text(row.get("offer"), f"{where}offer")
    if not is_id(offer):
        raise BadRequest(f"{where}offer", "1 to 40 letters, digits, - or _")
    terms = coupon_terms.from_data(an_object(row.get("terms", {}), f"{where}terms"))
    first = _day(row.get("valid_from"), f"{where}valid_from", on)
    last = _day(row.get("valid_until"), f"{where}valid_until", None)
    if not max(first, on) <= last <= on + timedelta(days=DAYS_MOST):
        raise BadRequest(f"{where}valid_until", f"a day from valid_from on, within {DAYS_MOST} days")
    amount = _amount(row, terms, where)
    member = _member(books, row.get("member"), offer)
    count = fen(row.get("count", 1), f"{where}count")
    if not 1 <= count <= (1 if member else COUNT_MOST):
        raise BadRequest(f"{where}count", f"1 to {COUNT_MOST}, and 1 for a member")
    for _ in range(count):
        coupon_id = ids.new()
        yield Coupon(
            coupon_id=coupon_id,
            code=_code(books, coupon_id),
            offer_id=offer,
            amount=amount,
            min_spend=Money(_fen(row, "min_spend_fen", where)),
            valid_from=first,
            valid_until=last,
            member_id=None if member is None else member.member_id,
            terms=terms,
        )


def _amount(row: Mapping[str, Any], terms: CouponTerms, where: str) -> Money:
    """What it takes off; of a percentage the most it may be, 0 for no such cap."""
    amount = _fen(row, "amount_fen", where)
    if (terms.kind == "amount" and not amount) or (terms.kind == "item" and amount):
        raise BadRequest(f"{where}amount_fen", "fen above zero, and left out for item")
    return Money(amount)


def _fen(row: Mapping[str, Any], key: str, where: str) -> int:
    value = fen(row.get(key, 0), f"{where}{key}")
    if not 0 <= value <= FEN_MOST:
        raise BadRequest(f"{where}{key}", f"fen from 0 to {FEN_MOST}")
    return value


def _member(books: Books, who: Any, offer: str) -> Member | None:
    if who is None:
        return None
    member = members.by_phone(books, text(who, "member"))
    if books.coupons.of_offer(offer, member_id=member.member_id) is not None:
        raise CouponGivenBefore(offer)
    return member


def _day(value: Any, where: str, missing: date | None) -> date:
    if value is None and missing is not None:
        return missing
    try:
        return date.fromisoformat(text(value, where))
    except ValueError:
        raise BadRequest(where, "a day such as 2026-09-28") from None


def _code(books: Books, coupon_id: str) -> str:
    """Eight characters nobody can guess from another coupon's, and no other coupon answers to."""
    for n in range(1_000):
        digest = hashlib.sha256(f"{coupon_id}/{n}".encode()).digest()
        code = crockford.encode(int.from_bytes(digest[:5]), digits=CODE_DIGITS)
        if books.coupons.by_code(code) is None and books.sales.by_redeem_code(code) is None:
            return code
    raise RuntimeError("no code is free")
