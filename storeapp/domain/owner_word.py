"""The owner's words: what he said of one document, each time he said something, and none of it ever undone.

A document is drafted, goes live, ends. Putting another text makes the next version, as a draft again; of two words
about one document the later stands, wherever they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

WordState = Literal["draft", "live", "ended"]
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")


@dataclass(frozen=True, slots=True)
class OwnerWord:
    """One word about document `subject`: its text `data` as the public format has it, and what state it is in.

    `changed_at` is ISO 8601 with an offset, `by` the staff code of whoever said it.
    """

    subject: str
    number: int
    data: Mapping[str, Any] = field(default_factory=dict)
    state: WordState = "draft"
    changed_at: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        return str(self.data.get("name", self.subject))


W = TypeVar("W", bound=OwnerWord)


def is_id(text: object) -> bool:
    """1 to 40 letters, digits, - or _."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def newest(words: Iterable[W]) -> tuple[W, ...]:
    """Of each document the word said last, by document; of words said in one moment the later one of the list."""
    found: dict[str, W] = {}
    for word in words:
        known = found.get(word.subject)
        if known is None or _moment(word) >= _moment(known):
            found[word.subject] = word
    return tuple(found[subject] for subject in sorted(found))


def next_draft(before: W, data: Mapping[str, Any], *, at: str, by: str) -> W:
    """The next version, as a draft. The same text again is the same version."""
    if before.data == data:
        return before
    return replace(
        before, number=before.number + 1, data=data, state="draft", changed_at=moment_after(before, at), by=by
    )


def turned(before: W, state: WordState, *, at: str, by: str) -> W:
    """The same version in another state."""
    return before if before.state == state else replace(before, state=state, changed_at=moment_after(before, at), by=by)


def moment_after(before: OwnerWord, at: str) -> str:
    """`at`, or the very next moment after `before` where a clock has been set back: a word must not be lost by that."""
    last, now = _moment(before), datetime.fromisoformat(at)
    return at if now > last else (last + timedelta(microseconds=1)).isoformat()


def _moment(word: OwnerWord) -> datetime:
    return datetime.fromisoformat(word.changed_at)
