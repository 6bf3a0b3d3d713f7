"""A sale: a priced basket that was paid for, as it stands in the books for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from storeapp.domain import account_side
from storeapp.domain.account_side import AccountSide
from storeapp.domain.ledger import Leg, coupon_account, legs_data, tender_account
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.points import earning_legs
from storeapp.domain.priced import Cut, PricedLine, PromotionUse
from storeapp.domain.tender import Tender, TenderKind
from storeapp.errors import Refused

if TYPE_CHECKING:
    # few shops sell cards: a start does not load them
    from storeapp.domain.card_use import CardUse


@dataclass(eq=False)
class RequestReused(Refused):
    """The caller's id `request_id` was used before for another basket: receipt `receipt`."""

    request_id: str
    receipt: str
    word = "id_reused"


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line as it was sold. `shelf_price` is what the catalogue said at that moment.

    Of a larger unit it says what it was then: `pack` of product `base`.
    """

    number: int
    code: str
    name: str
    unit: str
    quantity_milli: int
    unit_price: Money
    shelf_price: Money
    gross: Money
    cuts: tuple[Cut, ...] = ()
    note: str = ""
    price_reason: str = ""
    base: str = ""
    pack: int = 1

    @property
    def discount(self) -> Money:
        # most lines have none, and a sale asks each of its lines many times
        return total(cut.amount for cut in self.cuts) if self.cuts else ZERO

    @property
    def net(self) -> Money:
        return self.gross - self.discount if self.cuts else self.gross


@dataclass(frozen=True, slots=True)
class CouponUse:
    """A coupon redeemed by a sale: `amount` is what it took off."""

    coupon_id: str
    code: str
    offer_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentOverride:
    """A payment nobody was sure of, and what a manager decided: it counts, or the sale is paid otherwise."""

    tender: TenderKind
    amount: Money
    trade_number: str
    decision: Literal["accept", "other_means"]
    approver: str


@dataclass(frozen=True, slots=True)
class Sale:
    """Everything about one sale. `total` is after cuts, `due` after cash rounding; `at` is ISO 8601 with offset.

    `approvals` are the ids of what somebody with more rights allowed for this very sale. `account` is what it did to
    its member's account; older sales know only the points they earned. `cards` of hers took some of its goods.
    """

    sale_id: str
    receipt: str
    number_in_day: int
    token: str
    token_seq: int
    store: str
    till: str
    cashier: str
    business_date: str
    at: str
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    rounding: Money
    change: Money
    member_id: str | None = None
    coupons: tuple[CouponUse, ...] = ()
    points_earned: int = 0
    points_balance: int | None = None
    points_per_yuan: int = 0
    offer_id: str | None = None
    redeem_code: str = ""
    request_id: str | None = None
    note: str = ""
    shift_id: str | None = None
    training: bool = False
    approvals: tuple[str, ...] = ()
    promotions: tuple[PromotionUse, ...] = ()
    account: AccountSide | None = None
    overrides: tuple[PaymentOverride, ...] = ()
    cards: tuple[CardUse, ...] = ()

    @property
    def goods(self) -> Money:
        return total(line.gross for line in self.lines)

    @property
    def discount(self) -> Money:
        return total(line.discount for line in self.lines if line.cuts)

    @property
    def carded(self) -> Money:
        """Of the discount, what her cards took: that was paid for beforehand."""
        return total(cut.amount for line in self.lines for cut in line.cuts if cut.reason == "card")

    @property
    def total(self) -> Money:
        return self.goods - self.discount

    @property
    def due(self) -> Money:
        return self.total + self.rounding

    @property
    def coupon_discount(self) -> Money:
        return total(use.amount for use in self.coupons)


def line_sold(number: int, priced: PricedLine) -> SaleLine:
    """A priced line on its way into the books."""
    line, product = priced.line, priced.line.product
    return SaleLine(
        number=number,
        code=product.code,
        name=product.name,
        unit=product.unit,
        quantity_milli=priced.quantity.milli,
        unit_price=priced.unit_price,
        shelf_price=product.price,
        gross=priced.gross,
        cuts=priced.cuts,
        note=line.note,
        price_reason=line.price_reason,
        base=product.base,
        pack=product.pack,
    )


def legs(sale: Sale) -> tuple[Leg, ...]:
    """The ledger legs of a sale: takings against revenue, her account, coupons given back."""
    taken: dict[str, int] = {}
    for tender in sale.tenders:
        taken[tender.kind] = taken.get(tender.kind, 0) + tender.amount.fen
    if sale.change.fen:
        taken["cash"] = taken.get("cash", 0) - sale.change.fen
    rows = [Leg(tender_account(kind, sale.till), "fen", fen) for kind, fen in taken.items() if fen]
    if sale.rounding.fen:
        rows.append(Leg("adjust.rounding", "fen", -sale.rounding.fen))
    total_fen = sale.total.fen
    if total_fen:
        rows.append(Leg("rev.sales", "fen", -total_fen))
    if sale.member_id is not None:
        if sale.account is None:
            rows.extend(earning_legs(sale.member_id, sale.points_earned))
        else:
            rows.extend(account_side.legs(sale.account, sale.member_id))
    for use in sale.coupons:
        rows.append(Leg(coupon_account(use.coupon_id), "coupon", -1))
        rows.append(Leg("coupon.redeemed", "coupon", 1))
    # these come last: a refund finds them by their place
    if sale.cards:
        from storeapp.domain import card_use

        for card in sale.cards:
            rows.extend(card_use.legs(card))
    return tuple(rows)


def body(sale: Sale) -> dict[str, Any]:
    """The sale as the journal and the wire carry it: no personal data, only the member's opaque id."""
    # added up once: a customer is waiting
    goods, discount = sale.goods.fen, sale.discount.fen
    return {
        "sale_id": sale.sale_id,
        "receipt": sale.receipt,
        "number_in_day": sale.number_in_day,
        "token": sale.token,
        "token_seq": sale.token_seq,
        "store": sale.store,
        "till": sale.till,
        "cashier": sale.cashier,
        "business_date": sale.business_date,
        "at": sale.at,
        "member_id": sale.member_id,
        "lines": [_line_body(line) for line in sale.lines],
        "goods_fen": goods,
        "discount_fen": discount,
        "total_fen": goods - discount,
        "coupon_fen": sale.coupon_discount.fen,
        "rounding_fen": sale.rounding.fen,
        "due_fen": goods - discount + sale.rounding.fen,
        "tenders": [_tender_body(tender) for tender in sale.tenders],
        "change_fen": sale.change.fen,
        "coupons": [
            {"coupon_id": use.coupon_id, "code": use.code, "offer_id": use.offer_id, "fen": use.amount.fen}
            for use in sale.coupons
        ],
        "points_earned": sale.points_earned,
        "points_balance": sale.points_balance,
        "points_policy": {"per_yuan": sale.points_per_yuan},
        "offer_id": sale.offer_id,
        "redeem_code": sale.redeem_code,
        "request_id": sale.request_id,
        "note": sale.note,
        "shift_id": sale.shift_id,
        "training": sale.training,
        "approvals": list(sale.approvals),
        "promotions": [
            {"id": use.promotion_id, "name": use.name, "times": use.times, "fen": use.amount.fen}
            for use in sale.promotions
        ],
        "account": account_side.body(sale.account),
        **_overrides_body(sale.overrides),
        **_cards_body(sale.cards),
        "ledger": {"txn_id": sale.sale_id, "kind": "sale", "legs": legs_data(legs(sale))},
    }


def from_body(data: dict[str, Any]) -> Sale:
    """The sale `body` wrote."""
    return Sale(
        sale_id=data["sale_id"],
        receipt=data["receipt"],
        number_in_day=data["number_in_day"],
        token=data["token"],
        token_seq=data["token_seq"],
        store=data["store"],
        till=data["till"],
        cashier=data["cashier"],
        business_date=data["business_date"],
        at=data["at"],
        lines=tuple(_line_from(row) for row in data["lines"]),
        tenders=tuple(map(_tender_from, data["tenders"])),
        rounding=Money(data["rounding_fen"]),
        change=Money(data["change_fen"]),
        member_id=data["member_id"],
        coupons=tuple(
            CouponUse(row["coupon_id"], row["code"], row["offer_id"], Money(row["fen"])) for row in data["coupons"]
        ),
        points_earned=data["points_earned"],
        points_balance=data["points_balance"],
        points_per_yuan=data["points_policy"]["per_yuan"],
        offer_id=data["offer_id"],
        redeem_code=data["redeem_code"],
        request_id=data["request_id"],
        note=data["note"],
        # older bodies know nothing of these
        shift_id=data.get("shift_id"),
        training=data.get("training", False),
        approvals=tuple(data.get("approvals", ())),
        promotions=tuple(
            PromotionUse(row["id"], row["name"], row["times"], Money(row["fen"])) for row in data.get("promotions", ())
        ),
        account=account_side.from_body(data.get("account")),
        overrides=tuple(
            PaymentOverride(row["tender"], Money(row["fen"]), row["trade"], row["decision"], row["approver"])
            for row in data.get("overrides", ())
        ),
        cards=_cards_from(data.get("cards", ())),
    )


def _cards_body(uses: tuple[CardUse, ...]) -> dict[str, Any]:
    if not uses:
        return {}
    from storeapp.domain import card_use

    return {"cards": card_use.body(uses)}


def _cards_from(rows: Sequence[Mapping[str, Any]]) -> tuple[CardUse, ...]:
    if not rows:
        return ()
    from storeapp.domain import card_use

    return card_use.from_body(rows)


def _tender_body(tender: Tender) -> dict[str, Any]:
    said = {"kind": tender.kind, "fen": tender.amount.fen, "ref": tender.ref}
    return said | {"unverified": True} if tender.is_unverified else said


def _tender_from(row: dict[str, Any]) -> Tender:
    return Tender(row["kind"], Money(row["fen"]), row["ref"], row.get("unverified", False))


def _overrides_body(overrides: tuple[PaymentOverride, ...]) -> dict[str, Any]:
    """Said only by the few sales that have one."""
    if not overrides:
        return {}
    rows = [
        {
            "tender": one.tender,
            "fen": one.amount.fen,
            "trade": one.trade_number,
            "decision": one.decision,
            "approver": one.approver,
        }
        for one in overrides
    ]
    return {"overrides": rows}


def cuts_data(cuts: tuple[Cut, ...]) -> list[dict[str, Any]]:
    """Cuts as the journal, the wire and the command line carry them."""
    return [{"reason": cut.reason, "fen": cut.amount.fen, "note": cut.note, "ref": cut.ref} for cut in cuts]


def _line_body(line: SaleLine) -> dict[str, Any]:
    return {
        "n": line.number,
        "code": line.code,
        "name": line.name,
        "unit": line.unit,
        "qty_milli": line.quantity_milli,
        "unit_fen": line.unit_price.fen,
        "shelf_fen": line.shelf_price.fen,
        "gross_fen": line.gross.fen,
        "discount_fen": line.discount.fen,
        "net_fen": line.net.fen,
        "why": cuts_data(line.cuts),
        "note": line.note,
        "price_reason": line.price_reason,
        **({"base": line.base, "pack": line.pack} if line.base else {}),
    }


def _line_from(row: dict[str, Any]) -> SaleLine:
    return SaleLine(
        number=row["n"],
        code=row["code"],
        name=row["name"],
        unit=row["unit"],
        quantity_milli=row["qty_milli"],
        unit_price=Money(row["unit_fen"]),
        shelf_price=Money(row["shelf_fen"]),
        gross=Money(row["gross_fen"]),
        cuts=tuple(Cut(cut["reason"], Money(cut["fen"]), cut["note"], cut.get("ref", "")) for cut in row["why"]),
        note=row["note"],
        price_reason=row["price_reason"],
        base=row.get("base", ""),
        pack=row.get("pack", 1),
    )
