"""What happened with a member, in words: on her page, in the terminal and on the paper she takes along alike."""

from __future__ import annotations

from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.tender_names import Words
from storeapp.domain.timeline import Happened


def happened_said(happened: Happened, words: Words) -> tuple[str, str]:
    """What it was, and a little more about it. Every kind has its words."""
    t, detail, ref = words.t, happened.detail, happened.ref
    by = t("by {who}").format(who=happened.by) if happened.by else ""
    match happened.kind:
        case "sale":
            return t("Bought"), ref
        case "group":
            said = t("Group order cancelled") if detail == "cancelled" else t("Group order")
            return said, f"{ref} {by}".strip()
        case "past":
            return t("Bought, before this till"), ref
        case "refund":
            return t("Brought back"), detail
        case "opened":
            return t("Looked at her receipt on the phone"), ref
        case "feedback":
            mark, _, answer = detail.partition(":")
            return t("Her answer: {mark} of 5").format(mark=mark), " · ".join(part for part in (answer, ref) if part)
        case "card":
            return _cards(words)[detail], ref
        case "value":
            return kind_of_entry(detail, words), ref
        case "coupon":
            return t("Coupon"), f"{ref} · {_coupon(detail, words)}"
        case "consent":
            what = t("Membership") if ref == "membership" else t("Offers")
            said = t("{what}: {word}").format(what=what, word=t("Yes") if detail == "yes" else t("No"))
            return said, channels_said(words).get(happened.by, happened.by)
        case "changed":
            known = _fields(words)
            fields = t(", ").join(known[field] for field in detail.split(",") if field in known)
            return t("Changed: {fields}").format(fields=fields), by
        case "written":
            why, _, became = detail.partition(":")
            said = t("Written to: {reason}").format(reason=reasons_said(words)[why])
            return said, f"{outcomes_said(words)[became]} · {by}"
        case "looked":
            looks = _looks(words)
            return looks.get(detail, looks[""]), by


def reasons_said(words: Words) -> dict[str, str]:
    """Why somebody is on the list of whom to write to."""
    _ = words.t
    return {
        "make_good": _("Was not happy: put it right"),
        "nurture_1": _("The day after her first visit"),
        "nurture_3": _("Three days after her first visit"),
        "nurture_7": _("A week after her first visit"),
        "birthday": _("Her birthday"),
        "thanks": _("Became a regular"),
        "due": _("Usually buys again about now"),
        "cooling": _("Stays away longer than usual"),
        "coupon_lapses": _("Her coupon lapses soon"),
        "card_ends": _("Her card ends soon"),
        "next_category": _("May like something next"),
    }


def outcomes_said(words: Words) -> dict[str, str]:
    """What became of it."""
    _ = words.t
    return {
        "": _("Not written yet"),
        "done": _("Written"),
        "replied": _("Replied"),
        "bought": _("Bought"),
        "skipped": _("Not now"),
    }


def channels_said(words: Words) -> dict[str, str]:
    """Where somebody said yes or no."""
    _ = words.t
    return {"counter": _("at the counter"), "page": _("on the receipt's page"), "import": _("brought along")}


def _coupon(detail: str, words: Words) -> str:
    state, _, until = detail.partition(":")
    t = words.t
    if state == "issued":
        return t("until {date}").format(date=until)
    return {"redeemed": t("redeemed"), "void": t("void")}[state]


def _cards(words: Words) -> dict[str, str]:
    _ = words.t
    return {"card_sold": _("Card bought"), "card_refund": _("Card paid back"), "card_given": _("Card handed on")}


def _fields(words: Words) -> dict[str, str]:
    _ = words.t
    return {"note": _("note"), "birthday": _("birthday"), "tags": _("tags")}


def _looks(words: Words) -> dict[str, str]:
    _ = words.t
    return {
        "": _("Her file was opened"),
        "phone": _("Her whole number was shown"),
        "export": _("Her data was handed out"),
    }
