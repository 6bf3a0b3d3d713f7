"""Monthly gifts: who pays in enough is given so much each month for some months, beside what is given at once.

What was promised stands on the top-up's own document, so the owner may change the terms and nobody's promise with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from storeapp.domain.business_day import months_on
from storeapp.domain.money import Money, NotAnAmount, from_yuan, yuan

MONTHS_MOST = 36
STEPS_MOST = 6
_GRANT = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a06")
_STEP = re.compile(r"(.+)[+＋](.+)[xX×*](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Monthly:
    """Who pays `pays` or more is given `each` a month, so many months: 充1000每月返50，共6个月."""

    pays: Money
    each: Money
    months: int

    def __str__(self) -> str:
        pays, each = (yuan(amount).removesuffix(".00") for amount in (self.pays, self.each))
        return f"{pays}+{each}x{self.months}"


def read_monthly(text: str, *, most: Money) -> tuple[Monthly, ...]:
    """`1000+50x6, 3000+200x12` (yuan paid, yuan a month, months); raises ValueError for what cannot be meant.

    Paid and given together are at most `most`.
    """
    found: list[Monthly] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,，;；\n]", text))):
        told = _STEP.fullmatch(part)
        if told is None:
            raise ValueError(part)
        try:
            step = Monthly(from_yuan(told[1]), from_yuan(told[2]), int(told[3]))
        except NotAnAmount as error:
            raise ValueError(part) from error
        whole = step.pays.fen + step.each.fen * step.months
        if step.pays.fen <= 0 or step.each.fen <= 0 or not 1 <= step.months <= MONTHS_MOST or whole > most.fen:
            raise ValueError(part)
        if found and found[-1].pays >= step.pays:
            raise ValueError(part)
        found.append(step)
    if len(found) > STEPS_MOST:
        raise ValueError(text)
    return tuple(found)


def monthly_for(paid: Money, steps: Sequence[Monthly]) -> Monthly | None:
    """The promise of the highest step `paid` reaches."""
    return next((step for step in reversed(steps) if step.pays <= paid), None)


def due_on(paid_on: date, n: int) -> date:
    """When the n-th is given, from 1: the same day n months later, or that month's last."""
    return months_on(paid_on, n)


def due_by(paid_on: date, months: int, on: date) -> range:
    """Which of them are due on that day, from 1."""
    return range(1, 1 + next((n - 1 for n in range(1, months + 1) if due_on(paid_on, n) > on), months))


def grant_id(doc_id: str, n: int) -> str:
    """The id of the entry that gives the n-th gift of a top-up, from 1."""
    return str(uuid5(_GRANT, f"{doc_id}|{n}"))
