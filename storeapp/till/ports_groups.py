"""What group orders need from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.group_order import GroupOrder, Pick
from storeapp.domain.group_sheet import GroupSheet


class Groups(Protocol):
    """The sheets of this till, what was ordered on them and what was fetched."""

    def put_sheet(self, sheet: GroupSheet) -> None:
        """A new sheet, or the known one as it is from now on."""
        ...

    def sheet(self, sheet_id: str) -> GroupSheet | None: ...
    def sheets(self) -> tuple[GroupSheet, ...]:
        """The newest first."""
        ...

    def put_order(self, order: GroupOrder) -> None:
        """A new order, or the known one with other lines or cancelled; its code and its number stay."""
        ...

    def by_code(self, code: str) -> GroupOrder | None: ...
    def order(self, order_id: str) -> GroupOrder | None: ...
    def orders(self, sheet_id: str) -> tuple[GroupOrder, ...]:
        """In the order they came, cancelled ones too."""
        ...

    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        """Hers, and those of whoever was merged into her, oldest first."""
        ...

    def add_pick(self, pick: Pick) -> None:
        """Its number is free, or the books refuse it."""
        ...

    def picks(self, order_id: str) -> tuple[Pick, ...]: ...
    def picks_of(self, sheet_id: str) -> dict[str, tuple[Pick, ...]]:
        """By order, of the whole sheet."""
        ...

    def forget_names(self, sheet_id: str) -> int:
        """The names and phones of those who are no members go; returns of how many orders."""
        ...
