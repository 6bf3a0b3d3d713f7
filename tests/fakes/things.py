"""The goods, people and sales the tests speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from storeapp.domain import sale as sales
from storeapp.domain.capture import CaptureKey, mint
from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import Txn
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.sale import Sale, SaleLine
from storeapp.domain.tender import Tender
from storeapp.till.ports import Books, Shop
from storeapp.till.records import Device

KEY = CaptureKey(2, 0, 4711, bytes(range(32)))

TEA = Product("1001", "康师傅冰红茶500ml", Money(350), unit="瓶", barcodes=("6921168509256",), member_price=Money(300))
COLA = Product("1002", "可口可乐330ml", Money(250), unit="罐", barcodes=("6928804011142", "69288040"))
NOODLES = Product("1003", "重庆小面", Money(1200), unit="份", category="主食")
CUP = Product("2001", "Cup & Saucer 50%", Money(4990), stock_milli=12_000)

ALICE = Member("0192f0a0-0000-7000-8000-00000000a11c", "8613800000001", "王芳", joined_at="2026-09-01T10:00:00+08:00")
BOB = Member("0192f0a0-0000-7000-8000-000000000b0b", "8613912345678", "曾国藩", joined_at="2026-09-28T10:00:00+08:00")
COUPON = Coupon(
    coupon_id="0192f0a0-0000-7000-8000-0000000c0000",
    code="7F3K9QWX",
    offer_id="offer-1",
    amount=Money(500),
    min_spend=Money(0),
    valid_from=date(2026, 9, 1),
    valid_until=date(2026, 9, 30),
    receipt_token="0G048Q3F2GG4KGM5GJWSPPDZJN",
)


def a_device() -> Device:
    return Device("0192f0a0-0000-7000-8000-0000000000d1", 1, "S01", "1", "0192f0a0-0000-7000-8000-0000000000db", (KEY,))


def a_line(number: int = 1, product: Product = TEA, *, count: int = 1) -> SaleLine:
    price = product.price
    return SaleLine(
        number, product.code, product.name, product.unit, count * 1000, price, price, Money(price.fen * count)
    )  # fmt: skip


def a_sale(
    number: int = 1, *, day: str = "2026-09-28", lines: Sequence[SaleLine] | None = None, member: Member | None = None
) -> Sale:
    """A sale paid in cash to the fen. Its ids follow from the day and its number in it."""
    sold = tuple(lines or (a_line(),))
    total = Money(sum(line.gross.fen for line in sold))
    token = mint(KEY, seq=number, day=date.fromisoformat(day))
    return Sale(
        sale_id=str(UUID(int=int(day.replace("-", "")) << 64 | number)),
        receipt=f"S01-1-{day.replace('-', '')}-{number:04d}",
        number_in_day=number,
        token=token,
        token_seq=number,
        store="S01",
        till="1",
        cashier="1007",
        business_date=day,
        at=f"{day}T12:00:{number % 60:02d}+08:00",
        lines=sold,
        tenders=(Tender("cash", total),),
        rounding=Money(0),
        change=Money(0),
        member_id=None if member is None else member.member_id,
        points_earned=0 if member is None else total.fen // 100,
    )


def stock(shop: Shop, goods: Sequence[Product], people: Sequence[Member] = ()) -> None:
    """Puts goods and members into a shop's books."""
    with shop.writing() as books:
        books.products.put(goods)
        for member in people:
            books.members.put(member)


def book(books: Books, sale: Sale, *, request_id: str | None = None, request_hash: str = "") -> Sale:
    """Writes a sale as the checkout does: journal, sale, ledger."""
    sale = replace(sale, request_id=request_id)
    books.journal.append("sale", sales.body(sale), at=sale.at)
    books.sales.add(sale, request_hash=request_hash)
    books.ledger.post(Txn(sale.sale_id, "sale", sale.at, sales.legs(sale), member_id=sale.member_id))
    return sale
