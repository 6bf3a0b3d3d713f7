"""Choosing promotions: the legal combination that serves the customer best, always the same one.

The rules, in the order they apply. A promotion that does not stack has the pieces it uses for itself. When its turn
comes, it takes the pieces that serve the customer best; every order of turns is tried and the cheapest basket is
chosen, of equally cheap ones that of the ids first in the alphabet. After them come the promotions that stack, by
priority and id, on what is left to pay. Of promotions with one group a basket gets one.

Orders are searched by branch and bound: nothing a promotion does on part of the goods is worth more than what it does
on all of them. After `LOOKS` looks at a line the best found so far stands; ordinary baskets need some dozens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storeapp.domain.promotion import BY_SUM, Promotion
from storeapp.domain.promotion_deeds import Use, reached_step, use, worth
from storeapp.domain.rulebook import GET, MAIN, Claim, Goods, Rulebook
from storeapp.domain.terms import MemberTerms, Terms, is_for

LOOKS = 700
"""Looks at a line: a small basket is searched to its end, a huge one as far as a customer would wait."""
_HINT_PERCENT = 60
"""A step is hinted at once that share of it is reached: who buys a bottle of water is not sent for a crate."""


@dataclass(frozen=True, slots=True)
class Hint:
    """`missing_fen`, or `missing_count` pieces, more would bring the promotion; `gives` says what, as its step does."""

    promotion: Promotion
    missing_fen: int = 0
    missing_count: int = 0
    gives: int = 0


@dataclass(frozen=True, slots=True)
class GiftDue:
    """Goods the customer may add for nothing."""

    promotion: Promotion
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What is used, in the order it applies; what is just out of reach; what may still be added for nothing."""

    uses: tuple[Use, ...] = ()
    hints: tuple[Hint, ...] = ()
    gifts: tuple[GiftDue, ...] = ()


@dataclass(slots=True)
class _Search:
    goods: list[Goods]
    claims: list[Claim]
    most: list[int]
    stacking: list[tuple[Claim, int]]
    families: list[int]
    looks: int = LOOKS
    best: list[Use] = field(default_factory=list)
    best_fen: int = 0


def choose(rules: Rulebook, goods: list[Goods], terms: Terms) -> Choice:
    """The promotions of `rules` for these goods, as they are after everything that was changed by hand."""
    if not rules.promotions or not goods or terms.moment is None:
        return Choice()
    claims = [claim for claim in rules.claims(goods) if _is_open(claim, goods, terms, terms.moment)]
    if not claims:
        return Choice()
    search = _searching(claims, goods, terms)
    taken = search.best
    return Choice(tuple(taken), _hints(claims, goods, taken), _gifts(claims, goods, taken, terms))


def _searching(claims: list[Claim], goods: list[Goods], terms: Terms) -> _Search:
    free = [good.count for good in goods]
    alone: list[tuple[int, Claim, int]] = []
    stacking: list[tuple[Claim, int]] = []
    for claim in claims:
        most = _most(claim.promotion, terms)
        found = use(claim, goods, free, most=most).amount
        if found <= 0:
            continue
        if claim.promotion.stacks:
            stacking.append((claim, most))
        else:
            alone.append((found, claim, most))
    # the most valuable first: the first order looked at is then seldom far from the best
    alone.sort(key=lambda each: (-each[0], each[1].promotion.promotion_id))
    stacking.sort(key=lambda each: (each[0].promotion.priority, each[0].promotion.promotion_id))
    ordered = [claim for _, claim, _ in alone]
    search = _Search(goods, ordered, [most for *_, most in alone], stacking, _families(ordered))
    values = [value for value, *_ in alone]
    extra = sum(use(claim, goods, free, most=most).amount for claim, most in stacking)
    _end(search, [], 0, extra)
    _go(search, tuple(range(len(alone))), values, free, [], 0, extra)
    return search


def _go(
    search: _Search, left: tuple[int, ...], values: list[int], free: list[int], done: list[Use], fen: int, extra: int
) -> None:
    """Every order of what is `left`, as far as it can still beat the best; what never meets is done one by one."""
    if not left or search.looks <= 0 or fen + sum(values[n] for n in left) + extra <= search.best_fen:
        return
    family, was_used = search.families[left[0]], False
    for n in (m for m in left if search.families[m] == family):
        if search.looks <= 0:
            return
        claim = search.claims[n]
        search.looks -= 4 + sum(map(len, claim.scopes))
        found = use(claim, search.goods, free, most=search.most[n])
        rest = tuple(m for m in left if m != n)
        if found.amount <= 0:
            continue
        was_used = True
        remaining = list(free)
        for place, pieces in found.taken.items():
            remaining[place] -= pieces
        if group := claim.promotion.group:
            rest = tuple(m for m in rest if search.claims[m].promotion.group != group)
        grown = [*done, found]
        _end(search, grown, fen + found.amount, extra)
        _go(search, rest, values, remaining, grown, fen + found.amount, extra)
    if not was_used:
        # nothing of this family has anything left to do: on to the others
        _go(search, tuple(m for m in left if search.families[m] != family), values, free, done, fen, extra)
    elif search.stacking:
        # something that stacks may bring more on goods nothing else was taken off
        _go(search, left[1:], values, free, done, fen, extra)


def _families(claims: list[Claim]) -> list[int]:
    """A number for each claim; those that want the same goods, or stand in one group, have the same."""
    parents = list(range(len(claims)))

    def head(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    owner: dict[object, int] = {}
    for n, claim in enumerate(claims):
        wants: list[object] = [place for held in claim.scopes for place in held]
        if claim.promotion.group:
            wants.append(claim.promotion.group)
        for want in wants:
            other = owner.setdefault(want, n)
            if other != n:
                parents[head(n)] = head(other)
    return [head(n) for n in range(len(claims))]


def _end(search: _Search, done: list[Use], fen: int, extra: int) -> None:
    """These uses with what stacks on top of them; kept if nothing better was found."""
    if fen + extra < search.best_fen:
        return
    stacked = _stacked(search, done)
    fen += sum(found.amount for found in stacked)
    if fen > search.best_fen or (fen == search.best_fen and fen and _names(done, stacked) < _names(search.best, [])):
        search.best, search.best_fen = [*done, *stacked], fen


def _names(done: list[Use], stacked: list[Use]) -> tuple[str, ...]:
    return tuple(sorted(found.promotion.promotion_id for found in (*done, *stacked)))


def _stacked(search: _Search, done: list[Use]) -> list[Use]:
    if not search.stacking:
        return []
    goods, whole = list(search.goods), [good.count for good in search.goods]
    groups = {found.promotion.group for found in done}
    for found in done:
        _take_off(goods, found)
    stacked: list[Use] = []
    for claim, most in search.stacking:
        if claim.promotion.group and claim.promotion.group in groups:
            continue
        found = use(claim, goods, whole, most=most)
        if found.amount > 0:
            groups.add(claim.promotion.group)
            stacked.append(found)
            _take_off(goods, found)
    return stacked


def _take_off(goods: list[Goods], found: Use) -> None:
    """The goods cost what is left after this."""
    for place, fen in found.off.items():
        good = goods[place]
        left = good.total_fen - fen
        goods[place] = Goods(good.line, good.code, good.category, good.brand, good.count, left // good.count, left)


def _is_open(claim: Claim, goods: list[Goods], terms: Terms, moment: datetime) -> bool:
    promotion = claim.promotion
    if not promotion.when.holds(moment) or not _is_for(promotion, terms.member):
        return False
    if not (promotion.min_spend_fen or promotion.min_count):
        return True
    places = {place for held in claim.scopes for place in held} if promotion.parts else set(claim.scopes[MAIN])
    spent = sum(goods[place].total_fen for place in places)
    count = sum(goods[place].count for place in places)
    return spent >= promotion.min_spend_fen and count >= promotion.min_count


def _is_for(promotion: Promotion, member: MemberTerms | None) -> bool:
    if promotion.whom == "all":
        return True
    if member is None or (promotion.first_purchase and member.has_bought):
        return False
    return is_for(promotion.whom, promotion.tiers, member)


def _most(promotion: Promotion, terms: Terms) -> int:
    """How often it may still be used."""
    limits, name = promotion.limits, promotion.promotion_id
    return min(
        limits.per_basket,
        limits.per_member - terms.used_by_member.get(name, 0),
        limits.per_day - terms.used_today.get(name, 0),
    )


def _hints(claims: list[Claim], goods: list[Goods], taken: list[Use]) -> tuple[Hint, ...]:
    """What is nearly reached, the nearest first, two at most. Goods another promotion has are not counted twice."""
    used = {use_.promotion.promotion_id: use_ for use_ in taken}
    spoken: dict[int, int] = {}
    for use_ in taken:
        if not use_.promotion.stacks:
            for place, pieces in use_.taken.items():
                spoken[place] = spoken.get(place, 0) + pieces
    found: list[tuple[int, str, Hint]] = []
    for claim in claims:
        promotion = claim.promotion
        mine = used.get(promotion.promotion_id)
        free = {
            p: goods[p].count - (0 if promotion.stacks else spoken.get(p, 0)) + (mine.taken.get(p, 0) if mine else 0)
            for p in claim.scopes[MAIN]
        }
        hint = _hint(promotion, goods, {p: pieces for p, pieces in free.items() if pieces > 0})
        if hint is not None:
            found.append((hint.missing_fen or hint.missing_count, promotion.promotion_id, hint))
    return tuple(hint for *_, hint in sorted(found, key=lambda each: each[:2])[:2])


def _hint(promotion: Promotion, goods: list[Goods], free: Mapping[int, int]) -> Hint | None:
    count = sum(free.values())
    if promotion.kind in BY_SUM:
        is_count = promotion.kind == "count_percent"
        reached = count if is_count else sum(worth(goods[p], pieces) for p, pieces in free.items())
        step = next((s for s in promotion.steps if s.at > reached), None)
        if step is None or reached * 100 < step.at * _HINT_PERCENT or reached_step(promotion, step.at) is not step:
            return None
        missing = step.at - reached
        return Hint(promotion, 0 if is_count else missing, missing if is_count else 0, step.gives)
    if promotion.kind in ("nth_percent", "cheapest_free"):
        missing = -count % promotion.count
        # one piece short of the next group
        return Hint(promotion, missing_count=1, gives=promotion.value or 100) if count and missing == 1 else None
    return None


def _gifts(claims: list[Claim], goods: list[Goods], taken: list[Use], terms: Terms) -> tuple[GiftDue, ...]:
    """Gifts that were earned and do not lie in the basket yet."""
    found = []
    for claim in claims:
        promotion = claim.promotion
        if promotion.kind != "spend_gift":
            continue
        most = _most(promotion, terms)
        codes = {step.gift for step in promotion.steps}
        spent = sum(goods[p].total_fen for p in claim.scopes[MAIN] if goods[p].code not in codes)
        step = reached_step(promotion, spent)
        if step is None or most <= 0:
            continue
        times = min(spent // step.at, most) if promotion.repeats else 1
        here = sum(goods[p].count for p in claim.scopes[GET] if goods[p].code == step.gift)
        is_in_the_way = any(use_.promotion.group and use_.promotion.group == promotion.group for use_ in taken)
        if here < step.gives * times and not is_in_the_way:
            found.append(GiftDue(promotion, step.gift, step.gives * times - here))
    return tuple(found)
