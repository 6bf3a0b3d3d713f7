"""Coupon holds' table: which basket holds which coupon, and until when."""

from __future__ import annotations

from storeapp.database.statements.coupon_holds import DROP, EVERY, OF_CODE, OF_HOLDER, PUT
from storeapp.database.work import Row, Work
from storeapp.domain.coupon_hold import Hold


class HoldTable:
    """Implements `till.ports_coupons.CouponHolds`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_code(self, code: str) -> Hold | None:
        row = self._work.one(OF_CODE, code=code)
        return None if row is None else Hold(*row)

    def of_holder(self, holder: str) -> tuple[Hold, ...]:
        return _holds(self._work.all(OF_HOLDER, holder=holder))

    def every(self) -> tuple[Hold, ...]:
        return _holds(self._work.all(EVERY))

    def put(self, hold: Hold) -> None:
        self._work.run(
            PUT,
            code=hold.code,
            holder=hold.holder,
            until=hold.until,
            coupon_id=hold.coupon_id,
            txn_id=hold.txn_id,
            sale_id=hold.sale_id,
        )

    def drop(self, code: str) -> None:
        self._work.run(DROP, code=code)


def _holds(rows: list[Row]) -> tuple[Hold, ...]:
    return tuple(Hold(*row) for row in rows)
