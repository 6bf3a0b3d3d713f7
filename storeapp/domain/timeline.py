"""Timeline: what happened between a member and the shop, the latest first. No row names a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# what a till notes of a member beside her purchases; `looked` is somebody opening her page
Noted = Literal["looked", "changed", "written"]
Bought = Literal["sale", "past", "refund", "opened", "feedback", "card", "coupon", "group", "consent", "value"]
Kind = Bought | Noted


@dataclass(frozen=True, slots=True)
class Happened:
    """`at_s` counts seconds since 1970 (UTC), `ref` names the receipt, coupon or purpose, `by` who did it.

    `fen` is what was paid, given back or what the coupon is worth; `detail` a closed word of the kind,
    of `card` its deed, of `value` the kind of its entry, of `feedback` the mark and what she wrote: that goes with her.
    """

    kind: Kind
    at_s: int
    ref: str = ""
    fen: int | None = None
    detail: str = ""
    by: str = ""
