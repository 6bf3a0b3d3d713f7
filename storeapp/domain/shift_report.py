"""Shift reports: an X while the shift runs, a Z when it is closed. Everything in them is added up from the books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storeapp.domain.drawer import PREPAID, CashMove, Movement, expected
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.shift import Closing, Shift
from storeapp.domain.tender import TENDER_KINDS, TenderKind


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One way to pay: what must be there, what was counted, and the difference; None where nobody counted."""

    tender: TenderKind
    expected_fen: int
    counted_fen: int | None = None

    @property
    def difference_fen(self) -> int | None:
        return None if self.counted_fen is None else self.counted_fen - self.expected_fen


@dataclass(frozen=True, slots=True)
class Sold:
    """What a report needs of one sale; `at` is ISO 8601. Of the discount cards took `card_fen`."""

    receipt: str
    at: str
    cashier: str
    member_id: str | None
    goods_fen: int
    discount_fen: int
    rounding_fen: int
    due_fen: int
    card_fen: int = 0


def sold_of(sale: Sale) -> Sold:
    """That of a whole sale."""
    return Sold(
        sale.receipt,
        sale.at,
        sale.cashier,
        sale.member_id,
        sale.goods.fen,
        sale.discount.fen,
        sale.rounding.fen,
        sale.due.fen,
        sale.carded.fen,
    )


@dataclass(frozen=True, slots=True)
class CashierRow:
    """Who sold how much in the shift."""

    cashier: str
    sales: int
    due_fen: int


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour on the shop's clock."""

    hour: int
    sales: int
    due_fen: int


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """All figures of a shift, in fen. `grand_fen` is everything this till ever sold, the shift included.

    Of `discount_fen` cards took `card_fen`. `voids` are among the `refunds`. `settled_fen` is what members paid of what
    they owe. `openings` is how often cash went in or out, and the `no_sale` ones beside.
    """

    number: int
    business_date: str
    opened_at: str
    opened_by: str
    float_fen: int
    closed_at: str
    closed_by: str
    reason: str
    unapproved: bool
    forced: bool
    sales: int
    goods_fen: int
    discount_fen: int
    rounding_fen: int
    due_fen: int
    refunds: int
    refund_fen: int
    top_up_fen: int
    member_sales: int
    cash_in_fen: int
    cash_out_fen: int
    expense_fen: int
    drop_fen: int
    no_sale: int
    tenders: tuple[TenderRow, ...]
    cashiers: tuple[CashierRow, ...]
    hours: tuple[HourRow, ...]
    first_receipt: str
    last_receipt: str
    grand_fen: int
    z_number: int = 0
    supplement: int = 0
    approver: str = ""
    left_fen: int = 0
    voids: int = 0
    void_fen: int = 0
    member_fen: int = 0
    openings: int = 0
    card_fen: int = 0
    settled_fen: int = 0

    @property
    def cut_fen(self) -> int:
        """What the shop gave off its prices: without what cards took, which was paid for beforehand."""
        return self.discount_fen - self.card_fen

    @property
    def hours_as_they_went(self) -> tuple[HourRow, ...]:
        """The hours from the one it was opened in: of a night shift 23 stands before 1."""
        opened = datetime.fromisoformat(self.opened_at).hour
        return tuple(sorted(self.hours, key=lambda row: (row.hour - opened) % 24))

    @property
    def every_hour(self) -> tuple[HourRow, ...]:
        """From the first hour something was sold in to the last; an hour nobody bought in has its place too."""
        rows = self.hours_as_they_went
        if not rows:
            return ()
        sold, first = {row.hour: row for row in rows}, rows[0].hour
        hours = ((first + n) % 24 for n in range((rows[-1].hour - first) % 24 + 1))
        return tuple(sold.get(hour, HourRow(hour, 0, 0)) for hour in hours)

    @property
    def difference_fen(self) -> int:
        """Counted less expected over every tender that was counted."""
        return sum(row.difference_fen or 0 for row in self.tenders)


def shift_report(
    shift: Shift,
    *,
    sales: Iterable[Sold],
    movements: Sequence[Movement],
    cash_moves: Sequence[CashMove],
    grand_fen: int,
    refunds: Sequence[Refund] = (),
) -> ShiftReport:
    """The report of a shift from everything that belongs to it; `grand_fen` is what the till had sold before it."""
    sold = tuple(sales)
    moved = {
        kind: sum(m.fen for m in cash_moves if m.kind == kind) for kind in ("cash_in", "cash_out", "expense", "drop")
    }
    voids = [refund for refund in refunds if refund.kind == "void"]
    members = [sale for sale in sold if sale.member_id is not None]
    due = sum(sale.due_fen for sale in sold)
    no_sale = sum(m.kind == "no_sale" for m in cash_moves)
    return ShiftReport(
        number=shift.number,
        business_date=shift.business_date,
        opened_at=shift.opened_at,
        opened_by=shift.opened_by,
        float_fen=shift.float_fen,
        sales=len(sold),
        goods_fen=sum(sale.goods_fen for sale in sold),
        discount_fen=sum(sale.discount_fen for sale in sold),
        card_fen=sum(sale.card_fen for sale in sold),
        rounding_fen=sum(sale.rounding_fen for sale in sold),
        due_fen=due,
        # goods that were free, or that a card of times had paid, come back without moving anything
        refunds=len(refunds),
        refund_fen=sum(refund.back.fen for refund in refunds),
        top_up_fen=sum(m.fen for m in movements if m.doc in PREPAID),
        # what a company refused to give back and the drawer gave instead is among them once in and once out
        settled_fen=sum(m.fen for m in movements if m.doc == "payment"),
        voids=len(voids),
        void_fen=sum(void.back.fen for void in voids),
        member_sales=len(members),
        member_fen=sum(sale.due_fen for sale in members),
        cash_in_fen=moved["cash_in"],
        cash_out_fen=moved["cash_out"],
        expense_fen=moved["expense"],
        drop_fen=moved["drop"],
        no_sale=no_sale,
        openings=len({m.doc_id for m in movements if m.tender == "cash" and m.doc != "float"}) + no_sale,
        tenders=_tenders(movements, shift.closing),
        cashiers=_cashiers(sold),
        hours=_hours(sold),
        first_receipt=sold[0].receipt if sold else "",
        last_receipt=sold[-1].receipt if sold else "",
        grand_fen=grand_fen + due,
        **_ended(shift.closing),
    )


def _ended(closing: Closing | None) -> dict[str, Any]:
    return {
        "closed_at": "" if closing is None else closing.at,
        "closed_by": "" if closing is None else closing.by,
        "reason": "" if closing is None else closing.reason,
        "approver": "" if closing is None else closing.approver,
        "unapproved": closing is not None and closing.unapproved,
        "forced": closing is not None and closing.forced,
        "left_fen": 0 if closing is None else closing.left_fen,
    }


def as_data(report: ShiftReport) -> dict[str, Any]:
    """The report as JSON; `from_data` reads it back."""
    data = asdict(report)
    for row, told in zip(report.tenders, data["tenders"], strict=True):
        told["difference_fen"] = row.difference_fen
    return data


def from_data(data: Mapping[str, Any]) -> ShiftReport:
    """The report `as_data` wrote, by this version or an earlier one that told less."""
    lists = ("tenders", "cashiers", "hours")
    rest = {name: data[name] for name in ShiftReport.__slots__ if name in data and name not in lists}
    return ShiftReport(
        **rest,
        tenders=tuple(TenderRow(row["tender"], row["expected_fen"], row["counted_fen"]) for row in data["tenders"]),
        cashiers=tuple(CashierRow(**row) for row in data["cashiers"]),
        hours=tuple(HourRow(**row) for row in data["hours"]),
    )


def _tenders(movements: Sequence[Movement], closing: Closing | None) -> tuple[TenderRow, ...]:
    there = dict(expected(movements))
    counted = {} if closing is None else {tender: count.fen for tender, count in closing.counted.items()}
    named: list[TenderKind] = [kind for kind in TENDER_KINDS if kind == "cash" or kind in there or kind in counted]
    return tuple(TenderRow(name, there.get(name, 0), counted.get(name)) for name in named)


def _cashiers(sold: Sequence[Sold]) -> tuple[CashierRow, ...]:
    names = sorted({sale.cashier for sale in sold})
    mine = {name: [sale for sale in sold if sale.cashier == name] for name in names}
    return tuple(CashierRow(name, len(some), sum(sale.due_fen for sale in some)) for name, some in mine.items())


def _hours(sold: Sequence[Sold]) -> tuple[HourRow, ...]:
    per_hour: dict[int, list[int]] = {}
    for sale in sold:
        per_hour.setdefault(datetime.fromisoformat(sale.at).hour, []).append(sale.due_fen)
    return tuple(HourRow(hour, len(fens), sum(fens)) for hour, fens in sorted(per_hour.items()))
