"""What a key does to the lines: a quantity while it is typed, and the marks of a draft put back."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.quantity import quantity
from storeapp.ui.refund.state import BackLine, Draft, RefundState


def milli_of(typed: str) -> int:
    """The quantity that is typed so far; `2.` is two."""
    digits = typed.strip(".")
    return quantity(digits).milli if digits.strip("0.") else 0


def resumed(opened: RefundState, draft: Draft) -> RefundState:
    """The marks of the draft on the lines as they are now."""
    marks = {number: (milli, restock) for number, milli, restock in draft.marks}

    def marked(line: BackLine) -> BackLine:
        milli, restock = marks.get(line.sold.number, (0, None))
        return replace(line, milli=min(milli, line.left_milli), restock=restock)

    return replace(
        opened,
        lines=tuple(map(marked, opened.lines)),
        kind=draft.kind,
        in_cash=draft.in_cash,
        reason=draft.reason,
        own_reason=draft.own_reason,
    )
