"""Gifts for points: a piece goes out in one transaction with her points and its slip, and comes back by its legs.

A coupon for points is given in the same transaction, and goes when her points come back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import CouponTemplate, TemplateNotLive, UnknownTemplate
from storeapp.domain.gift import (
    BACK,
    KIND,
    Gift,
    GiftBackBefore,
    GiftGone,
    GiftUsed,
    UnknownGift,
    code_of,
    entry,
    read_gifts,
    template_of,
)
from storeapp.domain.ledger import Txn, points_account
from storeapp.domain.lots import available, good_on, taken
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughPoints, NotGranted, joined_most
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import Right, checked_code
from storeapp.till import approvals, coupon_templates, stock
from storeapp.till.coupon_templates import CouponGivenBefore, Giving
from storeapp.till.coupon_void import taken_away
from storeapp.till.moments import day_of, in_zone, today
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post
from storeapp.till.printing import owe_slip
from storeapp.till.requests import entry_id
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
    """The gift that went out as `gift_id`, or came back, and the points she has now; `coupon` is its code."""

    gift_id: str
    code: str
    name: str
    points: int
    balance: int
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()
    coupon: str = ""


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
    gifts = tuple(gift for gift in gifts_of(books) if _is_there(books, gift))
    left = stock.pieces_left(books, {gift.code for gift in gifts}, on=on)
    return tuple(
        Offered(gift, name_of(books, gift.code), left.get(gift.code), is_dear=gift.points > has) for gift in gifts
    )


def redeem(shop: Shop, order: GiftOrder, *, clock: Clock, ids: Ids) -> GiftGiven:
    """A piece goes out. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        txn_id = entry_id(books, _ASKED, order.request_id, ids)
        known = books.ledger.txn(txn_id)
        if known is not None:
            if known.member_id != order.member_id or code_of(known) != order.code:
                raise RequestReused(order.request_id or "", "")
            return replace(_told(books, known, known), was_repeated=True)
        if books.members.by_id(order.member_id) is None:
            raise UnknownMember
        check_not_own(books, order.member_id, order.cashier)
        gift = next((gift for gift in gifts_of(books) if gift.code == order.code), None)
        if gift is None or not _is_there(books, gift):
            raise UnknownGift(order.code[:40])
        template = coupon_templates.live(books, gift.template) if gift.template else None
        if template is not None and coupon_templates.has_enough(books, template, order.member_id):
            raise CouponGivenBefore(template.template_id)
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
        if template is not None:
            _give(books, template, txn, on=day_of(at, policy))
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
    """A gift comes back on the shelf, and her points by the very lots; a coupon is good no more.

    Raises GiftBackBefore, GiftUsed or what approvals do.
    """
    checked_code(by)
    with shop.writing() as books:
        gone = books.ledger.txn(gift_id)
        if gone is None or gone.kind != KIND or books.ledger.reversals(gift_id):
            raise GiftBackBefore(gift_id[:40])
        given = _coupon_of(books, gone)
        if given is not None and given.state != "issued":
            raise GiftUsed(given.code, given.state)
        policy = books.policy.in_force()
        at = in_zone(clock.now(), policy)
        payload = {"gift": gift_id}
        approvals.spend_named(
            books, RIGHT, payload, by=by, approver=approver, reason=reason, at=at.isoformat(), ids=ids
        )
        if given is not None:
            taken_away(books, given, reason=reason or BACK, by=by, at=at.isoformat(), txn_id=ids.new())
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
    if template := template_of(code):
        word = books.coupon_templates.get(template)
        return template if word is None else str(word.data.get("name") or template)
    product = books.products.by_code(code)
    return code if product is None else product.name


def _booked(books: Books, txn: Txn, gone: Txn, *, by: str, prints: bool, ids: Ids) -> GiftGiven:
    """The entry, its word in the journal and the paper it owes."""
    code = code_of(gone)
    post(books, txn, {"by": by, "gift": {"code": code, "name": name_of(books, code), "of": gone.txn_id}})
    jobs = owe_slip(books, "gift", txn.txn_id, at=txn.at, ids=ids) if prints else ()
    return replace(_told(books, txn, gone), jobs=jobs)


def _told(books: Books, txn: Txn, gone: Txn) -> GiftGiven:
    code, points = code_of(gone), next(leg.amount for leg in gone.legs if leg.amount > 0)
    balance = books.ledger.balance(points_account(gone.member_id or ""), "pts")
    coupon = _coupon_of(books, gone)
    said = "" if coupon is None else coupon.code
    return GiftGiven(txn.txn_id, code, name_of(books, code), points, balance, coupon=said)


def _is_there(books: Books, gift: Gift) -> bool:
    """Whether the shop has such goods, or gives coupons of that template."""
    if not gift.template:
        return books.products.by_code(gift.code) is not None
    try:
        return coupon_templates.live(books, gift.template) is not None
    except (UnknownTemplate, TemplateNotLive):
        return False


def _key(txn: Txn) -> str:
    return f"gift:{txn.txn_id}"


def _give(books: Books, template: CouponTemplate, txn: Txn, *, on: date) -> None:
    giving = Giving(_key(txn), "issued", txn.at, on, member_id=txn.member_id, reason=KIND)
    coupon_templates.give(books, template, giving)


def _coupon_of(books: Books, gone: Txn) -> Coupon | None:
    """The coupon that went out with this entry."""
    grants = books.coupon_grants.of_key(_key(gone)) if template_of(code_of(gone)) else ()
    return books.coupons.by_id(grants[0].coupon_id) if grants else None


def _check_grant(books: Books, gift: Gift) -> None:
    """A till of a cloud cannot know what others are giving her just now."""
    policy = books.policy.in_force()
    most, worth = joined_most(policy).fen, gift.points * max(policy.whole("points.fen_each"), 1)
    if books.device.is_joined and worth > most:
        raise NotGranted(worth, most)
