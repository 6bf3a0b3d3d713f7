"""Three values of a customer, each with the formula it follows, so that nobody takes a guess for a fact.

Realised: the margin of all she bought, net of what she brought back; money where a cost is not known.
Potential: what the coming year brings if she goes on as usual: 365 / her usual interval x her average basket.
Model: what it brings by the value model, for members who visit like her: expected purchases x expected worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storeapp.domain.rfm import Trade
from storeapp.domain.value_model import Frequency, History, Spending, Worth

YEAR_DAYS = 365
_WEEK_DAYS = 7.0


@dataclass(frozen=True, slots=True)
class CustomerValue:
    """In fen. `realised_is_margin` tells margin from turnover; None where nobody can tell yet."""

    realised_fen: int
    realised_is_margin: bool
    potential_fen: int | None
    model_fen: int | None
    alive: float | None


def history(trade: Trade, *, today: date) -> History:
    """Her visits as the model counts them, in weeks."""
    age = max((today - trade.first_on).days, 0) / _WEEK_DAYS
    recency = (trade.last_on - trade.first_on).days / _WEEK_DAYS
    # one visit, or several on the first day, is no repeat
    repeats = trade.visits - 1 if recency > 0 else 0
    return History(repeats, recency if repeats else 0.0, max(age, recency))


def spending(trade: Trade) -> Spending | None:
    """What a repeat of hers came to on average; None where she has none or brought everything back."""
    if trade.visits < 2 or trade.net_fen <= 0 or trade.last_on == trade.first_on:
        return None
    return Spending(trade.visits - 1, trade.net_fen / trade.visits / 100)


def values(
    trade: Trade, *, usual_days: int | None, today: date, frequency: Frequency | None = None, worth: Worth | None = None
) -> CustomerValue:
    """The three values of one member. Without a fitted model the third is not known."""
    potential = None
    if usual_days is not None and trade.visits:
        potential = max(trade.net_fen, 0) * YEAR_DAYS // (usual_days * trade.visits)
    model = alive = None
    if frequency is not None and worth is not None:
        past = history(trade, today=today)
        purchases = frequency.expected(past, YEAR_DAYS / _WEEK_DAYS)
        model = round(purchases * worth.expected(spending(trade)) * 100)
        alive = frequency.is_alive(past)
    is_margin = trade.margin_fen is not None
    return CustomerValue(
        realised_fen=trade.net_fen if trade.margin_fen is None else trade.margin_fen,
        realised_is_margin=is_margin,
        potential_fen=potential,
        model_fen=model,
        alive=alive,
    )
