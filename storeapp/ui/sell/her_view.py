"""The member of a basket as the cashier sees her, with what this sale brings her. Loaded with the first member."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from storeapp.domain.basket import Basket
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_hold import COUNTER
from storeapp.domain.glance import glance
from storeapp.domain.member import Member, UnknownMember, masked_phone
from storeapp.domain.money import Money
from storeapp.domain.policy import Policy
from storeapp.domain.pricing import goods_for, with_coupons, without_coupons
from storeapp.till import coupon_holds, members
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.till.quote import Quote
from storeapp.ui.sell.reading import coupon_view, coupons_used
from storeapp.ui.sell.state import CouponView, MemberView

if TYPE_CHECKING:
    from storeapp.domain.stamp import StampCard
    from storeapp.domain.tier import Next


def member_view(books: Books, basket: Basket, quoted: Quote, *, on: date, now: datetime) -> MemberView | None:
    """None where nobody is on the basket, or who was has been forgotten."""
    if basket.member_id is None:
        return None
    # she may have been merged while the basket lay there
    hers = current(books, basket.member_id)
    try:
        card = members.card(books, hers, on=on)
    except UnknownMember:
        return None
    policy = books.policy.in_force()
    stored = card.principal_fen + card.bonus_fen
    keeps_value = bool(stored) or bool(policy.get("stored_value.enabled"))
    return MemberView(
        member_id=card.member.member_id,
        name=card.member.name,
        phone_masked=masked_phone(card.member.phone),
        tier=card.member.tier,
        points=card.points,
        waiting=card.waiting,
        will_earn=quoted.points,
        coupons=coupon_views(card.coupons, quoted, held=_held(books, card.coupons, now)),
        stored=Money(stored) if keeps_value else None,
        birthday=card.member.birthday,
        note=card.member.note,
        glance=glance(
            books.layers.of(hers),
            today=on,
            birthday=card.member.birthday,
            last_sale_on=books.layers.last_bought(hers),
            in_basket={line.product.category for line in basket.lines},
        ),
        stamps=_stamps(books, hers, policy),
        cards_left=_cards_left(books, hers, on, policy),
        owed_points=card.owed_points,
        next_tier=_next_tier(books, card.member, quoted, on, policy),
    )


def _next_tier(books: Books, member: Member, quoted: Quote, on: date, policy: Policy) -> Next | None:
    """What she needs once she has this basket; an empty one is no visit."""
    if not policy.text("tier.rules"):
        return None
    # most shops have no tiers: a start does not load them
    from storeapp.till import tiers

    buys = quoted.priced.total if quoted.priced.lines else None
    return tiers.nearest(books, member, on=on, policy=policy, buys=buys)


def _stamps(books: Books, member_id: str, policy: Policy) -> StampCard | None:
    if not policy.text("stamps.rules"):
        return None
    # most shops give no cards: a start does not load them
    from storeapp.till import stamp_cards

    return stamp_cards.card(books, member_id, policy)


def _cards_left(books: Books, member_id: str, on: date, policy: Policy) -> tuple[int, ...]:
    if not policy.text("cards.kinds"):
        return ()
    # most shops sell no cards: a start does not load them
    from storeapp.till.cards import terms_of_cards

    return tuple(card.left for card in terms_of_cards(books, member_id, on=on))


def coupon_views(
    hers: tuple[Coupon, ...], quoted: Quote, *, held: frozenset[str] = frozenset()
) -> tuple[CouponView, ...]:
    """Those that count in this basket first, then those that could, the dearest first, then the others.

    `held` are codes another basket has.
    """
    used = {coupon.code for coupon, _worth in quoted.priced.coupons}
    plain = without_coupons(quoted.priced)
    others = [coupon for coupon in hers if coupon.code not in used]
    free = [coupon for coupon in others if coupon.code not in held]
    enough = [coupon for coupon in free if coupon.min_spend <= goods_for(coupon, plain.lines)]
    worth = {each.code: with_coupons(plain, (each,), floor_percent=None).coupon_discount.fen for each in enough}
    fitting = [coupon for coupon in enough if worth[coupon.code]]
    fitting.sort(key=lambda coupon: (-worth[coupon.code], coupon.valid_until, coupon.code))
    rest = [coupon for coupon in others if coupon not in fitting]
    return (
        *coupons_used(quoted),
        *(coupon_view(coupon, is_used=False, fits=True) for coupon in fitting),
        *(coupon_view(coupon, is_used=False, fits=False) for coupon in rest),
    )


def _held(books: Books, hers: tuple[Coupon, ...], now: datetime) -> frozenset[str]:
    if not hers or not books.coupon_holds.every():
        return frozenset()
    return frozenset(c.code for c in hers if not coupon_holds.is_free(books, c.code, holder=COUNTER, now=now))
