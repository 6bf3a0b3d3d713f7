"""Refunds: what came back enters the books whole, and is held against what was sold, whichever came first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from storeapp.cloud.claims import rewards
from storeapp.cloud.projector.bodies import RefundBody
from storeapp.cloud.projector.sales import LOST_ACCOUNT, tell_members
from storeapp.cloud.projector.work import Brought, Event, Work
from storeapp.cloud.tables.offers import coupon, coupon_use
from storeapp.cloud.tables.refunds import refund, refund_line, refund_tender
from storeapp.cloud.tables.sales import receipt, sale, sale_line
from storeapp.domain.ledger import Leg, Txn, coupon_account

# what a refund says of itself under the name of its column
_COLUMNS = (
    *("receipt", "kind", "sale_id", "sale_receipt", "business_date", "at", "cashier", "member_id"),
    *("total_fen", "back_fen", "points", "reason"),
)
_COUPON = coupon_account("")


def brought(work: Work, event: Event, body: RefundBody) -> None:
    """A refund: its rows and its ledger transaction."""
    source = work.source
    key = {"device_id": source.device_id, "refund_id": body.refund_id}
    work.add(
        refund,
        key
        | body.model_dump(include=set(_COLUMNS))
        | {
            "event_id": event.event_id,
            "epoch": event.epoch,
            "seq": event.seq,
            "store_id": source.store_id,
            "till_id": source.till_id,
            "refunded_at": datetime.fromisoformat(body.at),
        },
    )
    for line in body.lines:
        work.add(refund_line, key | line.model_dump())
    for n, tender in enumerate(body.tenders, start=1):
        work.add(refund_tender, key | {"n": n, "kind": tender.kind, "fen": tender.fen, "ref": tender.ref})
    legs = _losses_back(work, body.sale_id, tuple(leg.leg() for leg in body.ledger.legs))
    given = -sum(leg.amount for leg in legs if leg.account.startswith("tender."))
    if not given == body.back_fen == sum(tender.fen for tender in body.tenders):
        work.flag(event, "money_differs")
    if sum(line.net_fen for line in body.lines) != body.total_fen:
        work.flag(event, "lines_differ")
    if body.is_last and body.sale_id is not None:
        _coupons_back(work, body.sale_id)
    lots = tuple(lot.move() for lot in body.ledger.lots)
    txn = Txn(body.ledger.txn_id, body.ledger.kind, body.at, legs, member_id=body.member_id, lots=lots)
    work.posting.txn(txn)
    work.brought.append(Brought(event, txn, body.sale_receipt, body.sale_id if body.is_last else None))


def _losses_back(work: Work, sale_id: str | None, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The same legs; but of a coupon that another sale keeps, the shop gets its loss back and nobody the coupon."""
    accounts = {leg.account for leg in legs if leg.amount > 0 and leg.unit == "coupon"}
    spent = sorted(account.removeprefix(_COUPON) for account in accounts if account.startswith(_COUPON))
    if not spent:
        return legs
    this = sa.and_(coupon_use.c.tenant_id == work.tenant_id, coupon_use.c.coupon_id.in_(spent))
    asked = sa.select(coupon_use.c.coupon_id).where(this, coupon_use.c.sale_id != sale_id)
    elsewhere = {coupon_account(coupon_id) for coupon_id in work.connection.execute(asked).scalars()}
    known = sa.select(coupon.c.coupon_id).where(
        coupon.c.tenant_id == work.tenant_id, coupon.c.coupon_id.in_([name.removeprefix(_COUPON) for name in elsewhere])
    )
    for coupon_id in sorted(work.connection.execute(known).scalars()):
        # the till that gave it back takes it for good again
        rewards.tell(work.posting, coupon_id)
    return tuple(Leg(LOST_ACCOUNT, leg.unit, leg.amount) if leg.account in elsewhere else leg for leg in legs)


def settle(work: Work) -> None:
    """Writes the refunds collected, after the sales of the same batch; undoes what is undone; looks for too much."""
    work.write(refund, refund_line, refund_tender)
    for each in work.brought:
        if each.undone is not None:
            _undo(work, each.undone)
    tell_members(work, [each.txn for each in work.brought])
    events = {each.sale_receipt: each.event for each in work.brought if each.sale_receipt}
    # a till that was offline may tell of its sale after another till has told of the refund
    numbers = sorted(events.keys() | {each.receipt for each in work.sold})
    for number, facts in over_refunded(work.connection, work.tenant_id, numbers):
        work.posting.alarm("over_refund", {"sale": number, **facts})
        if number in events:
            work.flag(events[number], "over_refund")
    for number, facts in _points_kept(work.connection, work.tenant_id, numbers):
        work.posting.alarm("points_kept", {"sale": number, **facts})


def _undo(work: Work, sale_id: str) -> None:
    """Nothing of the sale is left: its receipt is void with the coupon it promised."""
    tenant_id, connection = work.tenant_id, work.connection
    this = sa.and_(receipt.c.tenant_id == tenant_id, receipt.c.sale_id == sale_id)
    connection.execute(sa.update(receipt).where(this).values(state="void"))
    tokens = sa.select(receipt.c.token).where(this)
    for token in connection.execute(tokens).scalars().all():
        promised = sa.select(coupon.c.coupon_id).where(coupon.c.tenant_id == tenant_id, coupon.c.receipt_token == token)
        for coupon_id in connection.execute(promised).scalars().all():
            rewards.void(work.posting, coupon_id)


def _coupons_back(work: Work, sale_id: str) -> None:
    """Coupons the sale used are good again, and at once: the next event of the batch may use one of them."""
    used = sa.and_(coupon_use.c.tenant_id == work.tenant_id, coupon_use.c.sale_id == sale_id)
    for coupon_id in work.connection.execute(sa.select(coupon_use.c.coupon_id).where(used)).scalars().all():
        rewards.give_back(work.posting, coupon_id)
    work.connection.execute(sa.delete(coupon_use).where(used))


def over_refunded(
    connection: sa.Connection, tenant_id: str, numbers: Sequence[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Receipts among these of which more came back than was sold, with what is too much. Unknown sales wait."""
    if not numbers:
        return
    back = _back(connection, tenant_id, numbers)
    if not back:
        return
    asked = (
        sa.select(sale.c.receipt, sa.func.sum(sale.c.total_fen))
        .where(sale.c.tenant_id == tenant_id, sale.c.receipt.in_(sorted(back)))
        .group_by(sale.c.receipt)
    )
    totals = {number: int(fen) for number, fen in connection.execute(asked)}
    known = sorted(totals)
    of_sale, of_refund = sale.c.sale_id == sale_line.c.sale_id, refund.c.refund_id == refund_line.c.refund_id
    sold = _goods(connection, tenant_id, known, line=sale_line, of=of_sale, number=sale.c.receipt)
    returned = _goods(connection, tenant_id, known, line=refund_line, of=of_refund, number=refund.c.sale_receipt)
    for number in known:
        codes = sorted(code for code, milli in returned[number].items() if milli > sold[number].get(code, 0))
        if codes or back[number] > totals[number]:
            yield number, {"sold_fen": totals[number], "back_fen": back[number], "codes": codes}


def _points_kept(
    connection: sa.Connection, tenant_id: str, numbers: Sequence[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Points the member keeps of goods that came back at a till which did not know the sale: a person decides."""
    if not numbers:
        return
    same = sa.and_(sale.c.tenant_id == refund.c.tenant_id, sale.c.receipt == refund.c.sale_receipt)
    asked = (
        sa.select(
            sale.c.receipt, sale.c.member_id, sale.c.points_earned, sale.c.total_fen, sa.func.sum(refund.c.total_fen)
        )
        .select_from(refund.join(sale, same))
        .where(
            refund.c.tenant_id == tenant_id,
            sale.c.tenant_id == tenant_id,
            refund.c.sale_receipt.in_(numbers),
            refund.c.sale_id.is_(None),
            sale.c.points_earned > 0,
        )
        .group_by(sale.c.receipt, sale.c.member_id, sale.c.points_earned, sale.c.total_fen)
        .order_by(sale.c.receipt)
    )
    for number, member_id, earned, total_fen, back_fen in connection.execute(asked):
        points = min(earned, earned * int(back_fen) // max(total_fen, 1))
        if points:
            yield number, {"member_id": member_id, "points": points}


def _back(connection: sa.Connection, tenant_id: str, numbers: Sequence[str]) -> dict[str, int]:
    asked = (
        sa.select(refund.c.sale_receipt, sa.func.sum(refund.c.total_fen))
        .where(refund.c.tenant_id == tenant_id, refund.c.sale_receipt.in_(numbers))
        .group_by(refund.c.sale_receipt)
    )
    return {number: int(fen) for number, fen in connection.execute(asked)}


def _goods(
    connection: sa.Connection,
    tenant_id: str,
    numbers: Sequence[str],
    *,
    line: sa.Table,
    of: sa.ColumnElement[bool],
    number: sa.Column[str],
) -> dict[str, dict[str, int]]:
    """By receipt and code: the thousandths on these lines; `of` joins a line with its document of `number`."""
    document = number.table
    same = sa.and_(document.c.tenant_id == line.c.tenant_id, document.c.device_id == line.c.device_id, of)
    asked = (
        sa.select(number, line.c.code, sa.func.sum(line.c.qty_milli))
        .select_from(line.join(document, same))
        .where(line.c.tenant_id == tenant_id, document.c.tenant_id == tenant_id, number.in_(numbers))
        .group_by(number, line.c.code)
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for receipt_number, code, milli in connection.execute(asked):
        found[receipt_number][code] = int(milli)
    return found
