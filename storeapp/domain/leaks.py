"""Leaks: patterns in what a till did that an owner should look at. A finding is a question, never a verdict.

Each rule reads the events of a stretch of time, oldest first, and answers with what it found. Numbers are thresholds
for one day at one till; a rule that has nothing to read finds nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from storeapp.domain import leaks_members
from storeapp.domain.leak_parts import Event as Event
from storeapp.domain.leak_parts import Finding as Finding
from storeapp.domain.leak_parts import Rule, by, of, often, seqs, within
from storeapp.domain.policy_leaks import USUAL, Thresholds

LATER_SAME_DAY = timedelta(hours=12)
BROKEN = "journal.broken"
"""Told by whoever reads the journal, and written by nobody: the chain is broken at this entry."""


def no_sale_openings(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """The drawer opened without a sale, more often than change runs out."""
    yield from often("no_sale_openings", of(events, "drawer.opened"), most.no_sales)


def taken_back_after_total(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Goods taken out of the basket after the customer had heard the total."""
    yield from often("taken_back_after_total", of(events, "line.taken_back"), most.taken_back)


def drawer_after_taking_back(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Goods taken back or a sale voided, and the drawer opened without a sale right after."""
    for before in events:
        if before.type in ("line.taken_back", "refund"):
            for event in within(events, before, timedelta(minutes=most.soon_minutes)):
                if event.type == "drawer.opened" and event.by == before.by:
                    yield Finding("drawer_after_taking_back", event.by, 1, (before.seq, event.seq))


def voids_after_print(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """A cash sale voided once its receipt was printed: the money stays, the sale does not."""
    cash = {event.body["sale_id"]: event for event in of(events, "sale") if _is_cash(event)}
    for event in events:
        sold = cash.get(event.body.get("sale_id", "")) if _is_void(event) else None
        if sold is not None:
            yield Finding("voids_after_print", event.by, 1, (sold.seq, event.seq), str(sold.body["receipt"]))


def cuts_before_cash(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Discounts by hand that go with cash, and with nothing but cash."""
    by_hand = [event for event in of(events, "sale") if _cut_by_hand(event)]
    for who, sales in by(by_hand).items():
        in_cash = [event for event in sales if _is_cash(event)]
        if len(in_cash) >= most.cuts_before_cash and len(in_cash) == len(sales):
            off = sum(_cut_by_hand(event) for event in in_cash)
            yield Finding("cuts_before_cash", who, len(in_cash), seqs(in_cash), str(off))


def copies_then_refund(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """A copy of a receipt printed, and that receipt given back later the same day."""
    for copy in of(events, "receipt.reprinted"):
        for event in within(events, copy, LATER_SAME_DAY):
            if event.type == "refund" and event.body["sale_receipt"] == copy.body["receipt"]:
                yield Finding("copies_then_refund", event.by, 1, (copy.seq, event.seq), str(copy.body["receipt"]))


def wrong_pins(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Somebody guesses at a PIN."""
    tried: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.type == "staff.sign_in_failed":
            tried[str(event.body["staff"])].append(event)
        elif event.type == "approval.refused" and event.body.get("why") == "wrong_pin":
            tried[str(event.body["approver"])].append(event)
    for who, found in tried.items():
        if len(found) >= most.wrong_pins:
            yield Finding("wrong_pins", who, len(found), seqs(found))


def many_approvals(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """An approver who says yes all day, or always to the same person."""
    granted = of(events, "approval.granted")
    for who, given in by(granted, key=lambda event: str(event.body["approver"])).items():
        if len(given) >= most.approvals_by_one:
            yield Finding("many_approvals", who, len(given), seqs(given))
        pairs = Counter(str(event.body["asked_by"]) for event in given)
        for asker, count in pairs.items():
            if count >= most.approvals_of_pair:
                those = [event for event in given if event.body["asked_by"] == asker]
                yield Finding("approvals_of_a_pair", who, count, seqs(those), asker)


def misused_approvals(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """An approval tried again, on something else, or made up."""
    wrong = {"used", "unknown", "other_action", "own", "self_approval"}
    for event in of(events, "approval.refused"):
        if event.body.get("why") in wrong:
            yield Finding("misused_approvals", str(event.body["asked_by"]), 1, (event.seq,), str(event.body["why"]))


def clock_jumps(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """The till's clock was set: promotions, expiries and the order of things hang on it."""
    for event in of(events, "clock.jumped"):
        if abs(event.body["seconds"]) > most.clock_minutes * 60:
            yield Finding("clock_jumps", event.by, 1, (event.seq,), str(event.body["seconds"]))


def journal_gaps(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """An entry of the journal does not follow the one before it: something was taken out, or written twice."""
    for event in of(events, BROKEN):
        yield Finding("journal_gaps", event.by, 1, (event.seq,))


def counted_again(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """A shift counted again and again after the first count told the difference: it may be made to fit."""
    for shift, counts in by(of(events, "shift.counted"), key=lambda event: str(event.body["shift_id"])).items():
        told = next((n for n, event in enumerate(counts) if any(event.body["differences"].values())), len(counts))
        again = counts[told + 1 :]
        if len(again) >= most.counts_again:
            yield Finding("counted_again", again[-1].by, len(again), seqs(again), shift)


RULES: tuple[Rule, ...] = (
    no_sale_openings, taken_back_after_total, drawer_after_taking_back, voids_after_print, cuts_before_cash,
    copies_then_refund, wrong_pins, many_approvals, misused_approvals, clock_jumps, journal_gaps, counted_again,
    *leaks_members.RULES,
)  # fmt: skip


def leaks(events: Sequence[Event], most: Thresholds = USUAL) -> tuple[Finding, ...]:
    """What every rule found, in the order of the rules."""
    return tuple(finding for rule in RULES for finding in rule(events, most))


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
