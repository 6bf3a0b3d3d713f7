"""Referral in words: how one stands, and what somebody got for it."""

from __future__ import annotations

from storeapp.domain.money import Money, yuan
from storeapp.domain.referral import Given, Referral, code_of, spoken
from storeapp.domain.reward import RewardKind
from storeapp.words import N_, Words

_STATES = {
    "named": N_("waits for her first purchase"),
    "rewarded": N_("both thanked"),
    "reversed": N_("taken back: the goods came back"),
    "late": N_("lapsed: she did not buy in time"),
    "gone": N_("ended: one of the two was forgotten"),
    "elsewhere": N_("ended: another till wrote it down first"),
    "merged": N_("ended: she is another member too"),
    "staff": N_("ended: one of the two works here"),
}


def code(member_id: str) -> str:
    """Her code as people read it: `7K2-Q9MF`."""
    return spoken(code_of(member_id))


def state(referral: Referral, words: Words) -> str:
    """How it stands, in a few words."""
    return words.t(_STATES[referral.why if referral.state == "closed" else referral.state])


def got(given: Given, words: Words) -> str:
    """What one side got."""
    return reward(given.kind, given.amount, words)


def reward(kind: RewardKind, amount: int, words: Words) -> str:
    """What was given: `100 points`, `a coupon for ¥10.00`."""
    if kind == "points":
        return words.n("{count} point", "{count} points", amount).format(count=amount)
    return words.t("a coupon for ¥{amount}").format(amount=yuan(Money(amount)))
