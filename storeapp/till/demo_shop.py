"""The demo shop: a convenience store to try everything on, with goods, members and staff nobody mistakes for real."""

from __future__ import annotations

import csv
import io
import json
from typing import get_args

from storeapp import resources
from storeapp.domain.product import QuickKey
from storeapp.domain.staff import Role
from storeapp.till import member_import, product_import
from storeapp.till.catalogue import put_quick_keys
from storeapp.till.members_sheet import read_members
from storeapp.till.policies import set_policies
from storeapp.till.ports import Clock, Ids, Shop
from storeapp.till.products_sheet import read_products
from storeapp.till.promotions import put_promotions
from storeapp.till.sheet_files import rows_of
from storeapp.till.staff import put_staff


def furnish(shop: Shop, *, clock: Clock, ids: Ids) -> None:
    """Fills a new shop with what `resources/demo` holds: policy, goods, tiles, members, staff, promotions in draft."""
    set_policies(shop, json.loads(_text("policy.json")), clock=clock)
    products = read_products(rows_of(_text("products.csv").encode()))
    with shop.reading() as books:
        planned = product_import.plan(books, products)
    product_import.carry_out(shop, planned, clock=clock)
    put_quick_keys(shop, [QuickKey(row["tab"], int(row["place"]), row["product"]) for row in _rows("quick_keys.csv")])
    members = read_members(rows_of(_text("members.csv").encode()), now=clock.now())
    with shop.reading() as books:
        people = member_import.plan(books, members)
    member_import.carry_out(shop, people, clock=clock, ids=ids)
    for person in _rows("staff.csv"):
        put_staff(shop, person["code"], name=person["name"], role=_role(person["role"]), pin=person["pin"], clock=clock)
    put_promotions(shop, tuple(json.loads(_text("promotions.json"))), clock=clock)


def _role(word: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    return next(role for role in roles if role == word)


def _text(name: str) -> str:
    return resources.path("demo", name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(name))))
