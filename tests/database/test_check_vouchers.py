"""The check lays the vouchers that were taken beside the sales they paid for."""

from __future__ import annotations

from dataclasses import replace

from storeapp.database.shop import ShopDatabase
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from tests.fakes.things import TEA, a_sale, book


def found(shop: ShopDatabase) -> list[str]:
    return [finding.what for finding in shop.check() if finding.word == "voucher"]


def test_a_voucher_and_its_sale_know_each_other(shop: ShopDatabase) -> None:
    paid = replace(a_sale(1), tenders=(Tender("coupon", Money(350), "A1"),))
    with shop.writing() as books:
        books.products.put([TEA])
        book(books, paid)
    assert found(shop) == [paid.receipt]

    with shop.writing() as books:
        assert books.vouchers.take("A1", receipt=paid.receipt)
    assert found(shop) == []

    with shop.writing() as books:
        books.vouchers.take("B2", receipt=paid.receipt)
    assert found(shop) == ["B2"]
