"""Leaks around members: points, stored value and looks, where what is a member's ends up with somebody who works here.

An event whose member works here carries her staff code as `staff_member`: whoever reads the journal knows that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from storeapp.domain.leak_parts import Event, Finding, Rule, by, of, often, seqs, within
from storeapp.domain.ledger import points_account
from storeapp.domain.member_tender import HERS
from storeapp.domain.policy_leaks import Thresholds


def one_member_many_sales(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """The same member on more sales than anybody shops in a day."""
    for member, hers in by(_with_member(events), key=_member).items():
        if len(hers) > most.member_sales:
            yield Finding("one_member_many_sales", member, len(hers), seqs(hers))


def one_cashiers_member(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """A member who turns up at one cashier again and again: points of strangers may land on a friend's card."""
    usual = most.member_by_cashier
    for who, sales in by(_with_member(events)).items():
        for member, hers in by(sales, key=_member).items():
            if len(hers) > usual or (len(hers) == usual and len(hers) * 100 > len(sales) * most.member_share_percent):
                yield Finding("one_cashiers_member", who, len(hers), seqs(hers), member)


def earned_then_refunded(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Points earned and the goods given back the same day, by the same hand."""
    earned = {event.body["sale_id"]: event for event in of(events, "sale") if event.body.get("points_earned")}
    for event in events:
        sold = earned.get(event.body.get("sale_id", "")) if event.type == "refund" else None
        if sold is not None and sold.by == event.by:
            yield Finding("earned_then_refunded", event.by, 1, (sold.seq, event.seq), str(sold.body["receipt"]))


def topped_up_then_paid_back(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Stored value paid in by one way and paid back by another the same day: money that changed its form."""
    for paid_in in of(events, "topup"):
        for event in of(events, "topup_refund"):
            is_hers = event.body["member_id"] == paid_in.body["member_id"] and event.seq > paid_in.seq
            if is_hers and event.body["tender"] != paid_in.body["tender"]:
                yield Finding("topped_up_then_paid_back", event.by, 1, (paid_in.seq, event.seq), event.body["number"])


def points_by_hand(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Points corrected by hand again and again."""
    corrected = [event for event in of(events, "ledger.posted") if event.body.get("kind") == "adjust"]
    yield from often("points_by_hand", corrected, most.points_by_hand)


def one_member_many_stores(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """The same member at more stores in a day than anybody walks to."""
    for member, hers in by(_with_member(events), key=_member).items():
        stores = {str(event.body.get("store", "")) for event in hers}
        if len(stores) >= most.member_stores:
            yield Finding("one_member_many_stores", member, len(stores), seqs(hers), " ".join(sorted(stores)))


def attached_after_total(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Members put on a basket once its total was told: a customer who is none earns for somebody else."""
    yield from often("attached_after_total", of(events, "member.attached_late"), most.attached_late)


def many_looks(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """More members' pages opened than the sales to members explain."""
    sold = by(_with_member(events))
    for who, looked in by(of(events, "member.looked")).items():
        people = {_member(event) for event in looked}
        if len(people) >= most.looks and len(people) > most.looks_a_sale * len(sold.get(who, ())):
            yield Finding("many_looks", who, len(people), seqs(looked))


def quick_looks(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Members' pages opened faster than anybody reads them."""
    for who, looked in by(of(events, "member.looked")).items():
        for first in looked:
            minute = [first, *within(looked, first, timedelta(minutes=1))]
            if len({_member(event) for event in minute}) >= most.looks_a_minute:
                yield Finding("quick_looks", who, len(minute), seqs(minute))
                break


def adjusted_then_redeemed(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Points given by hand and spent the same day."""
    for given in of(events, "ledger.posted"):
        if given.body.get("kind") != "adjust" or not _gives(given):
            continue
        for event in events:
            if event.seq > given.seq and event.type == "sale" and _member(event) == _member(given) and _spends(event):
                yield Finding("adjusted_then_redeemed", given.by, 1, (given.seq, event.seq), _member(given))


def redeemed_by_staff(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Points, stored value or coupons redeemed by a member who works here."""
    for event in of(events, "sale"):
        if event.body.get("staff_member") and (_spends(event) or event.body.get("coupons")):
            yield Finding("redeemed_by_staff", event.by, 1, (event.seq,), str(event.body["staff_member"]))


def credited_to_staff(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Points given by hand, or stored value paid in, for a member who works here."""
    for event in events:
        is_given = event.type == "topup" or (event.body.get("kind") == "adjust" and _gives(event))
        if event.body.get("staff_member") and is_given:
            yield Finding("credited_to_staff", event.by, 1, (event.seq,), str(event.body["staff_member"]))


def served_oneself(events: Sequence[Event], most: Thresholds) -> Iterator[Finding]:
    """Somebody who works here tried a deed on her own membership; it was refused."""
    for event in of(events, "own_member.refused"):
        yield Finding("served_oneself", event.by, 1, (event.seq,), _member(event))


RULES: tuple[Rule, ...] = (
    one_member_many_sales, one_member_many_stores, one_cashiers_member, earned_then_refunded,
    topped_up_then_paid_back, points_by_hand, attached_after_total, many_looks, quick_looks,
    adjusted_then_redeemed, redeemed_by_staff, credited_to_staff, served_oneself,
)  # fmt: skip


def _with_member(events: Sequence[Event]) -> list[Event]:
    return [event for event in of(events, "sale") if event.body.get("member_id")]


def _member(event: Event) -> str:
    return str(event.body.get("member_id") or "")


def _gives(event: Event) -> bool:
    """True if the entry brought her points."""
    return any(
        leg["account"].startswith(points_account("")) and leg["amount"] > 0 for leg in event.body.get("legs", ())
    )


def _spends(event: Event) -> bool:
    return any(tender["kind"] in HERS for tender in event.body.get("tenders", ()))
