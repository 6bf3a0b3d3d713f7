"""Gifts for points: a piece goes out in one transaction with her points and its slip, and comes back by its legs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from storeapp.domain.gift import BACK, KIND, Gift, GiftBackBefore, GiftGone, UnknownGift, code_of, entry, read_gifts
from storeapp.domain.ledger import Txn, legs_data, points_account
from storeapp.domain.lots import available, good_on, taken
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughPoints, NotGranted, joined_most
from storeapp.domain.printing import PrintJob
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import Right, checked_code
from storeapp.till import approvals, stock
from storeapp.till.moments import day_of, in_zone, today
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.printing import RECEIPT_PRINTER
from storeapp.till.reversing import taken_back

RIGHT: Right = "refund"
_ASKED = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a04")


@dataclass(frozen=True, slots=True)
class GiftOrder:
    """Who takes a piece of which gift; `request_id` is the caller's own: the same again is the first one."""

    member_id: str
    code: str
    cashier: str
    request_id: str | None = None
    prints: bool = True


@dataclass(frozen=True, slots=True)
class GiftGiven:
    """The gift that went out as `gift_id`, or came back, and the points she has now."""

    gift_id: str
    code: str
    name: str
    points: int
    balance: int
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A gift as a member is shown it; `left` in whole pieces, None where nobody counted."""

    gift: Gift
    name: str
    left: int | None
    is_dear: bool


def gifts_of(books: Books) -> tuple[Gift, ...]:
    """What the owner gives for points."""
    return read_gifts(books.policy.in_force().text("points.gifts"))


def offered(books: Books, member_id: str, *, clock: Clock) -> tuple[Offered, ...]:
    """All gifts, with what is left of them and whether she has too few points."""
    on = today(books, clock)
    has = available(books.ledger.lots_of(points_account(member_id)), on.isoformat())
    gifts = gifts_of(books)
    left = stock.pieces_left(books, {gift.code for gift in gifts}, on=on)
    return tuple(
        Offered(gift, name_of(books, gift.code), left.get(gift.code), is_dear=gift.points > has) for gift in gifts
    )


def redeem(shop: Shop, order: GiftOrder, *, clock: Clock, ids: Ids) -> GiftGiven:
    """A piece goes out. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with shop.writing() as books:
        txn_id = _txn_id(books, order, ids)
        known = books.ledger.txn(txn_id)
        if known is not None:
            if known.member_id != order.member_id or code_of(known) != order.code:
                raise RequestReused(order.request_id or "", "")
            return replace(_told(books, known, known), was_repeated=True)
        if books.members.by_id(order.member_id) is None:
            raise UnknownMember
        gift = next((gift for gift in gifts_of(books) if gift.code == order.code), None)
        if gift is None or books.products.by_code(order.code) is None:
            raise UnknownGift(order.code[:40])
        policy = books.policy.in_force()
        at = in_zone(clock.now(), policy)
        _check_grant(books, gift)
        left = stock.pieces_left(books, {gift.code}, on=day_of(at, policy)).get(gift.code)
        if left is not None and left < 1:
            raise GiftGone(gift.code)
        account = points_account(order.member_id)
        lots, day = books.ledger.lots_of(account), day_of(at, policy).isoformat()
        if gift.points > available(lots, day):
            raise NotEnoughPoints(gift.points, available(lots, day))
        moves = taken(account, good_on(lots, day), gift.points)
        txn = entry(txn_id, order.member_id, gift, at=at.isoformat(), lots=moves)
        return _booked(books, txn, txn, by=order.cashier, prints=order.prints, ids=ids)


def bring_back(
    shop: Shop,
    gift_id: str,
    *,
    by: str,
    clock: Clock,
    ids: Ids,
    approver: str = "",
    reason: str = "",
    prints: bool = True,
) -> GiftGiven:
    """A gift comes back on the shelf, and her points by the very lots. Raises GiftBackBefore or what approvals do."""
    checked_code(by)
    with shop.writing() as books:
        gone = books.ledger.txn(gift_id)
        if gone is None or gone.kind != KIND or books.ledger.reversals(gift_id):
            raise GiftBackBefore(gift_id[:40])
        policy = books.policy.in_force()
        at = in_zone(clock.now(), policy)
        payload = {"gift": gift_id}
        approvals.spend_named(
            books, RIGHT, payload, by=by, approver=approver, reason=reason, at=at.isoformat(), ids=ids
        )
        txn = taken_back(
            books,
            gift_id,
            lambda original, _past: [abs(leg.amount) for leg in original.legs],
            as_id=ids.new(),
            kind=BACK,
            at=at.isoformat(),
            on=day_of(at, policy),
        )
        return _booked(books, txn, gone, by=by, prints=prints, ids=ids)


def name_of(books: Books, code: str) -> str:
    """What the gift is called; its code where the catalogue has lost it."""
    product = books.products.by_code(code)
    return code if product is None else product.name


def _booked(books: Books, txn: Txn, gone: Txn, *, by: str, prints: bool, ids: Ids) -> GiftGiven:
    """The entry, its word in the journal and the paper it owes."""
    books.ledger.post(txn)
    code = code_of(gone)
    body = {"txn_id": txn.txn_id, "kind": txn.kind, "member_id": txn.member_id, "by": by}
    told = {"gift": {"code": code, "name": name_of(books, code), "of": gone.txn_id}, "legs": legs_data(txn.legs)}
    books.journal.append("ledger.posted", body | told, at=txn.at)
    jobs: tuple[str, ...] = ()
    if prints:
        job = PrintJob(ids.new(), "gift", RECEIPT_PRINTER, "queued", txn.at, receipt=txn.txn_id)
        books.prints.add(job)
        jobs = (job.job_id,)
    return replace(_told(books, txn, gone), jobs=jobs)


def _told(books: Books, txn: Txn, gone: Txn) -> GiftGiven:
    code, points = code_of(gone), next(leg.amount for leg in gone.legs if leg.amount > 0)
    balance = books.ledger.balance(points_account(gone.member_id or ""), "pts")
    return GiftGiven(txn.txn_id, code, name_of(books, code), points, balance)


def _check_grant(books: Books, gift: Gift) -> None:
    """A till of a cloud cannot know what others are giving her just now."""
    policy = books.policy.in_force()
    most, worth = joined_most(policy).fen, gift.points * max(policy.whole("points.fen_each"), 1)
    if books.device.is_joined and worth > most:
        raise NotGranted(worth, most)


def _txn_id(books: Books, order: GiftOrder, ids: Ids) -> str:
    if order.request_id is None:
        return ids.new()
    return str(uuid5(_ASKED, f"{books.device.db_uuid}|{order.request_id}"))
