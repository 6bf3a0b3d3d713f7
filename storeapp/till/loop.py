"""The loop report: what became of the receipts this till printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storeapp.domain.funnel import Journey, Step, by, count, hour_name
from storeapp.domain.sale import Sale
from storeapp.till.ports import Books, Shop


@dataclass(frozen=True, slots=True)
class LoopReport:
    """The five steps as a whole and per till, cashier and hour; `names` are the cashiers' by their codes."""

    whole: Step
    per_till: tuple[tuple[str, Step], ...]
    per_cashier: tuple[tuple[str, Step], ...]
    per_hour: tuple[tuple[str, Step], ...]
    names: Mapping[str, str] = field(default_factory=dict)


def loop_report(shop: Shop, *, business_date: str | None = None) -> LoopReport:
    """The loop of the receipts of one business day, or of all."""
    with shop.reading() as books:
        journeys = tuple(_journeys(books, business_date))
        names = {who.code: who.name for who in books.staff.every()}
    return LoopReport(
        whole=count(journeys),
        per_till=by(journeys, lambda journey: journey.till),
        per_cashier=by(journeys, lambda journey: journey.cashier),
        per_hour=by(journeys, hour_name),
        names=names,
    )


def _journeys(books: Books, business_date: str | None) -> list[Journey]:
    # a coupon is redeemed after its receipt was printed, and never before
    sales = tuple(books.sales.every() if business_date is None else books.sales.since(business_date))
    visits = {sale.member_id: sale for sale in sales if sale.member_id is not None}
    redeemed_by = {use.coupon_id: sale for sale in sales for use in sale.coupons}
    opened = books.feeds.opened()
    journeys = []
    for sale in sales:
        if sale.offer_id is None or business_date not in (None, sale.business_date):
            continue
        coupons = books.coupons.by_receipt_token(sale.token)
        redeeming = [redeemed_by[coupon.coupon_id] for coupon in coupons if coupon.coupon_id in redeemed_by]
        journeys.append(
            Journey(
                till=sale.till,
                cashier=sale.cashier,
                hour=datetime.fromisoformat(sale.at).hour,
                offer_id=sale.offer_id,
                opened=sale.token in opened,
                claimed=any(coupon.state != "void" for coupon in coupons),
                redeemed=any(coupon.state == "redeemed" for coupon in coupons),
                bought_again=any(_came_back(visit, visits.get(visit.member_id or "")) for visit in redeeming),
            )
        )
    return journeys


def _came_back(redeeming: Sale, last_visit: Sale | None) -> bool:
    return last_visit is not None and last_visit.token_seq > redeeming.token_seq
