"""What a member is thanked for as soon as she has paid: whom she came by, a full card, a higher tier."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.till import referrals, stamps, tiers
from storeapp.till.ports import Clock, Shop


@dataclass(frozen=True, slots=True)
class Thanks:
    """`stamped` where a card is full, `risen` where a tier was reached."""

    stamped: bool
    risen: bool


def thank(shop: Shop, member_id: str, *, clock: Clock) -> Thanks:
    """Rewards what her purchases have earned by now; each deed once, whoever asks."""
    referrals.reward(shop, member_id, clock=clock)
    stamped = stamps.reward(shop, member_id, clock=clock)
    word = tiers.judge(shop, member_id, clock=clock)
    return Thanks(bool(stamped), word is not None and word.measure is not None)
