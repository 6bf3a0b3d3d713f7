"""Tiers' table: everything said of a member's tier, and what she did to deserve one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storeapp.database.statements.tiers import DONE, EVERY, LAST, LASTS, SAY, SET, WORDS
from storeapp.database.work import Row, Work
from storeapp.domain.tier import TierDone, TierWord


class TierTable:
    """Implements `till.ports_tiers.Tiers`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def say(self, word: TierWord) -> None:
        self._work.run(
            SAY,
            id=None,
            member_id=word.member_id,
            tier=word.tier,
            came_from=word.before,
            at=word.at,
            actor=word.by,
            reason=word.reason,
            measure=word.measure or "",
            until=word.until,
        )
        self._work.run(SET, of_member=word.member_id, new_tier=word.tier)

    def words(self, member_id: str) -> tuple[TierWord, ...]:
        return tuple(_word(row) for row in self._work.all(WORDS, member_id=member_id))

    def last(self, member_id: str) -> TierWord | None:
        row = self._work.one(LAST, member_id=member_id)
        return None if row is None else _word(row)

    def lasts(self) -> dict[str, TierWord]:
        return {word.member_id: word for word in map(_word, self._work.each(LASTS))}

    def done(self, member_id: str, *, since: date) -> TierDone:
        row = self._work.one(DONE, member_id=member_id, since=since.isoformat())
        return TierDone() if row is None else TierDone(row[1], row[2], row[3])

    def every(self, *, since: date) -> Iterator[tuple[str, str, TierDone]]:
        for member_id, tier, spend, visits, paid_in in self._work.each(EVERY, since=since.isoformat()):
            yield member_id, tier, TierDone(spend, visits, paid_in)


def _word(row: Row) -> TierWord:
    member_id, tier, at, before, actor, reason, measure, until = row
    return TierWord(member_id, tier, at, before, actor, reason, measure or None, until)
