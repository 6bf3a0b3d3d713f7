"""A refund: goods of one sale brought back, and what goes back to the customer for them. Nothing is ever deleted.

Amounts follow the cumulated quantity: whatever the steps, the parts of a line come to what was paid for it, to the fen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.domain import card_use
from storeapp.domain.card_use import CardBack
from storeapp.domain.money import Money, total
from storeapp.domain.quantity import PartOfAPiece, as_decimal
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderKind
from storeapp.errors import Refused

RefundKind = Literal["refund", "void"]


@dataclass(eq=False)
class NothingToRefund(Refused):
    """No goods were named."""

    word = "nothing_to_refund"


@dataclass(eq=False)
class UnknownSaleLine(Refused):
    """The receipt has no line number `line`."""

    line: int
    word = "unknown_sale_line"


@dataclass(eq=False)
class RefundTooMuch(Refused):
    """Of line `line` there are `left` left to bring back, and `asked` were named."""

    line: int
    left: str
    asked: str
    word = "refund_too_much"


@dataclass(frozen=True, slots=True)
class Asked:
    """So much of one line of the receipt; `restock` puts it back on the shelf, else it is scrapped."""

    line: int
    quantity_milli: int
    restock: bool = True


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What came back of one line: `line` is its number on the receipt, `amount` what was paid for it."""

    line: int
    code: str
    name: str
    unit: str
    quantity_milli: int
    amount: Money
    restock: bool = True


@dataclass(frozen=True, slots=True)
class Refund:
    """One document. `sale_id` is "" where the sale is not in these books, `sale_receipt` where there was no receipt.

    `tenders` are what goes back, each above zero; `points` what she loses of those earned, `cards` which of hers have
    times again.

    On the ticket of an exchange stands a sale too, numbered `exchange_receipt`: the tender `exchange` is what that
    sale is paid with, and `exchanged` says by which ways that value had been paid. `of_exchange` is how much of what
    goes back had come out of an earlier exchange.
    """

    refund_id: str
    receipt: str
    number_in_day: int
    kind: RefundKind
    sale_id: str
    sale_receipt: str
    store: str
    till: str
    cashier: str
    business_date: str
    at: str
    lines: tuple[RefundLine, ...]
    tenders: tuple[Tender, ...]
    reason: str
    member_id: str | None = None
    points: int = 0
    points_balance: int | None = None
    coupons: tuple[str, ...] = ()
    request_id: str | None = None
    shift_id: str | None = None
    approvals: tuple[str, ...] = ()
    is_last: bool = False
    exchange_receipt: str = ""
    exchanged: tuple[Tender, ...] = ()
    of_exchange: tuple[Tender, ...] = ()
    cards: tuple[CardBack, ...] = ()

    @property
    def total(self) -> Money:
        """What the goods had cost."""
        return total(line.amount for line in self.lines)

    @property
    def back(self) -> Money:
        """What goes back, rounding of the sale included."""
        return total(tender.amount for tender in self.tenders)


def lines_back(
    sale: Sale, asked: Sequence[Asked], *, before_milli: Mapping[int, int], before_fen: Mapping[int, int]
) -> tuple[RefundLine, ...]:
    """The lines of a refund, after what was brought back `before` of each line.

    Raises NothingToRefund, UnknownSaleLine or RefundTooMuch.
    """
    if not asked:
        raise NothingToRefund
    known = {line.number: line for line in sale.lines}
    wanted: dict[int, Asked] = {}
    for each in asked:
        if each.line not in known:
            raise UnknownSaleLine(each.line)
        if each.line in wanted:
            each = Asked(each.line, wanted[each.line].quantity_milli + each.quantity_milli, each.restock)
        wanted[each.line] = each
    found = []
    for number, each in sorted(wanted.items()):
        line, done = known[number], before_milli.get(number, 0)
        left = line.quantity_milli - done
        if not 0 < each.quantity_milli <= left:
            raise RefundTooMuch(number, as_decimal(left), as_decimal(each.quantity_milli))
        upto = line.net.fen * (done + each.quantity_milli) // line.quantity_milli
        amount = Money(upto - before_fen.get(number, 0))
        found.append(RefundLine(number, line.code, line.name, line.unit, each.quantity_milli, amount, each.restock))
    return tuple(found)


def check_pieces(
    sale: Sale, lines: Sequence[RefundLine], *, before_milli: Mapping[int, int], by_measure: Callable[[str, str], bool]
) -> None:
    """Raises PartOfAPiece. `by_measure` tells by code and unit what is sold by weight or length.

    What was sold by a part may come back by parts, and what an earlier part has left comes back whole.
    """
    sold = {line.number: line.quantity_milli for line in sale.lines}
    for line in lines:
        milli, was = line.quantity_milli, sold[line.line]
        is_rest = milli == was - before_milli.get(line.line, 0)
        if milli % 1000 and not was % 1000 and not is_rest and not by_measure(line.code, line.unit):
            raise PartOfAPiece(line.line, as_decimal(milli))


def everything_left(sale: Sale, before_milli: Mapping[int, int], *, restock: bool = True) -> tuple[Asked, ...]:
    """All that was not brought back yet."""
    left = ((line.number, line.quantity_milli - before_milli.get(line.number, 0)) for line in sale.lines)
    return tuple(Asked(number, milli, restock) for number, milli in left if milli > 0)


def body(refund: Refund) -> dict[str, Any]:
    """The refund as the journal and the wire carry it, without its ledger entry."""
    return {
        "refund_id": refund.refund_id,
        "receipt": refund.receipt,
        "number_in_day": refund.number_in_day,
        "kind": refund.kind,
        "sale_id": refund.sale_id or None,
        "sale_receipt": refund.sale_receipt,
        "store": refund.store,
        "till": refund.till,
        "cashier": refund.cashier,
        "business_date": refund.business_date,
        "at": refund.at,
        "lines": [
            {
                "line": line.line,
                "code": line.code,
                "name": line.name,
                "unit": line.unit,
                "qty_milli": line.quantity_milli,
                "net_fen": line.amount.fen,
                "restock": line.restock,
            }
            for line in refund.lines
        ],
        "tenders": _rows(refund.tenders),
        "total_fen": refund.total.fen,
        "back_fen": refund.back.fen,
        "reason": refund.reason,
        "member_id": refund.member_id,
        "points": refund.points,
        "points_balance": refund.points_balance,
        "coupons": list(refund.coupons),
        "request_id": refund.request_id,
        "shift_id": refund.shift_id,
        "approvals": list(refund.approvals),
        "is_last": refund.is_last,
        "exchange_receipt": refund.exchange_receipt,
        "exchanged": _rows(refund.exchanged),
        "of_exchange": _rows(refund.of_exchange),
        **({"cards": card_use.back_data(refund.cards)} if refund.cards else {}),
    }


def from_body(data: Mapping[str, Any]) -> Refund:
    """The refund `body` wrote."""
    plain = {name: data[name] for name in Refund.__slots__ if name not in _READ and name not in _LATER}
    return Refund(
        **(plain | {"sale_id": data["sale_id"] or ""}),
        lines=tuple(map(_line_from, data["lines"])),
        tenders=_tenders(data["tenders"]),
        coupons=tuple(data["coupons"]),
        approvals=tuple(data["approvals"]),
        # older bodies know nothing of these
        exchange_receipt=data.get("exchange_receipt", ""),
        exchanged=_tenders(data.get("exchanged", ())),
        of_exchange=_tenders(data.get("of_exchange", ())),
        cards=card_use.back_from(data.get("cards", ())),
    )


_READ = frozenset({"lines", "tenders", "coupons", "approvals"})
_LATER = frozenset({"exchange_receipt", "exchanged", "of_exchange", "cards"})


def by_kind(tenders: Sequence[Tender]) -> dict[TenderKind, int]:
    """Fen by way to pay, however many payments of one way there are."""
    found: dict[TenderKind, int] = {}
    for tender in tenders:
        found[tender.kind] = found.get(tender.kind, 0) + tender.amount.fen
    return found


def _rows(tenders: Sequence[Tender]) -> list[dict[str, Any]]:
    return [{"kind": tender.kind, "fen": tender.amount.fen, "ref": tender.ref} for tender in tenders]


def _tenders(rows: Sequence[Mapping[str, Any]]) -> tuple[Tender, ...]:
    return tuple(Tender(row["kind"], Money(row["fen"]), row["ref"]) for row in rows)


def _line_from(row: Mapping[str, Any]) -> RefundLine:
    amount = Money(row["net_fen"])
    return RefundLine(row["line"], row["code"], row["name"], row["unit"], row["qty_milli"], amount, row["restock"])
