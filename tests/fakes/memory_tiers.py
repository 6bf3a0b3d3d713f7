"""Tiers in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from storeapp.domain.tier import TierDone, TierWord

if TYPE_CHECKING:
    from tests.fakes.memory_shop import State


class MemoryTiers:
    def __init__(self, state: State) -> None:
        self._state = state

    def say(self, word: TierWord) -> None:
        state = self._state
        state.tier_words = (*state.tier_words, word)
        if word.member_id in state.members:
            state.members[word.member_id] = replace(state.members[word.member_id], tier=word.tier)

    def words(self, member_id: str) -> tuple[TierWord, ...]:
        return tuple(word for word in self._state.tier_words if word.member_id == member_id)

    def last(self, member_id: str) -> TierWord | None:
        return (self.words(member_id) or (None,))[-1]

    def lasts(self) -> dict[str, TierWord]:
        return {word.member_id: word for word in self._state.tier_words}

    def done(self, member_id: str, *, since: date) -> TierDone:
        state, first = self._state, since.isoformat()
        hers = [
            sale
            for sale in (*state.sales.values(), *state.imported.values())
            if state.is_hers(sale.member_id, member_id) and sale.business_date >= first
        ]
        back = [r for r, _hash in state.refunds if state.is_hers(r.member_id, member_id) and r.business_date >= first]
        paid_in = [d for d, _hash in state.values if state.is_hers(d.member_id, member_id) and d.business_date >= first]
        return TierDone(
            sum(sale.total.fen for sale in hers) - sum(refund.total.fen for refund in back),
            len({sale.business_date for sale in hers}),
            sum(doc.principal_fen if doc.kind == "topup" else -doc.principal_fen for doc in paid_in),
        )

    def every(self, *, since: date) -> Iterator[tuple[str, str, TierDone]]:
        for member_id, member in self._state.members.items():
            done = self.done(member_id, since=since)
            if member.tier or done != TierDone():
                yield member_id, member.tier, done
