"""The owner's words in the file: only ever added to, and what holds now kept in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from storeapp.database.word_caches import WordCache
from storeapp.database.work import Row, Sql, Work
from storeapp.domain import owner_word
from storeapp.domain.owner_word import OwnerWord

W = TypeVar("W", bound=OwnerWord)


@dataclass(frozen=True, slots=True)
class WordStatements(Generic[W]):
    """The statements of one table of words. `subject` is its column of the document's id, `kind` what a row becomes."""

    add: Sql
    newest: Sql
    told: Sql
    told_of: Sql
    subject: str
    kind: type[W]


class WordTable(Generic[W]):
    """Every word about the documents of one kind."""

    def __init__(self, work: Work, cache: WordCache[W], statements: WordStatements[W]) -> None:
        self._work = work
        self._words = cache
        self._said = statements
        self._is_checked = False

    def every(self) -> tuple[W, ...]:
        known = self._words.known
        # nothing changes within a transaction but by this very object
        if known is None or not self._is_checked:
            newest = self._work.count(self._said.newest)
            if known is None or known[0] != newest:
                known = (newest, owner_word.newest(self._read(self._work.each(self._said.told))))
            self._words.known = known
            self._is_checked = True
        return known[1]

    def get(self, subject: str) -> W | None:
        return next((word for word in self.every() if word.subject == subject), None)

    def history(self, subject: str) -> tuple[W, ...]:
        return tuple(self._read(self._work.each(self._said.told_of, **{self._said.subject: subject})))

    def put(self, word: W) -> None:
        self._is_checked = False
        self._work.run(
            self._said.add,
            **{self._said.subject: word.subject},
            id=None,
            version=word.number,
            state=word.state,
            data=json.dumps(word.data, ensure_ascii=False, sort_keys=True),
            changed_at=word.changed_at,
            actor=word.by,
            at_us=round(datetime.fromisoformat(word.changed_at).timestamp() * 1_000_000),
        )

    @property
    def _state(self) -> int:
        """The number that names what `every` answers now."""
        self.every()
        return self._words.known[0] if self._words.known is not None else 0

    def _read(self, rows: Iterable[Row]) -> Iterable[W]:
        for subject, number, data, state, changed_at, by in rows:
            yield self._said.kind(subject, number, json.loads(data), state, changed_at, by)
