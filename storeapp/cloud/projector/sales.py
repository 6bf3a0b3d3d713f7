"""Sales: a sale of a till enters the books whole, whatever else may be wrong with it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from storeapp.cloud import aliases
from storeapp.cloud.claims import rewards
from storeapp.cloud.database import insert_new
from storeapp.cloud.projector.bodies import CouponUseBody, SaleBody
from storeapp.cloud.projector.work import Event, Sold, Work
from storeapp.cloud.tables.directory import directory_token
from storeapp.cloud.tables.offers import coupon_use
from storeapp.cloud.tables.sales import VOUCHER, receipt, sale, sale_line, sale_tender
from storeapp.domain import capture
from storeapp.domain.capture import BadToken
from storeapp.domain.ledger import Leg, Txn, coupon_account
from storeapp.wire import codec

LOST_ACCOUNT = "loss.offline"
# what a sale says of itself under the name of its column
_COLUMNS = (
    *("receipt", "business_date", "at", "cashier", "member_id", "offer_id", "token", "request_id", "points_earned"),
    *("goods_fen", "discount_fen", "total_fen", "coupon_fen", "rounding_fen", "due_fen", "change_fen"),
)


def sold(work: Work, event: Event, body: SaleBody) -> None:
    """A sale: its rows, its receipt, its ledger transaction; each coupon counts once."""
    if body.training:
        return
    source = work.source
    key = {"device_id": source.device_id, "sale_id": body.sale_id}
    moment = datetime.fromisoformat(body.at)
    work.add(
        sale,
        key
        | body.model_dump(include=set(_COLUMNS))
        | {
            "event_id": event.event_id,
            "epoch": event.epoch,
            "seq": event.seq,
            "store_id": source.store_id,
            "till_id": source.till_id,
            "sold_at": moment,
            "hour": moment.hour,
        },
    )
    for line in body.lines:
        why = codec.canonical(line.why).decode("utf-8")
        work.add(sale_line, key | line.model_dump(exclude={"why"}) | {"why": why})
    for n, tender in enumerate(body.tenders, start=1):
        work.add(sale_tender, key | {"n": n, "kind": tender.kind, "fen": tender.fen, "ref": tender.ref})
        if tender.kind == VOUCHER and tender.ref:
            work.vouchers[tender.ref] = event
    _check_money(work, event, body)
    token = _receipt(work, event, body)
    legs = tuple(leg.leg() for leg in body.ledger.legs)
    for use in body.coupons:
        legs = _redeem(work, event, body, use, legs)
    lots = tuple(move for use in body.cards for move in use.moves())
    txn = Txn(body.ledger.txn_id, body.ledger.kind, body.at, legs, member_id=body.member_id, lots=lots)
    work.posting.txn(txn)
    work.sold.append(Sold(token, txn, body.receipt))


def _check_money(work: Work, event: Event, body: SaleBody) -> None:
    paid = sum(tender.fen for tender in body.tenders) - body.change_fen
    taken = sum(leg.amount for leg in body.ledger.legs if leg.account.startswith("tender."))
    if not paid == taken == body.due_fen or body.total_fen + body.rounding_fen != body.due_fen:
        work.flag(event, "money_differs")
    if sum(line.net_fen for line in body.lines) != body.total_fen:
        work.flag(event, "lines_differ")


def _receipt(work: Work, event: Event, body: SaleBody) -> str:
    """The receipt row of a sale whose token is this tenant's own; "" when the token is not."""
    token = ""
    try:
        head = capture.head_of(body.token)
        token = capture.canonical(body.token)
        if head.version == capture.STANDALONE_VERSION:
            work.add(directory_token, {"token": token})
        elif work.tills.proven(token)[1].tenant_id != work.tenant_id:
            raise BadToken
    except BadToken:
        work.flag(event, "token_invalid")
        return ""
    work.add(receipt, {"token": token, "device_id": work.source.device_id, "sale_id": body.sale_id, "state": "known"})
    return token


def _redeem(work: Work, event: Event, body: SaleBody, use: CouponUseBody, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The legs to post: those of the sale, or, for a coupon another sale had redeemed, with the shop's loss instead."""
    row = {
        "tenant_id": work.tenant_id,
        "coupon_id": use.coupon_id,
        "device_id": work.source.device_id,
        "sale_id": body.sale_id,
        "fen": use.fen,
    }
    insert_new(work.connection, coupon_use, [row])
    asked = sa.select(coupon_use.c.sale_id).where(
        coupon_use.c.tenant_id == work.tenant_id, coupon_use.c.coupon_id == use.coupon_id
    )
    first = work.connection.execute(asked).scalar_one()
    if first == body.sale_id:
        state = rewards.redeemed(work.posting, use.coupon_id, member_id=body.member_id)
        if state == "void":
            coupon_spent(work, event, use.coupon_id, body.sale_id)
        elif state != "issued":
            work.flag(event, f"coupon_{state}")
        return legs
    work.flag(event, "coupon_twice")
    facts = {"coupon_id": use.coupon_id, "first": first, "second": body.sale_id, "fen": use.fen}
    work.posting.alarm("coupon_twice", facts)
    spent = coupon_account(use.coupon_id)
    return tuple(
        Leg(LOST_ACCOUNT, leg.unit, leg.amount) if leg.account == spent and leg.amount < 0 else leg for leg in legs
    )


def coupon_spent(work: Work, event: Event, coupon_id: str, sale_id: str) -> None:
    """One till took back what had paid at another, whichever of the two is told first."""
    work.flag(event, "coupon_spent")
    work.posting.alarm("coupon_spent", {"coupon_id": coupon_id, "first": sale_id})


def settle(work: Work) -> None:
    """Writes the sales collected; tells the tills of members' points; answers claims that waited for a receipt."""
    insert_new(work.connection, directory_token, work.rows_of(directory_token))
    work.write(sale, sale_line, sale_tender)
    insert_new(work.connection, receipt, work.rows_of(receipt))
    tell_members(work, [sold.txn for sold in work.sold])
    rewards.complete(work.posting, [sold.token for sold in work.sold if sold.token])


def tell_members(work: Work, txns: Sequence[Txn]) -> None:
    """Tells each member's own stores of what touched her."""
    stores = aliases.homes(
        work.connection, work.tenant_id, (txn.member_id for txn in txns if txn.member_id is not None)
    )
    for txn in txns:
        if txn.member_id in stores:
            work.posting.tell_txn(stores[txn.member_id], txn)
