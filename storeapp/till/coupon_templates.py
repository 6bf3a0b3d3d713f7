"""The owner's coupon templates: put, ended, and coupons given of them, each for a key and once for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storeapp.domain import coupon_template
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant, GrantWhy, coupon_id_of, txn_id_of
from storeapp.domain.coupon_template import CouponTemplate, TemplateWord, UnknownTemplate, has_had_enough
from storeapp.errors import Refused
from storeapp.till import coupons
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.promotions import check_may


@dataclass(eq=False)
class CouponGivenBefore(Refused):
    """The member has had her coupons of `offer`: of an offer a person gets one, of a template as many as it says."""

    offer: str
    word = "coupon_given_before"


@dataclass(frozen=True, slots=True)
class Giving:
    """What coupons are given for: `key` names it once for ever, `member_id` is None for whoever shows the code.

    The coupon's id follows from the key, so that tills that give for the same reason give the same coupon.
    """

    key: str
    why: GrantWhy
    at: str
    on: date
    member_id: str | None = None
    by: str = ""
    reason: str = ""
    cost_fen: int | None = None
    receipt_token: str = ""
    asked: str = ""


def put_templates(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, by: str = ""
) -> tuple[TemplateWord, ...]:
    """These templates as they are from now on, or none of them; raises BadCouponTerms."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        put = []
        for row in rows:
            template = coupon_template.from_data(row)
            before = books.coupon_templates.get(template.template_id)
            put.append(_say(books, before, coupon_template.said(before, template, at=at, by=by)))
        return tuple(put)


def end_templates(shop: Shop, ids: tuple[str, ...], *, clock: Clock, by: str = "") -> tuple[TemplateWord, ...]:
    """No more coupons are given of these, or none ends; those that are out stay good.

    Raises UnknownTemplate or TemplateNotLive.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        before = [known(books, template_id) for template_id in ids]
        return tuple(_say(books, word, coupon_template.ended(word, at=at, by=by)) for word in before)


def known(books: Books, template_id: str) -> TemplateWord:
    """What holds of it now; raises UnknownTemplate."""
    found = books.coupon_templates.get(template_id)
    if found is None:
        raise UnknownTemplate(template_id[:40])
    return found


def live(books: Books, template_id: str) -> CouponTemplate:
    """The template, if coupons are given of it; raises UnknownTemplate or TemplateNotLive."""
    return coupon_template.live(books.coupon_templates.get(template_id), template_id)


def given_now(books: Books, *, on: date) -> tuple[CouponTemplate, ...]:
    """The templates of which coupons can be given on that day, by name."""
    found = []
    for word in books.coupon_templates.every():
        try:
            template = coupon_template.live(word, word.subject)
            template.days_from(on)
        except Refused:
            continue
        found.append(template)
    return tuple(sorted(found, key=lambda template: template.name))


def body(word: TemplateWord) -> dict[str, Any]:
    """A word about a template as the journal and the feed hold it."""
    return {
        "template_id": word.subject,
        "version": word.number,
        "state": word.state,
        "data": dict(word.data),
        "at": word.changed_at,
        "actor": word.by,
    }


def has_enough(books: Books, template: CouponTemplate, member_id: str) -> bool:
    """Whether this member gets no more of it."""
    return has_had_enough(template, books.coupons.all_of_offer(template.template_id, member_id=member_id))


def give(books: Books, template: CouponTemplate, giving: Giving, *, count: int = 1) -> tuple[Coupon, ...]:
    """The coupons given for this key, within the caller's transaction; those of before where it has given already."""
    before = books.coupon_grants.of_key(giving.key)
    if before:
        return tuple(filter(None, (books.coupons.by_id(grant.coupon_id) for grant in before)))
    return tuple(_give(books, template, giving, count))


def _give(books: Books, template: CouponTemplate, giving: Giving, count: int) -> Iterator[Coupon]:
    for n in range(1, count + 1):
        coupon_id = coupon_id_of(giving.key, n)
        held = books.coupons.by_id(coupon_id)
        if held is not None:
            # another till gave it for the same reason, and the cloud told of it
            yield held
            continue
        made = coupon_template.made_of(
            template,
            coupon_id=coupon_id,
            code=coupons.new_code(books, coupon_id),
            on=giving.on,
            member_id=giving.member_id,
            receipt_token=giving.receipt_token,
        )
        cost_fen = template.cost.fen if giving.cost_fen is None else giving.cost_fen
        why = {"why": giving.why, "cost_fen": cost_fen, "by": giving.by, "reason": giving.reason}
        coupons.issue(books, made, at=giving.at, txn_id=txn_id_of(coupon_id), why=why)
        note(books, made, giving, n=n, cost_fen=cost_fen)
        yield made


def note(books: Books, made: Coupon, giving: Giving, *, n: int, cost_fen: int) -> None:
    """Writes down what a coupon was given for."""
    grant = Grant(
        key=giving.key,
        n=n,
        coupon_id=made.coupon_id,
        template_id=made.offer_id,
        member_id=made.member_id,
        why=giving.why,
        cost_fen=cost_fen,
        by=giving.by,
        reason=giving.reason,
        at=giving.at,
        asked=giving.asked,
    )
    books.coupon_grants.put(grant)


def _say(books: Books, before: TemplateWord | None, now: TemplateWord) -> TemplateWord:
    if now != before:
        books.coupon_templates.put(now)
        books.journal.append("coupon_template.changed", body(now), at=now.changed_at)
    return now
