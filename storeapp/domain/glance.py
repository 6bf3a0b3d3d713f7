"""Glance: what the counter may say of a member while she stands there, from what the night found.

Only what is stored for her alone is read: nobody waits at the counter for a sum over sales.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from storeapp.domain.birthday import days_until

if TYPE_CHECKING:
    from storeapp.domain.layer import Layer
    from storeapp.domain.rhythm import Habit

BIRTHDAY_DAYS = 7
# what is worth a word comes in this order; there is one sentence, never two
HintKind = Literal["birthday", "due", "welcome_back", "next", "second_visit"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to say. `category` is what it is about, `days` how long ago or how soon, `percent` of how many."""

    kind: HintKind
    category: str = ""
    days: int = 0
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Glance:
    """When she was here last, how often she comes, what is due. None where nobody can tell yet."""

    last_on: date | None = None
    waited: int | None = None
    usual_days: int | None = None
    habit: Habit | None = None
    habit_waited: int | None = None
    hint: Hint | None = None


def glance(
    layer: Layer | None,
    *,
    today: date,
    birthday: str = "",
    last_sale_on: date | None = None,
    in_basket: Collection[str] = (),
) -> Glance:
    """What is known of her; `last_sale_on` may be later than the night's work, `in_basket` are categories rung up."""
    if layer is None:
        hint = _birthday(birthday, today)
        return Glance(last_sale_on, _since(last_sale_on, today), hint=hint)
    last_on = max(layer.trade.last_on, last_sale_on or layer.trade.last_on)
    # what she has bought since the night may be the very thing that was due
    is_stale = last_on > layer.trade.last_on
    habit = None if is_stale or layer.habit is None or layer.habit.category in in_basket else layer.habit
    hint = _birthday(birthday, today) or (None if is_stale else _hint(layer, habit, in_basket, today))
    habit_waited = None if habit is None else habit.waited(today)
    return Glance(last_on, _since(last_on, today), layer.usual_days, habit, habit_waited, hint)


def _hint(layer: Layer, habit: Habit | None, in_basket: Collection[str], today: date) -> Hint | None:
    waited = _since(layer.trade.last_on, today) or 0
    if habit is not None and habit.lateness(today) >= 1.0:
        return Hint("due", habit.category, habit.waited(today))
    if layer.standing.stage in ("cooling", "lost"):
        return Hint("welcome_back", days=waited)
    if layer.step is not None and layer.step.after not in in_basket:
        return Hint("next", layer.step.after, percent=round(100 * layer.step.share))
    if layer.trade.visits == 1:
        return Hint("second_visit", days=waited)
    return None


def _birthday(birthday: str, today: date) -> Hint | None:
    days = days_until(birthday, today)
    return Hint("birthday", days=days) if days is not None and days <= BIRTHDAY_DAYS else None


def _since(day: date | None, today: date) -> int | None:
    return None if day is None else max((today - day).days, 0)
