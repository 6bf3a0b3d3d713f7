"""Group orders: each till of a store hears of the others', and of what was fetched; twice is told the owner.

Nothing a till handed out is ever refused: both sales stand. What is told is told as it stands now, so that it may be
heard in any order and as often as it comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.database import insert_new
from storeapp.cloud.projector.group_bodies import GroupChanged, OrderCancelled, OrderPicked, OrderTaken
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.groups import group_order, group_pick
from storeapp.cloud.tables.refunds import refund, refund_line
from storeapp.cloud.tables.sales import sale, sale_line
from storeapp.wire import codec

_EPOCH = 2**40


def changed(work: Work, event: Event, body: GroupChanged) -> None:
    """A sheet as it stands at its till; the moment it was said decides, at whoever hears of it."""
    said = body.model_dump() | {"device_id": work.source.device_id}
    work.posting.tell(feeds.Row(feeds.members_of(work.source.store_id), "group.sheet", said))


def taken(work: Work, event: Event, body: OrderTaken) -> None:
    """An order, or the known one with other lines."""
    text = codec.canonical(body.model_dump() | {"device_id": work.source.device_id}).decode("utf-8")
    _say(work, event, body.order_id, "said", {"body": text, "code": body.code})


def cancelled(work: Work, event: Event, body: OrderCancelled) -> None:
    """Nobody comes for it."""
    _say(work, event, body.order_id, "unsaid", {"cancelled_at": body.at})


def picked(work: Work, event: Event, body: OrderPicked) -> None:
    """What a sale fetched of an order."""
    row = {
        "order_id": body.order_id,
        "sale_id": body.sale_id,
        "store_id": work.source.store_id,
        "receipt": body.receipt,
        "at": event.at,
        "lines": codec.canonical([list(line) for line in body.lines]).decode("utf-8"),
    }
    work.add(group_pick, row)
    work.fetched[body.order_id] = event


def settle(work: Work) -> None:
    """Tells what became of orders by this batch, once its sales and refunds are written."""
    receipts = {each.receipt for each in work.sold} | {each.sale_receipt for each in work.brought if each.sale_receipt}
    moved = set(work.fetched) | _orders_of(work, receipts)
    # two tills that hand out one order at a time wait for each other here, always in the same order
    held = {order_id: _hold(work, order_id) for order_id in sorted(moved | set(work.ordered))}
    insert_new(work.connection, group_pick, work.rows_of(group_pick))
    for order_id, order in held.items():
        feed, picks = feeds.members_of(order["store_id"]), picks_of(work.connection, work.tenant_id, order_id)
        if order_id in work.ordered and order["body"]:
            said = codec.loads(order["body"].encode("utf-8")) | {"cancelled_at": _cancelled_at(order)}
            work.posting.tell(feeds.Row(feed, "group.order", said))
        if order_id in moved:
            for pick in picks:
                work.posting.tell(feeds.Row(feed, "group.pick", pick))
        if order_id in work.ordered or order_id in work.fetched:
            _warn(work, order, picks)


def _say(work: Work, event: Event, order_id: str, which: str, word: dict[str, Any]) -> None:
    place = event.epoch * _EPOCH + event.seq
    work.ordered[order_id].append((which, place, word | {"store_id": work.source.store_id}))


def _hold(work: Work, order_id: str) -> dict[str, Any]:
    """The order as it stands with the words of this batch, locked; an empty one where no word of it has come."""
    key = {"tenant_id": work.tenant_id, "order_id": order_id}
    empty = {"store_id": work.source.store_id, "code": "", "body": "", "said": 0, "unsaid": 0, "cancelled_at": ""}
    insert_new(work.connection, group_order, [key | empty])
    this = sa.and_(group_order.c.tenant_id == work.tenant_id, group_order.c.order_id == order_id)
    row = work.connection.execute(sa.select(group_order).where(this).with_for_update()).one()
    order = dict(row._mapping)
    words = work.ordered.get(order_id, [])
    for which, place, word in words:
        # what waited in quarantine may come late
        if place > order[which]:
            order |= word | {which: place}
    if words:
        changed = {name: order[name] for name in empty}
        work.connection.execute(sa.update(group_order).where(this).values(changed))
    return order


def _cancelled_at(order: Mapping[str, Any]) -> str:
    """Empty where it was taken again after that."""
    return str(order["cancelled_at"]) if order["unsaid"] > order["said"] else ""


def _orders_of(work: Work, receipts: Iterable[str]) -> set[str]:
    """The orders these sales fetched something of."""
    numbers = sorted(receipts)
    if not numbers:
        return set()
    asked = sa.select(group_pick.c.order_id).where(
        group_pick.c.tenant_id == work.tenant_id, group_pick.c.receipt.in_(numbers)
    )
    return set(work.connection.execute(asked).scalars())


def picks_of(connection: sa.Connection, tenant_id: str, order_id: str) -> list[dict[str, Any]]:
    """What was fetched of an order, with what was paid for it and stayed."""
    this = sa.and_(group_pick.c.tenant_id == tenant_id, group_pick.c.order_id == order_id)
    asked = sa.select(group_pick).where(this).order_by(group_pick.c.at, group_pick.c.sale_id)
    found = []
    for row in connection.execute(asked).all():
        lines = codec.loads(row.lines.encode("utf-8"))
        codes = {number: code for number, code, _milli in lines}
        is_void, back_fen = _back(connection, tenant_id, row.receipt, codes)
        paid_fen = _paid(connection, tenant_id, row.sale_id, sorted(codes))
        told = {name: getattr(row, name) for name in ("order_id", "sale_id", "receipt", "at")}
        found.append(told | {"lines": lines, "is_void": is_void, "left_fen": max(0, paid_fen - back_fen)})
    return found


def trouble(order: Mapping[str, Any], picks: Sequence[Mapping[str, Any]]) -> tuple[str, list[str]]:
    """What the owner has to hear of an order and of what was fetched of it, with the goods it is about; or ""."""
    kept = [pick for pick in picks if not pick["is_void"]]
    if not order["body"] or not kept:
        return "", []
    ordered = {line["code"]: line["milli"] for line in codec.loads(order["body"].encode("utf-8"))["lines"]}
    gone: dict[str, int] = {}
    for pick in kept:
        for _number, code, milli in pick["lines"]:
            gone[code] = gone.get(code, 0) + milli
    codes = sorted(code for code, milli in gone.items() if milli > ordered.get(code, 0))
    return "pickup_twice" if codes else "pickup_cancelled" if _cancelled_at(order) else "", codes


def _paid(connection: sa.Connection, tenant_id: str, sale_id: str, numbers: list[int]) -> int:
    same = sa.and_(*(sale.c[name] == sale_line.c[name] for name in ("tenant_id", "device_id", "sale_id")))
    asked = (
        sa.select(sa.func.coalesce(sa.func.sum(sale_line.c.net_fen), 0))
        .select_from(sale_line.join(sale, same))
        .where(sale.c.tenant_id == tenant_id, sale_line.c.tenant_id == tenant_id)
        .where(sale.c.sale_id == sale_id, sale_line.c.n.in_(numbers))
    )
    return int(connection.execute(asked).scalar_one())


def _back(connection: sa.Connection, tenant_id: str, receipt: str, codes: dict[int, str]) -> tuple[bool, int]:
    """Whether the sale was taken back whole, and the fen that came back for these lines, by their number."""
    same = sa.and_(*(refund.c[name] == refund_line.c[name] for name in ("tenant_id", "device_id", "refund_id")))
    asked = (
        sa.select(refund.c.kind, refund.c.sale_id, refund_line.c.line, refund_line.c.code, refund_line.c.net_fen)
        .select_from(refund_line.join(refund, same))
        .where(refund.c.tenant_id == tenant_id, refund_line.c.tenant_id == tenant_id)
        .where(refund.c.sale_receipt == receipt)
    )
    is_void, fen = False, 0
    for kind, sale_id, number, code, net_fen in connection.execute(asked).all():
        is_void = is_void or (kind == "void" and sale_id is not None)
        # a till that does not know the sale names the goods alone
        is_ours = number in codes if sale_id is not None else code in codes.values()
        fen += net_fen if is_ours else 0
    return is_void, int(fen)


def _warn(work: Work, order: dict[str, Any], picks: list[dict[str, Any]]) -> None:
    """More was handed out than was ordered, or something that was cancelled: the owner hears of it."""
    word, codes = trouble(order, picks)
    if not word:
        return
    receipts = [pick["receipt"] for pick in picks if not pick["is_void"]]
    facts = {"order_id": order["order_id"], "pickup": order["code"], "receipts": receipts}
    work.posting.alarm(word, facts | ({"codes": codes} if codes else {}))
    event = work.fetched.get(order["order_id"])
    if event is not None:
        work.flag(event, word)
