"""Referrals at the till: who brought her is named once; both are thanked for what she keeps, and no one above them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from storeapp.domain.ledger import pending_account, points_account
from storeapp.domain.member import BadPhone, Member, UnknownMember, normal_phone
from storeapp.domain.policy import Policy
from storeapp.domain.referral import (
    Bought,
    Given,
    Referral,
    ReferralOff,
    ReferralRules,
    ReferredBefore,
    SelfReferral,
    Side,
    UnknownReferrer,
    Way,
    check_pair,
    check_time,
    earned_by,
    in_time,
    is_kept,
    is_late,
    tails_of,
)
from storeapp.domain.refund import Refund
from storeapp.domain.reward import Reward, read_reward
from storeapp.till import merging, rewarding
from storeapp.till.moments import day_of, in_zone, local_moment, today
from storeapp.till.names import current
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.rewarding import Granted
from storeapp.till.staff_members import works_as

PURSE = "referral"
"""The account whose points are given, and the offer of the coupons."""


def rules_of(policy: Policy) -> ReferralRules:
    """The owner's rules in force."""
    return ReferralRules(
        bool(policy.get("referral.enabled")),
        read_reward(policy.text("referral.referrer")),
        read_reward(policy.text("referral.newcomer")),
        policy.whole("referral.wait_days"),
        policy.whole("referral.name_days"),
        policy.whole("referral.good_days"),
        policy.whole("referral.least_fen"),
        policy.whole("referral.monthly_most"),
    )


def referrer(books: Books, text: str, *, newcomer_phone: str = "") -> tuple[Member, Way]:
    """The member of this code or phone. Raises UnknownReferrer, or SelfReferral for the newcomer's own phone."""
    way: Way = "code"
    try:
        phone = normal_phone(text)
    except BadPhone:
        ids = books.referrals.ending(tails_of(text))
        # of two whose codes are the same the phone must tell
        found = books.members.by_id(ids[0]) if len(ids) == 1 else None
    else:
        if phone == newcomer_phone:
            raise SelfReferral("same_phone")
        way, found = "phone", books.members.by_phone(phone)
    if found is None:
        raise UnknownReferrer
    return found, way


def name(shop: Shop, newcomer_id: str, text: str, *, cashier: str, clock: Clock) -> Referral:
    """She says who brought her, after she signed up. Raises UnknownMember or the reason why it does not count."""
    at = clock.now()
    with shop.writing() as books:
        newcomer = books.members.by_id(newcomer_id)
        if newcomer is None:
            raise UnknownMember
        return note(books, newcomer, text, cashier=cashier, at=at)


def note(books: Books, newcomer: Member, text: str, *, cashier: str, at: datetime) -> Referral:
    """Writes down who brought her, within the caller's transaction; raises the reason why it does not count."""
    policy = books.policy.in_force()
    rules, moment = rules_of(policy), in_zone(at, policy)
    if not rules.is_on:
        raise ReferralOff
    found, way = referrer(books, text, newcomer_phone=newcomer.phone)
    if brought_by(books, newcomer.member_id) is not None:
        raise ReferredBefore
    check_pair(
        newcomer.member_id,
        found.member_id,
        referrers_own=brought_by(books, found.member_id),
        works_as=works_as(books, found.member_id),
        cashier=cashier,
    )
    day = day_of(moment, policy)
    joined = day_of(in_zone(datetime.fromisoformat(newcomer.joined_at), policy), policy)
    has_bought = books.sales.has_bought(newcomer.member_id) or _has_bought_elsewhere(books, newcomer.member_id)
    check_time(joined, day, has_bought=has_bought, days=rules.name_days)
    made = Referral(newcomer.member_id, found.member_id, moment.isoformat(), day.isoformat(), cashier, way)
    books.referrals.add(made)
    books.journal.append("referral.named", body(made), at=made.named_at)
    return made


def brought_by(books: Books, newcomer_id: str) -> Referral | None:
    """Who brought her, wherever that was named."""
    return books.referrals.of(newcomer_id) or books.referrals.told(newcomer_id)


def _has_bought_elsewhere(books: Books, member_id: str) -> bool:
    accounts = (points_account(member_id), pending_account(member_id))
    return any(txn.kind == "sale" for account in accounts for txn in books.ledger.history(account))


def reward_due(shop: Shop, *, clock: Clock) -> int:
    """Thanks everybody whose newcomer has bought and kept it; answers how many referrals were settled."""
    with shop.reading() as books:
        if not rules_of(books.policy.in_force()).is_on:
            return 0
        waiting = [each.newcomer_id for each in books.referrals.named() if _next(books, each, clock) is not None]
    _undo_fallen(shop, clock=clock)
    return sum(reward(shop, newcomer_id, clock=clock) is not None for newcomer_id in waiting)


def reward(shop: Shop, newcomer_id: str, *, clock: Clock) -> Referral | None:
    """Settles hers if it is time; None where nothing changes."""
    with shop.reading() as books:
        named = books.referrals.of(newcomer_id)
        if named is None or _next(books, named, clock) is None:
            return None
    with shop.writing() as books:
        named = books.referrals.of(newcomer_id)
        settled = None if named is None else _next(books, named, clock)
        if settled is not None:
            _settle(books, settled, clock)
    return settled


def undo(books: Books, back: Refund) -> None:
    """Goods of the purchase came back: what both got goes back too, once too little of it is left.

    Within the refund's own transaction. It stays undone: whoever buys and brings back again gets nothing again.
    """
    for code in back.coupons:
        _take_late(books, code, back)
    found = books.referrals.by_sale(back.sale_id) if back.sale_id else None
    if found is None or found.state != "rewarded":
        return
    if is_kept(_left(books, back), rules_of(books.policy.in_force())):
        return
    _undo(books, found, at=back.at, on=date.fromisoformat(back.business_date), refund_id=back.refund_id)


def _undo(books: Books, found: Referral, *, at: str, on: date, refund_id: str) -> None:
    kept: list[Side] = []
    taken: list[Side] = []
    for given in books.referrals.given(found.newcomer_id):
        (taken if _take(books, given, at=at, on=on) else kept).append(given.side)
    settled = replace(found, state="reversed", why="coupon_used" if kept else "", settled_at=at)
    books.referrals.settle(settled)
    told = body(settled) | {"refund_id": refund_id, "taken": taken, "kept": kept}
    books.journal.append("referral.reversed", told, at=at)


def _undo_fallen(shop: Shop, *, clock: Clock) -> None:
    """What both got goes back where the purchase came back at another till."""
    with shop.reading() as books:
        rules = rules_of(books.policy.in_force())
        gone = [found.newcomer_id for found, left in books.referrals.fallen() if not is_kept(left, rules)]
    for newcomer_id in gone:
        with shop.writing() as books:
            found = books.referrals.of(newcomer_id)
            if found is not None and found.state == "rewarded":
                at = local_moment(books, clock.now()).isoformat()
                _undo(books, found, at=at, on=today(books, clock), refund_id="")


def told_to(books: Books, member_id: str) -> list[dict[str, Any]]:
    """Everything about her and who brought whom, for her to take along: of the other side an opaque id and no more."""
    own = [each for each in (books.referrals.of(member_id), books.referrals.told(member_id)) if each is not None]
    found = (*own, *books.referrals.of_referrer(member_id), *books.referrals.told_of_referrer(member_id))
    return [
        body(each)
        | {"given": [asdict(got) for got in books.referrals.given(each.newcomer_id) if got.member_id == member_id]}
        for each in found
    ]


def body(referral: Referral) -> dict[str, Any]:
    """A referral as the journal carries it."""
    return asdict(referral)


def _next(books: Books, named: Referral, clock: Clock) -> Referral | None:
    """What becomes of it now; None while it waits, or is settled."""
    if named.state != "named":
        return None
    rules, day, at = rules_of(books.policy.in_force()), today(books, clock), clock.now().isoformat()
    # of two who were one person all along it is not known whether she was new
    was_merged = {named.newcomer_id} & {name for pair in books.members.merged().items() for name in pair}
    both = (named.newcomer_id, current(books, named.referrer_id))
    if was_merged:
        return replace(named, state="closed", why="merged", settled_at=at)
    if any(books.members.by_id(member_id) is None for member_id in both):
        return replace(named, state="closed", why="gone", settled_at=at)
    if any(works_as(books, member_id) for member_id in (*both, named.referrer_id)):
        return replace(named, state="closed", why="staff", settled_at=at)
    earned = earned_by(in_time(_bought(books, named), named, rules), rules, today=day)
    if earned is not None:
        return replace(named, state="rewarded", sale_id=earned.sale_id, settled_at=at)
    return replace(named, state="closed", why="late", settled_at=at) if is_late(named, rules, today=day) else None


def _settle(books: Books, settled: Referral, clock: Clock) -> None:
    books.referrals.settle(settled)
    given = _give(books, settled, on=today(books, clock)) if settled.state == "rewarded" else ()
    told = body(settled) | {"given": [asdict(each) for each in given]}
    books.journal.append(f"referral.{settled.state}", told, at=settled.settled_at)


def _give(books: Books, settled: Referral, *, on: date) -> tuple[Given, ...]:
    """Thanks both. Nobody above the referrer is looked for; she goes without where her month is full."""
    rules = rules_of(books.policy.in_force())
    referrer_id = current(books, settled.referrer_id)
    is_full = books.referrals.thanked(referrer_id, month=f"{on:%Y-%m}") >= rules.monthly_most
    sides: tuple[tuple[Side, str, Reward | None], ...] = (
        ("newcomer", settled.newcomer_id, rules.newcomer),
        ("referrer", referrer_id, None if is_full else rules.referrer),
    )
    made = []
    for side, member_id, what in sides:
        if what is None:
            continue
        name_ = _name(settled.newcomer_id, side)
        got = rewarding.give(books, member_id, what, name=name_, purse=PURSE, at=settled.settled_at, on=on)
        given = Given(
            settled.newcomer_id, side, member_id, what.kind, what.amount, got.txn_id, on.isoformat(), got.coupon_id
        )
        books.referrals.give(given)
        made.append(given)
    return tuple(made)


def _take(books: Books, given: Given, *, at: str, on: date) -> bool:
    done = rewarding.take_back(
        books,
        Granted(given.txn_id, given.coupon_id),
        name=f"{_name(given.newcomer_id, given.side)}/back",
        kind="referral.reversed",
        at=at,
        on=on,
    )
    # what is taken from a name that is gone is hers under the other
    merging.follow(books, given.member_id, at=at)
    return done


def _take_late(books: Books, code: str, back: Refund) -> None:
    """A coupon that had paid when its referral was undone, and comes back now, is good no more."""
    coupon = books.coupons.by_code(code)
    given = None if coupon is None else books.referrals.by_coupon(coupon.coupon_id)
    found = None if given is None else books.referrals.of(given.newcomer_id)
    if given is not None and found is not None and found.state == "reversed":
        _take(books, given, at=back.at, on=date.fromisoformat(back.business_date))


def _left(books: Books, back: Refund) -> int:
    """What is left of the purchase these goods came back from, in fen."""
    sale = books.sales.by_receipt(back.sale_receipt)
    whole = 0 if sale is None else sale.total.fen
    return whole - sum(each.total.fen for each in books.refunds.of_sale(back.sale_id))


def _bought(books: Books, named: Referral) -> tuple[Bought, ...]:
    return books.referrals.bought(named.newcomer_id, since=named.named_on)


def _name(newcomer_id: str, side: Side) -> str:
    return f"referral/{newcomer_id}/{side}"
