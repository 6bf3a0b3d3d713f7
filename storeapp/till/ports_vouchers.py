"""What vouchers need from the books."""

from __future__ import annotations

from typing import Protocol


class Vouchers(Protocol):
    """Numbers of vouchers this till has taken."""

    def receipt_of(self, number: str) -> str:
        """The receipt it was taken for; "" while it is good."""
        ...

    def take(self, number: str, *, receipt: str) -> bool:
        """Taken for that receipt; False if it was taken before, and then nothing changes."""
        ...

    def give_back(self, number: str, *, receipt: str) -> None:
        """What was taken for that receipt is good again."""
        ...
