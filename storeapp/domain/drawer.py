"""The drawer: signed movements of money, of which everything expected is the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from storeapp.domain.one_line import is_one_line
from storeapp.domain.sale import Sale
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

Doc = Literal[
    "float", "sale", "refund", "topup", "topup_refund", "card_sold", "card_refund", "payment", "cash_in", "cash_out",
    "expense", "drop", "no_sale",
]  # fmt: skip
CashKind = Literal["cash_in", "cash_out", "expense", "drop", "no_sale"]
CASH_KINDS: tuple[CashKind, ...] = get_args(CashKind)
NEEDS_REASON: frozenset[CashKind] = frozenset({"cash_in", "cash_out", "expense", "no_sale"})
PREPAID: frozenset[Doc] = frozenset({"topup", "topup_refund", "card_sold", "card_refund"})
"""Documents of money that is paid in beforehand, or paid back of it."""
REASON_MAX = 100
MOST_FEN = 100_000_000
"""A million yuan: what a slip of the finger makes, and no drawer holds."""


MOVED_FEN = 10_000_000
"""A hundred thousand yuan: nobody puts more into a drawer at once, or takes it out."""


@dataclass(eq=False)
class BadCashMove(Refused):
    """Cash cannot move like this: `why` is kind, amount or reason."""

    why: str
    word = "bad_cash_move"


@dataclass(frozen=True, slots=True)
class Movement:
    """`fen` of one tender that came in (above zero) or went out, by one document. `at` is ISO 8601."""

    doc: Doc
    doc_id: str
    tender: TenderKind
    fen: int
    at: str
    shift_id: str | None = None


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash put in or taken out without a sale: `fen` is never negative, `kind` says which way. `by` did it."""

    move_id: str
    kind: CashKind
    fen: int
    reason: str
    by: str
    at: str
    shift_id: str | None = None
    request_id: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in CASH_KINDS:
            raise BadCashMove("kind")
        is_right = self.fen == 0 if self.kind == "no_sale" else 0 < self.fen <= MOST_FEN
        if not is_right:
            raise BadCashMove("amount")
        if not is_one_line(self.reason, most=REASON_MAX):
            raise BadCashMove("reason")
        if self.kind in NEEDS_REASON and not self.reason.strip():
            raise BadCashMove("reason")

    def sensible(self) -> CashMove:
        """The move, if a hand can make it today; what older books hold is read as it is. Raises BadCashMove."""
        if self.fen > MOVED_FEN:
            raise BadCashMove("amount")
        return self

    @property
    def signed_fen(self) -> int:
        """What the drawer gains by it."""
        return self.fen if self.kind == "cash_in" else -self.fen


def of_sale(sale: Sale) -> dict[TenderKind, int]:
    """What a sale brings in, by tender: cash is what stays, change is given in cash whatever was paid with."""
    taken: dict[TenderKind, int] = {}
    for tender in sale.tenders:
        taken[tender.kind] = taken.get(tender.kind, 0) + tender.amount.fen
    if sale.change.fen:
        taken["cash"] = taken.get("cash", 0) - sale.change.fen
    return {kind: fen for kind, fen in taken.items() if fen}


def expected(movements: Iterable[Movement]) -> Mapping[TenderKind, int]:
    """The money that must be there, by tender."""
    found: dict[TenderKind, int] = {}
    for movement in movements:
        found[movement.tender] = found.get(movement.tender, 0) + movement.fen
    return found
