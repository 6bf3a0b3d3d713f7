"""Layers' tables: where each member stands, what the night learned, and the segments the owner saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from storeapp.database.statements.layers import (
    BOUGHT,
    DROP_RULED,
    DROP_SEGMENT,
    DROP_TAG,
    EVERY,
    EVERY_TAG,
    FORGET,
    FORGET_TAGS,
    JOINED,
    KNOWN,
    LAST_BOUGHT,
    NEVER_BOUGHT,
    NIGHT,
    OF,
    PUT,
    PUT_NIGHT,
    PUT_SEGMENT,
    PUT_TAG,
    QUIET,
    SEGMENTS,
    STANDINGS,
    SWEEP,
    TAGS_OF,
    VISITS,
)
from storeapp.database.work import Row, Work
from storeapp.domain import layer_data
from storeapp.domain.layer import Bought, Layer, Learned
from storeapp.domain.life_stage import Standing

if TYPE_CHECKING:
    from storeapp.domain.segment import Segment


class LayerTable:
    """Implements `till.ports.Layers`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def bought(self) -> Iterator[tuple[str, Sequence[Bought]]]:
        # millions of rows name a few thousand days
        days = cache(date.fromisoformat)
        for member_id, rows in groupby(self._work.each(BOUGHT), key=itemgetter(0)):
            yield member_id, [Bought(days(day), category, net, cost) for _, day, category, net, cost in rows]

    def visits(self) -> Iterator[tuple[str, date]]:
        for member_id, day in self._work.each(VISITS):
            yield member_id, date.fromisoformat(day)

    def joined(self) -> Iterator[tuple[str, date]]:
        for member_id, day in self._work.each(JOINED):
            yield member_id, date.fromisoformat(day)

    def never_bought(self) -> Iterator[str]:
        for (member_id,) in self._work.each(NEVER_BOUGHT):
            yield member_id

    def quiet_since(self, day: date) -> tuple[str, ...]:
        return tuple(member_id for (member_id,) in self._work.all(QUIET, day=day.isoformat()))

    def known(self, member_ids: Iterable[str]) -> frozenset[str]:
        rows = self._work.each(KNOWN, member_ids=json.dumps(list(member_ids)))
        return frozenset(member_id for (member_id,) in rows)

    def standings(self) -> dict[str, Standing]:
        return {
            member_id: Standing(stage, date.fromisoformat(since))
            for member_id, stage, since in self._work.each(STANDINGS)
        }

    def of(self, member_id: str) -> Layer | None:
        row = self._work.one(OF, member_id=member_id)
        return None if row is None else _layer(row)

    def every(self) -> Iterator[Layer]:
        for row in self._work.each(EVERY):
            yield _layer(row)

    def last_bought(self, member_id: str) -> date | None:
        row = self._work.one(LAST_BOUGHT, member_id=member_id)
        return None if row is None else date.fromisoformat(row[0])

    def put(self, layers: Iterable[Layer], *, computed_on: date) -> None:
        self._work.many(PUT, [layer_data.row(each, computed_on=computed_on) for each in layers])

    def end_night(self, learned: Learned) -> None:
        day = learned.computed_on.isoformat()
        self._work.run(SWEEP, computed_on=day)
        text = json.dumps(layer_data.learned_data(learned), ensure_ascii=False)
        self._work.run(PUT_NIGHT, id=1, computed_on=day, learned=text)

    def last_night(self) -> Learned | None:
        row = self._work.one(NIGHT)
        return None if row is None else layer_data.learned_from(json.loads(row[1]))

    def forget(self, member_id: str) -> None:
        self._work.run(FORGET, member_id=member_id)
        self._work.run(FORGET_TAGS, member_id=member_id)

    def segments(self) -> tuple[Segment, ...]:
        # the counter asks for none: a start does not load them
        from storeapp.domain import segment

        return tuple(segment.from_data(json.loads(row[0])) for row in self._work.all(SEGMENTS))

    def put_segment(self, saved: Segment) -> None:
        from storeapp.domain import segment

        data = json.dumps(segment.as_data(saved), ensure_ascii=False)
        self._work.run(PUT_SEGMENT, segment_id=saved.segment_id, data=data)

    def drop_segment(self, segment_id: str) -> None:
        self._work.run(DROP_SEGMENT, segment_id=segment_id)

    def tags_of(self, member_id: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._work.all(TAGS_OF, member_id=member_id))

    def tags(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for member_id, tag in self._work.each(EVERY_TAG):
            found.setdefault(member_id, set()).add(tag)
        return {member_id: frozenset(tags) for member_id, tags in found.items()}

    def tag(self, member_ids: Iterable[str], tag: str, *, by: str, at: str, by_rule: bool = False) -> None:
        rows: list[dict[str, Any]] = [
            {"member_id": member_id, "tag": tag, "by_rule": int(by_rule), "actor": by, "at": at}
            for member_id in member_ids
        ]
        self._work.many(PUT_TAG, rows)

    def untag(self, member_id: str, tag: str) -> None:
        self._work.run(DROP_TAG, member_id=member_id, tag=tag)

    def drop_ruled_tags(self) -> None:
        self._work.run(DROP_RULED)


def _layer(row: Row) -> Layer:
    return layer_data.layer_from(row)
