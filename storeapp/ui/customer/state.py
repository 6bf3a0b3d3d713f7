"""What the customer sees: a value of its own, so that nothing of the cashier's screen can slip onto hers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import ZERO, Money
from storeapp.domain.tender import TenderKind

Phase = Literal["idle", "basket", "paid", "back"]


# wait: a wallet is asked; password: her phone asks for one; unknown: nobody may take this money another way; back: her
# money is on its way back
PaymentStep = Literal["open", "wait", "password", "unknown", "back"]


@dataclass(frozen=True, slots=True)
class ShownCut:
    """What the shop promised everybody, or her as a member; never what a cashier let her off."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ShownHers:
    """What of her own is about to pay: `amount` by `kind`, of at most `most`; `points` are how many points that is."""

    kind: TenderKind
    amount: Money
    most: Money
    points: int = 0


@dataclass(frozen=True, slots=True)
class ShownPayment:
    """Her payment as it stands: what she gave, what is left, what she shall do now."""

    step: PaymentStep
    left: Money
    given: tuple[tuple[TenderKind, Money], ...] = ()
    asked: Money = ZERO
    seconds: int = 0
    hers: ShownHers | None = None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as she may read it: no codes, no reasons, no notes of the shop."""

    name: str
    quantity: str
    total: Money
    saved: tuple[ShownCut, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownBack:
    """What goes back to her: `given` once it is done, by the ways in `parts`; `points` are taken back with it."""

    given: bool
    amount: Money
    parts: tuple[tuple[TenderKind, Money], ...] = ()
    points: int = 0


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Enough for her to know it is her."""

    name: str
    phone: str
    points: int
    will_earn: int


@dataclass(frozen=True, slots=True)
class ShownWish:
    """What a promotion would still give her: `gift` for nothing, or `missing` money or `count` pieces to reach it."""

    promotion: str
    missing: Money = ZERO
    count: int = 0
    gift: str = ""


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """Why to scan. `qr` is what the code holds, "" where there is none to scan; `code` is typed by hand instead."""

    headline: str
    small_print: str
    qr: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class CustomerState:
    """`discount` is all that was taken off; `change` is given back once she has paid.

    `payment` stands while she pays, `tenders` are what she paid with in the end; `value_left` is what is left of her
    stored value where some of it paid. `back` is set while goods come back; in an exchange `brought` is what they pay
    of her basket, and `gets` what is over.
    """

    phase: Phase = "idle"
    shop: str = ""
    lines: tuple[ShownLine, ...] = ()
    pieces: int = 0
    goods: Money = ZERO
    discount: Money = ZERO
    due: Money = ZERO
    change: Money = ZERO
    member: ShownMember | None = None
    offer: ShownOffer | None = None
    points_earned: int = 0
    points_spent: int = 0
    value_left: Money | None = None
    payment: ShownPayment | None = None
    tenders: tuple[tuple[TenderKind, Money], ...] = ()
    wish: ShownWish | None = None
    back: ShownBack | None = None
    rounding: Money = ZERO
    brought: Money = ZERO
    gets: Money = ZERO
