"""What the answers of the receipt's page need from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.feedback import Feedback, Marks


class FeedbackBook(Protocol):
    """What customers said of their purchases, as the cloud told it. Erasing a member takes her words out of it."""

    def put(self, said: Feedback) -> None:
        """The first answer of a receipt counts."""
        ...

    def latest(self, *, low: bool = False, most: int = 200) -> tuple[Feedback, ...]:
        """The latest first; with `low` only marks of 2 or less."""
        ...

    def marks(self) -> Marks: ...
    def low_since(self, day: str) -> tuple[Feedback, ...]:
        """Members' low marks from that day (ISO) on, oldest first."""
        ...
