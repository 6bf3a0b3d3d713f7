"""Stamps at the till: a full row is thanked for once, and what it brought goes back with the purchase that filled it.

What was given for a stamp stands in the ledger under an id that follows from the member and the stamp: no list says it
a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from storeapp.domain.coupon_grant import coupon_id_of, txn_id_of
from storeapp.domain.coupon_template import TemplateNotLive, UnknownTemplate
from storeapp.domain.refund import Refund
from storeapp.domain.stamp import Goal, StampRules
from storeapp.till import coupon_templates, rewarding
from storeapp.till.coupon_templates import Giving
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.rewarding import Granted, NamedIds
from storeapp.till.stamp_cards import rules_of, stamps

PURSE = "stamps"
"""The account whose points are given, and the offer of the coupons."""
BACK = "stamps.reversed"


@dataclass(frozen=True, slots=True)
class Thanked:
    """Her `stamp`th stamp of all brought her what `goal` says."""

    stamp: int
    goal: Goal
    granted: Granted


def reward_due(shop: Shop, *, clock: Clock) -> int:
    """Thanks everybody whose row is full; answers for how many rows."""
    with shop.reading() as books:
        rules = rules_of(books.policy.in_force())
        if not rules.is_on:
            return 0
        fewest = rules.goals[0].stamps
        since = date.fromisoformat(rules.since)
        asked = [
            member_id
            for member_id, _tier, done in books.tiers.every(since=since)
            if done.visits >= fewest and any(_due(books, member_id))
        ]
    return sum(len(reward(shop, member_id, clock=clock)) for member_id in asked)


def reward(shop: Shop, member_id: str, *, clock: Clock) -> tuple[Thanked, ...]:
    """Thanks her for every row that is full and was not thanked for; nothing where there is none."""
    with shop.reading() as books:
        if not any(_due(books, member_id)):
            return ()
    with shop.writing() as books:
        at, on = clock.now().isoformat(), today(books, clock)
        return tuple(_give(books, member_id, stamp, at=at, on=on) for stamp in tuple(_due(books, member_id)))


def undo(books: Books, back: Refund) -> None:
    """Goods of a purchase came back: what a stamp brought that is one no more goes back too.

    Within the refund's own transaction. A coupon that has paid already stays with her, and brings no second one.
    """
    rules = rules_of(books.policy.in_force())
    if not rules.is_on or back.member_id is None:
        return
    left = stamps(books, back.member_id, rules)
    for stamp in range(left + 1, left + rules.card + 1):
        found = _last(books, back.member_id, stamp, rules)
        if found is None:
            continue
        name, granted = found
        rewarding.take_back(
            books, granted, name=f"{name}/back", kind=BACK, at=back.at, on=date.fromisoformat(back.business_date)
        )


def thanked(books: Books, member_id: str) -> tuple[Thanked, ...]:
    """What her stamps brought her and was not taken back, the first first."""
    rules = rules_of(books.policy.in_force())
    if not rules.is_on:
        return ()
    made = []
    for stamp in range(1, stamps(books, member_id, rules) + rules.card + 1):
        goal, found = rules.goal_at(stamp), _last(books, member_id, stamp, rules)
        if goal is not None and found is not None:
            made.append(Thanked(stamp, goal, found[1]))
    return tuple(made)


def _due(books: Books, member_id: str) -> Iterator[int]:
    """Her stamps that should have brought something and did not."""
    rules = rules_of(books.policy.in_force())
    if not rules.is_on or books.members.by_id(member_id) is None:
        return
    for stamp in range(1, stamps(books, member_id, rules) + 1):
        goal = rules.goal_at(stamp)
        if goal is not None and _last(books, member_id, stamp, rules) is None and _can(books, goal):
            yield stamp


def _can(books: Books, goal: Goal) -> bool:
    """A template the owner has ended gives nothing, until it is live again."""
    try:
        return not goal.template or coupon_templates.live(books, goal.template) is not None
    except (UnknownTemplate, TemplateNotLive):
        return False


def _give(books: Books, member_id: str, stamp: int, *, at: str, on: date) -> Thanked:
    rules = rules_of(books.policy.in_force())
    goal, name = rules.goal_at(stamp), _free(books, member_id, stamp, rules)
    assert goal is not None  # it is due
    if goal.reward is not None:
        granted = rewarding.give(books, member_id, goal.reward, name=name, purse=PURSE, at=at, on=on)
        return Thanked(stamp, goal, granted)
    template = coupon_templates.live(books, goal.template)
    giving = Giving(name, "issued", at, on, member_id=member_id, reason=PURSE)
    [coupon] = coupon_templates.give(books, template, giving)
    return Thanked(stamp, goal, Granted(txn_id_of(coupon.coupon_id), coupon.coupon_id))


def _last(books: Books, member_id: str, stamp: int, rules: StampRules) -> tuple[str, Granted] | None:
    """What the stamp brought and still stands, with its name; None where nothing does."""
    goal, last = rules.goal_at(stamp), None
    if goal is None:
        return None
    for name in _names(member_id, stamp, rules):
        granted = _granted(books, name)
        if granted is None:
            return last
        last = None if books.ledger.reversals(granted.txn_id) else (name, granted)
    return last


def _free(books: Books, member_id: str, stamp: int, rules: StampRules) -> str:
    """A name nothing was given under: a stamp that was taken back and made again has another one."""
    return next(name for name in _names(member_id, stamp, rules) if _granted(books, name) is None)


def _names(member_id: str, stamp: int, rules: StampRules) -> Iterator[str]:
    for again in range(1, 10_000):
        yield f"stamps/{member_id}/{rules.since}/{stamp}/{again}"


def _granted(books: Books, name: str) -> Granted | None:
    """What was given under this name, whichever kind the goal had then."""
    ids = NamedIds(name)
    first, second = ids.new(), ids.new()
    of_template = coupon_id_of(name, 1)
    for granted in (Granted(first), Granted(second, first), Granted(txn_id_of(of_template), of_template)):
        if books.ledger.txn(granted.txn_id) is not None:
            return granted
    return None
