"""What a promotion takes off goods that are still free: which pieces it uses, and how much comes off each line.

Whoever is asked takes the pieces that serve the customer best, and always the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from storeapp.domain.money import shares
from storeapp.domain.promotion import BY_GROUP, PER_UNIT, Promotion, Step
from storeapp.domain.rulebook import GET, MAIN, Claim, Goods

PIECES_MOST = 2_000
"""Of more pieces than these a group promotion looks at the dearest."""


@dataclass(slots=True)
class Use:
    """One promotion used: `off` fen by place of the goods, `taken` pieces by place, `times` how often."""

    promotion: Promotion
    times: int = 0
    off: dict[int, int] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        return sum(self.off.values())

    def cut(self, place: int, fen: int) -> None:
        if fen > 0:
            self.off[place] = self.off.get(place, 0) + fen

    def take(self, place: int, pieces: int = 1) -> None:
        self.taken[place] = self.taken.get(place, 0) + pieces


def use(claim: Claim, goods: list[Goods], free: list[int], *, most: int) -> Use:
    """What the promotion does with the `free` pieces of each place, at most `most` times. Nothing off is no use."""
    kind = claim.promotion.kind
    if most <= 0:
        return Use(claim.promotion)
    if kind in PER_UNIT:
        return _per_unit(claim, goods, free, most)
    if kind == "bundle":
        return _bundles(claim, goods, free, most)
    if kind == "buy_get" and claim.promotion.get is not None:
        return _buy_other(claim, goods, free, most)
    if kind in BY_GROUP:
        return _groups(claim, goods, free, most)
    if kind == "spend_gift":
        return _gifts(claim, goods, free, most)
    return _sum(claim, goods, free, most)


def worth(good: Goods, pieces: int) -> int:
    """What so many pieces of these goods come to; all of them are the whole line, odd fen included."""
    return good.total_fen if pieces == good.count else good.unit_fen * pieces


def _per_unit(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    promotion, found = claim.promotion, Use(claim.promotion)
    held = sorted((p for p in claim.scopes[MAIN] if free[p]), key=lambda p: (-goods[p].unit_fen, p))
    for place in held:
        pieces = min(free[place], most - found.times)
        if pieces == 0:
            break
        good, before = goods[place], worth(goods[place], pieces)
        if promotion.kind == "percent":
            off = _percent(before, promotion.value)
        elif promotion.kind == "amount":
            off = min(promotion.value, good.unit_fen) * pieces
        else:
            off = before - promotion.value * pieces
        if off > 0:
            found.cut(place, off)
            found.take(place, pieces)
            found.times += pieces
    return found


def _groups(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    """The N-th piece at a discount, or some free: of each group the cheapest, the groups made of the dearest first."""
    promotion, found = claim.promotion, Use(claim.promotion)
    given = promotion.free if promotion.kind == "buy_get" else 1
    size = promotion.count + given if promotion.kind == "buy_get" else promotion.count
    percent = 100 if promotion.kind == "cheapest_free" else promotion.value
    pieces = _pieces(claim.scopes[MAIN], goods, free)
    for start in range(0, len(pieces) - size + 1, size):
        if found.times == most:
            break
        group = pieces[start : start + size]
        for place in group[size - given :]:
            found.cut(place, _percent(goods[place].unit_fen, percent))
        for place in group:
            found.take(place)
        found.times += 1
    return found


def _buy_other(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    """So many of one bring so many of another: the cheapest are what was bought, the dearest what is given."""
    promotion, found = claim.promotion, Use(claim.promotion)
    giving = set(claim.scopes[GET])
    # what could be given is the last to be counted as bought
    bought = sorted(_pieces(claim.scopes[MAIN], goods, free), key=lambda p: (p in giving, goods[p].unit_fen, p))
    left = list(free)
    while found.times < most:
        buying: list[int] = []
        for place in bought:
            if len(buying) == promotion.count:
                break
            if left[place] > buying.count(place):
                buying.append(place)
        if len(buying) < promotion.count:
            break
        for place in buying:
            left[place] -= 1
        gifts = _pieces(claim.scopes[GET], goods, left)[: promotion.free]
        if not gifts:
            break
        for place in gifts:
            left[place] -= 1
            found.cut(place, _percent(goods[place].unit_fen, promotion.value))
        for place in (*buying, *gifts):
            found.take(place)
        found.times += 1
    return found


def _bundles(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    """So many of each part for one price, as long as that is less than they cost."""
    promotion, found, left = claim.promotion, Use(claim.promotion), list(free)
    while found.times < most:
        chosen: list[int] = []
        for part, places in zip(promotion.parts, claim.scopes, strict=True):
            pieces = _pieces(places, goods, left)[: part.count]
            if len(pieces) < part.count:
                chosen = []
                break
            for place in pieces:
                left[place] -= 1
            chosen += pieces
        amounts = [goods[place].unit_fen for place in chosen]
        off = sum(amounts) - promotion.value
        if not chosen or off <= 0:
            break
        for place, share in zip(chosen, shares(off, amounts), strict=True):
            found.cut(place, share)
            found.take(place)
        found.times += 1
    return found


def _sum(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    promotion, found = claim.promotion, Use(claim.promotion)
    places = [place for place in claim.scopes[MAIN] if free[place]]
    amounts = [worth(goods[place], free[place]) for place in places]
    spent = sum(amounts)
    reached = sum(free[place] for place in places) if promotion.kind == "count_percent" else spent
    step = reached_step(promotion, reached)
    if step is None or spent <= 0:
        return found
    found.times = min(reached // step.at, most) if promotion.repeats else 1
    off = min(step.gives * found.times, spent) if promotion.kind == "spend_off" else _percent(spent, step.gives)
    for place, share in zip(places, shares(off, amounts), strict=True):
        found.cut(place, share)
        found.take(place, free[place])
    return found


def _gifts(claim: Claim, goods: list[Goods], free: list[int], most: int) -> Use:
    promotion, found = claim.promotion, Use(claim.promotion)
    for step in reversed(promotion.steps):
        gifts = [p for p in claim.scopes[GET] if goods[p].code == step.gift and free[p]]
        # what is given away does not count as spent
        places = [p for p in claim.scopes[MAIN] if free[p] and goods[p].code != step.gift]
        spent = sum(worth(goods[p], free[p]) for p in places)
        if spent < step.at or not gifts:
            continue
        found.times = min(spent // step.at, most) if promotion.repeats else 1
        due = step.gives * found.times
        for place in gifts:
            pieces = min(free[place], due)
            if pieces:
                found.cut(place, worth(goods[place], pieces))
                found.take(place, pieces)
            due -= pieces
        for place in places:
            found.take(place, free[place])
        return found
    return found


def reached_step(promotion: Promotion, reached: int) -> Step | None:
    """The highest step so much reaches."""
    return next((step for step in reversed(promotion.steps) if reached >= step.at), None)


def _percent(fen: int, percent: int) -> int:
    """Half a fen goes to the customer."""
    return (fen * percent + 50) // 100


def _pieces(places: list[int], goods: list[Goods], free: list[int]) -> list[int]:
    """Each free piece by its place, the dearest first."""
    ordered = sorted((p for p in places if free[p]), key=lambda p: (-goods[p].unit_fen, p))
    found: list[int] = []
    for place in ordered:
        found.extend([place] * min(free[place], PIECES_MOST - len(found)))
    return found
