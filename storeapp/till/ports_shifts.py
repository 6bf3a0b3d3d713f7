"""What shifts and the drawer need from the books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from storeapp.domain.drawer import CashMove, Movement
from storeapp.domain.shift import Closing, Shift

if TYPE_CHECKING:
    from storeapp.domain.refund import Refund
    from storeapp.domain.shift_report import Sold


@dataclass(frozen=True, slots=True)
class ZRow:
    """A Z as it was issued. `supplement` is 0 for the shift's own, then 1, 2 … for what came late."""

    number: int
    shift_id: str
    supplement: int
    at: str
    grand_fen: int
    data: Mapping[str, Any]


class Drawer(Protocol):
    """Every movement of money, and every hand in the drawer."""

    def add(self, movement: Movement) -> None:
        """One more; a document moves each tender once."""
        ...

    def of_shift(self, shift_id: str | None) -> tuple[Movement, ...]:
        """The shift's movements in the order of their documents; None: those outside any shift."""
        ...

    def add_cash(self, move: CashMove) -> None: ...
    def cash_by_request(self, request_id: str) -> CashMove | None: ...
    def cash_of_shift(self, shift_id: str | None) -> tuple[CashMove, ...]: ...


class Shifts(Protocol):
    """The till's shifts and the Z reports it issued."""

    def current(self) -> Shift | None:
        """The one that is open."""
        ...

    def open(self, shift: Shift) -> None:
        """A second open shift never gets in: raises ShiftIsOpen."""
        ...

    def close(self, shift_id: str, closing: Closing) -> None:
        """The open shift ends; a closed one raises NoShift."""
        ...

    def by_id(self, shift_id: str) -> Shift | None: ...
    def by_number(self, number: int) -> Shift | None: ...
    def last(self) -> Shift | None: ...
    def at(self, moment: str) -> Shift | None:
        """The latest shift that was opened at or before `moment` (ISO 8601) and was not closed by then."""
        ...

    def on(self, business_date: str) -> tuple[Shift, ...]: ...
    def sold_in(self, shift_id: str) -> Iterator[Sold]:
        """The sales of a shift, oldest first."""
        ...

    def refunds_of(self, shift_id: str) -> tuple[Refund, ...]:
        """What came back in the shift, oldest first, for money or for none."""
        ...

    def next_number(self) -> int:
        """The next shift of this till, from 1."""
        ...

    def next_z(self) -> int:
        """The next Z number of this till, from 1, without gaps but where a life of the till was lost."""
        ...

    def skip_numbers(self, *, first: int) -> None:
        """The next shift and the next Z are numbered `first` or higher: another life may have printed those before."""
        ...

    def add_z(self, row: ZRow) -> None: ...
    def z_of(self, shift_id: str) -> tuple[ZRow, ...]:
        """The shift's Z and its supplements, in order."""
        ...

    def z(self, number: int) -> ZRow | None:
        """The Z of that number, as it was issued."""
        ...

    def last_z(self) -> ZRow | None: ...
