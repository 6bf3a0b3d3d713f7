"""The basket as plain data, so that an unfinished one outlives a power cut."""

from __future__ import annotations

from typing import Any

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity


def as_data(basket: Basket) -> dict[str, Any]:
    """`basket` as JSON-ready data; `from_data` reads it back."""
    return {
        "lines": [_line_data(line) for line in basket.lines],
        "unknown_codes": list(basket.unknown_codes),
        "member_id": basket.member_id,
        "coupon_codes": list(basket.coupon_codes),
        "note": basket.note,
        **({"spares_cards": True} if basket.spares_cards else {}),
    }


def from_data(data: dict[str, Any]) -> Basket:
    """The basket `as_data` wrote."""
    return Basket(
        lines=tuple(_line(row) for row in data["lines"]),
        unknown_codes=tuple(data["unknown_codes"]),
        member_id=data["member_id"],
        coupon_codes=tuple(data["coupon_codes"]),
        note=data["note"],
        spares_cards=data.get("spares_cards", False),
    )


def product_data(product: Product) -> dict[str, Any]:
    """`product` as the catalogue feed and the journal carry it."""
    return {
        "code": product.code,
        "name": product.name,
        "price_fen": product.price.fen,
        "member_price_fen": _fen(product.member_price),
        "unit": product.unit,
        "category": product.category,
        "barcodes": list(product.barcodes),
        "cost_fen": _fen(product.cost),
        "stock_milli": product.stock_milli,
        "weighed": product.weighed,
        "image": product.image,
        "brand": product.brand,
        "base": product.base,
        "pack": product.pack,
    }


def product_from_data(data: dict[str, Any]) -> Product:
    """The product `product_data` wrote."""
    return Product(
        code=data["code"],
        name=data["name"],
        price=Money(data["price_fen"]),
        unit=data["unit"],
        category=data["category"],
        barcodes=tuple(data["barcodes"]),
        member_price=_money(data["member_price_fen"]),
        cost=_money(data["cost_fen"]),
        stock_milli=data["stock_milli"],
        weighed=data["weighed"],
        image=data["image"],
        brand=data.get("brand", ""),
        base=data.get("base", ""),
        pack=data.get("pack", 1),
    )


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "product": product_data(line.product),
        "quantity_milli": line.quantity.milli,
        "rung_as": line.rung_as,
        "label_price_fen": _fen(line.label_price),
        "price_fen": _fen(line.price),
        "price_reason": line.price_reason,
        "discount_fen": line.discount.fen,
        "discount_reason": line.discount_reason,
        "note": line.note,
        "pickup": line.pickup,
    }


def _line(data: dict[str, Any]) -> Line:
    return Line(
        product=product_from_data(data["product"]),
        quantity=Quantity(data["quantity_milli"]),
        rung_as=data["rung_as"],
        label_price=_money(data["label_price_fen"]),
        price=_money(data["price_fen"]),
        price_reason=data["price_reason"],
        discount=Money(data["discount_fen"]),
        discount_reason=data["discount_reason"],
        note=data["note"],
        pickup=data.get("pickup", ""),
    )


def _fen(money: Money | None) -> int | None:
    return None if money is None else money.fen


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)
