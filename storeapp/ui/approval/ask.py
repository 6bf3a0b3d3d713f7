"""How a screen asks for an approval. Who answers is loaded with the first question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from storeapp.domain.money import Money
from storeapp.domain.staff import Right


class Ask(Protocol):
    """Asks for an approval of this very action, and goes on with its id; None where who asks may himself.

    `about` and `amount` tell the approver what it is. Nothing happens if nobody says yes.
    """

    def __call__(
        self,
        right: Right,
        payload: Mapping[str, Any],
        *,
        then: Callable[[str | None], None],
        about: str = "",
        amount: Money | None = None,
    ) -> None: ...


def nobody_to_ask(
    right: Right,
    payload: Mapping[str, Any],
    *,
    then: Callable[[str | None], None],
    about: str = "",
    amount: Money | None = None,
) -> None:
    """Without a window to ask in, whoever is at the till decides, and the deed itself checks his right."""
    then(None)
