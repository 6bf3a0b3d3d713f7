"""Selling from a script: one basket as plain data in, one result as plain data out.

The formats are public (docs: `storeapp sell`). The same id with the same content answers the first receipt again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storeapp.domain import account_side, card_use
from storeapp.domain.basket import LINES_MAX, Basket, BasketFull, EmptyBasket, Line
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedBasket
from storeapp.domain.quantity import as_decimal, quantity
from storeapp.domain.sale import Sale, cuts_data
from storeapp.domain.staff import SCRIPT
from storeapp.domain.tender import ROUNDING_STEP, TENDER_KINDS, NotTaken, Tender
from storeapp.till import approvals, member_account, members, selling
from storeapp.till.checkout import Done, Order, checkout
from storeapp.till.clock import SystemPace
from storeapp.till.moments import local_moment
from storeapp.till.paying import Providers
from storeapp.till.ports import Books, Clock, Ids, Pace, Shop
from storeapp.till.quote import Quote
from storeapp.till.quoting import quote
from storeapp.till.requests import BadRequest, an_object, fen, fingerprint, known, moment, rows_of, text
from storeapp.till.script_pay import Till, sell_by_code, without_codes
from storeapp.till.staff import checked_cashier

KEYS = frozenset(
    {
        *("id", "at", "cashier", "member", "lines", "pickup", "coupons", "points", "round", "tenders", "note"),
        *("approver", "cards"),
    }
)
POINTS_MOST = 100_000_000
LINE_KEYS = frozenset({"code", "qty", "price_fen", "discount_fen", "why", "note"})
PICKUP_KEYS = frozenset({"code", "lines"})
TENDER_KEYS = frozenset({"kind", "fen", "ref", "code"})


def sell_one(
    shop: Shop,
    request: Mapping[str, Any],
    *,
    clock: Clock,
    ids: Ids,
    prints: bool = True,
    providers: Providers | None = None,
    pace: Pace | None = None,
) -> dict[str, Any]:
    """Sells one basket and answers its result line; raises Refused, and then nothing changed.

    A tender with a `code` is taken through its provider first, and takes as long as the customer does.
    """
    with shop.reading() as books:
        order = _with_pickup(books, order_of(books, request, prints=prints), request, clock=clock)
        approvals.check_may(books, order.cashier, "sell")
    codes = [text(row.get("code"), f"tenders[{n}].code", "") for n, row in enumerate(rows_of(request, "tenders"), 1)]
    codes += [""] * (len(order.tenders) - len(codes))
    if any(codes):
        till = Till(shop, providers or {}, clock, ids, pace or SystemPace())
        return _sold(request, sell_by_code(till, order, codes))
    return _sold(request, checkout(shop, order, clock=clock, ids=ids))


def price_one(shop: Shop, request: Mapping[str, Any], *, clock: Clock, ids: Ids) -> dict[str, Any]:
    """What the basket would cost (`--dry-run`): the same result without receipt, token and change."""
    with shop.reading() as books:
        asked = {**request, "tenders": request.get("tenders") or []}
        order = _with_pickup(books, order_of(books, asked, prints=False), request, clock=clock)
        quoted = quote(books, order.basket, at=order.at or clock.now(), ids=ids, holder=order.holder)
    if not quoted.priced.lines:
        raise EmptyBasket
    return _quoted(request, quoted)


def order_of(books: Books, request: Mapping[str, Any], *, prints: bool) -> Order:
    """The order a request asks for; raises BadRequest and what it names that does not exist."""
    known(request, KEYS, "")
    policy = books.policy.in_force()
    rows = rows_of(request, "lines")
    if len(rows) > LINES_MAX:
        raise BasketFull(LINES_MAX)
    basket = Basket(
        lines=tuple(_line(books, row, n, policy) for n, row in enumerate(rows, start=1)),
        member_id=_member(books, request.get("member")),
        coupon_codes=tuple(text(code, "coupons") for code in rows_of(request, "coupons")),
        note=text(request.get("note"), "note", ""),
        spares_cards=not _yes_no(request.get("cards", True), "cards"),
    )
    rounding = request.get("round")
    # a list would not even be looked up
    if rounding is not None and not (isinstance(rounding, str) and rounding in ROUNDING_STEP):
        raise BadRequest("round", "one of fen, jiao, yuan")
    request_id = request.get("id")
    return Order(
        basket=basket,
        tenders=(
            *(_tender(row, n) for n, row in enumerate(rows_of(request, "tenders"), start=1)),
            *_points(request.get("points"), policy),
        ),
        cashier=checked_cashier(books, text(request.get("cashier"), "cashier", SCRIPT)),
        at=moment(request.get("at")),
        request_id=None if request_id is None else text(request_id, "id"),
        request_hash=fingerprint(without_codes(request)),
        cash_rounding=rounding,
        prints=prints,
        from_counter=False,
        # a script's basket is known by the caller's id; it is allowed in the same breath as it is sold
        basket_id=str(request_id or ""),
        approver=text(request.get("approver"), "approver", ""),
        approval_reason=next((line.discount_reason or line.price_reason for line in basket.lines), ""),
    )


def _with_pickup(books: Books, order: Order, request: Mapping[str, Any], *, clock: Clock) -> Order:
    """The order with what the request fetches of a group order, after its other lines."""
    said = request.get("pickup")
    # a receipt asked for once more must not find its own goods fetched
    if said is None or (order.request_id is not None and books.sales.by_request(order.request_id) is not None):
        return order
    # a room of its own, opened when somebody fetches a group order
    from storeapp.till import group_picking

    wants = None
    if not isinstance(said, str):
        known(an_object(said, "pickup"), PICKUP_KEYS, "pickup.")
        rows = [an_object(row, f"pickup.lines[{n}]") for n, row in enumerate(rows_of(said, "lines"), start=1)]
        wants = [(text(row.get("code"), "code"), quantity(text(row.get("qty"), "qty", "1")).milli) for row in rows]
        said = said.get("code")
    code = text(said, "pickup")
    now = local_moment(books, order.at or clock.now())
    return replace(order, basket=group_picking.fill(books, order.basket, code, now=now, wants=wants))


def _line(books: Books, row: Any, number: int, policy: Policy) -> Line:
    where = f"lines[{number}]"
    known(an_object(row, where), LINE_KEYS, f"{where}.")
    asked = row.get("qty")
    wanted = None if asked is None else quantity(text(asked, f"{where}.qty"))
    line = selling.ring_up(books, text(row.get("code"), f"{where}.code"), policy, quantity=wanted, line=number)
    why = text(row.get("why"), f"{where}.why", "")
    if row.get("price_fen") is not None:
        price = Money(fen(row["price_fen"], f"{where}.price_fen"))
        line = replace(line, price=price, price_reason=why or "script", label_price=None)
    if row.get("discount_fen") is not None:
        line = replace(line, discount=Money(fen(row["discount_fen"], f"{where}.discount_fen")), discount_reason=why)
    return replace(line, note=text(row.get("note"), f"{where}.note", ""))


def _tender(row: Any, number: int) -> Tender:
    where = f"tenders[{number}]"
    known(an_object(row, where), TENDER_KEYS, f"{where}.")
    kind = text(row.get("kind"), f"{where}.kind")
    if kind not in TENDER_KINDS:
        raise NotTaken(kind[:40])
    return Tender(kind, Money(fen(row.get("fen"), f"{where}.fen")), ref=text(row.get("ref"), f"{where}.ref", ""))


def _yes_no(asked: Any, where: str) -> bool:
    if not isinstance(asked, bool):
        raise BadRequest(where, "true or false")
    return asked


def _points(asked: Any, policy: Policy) -> tuple[Tender, ...]:
    """`points`, a number of them, as the tender they are."""
    if asked is None or asked == 0:
        return ()
    if not isinstance(asked, int) or isinstance(asked, bool) or not 0 < asked <= POINTS_MOST:
        raise BadRequest("points", "a whole number of points")
    return (member_account.points_worth(asked, policy),)


def _member(books: Books, who: Any) -> str | None:
    if who is None or who == "":
        return None
    told = text(who, "member")
    found = books.members.by_id(told) if "-" in told and len(told) == 36 else members.by_phone(books, told)
    if found is None:
        raise UnknownMember
    return found.member_id


def _sold(request: Mapping[str, Any], done: Done) -> dict[str, Any]:
    sale = done.sale
    return {
        "id": request.get("id"),
        "receipt": sale.receipt,
        "total_fen": sale.total.fen,
        "discount_fen": sale.discount.fen,
        "rounding_fen": sale.rounding.fen,
        "due_fen": sale.due.fen,
        "change_fen": sale.change.fen,
        "points_earned": sale.points_earned,
        "points_balance": sale.points_balance,
        "account": account_side.told(sale.account),
        "lines": sale_lines(sale),
        "coupons": [{"code": use.code, "fen": use.amount.fen} for use in sale.coupons],
        **({"cards": [card_use.told(card) for card in sale.cards]} if sale.cards else {}),
        "token": sale.token,
        "url": done.url,
        "redeem_code": sale.redeem_code or None,
        "repeated": done.was_repeated,
    }


def sale_lines(sale: Sale) -> list[dict[str, Any]]:
    """Lines sold, as a script is told of them."""
    return [
        _line_row(
            line.code,
            line.name,
            line.quantity_milli,
            (line.unit_price, line.discount, line.net),
            cuts_data(line.cuts),
        )
        for line in sale.lines
    ]


def _quoted(request: Mapping[str, Any], quoted: Quote) -> dict[str, Any]:
    priced = quoted.priced
    return {
        "id": request.get("id"),
        "dry_run": True,
        "total_fen": priced.total.fen,
        "discount_fen": priced.discount.fen,
        "points_earned": quoted.points,
        "lines": _priced_lines(priced),
        "coupons": [{"code": coupon.code, "fen": worth.fen} for coupon, worth in priced.coupons],
    }


def _priced_lines(priced: PricedBasket) -> list[dict[str, Any]]:
    return [
        _line_row(
            line.line.product.code,
            line.line.product.name,
            line.quantity.milli,
            (line.unit_price, line.discount, line.net),
            cuts_data(line.cuts),
        )
        for line in priced.lines
    ]


def _line_row(
    code: str, name: str, milli: int, amounts: tuple[Money, Money, Money], why: list[dict[str, Any]]
) -> dict[str, Any]:
    unit, discount, net = amounts
    return {
        "code": code,
        "name": name,
        "qty": as_decimal(milli),
        "unit_fen": unit.fen,
        "discount_fen": discount.fen,
        "net_fen": net.fen,
        "why": why,
    }
