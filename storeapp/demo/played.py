"""Played: what came of the days, in numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it."""

    pictures: int
    sales: int
    total_fen: int
    loop: dict[str, int]
