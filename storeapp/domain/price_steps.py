"""Price steps: from the shelf to what is asked for, of one line and of the whole basket, in the order they apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from storeapp.domain.money import ZERO, Money, total, yuan
from storeapp.domain.priced import Cut, PricedBasket, PricedLine
from storeapp.domain.quantity import Quantity, as_decimal, times
from storeapp.domain.reason import said
from storeapp.domain.sale import Sale, SaleLine

StepKind = Literal["start", "change", "end"]
# what comes off first stands first, however the engine lists it
_ORDER = ("tier_price", "member_price", "price_list", "group_price", "line_discount", "card", "promotion", "coupon")


class Words(Protocol):
    """Where sentences are looked up."""

    def t(self, msgid: str) -> str: ...
    def n(self, singular: str, plural: str, count: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One row: `amount` is where the price starts or ends, or what comes off or on; `detail` says more in small."""

    kind: StepKind
    words: str
    amount: Money
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """One line, or the basket, with its steps."""

    title: str
    steps: tuple[Step, ...]


def of_line(priced: PricedLine, words: Words) -> Explained:
    """A line of the open basket."""
    line = priced.line
    shelf = priced.gross if line.label_price is not None else times(line.product.price, priced.quantity)
    start = _start(line.product.price, priced.quantity, line.product.unit, shelf, words)
    return _explained(line.product.name, start, priced.gross, line.price_reason, priced.cuts, words)


def of_sold(line: SaleLine, words: Words) -> Explained:
    """A line of a past sale, at the shelf price of that moment."""
    quantity = Quantity(max(line.quantity_milli, 1))
    is_label = times(line.unit_price, quantity) != line.gross
    shelf = line.gross if is_label else times(line.shelf_price, quantity)
    start = _start(line.shelf_price, quantity, line.unit, shelf, words)
    return _explained(line.name, start, line.gross, line.price_reason, line.cuts, words)


def of_basket(priced: PricedBasket, words: Words) -> Explained:
    """The open basket as a whole; rounding comes with the payment."""
    cuts = [cut for line in priced.lines for cut in line.cuts]
    steps = (_goods(priced.goods, len(priced.lines), words), *_changes(cuts, words), _end(priced.total, words))
    return Explained(words.t("The whole basket"), steps)


def of_sale(sale: Sale, words: Words) -> Explained:
    """A past sale as a whole, with its rounding."""
    cuts = [cut for line in sale.lines for cut in line.cuts]
    rounding = (Step("change", words.t("Rounding"), sale.rounding),) if sale.rounding.fen else ()
    goods = _goods(sale.goods, len(sale.lines), words)
    return Explained(words.t("The whole receipt"), (goods, *_changes(cuts, words), *rounding, _end(sale.due, words)))


def _explained(
    title: str, start: Step, gross: Money, price_reason: str, cuts: Sequence[Cut], words: Words
) -> Explained:
    steps = [start]
    if gross != start.amount:
        by_hand = words.t("Price by hand: {reason}").format(reason=said(price_reason, words) or "—")
        steps.append(Step("change", by_hand, gross - start.amount))
    steps += _changes(cuts, words)
    return Explained(title, (*steps, _end(gross - total(cut.amount for cut in cuts), words)))


def _start(price: Money, quantity: Quantity, unit: str, shelf: Money, words: Words) -> Step:
    amount = as_decimal(quantity.milli) if quantity.is_whole else f"{as_decimal(quantity.milli)} {unit}".strip()
    return Step("start", words.t("Shelf price"), shelf, f"{amount} × {yuan(price)}")


def _goods(goods: Money, lines: int, words: Words) -> Step:
    counted = words.n("{count} line", "{count} lines", lines).format(count=lines)
    return Step("start", words.t("Goods"), goods, counted)


def _end(amount: Money, words: Words) -> Step:
    return Step("end", words.t("To pay"), amount)


def _changes(cuts: Sequence[Cut], words: Words) -> list[Step]:
    """What comes off, each reason with its name once, in the order it applies."""
    summed: dict[tuple[str, str, str], Money] = {}
    for cut in cuts:
        key = (cut.reason, cut.note, cut.ref)
        summed[key] = summed.get(key, ZERO) + cut.amount
    ordered = sorted(summed.items(), key=lambda item: _ORDER.index(item[0][0]))
    return [Step("change", cut_name(reason, note, words), -amount) for (reason, note, _ref), amount in ordered]


def cut_name(why: str, note: str, words: Words) -> str:
    """What a cut is called: its own name where it has one."""
    names = {
        "member_price": words.t("Member price"),
        "tier_price": words.t("Tier price"),
        "price_list": words.t("Price list"),
        "group_price": words.t("Group price"),
        "line_discount": words.t("Discount"),
        "promotion": words.t("Promotion"),
        "coupon": words.t("Coupon"),
        "card": words.t("Times card"),
    }
    if why == "line_discount" and note:
        return said(note, words)
    # a card is called by its own name, with what is left on it
    if why in ("promotion", "price_list", "group_price", "card") and note:
        return note
    return f"{names[why]} {note}" if why == "coupon" and note else names[why]
