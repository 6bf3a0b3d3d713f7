"""Looking things up in 100,000 products and 100,000 members."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.shop import Measured, measured_shop
from storeapp.domain.pinyin import spellings
from storeapp.till.ports import Books

TRIES = 400
FRAME_MS = 16.0


def search_figures(folder: Path, *, products: int = 100_000, members: int = 100_000) -> list[Figure]:
    """Search as you type, each way of searching on its own, the first answers wanted."""
    with measured_shop(folder / "shop", products=products, members=members) as shop:
        return [_figure(shop, name, query) for name, query in _queries(shop)]


def _queries(shop: Measured) -> list[tuple[str, Callable[[Books, random.Random], object]]]:
    return [
        ("product by fragment", lambda books, chance: books.products.find(_fragment(books, shop, chance))),
        ("product by one character", lambda books, chance: books.products.find(_fragment(books, shop, chance, 1))),
        ("product by part of its code", lambda books, chance: books.products.find(chance.choice(shop.codes)[-5:])),
        ("product by pinyin initials", lambda books, chance: books.products.find(_initials(books, shop, chance))),
        ("member by last four digits", lambda books, chance: books.members.find(chance.choice(shop.phones)[-4:])),
        ("member by beginning of phone", lambda books, chance: books.members.find(chance.choice(shop.phones)[2:9])),
        ("member by name", lambda books, chance: books.members.find(_name(books, shop, chance))),
        ("member by pinyin", lambda books, chance: books.members.find(_typed(_name(books, shop, chance)))),
        ("nothing found", lambda books, chance: books.products.find(f"无此商品{chance.randint(0, 99)}")),
    ]


def _figure(shop: Measured, name: str, query: Callable[[Books, random.Random], object]) -> Figure:
    chance, times = random.Random(name), []
    with shop.shop.reading() as books:
        query(books, chance)
        times = [timed(lambda: query(books, chance)) for _ in range(TRIES)]
    return Figure(f"search, {name}, p99", p99(times), "ms", FRAME_MS, note=f"median {median(times):.2f} ms")


def _fragment(books: Books, shop: Measured, chance: random.Random, length: int = 0) -> str:
    product = books.products.by_code(chance.choice(shop.codes))
    name = "" if product is None else product.name.replace(" ", "")
    length = length or chance.randint(2, 5)
    start = chance.randrange(max(1, len(name) - length))
    return name[start : start + length]


def _initials(books: Books, shop: Measured, chance: random.Random) -> str:
    return _typed(_fragment(books, shop, chance, 4))


def _name(books: Books, shop: Measured, chance: random.Random) -> str:
    member = books.members.by_id(chance.choice(shop.member_ids))
    return "" if member is None else member.name


def _typed(text: str) -> str:
    """The initials somebody types for `text`."""
    found = spellings(text)
    return found[0].initials if found else text
