"""What writing to members needs from the books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from storeapp.domain.outreach import Candidate, Due, Outcome
from storeapp.domain.outreach_reasons import Lapsing


class Outreach(Protocol):
    """The short list of each morning, and what became of it."""

    def put_day(self, day: date, chosen: Iterable[Candidate]) -> None:
        """The list of that day in its order; who stands on it already stays as she stands."""
        ...

    def of_day(self, day: date) -> tuple[Due, ...]: ...
    def settle(self, day: date, member_id: str, outcome: Outcome, *, by: str, at: str) -> None: ...
    def last_written(self) -> dict[str, date]:
        """The last day each member was really written to."""
        ...

    def since(self, day: date) -> tuple[Due, ...]:
        """Everything from that day on, oldest first."""
        ...

    def agreed(self) -> Iterator[str]:
        """Who agrees to be written to; of a yes and a no of one moment the no counts."""
        ...

    def lapsing(self, start: date, end: date) -> Iterator[Lapsing]:
        """Members' coupons that lapse in these days, both included."""
        ...
