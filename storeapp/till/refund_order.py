"""What somebody wants to bring back: known to whoever keeps a basket, without all that works a refund out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.refund import Asked, RefundKind
from storeapp.domain.staff import Right


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What is brought back of which receipt. No `lines` are all that is left.

    `approver` is named by a script, `approvals` are ids the window got by right. `in_cash` gives all money back as cash
    whatever it was; her own points, stored value and credit go back to her account. `prints` False owes no paper.
    """

    receipt: str
    cashier: str
    reason: str
    lines: tuple[Asked, ...] = ()
    kind: RefundKind = "refund"
    restock: bool = True
    in_cash: bool = False
    at: datetime | None = None
    request_id: str | None = None
    request_hash: str = ""
    approver: str = ""
    approvals: tuple[tuple[Right, str], ...] = ()
    prints: bool = True
