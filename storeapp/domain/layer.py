"""The night's work: from everything a member bought to the layer she stands on, with the reasons beside it.

Pure: bought days in, layers out. It is done for all members at once, because a step of RFM, a value and a category step
only mean something beside the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from storeapp.domain import category_step, rfm
from storeapp.domain.category_step import CategoryStep
from storeapp.domain.customer_value import CustomerValue, history, spending, values
from storeapp.domain.life_stage import Seen, StageRules, Standing, standing
from storeapp.domain.rfm import Scale, Score, Trade
from storeapp.domain.rhythm import Habit, gaps, habit, most_due, usual
from storeapp.domain.value_model import Frequency, TooFewMembers, Worth, fit_frequency, fit_worth


class Bought(NamedTuple):
    """What a member bought of one category on one day, net; `cost_fen` is None where a cost is not known.

    Of a big shop millions are read in a night.
    """

    day: date
    category: str
    net_fen: int
    cost_fen: int | None


@dataclass(frozen=True, slots=True)
class Layer:
    """Where one member stands on the morning of `computed_on`."""

    member_id: str
    trade: Trade
    standing: Standing
    score: Score
    usual_days: int | None
    value: CustomerValue
    habit: Habit | None
    step: CategoryStep | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the night learned of all members together."""

    computed_on: date
    members: int
    scale: Scale
    steps: tuple[CategoryStep, ...]
    frequency: Frequency | None
    worth: Worth | None


@dataclass(slots=True)
class _Past:
    """A member's past, as small as it will go: of a big shop all of them are held at once."""

    trade: Trade
    usual_days: int | None
    recent_visits: int
    habits: tuple[Habit, ...]
    first_days: Mapping[str, date] = field(default_factory=dict)


def night(
    members: Iterable[tuple[str, Sequence[Bought]]],
    *,
    today: date,
    rules: StageRules,
    before: Callable[[str], Standing | None],
    pause: Callable[[], None] = lambda: None,
) -> tuple[Learned, Iterator[Layer]]:
    """What is learned of all, and each member's layer. `before` is where she stood last; no day after today counts.

    `pause` is called again and again between two small steps, by whom others must not wait for.
    """
    pasts = [past for name, bought in members if (past := _past(name, bought, today=today, rules=rules)) is not None]
    scale = rfm.scale(past.trade for past in pasts)
    frequency, worth = _fitted(pasts, today=today, pause=pause)
    steps = category_step.steps(past.first_days for past in _paused(pasts, pause))
    learned = Learned(today, len(pasts), scale, steps, frequency, worth)
    return learned, (_layer(past, learned, rules=rules, before=before(past.trade.member_id)) for past in pasts)


def _past(member_id: str, bought: Sequence[Bought], *, today: date, rules: StageRules) -> _Past | None:
    per_category: dict[str, set[date]] = {}
    net, cost, is_known = 0, 0, True
    for row in bought:
        # a sale dated tomorrow by a wrong clock must not make her the latest of all
        if row.day > today:
            continue
        net += row.net_fen
        is_known = is_known and row.cost_fen is not None
        cost += row.cost_fen or 0
        per_category.setdefault(row.category, set()).add(row.day)
    days = sorted(set().union(*per_category.values())) if per_category else []
    if not days:
        return None
    named = {category: when for category, when in per_category.items() if category}
    habits = (habit(category, when) for category, when in named.items())
    return _Past(
        Trade(member_id, days[0], days[-1], len(days), net, net - cost if is_known else None),
        usual(gaps(days)),
        len(days) - bisect_left(days, today - timedelta(days=rules.loyal_within_days)),
        tuple(found for found in habits if found is not None),
        {category: min(when) for category, when in named.items()},
    )


def _paused(pasts: Sequence[_Past], pause: Callable[[], None]) -> Iterator[_Past]:
    for past in pasts:
        pause()
        yield past


def _fitted(pasts: Sequence[_Past], *, today: date, pause: Callable[[], None]) -> tuple[Frequency | None, Worth | None]:
    """The value model, or nothing while too few members could have come back."""
    spent = (spending(past.trade) for past in pasts)
    try:
        frequency = fit_frequency((history(past.trade, today=today) for past in pasts), pause=pause)
        worth = fit_worth((each for each in spent if each is not None), pause=pause)
    except TooFewMembers:
        return None, None
    # with a heavier tail than this there is no average to speak of
    return (frequency, worth) if worth.q > 1.0 else (None, None)


def _layer(past: _Past, learned: Learned, *, rules: StageRules, before: Standing | None) -> Layer:
    trade, today = past.trade, learned.computed_on
    seen = Seen(trade.first_on, trade.last_on, trade.visits, past.recent_visits, past.usual_days)
    return Layer(
        member_id=trade.member_id,
        trade=trade,
        standing=standing(seen, today=today, rules=rules, before=before),
        score=learned.scale.score(trade),
        usual_days=past.usual_days,
        value=values(trade, usual_days=past.usual_days, today=today, frequency=learned.frequency, worth=learned.worth),
        habit=most_due(past.habits, today),
        step=category_step.next_step(learned.steps, past.first_days, today=today),
        categories=tuple(sorted(past.first_days)),
    )
