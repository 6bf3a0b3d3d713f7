"""A price list in plain words: for whom, where, when, and what is odd about a price."""

from __future__ import annotations

from storeapp.domain.price_line import Doubt, PriceLine
from storeapp.domain.report_sheet import ReportSheet, SheetTable
from storeapp.domain.terms import PriceListTerms
from storeapp.ui import wording
from storeapp.ui.promotions.saying import when_said, whom_said
from storeapp.ui.widgets.rows import Row
from storeapp.words import N_, Words

DOUBTS: dict[Doubt, str] = {
    "below_cost": N_("below cost"),
    "below_floor": N_("below the margin floor"),
    "above_shelf": N_("dearer than the shelf"),
}
WARNINGS: dict[Doubt, str] = {
    "below_cost": N_("Below cost: each one sold loses money."),
    "below_floor": N_("Less than {percent} percent over the cost: the till asks a manager for each sale."),
    "above_shelf": N_("Dearer than the shelf: customers go on paying the shelf price."),
}
REFUSALS = {
    "no_price": N_("Type its new price."),
    "negative": N_("A price is not below zero."),
    "zero": N_("Nothing is given away here: write a promotion for that."),
    "too_large": N_("No goods cost that much."),
    "above_reason": N_("More than a hundred times the shelf price: is it a slip?"),
}
"""Why a typed price cannot be."""


def terms_said(terms: PriceListTerms, words: Words) -> tuple[str, ...]:
    """For whom, at which stores, and when; a line each."""
    t = words.t
    where = t("At every store")
    if terms.stores:
        where = t("At {stores} only").format(stores=t(", ").join(sorted(terms.stores)))
    return whom_said(terms.whom, terms.tiers, words), where, *(when_said(terms.when, words) or (t("Always"),))


def line_row(line: PriceLine, floor_percent: int | None, words: Words) -> Row:
    """A product of a list: its new price beside the shelf's, and what is odd about it."""
    doubt = line.doubt(floor_percent)
    return Row(
        line.code,
        line.name,
        line.code if line.product is not None else words.t("no longer in the catalogue"),
        "—" if line.price is None else wording.money(line.price),
        compared(line, words),
        tag=words.t(DOUBTS[doubt]) if doubt else "",
        tag_tone="red" if doubt == "below_cost" else "amber",
    )


def compared(line: PriceLine, words: Words) -> str:
    """`shelf 3.50 · margin 20%`."""
    told = []
    if line.product is not None:
        told.append(words.t("shelf {amount}").format(amount=wording.bare(line.product.price)))
    margin = line.margin_percent
    if margin is not None:
        told.append(words.t("margin {percent}%").format(percent=str(margin).replace("-", wording.MINUS)))
    return " · ".join(told)


def changes_sheet(terms: PriceListTerms, lines: tuple[PriceLine, ...], words: Words) -> ReportSheet:
    """The list of price changes that whoever puts up the tags takes along."""
    t = words.t
    head = (t("Product code"), t("Item"), t("Unit"), t("Shelf price"), t("New price"))
    rows = tuple(
        (
            line.code,
            line.name,
            "" if line.product is None else line.product.unit,
            "" if line.product is None else line.product.price,
            "" if line.price is None else line.price,
        )
        for line in lines
    )
    title = t("; ").join(terms_said(terms, words))
    return ReportSheet(tables=(SheetTable(head, rows, title=title, right=(3, 4)),))
