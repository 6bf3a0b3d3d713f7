"""Leaks: patterns in what a till did that an owner should look at. A finding is a question, never a verdict.

Each rule reads the events of a stretch of time, oldest first, and answers with what it found. Numbers are thresholds
for one day at one till; a rule that has nothing to read finds nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

NO_SALES = 3
TAKEN_BACK = 3
CUTS_BEFORE_CASH = 3
MEMBER_SALES = 8
MEMBER_BY_ONE_CASHIER = 5
MEMBER_SHARE_PERCENT = 20
WRONG_PINS = 5
POINTS_BY_HAND = 3
APPROVALS_BY_ONE = 10
APPROVALS_OF_A_PAIR = 5
SOON = timedelta(minutes=2)
LATER_SAME_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal as a rule reads it."""

    seq: int
    at: datetime
    type: str
    body: dict[str, Any]

    @property
    def by(self) -> str:
        """Whose hand it was: its cashier, whoever asked, whoever signed in."""
        return str(self.body.get("cashier") or self.body.get("by") or self.body.get("staff") or "")


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a closed word, `who` a staff code or a member's id, `count` how often, `evidence` journal numbers."""

    rule: str
    who: str
    count: int
    evidence: tuple[int, ...]
    detail: str = ""


Rule = Callable[[Sequence[Event]], Iterator[Finding]]


def no_sale_openings(events: Sequence[Event]) -> Iterator[Finding]:
    """The drawer opened without a sale, more often than change runs out."""
    yield from _often("no_sale_openings", _of(events, "drawer.opened"), NO_SALES)


def taken_back_after_total(events: Sequence[Event]) -> Iterator[Finding]:
    """Goods taken out of the basket after the customer had heard the total."""
    yield from _often("taken_back_after_total", _of(events, "line.taken_back"), TAKEN_BACK)


def drawer_after_taking_back(events: Sequence[Event]) -> Iterator[Finding]:
    """Goods taken back or a sale voided, and the drawer opened without a sale right after."""
    for before in events:
        if before.type in ("line.taken_back", "refund"):
            for event in _within(events, before, SOON):
                if event.type == "drawer.opened" and event.by == before.by:
                    yield Finding("drawer_after_taking_back", event.by, 1, (before.seq, event.seq))


def voids_after_print(events: Sequence[Event]) -> Iterator[Finding]:
    """A cash sale voided once its receipt was printed: the money stays, the sale does not."""
    cash = {event.body["sale_id"]: event for event in _of(events, "sale") if _is_cash(event)}
    for event in events:
        sold = cash.get(event.body.get("sale_id", "")) if _is_void(event) else None
        if sold is not None:
            yield Finding("voids_after_print", event.by, 1, (sold.seq, event.seq), str(sold.body["receipt"]))


def cuts_before_cash(events: Sequence[Event]) -> Iterator[Finding]:
    """Discounts by hand that go with cash, and with nothing but cash."""
    by_hand = [event for event in _of(events, "sale") if _cut_by_hand(event)]
    for who, sales in _by(by_hand).items():
        in_cash = [event for event in sales if _is_cash(event)]
        if len(in_cash) >= CUTS_BEFORE_CASH and len(in_cash) == len(sales):
            off = sum(_cut_by_hand(event) for event in in_cash)
            yield Finding("cuts_before_cash", who, len(in_cash), _seqs(in_cash), str(off))


def one_member_many_sales(events: Sequence[Event]) -> Iterator[Finding]:
    """The same member on more sales than anybody shops in a day."""
    sales = [event for event in _of(events, "sale") if event.body.get("member_id")]
    for member, hers in _by(sales, key=lambda event: str(event.body["member_id"])).items():
        if len(hers) > MEMBER_SALES:
            yield Finding("one_member_many_sales", member, len(hers), _seqs(hers))


def one_cashiers_member(events: Sequence[Event]) -> Iterator[Finding]:
    """A member who turns up at one cashier again and again: points of strangers may land on a friend's card."""
    for who, sales in _by([event for event in _of(events, "sale") if event.body.get("member_id")]).items():
        for member, hers in _by(sales, key=lambda event: str(event.body["member_id"])).items():
            if len(hers) >= MEMBER_BY_ONE_CASHIER and len(hers) * 100 > len(sales) * MEMBER_SHARE_PERCENT:
                yield Finding("one_cashiers_member", who, len(hers), _seqs(hers), member)


def copies_then_refund(events: Sequence[Event]) -> Iterator[Finding]:
    """A copy of a receipt printed, and that receipt given back later the same day."""
    for copy in _of(events, "receipt.reprinted"):
        for event in _within(events, copy, LATER_SAME_DAY):
            if event.type == "refund" and event.body["sale_receipt"] == copy.body["receipt"]:
                yield Finding("copies_then_refund", event.by, 1, (copy.seq, event.seq), str(copy.body["receipt"]))


def earned_then_refunded(events: Sequence[Event]) -> Iterator[Finding]:
    """Points earned and the goods given back the same day, by the same hand."""
    earned = {event.body["sale_id"]: event for event in _of(events, "sale") if event.body.get("points_earned")}
    for event in events:
        sold = earned.get(event.body.get("sale_id", "")) if event.type == "refund" else None
        if sold is not None and sold.by == event.by:
            yield Finding("earned_then_refunded", event.by, 1, (sold.seq, event.seq), str(sold.body["receipt"]))


def topped_up_then_paid_back(events: Sequence[Event]) -> Iterator[Finding]:
    """Stored value paid in by one way and paid back by another the same day: money that changed its form."""
    for paid_in in _of(events, "topup"):
        for event in _of(events, "topup_refund"):
            is_hers = event.body["member_id"] == paid_in.body["member_id"] and event.seq > paid_in.seq
            if is_hers and event.body["tender"] != paid_in.body["tender"]:
                yield Finding("topped_up_then_paid_back", event.by, 1, (paid_in.seq, event.seq), event.body["number"])


def points_by_hand(events: Sequence[Event]) -> Iterator[Finding]:
    """Points corrected by hand again and again."""
    corrected = [event for event in _of(events, "ledger.posted") if event.body.get("kind") == "adjust"]
    yield from _often("points_by_hand", corrected, POINTS_BY_HAND)


def wrong_pins(events: Sequence[Event]) -> Iterator[Finding]:
    """Somebody guesses at a PIN."""
    tried: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.type == "staff.sign_in_failed":
            tried[str(event.body["staff"])].append(event)
        elif event.type == "approval.refused" and event.body.get("why") == "wrong_pin":
            tried[str(event.body["approver"])].append(event)
    for who, found in tried.items():
        if len(found) >= WRONG_PINS:
            yield Finding("wrong_pins", who, len(found), _seqs(found))


def many_approvals(events: Sequence[Event]) -> Iterator[Finding]:
    """An approver who says yes all day, or always to the same person."""
    granted = _of(events, "approval.granted")
    for who, given in _by(granted, key=lambda event: str(event.body["approver"])).items():
        if len(given) >= APPROVALS_BY_ONE:
            yield Finding("many_approvals", who, len(given), _seqs(given))
        pairs = Counter(str(event.body["asked_by"]) for event in given)
        for asker, count in pairs.items():
            if count >= APPROVALS_OF_A_PAIR:
                those = [event for event in given if event.body["asked_by"] == asker]
                yield Finding("approvals_of_a_pair", who, count, _seqs(those), asker)


def misused_approvals(events: Sequence[Event]) -> Iterator[Finding]:
    """An approval tried again, on something else, or made up."""
    wrong = {"used", "unknown", "other_action", "own", "self_approval"}
    for event in _of(events, "approval.refused"):
        if event.body.get("why") in wrong:
            yield Finding("misused_approvals", str(event.body["asked_by"]), 1, (event.seq,), str(event.body["why"]))


def clock_jumps(events: Sequence[Event]) -> Iterator[Finding]:
    """The till's clock was set: promotions, expiries and the order of things hang on it."""
    for event in _of(events, "clock.jumped"):
        yield Finding("clock_jumps", event.by, 1, (event.seq,), str(event.body["seconds"]))


RULES: tuple[Rule, ...] = (
    no_sale_openings, taken_back_after_total, drawer_after_taking_back, voids_after_print, cuts_before_cash,
    one_member_many_sales, one_cashiers_member, copies_then_refund, earned_then_refunded,
    topped_up_then_paid_back, points_by_hand, wrong_pins, many_approvals, misused_approvals, clock_jumps,
)  # fmt: skip


def leaks(events: Sequence[Event]) -> tuple[Finding, ...]:
    """What every rule found, in the order of the rules."""
    return tuple(finding for rule in RULES for finding in rule(events))


def _of(events: Sequence[Event], type_: str) -> list[Event]:
    return [event for event in events if event.type == type_]


def _by(events: Sequence[Event], *, key: Callable[[Event], str] | None = None) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.by if key is None else key(event)].append(event)
    return found


def _often(rule: str, events: Sequence[Event], least: int) -> Iterator[Finding]:
    for who, found in _by(events).items():
        if len(found) >= least:
            yield Finding(rule, who, len(found), _seqs(found))


def _within(events: Sequence[Event], start: Event, span: timedelta) -> Iterator[Event]:
    return (event for event in events if event.seq > start.seq and event.at - start.at <= span)


def _seqs(events: Sequence[Event]) -> tuple[int, ...]:
    return tuple(event.seq for event in events)


def _is_void(event: Event) -> bool:
    return event.type == "refund" and event.body["kind"] == "void"


def _is_cash(event: Event) -> bool:
    tenders = event.body.get("tenders") or [{"kind": ""}]
    return all(tender["kind"] == "cash" for tender in tenders)


def _cut_by_hand(event: Event) -> int:
    """Fen taken off by hand: discounts, and prices below the shelf's."""
    off = 0
    for line in event.body.get("lines", ()):
        off += sum(cut["fen"] for cut in line["why"] if cut["reason"] == "line_discount")
        if line.get("price_reason") and line["unit_fen"] < line["shelf_fen"]:
            off += (line["shelf_fen"] - line["unit_fen"]) * line["qty_milli"] // 1000
    return off
