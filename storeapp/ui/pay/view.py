"""What the paying presenter asks of its one view."""

from __future__ import annotations

from typing import Protocol

from storeapp.ui.pay.state import PayState


class PayView(Protocol):
    def show(self, state: PayState) -> None: ...
    def close(self) -> None:
        """The sale is in the books."""
        ...

    def open_found(self) -> None:
        """A payment the last start left behind is to be seen at once."""
        ...

    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`given_back`, `giving_back_unclear`, `set_aside`."""
        ...

    def beep(self) -> None: ...
