"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`word` names the rule, `what` the thing that breaks it, `detail` how."""

    word: str
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.word}: {self.what} {self.detail}"
