"""Moving out: everything the shop knows, in files another system reads, at any time.

Goods, members with what they own, and every sale stand in the very formats `import` takes in; the journal beside them
holds whatever else was ever done here, entry by entry.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from storeapp.domain.journal import body_of
from storeapp.domain.ledger import bonus_account, owed_account, points_account, principal_account
from storeapp.domain.member import Member, agrees, national
from storeapp.domain.money import Money, yuan
from storeapp.domain.product import Product
from storeapp.domain.quantity import as_decimal
from storeapp.domain.sale import Sale, SaleLine
from storeapp.domain.staff import SCRIPT, Right, checked_code
from storeapp.till import approvals
from storeapp.till.names import member_now
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.sale_import import NUMBER_PREFIX

RIGHT: Right = "personal_data"
PRODUCTS = (
    "code", "name", "price", "unit", "category", "brand", "barcodes", "units", "member_price", "cost", "stock",
    "weighed", "image",
)  # fmt: skip
MEMBERS = (
    "phone", "name", "birthday", "tier", "points", "principal", "bonus", "joined", "consent", "tags", "note", "owed",
)  # fmt: skip
_ENTRIES_AT_A_TIME = 500
Write = Callable[[str, Iterable[str]], None]
"""Writes the lines, each with its end, under this name."""


def move_out(shop: Shop, write: Write, *, clock: Clock, by: str = SCRIPT) -> dict[str, int]:
    """Writes everything of one moment, and that is on record first; answers how many lines each file holds.

    Raises NeedsApproval for whom personal data is not for, and whatever `write` raises.
    """
    checked_code(by)
    at = clock.now().isoformat()
    with shop.writing() as books:
        approvals.allow(books, RIGHT, {"export": "shop"}, by=by, approval_id=None, at=at)
        books.journal.append("shop.exported", {"by": by, "members": books.members.count()}, at=at)
    counts = {}
    with shop.reading() as books:
        parts = {
            "products.csv": _table(PRODUCTS, _products(books)),
            "members.csv": _table(MEMBERS, _members(books)),
            "sales.jsonl": _lines(_sales(books)),
            "journal.jsonl": _lines(_journal(books)),
        }
        for name, lines in parts.items():
            counted = _Counted(lines)
            write(name, counted)
            # the first line of a table is its header
            counts[name] = counted.count - name.endswith(".csv")
    return counts


class _Counted:
    """Lines, and how many went by."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.count += 1
            yield line


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (header, *rows):
        held = io.StringIO()
        csv.writer(held, lineterminator="\n").writerow(row)
        yield held.getvalue()


def _lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _products(books: Books) -> Iterator[tuple[str, ...]]:
    units: defaultdict[str, list[Product]] = defaultdict(list)
    for product in books.products.every():
        if product.base:
            units[product.base].append(product)
    for product in books.products.every():
        if product.base:
            continue
        yield (
            product.code,
            product.name,
            yuan(product.price),
            product.unit,
            product.category,
            product.brand,
            ";".join(product.barcodes),
            ";".join(map(_unit, units[product.code])),
            _amount(product.member_price),
            _amount(product.cost),
            "" if product.stock_milli is None else as_decimal(product.stock_milli),
            "yes" if product.weighed else "",
            product.image,
        )


def _unit(unit: Product) -> str:
    parts = [unit.unit, str(unit.pack), "|".join(unit.barcodes), yuan(unit.price)]
    return ":".join(parts if unit.member_price is None else [*parts, yuan(unit.member_price)])


def _members(books: Books) -> Iterator[tuple[str, ...]]:
    tags = books.layers.tags()
    for member_id, _ in books.layers.joined():
        member = books.members.by_id(member_id)
        if member is not None:
            yield _member(books, member, ";".join(sorted(tags.get(member_id, ()))))


def _member(books: Books, member: Member, tags: str) -> tuple[str, ...]:
    balance, who = books.ledger.balance, member.member_id
    consents = books.members.consents(who)
    said = any(consent.purpose == "marketing" for consent in consents)
    return (
        national(member.phone),
        member.name,
        member.birthday,
        member.tier,
        str(balance(points_account(who), "pts")),
        yuan(Money(balance(principal_account(who), "fen"))),
        yuan(Money(balance(bonus_account(who), "fen"))),
        # to the second, in the shop's own time
        member.joined_at[:19],
        ("yes" if agrees(consents, "marketing") else "no") if said else "",
        tags,
        member.note,
        yuan(Money(balance(owed_account(who), "fen"))),
    )


def _sales(books: Books) -> Iterator[dict[str, object]]:
    for sale in books.sales.every():
        yield _sale(books, sale)


def _sale(books: Books, sale: Sale) -> dict[str, object]:
    told: dict[str, object] = {
        "id": sale.receipt.removeprefix(NUMBER_PREFIX),
        "at": sale.at,
        "cashier": sale.cashier,
        "lines": [_line(line) for line in sale.lines],
    }
    member = member_now(books, sale.member_id)
    return told if member is None else told | {"member": national(member.phone)}


def _line(line: SaleLine) -> dict[str, object]:
    told: dict[str, object] = {
        "code": line.code,
        "name": line.name,
        "qty": as_decimal(line.quantity_milli),
        "price_fen": line.unit_price.fen,
    }
    return told | {"discount_fen": line.discount.fen} if line.discount.fen else told


def _journal(books: Books) -> Iterator[dict[str, object]]:
    seq = 0
    while entries := books.journal.after(seq, limit=_ENTRIES_AT_A_TIME):
        for entry in entries:
            yield {
                "seq": entry.seq,
                "at": entry.at,
                "type": entry.type,
                "v": entry.v,
                "hash": entry.hash.hex(),
                "body": body_of(entry),
            }
        seq = entries[-1].seq


def _amount(price: Money | None) -> str:
    return "" if price is None else yuan(price)
