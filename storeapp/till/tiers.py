"""Tiers at the till: given by the rules each night and after a sale, or by hand with a reason; every word journaled."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from storeapp.domain.member import Member, UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.policy import Policy
from storeapp.domain.staff import Right
from storeapp.domain.tier import NAME_MAX, Next, TierDone, TierRules, TierWord, judged, next_after, next_up, read_tiers
from storeapp.errors import Refused
from storeapp.till import approvals
from storeapp.till.moments import today
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop

REASON_MAX = 100
_A_WRITE = 200


@dataclass(eq=False)
class BadTier(Refused):
    """`field` of a tier given by hand must be `expected`."""

    field: str
    expected: str
    word = "bad_tier"


@dataclass(frozen=True, slots=True)
class TierView:
    """Where a member stands: what she did in the window, what comes next, and everything said so far."""

    tier: str
    done: TierDone
    next: Next | None
    words: tuple[TierWord, ...]


def rules_of(policy: Policy) -> TierRules:
    """The owner's rules in force."""
    downgrade: Any = policy.get("tier.downgrade")
    return TierRules(
        read_tiers(policy.text("tier.rules")),
        policy.whole("tier.window_days"),
        policy.whole("tier.keep_days"),
        downgrade,
    )


def judge_all(shop: Shop, *, clock: Clock) -> int:
    """Asks the rules about every member, in small transactions; answers how many tiers changed."""
    with shop.reading() as books:
        rules, day, at = _asked(books, clock)
        if not rules.tiers:
            return 0
        lasts = books.tiers.lasts()
        asked = [
            member_id
            for member_id, tier, done in books.tiers.every(since=since(day, rules))
            if judged(member_id, tier, lasts.get(member_id), done, rules, today=day, at=at) is not None
        ]
    changed = 0
    for start in range(0, len(asked), _A_WRITE):
        with shop.writing() as books:
            words = [_word(books, member_id, clock) for member_id in asked[start : start + _A_WRITE]]
            for word in filter(None, words):
                say(books, word)
                changed += 1
    return changed


def judge(shop: Shop, member_id: str, *, clock: Clock) -> TierWord | None:
    """Asks the rules about one member; answers what they say, or None where nothing changes."""
    with shop.reading() as books:
        if _word(books, member_id, clock) is None:
            return None
    with shop.writing() as books:
        word = _word(books, member_id, clock)
        if word is not None:
            say(books, word)
    return word


def give(
    shop: Shop,
    member_id: str,
    tier: str,
    *,
    reason: str,
    by: str,
    clock: Clock,
    ids: Ids,
    until: str = "",
    approver: str = "",
    approval_id: str | None = None,
) -> TierWord:
    """A tier by hand, up to and with the day `until`. Raises UnknownMember, BadTier or what approvals do."""
    if len(tier) > NAME_MAX or not (tier == "" or is_one_line(tier, most=NAME_MAX)):
        raise BadTier("tier", f"a name of at most {NAME_MAX} characters, or nothing")
    if not reason.strip() or not is_one_line(reason.strip(), most=REASON_MAX):
        raise BadTier("reason", f"one line of at most {REASON_MAX} characters")
    _checked_day(until)
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        check_not_own(books, member_id, by, approver)
        member = books.members.by_id(member_id)
        if member is None:
            raise UnknownMember
        payload = {"member": member_id, "tier": tier}
        given: dict[Right, str] = {} if approval_id is None else {"set_tier": approval_id}
        approvals.allow_each(
            books, ("set_tier",), payload, by=by, given=given, approver=approver, reason=reason, at=at, ids=ids
        )
        word = TierWord(member_id, tier, at, member.tier, by=by, reason=reason.strip(), until=until)
        say(books, word)
    return word


def view(books: Books, member_id: str, *, on: date) -> TierView:
    """Where she stands; raises UnknownMember."""
    member = books.members.by_id(member_id)
    if member is None:
        raise UnknownMember
    rules = rules_of(books.policy.in_force())
    done = books.tiers.done(member_id, since=since(on, rules))
    return TierView(member.tier, done, next_up(member.tier, done, rules), books.tiers.words(member_id))


def nearest(books: Books, member: Member, *, on: date, policy: Policy, buys: Money | None = None) -> Next | None:
    """What she still needs for the next tier once what she `buys` on that day is hers; None where no rule has one."""
    rules = rules_of(policy)
    if not rules.tiers:
        return None
    done = books.tiers.done(member.member_id, since=since(on, rules))
    if buys is not None:
        is_visit = books.layers.last_bought(member.member_id) != on
        done = replace(done, spend_fen=done.spend_fen + buys.fen, visits=done.visits + is_visit)
    return next_after(member.tier, done, rules)


def body(word: TierWord) -> dict[str, Any]:
    """A word as the journal carries it."""
    return asdict(word)


def _asked(books: Books, clock: Clock) -> tuple[TierRules, date, str]:
    return rules_of(books.policy.in_force()), today(books, clock), clock.now().isoformat()


def _word(books: Books, member_id: str, clock: Clock) -> TierWord | None:
    """What the rules would say of her now."""
    rules, day, at = _asked(books, clock)
    member = books.members.by_id(member_id) if rules.tiers else None
    if member is None:
        return None
    done = books.tiers.done(member_id, since=since(day, rules))
    word = judged(member_id, member.tier, books.tiers.last(member_id), done, rules, today=day, at=at)
    if word is not None and _is_lower(word, rules) and books.policy.in_force().text("cards.kinds"):
        # most shops sell no cards: a start does not load them
        from storeapp.till import cards_elsewhere

        return None if cards_elsewhere.gives(books, member_id, member.tier) else word
    return word


def _is_lower(word: TierWord, rules: TierRules) -> bool:
    now, before = rules.rank(word.tier), rules.rank(word.before)
    return now is not None and before is not None and now < before


def say(books: Books, word: TierWord) -> None:
    """Her tier from now on, in the books and the journal, within the caller's transaction."""
    books.tiers.say(word)
    books.journal.append("member.changed", body(word), at=word.at)


def since(day: date, rules: TierRules) -> date:
    """The first day of the window she is counted over."""
    return day - timedelta(days=rules.window_days)


def kept_until(day: date, rules: TierRules) -> str:
    """How long a tier given on that day is kept."""
    return (day + timedelta(days=rules.keep_days)).isoformat()


def _checked_day(text: str) -> None:
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise BadTier("until", "a day such as 2026-12-31, or nothing") from None
