"""The check lays what a sale says of its member's account beside its legs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.account_side import AccountSide, Standing
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from tests.fakes.things import ALICE, TEA, a_sale, book

HAD, HAS = Standing(points=10, principal_fen=1000), Standing(points=13, principal_fen=650)


@pytest.mark.parametrize(
    ("side", "is_right"),
    [
        (AccountSide(HAD, HAS, earned=3), True),
        (AccountSide(HAD, replace(HAS, principal_fen=700), earned=3), False),
        (AccountSide(HAD, HAS, earned=4), False),
        (AccountSide(HAD, replace(HAS, owed_fen=50), earned=3), False),
    ],
)
def test_a_sale_and_its_legs_agree_on_her_account(shop: ShopDatabase, side: AccountSide, is_right: bool) -> None:
    sale = replace(
        a_sale(1, member=ALICE),
        tenders=(Tender("stored_value", Money(350)),),
        points_earned=side.earned,
        account=side,
    )
    with shop.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
        book(books, sale)

    # the fixture gave her nothing to spend, which is another finding
    found = [finding for finding in shop.check() if finding.word == "sale_account"]

    assert (not found) == is_right
