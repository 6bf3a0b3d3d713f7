"""What the selling screen reads: quick, on the spot, from one consistent view of the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import selling
from storeapp.till.ports import Books
from storeapp.till.records import Found
from storeapp.ui.sell.state import CouponView, Hit, LastSale, Tab, Tile

if TYPE_CHECKING:
    from storeapp.domain.coupon import Coupon
    from storeapp.domain.sale import Sale
    from storeapp.till.quote import Quote

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
    # loaded with the first search
    from storeapp.till import members

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


def coupons_used(quoted: Quote) -> tuple[CouponView, ...]:
    """Those that count in this basket."""
    return tuple(coupon_view(coupon, is_used=True, fits=True) for coupon, _worth in quoted.priced.coupons)


def coupon_view(coupon: Coupon, *, is_used: bool, fits: bool) -> CouponView:
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
