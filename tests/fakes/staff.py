"""Those who work in the shop of the tests, and their PINs."""

from __future__ import annotations

from typing import TypeVar

from storeapp.domain.staff import Role
from storeapp.till.ports import Clock, Shop
from storeapp.till.staff import put_staff

AnyShop = TypeVar("AnyShop", bound=Shop)

STAFF: dict[str, tuple[str, Role]] = {
    "1001": ("林", "owner"),
    "1003": ("周", "manager"),
    "1007": ("陈", "cashier"),
    "1008": ("梅", "cashier"),
}
PINS = {"1001": "100100", "1003": "100300", "1007": "1007", "1008": "1008"}


def hired(shop: AnyShop, *codes: str, clock: Clock) -> AnyShop:
    """The shop with these of STAFF at work."""
    for code in codes:
        name, role = STAFF[code]
        put_staff(shop, code, name=name, role=role, pin=PINS[code], clock=clock)
    return shop
