"""What the payment shows: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import ZERO, Money
from storeapp.domain.tender import Tender, TenderKind
from storeapp.errors import Refused

# ready: the cashier acts; asking: the provider is asked; unclear: it never said; saving: the sale is being written
Step = Literal["ready", "asking", "unclear", "saving"]


@dataclass(frozen=True, slots=True)
class PayState:
    """`due` is what is still to be paid in this kind (cash may be rounded), `given` what was taken already.

    `change` is known once what is typed covers the due; `refused` says why the last try failed, `said` what the
    provider answered (a closed word).
    """

    kind: TenderKind = "cash"
    kinds: tuple[TenderKind, ...] = ("cash", "code_manual")
    total: Money = ZERO
    due: Money = ZERO
    given: tuple[Tender, ...] = ()
    typed: str = ""
    change: Money | None = None
    missing: Money | None = None
    quick: tuple[Money, ...] = ()
    step: Step = "ready"
    refused: Refused | None = None
    said: str = ""
