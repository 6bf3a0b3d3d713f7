"""Promotion versions: what the owner said of a promotion, each time he said something, and none of it ever undone.

A promotion is drafted, goes live, ends. Putting other rules makes the next version, as a draft again; of two words
about one promotion the later stands, wherever they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from storeapp.errors import Refused

PromotionState = Literal["draft", "live", "ended"]
PROMOTION_STATES: tuple[PromotionState, ...] = ("draft", "live", "ended")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")


@dataclass(eq=False)
class UnknownPromotion(Refused):
    """There is no promotion `promotion`."""

    promotion: str
    word = "unknown_promotion"


@dataclass(eq=False)
class BadPromotion(Refused):
    """The rules cannot be read: `field` must be `expected`."""

    field: str
    expected: str
    word = "bad_promotion"


@dataclass(eq=False)
class PromotionNotLive(Refused):
    """Only a live promotion can end; `promotion` is `state`."""

    promotion: str
    state: str
    word = "promotion_not_live"


@dataclass(eq=False)
class NotReplayed(Refused):
    """Version `version` of `promotion` was never tried on past receipts: going live without that must be said aloud."""

    promotion: str
    version: int
    word = "promotion_not_replayed"


@dataclass(frozen=True, slots=True)
class PromotionVersion:
    """One word about a promotion: its rules `data` as the public format has them, and what state they are in.

    `changed_at` is ISO 8601 with an offset, `by` the staff code of whoever said it.
    """

    promotion_id: str
    number: int
    data: Mapping[str, Any] = field(default_factory=dict)
    state: PromotionState = "draft"
    changed_at: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        return str(self.data.get("name", self.promotion_id))


def checked_id(data: Mapping[str, Any]) -> str:
    """The id in these rules: 1 to 40 letters, digits, - or _. Raises BadPromotion."""
    said = data.get("id")
    if not isinstance(said, str) or not _ID.fullmatch(said):
        raise BadPromotion("id", "1 to 40 letters, digits, - or _")
    return said


def newest(versions: Iterable[PromotionVersion]) -> tuple[PromotionVersion, ...]:
    """Of each promotion the word said last, by promotion; of words said in one moment the later one of the list."""
    found: dict[str, PromotionVersion] = {}
    for version in versions:
        known = found.get(version.promotion_id)
        if known is None or _moment(version) >= _moment(known):
            found[version.promotion_id] = version
    return tuple(found[promotion_id] for promotion_id in sorted(found))


def drafted(
    before: PromotionVersion | None, promotion_id: str, data: Mapping[str, Any], *, at: str, by: str
) -> PromotionVersion:
    """The next version, as a draft. The same rules again are the same version."""
    if before is None:
        return PromotionVersion(promotion_id, 1, data, "draft", at, by)
    if before.data == data:
        return before
    return PromotionVersion(promotion_id, before.number + 1, data, "draft", _after(before, at), by)


def gone_live(before: PromotionVersion, *, at: str, by: str) -> PromotionVersion:
    """It is in force from now on, within its own dates."""
    return before if before.state == "live" else replace(before, state="live", changed_at=_after(before, at), by=by)


def ended(before: PromotionVersion, *, at: str, by: str) -> PromotionVersion:
    """It is in force no more; raises PromotionNotLive."""
    if before.state != "live":
        raise PromotionNotLive(before.promotion_id, before.state)
    return replace(before, state="ended", changed_at=_after(before, at), by=by)


def _after(before: PromotionVersion, at: str) -> str:
    """`at`, or the very next moment after `before` where a clock has been set back: a word must not be lost by that."""
    last, now = _moment(before), datetime.fromisoformat(at)
    return at if now > last else (last + timedelta(microseconds=1)).isoformat()


def _moment(version: PromotionVersion) -> datetime:
    return datetime.fromisoformat(version.changed_at)
