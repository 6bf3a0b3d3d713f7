"""Promotion versions: a promotion as the owner's words have it, drafted, tried on past receipts, live, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storeapp.domain.owner_word import OwnerWord, is_id, next_draft, turned
from storeapp.errors import Refused


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
class PromotionVersion(OwnerWord):
    """One word about a promotion, whose rules are `data`."""

    @property
    def promotion_id(self) -> str:
        return self.subject


def checked_id(data: Mapping[str, Any]) -> str:
    """The id in these rules; raises BadPromotion."""
    said = data.get("id")
    if not isinstance(said, str) or not is_id(said):
        raise BadPromotion("id", "1 to 40 letters, digits, - or _")
    return said


def drafted(
    before: PromotionVersion | None, promotion_id: str, data: Mapping[str, Any], *, at: str, by: str
) -> PromotionVersion:
    """The next version, as a draft. The same rules again are the same version."""
    if before is None:
        return PromotionVersion(promotion_id, 1, data, "draft", at, by)
    return next_draft(before, data, at=at, by=by)


def gone_live(before: PromotionVersion, *, at: str, by: str) -> PromotionVersion:
    """It is in force from now on, within its own dates."""
    return turned(before, "live", at=at, by=by)


def ended(before: PromotionVersion, *, at: str, by: str) -> PromotionVersion:
    """It is in force no more; raises PromotionNotLive."""
    if before.state != "live":
        raise PromotionNotLive(before.promotion_id, before.state)
    return turned(before, "ended", at=at, by=by)
