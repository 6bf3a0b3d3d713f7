"""Checkout: one transaction that makes a basket a sale, or leaves nothing behind.

Sale, ledger legs, capture token, journal entry and print job are committed together. The printer comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from storeapp.domain import account_side
from storeapp.domain import sale as sales
from storeapp.domain.account_side import AccountSide
from storeapp.domain.basket import Basket, CashRounding, EmptyBasket
from storeapp.domain.capture import mint, redeem_code
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_hold import COUNTER, script
from storeapp.domain.ledger import Txn
from storeapp.domain.member_tender import HERS
from storeapp.domain.money import Money
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedBasket
from storeapp.domain.sale import CouponUse, RequestReused, Sale
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import BY_PROVIDER, BadTender, NotTaken, Settlement, Tender, TenderKind, settle
from storeapp.domain.voucher import VoucherUsed, numbered
from storeapp.till import (
    approvals,
    coupon_holds,
    coupons,
    drawer,
    limits,
    member_account,
    payment_proof,
    printing,
)
from storeapp.till.earning import NOTHING
from storeapp.till.moments import day_of, in_zone
from storeapp.till.numbering import headed
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.quote import Quote
from storeapp.till.quoting import hers_now, quoted_for
from storeapp.till.shift_standing import is_late

if TYPE_CHECKING:
    from storeapp.domain.card_use import CardUse

TAKEN: frozenset[TenderKind] = BY_PROVIDER | HERS | {"cash", "code_manual", "card", "coupon"}
"""What a sale may be paid with here; the payment sheet offers nothing else."""


@dataclass(frozen=True, slots=True)
class Order:
    """A basket and what was handed over for it.

    `at` is the moment of the sale (now if None). `request_id` is the caller's own id, `request_hash` the hash of
    what was asked: the same id and hash again answers the first sale. `prints` False owes no paper;
    `from_counter` False leaves the basket at the counter alone. `told_at` is the moment whose price both screens told
    (that of the sale if None): a promotion that ends while she pays takes nothing back. `approvals` are ids by right,
    given for the basket `basket_id`; a script names its `approver` instead, and why.
    """

    basket: Basket
    tenders: tuple[Tender, ...]
    cashier: str
    at: datetime | None = None
    request_id: str | None = None
    request_hash: str = ""
    cash_rounding: CashRounding | None = None
    prints: bool = True
    from_counter: bool = True
    sale_id: str | None = None
    basket_id: str = ""
    told_at: datetime | None = None
    approvals: Mapping[str, str] = field(default_factory=dict)
    approver: str = ""
    approval_reason: str = ""

    @property
    def holder(self) -> str:
        """Who holds its coupons while it is being paid for."""
        return COUNTER if self.from_counter else script(self.sale_id or "")


@dataclass(frozen=True, slots=True)
class Done:
    """The sale in the books; `was_repeated` if it had been there before. `url` is behind its QR code, if any."""

    sale: Sale
    was_repeated: bool = False
    url: str | None = None
    jobs: tuple[str, ...] = field(default=())


def checkout(shop: Shop, order: Order, *, clock: Clock, ids: Ids) -> Done:
    """Sells the order's basket. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        repeated = _sold_before(books, order)
        if repeated is not None:
            return Done(repeated, was_repeated=True, url=receipt_url(books, repeated))
        check_tenders(books, order.tenders)
        done = sold(books, order, clock=clock, ids=ids)
        if books.policy.in_force().text("coupon.next_visit"):
            # most shops give none: a start does not load the room
            from storeapp.till import coupon_gifts

            coupon_gifts.after_sale(books, done.sale)
        return done


def sold(books: Books, order: Order, *, clock: Clock, ids: Ids) -> Done:
    """Sells the order's basket within the caller's transaction, whose business it is what kinds of tender are taken."""
    policy = books.policy.in_force()
    at = in_zone(order.at or clock.now(), policy)
    basket = hers_now(books, order.basket)
    quoted = quoted_for(books, basket, at=order.told_at or at, ids=ids, holder=order.holder)
    if not quoted.priced.lines:
        raise EmptyBasket
    check_not_own(books, basket.member_id, order.cashier)
    member_account.check(books, order.tenders, basket.member_id, policy)
    settled = settled_by(order, quoted.priced.total, policy)
    allowed = _allowed(books, order, quoted.priced, at=at, clock=clock, ids=ids)
    order = replace(order, basket=basket, tenders=payment_proof.marked(books, numbered(order.tenders)))
    payment_proof.spend(books, order.tenders, sale_id=order.sale_id)
    sale = _close(books, order, quoted, settled, allowed, at=at, policy=policy, ids=ids)
    return _write(books, sale, order, quoted, ids=ids)


def settled_by(order: Order, asked: Money, policy: Policy) -> Settlement:
    """How the order's tenders settle what is `asked`, as this shop rounds; raises what `settle` does."""
    rounding: CashRounding = order.cash_rounding or policy.get("cash.rounding")
    return settle(asked, order.tenders, cash_rounding=rounding, rounds_all=policy.rounds_all())


def receipt_url(books: Books, sale: Sale) -> str | None:
    """The address behind the receipt's QR code: the owner's host, or the cloud's; None while there is neither.

    What was sold for practice leads nowhere.
    """
    if books.device.is_training:
        return None
    return _url(sale.token, books.policy.in_force().text("qr.host"), books.device.public_url)


def _url(token: str, host: str, public_url: str) -> str | None:
    base = host or public_url
    if not base:
        return None
    if "://" not in base:
        base = f"https://{base}"
    return f"{base.rstrip('/')}/{token}"


def _sold_before(books: Books, order: Order) -> Sale | None:
    if order.request_id is None:
        return None
    found = books.sales.by_request(order.request_id)
    if found is None:
        return None
    sale, request_hash = found
    if request_hash != order.request_hash:
        raise RequestReused(order.request_id, sale.receipt)
    return sale


def _allowed(
    books: Books, order: Order, priced: PricedBasket, *, at: datetime, clock: Clock, ids: Ids
) -> tuple[str, ...]:
    """What was taken off by hand is weighed once more, all of it together, by what holds now."""
    by, basket_id = order.cashier, order.basket_id
    if order.approver:
        return limits.spend_named(
            books,
            priced,
            basket_id=basket_id,
            by=by,
            approver=order.approver,
            reason=order.approval_reason,
            at=at.isoformat(),
            ids=ids,
        )
    # an approval lasts by the clock on the wall, whatever moment the sale is booked for
    now = clock.now().isoformat()
    return limits.spend(books, priced, basket_id=basket_id, by=by, given=order.approvals, at=now)


def check_tenders(books: Books, tenders: tuple[Tender, ...]) -> None:
    """Raises NotTaken or BadTender for what a customer does not pay with here."""
    for tender in tenders:
        if tender.kind not in TAKEN:
            raise NotTaken(tender.kind)
        # a pretended payment must never pass in a real shop
        if tender.kind == "simulated" and not (books.device.is_demo or books.device.is_training):
            raise BadTender(tender.kind, tender.amount.fen)


def _close(
    books: Books,
    order: Order,
    quoted: Quote,
    settled: Settlement,
    allowed: tuple[str, ...],
    *,
    at: datetime,
    policy: Policy,
    ids: Ids,
) -> Sale:
    device, member_id = books.device, order.basket.member_id
    day = day_of(at, policy)
    (number, head), token_seq = headed(books, at, day, by=order.cashier), books.sales.next_token_seq()
    token = mint(device.capture_key, seq=token_seq, day=day)
    offer = None if device.is_training else policy.offer()
    hers = None if member_id is None else _hers(books, member_id, order, quoted, on=day, policy=policy)
    used = _cards_used(books, quoted.priced)
    return Sale(
        **head,
        sale_id=order.sale_id or ids.new(),
        receipt=number,
        token=token,
        token_seq=token_seq,
        lines=tuple(sales.line_sold(n, line) for n, line in enumerate(quoted.priced.lines, start=1)),
        tenders=order.tenders,
        rounding=settled.rounding,
        change=settled.change,
        member_id=member_id,
        coupons=tuple(
            CouponUse(coupon.coupon_id, coupon.code, coupon.offer_id, worth) for coupon, worth in quoted.priced.coupons
        ),
        points_earned=0 if hers is None else hers.earned,
        points_balance=None if hers is None else hers.after.points,
        points_per_yuan=policy.points_per_yuan() if member_id is not None else 0,
        offer_id=None if offer is None else offer.offer_id,
        redeem_code="" if offer is None or device.is_joined else redeem_code(token, device.capture_key),
        request_id=order.request_id,
        note=order.basket.note,
        promotions=quoted.priced.applied,
        account=hers,
        cards=used,
        approvals=allowed,
        training=device.is_training,
        overrides=payment_proof.overrides(books, order.sale_id),
    )


def _cards_used(books: Books, priced: PricedBasket) -> tuple[CardUse, ...]:
    if not any(line.covers for line in priced.lines):
        return ()
    # most shops sell no cards: a start does not load them
    from storeapp.till import cards

    return cards.uses(books, priced.lines)


def _hers(books: Books, member_id: str, order: Order, quoted: Quote, *, on: date, policy: Policy) -> AccountSide:
    """What the sale does to her account, her card of stamps and her way to the next tier."""
    asked = quoted.priced.total
    hers = member_account.side(
        books, member_id, asked, order.tenders, earner=quoted.earner or NOTHING, on=on, policy=policy
    )
    # most shops give no cards and no tiers: a start does not load them
    if policy.text("stamps.rules"):
        from storeapp.till import stamp_cards

        stamps = stamp_cards.card_after(books, member_id, asked, order.tenders, on=on, policy=policy)
        hers = hers if stamps is None else replace(hers, stamps=stamps.have, stamps_of=stamps.of)
    member = books.members.by_id(member_id) if policy.text("tier.rules") else None
    if member is not None:
        from storeapp.till import tiers

        hers = replace(hers, next_tier=tiers.nearest(books, member, on=on, policy=policy, buys=asked))
    return hers


def _write(books: Books, sale: Sale, order: Order, quoted: Quote, *, ids: Ids) -> Done:
    codes = [promise.coupon.code for promise in quoted.promises]
    coupon_holds.spend(books, codes, holder=order.holder, now=datetime.fromisoformat(sale.at), ids=ids)
    for promise in quoted.promises:
        if promise.is_new:
            coupons.issue(books, promise.coupon, at=sale.at, txn_id=ids.new())
    books.journal.append("sale", sales.body(sale), at=sale.at)
    books.sales.add(sale, request_hash=order.request_hash)
    _take_vouchers(books, sale)
    drawer.note_sale(books, sale)
    hers, member_id = sale.account, sale.member_id or ""
    lots = () if hers is None else account_side.moves(hers, member_id, sale.sale_id)
    lots += tuple(move for card in sale.cards for move in card.lots)
    books.ledger.post(Txn(sale.sale_id, "sale", sale.at, sales.legs(sale), member_id=sale.member_id, lots=lots))
    for use in sale.promotions:
        books.promotions.note_use(use, sale_id=sale.sale_id, member_id=sale.member_id, business_date=sale.business_date)
    for promise in quoted.promises:
        books.coupons.put(_redeemed(promise.coupon, sale))
    if order.basket.pickups:
        from storeapp.till import group_picking

        group_picking.note(books, order.basket, sale)
    jobs = printing.owe(books, sale, ids=ids) if order.prints else ()
    if is_late(books, sale.shift_id):
        # hardly ever: a start does not load what lays out a Z
        from storeapp.till.shift_slip import issue_if_late

        issue_if_late(books, sale, prints=order.prints, ids=ids)
    if order.from_counter:
        books.baskets.keep_current(None)
    return Done(sale, url=receipt_url(books, sale), jobs=jobs)


def _take_vouchers(books: Books, sale: Sale) -> None:
    for tender in sale.tenders:
        if tender.kind == "coupon" and not books.vouchers.take(tender.ref, receipt=sale.receipt):
            raise VoucherUsed(tender.ref, books.vouchers.receipt_of(tender.ref))


def _redeemed(coupon: Coupon, sale: Sale) -> Coupon:
    # whoever redeems a coupon nobody had claimed by name is its person from now on
    return replace(coupon, state="redeemed", member_id=coupon.member_id or sale.member_id)
