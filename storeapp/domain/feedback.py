"""Feedback: the one question on the receipt's page, answered once a receipt with a mark from 1 to 5 and one line."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.one_line import is_one_line
from storeapp.errors import Refused

MARKS = (1, 2, 3, 4, 5)
LOW = 2
"""Who gives this or less is worth a word of apology."""
WORDS_MAX = 100


@dataclass(eq=False)
class BadFeedback(Refused):
    """A mark is a whole number from 1 to 5, and the words one line of at most 100 characters; `what` will not do."""

    what: str
    word = "bad_feedback"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of one purchase. `receipt` is its number, `member_id` whose it was, if anybody's."""

    token: str
    mark: int
    words: str
    at: str
    receipt: str = ""
    member_id: str | None = None

    def __post_init__(self) -> None:
        if self.mark not in MARKS:
            raise BadFeedback("mark")
        if not is_one_line(self.words, most=WORDS_MAX):
            raise BadFeedback("words")

    @property
    def is_low(self) -> bool:
        return self.mark <= LOW


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks together: how many of each, from 1 to 5."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def low(self) -> int:
        return sum(self.counts[:LOW])

    @property
    def average_tenths(self) -> int | None:
        """43 is 4.3, rounded half up; None before the first answer."""
        if not self.answers:
            return None
        weighed = sum(mark * count for mark, count in zip(MARKS, self.counts, strict=True))
        return (weighed * 20 + self.answers) // (2 * self.answers)
