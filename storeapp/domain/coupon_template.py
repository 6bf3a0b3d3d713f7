"""Coupon templates: what a kind of coupon is worth, how long it is good, and how many of it there may be.

A coupon made from one carries the template's id as its offer, and all of its terms: a template that changes or ends
leaves those that are out as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from storeapp.domain import coupon_terms
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_terms import BadCouponTerms, CouponTerms, whole
from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.owner_word import OwnerWord, is_id, next_draft, turned
from storeapp.errors import Refused

FEN_MOST = 10_000_000
DAYS_MOST = 3 * 366
BATCH_MOST = 1_000
NAME_MOST = 40
_KEYS = frozenset(
    {
        *("id", "name", "amount_fen", "min_spend_fen", "cost_fen", "terms", "valid_from", "valid_until"),
        *("valid_days", "starts_after_days", "most_per_member", "batch_most"),
    }
)


@dataclass(eq=False)
class UnknownTemplate(Refused):
    """There is no coupon template `template`."""

    template: str
    word = "unknown_coupon_template"


@dataclass(eq=False)
class TemplateNotLive(Refused):
    """Of the coupon template `template` no more coupons are given: it is `state`."""

    template: str
    state: str
    word = "coupon_template_not_live"


@dataclass(frozen=True, slots=True)
class CouponTemplate:
    """Good from `valid_from` to `valid_until`, or for `valid_days` that begin `starts_after_days` after it is given.

    `most_per_member` is how many of it one member gets, 0 as many as there are; `cost_fen` what one costs the shop
    when it is used, as the owner reckons.
    """

    template_id: str
    name: str
    amount: Money
    min_spend: Money
    terms: CouponTerms
    cost: Money
    valid_from: date | None = None
    valid_until: date | None = None
    valid_days: int = 0
    starts_after_days: int = 0
    most_per_member: int = 1
    batch_most: int = BATCH_MOST

    def days_from(self, on: date) -> tuple[date, date]:
        """The first and the last day of one given on that day; raises TemplateNotLive where they are over."""
        if self.valid_until is None:
            first = on + timedelta(days=self.starts_after_days)
            return first, first + timedelta(days=self.valid_days - 1)
        if self.valid_until < on:
            raise TemplateNotLive(self.template_id, "lapsed")
        return max(self.valid_from or on, on), self.valid_until


@dataclass(frozen=True, slots=True)
class TemplateWord(OwnerWord):
    """One word about a coupon template, whose text is `data`. It is live as soon as it is said, until it ends."""


def from_data(data: Mapping[str, Any]) -> CouponTemplate:
    """The template in this text; raises BadCouponTerms with the first key that will not do."""
    for key in data:
        if key not in _KEYS:
            raise BadCouponTerms(str(key)[:40], "no such key")
    if not is_id(data.get("id")):
        raise BadCouponTerms("id", "1 to 40 letters, digits, - or _")
    name = data.get("name")
    if not isinstance(name, str) or not name.strip() or not is_one_line(name, most=NAME_MOST):
        raise BadCouponTerms("name", f"a name of at most {NAME_MOST} characters")
    said = data.get("terms", {})
    if not isinstance(said, Mapping):
        raise BadCouponTerms("terms", "an object")
    terms = coupon_terms.from_data(said)
    amount = _or(data, "amount_fen", 0, 0, FEN_MOST)
    if (terms.kind == "amount" and not amount) or (terms.kind == "item" and amount):
        raise BadCouponTerms("amount_fen", "fen above zero, and left out for item")
    found = CouponTemplate(
        template_id=str(data["id"]),
        name=name.strip(),
        amount=Money(amount),
        min_spend=Money(_or(data, "min_spend_fen", 0, 0, FEN_MOST)),
        terms=terms,
        cost=Money(_or(data, "cost_fen", amount, 0, FEN_MOST)),
        valid_from=_day(data, "valid_from"),
        valid_until=_day(data, "valid_until"),
        valid_days=_or(data, "valid_days", 0, 1, DAYS_MOST),
        starts_after_days=_or(data, "starts_after_days", 0, 0, DAYS_MOST),
        most_per_member=_or(data, "most_per_member", 1, 0, BATCH_MOST),
        batch_most=_or(data, "batch_most", BATCH_MOST, 1, BATCH_MOST),
    )
    _check_days(found)
    return found


def as_data(template: CouponTemplate) -> dict[str, Any]:
    """The text `from_data` reads, every key said."""
    days: dict[str, Any] = {"valid_days": template.valid_days, "starts_after_days": template.starts_after_days}
    if template.valid_until is not None:
        days = {"valid_until": template.valid_until.isoformat()}
        if template.valid_from is not None:
            days["valid_from"] = template.valid_from.isoformat()
    return {
        "id": template.template_id,
        "name": template.name,
        "amount_fen": template.amount.fen,
        "min_spend_fen": template.min_spend.fen,
        "cost_fen": template.cost.fen,
        "terms": coupon_terms.as_data(template.terms),
        "most_per_member": template.most_per_member,
        "batch_most": template.batch_most,
        **days,
    }


def said(before: TemplateWord | None, template: CouponTemplate, *, at: str, by: str) -> TemplateWord:
    """The template as it is from now on, and live. The same one again is the same version."""
    data = as_data(template)
    if before is None:
        return TemplateWord(template.template_id, 1, data, "live", at, by)
    draft = next_draft(before, data, at=at, by=by)
    return turned(before, "live", at=at, by=by) if draft is before else replace(draft, state="live")


def ended(before: TemplateWord, *, at: str, by: str) -> TemplateWord:
    """No more coupons are given of it; raises TemplateNotLive."""
    if before.state != "live":
        raise TemplateNotLive(before.subject, before.state)
    return turned(before, "ended", at=at, by=by)


def live(word: TemplateWord | None, template_id: str) -> CouponTemplate:
    """The template of this word; raises UnknownTemplate, TemplateNotLive, or BadCouponTerms of a newer program's."""
    if word is None:
        raise UnknownTemplate(template_id[:40])
    if word.state != "live":
        raise TemplateNotLive(word.subject, word.state)
    return from_data(word.data)


def made_of(
    template: CouponTemplate, *, coupon_id: str, code: str, on: date, member_id: str | None, receipt_token: str = ""
) -> Coupon:
    """The coupon given of it on that day; raises TemplateNotLive where its days are over."""
    first, last = template.days_from(on)
    return Coupon(
        coupon_id=coupon_id,
        code=code,
        offer_id=template.template_id,
        amount=template.amount,
        min_spend=template.min_spend,
        valid_from=first,
        valid_until=last,
        member_id=member_id,
        receipt_token=receipt_token,
        terms=template.terms,
    )


def has_had_enough(template: CouponTemplate, hers: Iterable[Coupon]) -> bool:
    """Whether a member with these coupons of it gets no more; one that was taken back does not count."""
    had = sum(coupon.state != "void" for coupon in hers)
    return 0 < template.most_per_member <= had


def _check_days(template: CouponTemplate) -> None:
    if (template.valid_until is None) == (template.valid_days == 0):
        raise BadCouponTerms("valid_until", "said, or else valid_days, and not both")
    if template.valid_until is not None:
        if template.starts_after_days:
            raise BadCouponTerms("starts_after_days", "said with valid_days alone")
        if template.valid_from is not None and template.valid_from > template.valid_until:
            raise BadCouponTerms("valid_until", "a day from valid_from on")
    elif template.valid_from is not None:
        raise BadCouponTerms("valid_from", "said with valid_until alone")


def _or(data: Mapping[str, Any], key: str, missing: int, least: int, most: int) -> int:
    return whole(data, key, least, most) if key in data else missing


def _day(data: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(data[key]) if key in data else None
    except (ValueError, TypeError):
        raise BadCouponTerms(key, "a day such as 2026-09-28") from None
