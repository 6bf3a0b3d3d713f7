"""Topping up: what a member pays in beforehand, what the shop gives on top, and the law's limit on both together.

A member is known by her phone, so hers is a named card in the law's words: at most 5,000 yuan on it, gifts included,
and what she paid never lapses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storeapp.domain.money import ZERO, Money, NotAnAmount, from_yuan, yuan
from storeapp.domain.monthly_gift import Monthly
from storeapp.domain.prepaid_law import NAMED_MOST_FEN
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

NAMED_MOST = Money(NAMED_MOST_FEN)
LEAST = Money(100)
STEPS_MOST = 12
TAKEN: frozenset[TenderKind] = frozenset({"cash", "card", "code_manual", "simulated"})
"""What a top-up may be paid with."""


@dataclass(eq=False)
class StoredValueOff(Refused):
    """This shop keeps no money for its members."""

    word = "stored_value_off"


@dataclass(eq=False)
class BadTopUp(Refused):
    """`paid_fen` cannot be topped up: the shop takes `least_fen` and more."""

    paid_fen: int
    least_fen: int
    word = "bad_top_up"


@dataclass(eq=False)
class NotAStep(Refused):
    """`paid_fen` is none of the amounts the shop offers: `steps`, each yuan paid + yuan given."""

    paid_fen: int
    steps: str
    word = "not_a_step"


@dataclass(eq=False)
class ValueCapped(Refused):
    """She would hold `would_fen`, gift included; she may hold `most_fen`. `room_fen` is what still fits."""

    would_fen: int
    most_fen: int
    room_fen: int
    word = "value_capped"


@dataclass(frozen=True, slots=True)
class Step:
    """Who pays `pays` or more is given `bonus` on top: 充200送50."""

    pays: Money
    bonus: Money

    def __str__(self) -> str:
        return f"{_short(self.pays)}+{_short(self.bonus)}"


@dataclass(frozen=True, slots=True)
class Terms:
    """The owner's terms: the steps, whether other amounts are taken too, from how much on, and the most on a card.

    `monthly` is what is promised beside, month by month.
    """

    steps: tuple[Step, ...] = ()
    is_free: bool = True
    least: Money = LEAST
    most: Money = NAMED_MOST
    monthly: tuple[Monthly, ...] = ()


def read_steps(text: str) -> tuple[Step, ...]:
    """`200+50, 500+150` (yuan paid, yuan given) as steps; raises ValueError for what cannot be meant."""
    found: list[Step] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,，;；\n]", text))):
        pays, plus, bonus = part.replace("＋", "+").partition("+")
        try:
            step = Step(from_yuan(pays), from_yuan(bonus) if plus else ZERO)
        except NotAnAmount as error:
            raise ValueError(part) from error
        if step.pays <= ZERO or step.bonus < ZERO or step.pays + step.bonus > NAMED_MOST:
            raise ValueError(part)
        if found and not (found[-1].pays < step.pays and found[-1].bonus <= step.bonus):
            raise ValueError(part)
        found.append(step)
    if len(found) > STEPS_MOST:
        raise ValueError(text)
    return tuple(found)


def bonus_for(paid: Money, steps: Sequence[Step]) -> Money:
    """What is given on top of `paid`: the gift of the highest step it reaches, once."""
    return next((step.bonus for step in reversed(steps) if step.pays <= paid), ZERO)


def checked(paid: Money, held: Money, terms: Terms) -> Money:
    """The gift on top of `paid` for who holds `held`; raises BadTopUp, NotAStep or ValueCapped."""
    if paid < max(terms.least, Money(1)):
        raise BadTopUp(paid.fen, terms.least.fen)
    if not terms.is_free and all(step.pays != paid for step in terms.steps):
        raise NotAStep(paid.fen, ", ".join(map(str, terms.steps)))
    bonus = bonus_for(paid, terms.steps)
    would = held + paid + bonus
    # the owner may ask for less than the law allows, never for more
    most = min(terms.most, NAMED_MOST)
    if would > most:
        raise ValueCapped(would.fen, most.fen, max(most - held, ZERO).fen)
    return bonus


def _short(amount: Money) -> str:
    return yuan(amount).removesuffix(".00")
