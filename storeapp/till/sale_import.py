"""History from another system: sales as they were made there, for the shop's memory alone.

They earn no points, move no drawer and mint no token: balances come with the members' sheet. The format is that of a
basket of `storeapp sell`; a line may bring the `name` of a product nobody sells any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from storeapp.domain import sale as sales
from storeapp.domain.basket import LINES_MAX, BasketFull, EmptyBasket, Line
from storeapp.domain.member import UnknownMember, normal_phone
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.priced import Cut, PricedLine
from storeapp.domain.pricing import DiscountExceedsLine
from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.quantity import ONE, quantity, times
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.tender import TENDER_KINDS, NotTaken, Tender, settle
from storeapp.errors import Refused
from storeapp.till.moments import day_of, in_zone
from storeapp.till.ports import Books, Ids, Shop
from storeapp.till.requests import BadRequest, an_object, fen, fingerprint, known, moment, rows_of, text
from storeapp.till.selling import normal_code

KEYS = frozenset({"id", "receipt", "at", "cashier", "member", "lines", "tenders", "note"})
LINE_KEYS = frozenset({"code", "name", "qty", "price_fen", "discount_fen", "why", "note"})
NUMBER_PREFIX = "H-"
"""Before the number a sale had elsewhere, so that it never is one of ours."""


class _NothingTaken(Exception):
    """Leaves the transaction with nothing done."""


@dataclass(slots=True)
class Taken:
    """What became of the lines of a file. `faults` are (line of the file, why), at most `FAULTS_KEPT` of them."""

    new: int = 0
    same: int = 0
    bad: int = 0
    total_fen: int = 0
    faults: list[tuple[int, Refused]] = field(default_factory=list)


FAULTS_KEPT = 1000


def take_in(
    shop: Shop,
    requests: Iterable[tuple[int, Mapping[str, Any] | Refused]],
    *,
    ids: Ids,
    dry_run: bool = False,
    skip_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Takes in a file's lines in one transaction: all of them, or with `skip_bad` those that can be read.

    A line is its number in the file and what stands there, or why it is no JSON object. With `dry_run` nothing is
    taken in, and what would be is said.
    """
    opened = shop.reading() if dry_run else shop.writing()
    taken = Taken()
    with suppress(_NothingTaken), opened as books:
        reader = _Reader(books, ids)
        for done, (number, request) in enumerate(requests, start=1):
            try:
                if isinstance(request, Refused):
                    raise request
                _one(books, reader, request, taken, dry_run=dry_run)
            except Refused as error:
                taken.bad += 1
                if len(taken.faults) < FAULTS_KEPT:
                    taken.faults.append((number, error))
            if progress is not None and done % 500 == 0:
                progress(done)
        if taken.bad and not skip_bad:
            raise _NothingTaken
    return taken


def _one(books: Books, reader: _Reader, request: Mapping[str, Any], taken: Taken, *, dry_run: bool) -> None:
    sale = reader.sale(request)
    told = fingerprint(request)
    request_id = sale.request_id or ""
    before = reader.seen.get(request_id) or books.sales.by_request(request_id)
    if before is not None:
        if before[1] != told:
            raise RequestReused(str(request.get("id")), before[0].receipt)
        taken.same += 1
        return
    if sale.receipt in reader.receipts or books.sales.by_receipt(sale.receipt) is not None:
        raise BadRequest("receipt", "a number no other sale has")
    reader.receipts.add(sale.receipt)
    if dry_run:
        # nothing in the books will tell that this line stood there before
        reader.seen[request_id] = (sale, told)
    if not dry_run:
        books.sales.add(sale, request_hash=told, imported=True)
    taken.new += 1
    taken.total_fen += sale.total.fen


class _Reader:
    """Reads sales against the catalogue and the members of one moment."""

    def __init__(self, books: Books, ids: Ids) -> None:
        self._books, self._ids = books, ids
        self._policy = books.policy.in_force()
        self._products: dict[str, Product | None] = {}
        self._members: dict[str, str] = {}
        self.receipts: set[str] = set()
        self.seen: dict[str, tuple[Sale, str]] = {}

    def sale(self, request: Mapping[str, Any]) -> Sale:
        known(request, KEYS, "")
        rows = rows_of(request, "lines")
        if not rows:
            raise EmptyBasket
        if len(rows) > LINES_MAX:
            raise BasketFull(LINES_MAX)
        request_id = text(request.get("id"), "id")
        if not request_id:
            raise BadRequest("id", "the number the sale had there")
        at = self._moment(request.get("at"))
        lines = tuple(sales.line_sold(n, self._line(row, n)) for n, row in enumerate(rows, start=1))
        asked = total(line.net for line in lines)
        tenders = self._tenders(request, asked)
        settled = settle(asked, tenders)
        device = self._books.device
        return Sale(
            sale_id=self._ids.new(),
            receipt=NUMBER_PREFIX + text(request.get("receipt"), "receipt", request_id),
            number_in_day=0,
            token="",
            token_seq=0,
            store=device.store,
            till=device.till,
            cashier=text(request.get("cashier"), "cashier", "past"),
            business_date=day_of(at, self._policy).isoformat(),
            at=at.isoformat(),
            lines=lines,
            tenders=tenders,
            rounding=settled.rounding,
            change=settled.change,
            member_id=self._member(request.get("member")),
            request_id=f"past:{request_id}",
            note=text(request.get("note"), "note", ""),
        )

    def _line(self, row: Any, number: int) -> PricedLine:
        where = f"lines[{number}]"
        known(an_object(row, where), LINE_KEYS, f"{where}.")
        asked = row.get("qty")
        amount = ONE if asked is None else quantity(text(asked, f"{where}.qty"))
        product = self._product(row, where)
        price = product.price if row.get("price_fen") is None else Money(fen(row["price_fen"], f"{where}.price_fen"))
        off = ZERO if row.get("discount_fen") is None else Money(fen(row["discount_fen"], f"{where}.discount_fen"))
        why = text(row.get("why"), f"{where}.why", "")
        line = Line(product, amount, price=price, price_reason="past", discount=off, discount_reason=why)
        gross = times(price, amount)
        if off.fen > gross.fen:
            raise DiscountExceedsLine(number, gross.fen, off.fen)
        cuts = (Cut("line_discount", off, why),) if off.fen else ()
        return PricedLine(replace(line, price_reason=""), price, amount, gross, cuts)

    def _product(self, row: Mapping[str, Any], where: str) -> Product:
        code = normal_code(text(row.get("code"), f"{where}.code"))
        if code not in self._products:
            self._products[code] = self._books.products.by_code(code)
        known = self._products[code]
        if known is not None:
            return known
        name = text(row.get("name"), f"{where}.name", "")
        if not name or row.get("price_fen") is None:
            raise UnknownCode(code[:64])
        return Product(code, name, ZERO)

    def _member(self, who: Any) -> str | None:
        if who is None or who == "":
            return None
        phone = normal_phone(text(who, "member"))
        if phone not in self._members:
            member = self._books.members.by_phone(phone)
            if member is None:
                raise UnknownMember
            self._members[phone] = member.member_id
        return self._members[phone]

    def _tenders(self, request: Mapping[str, Any], asked: Money) -> tuple[Tender, ...]:
        rows = rows_of(request, "tenders")
        return tuple(_tender(row, f"tenders[{n}]") for n, row in enumerate(rows, start=1)) or (Tender("cash", asked),)

    def _moment(self, value: Any) -> datetime:
        found = moment(value)
        if found is None:
            raise BadRequest("at", "the moment of the sale")
        return in_zone(found, self._policy)


def _tender(row: Any, where: str) -> Tender:
    kind = text(an_object(row, where).get("kind"), f"{where}.kind")
    if kind not in TENDER_KINDS:
        raise NotTaken(kind[:40])
    return Tender(kind, Money(fen(row.get("fen"), f"{where}.fen")))
