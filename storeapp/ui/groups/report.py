"""A sheet's purchase list and its orders as a report: for the screen, on paper and as a workbook."""

from __future__ import annotations

from storeapp.domain.commission import percent
from storeapp.domain.group_order import order_stage
from storeapp.domain.group_purchase import Need, PurchaseList
from storeapp.domain.money import Money
from storeapp.domain.pickup_code import shown
from storeapp.domain.quantity import as_decimal
from storeapp.domain.report_sheet import Cell, Fact, ReportSheet, SheetTable
from storeapp.till import group_rewards
from storeapp.till.group_orders import person_shown
from storeapp.till.group_sheets import Sheet
from storeapp.till.ports import Books
from storeapp.ui import group_words, wording
from storeapp.words import Words

_UNKNOWN = "—"


def purchase_table(found: PurchaseList, words: Words) -> SheetTable:
    """What is ordered, there, and to be bought."""
    _ = words.t
    head = (words.p("group", "Goods"), _("Ordered"), _("Fetched"), _("In stock"), _("To buy"), _("Cost"))
    return SheetTable(head, tuple(_need(need) for need in found.needs), title=_("To buy"), right=(1, 2, 3, 4, 5))


def purchase_facts(found: PurchaseList, words: Words) -> tuple[Fact, ...]:
    """The sums of it."""
    return Fact(words.t("Orders"), found.orders), Fact(words.t("Cost of what is to buy"), found.cost)


def report_of(books: Books, found: PurchaseList, sheet: Sheet, words: Words) -> ReportSheet:
    """All of it, and the orders by person beside it."""
    _ = words.t
    rows: list[tuple[Cell, ...]] = []
    for order in sheet.standing:
        name, _phone = person_shown(books, order)
        stands = order_stage(order, sheet.picks_of(order), is_over=sheet.stage == "over")
        for line in order.lines:
            count = as_decimal(line.milli)
            rows.append((order.n, shown(order.code), name, line.name, count, line.amount, _stage(stands, words)))
    head = ("#", _("Pick-up code"), _("Name"), words.p("group", "Goods"), _("How many"), _("Amount"), _("State"))
    orders = SheetTable(head, tuple(rows), title=_("Orders"), right=(4,))
    return ReportSheet(
        _facts(books, found, sheet, words), (purchase_table(found, words), orders), _("Nobody ordered yet.")
    )


def _facts(books: Books, found: PurchaseList, sheet: Sheet, words: Words) -> tuple[Fact, ...]:
    """The sums, and what is due to the leader by now."""
    facts, reward = purchase_facts(found, words), group_rewards.reward_of(books, sheet)
    if reward is None:
        return facts
    said = words.t("{percent} of {amount}").format(
        percent=percent(sheet.sheet.reward), amount=wording.money(Money(reward.net_fen))
    )
    return *facts, Fact(words.t("Due to {name}").format(name=reward.name or "—"), Money(reward.fen), said)


def _stage(stands: str, words: Words) -> str:
    return group_words.order_stage(stands, words)


def _need(need: Need) -> tuple[Cell, ...]:
    stock = _UNKNOWN if need.stock is None else as_decimal(need.stock)
    to_buy = f"{as_decimal(need.to_buy)} {need.unit}".strip()
    cost = _UNKNOWN if need.cost is None else need.cost
    return need.name, as_decimal(need.ordered), as_decimal(need.picked), stock, to_buy, cost
