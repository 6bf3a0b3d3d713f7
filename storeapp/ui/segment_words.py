"""How a segment's question is read aloud."""

from __future__ import annotations

from storeapp.domain.money import Money
from storeapp.domain.segment import Condition, Segment
from storeapp.domain.timeline_words import channels_said
from storeapp.ui import wording
from storeapp.words import N_, Words

FIELDS = {
    "average_fen": N_("average visit"),
    "birthday_in_days": N_("days to her birthday"),
    "categories": N_("bought category"),
    "coupons": N_("coupons"),
    "days_away": N_("days since the last visit"),
    "days_joined": N_("days since she joined"),
    "days_known": N_("days since the first visit"),
    "frequency": N_("F"),
    "may_be_contacted": N_("agrees to messages"),
    "money": N_("M"),
    "net_fen": N_("bought in all"),
    "never_bought": N_("joined, never bought"),
    "points": N_("points"),
    "recency": N_("R"),
    "source": N_("joined"),
    "stage": N_("stage"),
    "stored_fen": N_("stored value"),
    "tags": N_("tag"),
    "tier": N_("tier"),
    "usual_days": N_("usual interval"),
    "visits": N_("visits"),
}
_SIGNS = {"at_least": "≥", "at_most": "≤", "equals": "=", "differs": "≠", "has": "=", "lacks": "≠"}


def conditions(asked: Segment, words: Words) -> str:
    """`stage = cooling · bought in all ≥ ¥500.00`: all of it must be true."""
    return " · ".join(condition(each, words) for each in asked.conditions)


def yes_no(words: Words) -> dict[bool, str]:
    """Whether something is so; elsewhere the same two words say whether she agrees."""
    return {True: words.p("it is so", "Yes"), False: words.p("it is so", "No")}


def condition(each: Condition, words: Words) -> str:
    """One of them."""
    name = words.t(FIELDS[each.field])
    if isinstance(each.value, bool):
        said = yes_no(words)[each.value]
    elif each.field.endswith("_fen"):
        said = wording.money(Money(int(each.value)))
    elif each.field == "stage" and each.value in wording.STAGES:
        said = wording.stage(str(each.value), words)
    elif each.field == "source" and each.value in channels_said(words):
        said = wording.channel(str(each.value), words)
    else:
        said = f"{each.value:,}" if isinstance(each.value, int) else each.value
    return f"{name} {_SIGNS[each.test]} {said}"
