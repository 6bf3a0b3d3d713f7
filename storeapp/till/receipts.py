"""Receipts: what a sale's receipt says, gathered from the books, now or years later."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.member import masked_phone
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import Policy
from storeapp.domain.receipt import MemberShown, Receipt, content, number_behind
from storeapp.domain.receipt_coupon import NextVisit, next_visit
from storeapp.domain.sale import Sale, SaleLine
from storeapp.domain.tender import Tender
from storeapp.till import coupons
from storeapp.till.checkout import receipt_url
from storeapp.till.names import member_now
from storeapp.till.ports import Books
from storeapp.words import words

SAMPLE_TOKEN = "0" * 26


def sale_behind(books: Books, code: str) -> Sale:
    """The sale of a receipt number, as typed or as scanned from the receipt's barcode; raises UnknownReceipt."""
    number = number_behind(code, store=books.device.store)
    sale = books.sales.by_receipt(number)
    if sale is None:
        raise UnknownReceipt(code[:60])
    return sale


def sale_scanned(books: Books, code: str) -> Sale:
    """The same, also by what the receipt's QR code holds."""
    token = coupons.token_or_none(code)
    sale = books.sales.by_token(token) if token is not None else None
    return sale if sale is not None else sale_behind(books, code)


def receipt_of(books: Books, sale: Sale, *, copy: int = 0) -> Receipt:
    """The receipt of `sale`: the shop as it is called now, the offer as it was made then."""
    policy = _policy(books, sale)
    return content(
        sale,
        policy=policy,
        words=words(policy.text("receipt.language")),
        copy=copy,
        qr_url=receipt_url(books, sale),
        contact_qr=policy.text("offer.contact_qr"),
        contact_picture=_contact_picture(policy),
        member=_member(books, sale),
        promised=_promised(books, sale, policy),
    )


def _promised(books: Books, sale: Sale, policy: Policy) -> NextVisit | None:
    """The coupon this sale earned for the next visit, unless it was taken back."""
    for coupon in books.coupons.by_receipt_token(sale.token):
        grant = books.coupon_grants.of_coupon(coupon.coupon_id)
        if grant is not None and grant.why == "next_visit" and coupon.state != "void":
            word = books.coupon_templates.get(coupon.offer_id)
            name = coupon.offer_id if word is None else word.name
            return next_visit(coupon, name, words(policy.text("receipt.language")))
    return None


def _policy(books: Books, sale: Sale) -> Policy:
    now, then = books.policy.in_force(), books.policy.in_force(at=sale.at)
    offer = then.offer()
    if offer is None or offer.offer_id != sale.offer_id:
        return now
    rest = {key: value for key, value in now.values.items() if not key.startswith("offer.")}
    return Policy(rest | {key: value for key, value in then.values.items() if key.startswith("offer.")})


def _contact_picture(policy: Policy) -> bytes:
    try:
        return base64.b64decode(policy.text("offer.contact_image"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _member(books: Books, sale: Sale) -> MemberShown | None:
    member = member_now(books, sale.member_id)
    if member is None:
        return None
    then = books.policy.in_force(at=sale.at)
    code = ""
    if then.get("referral.enabled") and then.get("referral.on_receipt"):
        # most shops tell none: a start does not load them
        from storeapp.domain.referral import code_of, spoken

        code = spoken(code_of(member.member_id))
    return MemberShown(masked_phone(member.phone), sale.points_balance, code)


def sample_receipt(books: Books, policy: Policy, *, at: datetime) -> Receipt:
    """A receipt that was never sold, to show the owner what the words of `policy` would look like on paper."""
    price = Money(1250)
    line = SaleLine(1, "6901234567892", "示例商品 Sample 500ml", "", 1000, price, price, price)
    device = books.device
    sale = Sale(
        sale_id="sample",
        receipt=f"{device.store}-{device.till}-{at:%Y%m%d}-0001",
        number_in_day=1,
        token=SAMPLE_TOKEN,
        token_seq=1,
        store=device.store,
        till=device.till,
        cashier="",
        business_date=f"{at:%Y-%m-%d}",
        at=at.isoformat(),
        lines=(line,),
        tenders=(Tender("cash", price),),
        rounding=ZERO,
        change=ZERO,
        offer_id=policy.text("offer.id"),
        redeem_code="" if device.is_joined else "ABCD2345",
    )
    return content(
        sale,
        policy=policy,
        words=words(policy.text("receipt.language")),
        qr_url=receipt_url(books, sale),
        contact_qr=policy.text("offer.contact_qr"),
        contact_picture=_contact_picture(policy),
    )
