"""The auditor: holds the till's books against what the companies really charged and gave back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storeapp.domain.attempt import OPEN, REFUND_OPEN, UNSETTLED
from storeapp.till.ports import Shop
from storeapp.till.records import Attempt


@dataclass
class Audit:
    """Trade numbers of the three crimes, and of what waits on the list for a person (no crime)."""

    charged_without_sale: list[str] = field(default_factory=list)
    sold_without_money: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    sales: int = 0
    attempts: int = 0


def audit(shop: Shop, net_fen: Mapping[str, int]) -> Audit:
    """`net_fen`: what the companies hold for the shop, by trade number; a number not there holds nothing."""
    with shop.reading() as books:
        attempts = books.attempts.between("0", "9")
        sold = {t.ref: t.amount.fen for sale in books.sales.every() for t in sale.tenders if t.ref}
        sales = sum(1 for _ in books.sales.every())
    found = Audit(sales=sales, attempts=len(attempts))
    back, going = _refunds(attempts)
    held_by_sale: dict[str, int] = defaultdict(int)
    sold_by_sale: dict[str, int] = defaultdict(int)
    known = set()
    for attempt in attempts:
        number = attempt.trade_number
        if attempt.kind == "refund":
            continue
        known.add(number)
        is_listed = attempt.state in OPEN or attempt.state in UNSETTLED or number in going
        if is_listed:
            found.listed.append(number)
            continue
        held, due = net_fen.get(number, 0), sold.get(number, 0)
        held_by_sale[attempt.sale_id] += held
        sold_by_sale[attempt.sale_id] += due - (back[number] if due else 0)
        if held and not due:
            found.charged_without_sale.append(number)
        if due and held < due - back[number]:
            found.sold_without_money.append(number)
        if held > attempt.fen or (due and held > due - back[number]):
            found.doubled.append(number)
    found.charged_without_sale += [number for number, held in net_fen.items() if held and number not in known]
    found.doubled += [sale for sale, held in held_by_sale.items() if held > sold_by_sale[sale] > 0]
    return found


def _refunds(attempts: Iterable[Attempt]) -> tuple[dict[str, int], set[str]]:
    """What was given back for sure, by trade number; and the numbers of those that still are on their way."""
    back: dict[str, int] = defaultdict(int)
    going = set()
    for attempt in attempts:
        if attempt.kind == "refund" and attempt.state == "refunded":
            back[attempt.trade_number] += attempt.fen
        elif attempt.kind == "refund" and attempt.state in REFUND_OPEN:
            going.add(attempt.trade_number)
    return back, going
