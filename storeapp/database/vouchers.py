"""Vouchers' table: each number, and the receipt it was taken for while it is taken."""

from __future__ import annotations

from storeapp.database.statements.vouchers import GIVE_BACK, RECEIPT_OF, TAKE
from storeapp.database.work import Work


class VoucherTable:
    """Implements `till.ports_vouchers.Vouchers`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def receipt_of(self, number: str) -> str:
        row = self._work.one(RECEIPT_OF, number=number)
        return "" if row is None else str(row[0])

    def take(self, number: str, *, receipt: str) -> bool:
        return self._work.one(TAKE, number=number, receipt=receipt) is not None

    def give_back(self, number: str, *, receipt: str) -> None:
        self._work.run(GIVE_BACK, its_number=number, its_receipt=receipt)
