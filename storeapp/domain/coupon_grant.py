"""Coupon grants: why a coupon was given, and the key that gives it once.

The coupon's own id follows from the key: two tills that never met give one coupon for one reason, not two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid5

GrantWhy = Literal["issued", "join", "birthday", "winback", "next_visit", "goodwill"]
_NAMES = UUID("6f1d2a54-0c1b-5f0e-9f3e-4b8f3a7c21d9")


@dataclass(frozen=True, slots=True)
class Grant:
    """The `n`th coupon (from 1) given for `key`, of a template, by `by` for a reason; `asked` fingerprints the asking.

    `cost_fen` is what the owner reckons it costs the shop when it is used.
    """

    key: str
    n: int
    coupon_id: str
    template_id: str
    member_id: str | None
    why: GrantWhy
    cost_fen: int
    by: str
    reason: str
    at: str
    asked: str = ""


def coupon_id_of(key: str, n: int) -> str:
    """The id of the `n`th coupon given for `key`."""
    return str(uuid5(_NAMES, f"{key}#{n}"))


def txn_id_of(coupon_id: str) -> str:
    """The id of the ledger's entry that gives this coupon."""
    return str(uuid5(_NAMES, f"issued:{coupon_id}"))
