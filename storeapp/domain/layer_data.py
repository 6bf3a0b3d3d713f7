"""Layers as plain data: the columns a table keeps of one member, and the JSON of what the night learned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from storeapp.domain.category_step import CategoryStep
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Layer, Learned
from storeapp.domain.life_stage import Standing
from storeapp.domain.rfm import Scale, Score, Trade
from storeapp.domain.rhythm import Habit
from storeapp.domain.value_model import Frequency, Worth


def row(layer: Layer, *, computed_on: date) -> dict[str, Any]:
    """The columns of one member's layer."""
    trade, value = layer.trade, layer.value
    return {
        "member_id": layer.member_id,
        "computed_on": computed_on.isoformat(),
        "stage": layer.standing.stage,
        "since": layer.standing.since.isoformat(),
        "first_on": trade.first_on.isoformat(),
        "last_on": trade.last_on.isoformat(),
        "visits": trade.visits,
        "net_fen": trade.net_fen,
        "margin_fen": trade.margin_fen,
        "recency": layer.score.recency,
        "frequency": layer.score.frequency,
        "money": layer.score.money,
        "usual_days": layer.usual_days,
        "potential_fen": value.potential_fen,
        "model_fen": value.model_fen,
        "alive_permille": None if value.alive is None else round(value.alive * 1000),
        "habit": None if layer.habit is None else json.dumps(_habit(layer.habit), ensure_ascii=False),
        "step": None if layer.step is None else json.dumps(asdict(layer.step), ensure_ascii=False),
        "categories": json.dumps(layer.categories, ensure_ascii=False),
    }


def layer_from(columns: Sequence[Any]) -> Layer:
    """The layer `row` wrote, from its columns in their order."""
    (
        member_id, _computed_on, stage, since, first_on, last_on, visits, net_fen, margin_fen, recency, frequency,
        money, usual_days, potential_fen, model_fen, alive_permille, habit, step, categories,
    ) = columns  # fmt: skip
    trade = Trade(member_id, date.fromisoformat(first_on), date.fromisoformat(last_on), visits, net_fen, margin_fen)
    is_margin = margin_fen is not None
    alive = None if alive_permille is None else alive_permille / 1000
    value = CustomerValue(margin_fen if is_margin else net_fen, is_margin, potential_fen, model_fen, alive)
    return Layer(
        member_id,
        trade,
        Standing(stage, date.fromisoformat(since)),
        Score(recency, frequency, money),
        usual_days,
        value,
        None if habit is None else _habit_from(json.loads(habit)),
        None if step is None else CategoryStep(**json.loads(step)),
        tuple(json.loads(categories)),
    )


def learned_data(learned: Learned) -> dict[str, Any]:
    """What the night learned, as JSON."""
    return {
        "computed_on": learned.computed_on.isoformat(),
        "members": learned.members,
        "scale": asdict(learned.scale),
        "steps": [asdict(step) for step in learned.steps],
        "frequency": None if learned.frequency is None else asdict(learned.frequency),
        "worth": None if learned.worth is None else asdict(learned.worth),
    }


def learned_from(data: dict[str, Any]) -> Learned:
    """What `learned_data` wrote."""
    scale, frequency, worth = data["scale"], data["frequency"], data["worth"]
    return Learned(
        date.fromisoformat(data["computed_on"]),
        data["members"],
        Scale(tuple(scale["recency"]), tuple(scale["frequency"]), tuple(scale["money"])),
        tuple(CategoryStep(**step) for step in data["steps"]),
        None if frequency is None else Frequency(**frequency),
        None if worth is None else Worth(**worth),
    )


def _habit(habit: Habit) -> dict[str, Any]:
    return {"category": habit.category, "usual_days": habit.usual_days, "last_on": habit.last_on.isoformat()}


def _habit_from(data: dict[str, Any]) -> Habit:
    return Habit(data["category"], data["usual_days"], date.fromisoformat(data["last_on"]))
