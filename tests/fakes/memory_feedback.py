"""What customers said, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storeapp.domain.feedback import MARKS, Feedback, Marks


class MemoryFeedback:
    """Implements `till.ports_feedback.FeedbackBook`."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def put(self, said: Feedback) -> None:
        self._state.feedback.setdefault(said.token, said)

    def latest(self, *, low: bool = False, most: int = 200) -> tuple[Feedback, ...]:
        wanted = [said for said in self._state.feedback.values() if said.is_low or not low]
        return tuple(sorted(_by_token(wanted), key=lambda said: datetime.fromisoformat(said.at), reverse=True)[:most])

    def marks(self) -> Marks:
        given = [said.mark for said in self._state.feedback.values()]
        return Marks(tuple(given.count(mark) for mark in MARKS))

    def low_since(self, day: str) -> tuple[Feedback, ...]:
        low = [said for said in self._state.feedback.values() if said.is_low and said.member_id and said.at[:10] >= day]
        return tuple(sorted(_by_token(low), key=lambda said: datetime.fromisoformat(said.at)))


def _by_token(found: Iterable[Feedback]) -> list[Feedback]:
    return sorted(found, key=lambda said: said.token)
