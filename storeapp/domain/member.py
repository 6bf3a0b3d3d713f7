"""Members: a phone number, perhaps a name, and what they agreed to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from storeapp.domain.one_line import is_one_line
from storeapp.errors import Refused

Purpose = Literal["membership", "marketing"]
Channel = Literal["counter", "page", "import"]
CONSENT_TEXT_VERSION = "2026-11"
NAME_MAX = 40
_MAINLAND = re.compile(r"1[3-9]\d{9}")


@dataclass(eq=False)
class BadPhone(Refused):
    """Not a mainland mobile number. Only its length is told, so that no log ever holds a person's number."""

    digits: int
    word = "bad_phone"


@dataclass(eq=False)
class BadName(Refused):
    """A name is a single line of at most 40 characters."""

    length: int
    word = "bad_name"


@dataclass(eq=False)
class UnknownMember(Refused):
    """No member answers to what was typed."""

    word = "unknown_member"


@dataclass(eq=False)
class MemberExists(Refused):
    """This phone already belongs to member `member_id`."""

    member_id: str
    word = "member_exists"


@dataclass(eq=False)
class ConsentMissing(Refused):
    """Nobody becomes a member without having agreed to it."""

    word = "consent_missing"


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes or no: for what, to which version of the text, where and when (ISO 8601). The latest one counts.

    `device` is the store and till it was said at, such as `S01-1`; "" where it was said elsewhere or before that
    was written down.
    """

    purpose: Purpose
    text_version: str
    given: bool
    channel: Channel
    at: str
    # the cloud hands a word on without it: the same word is the same wherever it is read
    device: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the counter sees her. `phone` is E.164 digits without plus, e.g. `8613800000001`.

    `other_phones` were those of members who turned out to be her.
    """

    member_id: str
    phone: str
    name: str
    joined_at: str
    tier: str = ""
    birthday: str = ""
    note: str = ""
    other_phones: tuple[str, ...] = ()


def agrees(consents: Iterable[Consent], purpose: Purpose) -> bool:
    """The latest word counts; of a yes and a no of one moment the no."""
    said = [(datetime.fromisoformat(c.at), not c.given) for c in consents if c.purpose == purpose]
    return bool(said) and not max(said)[1]


def consent_data(consent: Consent) -> dict[str, object]:
    """A yes or a no as the journal carries it."""
    return {
        "purpose": consent.purpose,
        "text_version": consent.text_version,
        "given": consent.given,
        "channel": consent.channel,
        "at": consent.at,
        "device": consent.device,
    }


def normal_phone(text: str) -> str:
    """`138 0000 0001`, `+86 138…` or full-width digits as `8613800000001`; raises BadPhone."""
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[\s\-()+]", "", plain)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    elif digits.startswith("0086"):
        digits = digits[4:]
    if not (digits.isascii() and _MAINLAND.fullmatch(digits)):
        raise BadPhone(len(digits))
    return "86" + digits


def national(phone: str) -> str:
    """`8613800000001` as people write it: `13800000001`."""
    return phone.removeprefix("86") if len(phone) == 13 else phone


def masked_phone(phone: str) -> str:
    """`138****0001`, the only form a screen, a receipt or a log may show."""
    number = national(phone)
    return f"{number[:3]}****{number[-4:]}"


def masked_name(name: str) -> str:
    """`王*`, `欧**`: enough for her to know it is her."""
    return name[:1] + "*" * min(max(len(name) - 1, 0), 2)


def checked_name(name: str) -> str:
    """`name` trimmed; raises BadName."""
    trimmed = name.strip()
    if not is_one_line(trimmed, most=NAME_MAX):
        raise BadName(len(trimmed))
    return trimmed
