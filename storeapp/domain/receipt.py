"""The receipt: what stands on it, in words, amounts and codes, before anybody asks how wide the paper is.

A reprint says the same as the original, with the copy mark added: token, offer and policy are those of the sale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from storeapp.domain import account_said
from storeapp.domain.card_said import left_on
from storeapp.domain.money import Money, total
from storeapp.domain.policy import Policy
from storeapp.domain.priced import Cut
from storeapp.domain.quantity import as_decimal
from storeapp.domain.reason import said
from storeapp.domain.receipt_coupon import NextVisit
from storeapp.domain.receipt_text import amount_text, printable
from storeapp.domain.sale import PaymentOverride, Sale, SaleLine
from storeapp.domain.tender import Tender
from storeapp.domain.tender_names import tender_name


class Words(Protocol):
    """Where sentences are looked up: English ids in, the receipt's language out."""

    def t(self, msgid: str) -> str: ...
    def n(self, singular: str, plural: str, count: int) -> str: ...
    def p(self, context: str, msgid: str) -> str: ...


class Document(Protocol):
    """What every paper of the shop tells in its head."""

    @property
    def receipt(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def cashier(self) -> str: ...
    @property
    def till(self) -> str: ...


@dataclass(frozen=True, slots=True)
class MemberShown:
    """What the receipt tells of the member: the phone masked, the balance after this sale if it is known, her code."""

    phone_masked: str
    points_balance: int | None = None
    referral_code: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A label and its amount; a `strong` one is what the customer looks for."""

    label: str
    amount: Money
    strong: bool = False

    @property
    def text(self) -> str:
        return amount_text(self.amount)


@dataclass(frozen=True, slots=True)
class Item:
    """One line sold: `amount` before its `cuts`; `remarks` stand under it."""

    name: str
    count: str
    amount: Money
    cuts: tuple[Amount, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """Why and where to scan: the owner's words above the code, neutral ones under it, and a code to type instead.

    `picture` is a PNG of the shop's own WeChat code, where its text is not known.
    """

    headline: str
    small_print: str
    qr: str
    under: str
    code_label: str
    code: str
    code_hint: str
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt in reading order. `barcodes` are texts a scanner finds the sale by, the most complete first.

    `decided` stands under the payments: what a manager let pass. `details` say under the head what a plain sale has no
    need of: what was brought back of which receipt, and why.
    """

    title: str
    contact: tuple[str, ...]
    copy_mark: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, str, str]
    items: tuple[Item, ...]
    sums: tuple[Amount, ...]
    due: Amount
    payments: tuple[Amount, ...]
    member: tuple[tuple[str, str], ...]
    note: str
    invitation: Invitation | None
    privacy: tuple[str, ...]
    footer: tuple[str, ...]
    number: str
    barcodes: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()
    decided: tuple[str, ...] = ()
    next_visit: NextVisit | None = None


def content(
    sale: Sale,
    *,
    policy: Policy,
    words: Words,
    copy: int = 0,
    qr_url: str | None = None,
    contact_qr: str | None = None,
    contact_picture: bytes = b"",
    redeem_code: str | None = None,
    member: MemberShown | None = None,
    promised: NextVisit | None = None,
) -> Receipt:
    """What the receipt of `sale` says. `policy` is the one in force at the sale; `copy` counts reprints from 1.

    `qr_url` leads to the shop's page; a shop without one shows its own WeChat code: `contact_qr`, the text in it, or
    `contact_picture`, a PNG of it.
    `redeem_code` is the sale's own unless given.
    """
    _ = words.t
    code = sale.redeem_code if redeem_code is None else redeem_code
    invitation = _invitation(
        sale, policy, words, code, page=qr_url or "", contact=contact_qr or "", picture=contact_picture
    )
    if sale.training:
        # nobody shall scan, claim or bring back what was never sold
        invitation = None
    return Receipt(
        title=printable(policy.text("shop.name")) or _("Receipt"),
        contact=contact_lines(policy, words),
        copy_mark=mark_of(copy, words, training=sale.training),
        facts=facts_of(sale, policy, words),
        headings=(_("Item"), _("Qty × price"), _("Amount")),
        items=tuple(_item(line, words) for line in sale.lines),
        sums=_sums(sale, words),
        due=Amount(words.p("receipt", "Total"), sale.due, strong=True),
        payments=_payments(sale, words),
        decided=tuple(text for override in sale.overrides for text in _decided(override, words)),
        member=_member(sale, member, words),
        note=_("Note: {note}").format(note=printable(sale.note)) if printable(sale.note) else "",
        invitation=invitation,
        next_visit=None if sale.training else promised,
        privacy=_privacy(policy, words) if invitation or member else (),
        footer=(training_mark(words),)
        if sale.training
        else _filled(policy.text("receipt.footer"))
        or (_("Thank you, see you again!"), _("Please keep this receipt for returns.")),
        number=sale.receipt,
        barcodes=barcodes(sale.receipt),
    )


def training_mark(words: Words) -> str:
    """What stands on every paper of a training shop, above and below."""
    return words.t("TRAINING · not a receipt")


def mark_of(copy: int, words: Words, *, training: bool = False, kind: str = "") -> str:
    """What stands large under the head: practice, the `kind` of paper where it is no sale, and which copy it is."""
    reprint = words.t("COPY (reprint {number})").format(number=copy) if copy else ""
    return " · ".join(filter(None, (training_mark(words) if training else "", kind, reprint)))


def contact_lines(policy: Policy, words: Words) -> tuple[str, ...]:
    """Where the shop is and how it is called up."""
    phone = policy.text("shop.phone")
    return _filled(policy.text("shop.address"), words.t("Phone {phone}").format(phone=phone) if phone else "")


_NUMBER = re.compile(r"(?P<place>.+)-20(?P<day>\d{6})-(?P<sequence>\d{4,})")
_SHORT = re.compile(r"(?:(?P<store>.+)-)?(?P<till>[^-]+)-(?P<day>\d{6})(?P<sequence>\d{4,})")


def barcodes(number: str) -> tuple[str, ...]:
    """Texts for the receipt's barcode, the longest first: the number, the number packed, without the store.

    58 mm paper holds the packed one of `S01-1-20260928-0117`: `S01-1-2609280117`.
    """
    found = _NUMBER.fullmatch(number)
    if found is None:
        return (number,)
    packed = found["day"] + found["sequence"]
    return number, f"{found['place']}-{packed}", f"{found['place'].rsplit('-', 1)[-1]}-{packed}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a receipt was printed, as its number says."""

    store: str
    till: str
    day: date


def place_of(number: str) -> Place | None:
    """What a receipt's number says of itself; None for what is no such number."""
    found = _NUMBER.fullmatch(number)
    store, dash, till = (found["place"] if found else "").rpartition("-")
    if found is None or not dash:
        return None
    try:
        return Place(store, till, date.fromisoformat(f"20{found['day']}"))
    except ValueError:
        return None


def number_behind(code: str, *, store: str) -> str:
    """The receipt number a scanned or typed `code` stands for, whichever of `barcodes` it is."""
    cleaned = code.strip()
    found = _SHORT.fullmatch(cleaned)
    if found is None:
        return cleaned
    return f"{found['store'] or store}-{found['till']}-20{found['day']}-{found['sequence']}"


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in (printable(raw) for raw in texts) if text)


def facts_of(document: Document, policy: Policy, words: Words) -> tuple[tuple[str, str], ...]:
    """Number, time, cashier and till of a sale or a refund."""
    _ = words.t
    moment = datetime.fromisoformat(document.at).astimezone(ZoneInfo(policy.text("shop.zone")))
    return (
        (_("No."), document.receipt),
        (_("Time"), f"{moment:%Y-%m-%d %H:%M:%S}"),
        (_("Cashier"), printable(document.cashier)),
        (_("Till"), printable(document.till)),
    )


def _item(line: SaleLine, words: Words) -> Item:
    _ = words.t
    quantity = as_decimal(line.quantity_milli)
    if line.quantity_milli % 1000:
        quantity += printable(line.unit)
    note, why = printable(line.note), printable(said(line.price_reason, words))
    remarks = (
        _("Price changed: {reason}").format(reason=why) if why else "",
        _("Note: {note}").format(note=note) if note else "",
    )
    return Item(
        name=printable(line.name) or printable(line.code),
        count=f"{quantity} × {amount_text(line.unit_price)}",
        amount=line.gross,
        cuts=tuple(_cut(cut, words) for cut in line.cuts if cut.reason != "coupon"),
        remarks=tuple(filter(None, remarks)),
    )


def _cut(cut: Cut, words: Words) -> Amount:
    _ = words.t
    labels = {
        "member_price": _("Member price"),
        "tier_price": _("Tier price"),
        "price_list": _("Price list"),
        "group_price": _("Group price"),
        "promotion": _("Promotion"),
        "card": _("Times card"),
    }
    label = labels.get(cut.reason) or _("Discount")
    note = printable(said(cut.note, words))
    return Amount(f"{label} {note}" if note else label, -cut.amount)


def _sums(sale: Sale, words: Words) -> tuple[Amount, ...]:
    """Goods, then everything between them and what is due: the column adds up."""
    _ = words.t
    # a weighed line is one piece
    pieces = sum(line.quantity_milli // 1000 if line.quantity_milli % 1000 == 0 else 1 for line in sale.lines)
    goods = words.n("Goods ({count} item)", "Goods ({count} items)", pieces).format(count=pieces)
    cuts = [cut for line in sale.lines for cut in line.cuts]
    discounts = total(cut.amount for cut in cuts if cut.reason not in ("coupon", "card"))
    by_card = total(cut.amount for cut in cuts if cut.reason == "card")
    taken = ((_("Discounts"), discounts), (_("Taken by card"), by_card))
    rows = [Amount(goods, sale.goods), *(Amount(name, -amount) for name, amount in taken if amount)]
    rows.extend(
        Amount(_("Coupon {code}").format(code=printable(use.code)), -use.amount) for use in sale.coupons if use.amount
    )
    if sale.rounding:
        rows.append(Amount(_("Rounding"), sale.rounding))
    return tuple(rows)


def _payments(sale: Sale, words: Words) -> tuple[Amount, ...]:
    rows = [Amount(_way(tender, words), tender.amount) for tender in sale.tenders]
    if sale.change:
        rows.append(Amount(words.p("cash", "Change"), sale.change, strong=True))
    return tuple(rows)


def _way(tender: Tender, words: Words) -> str:
    name = tender_name(tender.kind, words)
    return words.t("{way}, not verified").format(way=name) if tender.is_unverified else name


def _decided(override: PaymentOverride, words: Words) -> tuple[str, str]:
    """What was decided, and the payment's number on a row of its own: it fills the narrowest paper."""
    _ = words.t
    said = (
        _("{way} {amount}: the result was unclear; counted with the approval of {code}. Payment number:")
        if override.decision == "accept"
        else _("{way} {amount}: result unknown; paid otherwise with the approval of {code}. Payment number:")
    )
    way, amount = tender_name(override.tender, words), amount_text(override.amount)
    return printable(said.format(way=way, amount=amount, code=override.approver)), printable(override.trade_number)


def _member(sale: Sale, member: MemberShown | None, words: Words) -> tuple[tuple[str, str], ...]:
    _ = words.t
    if member is None:
        return ()
    rows, hers = [(_("Member"), member.phone_masked)], sale.account
    if sale.points_per_yuan:
        good_from = _("Points earned, good from {day}").format(day=hers.ripe_on) if hers and hers.ripe_on else ""
        rows.append((good_from or _("Points earned"), f"+{sale.points_earned}"))
    if hers is not None and hers.spent:
        rows.append((_("Points used"), f"-{hers.spent}"))
    if member.points_balance is not None:
        rows.append((_("Points balance"), str(member.points_balance)))
    if hers is not None:
        rows.extend(account_said.after(hers, words))
    rows.extend(left_on(sale.cards, words))
    if member.referral_code:
        rows.append((_("Code for a friend"), member.referral_code))
    return tuple(rows)


def _invitation(
    sale: Sale, policy: Policy, words: Words, code: str, *, page: str, contact: str, picture: bytes
) -> Invitation | None:
    """None if there is neither anything to scan nor an offer."""
    _ = words.t
    offer = policy.offer() if sale.offer_id is not None else None
    has_code = bool(page or contact or picture)
    if not has_code and offer is None:
        return None
    under = _("Scan for your receipt and member services") if page else _("Scan to find us on WeChat")
    return Invitation(
        headline=printable(offer.headline) if offer else "",
        small_print=printable(offer.small_print) if offer else "",
        qr=page or contact,
        picture=b"" if page or contact else picture,
        under=under if has_code else "",
        code_label=_("Code") if code else "",
        code=code,
        # with no page behind the QR code these eight characters are the coupon
        code_hint=_("Show this code on your next visit") if code and offer and not page else "",
    )


def _privacy(policy: Policy, words: Words) -> tuple[str, ...]:
    _ = words.t
    whom = printable(policy.text("shop.contact")) or printable(policy.text("shop.phone"))
    notice = _("Joining is your choice; your data serves your membership only.")
    return (notice, _("Questions: {contact}").format(contact=whom)) if whom else (notice,)
