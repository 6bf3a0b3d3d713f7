"""How what is known of members is written on screen: reasons to write, outcomes, and what happened with her."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from storeapp.domain.money import Money
from storeapp.domain.timeline import Happened
from storeapp.domain.timeline_words import happened_said, outcomes_said, reasons_said
from storeapp.till.coupon_history import InWallet
from storeapp.ui import coupon_words, wording
from storeapp.ui.widgets.rows import Row
from storeapp.words import Words

_ICONS = {
    "sale": "receipt", "past": "database", "refund": "receipt-refund", "opened": "qrcode", "coupon": "ticket",
    "consent": "shield-check", "changed": "edit", "written": "phone", "feedback": "star", "card": "wallet",
    "group": "users", "value": "wallet",
    "looked": "user",
}  # fmt: skip


def reason(stored: str, words: Words) -> str:
    """Why she is on the list."""
    return reasons_said(words)[stored]


def outcome(stored: str, words: Words) -> str:
    """What became of it."""
    return outcomes_said(words)[stored]


def row_of(happened: Happened, zone: ZoneInfo, words: Words) -> Row:
    """One line of her timeline."""
    at = datetime.fromtimestamp(happened.at_s, zone)
    # a coupon begins with its day, at no hour
    when = f"{at:%Y-%m-%d}" if happened.kind == "coupon" else f"{at:%Y-%m-%d %H:%M}"
    fen = happened.fen
    is_back = happened.kind == "refund" or happened.detail in ("card_refund", "topup_refund")
    amount = "" if fen is None else wording.money(Money(-fen if is_back else fen))
    title, detail = happened_said(happened, words)
    row_id = f"{happened.kind}:{happened.at_s}:{happened.ref}"
    return Row(row_id, title, detail, amount, when, icon=_ICONS[happened.kind])


_COUPON_TONES = {"issued": "brand", "reserved": "amber"}


def coupon_row(one: InWallet, words: Words) -> Row:
    """One of her coupons: what it is worth, its code, how it stands, and until when."""
    coupon = one.coupon
    worth = coupon_words.worth(coupon.amount, coupon.terms, words)
    terms = coupon_words.condition(coupon.amount, coupon.min_spend, coupon.terms, words)
    return Row(
        coupon.coupon_id,
        f"{worth} · {terms}",
        coupon.code,
        words.t("until {date}").format(date=coupon.valid_until),
        tag=coupon_words.state(one.stands, words),
        tag_tone=_COUPON_TONES.get(one.stands, "muted"),
        icon="ticket",
    )
