"""What a till keeps besides its sales: who it is, parked baskets, cursors, attempts to take money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from storeapp.domain.attempt import AttemptState
from storeapp.domain.capture import CaptureKey
from storeapp.domain.payment import CURRENCY
from storeapp.domain.tender import TenderKind


@dataclass(frozen=True, slots=True)
class Device:
    """Who this till is. `keys` holds every capture key it ever used, the one in force last.

    One that `is_training` belongs to no cloud, whatever anybody tries.
    """

    device_id: str
    epoch: int
    store: str
    till: str
    db_uuid: str
    keys: tuple[CaptureKey, ...]
    cloud_url: str = ""
    tenant_id: str = ""
    store_id: str = ""
    public_url: str = ""
    is_demo: bool = False
    is_training: bool = False

    def __post_init__(self) -> None:
        if self.is_training and (self.cloud_url or self.public_url or self.tenant_id):
            raise ValueError("a training till belongs to no cloud")

    @property
    def is_joined(self) -> bool:
        return self.cloud_url != ""

    @property
    def capture_key(self) -> CaptureKey:
        return self.keys[-1]


@dataclass(frozen=True, slots=True)
class Found:
    """A member as a search shows her: the phone is masked already."""

    member_id: str
    name: str
    phone_masked: str
    tier: str
    points: int


@dataclass(frozen=True, slots=True)
class Parked:
    """A basket put aside. `data` is what `domain.basket_data.as_data` made of it."""

    parked_id: str
    label: str
    parked_at: str
    cashier: str
    lines: int
    total_fen: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the cloud has not acknowledged: how many entries, the oldest one's moment (ISO 8601)."""

    count: int
    oldest_at: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a feed was read. `sum` (hex) is the running sum over all its rows up to `seq`; "" where unknown."""

    feed: str
    feed_epoch: int
    seq: int
    sum: str = ""


TOP_UP = "topup:"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to take money, or to give it back (`kind`), noted on disk before anything is sent.

    `sale_id` is the document it is for. A refund bears its payment's `trade_number` and a `refund_number` of its own.
    `used_by` is the sale a paid attempt has paid for, or the entry that gave a refused refund in cash; `approver` who
    let that be; `code_hash` all that is kept of the payment code. `at` is when it was noted, `ended_at` when its end
    was known.
    """

    attempt_id: str
    sale_id: str
    provider: str
    fen: int
    state: AttemptState
    at: str
    kind: Literal["take", "refund"] = "take"
    tender: TenderKind = "simulated"
    trade_number: str = ""
    refund_number: str = ""
    currency: str = CURRENCY
    ref: str = ""
    reason: str = ""
    code_hash: str = ""
    by: str = ""
    ended_at: str = ""
    used_by: str = ""
    approver: str = ""

    @property
    def is_for_top_up(self) -> bool:
        """Whether it pays in stored value: its document is `topup:`, whose it is, and what it will be."""
        return self.sale_id.startswith(TOP_UP)
