"""Payments by code: what a provider may answer. Not knowing is an answer, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TakeState = Literal["paid", "refused", "waiting", "unknown"]


@dataclass(frozen=True, slots=True)
class Take:
    """The answer so far: `ref` is the provider's trade number, `reason` a closed word when refused."""

    state: TakeState
    ref: str = ""
    reason: str = ""

    @property
    def is_final(self) -> bool:
        return self.state in ("paid", "refused")
