"""The names of entries that move what is owed to members, on screen, on paper and in workbooks alike."""

from __future__ import annotations

from storeapp.domain.tender_names import Words


def kind_of_entry(kind: str, words: Words) -> str:
    """What people call such an entry; the ledger's own word where nobody has found one."""
    return kinds_of_entries(words).get(kind, kind)


def kinds_of_entries(words: Words) -> dict[str, str]:
    """Every kind that has a name."""
    _ = words.t
    return {
        "topup": _("Top-ups"),
        "topup_bonus": _("Monthly gifts"),
        "topup_refund": _("Stored value paid back"),
        "card_sold": _("Cards sold"),
        "card_refund": _("Cards paid back"),
        "card_given": _("Cards handed on"),
        "card.lapsed": _("Given times that ended"),
        "card.levelled": _("Two tills took one time"),
        "card.passed": _("Membership days used up"),
        "transfer": _("Transferred between members"),
        "sale": _("Bought here"),
        "refund": _("Refunds"),
        "opening": _("Brought along from elsewhere"),
        "expired": _("Lapsed"),
        "adjust": _("Corrected by hand"),
        "settlement": _("Debt paid"),
        "gift": _("Gift for points"),
        "gift.reversed": _("Gift brought back"),
        "stamps": _("Stamp card full"),
        "stamps.reversed": _("Stamp taken back"),
        "referral": _("Brought somebody"),
        "referral.reversed": _("Reward taken back"),
        "merge": _("Two members made one"),
        "matured": _("Waiting points now good"),
        "debt.returned": _("Paid twice, given back"),
    }
