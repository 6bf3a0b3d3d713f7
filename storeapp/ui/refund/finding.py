"""Finding a receipt: by its number, by what is scanned from it, or among the sales of a member."""

from __future__ import annotations

from datetime import datetime

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.member import masked_phone
from storeapp.domain.receipt import number_behind
from storeapp.domain.sale import Sale
from storeapp.till import members
from storeapp.till.loose_refunds import number_of_other_till
from storeapp.till.ports import Books
from storeapp.till.receipts import sale_scanned
from storeapp.till.records import Found
from storeapp.ui.refund.state import Finding

MOST = 100
MEMBERS_MOST = 3
_LEAST_TYPED = 2


def found(books: Books, text: str) -> Finding:
    """The latest receipts whose number holds `text`, then the members who go by it."""
    wanted = text.strip()
    sales = tuple(sale for sale in books.sales.recent(limit=MOST) if wanted.upper() in sale.receipt)
    hers = members.find(books, wanted, limit=MEMBERS_MOST) if len(wanted) >= _LEAST_TYPED else ()
    return Finding(wanted, sales, hers)


def of_member(books: Books, who: Found) -> Finding:
    """Her latest sales."""
    return Finding(sales=books.sales.of_member(who.member_id, limit=MOST), of=who.name or who.phone_masked)


def behind(books: Books, code: str) -> Sale:
    """The sale of a receipt, or of the slip of what came back of it before; raises UnknownReceipt."""
    try:
        return sale_scanned(books, code)
    except UnknownReceipt:
        slip = books.refunds.by_receipt(number_behind(code, store=books.device.store))
        sale = None if slip is None else books.sales.by_receipt(slip.sale_receipt)
        if sale is None:
            raise
        return sale


def behind_or_elsewhere(books: Books, code: str, *, at: datetime) -> Sale | str:
    """The sale of a receipt, or the number of another till's; raises a Refused where it is neither."""
    try:
        return behind(books, code)
    except UnknownReceipt:
        number = number_of_other_till(books, code, at=at)
        if not number:
            raise
        return number


def member_said(books: Books, sale: Sale) -> str:
    """Who bought it, the phone masked; "" for nobody."""
    member = None if sale.member_id is None else books.members.by_id(sale.member_id)
    if member is None:
        return ""
    return " ".join(part for part in (member.name, masked_phone(member.phone)) if part)
