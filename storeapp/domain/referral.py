"""Referral: a member brings somebody new, and both are thanked once the newcomer has bought and kept what she bought.

One level and never more: who brought the one who brought her is nobody here. Nothing is given for telling others, for
a name or for a sign-up; what is given is points or a coupon, never money.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from storeapp.domain import crockford
from storeapp.domain.reward import Reward, RewardKind
from storeapp.errors import Refused

CODE_DIGITS = 7
"""One less than a coupon's code: neither is ever taken for the other."""
_TAIL = 9
_TOP = 1 << (5 * CODE_DIGITS)

Way = Literal["code", "phone"]
ReferralState = Literal["named", "rewarded", "reversed", "closed"]
Side = Literal["newcomer", "referrer"]


@dataclass(eq=False)
class ReferralOff(Refused):
    """The owner gives nothing for bringing somebody."""

    word = "referral_off"


@dataclass(eq=False)
class UnknownReferrer(Refused):
    """Nobody here answers to that code or phone."""

    word = "unknown_referrer"


@dataclass(eq=False)
class SelfReferral(Refused):
    """Nobody brings herself, and who signs her up did not bring her: `why` is same_phone, same_person, circle or
    cashier."""

    why: str
    word = "self_referral"


@dataclass(eq=False)
class StaffReferral(Refused):
    """Who works here brings nobody as a member."""

    word = "staff_referral"


@dataclass(eq=False)
class ReferredBefore(Refused):
    """She has said who brought her; the first word stands."""

    word = "referred_before"


@dataclass(eq=False)
class ReferralTooLate(Refused):
    """She has bought here, or has been a member for more than `days` days."""

    days: int
    word = "referral_too_late"


@dataclass(frozen=True, slots=True)
class ReferralRules:
    """What the owner gives, to whom, when and how often; `monthly_most` is for each who brings others."""

    is_on: bool = False
    referrer: Reward | None = None
    newcomer: Reward | None = None
    wait_days: int = 7
    name_days: int = 7
    good_days: int = 90
    least_fen: int = 1
    monthly_most: int = 5


@dataclass(frozen=True, slots=True)
class Referral:
    """`referrer_id` brought `newcomer_id`. `sale_id` is the purchase both were thanked for.

    `why` says why it came to nothing (late, gone, staff, merged, elsewhere), or what could not be taken back
    (coupon_used).
    """

    newcomer_id: str
    referrer_id: str
    named_at: str
    named_on: str
    cashier: str
    way: Way
    state: ReferralState = "named"
    why: str = ""
    sale_id: str = ""
    settled_at: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What one side got of a referral on that business day: by the entry `txn_id`, and as that coupon if it is one."""

    newcomer_id: str
    side: Side
    member_id: str
    kind: RewardKind
    amount: int
    txn_id: str
    day: str
    coupon_id: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase of hers: `left_fen` of it did not come back."""

    sale_id: str
    day: str
    left_fen: int


def code_of(member_id: str) -> str:
    """Her code: seven characters that follow from her id, the same at every till; no table can disagree.

    "" for an id no till ever made.
    """
    try:
        return crockford.encode(int(member_id[-_TAIL:], 16) % _TOP, digits=CODE_DIGITS)
    except ValueError:
        return ""


def spoken(code: str) -> str:
    """A code as it is printed: `7K2-Q9MF`."""
    return f"{code[:3]}-{code[3:]}" if code else ""


def tails_of(text: str) -> tuple[str, ...]:
    """How an id may end whose code was typed so; none for what is no code. Small letters, I, L and O are forgiven."""
    plain = "".join(text.split()).replace("-", "")
    if len(plain) != CODE_DIGITS:
        return ()
    try:
        number = crockford.decode(plain)
    except ValueError:
        return ()
    return tuple(f"{number + more:0{_TAIL}x}" for more in (0, _TOP))


def check_pair(
    newcomer_id: str, referrer_id: str, *, referrers_own: Referral | None, works_as: str, cashier: str
) -> None:
    """Raises SelfReferral or StaffReferral.

    `referrers_own` is who once brought the referrer, `works_as` her staff code, `cashier` who signs the newcomer up.
    """
    if newcomer_id == referrer_id:
        raise SelfReferral("same_person")
    if referrers_own is not None and referrers_own.referrer_id == newcomer_id:
        raise SelfReferral("circle")
    if works_as:
        raise SelfReferral("cashier") if works_as == cashier else StaffReferral()


def check_time(joined_on: date, today: date, *, has_bought: bool, days: int) -> None:
    """She says it before she buys and soon after she joined; raises ReferralTooLate."""
    if has_bought or today > joined_on + timedelta(days=days):
        raise ReferralTooLate(days)


def earned_by(bought: Iterable[Bought], rules: ReferralRules, *, today: date) -> Bought | None:
    """The first purchase that is worth thanks and will not come back any more."""
    for each in bought:
        is_over = today >= date.fromisoformat(each.day) + timedelta(days=rules.wait_days)
        if is_over and is_kept(each.left_fen, rules):
            return each
    return None


def is_kept(left_fen: int, rules: ReferralRules) -> bool:
    """Whether what is left of a purchase is still worth thanks."""
    return left_fen >= max(rules.least_fen, 1)


def word_age(referral: Referral, device_id: str) -> tuple[datetime, str]:
    """Of two tills' words about one newcomer the lower of these counts, wherever they are held side by side."""
    return datetime.fromisoformat(referral.named_at), device_id


def is_late(referral: Referral, rules: ReferralRules, *, today: date) -> bool:
    """Whether nothing can come of it any more: the days for buying, and for bringing back, are over."""
    last = date.fromisoformat(referral.named_on) + timedelta(days=rules.good_days + rules.wait_days)
    return today > last


def in_time(bought: Iterable[Bought], referral: Referral, rules: ReferralRules) -> tuple[Bought, ...]:
    """Those she bought while it was good."""
    last = (date.fromisoformat(referral.named_on) + timedelta(days=rules.good_days)).isoformat()
    return tuple(each for each in bought if each.day <= last)
