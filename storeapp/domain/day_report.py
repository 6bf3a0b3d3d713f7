"""The day's report: what was taken and how, when, for what, and what the receipts brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.funnel import Step
from storeapp.domain.member_doc import MemberDoc
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender import TENDER_KINDS, TenderKind


@dataclass(frozen=True, slots=True)
class TakenBy:
    """What came in one way: in how many sales, how much, and how much of that way went `back` in refunds.

    Cash is what stayed in the drawer.
    """

    kind: TenderKind
    sales: int
    amount: Money
    back: Money = ZERO


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day: 9 is from nine to ten."""

    hour: int
    sales: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Good:
    """A product and what was sold of it."""

    code: str
    name: str
    unit: str
    quantity_milli: int
    amount: Money


@dataclass(frozen=True, slots=True)
class DayReport:
    """One business day of one till. `taken` adds up to `amount`, its `back` to `refunded`; hours without a sale are
    left out. `topped_up` is what members paid in, for cards too, less what they were paid back; it is no part of the
    takings. Of the `discount` cards took `carded`."""

    business_date: str
    sales: int
    amount: Money
    discount: Money
    taken: tuple[TakenBy, ...]
    hours: tuple[Hour, ...]
    goods: tuple[Good, ...]
    member_sales: int
    new_members: int
    loop: Step
    refunds: int = 0
    refunded: Money = ZERO
    topped_up: Money = ZERO
    carded: Money = ZERO

    @property
    def cut(self) -> Money:
        """What the shop gave off its prices: without what cards took, which was paid for beforehand."""
        return self.discount - self.carded

    @property
    def net(self) -> Money:
        """What was taken and did not go back."""
        return self.amount - self.refunded


def day_report(
    business_date: str,
    sales: Iterable[Sale],
    refunds: Iterable[Refund] = (),
    paid_in: Iterable[MemberDoc] = (),
    *,
    new_members: int,
    loop: Step,
    goods_most: int = 10,
) -> DayReport:
    """The report of these documents, which are all of that day; `goods_most` of the goods, those that brought most."""
    of_day, back = tuple(sales), tuple(refunds)
    return DayReport(
        business_date=business_date,
        sales=len(of_day),
        amount=total(sale.due for sale in of_day),
        discount=total(sale.discount for sale in of_day),
        carded=total(sale.carded for sale in of_day),
        taken=_taken(of_day, back),
        hours=_hours(of_day),
        goods=_goods(of_day)[:goods_most],
        member_sales=sum(sale.member_id is not None for sale in of_day),
        new_members=new_members,
        loop=loop,
        refunds=len(back),
        refunded=total(refund.back for refund in back),
        topped_up=total(Money(doc.signed_fen) for doc in paid_in),
    )


def _taken(sales: tuple[Sale, ...], refunds: tuple[Refund, ...]) -> tuple[TakenBy, ...]:
    found = []
    for kind in TENDER_KINDS:
        having = [sale for sale in sales if any(tender.kind == kind for tender in sale.tenders)]
        back = total(tender.amount for refund in refunds for tender in refund.tenders if tender.kind == kind)
        if having or back:
            handed = total(tender.amount for sale in having for tender in sale.tenders if tender.kind == kind)
            # change is given in cash, whatever it was paid with
            given_back = total(sale.change for sale in sales) if kind == "cash" else ZERO
            found.append(TakenBy(kind, len(having), handed - given_back, back))
    return tuple(found)


def _hours(sales: tuple[Sale, ...]) -> tuple[Hour, ...]:
    """As the day went: of a shop that is open past midnight 23 stands before 1."""
    per_hour: dict[int, list[Sale]] = {}
    for sale in sorted(sales, key=lambda sale: datetime.fromisoformat(sale.at)):
        per_hour.setdefault(datetime.fromisoformat(sale.at).hour, []).append(sale)
    return tuple(Hour(hour, len(here), total(sale.due for sale in here)) for hour, here in per_hour.items())


def _goods(sales: tuple[Sale, ...]) -> tuple[Good, ...]:
    sold: dict[str, Good] = {}
    for line in (line for sale in sales for line in sale.lines):
        before = sold.get(line.code, Good(line.code, line.name, line.unit, 0, ZERO))
        milli, amount = before.quantity_milli + line.quantity_milli, before.amount + line.net
        sold[line.code] = Good(line.code, line.name, line.unit, milli, amount)
    return tuple(sorted(sold.values(), key=lambda good: (-good.amount.fen, good.name)))
