"""What became of the coupons of each template or offer, and what they cost and brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from storeapp.till import coupon_holds
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop


@dataclass(frozen=True, slots=True)
class CouponRow:
    """Coupons of one template or offer that this till knows of.

    `given` is all of them; `out` may still be used, `reserved` is in a basket now, `lapsed` never was. `off_fen` is
    what they took off in this till's sales, `sales_fen` what those sales came to, `cost_fen` what the redeemed ones
    cost as the owner reckons.
    """

    template_id: str
    name: str
    given: int
    out: int
    redeemed: int
    void: int
    lapsed: int
    off_fen: int
    sales_fen: int
    reserved: int = 0
    cost_fen: int = 0


def coupon_report(shop: Shop, *, clock: Clock) -> tuple[CouponRow, ...]:
    """One row a template or offer, by its id."""
    off: Counter[str] = Counter()
    brought: Counter[str] = Counter()
    with shop.reading() as books:
        held, costs = _held(books, clock), dict(books.coupon_grants.costs())
        counts: dict[str, Counter[str]] = {}
        for offer_id, state, count in books.coupon_grants.tally(today(books, clock)):
            counts.setdefault(offer_id, Counter())[state] += count
        for receipt in books.coupon_grants.receipts_of_uses():
            sale = books.sales.by_receipt(receipt)
            if sale is None:
                continue
            for use in sale.coupons:
                off[use.offer_id] += use.amount.fen
            for offer_id in {use.offer_id for use in sale.coupons}:
                brought[offer_id] += sale.total.fen
        names = {word.subject: word.name for word in books.coupon_templates.every()}
    return tuple(
        CouponRow(
            offer_id,
            names.get(offer_id, ""),
            sum(states.values()),
            states["issued"] - held[offer_id],
            states["redeemed"],
            states["void"],
            states["lapsed"],
            off[offer_id],
            brought[offer_id],
            held[offer_id],
            costs.get(offer_id, 0),
        )
        for offer_id, states in sorted(counts.items())
    )


def _held(books: Books, clock: Clock) -> Counter[str]:
    """How many of each are reserved, and may be used otherwise."""
    found: Counter[str] = Counter()
    on, now = today(books, clock), clock.now()
    for hold in books.coupon_holds.every():
        coupon = books.coupons.by_id(hold.coupon_id)
        is_out = coupon is not None and coupon.state == "issued" and coupon.valid_until >= on
        if coupon is not None and is_out and not coupon_holds.is_free(books, hold.code, holder="", now=now):
            found[coupon.offer_id] += 1
    return found
