"""Policy: everything the owner may tune, each with its default and its check.

Keys are dotted (`points.per_yuan`), values JSON. Unlike the settings of a machine they live in the database and travel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storeapp.domain import (
    policy_card,
    policy_commission,
    policy_coupon,
    policy_feedback,
    policy_leaks,
    policy_members,
    policy_outreach,
    policy_points,
    policy_referral,
    policy_refund,
    policy_stamps,
    policy_tier,
    policy_value,
)
from storeapp.domain.barcode import ScaleLayout
from storeapp.domain.money import Money
from storeapp.domain.offer import Offer
from storeapp.domain.policy_rule import FEN_MOST as _FEN_MOST
from storeapp.domain.policy_rule import Rule as Rule
from storeapp.domain.policy_rule import one_of as _one_of
from storeapp.domain.policy_rule import text as _text
from storeapp.domain.policy_rule import whole as _whole
from storeapp.domain.policy_rule import yes_no as _yes_no
from storeapp.domain.staff import Right, Role, held
from storeapp.domain.typed import day, plain, whole
from storeapp.errors import Refused

if TYPE_CHECKING:
    from storeapp.domain.top_up import Terms


@dataclass(eq=False)
class UnknownPolicy(Refused):
    """The owner cannot tune `key`: it does not exist."""

    key: str
    word = "unknown_policy"


@dataclass(eq=False)
class BadPolicy(Refused):
    """`value` will not do for `key`: it must be `expected`."""

    key: str
    value: str
    expected: str
    word = "bad_policy"


# each machine's own, or none at all: another till, and the cloud, would read another hour
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})


def _is_zone(value: Any) -> bool:
    if not isinstance(value, str) or value in _NO_ZONES:
        return False
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return False
    return True


def _is_link(value: Any) -> bool:
    if value == "":
        return True
    return isinstance(value, str) and len(value) <= 500 and urlsplit(value).scheme in ("https", "http")


_HOST = re.compile(r"(https?://)?[A-Za-z0-9.-]{1,200}(:\d{1,5})?")


def _is_host(value: Any) -> bool:
    return isinstance(value, str) and (value == "" or _HOST.fullmatch(value) is not None)


def _is_layouts(value: Any) -> bool:
    try:
        scale_layouts(value)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _is_rights(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= 1000 and bool(held("cashier", value))
    except ValueError:
        return False


_RIGHTS_EXPECTED = "rights to add or to take away, such as +refund,-discount"
RULES: dict[str, Rule] = {
    "shop.name": Rule("", "a text of at most 60 characters", _text(60)),
    "shop.address": Rule("", "a text of at most 120 characters", _text(120)),
    "shop.phone": Rule("", "a text of at most 40 characters", _text(40)),
    "shop.contact": Rule("", "a text of at most 120 characters: whom to ask about personal data", _text(120)),
    "shop.zone": Rule("Asia/Shanghai", "a time zone such as Asia/Shanghai", _is_zone),
    "day.cutoff_hour": Rule(0, "a whole hour from 0 to 12", _whole(0, 12)),
    "cash.rounding": Rule("fen", "one of fen, jiao, yuan", _one_of("fen", "jiao", "yuan")),
    "cash.rounding_scope": Rule("cash", "one of cash, all", _one_of("cash", "all")),
    **policy_refund.RULES,
    "shift.required": Rule(True, "true or false", _yes_no),
    "shift.blind": Rule(True, "true or false", _yes_no),
    "shift.difference_fen": Rule(500, "fen, not negative", _whole(0, _FEN_MOST)),
    "price.floor": Rule(False, "true or false", _yes_no),
    "price.floor_percent": Rule(0, "percent from 0 to 1000", _whole(0, 1000)),
    "points.enabled": Rule(True, "true or false", _yes_no),
    "points.per_yuan": Rule(1, "a whole number from 0 to 1000", _whole(0, 1000)),
    "points.fen_each": Rule(1, "fen from 0 to 1000; 0 redeems nothing", _whole(0, 1000)),
    "points.redeem_percent": Rule(100, "percent from 0 to 100", _whole(0, 100)),
    "points.redeem_most_fen": Rule(0, "fen, not negative; 0 is no limit", _whole(0, _FEN_MOST)),
    "points.redeem_least": Rule(0, "points, not negative", _whole(0, _FEN_MOST)),
    "points.on_points": Rule(False, "true or false", _yes_no),
    "points.on_bonus": Rule(False, "true or false", _yes_no),
    "stored_value.enabled": Rule(False, "true or false", _yes_no),
    "stored_value.order": Rule(
        "pro_rata",
        "one of principal_first, bonus_first, pro_rata",
        _one_of("principal_first", "bonus_first", "pro_rata"),
    ),
    **policy_card.RULES,
    "on_account.enabled": Rule(False, "true or false", _yes_no),
    "on_account.most_fen": Rule(50_000, "fen, not negative", _whole(0, _FEN_MOST)),
    "account.joined_most_fen": Rule(0, "fen, not negative", _whole(0, _FEN_MOST)),
    "pay.wechat": Rule("none", "one of none, relay, shouqianba", _one_of("none", "relay", "shouqianba")),
    "pay.alipay": Rule("none", "one of none, relay, shouqianba", _one_of("none", "relay", "shouqianba")),
    "pay.unionpay": Rule("none", "one of none, shouqianba", _one_of("none", "shouqianba")),
    "stage.new_days": Rule(30, "days from 1 to 365", _whole(1, 365)),
    "stage.usual_days": Rule(30, "days from 1 to 365", _whole(1, 365)),
    "stage.loyal_visits": Rule(6, "visits from 2 to 100", _whole(2, 100)),
    "stage.loyal_within_days": Rule(180, "days from 7 to 1000", _whole(7, 1000)),
    "stage.cooling_percent": Rule(200, "percent of the usual interval, from 100 to 1000", _whole(100, 1000)),
    "stage.lost_percent": Rule(400, "percent of the usual interval, from 100 to 2000", _whole(100, 2000)),
    **policy_feedback.RULES,
    **policy_leaks.RULES,
    **policy_members.RULES,
    **policy_outreach.RULES,
    **policy_commission.RULES,
    **policy_points.RULES,
    **policy_coupon.RULES,
    **policy_referral.RULES,
    **policy_stamps.RULES,
    **policy_tier.RULES,
    **policy_value.RULES,
    "scale.layouts": Rule(
        "21:5:5:price,22:5:5:weight",
        "layouts such as 21:5:5:price,22:5:5:weight:1:unchecked (prefix, item digits, value digits, what, scale)",
        _is_layouts,
    ),
    "receipt.footer": Rule("", "a text of at most 200 characters", _text(200)),
    "receipt.language": Rule("zh_CN", "one of zh_CN, en", _one_of("zh_CN", "en")),
    "receipt.copies": Rule(1, "0 or 1: a second original would be a forgery", _whole(0, 1)),
    "qr.host": Rule("", "a host name such as s.example.cn, or empty", _is_host),
    "offer.enabled": Rule(False, "true or false", _yes_no),
    "offer.id": Rule("offer-1", "a text of 1 to 40 characters", lambda v: _text(40)(v) and v != ""),
    "offer.headline": Rule("", "a text of at most 40 characters", _text(40)),
    "offer.small_print": Rule("", "a text of at most 120 characters", _text(120)),
    "offer.amount_fen": Rule(500, "fen from 1 to 2000", _whole(1, 2000)),
    "offer.min_spend_fen": Rule(0, "fen, not negative", _whole(0, _FEN_MOST)),
    "offer.valid_days": Rule(30, "days from 1 to 365", _whole(1, 365)),
    "offer.starts_after_days": Rule(1, "days from 0 to 30", _whole(0, 30)),
    "offer.link": Rule("", "an https link, or empty", _is_link),
    "offer.contact_qr": Rule("", "the text inside the shop's own WeChat QR code, or empty", _text(300)),
    "rights.cashier": Rule("", _RIGHTS_EXPECTED, _is_rights),
    "rights.manager": Rule("", _RIGHTS_EXPECTED, _is_rights),
    "rights.discount_percent_cashier": Rule(20, "percent from 0 to 100", _whole(0, 100)),
    "rights.discount_fen_cashier": Rule(10_000, "fen, not negative", _whole(0, _FEN_MOST)),
    "rights.reprints_cashier": Rule(3, "copies from 0 to 99", _whole(0, 99)),
    "rights.approval_seconds": Rule(120, "seconds from 10 to 3600", _whole(10, 3600)),
    "staff.pin_days": Rule(0, "days from 0 to 365; 0 never asks", _whole(0, 365)),
    "offer.contact_image": Rule("", "a PNG as base64 of at most 90,000 characters", _text(90_000)),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The owner's choices in force. `values` holds only what differs from the defaults."""

    values: Mapping[str, Any]

    def get(self, key: str) -> Any:
        """The value in force for `key`; raises UnknownPolicy."""
        rule = RULES.get(key)
        if rule is None:
            raise UnknownPolicy(key)
        return self.values.get(key, rule.default)

    def text(self, key: str) -> str:
        """A value known to be text."""
        return str(self.get(key))

    def whole(self, key: str) -> int:
        """A value known to be a whole number."""
        return int(self.get(key))

    def rounds_all(self) -> bool:
        """Whether the whole is rounded, however it is paid, and not only what is paid in cash."""
        return self.text("cash.rounding_scope") == "all"

    def points_per_yuan(self) -> int:
        """Points a yuan earns, 0 while points are switched off."""
        return self.whole("points.per_yuan") if self.get("points.enabled") else 0

    def offer(self) -> Offer | None:
        """The offer in force, or None while it is off or has no words."""
        if not (self.get("offer.enabled") and self.text("offer.headline")):
            return None
        return Offer(
            offer_id=self.text("offer.id"),
            headline=self.text("offer.headline"),
            small_print=self.text("offer.small_print"),
            amount=Money(self.whole("offer.amount_fen")),
            min_spend=Money(self.whole("offer.min_spend_fen")),
            valid_days=self.whole("offer.valid_days"),
            starts_after_days=self.whole("offer.starts_after_days"),
        )

    def rights(self, role: Role) -> frozenset[Right]:
        """What this role may do in this shop."""
        return held(role, "" if role == "owner" else self.text(f"rights.{role}"))

    def top_up_terms(self) -> Terms:
        """How members may pay in beforehand."""
        # most shops keep no money for their members: a start does not load it
        from storeapp.domain.monthly_gift import read_monthly
        from storeapp.domain.top_up import NAMED_MOST, Terms, read_steps

        return Terms(
            read_steps(self.text("stored_value.rules")),
            bool(self.get("stored_value.free_amount")),
            Money(self.whole("stored_value.least_fen")),
            Money(self.whole("stored_value.most_fen")),
            read_monthly(self.text("stored_value.monthly"), most=NAMED_MOST),
        )

    def layouts(self) -> tuple[ScaleLayout, ...]:
        """How the shop's scales fill their labels."""
        return scale_layouts(self.text("scale.layouts"))


def checked(key: str, value: Any) -> Any:
    """`value` if it will do for `key`; raises UnknownPolicy or BadPolicy."""
    rule = RULES.get(key)
    if rule is None:
        raise UnknownPolicy(key)
    if not rule.holds(value):
        raise BadPolicy(key, str(value)[:60], rule.expected)
    return value


# written in digits and signs alone: no name stands there that a plain sign would change
_NUMBERS_ALONE = frozenset({"scale.layouts", "stored_value.rules", "stored_value.monthly"})


def from_words(key: str, words: str) -> Any:
    """A value typed at a command line: numbers, true and false mean themselves where the key wants them."""
    rule = RULES.get(key)
    if rule is None:
        raise UnknownPolicy(key)
    value: Any = words
    if isinstance(rule.default, bool):
        value = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}.get(
            words.lower(), words
        )
    elif isinstance(rule.default, int):
        with suppress(ValueError):
            value = whole(words, percent="percent" in key)
    elif key in _NUMBERS_ALONE:
        value = plain(words)
    elif key == "stamps.since":
        value = day(words)
    return checked(key, value)


def scale_layouts(text: str) -> tuple[ScaleLayout, ...]:
    """`21:5:5:price,22:5:5:weight:1:unchecked` as layouts; raises ValueError."""
    layouts = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        prefix, item, value, carries, *rest = part.split(":")
        if carries not in ("price", "weight") or len(rest) > 2:
            raise ValueError(part)
        scale = int(rest[0]) if rest else 1
        checked_digit = not (len(rest) == 2 and rest[1] == "unchecked")
        layouts.append(ScaleLayout(prefix, int(item), int(value), carries, scale, checked_digit))  # type: ignore[arg-type]  # narrowed two lines above
    return tuple(layouts)
