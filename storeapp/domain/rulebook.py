"""The rulebook: the promotions in force, looked up by the goods they speak of, and what they do to goods.

Two hundred promotions and sixty lines are no twelve thousand questions: a line only meets the promotions that name its
code, category or brand, or all goods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from storeapp.domain.promotion import Promotion, Scope

MAIN, GET = 0, 1
"""Which scope of a promotion: its own, what it gives; the parts of a bundle count from 0 instead."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A line as promotions see it: `count` pieces of `unit_fen` each, `total_fen` in all.

    What is weighed, or was priced by a label, is one piece. `total_fen` may hold some fen more than the pieces do.
    """

    line: int
    code: str
    category: str
    brand: str
    count: int
    unit_fen: int
    total_fen: int


@dataclass(slots=True)
class Claim:
    """A promotion with the goods of one basket each of its scopes holds, by place in the list of goods."""

    promotion: Promotion
    scopes: list[list[int]]


class Rulebook:
    """Made once for a set of promotions, asked for every basket."""

    def __init__(self, promotions: Iterable[Promotion] = ()) -> None:
        # the order they were put in must not matter
        self.promotions = tuple(sorted(promotions, key=lambda promotion: promotion.promotion_id))
        self._everywhere: list[tuple[int, int]] = []
        self._by_code: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._by_category: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._by_brand: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._scopes: list[list[Scope]] = []
        self._excepting: set[tuple[int, int]] = set()
        for place, promotion in enumerate(self.promotions):
            scopes = scopes_of(promotion)
            self._scopes.append(scopes)
            for which, scope in enumerate(scopes):
                self._note(scope, (place, which))

    def _note(self, scope: Scope, mark: tuple[int, int]) -> None:
        if scope.everything:
            self._everywhere.append(mark)
        if scope.has_exceptions:
            self._excepting.add(mark)
        for names, index in (
            (scope.codes, self._by_code),
            (scope.categories, self._by_category),
            (scope.brands, self._by_brand),
        ):
            for name in names:
                index[name].append(mark)

    def claims(self, goods: list[Goods]) -> list[Claim]:
        """The promotions that speak of any of these goods, by id, each with the goods it speaks of."""
        found: dict[int, list[list[int]]] = {}
        for place, good in enumerate(goods):
            marks = {*self._everywhere, *self._by_code.get(good.code, ())}
            if good.category:
                marks.update(self._by_category.get(good.category, ()))
            if good.brand:
                marks.update(self._by_brand.get(good.brand, ()))
            for mark in marks:
                promotion, which = mark
                scopes = self._scopes[promotion]
                # whoever is named here belongs to it, if it excepts nobody
                if mark in self._excepting and not scopes[which].holds(good.code, good.category, good.brand):
                    continue
                held = found.get(promotion)
                if held is None:
                    held = found[promotion] = [[] for _ in scopes]
                held[which].append(place)
        return [Claim(self.promotions[place], found[place]) for place in sorted(found)]


NO_RULES = Rulebook()


def scopes_of(promotion: Promotion) -> list[Scope]:
    """The scopes a promotion has: those of its parts, or its own and that of what it gives."""
    if promotion.parts:
        return [part.scope for part in promotion.parts]
    if promotion.kind == "spend_gift":
        gifts = frozenset(step.gift for step in promotion.steps)
        return [promotion.scope, Scope(codes=gifts)]
    return [promotion.scope] if promotion.get is None else [promotion.scope, promotion.get]
