"""Terms: an offer as it was when somebody claimed it, which is how it is kept."""

from typing import Any

import sqlalchemy as sa

from storeapp.cloud.tables.feeds import policy
from storeapp.domain.money import Money
from storeapp.domain.offer import Offer
from storeapp.domain.policy import RULES, Policy
from storeapp.wire import codec


def policy_of(connection: sa.Connection, tenant_id: str) -> Policy:
    """What the owner has chosen; keys of a newer program are left out."""
    asked = sa.select(policy.c.key, policy.c.value).where(policy.c.tenant_id == tenant_id)
    found = {key: codec.loads(value.encode("utf-8")) for key, value in connection.execute(asked)}
    return Policy({key: value for key, value in found.items() if key in RULES and RULES[key].holds(value)})


def as_text(offer: Offer) -> str:
    said: dict[str, Any] = {
        "offer_id": offer.offer_id,
        "headline": offer.headline,
        "small_print": offer.small_print,
        "amount_fen": offer.amount.fen,
        "min_spend_fen": offer.min_spend.fen,
        "valid_days": offer.valid_days,
        "starts_after_days": offer.starts_after_days,
    }
    return codec.canonical(said).decode("utf-8")


def from_text(text: str) -> Offer:
    said = codec.loads(text.encode("utf-8"))
    return Offer(
        offer_id=said["offer_id"],
        headline=said["headline"],
        small_print=said["small_print"],
        amount=Money(said["amount_fen"]),
        min_spend=Money(said["min_spend_fen"]),
        valid_days=said["valid_days"],
        starts_after_days=said["starts_after_days"],
    )
