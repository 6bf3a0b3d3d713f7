"""Terms: what holds for a basket now, gathered from the books. Every screen, verb and receipt is priced under these."""

from __future__ import annotations

from datetime import date, datetime

from storeapp.domain.basket import Basket
from storeapp.domain.member import UnknownMember
from storeapp.domain.policy import Policy
from storeapp.domain.promotion import EVER, Promotion
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import CardTerms, GroupPrice, MemberTerms, Terms
from storeapp.till.ports import Books


def terms_of(books: Books, basket: Basket, *, at: datetime, day: str, policy: Policy) -> Terms:
    """The terms of `basket` at `at`, in the shop's zone, which falls on the business day `day`; no coupons yet.

    Raises UnknownMember.
    """
    rules = books.promotions.rules()
    member = _member(books, basket, rules)
    agreed: dict[tuple[str, str], GroupPrice] = {}
    if basket.pickups:
        # a room of its own, opened when somebody fetches a group order
        from storeapp.till import group_picking

        agreed = group_picking.prices(books, basket)
    counted = [p.promotion_id for p in rules.promotions if _is_counted(p)]
    used = books.promotions.used(counted, member_id=basket.member_id, business_date=day) if counted else ({}, {})
    return Terms(
        moment=at,
        member=member,
        rules=rules,
        price_lists=tuple(each for each in books.price_lists.in_force() if each.is_at(books.device.store)),
        used_by_member=used[0],
        used_today=used[1],
        floor_percent=policy.whole("price.floor_percent") if policy.get("price.floor") else None,
        cards=_cards(books, basket, day, policy),
        group_prices=agreed,
    )


def _member(books: Books, basket: Basket, rules: Rulebook) -> MemberTerms | None:
    if basket.member_id is None:
        return None
    member = books.members.by_id(basket.member_id)
    if member is None:
        raise UnknownMember
    asks = any(promotion.first_purchase for promotion in rules.promotions)
    has_bought = not asks or books.sales.has_bought(member.member_id)
    return MemberTerms(member.member_id, member.tier, has_bought=has_bought, birthday=member.birthday)


def _cards(books: Books, basket: Basket, day: str, policy: Policy) -> tuple[CardTerms, ...]:
    """Her cards; a shop that never sold one does not ask for them."""
    if basket.member_id is None or basket.spares_cards or not policy.text("cards.kinds"):
        return ()
    # most shops sell none: a start does not load them
    from storeapp.till.cards import terms_of_cards

    return terms_of_cards(books, basket.member_id, on=date.fromisoformat(day))


def _is_counted(promotion: Promotion) -> bool:
    return promotion.limits.per_member != EVER or promotion.limits.per_day != EVER
