"""What group orders need from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.group_order import GroupOrder, Pick, ToldOrder
from storeapp.domain.group_sheet import GroupSheet


class GroupsElsewhere(Protocol):
    """What the cloud tells of other tills' sheets and orders, and of what was fetched at other tills."""

    def put_sheet(self, device_id: str, sheet: GroupSheet) -> None:
        """A sheet of that till; of two words about one the later stays."""
        ...

    def put_order(self, told: ToldOrder) -> None:
        """Instead of what was told of it before. Its sheet comes by itself."""
        ...

    def put_pick(self, pick: Pick) -> None:
        """Instead of what was told of this order and this sale before."""
        ...

    def by_code(self, code: str) -> ToldOrder | None: ...
    def of_member(self, member_id: str) -> tuple[GroupOrder, ...]:
        """Hers, and those of whoever was merged into her, oldest first."""
        ...

    def handed_out(self) -> tuple[tuple[GroupSheet, Pick], ...]:
        """What this till handed out of others' orders, with the sheet where that has come, by sale."""
        ...


class Groups(Protocol):
    """The sheets of this till, what was ordered on them and what was fetched; what is of other tills is `elsewhere`."""

    @property
    def elsewhere(self) -> GroupsElsewhere: ...

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

    def picks(self, order_id: str) -> tuple[Pick, ...]:
        """In the order of their moments, those at other tills among them."""
        ...

    def picks_of(self, sheet_id: str) -> dict[str, tuple[Pick, ...]]:
        """By order, of the whole sheet."""
        ...

    def forget_names(self, sheet_id: str) -> int:
        """The names and phones of those who are no members go; returns of how many orders."""
        ...
