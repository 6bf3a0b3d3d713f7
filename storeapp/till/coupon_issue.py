"""Coupons the owner gives away: to a member, or by their codes to whoever shows one. All of a file, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from storeapp.domain import coupon_terms
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import BATCH_MOST, DAYS_MOST, FEN_MOST
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.owner_word import is_id
from storeapp.domain.sale import RequestReused
from storeapp.till import coupon_templates, coupons, members
from storeapp.till.coupon_templates import CouponGivenBefore as CouponGivenBefore
from storeapp.till.coupon_templates import Giving
from storeapp.till.moments import today
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.promotions import check_may
from storeapp.till.requests import BadRequest, an_object, fen, fingerprint, known, text

KEYS = frozenset(
    {"offer", "member", "count", "amount_fen", "min_spend_fen", "valid_from", "valid_until", "terms", "request"}
)
OF_TEMPLATE = frozenset({"template", "member", "count", "request"})


def issue_coupons(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, ids: Ids, by: str = ""
) -> tuple[Coupon, ...]:
    """The coupons these rows ask for, in the books and the journal; a `request` that was answered before gives none.

    Raises BadRequest, BadCouponTerms, UnknownMember, CouponGivenBefore, RequestReused, OwnMember, UnknownTemplate or
    TemplateNotLive.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        giver = _Giver(books, at, today(books, clock), ids, by)
        return tuple(
            coupon
            for n, row in enumerate(rows, start=1)
            for coupon in giver.answer(an_object(row, f"[{n}]"), f"[{n}].")
        )


@dataclass(frozen=True, slots=True)
class _Giver:
    """Answers one row after another within one transaction."""

    books: Books
    at: str
    on: date
    ids: Ids
    by: str

    def answer(self, row: Mapping[str, Any], where: str) -> tuple[Coupon, ...]:
        known(row, OF_TEMPLATE if "template" in row else KEYS, where)
        request, asked = text(row.get("request"), f"{where}request", missing=""), fingerprint(row)
        key = f"request:{self.books.device.device_id}:{request}" if request else self.ids.new()
        before = self.books.coupon_grants.of_key(key) if request else ()
        made = [coupon for grant in before if (coupon := self.books.coupons.by_id(grant.coupon_id)) is not None]
        if before:
            if before[0].asked != asked:
                raise RequestReused(request, made[0].code if made else "")
            return tuple(made)
        giving = Giving(key, "issued", self.at, self.on, by=self.by, asked=asked)
        return self._of_template(row, where, giving) if "template" in row else self._as_said(row, where, giving)

    def _of_template(self, row: Mapping[str, Any], where: str, giving: Giving) -> tuple[Coupon, ...]:
        template = coupon_templates.live(self.books, text(row["template"], f"{where}template"))
        member = _member(self.books, row.get("member"))
        count = _count(row, member, where, template.batch_most)
        if member is not None:
            check_not_own(self.books, member.member_id, self.by)
            if coupon_templates.has_enough(self.books, template, member.member_id):
                raise CouponGivenBefore(template.template_id)
            giving = replace(giving, member_id=member.member_id)
        return coupon_templates.give(self.books, template, giving, count=count)

    def _as_said(self, row: Mapping[str, Any], where: str, giving: Giving) -> tuple[Coupon, ...]:
        made = []
        for n, coupon in enumerate(_asked(self.books, row, where, self.on, self.ids), start=1):
            check_not_own(self.books, coupon.member_id, self.by)
            # one is in the books before the next one's code is sought
            coupons.issue(self.books, coupon, at=self.at, txn_id=self.ids.new())
            if row.get("request"):
                coupon_templates.note(self.books, coupon, giving, n=n, cost_fen=coupon.amount.fen)
            made.append(coupon)
        return tuple(made)


def _asked(books: Books, row: Mapping[str, Any], where: str, on: date, ids: Ids) -> Iterator[Coupon]:
    offer = text(row.get("offer"), f"{where}offer")
    if not is_id(offer):
        raise BadRequest(f"{where}offer", "1 to 40 letters, digits, - or _")
    terms = coupon_terms.from_data(an_object(row.get("terms", {}), f"{where}terms"))
    first = _day(row.get("valid_from"), f"{where}valid_from", on)
    last = _day(row.get("valid_until"), f"{where}valid_until", None)
    if not max(first, on) <= last <= on + timedelta(days=DAYS_MOST):
        raise BadRequest(f"{where}valid_until", f"a day from valid_from on, within {DAYS_MOST} days")
    amount = _amount(row, terms, where)
    member = _member(books, row.get("member"))
    if member is not None and books.coupons.of_offer(offer, member_id=member.member_id) is not None:
        raise CouponGivenBefore(offer)
    for _ in range(_count(row, member, where, BATCH_MOST)):
        coupon_id = ids.new()
        yield Coupon(
            coupon_id=coupon_id,
            code=coupons.new_code(books, coupon_id),
            offer_id=offer,
            amount=amount,
            min_spend=Money(_fen(row, "min_spend_fen", where)),
            valid_from=first,
            valid_until=last,
            member_id=None if member is None else member.member_id,
            terms=terms,
        )


def _count(row: Mapping[str, Any], member: Member | None, where: str, most: int) -> int:
    count = fen(row.get("count", 1), f"{where}count")
    if not 1 <= count <= (1 if member else most):
        raise BadRequest(f"{where}count", f"1 to {most}, and 1 for a member")
    return count


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


def _member(books: Books, who: Any) -> Member | None:
    return None if who is None else members.by_phone(books, text(who, "member"))


def _day(value: Any, where: str, missing: date | None) -> date:
    if value is None and missing is not None:
        return missing
    try:
        return date.fromisoformat(text(value, where))
    except ValueError:
        raise BadRequest(where, "a day such as 2026-09-28") from None
