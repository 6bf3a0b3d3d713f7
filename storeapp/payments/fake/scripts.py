"""Scripts: what a pretended trade goes through. Chosen by the last two digits of the payment code, or by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fault = Literal["", "lost", "short", "garbage", "unsigned", "wrong_key", "down"]


@dataclass(frozen=True, slots=True)
class Script:
    """`refuses` is a clear no. Paid `paid_after_s` after the order arrives (never if None).

    The pay request itself arrives after `arrives_after_s` (never if None); `hides` answers a system error all the same.
    `fault` spoils the answer to paying, and with `always` every answer about the trade. `recalls` times reversing must
    be asked again. `slips`: the customer pays in the moment of the reversal, which says yes and undoes nothing.
    `forges`: somebody on the line says it is paid, and signs with a key of his own. `amount_off` is charged beside what
    was asked, and told truly.
    """

    refuses: str = ""
    paid_after_s: float | None = 0.0
    arrives_after_s: float | None = 0.0
    hides: bool = False
    fault: Fault = ""
    always: bool = False
    recalls: int = 0
    slips: bool = False
    forges: bool = False
    amount_off: int = 0
    currency: str = "CNY"
    refund_hides: int = 0


SCRIPTS: dict[str, Script] = {
    "ok": Script(),
    "password": Script(paid_after_s=12.0),
    "password_for_ever": Script(paid_after_s=None),
    "system_error_paid": Script(hides=True),
    "lost_paid": Script(fault="lost"),
    "short_paid": Script(fault="short"),
    "never_arrived": Script(arrives_after_s=None, fault="lost"),
    "arrives_late": Script(arrives_after_s=20.0, fault="lost"),
    "arrives_at_the_deadline": Script(arrives_after_s=52.0, fault="lost"),
    "recall_once": Script(paid_after_s=None, recalls=1),
    "recall_thrice": Script(paid_after_s=None, recalls=3),
    "recall_for_ever": Script(paid_after_s=None, recalls=1_000),
    "late_success": Script(paid_after_s=None, slips=True),
    "late_success_after_recall": Script(paid_after_s=None, slips=True, recalls=2),
    "wrong_amount": Script(amount_off=1),
    "wrong_currency": Script(currency="USD"),
    "garbage": Script(fault="garbage"),
    "garbage_for_ever": Script(fault="garbage", always=True),
    "unsigned": Script(fault="unsigned"),
    "wrong_key": Script(fault="wrong_key"),
    "wrong_key_for_ever": Script(fault="wrong_key", always=True),
    "forged": Script(paid_after_s=None, fault="wrong_key", forges=True),
    "down": Script(fault="down", always=True),
    "expired": Script(refuses="code_expired"),
    "used": Script(refuses="code_used"),
    "wrong_code": Script(refuses="code_wrong"),
    "no_money": Script(refuses="not_enough_money"),
    "refund_unknown": Script(refund_hides=2),
}
NAMES = tuple(SCRIPTS)


def named(code: str) -> str:
    """The script a payment code calls up by its last two digits; `ok` for any it does not."""
    ending = code[-2:]
    place = int(ending) if ending.isascii() and ending.isdigit() else 0
    return NAMES[place] if place < len(NAMES) else "ok"
