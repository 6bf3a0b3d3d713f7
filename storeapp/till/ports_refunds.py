"""What refunds need from the books."""

from __future__ import annotations

from typing import Protocol

from storeapp.domain.refund import Refund


class Refunds(Protocol):
    """Goods brought back. Only ever added to."""

    def add(self, refund: Refund, *, request_hash: str = "") -> None:
        """One more; it stands in the journal already."""
        ...

    def by_receipt(self, number: str) -> Refund | None: ...
    def by_request(self, request_id: str) -> tuple[Refund, str] | None: ...
    def of_sale(self, sale_id: str) -> tuple[Refund, ...]:
        """Everything brought back of a sale, oldest first; one of another till is named by its receipt's number."""
        ...

    def on(self, business_date: str) -> tuple[Refund, ...]: ...
    def back(self, sale_id: str) -> tuple[dict[int, int], dict[int, int]]:
        """By line of the sale: thousandths that came back, and the fen that went back for them."""
        ...
