"""Approval: somebody with the right lets somebody without it do one thing, this very thing, once and soon.

An approval names the action by its hash: another basket, amount, receipt or till is another action. It is spent in
the transaction of the deed it was given for, so a deed that fails leaves it unspent and a deed done leaves it used up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storeapp.domain.journal import canonical
from storeapp.domain.one_line import is_one_line
from storeapp.errors import Refused

DOMAIN = b"storeapp/approval/1\x00"
REASON_MAX = 100

Unfit = Literal["missing", "unknown", "used", "expired", "other_action", "own"]


@dataclass(eq=False)
class NeedsApproval(Refused):
    """Who asks may not `right` himself. `action_hash` names the action; `why` says what is wrong with the approval.

    `why`: missing (none was given), unknown, used, expired, other_action, own (the asker gave it himself).
    """

    right: str
    action_hash: str
    why: str = "missing"
    word = "needs_approval"


@dataclass(eq=False)
class SelfApproval(Refused):
    """Nobody approves what he asks for himself: `approver` asked."""

    approver: str
    word = "self_approval"


@dataclass(eq=False)
class ApprovalReasonMissing(Refused):
    """An approval says why, in one line of at most `most` characters."""

    most: int
    word = "approval_reason_missing"


@dataclass(frozen=True, slots=True)
class Approval:
    """One yes: to what, by whom, for whom, why and until when.

    Moments are ISO 8601; `used_at` is "" until it is spent.
    """

    approval_id: str
    right: str
    action_hash: str
    approver: str
    asked_by: str
    reason: str
    at: str
    expires_at: str
    used_at: str = ""


def action_hash(right: str, payload: Mapping[str, Any]) -> str:
    """The name of one action: SHA-256 (hex) over the right and everything about the action that matters."""
    return hashlib.sha256(DOMAIN + canonical({"right": right, "payload": dict(payload)})).hexdigest()


def unfit(approval: Approval | None, *, right: str, action: str, by: str, at: str) -> Unfit | None:
    """Why `approval` does not let `by` do this now, or None if it does."""
    if approval is None:
        return "unknown"
    if approval.right != right or approval.action_hash != action:
        return "other_action"
    if by in ("", approval.approver):
        return "own"
    if approval.used_at:
        return "used"
    moment = datetime.fromisoformat(at)
    # one given in the future was given by a clock that was set back since
    if not datetime.fromisoformat(approval.at) <= moment < datetime.fromisoformat(approval.expires_at):
        return "expired"
    return None


def checked_reason(reason: str) -> str:
    """`reason` if it can stand in the books; raises ApprovalReasonMissing."""
    said = reason.strip()
    if not said or not is_one_line(said, most=REASON_MAX):
        raise ApprovalReasonMissing(REASON_MAX)
    return said
