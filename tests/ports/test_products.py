"""The catalogue: what rings up, and what is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storeapp.domain import search
from storeapp.domain.money import Money
from storeapp.domain.product import CodesTaken, Product, QuickKey
from storeapp.till.ports import Shop
from tests.fakes.things import COLA, CUP, NOODLES, TEA


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    with shop.writing() as books:
        books.products.put([TEA, COLA, NOODLES, CUP])
    return shop


def found(shop: Shop, text: str) -> list[str]:
    with shop.reading() as books:
        return [product.code for product in books.products.find(text)]


@pytest.mark.parametrize("code", ["1002", "6928804011142", "69288040"])
def test_each_of_its_codes_rings_a_product_up(stocked: Shop, code: str) -> None:
    with stocked.reading() as books:
        assert books.products.by_code(code) == COLA


def test_an_unknown_code_rings_up_nothing(stocked: Shop) -> None:
    with stocked.reading() as books:
        assert books.products.by_code("0001002") is None


def test_a_product_put_again_is_the_new_one_under_its_new_codes_only(stocked: Shop) -> None:
    changed = replace(COLA, name="百事可乐", price=Money(300), barcodes=("4711",))

    with stocked.writing() as books:
        books.products.put([changed])

    with stocked.reading() as books:
        assert books.products.by_code("4711") == changed
        assert books.products.by_code("69288040") is None
        assert books.products.count() == 4
    assert found(stocked, "百事") == ["1002"]
    assert found(stocked, "可口") == []


def test_a_product_that_left_rings_up_nothing_and_is_not_found(stocked: Shop) -> None:
    with stocked.writing() as books:
        books.products.remove(["1002", "never-was"])

    with stocked.reading() as books:
        assert books.products.by_code("69288040") is None
        assert [product.code for product in books.products.every()] == ["1001", "1003", "2001"]
    assert found(stocked, "可乐") == []


def test_a_code_of_another_product_is_refused_and_nothing_changes(stocked: Shop) -> None:
    thief = Product("3001", "Thief", Money(1), barcodes=("6921168509256",))

    with pytest.raises(CodesTaken) as refused, stocked.writing() as books:
        books.products.put([thief])

    assert refused.value.codes == {"6921168509256": "1001"}
    with stocked.reading() as books:
        assert books.products.by_code("6921168509256") == TEA


def test_two_new_products_cannot_share_a_code(shop: Shop) -> None:
    first, second = Product("1", "A", Money(1), barcodes=("77",)), Product("2", "B", Money(1), barcodes=("77",))

    with pytest.raises(CodesTaken), shop.writing() as books:
        books.products.put([first, second])


def test_a_barcode_may_move_from_one_product_to_another_in_one_list(stocked: Shop) -> None:
    gives, takes = replace(COLA, barcodes=()), replace(NOODLES, barcodes=COLA.barcodes)

    with stocked.writing() as books:
        books.products.put([takes, gives])

    with stocked.reading() as books:
        assert books.products.by_code("69288040") == takes


def test_the_owners_of_taken_codes_are_named(stocked: Shop) -> None:
    with stocked.reading() as books:
        assert books.products.owners(["69288040", "1003", "free"]) == {"69288040": "1002", "1003": "1003"}


def test_tiles_come_in_order_and_without_those_whose_product_is_gone(stocked: Shop) -> None:
    keys = [QuickKey("b", 1, "1001"), QuickKey("a", 2, "1002"), QuickKey("a", 1, "gone"), QuickKey("a", 3, "1003")]

    with stocked.writing() as books:
        books.products.put_quick_keys([QuickKey("old", 1, "1001")])
        books.products.put_quick_keys(keys)

    with stocked.reading() as books:
        assert books.products.quick_keys() == ((keys[1], COLA), (keys[3], NOODLES), (keys[0], TEA))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("可乐", ["1002"]),
        ("红", ["1001"]),
        ("口可乐3", ["1002"]),
        ("kkkl", ["1002"]),
        ("kkl", ["1002"]),
        ("kekoukele", ["1002"]),
        ("kekouk", ["1002"]),
        ("kele", ["1002"]),
        ("chongqing", ["1003"]),
        ("cqxm", ["1003"]),
        ("6928804011142", ["1002"]),
        ("804011", ["1002"]),
        ("１００２", ["1002"]),
        ("saucer", ["2001"]),
        ("SAUCER cup", ["2001"]),
        ("50%", ["2001"]),
        ("& ", ["2001"]),
        ("可乐 330", ["1002"]),
        ("ke 33", ["1002"]),
        ('"', []),
        ("*", []),
        ("可乐 红茶", []),
        ("", []),
        ("   ", []),
        ("nothing like it", []),
    ],
)
def test_a_product_is_found_by(stocked: Shop, text: str, codes: list[str]) -> None:
    assert found(stocked, text) == codes


def test_the_exact_code_comes_first_then_beginnings_then_word_starts_then_the_rest(shop: Shop) -> None:
    anywhere = Product("9001", "Pinot xtea", Money(1))
    word = Product("9002", "Green tea", Money(1))
    begins = Product("9003", "Tea, black", Money(1))
    exact = Product("TEA", "Assam", Money(1))

    with shop.writing() as books:
        books.products.put([anywhere, word, begins, exact])

    assert found(shop, "tea") == ["TEA", "9003", "9002", "9001"]


def test_no_more_are_found_than_asked_for(stocked: Shop) -> None:
    with stocked.reading() as books:
        assert len(books.products.find("0", limit=2)) <= 2


NAMES = st.text(alphabet="可口乐茶红 aAbé0%\"'*-(ſßＡ𬭎", min_size=1, max_size=8).filter(
    lambda name: name.strip() != ""
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=8), data=st.data())
def test_every_fragment_of_a_name_finds_it_as_a_plain_search_would(
    shop: Shop, names: list[str], data: st.DataObject
) -> None:
    products = [Product(f"{n:04d}", name, Money(100)) for n, name in enumerate(names)]
    whole = search.fold(data.draw(st.sampled_from(names)))
    start = data.draw(st.integers(0, len(whole)))
    fragment = whole[start : data.draw(st.integers(start, len(whole)))]

    with shop.writing() as books:
        books.products.remove([product.code for product in books.products.every()])
        books.products.put(products)
        hits = {product.code for product in books.products.find(fragment)}

    words = fragment.split()
    expected = {p.code for p in products if words and all(word in search.fold(p.name) for word in words)}
    # a digit may also stand in a code, a letter in pinyin
    assert expected <= hits
    assert all(
        search.rank(words, search.findable(p.name, codes=p.codes)) is not None for p in products if p.code in hits
    )
