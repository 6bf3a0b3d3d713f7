"""Vouchers: a till takes a number once; one that two tills took, as can happen offline, is told the owner."""

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from storeapp.cloud.projector.work import Work
from storeapp.cloud.tables.refunds import refund, refund_tender
from storeapp.cloud.tables.sales import VOUCHER, sale, sale_tender


def settle(work: Work) -> None:
    """Looks at the vouchers of this batch's sales, once those and the refunds are written."""
    for number, facts in taken_twice(work.connection, work.tenant_id, work.vouchers):
        work.posting.alarm("voucher_twice", {"number": number, **facts})
        work.flag(work.vouchers[number], "voucher_twice")


def taken_twice(
    connection: sa.Connection, tenant_id: str, numbers: Collection[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Vouchers among these that more than one sale keeps, with those sales and what they took it for."""
    if not numbers:
        return
    same = sa.and_(
        *(sale.c[name] == sale_tender.c[name] for name in ("tenant_id", "device_id", "sale_id")),
    )
    asked = (
        sa.select(sale_tender.c.ref, sale.c.receipt, sale_tender.c.fen)
        .select_from(sale_tender.join(sale, same))
        .where(sale.c.tenant_id == tenant_id, sale_tender.c.tenant_id == tenant_id)
        .where(sale_tender.c.kind == VOUCHER, sale_tender.c.ref.in_(numbers))
        .order_by(sale_tender.c.ref, sale.c.sold_at, sale.c.receipt)
    )
    taken: dict[str, dict[str, int]] = {}
    for number, receipt, fen in connection.execute(asked):
        taken.setdefault(number, {})[receipt] = fen
    for number, receipts in taken.items():
        # whoever brought everything back has her voucher again, and may use it anywhere
        kept = dict(receipts) if len(receipts) < 2 else _kept(connection, tenant_id, number, receipts)
        if len(kept) > 1:
            yield number, {"receipts": list(kept), "fen": sum(kept.values())}


def _kept(connection: sa.Connection, tenant_id: str, number: str, receipts: dict[str, int]) -> dict[str, int]:
    """Without those that gave it back."""
    same = sa.and_(
        *(refund.c[name] == refund_tender.c[name] for name in ("tenant_id", "device_id", "refund_id")),
    )
    asked = (
        sa.select(refund.c.sale_receipt)
        .select_from(refund_tender.join(refund, same))
        .where(refund.c.tenant_id == tenant_id, refund.c.sale_receipt.in_(sorted(receipts)))
        .where(refund_tender.c.tenant_id == tenant_id, refund_tender.c.kind == VOUCHER, refund_tender.c.ref == number)
    )
    back = set(connection.execute(asked).scalars())
    return {receipt: fen for receipt, fen in receipts.items() if receipt not in back}
