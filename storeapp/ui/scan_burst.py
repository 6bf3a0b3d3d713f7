"""A burst of keys: tells a scanner, which types faster than any hand, from a person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanTiming:
    """A setting of the machine: scanners on a radio are slower than those on a cable."""

    gap_ms: int = 60
    min_length: int = 6


class Burst:
    """Collects characters that follow each other within the gap."""

    def __init__(self, timing: ScanTiming) -> None:
        self._timing = timing
        self._text = ""
        self._last_ms = 0

    def add(self, char: str, at_ms: int) -> bool:
        """Takes a character; True when it opens a new burst."""
        opens = not self._text or at_ms - self._last_ms >= self._timing.gap_ms
        self._text = char if opens else self._text + char
        self._last_ms = at_ms
        return opens

    def gap_ms(self, at_ms: int) -> int:
        """How long ago the last character came."""
        return at_ms - self._last_ms

    @property
    def length(self) -> int:
        return len(self._text)

    def finish(self, at_ms: int) -> str | None:
        """The code when the ending key comes, or None when a person typed. Empties the burst."""
        text, self._text = self._text, ""
        in_time = at_ms - self._last_ms < self._timing.gap_ms
        return clean(text) if in_time and len(text) >= self._timing.min_length else None

    def forget(self) -> None:
        self._text = ""


def clean(text: str) -> str:
    """A code as it is looked up: full-width digits made plain, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()
