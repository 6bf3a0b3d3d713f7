"""Attempts to take money: the closed states of one, and the only ways from one to the next.

    created -> sent -> paid | failed | waiting | unknown
    waiting, unknown -> paid | failed | (deadline) reversing
    reversing -> reversed | paid_late | suspense            suspense -> reversed | paid_late | paid (a manager)
    paid_late -> paid | refunded (a manager)                paid -> refunded (all of it given back)
    created -> refund_sent -> refunded | failed | refund_unknown -> refunded | failed

Nothing here asks anybody: `next_move` says what to do now, `after` where an answer leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from storeapp.domain.payment import CODE_LIFE_S, Take
from storeapp.errors import Broken

AttemptState = Literal[
    "created", "sent", "waiting", "unknown", "paid", "failed", "reversing", "reversed", "paid_late", "suspense",
    "refund_sent", "refunded", "refund_unknown",
]  # fmt: skip
Event = Literal[
    "send", "paid", "failed", "waiting", "unknown", "closed", "deadline", "give_up", "accept", "send_refund",
    "refunded",
]  # fmt: skip

OPEN: tuple[AttemptState, ...] = ("created", "sent", "waiting", "unknown", "reversing")
"""Somebody is asking, or has to at the next start. One sale has at most one such attempt."""
UNSETTLED: tuple[AttemptState, ...] = ("paid_late", "suspense")
"""Waits for a manager."""
REFUND_OPEN: tuple[AttemptState, ...] = ("refund_sent", "refund_unknown")
FINAL: tuple[AttemptState, ...] = ("paid", "failed", "reversed", "refunded")

NOT_BEFORE_S = 15.0
"""A trade is never reversed earlier than this after it was sent: the provider may still be deciding."""
REVERSE_AFTER_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Pauses before each try to reverse; after the last one the attempt goes on the suspense list."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a customer may take, and how often the provider is asked meanwhile."""

    deadline_s: float
    every_s: float
    first_s: float = 5.0


PATIENCE: Mapping[str, Patience] = {
    "wechat": Patience(45.0, 10.0),
    "alipay": Patience(60.0, 4.0),
    "shouqianba": Patience(50.0, 4.0),
}
_ANY = Patience(50.0, 5.0)


@dataclass(eq=False)
class ImpossibleStep(Broken):
    """An attempt in `state` cannot meet `event`."""

    state: str
    event: str
    word = "impossible_step"


@dataclass(frozen=True, slots=True)
class Move:
    """What to do next with an open attempt: after `wait_s`, `deed`."""

    deed: Literal["query", "reverse", "give_up", "nothing"]
    wait_s: float = 0.0


_ASKED: dict[Event, AttemptState] = {
    "paid": "paid",
    "failed": "failed",
    "closed": "failed",
    "waiting": "waiting",
    "unknown": "unknown",
    "deadline": "reversing",
}
STEPS: Mapping[AttemptState, Mapping[Event, AttemptState]] = {
    "created": {"send": "sent", "failed": "failed", "send_refund": "refund_sent"},
    "sent": _ASKED,
    "waiting": _ASKED,
    "unknown": _ASKED,
    "reversing": {
        "closed": "reversed",
        "failed": "reversed",
        "paid": "paid_late",
        "waiting": "reversing",
        "unknown": "reversing",
        "give_up": "suspense",
    },
    "suspense": {
        "closed": "reversed",
        "failed": "reversed",
        "paid": "paid_late",
        "waiting": "suspense",
        "unknown": "suspense",
        "accept": "paid",
    },
    "paid_late": {"accept": "paid", "refunded": "refunded"},
    "paid": {"refunded": "refunded"},
    "refund_sent": {"refunded": "refunded", "failed": "failed", "unknown": "refund_unknown"},
    "refund_unknown": {"refunded": "refunded", "failed": "failed", "unknown": "refund_unknown"},
    "failed": {},
    "reversed": {},
    "refunded": {},
}


def after(state: AttemptState, event: Event) -> AttemptState:
    """Where `event` leads from `state`; raises ImpossibleStep for what cannot happen."""
    found = STEPS[state].get(event)
    if found is None:
        raise ImpossibleStep(state, event)
    return found


def patience_of(provider: str) -> Patience:
    """The patience with this provider."""
    return PATIENCE.get(provider, _ANY)


def next_move(state: AttemptState, *, age_s: float, sure_s: float, patience: Patience, tries: int) -> Move:
    """What to do with an attempt that was sent `age_s` ago and has been tried to reverse `tries` times.

    `sure_s` of its age were watched: after a restart the rest is what the clock on the wall says, and that may have
    been put forward. No reversal is too early and none gives up too early by the watched time.
    """
    if state == "reversing":
        if tries < len(REVERSE_AFTER_S):
            return Move("reverse", max(NOT_BEFORE_S - sure_s, REVERSE_AFTER_S[tries]))
        return Move("reverse", CODE_LIFE_S - sure_s) if sure_s < CODE_LIFE_S else Move("give_up")
    if state not in ("sent", "waiting", "unknown"):
        return Move("nothing")
    pause = patience.first_s if age_s < patience.first_s else patience.every_s
    left = max(0.0, max(patience.deadline_s, NOT_BEFORE_S) - age_s)
    return Move("query", min(pause, left))


def is_overdue(age_s: float, patience: Patience) -> bool:
    """True when the last question has been asked and the trade is to be reversed at once."""
    return age_s >= max(patience.deadline_s, NOT_BEFORE_S)


def heard(state: AttemptState, take: Take, *, sure_s: float, tries: int) -> Event:
    """What an answer to a query means for an attempt in `state` that is at least `sure_s` old.

    A trade the provider has never heard of may still be on its way. Once its code is too old to be charged and it
    was asked to be reversed, it never arrived.
    """
    if take.state == "refunded":
        # all of it was given back: the trade holds no money
        return "closed"
    if take.reason == "no_such_trade" and take.state == "unknown":
        is_too_late = sure_s >= CODE_LIFE_S and tries > 0
        return "closed" if is_too_late else "unknown"
    return take.state


def heard_refund(take: Take) -> Event:
    """What an answer to a refund or its query means."""
    if take.state == "refunded":
        return "refunded"
    return "failed" if take.state == "failed" else "unknown"


def heard_reversing(undone: Take, found: Take, *, sure_s: float, tries: int) -> Event:
    """What a try to reverse (`undone`) and the question after it (`found`) mean together.

    Only a query confirms: a provider may say yes to reversing a trade it does not know. Paid after a clear answer is
    a payment that came too late to be stopped; paid while the reversal has to be repeated is only not done yet.
    """
    event = heard("reversing", found, sure_s=sure_s, tries=tries)
    is_clear = undone.state in ("closed", "failed") and not undone.recall
    if event == "paid" and not is_clear and tries < len(REVERSE_AFTER_S):
        return "unknown"
    return event
