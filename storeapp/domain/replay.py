"""Replay: what promotions would have cost, had they been live when these receipts were rung up.

A past sale becomes the basket it was: its own shelf prices, the prices and discounts given by hand, its member. It is
priced twice, with the promotions there were and with the new ones beside them, and the difference is the cost. Coupons
are left out on both sides; that shoppers would have bought more is nothing a receipt can tell.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import ZERO, Money
from storeapp.domain.priced import PricedBasket, PricedLine
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity, times
from storeapp.domain.sale import Sale, SaleLine

WORST = 10
_MEMBER_CUTS = ("member_price", "tier_price", "price_list", "group_price")


@dataclass(frozen=True, slots=True)
class Trial:
    """One receipt, priced as it would be without and with the promotions on trial."""

    sale: Sale
    before: PricedBasket
    after: PricedBasket


@dataclass(frozen=True, slots=True)
class DayCost:
    """What the promotions would have given away on one business day, over how many sales."""

    day: str
    touched: int
    cost: Money


@dataclass(frozen=True, slots=True)
class WorstLine:
    """A line that would have earned least: `before` and `after` are what was asked, `cost` what the goods cost."""

    receipt: str
    day: str
    code: str
    name: str
    quantity_milli: int
    before: Money
    after: Money
    cost: Money

    @property
    def margin(self) -> Money:
        return self.after - self.cost


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it. Margins are of lines whose cost the catalogue knows; `unknown_cost` counts the others.

    `touched` sales have at least one line that came out cheaper; `member_cost` went to members.
    """

    first_day: str
    last_day: str
    sales: int = 0
    touched: int = 0
    lines: int = 0
    lines_touched: int = 0
    before: Money = ZERO
    after: Money = ZERO
    margin_before: Money = ZERO
    margin_after: Money = ZERO
    unknown_cost: int = 0
    below_cost_before: int = 0
    below_cost_after: int = 0
    member_sales_touched: int = 0
    member_cost: Money = ZERO
    days: tuple[DayCost, ...] = ()
    worst: tuple[WorstLine, ...] = ()

    @property
    def cost(self) -> Money:
        """What the promotions would have given away."""
        return self.before - self.after

    @property
    def member_share(self) -> int:
        """Percent of the cost that went to members."""
        return 0 if self.cost.fen <= 0 else round(self.member_cost.fen * 100 / self.cost.fen)


@dataclass(slots=True)
class _Sums:
    """Whole numbers while receipts are read; amounts in fen."""

    numbers: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    # (margin, order of reading, line): the smallest margins win, and of equal ones the earliest
    worst: list[tuple[int, int, WorstLine]] = field(default_factory=list)


def replay(trials: Iterable[Trial], *, first_day: str, last_day: str) -> Replay:
    """The sums over all trials; `first_day` and `last_day` are the business days that were asked for."""
    sums = _Sums()
    for trial in trials:
        _add(sums, trial)
    numbers = sums.numbers
    return Replay(
        first_day,
        last_day,
        sales=numbers["sales"],
        touched=numbers["touched"],
        lines=numbers["lines"],
        lines_touched=numbers["lines_touched"],
        before=Money(numbers["before"]),
        after=Money(numbers["after"]),
        margin_before=Money(numbers["margin_before"]),
        margin_after=Money(numbers["margin_after"]),
        unknown_cost=numbers["unknown_cost"],
        below_cost_before=numbers["below_cost_before"],
        below_cost_after=numbers["below_cost_after"],
        member_sales_touched=numbers["member_sales_touched"],
        member_cost=Money(numbers["member_cost"]),
        days=tuple(DayCost(day, touched, Money(fen)) for day, (touched, fen) in sorted(sums.days.items())),
        worst=tuple(line for _, _, line in heapq.nsmallest(WORST, sums.worst, key=lambda row: row[:2])),
    )


def _add(sums: _Sums, trial: Trial) -> None:
    numbers = sums.numbers
    before, after = trial.before.total.fen, trial.after.total.fen
    numbers["sales"] += 1
    numbers["lines"] += len(trial.before.lines)
    numbers["before"] += before
    numbers["after"] += after
    cheaper = 0
    for was, now in zip(trial.before.lines, trial.after.lines, strict=True):
        is_cheaper = now.net < was.net
        cheaper += is_cheaper
        _add_margin(sums, trial.sale, was, now, is_cheaper=is_cheaper)
    day = sums.days[trial.sale.business_date]
    if cheaper:
        numbers["touched"] += 1
        numbers["lines_touched"] += cheaper
        day[0] += 1
    day[1] += before - after
    if trial.sale.member_id is not None:
        numbers["member_sales_touched"] += bool(cheaper)
        numbers["member_cost"] += before - after


def _add_margin(sums: _Sums, sale: Sale, was: PricedLine, now: PricedLine, *, is_cheaper: bool) -> None:
    numbers = sums.numbers
    product = now.line.product
    if product.cost is None:
        numbers["unknown_cost"] += 1
        return
    cost = times(product.cost, now.quantity)
    numbers["margin_before"] += was.net.fen - cost.fen
    numbers["margin_after"] += now.net.fen - cost.fen
    numbers["below_cost_before"] += was.net < cost
    numbers["below_cost_after"] += now.net < cost
    if not is_cheaper:
        return
    line = WorstLine(
        sale.receipt,
        sale.business_date,
        product.code,
        product.name,
        now.quantity.milli,
        was.net,
        now.net,
        cost,
    )
    sums.worst.append((line.margin.fen, numbers["lines"], line))
    if len(sums.worst) > WORST * 20:
        sums.worst = heapq.nsmallest(WORST, sums.worst, key=lambda row: row[:2])


def as_rung_up(sale: Sale, product_of: Callable[[str], Product | None]) -> Basket:
    """The basket of a past sale. The catalogue gives cost and category; the prices are the sale's own."""
    lines = tuple(_line(line, product_of(line.code), is_member=sale.member_id is not None) for line in sale.lines)
    return Basket(lines=lines, member_id=sale.member_id)


def _line(sold: SaleLine, known: Product | None, *, is_member: bool) -> Line:
    quantity = Quantity(max(sold.quantity_milli, 1))
    by_hand = ZERO
    member_fen = 0
    for cut in sold.cuts:
        if cut.reason in _MEMBER_CUTS:
            member_fen += cut.amount.fen
        elif cut.reason in ("line_discount", "card"):
            by_hand += cut.amount
    member_price = _member_price(sold, member_fen) if is_member else None
    if member_fen and member_price is None:
        by_hand += Money(member_fen)
    product = known or Product(sold.code, sold.name, sold.shelf_price, unit=sold.unit)
    as_priced = times(sold.unit_price, quantity)
    return Line(
        product=replace(product, price=sold.shelf_price, member_price=member_price),
        quantity=quantity,
        # a scale's label said the amount itself
        label_price=None if as_priced == sold.gross else sold.gross,
        price=None if sold.unit_price == sold.shelf_price else sold.unit_price,
        price_reason=sold.price_reason,
        discount=by_hand,
        discount_reason="",
    )


def _member_price(sold: SaleLine, member_fen: int) -> Money | None:
    """What one cost a member then, if whole fen can say it."""
    if not member_fen or sold.unit_price != sold.shelf_price:
        return None
    net = sold.gross.fen - member_fen
    fen, rest = divmod(net * 1000, sold.quantity_milli)
    return None if rest else Money(fen)


def as_data(result: Replay) -> dict[str, Any]:
    """The result as the public format has it."""
    return {
        "first_day": result.first_day,
        "last_day": result.last_day,
        "sales": result.sales,
        "touched": result.touched,
        "lines": result.lines,
        "lines_touched": result.lines_touched,
        "before_fen": result.before.fen,
        "after_fen": result.after.fen,
        "cost_fen": result.cost.fen,
        "margin_before_fen": result.margin_before.fen,
        "margin_after_fen": result.margin_after.fen,
        "unknown_cost": result.unknown_cost,
        "below_cost_before": result.below_cost_before,
        "below_cost_after": result.below_cost_after,
        "member_sales_touched": result.member_sales_touched,
        "member_cost_fen": result.member_cost.fen,
        "member_share_percent": result.member_share,
        "days": [{"day": day.day, "touched": day.touched, "cost_fen": day.cost.fen} for day in result.days],
        "worst": [_worst_data(line) for line in result.worst],
    }


def _worst_data(line: WorstLine) -> dict[str, Any]:
    return {
        "receipt": line.receipt,
        "day": line.day,
        "code": line.code,
        "name": line.name,
        "qty_milli": line.quantity_milli,
        "before_fen": line.before.fen,
        "after_fen": line.after.fen,
        "cost_fen": line.cost.fen,
        "margin_fen": line.margin.fen,
    }
