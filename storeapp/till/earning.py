"""What a basket earns its member: by the owner's rules for goods, tiers and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storeapp.domain.money import ZERO, Money, split
from storeapp.domain.points_rules import PLAIN, STRANGER, Earning, PointsRules, Who, points, read_points_rules
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedBasket
from storeapp.domain.terms import MemberTerms


@dataclass(frozen=True, slots=True)
class Earner:
    """A priced basket, and by what rules it earns."""

    lines: tuple[Earning, ...] = ()
    rules: PointsRules = PLAIN
    per_yuan: int = 0
    who: Who = STRANGER
    on: date = date.min

    def points(self, without: Money = ZERO) -> int:
        """Points for the basket; `without` is the part of its total that was paid by what earns nothing."""
        return points(self._less(without), self.rules, per_yuan=self.per_yuan, who=self.who, on=self.on)

    def _less(self, without: Money) -> tuple[Earning, ...]:
        whole = sum(line.fen for line in self.lines)
        if not without.fen or whole <= 0:
            return self.lines
        off = split(min(without, Money(whole)), [line.fen for line in self.lines])
        return tuple(
            Earning(line.code, line.category, line.fen - less.fen, line.pieces)
            for line, less in zip(self.lines, off, strict=True)
        )


NOTHING = Earner()


def earner(priced: PricedBasket, member: MemberTerms | None, *, on: date, policy: Policy) -> Earner:
    """How this basket earns; nobody's basket earns nothing."""
    if member is None:
        return NOTHING
    lines = tuple(
        Earning(
            line.line.product.code,
            line.line.product.category,
            line.net.fen,
            line.quantity.milli // 1000 if line.quantity.is_whole else 1,
        )
        for line in priced.lines
    )
    who, rules = Who(member.tier, member.birthday), read_points_rules(policy.text("points.rules"))
    return Earner(lines, rules, policy.points_per_yuan(), who, on)
