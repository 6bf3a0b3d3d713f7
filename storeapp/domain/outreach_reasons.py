"""Why a member is worth a word today: from where the night found her, her birthday and her coupons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from storeapp.domain.birthday import days_until
from storeapp.domain.feedback import MARKS, Feedback
from storeapp.domain.layer import Layer
from storeapp.domain.life_stage import Standing
from storeapp.domain.outreach import Candidate, nurture_step

COOLING_FRESH_DAYS = 7
"""Whom nobody wrote to in her first week of cooling is left to the segments."""
LAPSING_DAYS = 3
APOLOGY_DAYS = 7
"""An apology that comes later is none."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A coupon of hers that is good for a few days more."""

    member_id: str
    fen: int
    until: date


def apology(said: Feedback, *, on: date, last_written_on: date | None) -> Candidate | None:
    """Whoever gave a low mark on that day is owed a word, once; `detail` is the mark."""
    if said.member_id is None or not said.is_low or (last_written_on is not None and last_written_on > on):
        return None
    return Candidate(said.member_id, "make_good", MARKS[-1] - said.mark, str(said.mark))


def unbought(who: str, *, today: date, birthday: str, lapsing: Lapsing | None = None) -> Iterator[Candidate]:
    """The reasons there are before a first purchase: no night knows anything of her yet."""
    if days_until(birthday, today) == 0:
        yield Candidate(who, "birthday", 0)
    if lapsing is not None:
        yield Candidate(who, "coupon_lapses", lapsing.fen, f"{lapsing.fen}:{lapsing.until.isoformat()}")


def candidates(layer: Layer, *, today: date, birthday: str = "", lapsing: Lapsing | None = None) -> Iterator[Candidate]:
    """Every reason there is; `detail` is what its sentence needs: a category, days, or fen and a day."""
    trade, who = layer.trade, layer.member_id
    step = nurture_step((today - trade.first_on).days)
    if step is not None and trade.visits == 1:
        yield Candidate(who, step, trade.net_fen)
    if days_until(birthday, today) == 0:
        yield Candidate(who, "birthday", trade.net_fen)
    # a visit makes her a regular: whom only the first night found to be one is not told so today
    if layer.standing == Standing("loyal", today) and (today - trade.last_on).days <= 1:
        yield Candidate(who, "thanks", trade.net_fen)
    if layer.habit is not None and layer.habit.lateness(today) >= 1.0:
        yield Candidate(who, "due", trade.net_fen, layer.habit.category)
    fresh = (today - layer.standing.since).days < COOLING_FRESH_DAYS
    if layer.standing.stage == "cooling" and fresh:
        # whom the shop would miss most comes first
        yield Candidate(who, "cooling", layer.value.potential_fen or trade.net_fen, str((today - trade.last_on).days))
    if lapsing is not None:
        yield Candidate(who, "coupon_lapses", lapsing.fen, f"{lapsing.fen}:{lapsing.until.isoformat()}")
    if layer.step is not None:
        yield Candidate(who, "next_category", trade.net_fen, layer.step.after)
