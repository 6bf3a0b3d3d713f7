"""The loop in numbers: printed, opened, claimed, redeemed, bought again.

A receipt is *printed* if it carried an offer, *opened* if its page was looked at, *claimed* if somebody took its
coupon, *redeemed* if that coupon was used, and *bought again* if the person who used it came back once more.
Every step is counted where the receipt was printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Journey:
    """One receipt with an offer, and how far its shopper has come."""

    till: str
    cashier: str
    hour: int
    offer_id: str
    opened: bool = False
    claimed: bool = False
    redeemed: bool = False
    bought_again: bool = False
    store: str = ""
    day: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """How many receipts of one group reached each step."""

    printed: int = 0
    opened: int = 0
    claimed: int = 0
    redeemed: int = 0
    bought_again: int = 0


def count(journeys: Iterable[Journey]) -> Step:
    """All journeys together. A later step implies the earlier ones: nobody redeems what was not claimed."""
    numbers = [0, 0, 0, 0, 0]
    for journey in journeys:
        redeemed = journey.redeemed or journey.bought_again
        claimed = journey.claimed or redeemed
        for index, reached in enumerate((True, journey.opened, claimed, redeemed, journey.bought_again)):
            numbers[index] += reached
    return Step(*numbers)


def by(journeys: Iterable[Journey], key: Callable[[Journey], str]) -> tuple[tuple[str, Step], ...]:
    """The steps per group, groups in order of their names."""
    groups: dict[str, list[Journey]] = {}
    for journey in journeys:
        groups.setdefault(key(journey), []).append(journey)
    return tuple((name, count(groups[name])) for name in sorted(groups))


def hour_name(journey: Journey) -> str:
    """`09`, so that hours sort."""
    return f"{journey.hour:02d}"
