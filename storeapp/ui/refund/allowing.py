"""Who has to say yes to a refund, asked one right after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storeapp.domain.money import Money
from storeapp.domain.staff import Right
from storeapp.ui.approval.ask import Ask

Given = tuple[tuple[Right, str], ...]


def when_all_say_yes(
    ask: Ask,
    rights: Sequence[Right],
    payload: Mapping[str, Any],
    *,
    about: str,
    amount: Money,
    go: Callable[[Given], None],
    given: Given = (),
) -> None:
    """Goes on with the approvals once nobody is left to ask; a no ends it."""
    if not rights:
        go(given)
        return
    right, *rest = rights

    def heard(approval_id: str | None) -> None:
        more = () if approval_id is None else ((right, approval_id),)
        when_all_say_yes(ask, rest, payload, about=about, amount=amount, go=go, given=(*given, *more))

    ask(right, payload, then=heard, about=about, amount=amount)
