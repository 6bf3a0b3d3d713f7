"""Layers: the night's work over all members, and what the morning wants to know of it.

It is local and can be done at any hour: it reads one moment of the books, and writes in small transactions, so that a
customer who pays meanwhile never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from storeapp.domain import cohort, rfm
from storeapp.domain.cohort import Cohort, Repurchase
from storeapp.domain.layer import Layer, Learned, night
from storeapp.domain.life_stage import STAGES, Stage, StageRules
from storeapp.domain.policy import Policy
from storeapp.domain.rfm import Cell
from storeapp.till.clock_watch import LEAP_DAYS
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.replaying import Progress

ROWS_A_WRITE = 250


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many members stand on a stage, and what they bought in all."""

    stage: Stage
    members: int
    net_fen: int


@dataclass(frozen=True, slots=True)
class Layers:
    """The whole picture of one morning."""

    learned: Learned
    stages: tuple[StageCount, ...]
    grid: tuple[Cell, ...]


def work_the_night(
    shop: Shop,
    *,
    clock: Clock,
    progress: Callable[[int], None] | None = None,
    watched: Progress | None = None,
) -> Learned:
    """Computes every member's layer anew as of today. `watched` may stop it between two members: ReplayStopped."""
    watched = watched or Progress()
    with shop.reading() as books:
        day, rules = today(books, clock), stage_rules(books.policy.in_force())
        before, watched.whole = books.layers.standings(), books.members.count()
        bought = watched.over(books.layers.bought())
        learned, layers = night(bought, today=day, rules=rules, before=before.get, pause=watched.check)
    done = 0
    for some in _batches(layers):
        watched.check()
        with shop.writing() as books:
            books.layers.put(_still_known(books, some), computed_on=day)
        done += len(some)
        if progress is not None:
            progress(done)
    with shop.writing() as books:
        books.layers.end_night(learned)
    return learned


def is_due(shop: Shop, *, clock: Clock) -> bool:
    """True while the last night's work is not of today: one that lies ahead was done by a clock that was wrong."""
    with shop.reading() as books:
        last, day = books.layers.last_night(), today(books, clock)
    return last is None or last.computed_on != day


def has_leapt(shop: Shop, *, clock: Clock) -> bool:
    """True where the last night lies ahead, or so long ago that it may be the clock that jumped.

    Such a night ends nothing for good; the one after it does.
    """
    with shop.reading() as books:
        last, day = books.layers.last_night(), today(books, clock)
    return last is not None and not 0 <= (day - last.computed_on).days <= LEAP_DAYS


def picture(shop: Shop) -> Layers | None:
    """What the last night found; None before the first."""
    with shop.reading() as books:
        learned = books.layers.last_night()
        if learned is None:
            return None
        every = [(layer.trade, layer.score, layer.standing.stage) for layer in books.layers.every()]
    return Layers(
        learned,
        tuple(
            StageCount(
                stage,
                sum(at == stage for _, _, at in every),
                sum(trade.net_fen for trade, _, at in every if at == stage),
            )
            for stage in STAGES
        ),
        rfm.grid((trade, score) for trade, score, _ in every),
    )


def cohorts(shop: Shop, *, clock: Clock) -> tuple[tuple[Cohort, ...], tuple[Repurchase, ...]]:
    """The cohort table and how soon the second purchase follows the first, as of today."""
    with shop.reading() as books:
        day = today(books, clock)
        visits = [visit for visit in books.layers.visits() if visit[1] <= day]
    return cohort.cohorts(visits, today=day), cohort.repurchase(visits, today=day)


def stage_rules(policy: Policy) -> StageRules:
    """The owner's bounds between the stages."""
    return StageRules(
        new_days=policy.whole("stage.new_days"),
        usual_days=policy.whole("stage.usual_days"),
        loyal_visits=policy.whole("stage.loyal_visits"),
        loyal_within_days=policy.whole("stage.loyal_within_days"),
        cooling_after=policy.whole("stage.cooling_percent") / 100,
        lost_after=policy.whole("stage.lost_percent") / 100,
    )


def _still_known(books: Books, layers: Sequence[Layer]) -> list[Layer]:
    """Without who was erased while the night was at work."""
    known = books.layers.known(layer.member_id for layer in layers)
    return [layer for layer in layers if layer.member_id in known]


def _batches(layers: Iterator[Layer]) -> Iterator[list[Layer]]:
    while some := list(islice(layers, ROWS_A_WRITE)):
        yield some
