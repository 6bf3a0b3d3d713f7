"""Her data: everything the shop holds about one member, ready to be taken along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from storeapp.domain import coupon_terms
from storeapp.domain.card_doc import body as card_body
from storeapp.domain.card_doc import worth_account
from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import (
    Lot,
    bonus_account,
    debt_account,
    legs_data,
    owed_account,
    pending_account,
    points_account,
    principal_account,
    times_account,
)
from storeapp.domain.member import Consent, national
from storeapp.domain.referral import code_of
from storeapp.domain.refund import body as refund_body
from storeapp.domain.sale import Sale
from storeapp.domain.sale import body as sale_body
from storeapp.domain.value_doc import body as value_body
from storeapp.till import members
from storeapp.till.card_history import history_of
from storeapp.till.cards import cards_of
from storeapp.till.group_orders import told as order_told
from storeapp.till.group_sheets import body as sheet_told
from storeapp.till.group_sheets import led_by
from storeapp.till.members import MemberFile
from storeapp.till.names import names_of
from storeapp.till.ports import Books
from storeapp.till.referrals import told_to

ALL = 1_000_000
"""More than anybody ever bought."""


def everything(books: Books, member_id: str, *, on: date) -> dict[str, Any]:
    """All of it, ready for JSON: particulars, balances, lots, purchases, what came back, coupons, consents, looks,
    notes, tiers, what was written to her, and what the nights think of her. Raises UnknownMember.
    """
    file = members.file_of(books, member_id, on=on)
    # whoever was merged into her is her: the books keep what was done under the other name
    names = names_of(books, member_id)
    # sales and stored value of both names come under the one she has
    sales = sorted(books.sales.of_member(member_id, limit=ALL), key=_moment)
    layer = books.layers.of(member_id)
    return told(file, shown=national) | {
        "sales": [sale_body(sale) for sale in sales],
        "refunds": _refunds(books, sales),
        "stored_value": [value_body(doc) for doc in books.values.of_member(member_id)],
        "cards": _cards(books, member_id, names),
        "card_moves": [asdict(move) for move in history_of(books, member_id)],
        "every_coupon": [_given(books, each) for name in names for each in books.coupons.ever_of_member(name)],
        "ledger": _ledger(books, names),
        "tags": list(books.layers.tags_of(member_id)),
        "tiers": [asdict(word) for name in names for word in books.tiers.words(name)],
        "timeline": _timeline(books, names),
        "group_sheets": [sheet_told(sheet) for sheet in led_by(books, names)],
        "group_orders": [
            order_told(books, order)
            for order in (*books.groups.of_member(member_id), *books.groups.elsewhere.of_member(member_id))
        ],
        "referrals": [each for name in names for each in told_to(books, name)],
        "outreach": [
            asdict(due) | {"day": due.day.isoformat()}
            for due in books.outreach.since(date.min)
            if due.member_id in names
        ],
        "merged": list(names[1:]),
        "staff": list(books.staff.codes_of(member_id)),
        "layer": None if layer is None else _plain(asdict(layer)),
    }


def told(file: MemberFile, *, shown: Callable[[str], str]) -> dict[str, Any]:
    """Her card, lots, coupons and consents; `shown` says how a phone is written."""
    card, member = file.card, file.card.member
    return {
        "member_id": member.member_id,
        "phone": shown(member.phone),
        "other_phones": [shown(phone) for phone in member.other_phones],
        "name": member.name,
        "tier": member.tier,
        "birthday": member.birthday,
        "note": member.note,
        "joined_at": member.joined_at,
        "referral_code": code_of(member.member_id),
        "points": card.points,
        "points_waiting": card.waiting,
        "points_owed": card.owed_points,
        "principal_fen": card.principal_fen,
        "bonus_fen": card.bonus_fen,
        "owed_fen": card.owed_fen,
        "lots": [_lot(lot) for lot in file.lots],
        "coupons": [coupon_told(coupon) for coupon in card.coupons],
        "consents": [consent_told(consent) for consent in file.consents],
    }


def consent_told(consent: Consent) -> dict[str, Any]:
    """A consent as JSON."""
    return asdict(consent)


def coupon_told(coupon: Coupon) -> dict[str, Any]:
    """A coupon as JSON."""
    return {
        "coupon_id": coupon.coupon_id,
        "code": coupon.code,
        "offer_id": coupon.offer_id,
        "amount_fen": coupon.amount.fen,
        "min_spend_fen": coupon.min_spend.fen,
        "valid_from": coupon.valid_from.isoformat(),
        "valid_until": coupon.valid_until.isoformat(),
        "state": coupon.state,
        "terms": coupon_terms.as_data(coupon.terms),
    }


def _given(books: Books, coupon: Coupon) -> dict[str, Any]:
    """One of all her coupons, and what it was given for where that was written down."""
    grant = books.coupon_grants.of_coupon(coupon.coupon_id)
    why = ("", "") if grant is None else (grant.why, grant.reason)
    return coupon_told(coupon) | {"why": why[0], "reason": why[1]}


def _lot(lot: Lot) -> dict[str, Any]:
    return {
        "lot_id": lot.lot_id,
        "earned_at": lot.earned_at,
        "amount": lot.amount,
        "remaining": lot.remaining,
        "expires_on": lot.expires_on,
    }


def _refunds(books: Books, sales: Sequence[Sale]) -> list[dict[str, Any]]:
    return [refund_body(refund) for sale in sales for refund in books.refunds.of_sale(sale.sale_id)]


def _cards(books: Books, member_id: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """Her documents of cards; of one she handed on, what became of it afterwards is not hers."""
    return [card_body(doc) for doc in books.cards.of_member(member_id) if {doc.member_id, doc.given_by} & set(names)]


def _moment(sale: Sale) -> datetime:
    return datetime.fromisoformat(sale.at)


def _ledger(books: Books, names: Sequence[str]) -> list[dict[str, Any]]:
    """Every entry that moved an account of hers, oldest first; other accounts are none of hers."""
    kinds = (points_account, pending_account, principal_account, bonus_account, owed_account, debt_account)
    accounts = [kind(name) for name in names for kind in kinds]
    held = cards_of(books, names[0])
    accounts += [kind(card.card_id) for card in held for kind in (times_account, worth_account)]
    found = {txn.txn_id: txn for account in accounts for txn in books.ledger.history(account, limit=ALL)}
    rows = sorted(found.values(), key=lambda txn: (datetime.fromisoformat(txn.at), txn.txn_id))
    return [
        {
            "txn_id": txn.txn_id,
            "kind": txn.kind,
            "at": txn.at,
            "legs": legs_data([leg for leg in txn.legs if leg.account in accounts]),
        }
        for txn in rows
    ]


def _timeline(books: Books, names: Sequence[str]) -> list[dict[str, Any]]:
    zone = ZoneInfo(books.policy.in_force().text("shop.zone"))
    rows = {row for name in names for row in books.timeline.of(name, most=ALL, looks=True)}
    return [
        {"at": datetime.fromtimestamp(row.at_s, zone).isoformat()}
        | {name: value for name, value in asdict(row).items() if name != "at_s"}
        for row in sorted(rows, key=lambda row: (-row.at_s, row.kind, row.ref))
    ]


def _plain(value: Any) -> Any:
    """`value` with its days as text."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
