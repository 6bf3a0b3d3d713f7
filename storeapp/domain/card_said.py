"""What papers say of the cards that took goods, or have times again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from storeapp.domain.receipt_text import printable
from storeapp.domain.tender_names import Words

if TYPE_CHECKING:
    from storeapp.domain.card_use import CardBack, CardUse


def left_on(uses: Sequence[CardUse], words: Words) -> Iterator[tuple[str, str]]:
    """What is left of each card that took goods, and until when it does."""
    for used in uses:
        yield printable(used.name), _left(used.before, used.after, words)
        if used.until:
            yield words.t("Good until"), used.until


def again_on(backs: Sequence[CardBack], words: Words) -> Iterator[tuple[str, str]]:
    """The cards that have times again."""
    for back in backs:
        yield printable(back.name), _left(back.after - back.times, back.after, words)


def _left(before: int, after: int, words: Words) -> str:
    return words.t("{before} → {after} times left").format(before=before, after=after)
