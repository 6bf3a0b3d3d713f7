"""Insight: everything the owner's page shows of her members, read in one go and in no hurry."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from storeapp.domain.cohort import Cohort, Repurchase
from storeapp.domain.layer import Layer
from storeapp.domain.member import masked_phone
from storeapp.till import layers
from storeapp.till.layers import Layers
from storeapp.till.ports import Books, Clock, Shop

BEST_MOST = 30


@dataclass(frozen=True, slots=True)
class ValueSums:
    """All members' values in fen, and of how many each is known. `margins` counts whose realised value is a margin."""

    realised_fen: int = 0
    margins: int = 0
    potential_fen: int = 0
    potentials: int = 0
    model_fen: int = 0
    models: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """One of those worth most, as a screen may show her."""

    member_id: str
    name: str
    phone_masked: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class Insight:
    """One morning, whole."""

    picture: Layers
    cohorts: tuple[Cohort, ...]
    repurchase: tuple[Repurchase, ...]
    sums: ValueSums
    best: tuple[Best, ...]


def insight(shop: Shop, *, clock: Clock) -> Insight | None:
    """What the last night found, with the cohorts of today; None before the first night."""
    picture = layers.picture(shop)
    if picture is None:
        return None
    table, again = layers.cohorts(shop, clock=clock)
    with shop.reading() as books:
        sums = _sums(books)
        first = heapq.nlargest(BEST_MOST, books.layers.every(), key=_worth)
        best = tuple(found for layer in first if (found := _best(books, layer)) is not None)
    return Insight(picture, table, again, sums, best)


def _worth(layer: Layer) -> tuple[int, int, str]:
    """What the coming year brings as far as anybody can tell, then what the past has brought."""
    value = layer.value
    coming = value.model_fen if value.model_fen is not None else value.potential_fen or 0
    return coming, value.realised_fen, layer.member_id


def _best(books: Books, layer: Layer) -> Best | None:
    member = books.members.by_id(layer.member_id)
    # who was erased since the night is nobody
    return None if member is None else Best(member.member_id, member.name, masked_phone(member.phone), layer)


def _sums(books: Books) -> ValueSums:
    realised = margins = potential = potentials = model = models = 0
    for layer in books.layers.every():
        value = layer.value
        realised += value.realised_fen
        margins += value.realised_is_margin
        potential += value.potential_fen or 0
        potentials += value.potential_fen is not None
        model += value.model_fen or 0
        models += value.model_fen is not None
    return ValueSums(realised, margins, potential, potentials, model, models)
