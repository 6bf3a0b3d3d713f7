"""Coupons the shop gives by itself: for joining, for a birthday, to win somebody back, for the next visit; or by hand.

Each is given once for its reason, at whatever till. A coupon lies in her wallet and is no message: writing to her is
outreach's business, and asks for her consent there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storeapp.domain.approval import checked_reason
from storeapp.domain.birthday import days_until
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import GrantWhy
from storeapp.domain.coupon_template import FEN_MOST, CouponTemplate, TemplateNotLive, UnknownTemplate
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.domain.layer import Layer
from storeapp.domain.member import UnknownMember
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.staff import SCRIPT
from storeapp.till import approvals, coupon_templates
from storeapp.till.coupon_templates import CouponGivenBefore, Giving
from storeapp.till.moments import day_of, local_moment, today
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.requests import fingerprint

TURN_DAYS = 7
"""A turn this long ago is still answered: the till may have been shut for some nights."""
_A_WRITE = 100


@dataclass(frozen=True, slots=True)
class Due:
    """A gift that is due: to whom, why, and the key that gives it once."""

    member_id: str
    why: GrantWhy
    key: str


@dataclass(frozen=True, slots=True)
class Goodwill:
    """A coupon given by hand: of which template, to whom, why, and what it costs where that is not the template's."""

    template_id: str
    member_id: str
    reason: str
    by: str = SCRIPT
    cost_fen: int | None = None
    request_id: str | None = None
    approver: str = ""
    approval_id: str | None = None

    def payload(self) -> dict[str, Any]:
        """What is approved."""
        return {"template": self.template_id, "member": self.member_id, "cost_fen": self.cost_fen}


def on_join(books: Books, member_id: str, *, at: str, on: date) -> None:
    """The gift of whoever joins, within the transaction she joins in."""
    _give(books, "coupon.on_join", Giving(f"join:{member_id}", "join", at, on, member_id))


def on_page_join(books: Books, member_id: str, joined_at: str, *, now: datetime) -> None:
    """The gift of whoever joined by a page, where a till hears of it, within the transaction it hears it in.

    It is the same coupon at every till, good from the day she joined on. Who joined long ago is old news, and the
    counter gave its own.
    """
    joined = local_moment(books, datetime.fromisoformat(joined_at))
    if now - joined <= timedelta(days=TURN_DAYS) and books.members.by_id(member_id) is not None:
        on_join(books, member_id, at=joined_at, on=day_of(joined, books.policy.in_force()))


def after_sale(books: Books, sale: Sale) -> None:
    """The coupon for the next visit, within the transaction of the sale; it goes when all of the sale is taken back."""
    policy = books.policy.in_force()
    if not policy.text("coupon.next_visit") or not sale.total or sale.training:
        return
    if sale.total.fen < policy.whole("coupon.next_visit_from_fen"):
        return
    day = date.fromisoformat(sale.business_date)
    giving = Giving(f"next_visit:{sale.sale_id}", "next_visit", sale.at, day, sale.member_id, receipt_token=sale.token)
    _give(books, "coupon.next_visit", giving)


def give_due(shop: Shop, *, clock: Clock) -> int:
    """Gives every birthday and win-back coupon that is due, in small transactions; answers how many."""
    with shop.reading() as books:
        due = tuple(_due(books, today(books, clock)))
    given = 0
    for start in range(0, len(due), _A_WRITE):
        with shop.writing() as books:
            at, on = clock.now().isoformat(), today(books, clock)
            for each in due[start : start + _A_WRITE]:
                # she may have been erased, or been given it, since
                if books.members.by_id(each.member_id) is not None:
                    giving = Giving(each.key, each.why, at, on, each.member_id)
                    given += _give(books, f"coupon.{each.why}", giving)
    return given


def give_by_hand(shop: Shop, asked: Goodwill, *, clock: Clock, ids: Ids) -> Coupon:
    """A gift of goodwill, with its reason and cost on record.

    Raises BadCouponTerms, UnknownMember, UnknownTemplate, TemplateNotLive, CouponGivenBefore, RequestReused,
    ApprovalReasonMissing, OwnMember or what approvals do.
    """
    reason = checked_reason(asked.reason)
    at, by = clock.now().isoformat(), asked.by
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        key = f"goodwill:{books.device.device_id}:{asked.request_id or ids.new()}"
        told = fingerprint(asked.payload() | {"reason": reason})
        for grant in books.coupon_grants.of_key(key):
            before = books.coupons.by_id(grant.coupon_id)
            if grant.asked != told or before is None:
                raise RequestReused(asked.request_id or "", "" if before is None else before.code)
            return before
        if not 0 <= (asked.cost_fen or 0) <= FEN_MOST:
            raise BadCouponTerms("cost_fen", f"fen from 0 to {FEN_MOST}")
        template = coupon_templates.live(books, asked.template_id)
        if books.members.by_id(asked.member_id) is None:
            raise UnknownMember
        check_not_own(books, asked.member_id, by, asked.approver)
        if coupon_templates.has_enough(books, template, asked.member_id):
            raise CouponGivenBefore(template.template_id)
        _allow(books, asked, reason, at=at, ids=ids)
        giving = Giving(
            key,
            "goodwill",
            at,
            today(books, clock),
            asked.member_id,
            by=by,
            reason=reason,
            cost_fen=asked.cost_fen,
            asked=told,
        )
        [made] = coupon_templates.give(books, template, giving)
        return made


def _allow(books: Books, asked: Goodwill, reason: str, *, at: str, ids: Ids) -> None:
    payload, by = asked.payload(), asked.by
    if asked.approver:
        approvals.spend_named(
            books, "give_coupon", payload, by=by, approver=asked.approver, reason=reason, at=at, ids=ids
        )
    else:
        approvals.allow(books, "give_coupon", payload, by=by, approval_id=asked.approval_id, at=at)


def _due(books: Books, day: date) -> Iterator[Due]:
    policy = books.policy.in_force()
    if _template(books, "coupon.birthday", day) is not None:
        yield from _birthdays(books, day, most=policy.whole("coupon.birthday_days"))
    if _template(books, "coupon.winback", day) is not None:
        yield from _turned(books, day, stage=policy.text("coupon.winback_stage"))


def _birthdays(books: Books, day: date, *, most: int) -> Iterator[Due]:
    for member_id in books.coupon_grants.members():
        member = books.members.by_id(member_id)
        left = None if member is None else days_until(member.birthday, day)
        if left is not None and left <= most:
            due = Due(member_id, "birthday", f"birthday:{member_id}:{(day + timedelta(days=left)).year}")
            if not books.coupon_grants.of_key(due.key):
                yield due


def _turned(books: Books, day: date, *, stage: str) -> Iterator[Due]:
    every: list[Layer] = list(books.layers.every())
    # the first night finds everybody somewhere: nobody turned in it
    first = min((layer.standing.since for layer in every), default=day)
    for layer in every:
        since = layer.standing.since
        if layer.standing.stage == stage and since > first and (day - since).days <= TURN_DAYS:
            due = Due(layer.member_id, "winback", f"winback:{layer.member_id}:{stage}:{since}")
            if not books.coupon_grants.of_key(due.key):
                yield due


def _template(books: Books, rule: str, on: date) -> CouponTemplate | None:
    """The template the policy names, if coupons of it can be given: neither a sale nor a signing up waits for one."""
    template_id = books.policy.in_force().text(rule)
    if not template_id:
        return None
    try:
        found = coupon_templates.live(books, template_id)
        found.days_from(on)
    except (UnknownTemplate, TemplateNotLive, BadCouponTerms):
        return None
    return found


def _give(books: Books, rule: str, giving: Giving) -> bool:
    template = _template(books, rule, giving.on)
    if template is None or books.coupon_grants.of_key(giving.key):
        return False
    if giving.member_id is not None and coupon_templates.has_enough(books, template, giving.member_id):
        return False
    coupon_templates.give(books, template, giving)
    return True
