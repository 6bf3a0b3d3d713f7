"""What a check found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """`word` names the rule, `what` the thing that breaks it, `detail` how."""

    word: str
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.word}: {self.what} {self.detail}"


def against_journal(
    word: str, what: str, kept: Iterable[tuple[str, Any]], told: Mapping[str, Any]
) -> Iterator[Finding]:
    """Where what is `kept` in a table is not what its journal entry `told`."""
    for name, value in kept:
        if told.get(name) != value:
            yield Finding(word, what, f"{name} is {value!r}, the journal says {told.get(name)!r}")
