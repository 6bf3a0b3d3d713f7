"""Those who work in the shop of the tests, and their PINs."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import pytest

from storeapp.domain.staff import Role, Staff
from storeapp.till import staff
from storeapp.till.ports import Clock, Shop

AnyShop = TypeVar("AnyShop", bound=Shop)

STAFF: dict[str, tuple[str, Role]] = {
    "1001": ("林", "owner"),
    "1003": ("周", "manager"),
    "1007": ("陈", "cashier"),
    "1008": ("梅", "cashier"),
}
PINS = {"1001": "100100", "1003": "100300", "1007": "1007", "1008": "1008"}


# slow on purpose: in a run each PIN is hashed once, and every sign-in still takes its whole time
_hashed = lru_cache(staff.hashed)


def hired(shop: AnyShop, *codes: str, clock: Clock) -> AnyShop:
    """The shop with these of STAFF at work."""
    for code in codes:
        name, role = STAFF[code]
        hire(shop, Staff(code, name, role), clock=clock)
    return shop


def hire(shop: Shop, who: Staff, *, clock: Clock) -> None:
    """Puts one of PINS on the list."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "hashed", _hashed)
        staff.put_staff(shop, who.code, name=who.name, role=who.role, pin=PINS[who.code], clock=clock)
