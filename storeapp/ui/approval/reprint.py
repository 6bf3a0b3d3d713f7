"""A copy of a receipt from any screen: the copy too many asks somebody first."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.printing import PrintJob
from storeapp.domain.staff import Staff
from storeapp.till import printing
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk


def reprint(
    desk: Desk,
    staff: Staff,
    receipt: str,
    ask: Ask | None,
    *,
    ok: Callable[[PrintJob], None],
    fail: Callable[[Exception], None],
) -> None:
    """Prints it, after a yes where one is needed."""

    def deed(approval_id: str | None) -> None:
        desk.work.db(
            lambda: printing.reprint(
                desk.shop, receipt, clock=desk.clock, ids=desk.ids, by=staff.code, approval_id=approval_id
            ),
            ok=ok,
            fail=fail,
        )

    with desk.shop.reading() as books:
        too_many = printing.one_copy_too_many(books, receipt)
    if too_many is None or ask is None:
        deed(None)
    else:
        ask("reprint_more", too_many, then=deed, about=receipt)
