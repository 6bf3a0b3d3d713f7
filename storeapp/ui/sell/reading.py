"""What the selling screen reads: quick, on the spot, from one consistent view of the books."""

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
from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import coupon_holds, members, selling
from storeapp.till.checkout import Quote
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.till.records import Found
from storeapp.ui.sell.state import CouponView, Hit, LastSale, MemberView, Tab, Tile

if TYPE_CHECKING:
    from storeapp.domain.stamp import StampCard
    from storeapp.domain.tier import Next

HITS_MOST = 8
MEMBERS_MOST = 3


def is_goods(books: Books, code: str) -> bool:
    """True if the code is on goods: a label of the scale may look like a payment code."""
    try:
        selling.ring_up(books, code, books.policy.in_force(), quantity=None)
    except UnknownCode:
        return False
    except Refused:
        return True
    return True


def hits(books: Books, text: str) -> tuple[Hit, ...]:
    """Products and members for what is typed; a few members never crowd out the goods."""
    wanted = text.strip()
    if not wanted:
        return ()
    found = tuple(member_hit(member) for member in members.find(books, wanted, limit=MEMBERS_MOST))
    products = books.products.find(wanted, limit=HITS_MOST)
    return (*(product_hit(product) for product in products[: HITS_MOST - len(found)]), *found)


def product_hit(product: Product) -> Hit:
    return Hit(
        "product",
        product.code,
        product.name,
        product.barcodes[0] if product.barcodes else product.code,
        price=product.price,
        member_price=product.member_price,
    )


def member_hit(member: Found) -> Hit:
    return Hit("member", member.member_id, member.name, member.phone_masked, points=member.points)


def member_view(books: Books, basket: Basket, quoted: Quote, *, on: date, now: datetime) -> MemberView | None:
    """The member of the basket with what this sale brings her."""
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


def coupons_used(quoted: Quote) -> tuple[CouponView, ...]:
    """Those that count in this basket."""
    return tuple(_coupon_view(coupon, is_used=True, fits=True) for coupon, _worth in quoted.priced.coupons)


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
        *(_coupon_view(coupon, is_used=False, fits=True) for coupon in fitting),
        *(_coupon_view(coupon, is_used=False, fits=False) for coupon in rest),
    )


def _held(books: Books, hers: tuple[Coupon, ...], now: datetime) -> frozenset[str]:
    if not hers or not books.coupon_holds.every():
        return frozenset()
    return frozenset(c.code for c in hers if not coupon_holds.is_free(books, c.code, holder=COUNTER, now=now))


def _coupon_view(coupon: Coupon, *, is_used: bool, fits: bool) -> CouponView:
    return CouponView(coupon.code, coupon.amount, coupon.min_spend, coupon.valid_until, is_used, fits, coupon.terms)


def tabs(books: Books) -> tuple[Tab, ...]:
    """The quick keys by tab; each category keeps one colour over all tabs."""
    edges: dict[str, int] = {}
    shown: dict[str, list[Tile]] = {}
    for key, product in books.products.quick_keys():
        edge = edges.setdefault(product.category, len(edges))
        shown.setdefault(key.tab, []).append(Tile(product, edge))
    return tuple(Tab(words, tuple(tiles)) for words, tiles in shown.items())


def last_sale(sale: Sale | None, *, just_paid: bool = False, back: tuple[Tender, ...] = ()) -> LastSale | None:
    if sale is None:
        return None
    return LastSale(sale.receipt, sale.due, sale.tenders, sale.change, just_paid, back)


def product_name(books: Books, code: str) -> str:
    """What the goods are called; the code itself where the catalogue has lost them."""
    found = books.products.by_code(code)
    return code if found is None else found.name
