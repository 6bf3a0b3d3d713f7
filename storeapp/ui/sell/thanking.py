"""After a member's sale: what she is thanked for is given, and told at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.ui.desk import Desk
from storeapp.ui.sell.view import SellView

if TYPE_CHECKING:
    from storeapp.till.thanking import Thanks


def thank_her(desk: Desk, view: SellView, member_id: str) -> None:
    """What she bought may have lifted her, or be what she and whoever brought her are thanked for."""

    def thanked() -> Thanks:
        # after a sale: a start does not wait for it
        from storeapp.till.thanking import thank

        return thank(desk.shop, member_id, clock=desk.clock)

    def told(thanks: Thanks) -> None:
        if thanks.stamped:
            view.done("stamped")
        if thanks.risen:
            view.done("risen")

    desk.work.db(thanked, ok=told, fail=view.tell)
