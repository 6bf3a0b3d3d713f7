"""What became of the coupons of each template or offer, and what they cost and brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from storeapp.till.moments import today
from storeapp.till.ports import Clock, Shop


@dataclass(frozen=True, slots=True)
class CouponRow:
    """Coupons of one template or offer that this till knows of.

    `given` is all of them; `out` may still be used, `lapsed` never was. `off_fen` is what they took off in this till's
    sales, `sales_fen` what those sales came to.
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


def coupon_report(shop: Shop, *, clock: Clock) -> tuple[CouponRow, ...]:
    """One row a template or offer, by its id."""
    off: Counter[str] = Counter()
    brought: Counter[str] = Counter()
    with shop.reading() as books:
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
            states["issued"],
            states["redeemed"],
            states["void"],
            states["lapsed"],
            off[offer_id],
            brought[offer_id],
        )
        for offer_id, states in sorted(counts.items())
    )
