"""How what is known of members is written on screen: reasons to write, outcomes, and what happened with her."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.money import Money
from storeapp.domain.timeline import Happened
from storeapp.till.coupon_history import InWallet
from storeapp.ui import coupon_words, wording
from storeapp.ui.widgets.rows import Row
from storeapp.words import N_, Words

REASONS = {
    "make_good": N_("Was not happy: put it right"),
    "nurture_1": N_("The day after her first visit"),
    "nurture_3": N_("Three days after her first visit"),
    "nurture_7": N_("A week after her first visit"),
    "birthday": N_("Her birthday"),
    "thanks": N_("Became a regular"),
    "due": N_("Usually buys again about now"),
    "cooling": N_("Stays away longer than usual"),
    "coupon_lapses": N_("Her coupon lapses soon"),
    "card_ends": N_("Her card ends soon"),
    "next_category": N_("May like something next"),
}
OUTCOMES = {
    "": N_("Not written yet"),
    "done": N_("Written"),
    "replied": N_("Replied"),
    "bought": N_("Bought"),
    "skipped": N_("Not now"),
}
_COUPONS = {"redeemed": N_("redeemed"), "void": N_("void")}
_CARDS = {"card_sold": N_("Card bought"), "card_refund": N_("Card paid back"), "card_given": N_("Card handed on")}
_FIELDS = {"note": N_("note"), "birthday": N_("birthday"), "tags": N_("tags")}
_LOOKS = {
    "": N_("Her file was opened"),
    "phone": N_("Her whole number was shown"),
    "export": N_("Her data was handed out"),
}
_ICONS = {
    "sale": "receipt", "past": "database", "refund": "receipt-refund", "opened": "qrcode", "coupon": "ticket",
    "consent": "shield-check", "changed": "edit", "written": "phone", "feedback": "star", "card": "wallet",
    "group": "users", "value": "wallet",
    "looked": "user",
}  # fmt: skip


def reason(stored: str, words: Words) -> str:
    """Why she is on the list."""
    return words.t(REASONS[stored])


def outcome(stored: str, words: Words) -> str:
    """What became of it."""
    return words.t(OUTCOMES[stored])


def row_of(happened: Happened, zone: ZoneInfo, words: Words) -> Row:
    """One line of her timeline."""
    at = datetime.fromtimestamp(happened.at_s, zone)
    # a coupon begins with its day, at no hour
    when = f"{at:%Y-%m-%d}" if happened.kind == "coupon" else f"{at:%Y-%m-%d %H:%M}"
    fen = happened.fen
    is_back = happened.kind == "refund" or happened.detail in ("card_refund", "topup_refund")
    amount = "" if fen is None else wording.money(Money(-fen if is_back else fen))
    title, detail = _said(happened, words)
    row_id = f"{happened.kind}:{happened.at_s}:{happened.ref}"
    return Row(row_id, title, detail, amount, when, icon=_ICONS[happened.kind])


def _said(happened: Happened, words: Words) -> tuple[str, str]:
    t, detail = words.t, happened.detail
    by = t("by {who}").format(who=happened.by) if happened.by else ""
    match happened.kind:
        case "sale":
            return t("Bought"), happened.ref
        case "group":
            is_gone = detail == "cancelled"
            return t("Group order cancelled") if is_gone else t("Group order"), f"{happened.ref} {by}".strip()
        case "past":
            return t("Bought, before this till"), happened.ref
        case "refund":
            return t("Brought back"), detail
        case "opened":
            return t("Looked at her receipt on the phone"), happened.ref
        case "feedback":
            mark, _, said = detail.partition(":")
            title = t("Her answer: {mark} of 5").format(mark=mark)
            return title, " · ".join(part for part in (said, happened.ref) if part)
        case "card":
            return t(_CARDS[detail]), happened.ref
        case "value":
            return kind_of_entry(detail, words), happened.ref
        case "coupon":
            state, _, until = detail.partition(":")
            good = t("until {date}").format(date=until) if state == "issued" else t(_COUPONS[state])
            return t("Coupon"), f"{happened.ref} · {good}"
        case "consent":
            what = t("Membership") if happened.ref == "membership" else t("Offers")
            said = t("{what}: {word}").format(what=what, word=t("Yes") if detail == "yes" else t("No"))
            return said, wording.channel(happened.by, words)
        case "changed":
            fields = t(", ").join(t(_FIELDS[field]) for field in detail.split(",") if field in _FIELDS)
            return t("Changed: {fields}").format(fields=fields), by
        case "written":
            why, _, became = detail.partition(":")
            return t("Written to: {reason}").format(reason=reason(why, words)), f"{outcome(became, words)} · {by}"
        case "looked":
            return t(_LOOKS.get(detail, _LOOKS[""])), by


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
