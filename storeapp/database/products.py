"""Products' tables: the catalogue, every code that rings something up, and the quick keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from storeapp.database.search_index import SearchIndex
from storeapp.database.statements.products import (
    AMONG,
    BY_CODE,
    COUNT,
    COUNTED,
    DROP,
    DROP_CODES,
    DROP_QUICK_KEYS,
    EVERY,
    KNOWN,
    LAST_ID,
    OWNERS,
    PUT,
    PUT_CODE,
    PUT_QUICK_KEY,
    QUICK_KEYS,
    UNITS_OF,
)
from storeapp.database.statements.search_index import (
    PRODUCT_ADD_GRAMS,
    PRODUCT_ADD_WORD,
    PRODUCT_CALLED,
    PRODUCT_DROP_GRAMS,
    PRODUCT_DROP_WORDS,
    PRODUCT_HOLDING,
    PRODUCT_STARTING,
)
from storeapp.database.work import Row, Work
from storeapp.domain import search
from storeapp.domain.money import Money
from storeapp.domain.pinyin import Spelling
from storeapp.domain.product import CodesTaken, Product, QuickKey
from storeapp.till.ports import Clock

AT_ONCE = 500
T = TypeVar("T")
# its grams are numbers only, no copy of the text: a catalogue is found again in the table itself
product_index = SearchIndex(
    PRODUCT_ADD_WORD,
    PRODUCT_ADD_GRAMS,
    PRODUCT_DROP_WORDS,
    PRODUCT_DROP_GRAMS,
    PRODUCT_STARTING,
    PRODUCT_CALLED,
    PRODUCT_HOLDING,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A product as it stands in the file before it is put again."""

    row_id: int
    product: Product
    stock_at: str | None


class ProductTable:
    """Implements `till.ports.Products`."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def by_code(self, code: str) -> Product | None:
        row = self._work.one(BY_CODE, code=code)
        return None if row is None else _product(row)

    def find(self, text: str, *, limit: int = 20) -> tuple[Product, ...]:
        typed = search.words_of(text)
        if not typed:
            return ()
        rows = product_index.candidates(self._work, typed, limit=limit)
        hits = []
        for row in self._work.all(AMONG, among=json.dumps(rows)):
            found = search.rank(typed, _findable(row))
            if found is not None:
                hits.append(((found, len(row[2]), row[2], row[1]), row[:-1]))
        hits.sort(key=lambda hit: hit[0])
        return tuple(_product(row) for _, row in hits[:limit])

    def put(self, products: Sequence[Product]) -> None:
        rows = list({each.code: each for each in products}.values())
        changed = [change for chunk in _chunks(rows) for change in self._changed(chunk)]
        # first all old codes go, so that a barcode may move from one product to another within one list
        self._drop_words([before.row_id for _, before in changed if before is not None])
        for chunk in _chunks(changed):
            self._put(chunk)

    def _changed(self, products: Sequence[Product]) -> Iterator[tuple[Product, _Known | None]]:
        rows = self._work.all(KNOWN, among=_json([each.code for each in products]))
        known = {row[1]: _Known(row[0], _product(row[:-1]), row[-1]) for row in rows}
        for each in products:
            before = known.get(each.code)
            if before is None or before.product != each:
                yield each, before

    def _put(self, changes: Sequence[tuple[Product, _Known | None]]) -> None:
        taken = self._taken([each for each, _ in changes])
        if taken:
            raise CodesTaken(taken)
        fresh = self._work.count(LAST_ID)
        now = self._clock.now().isoformat()
        rows, things = [], []
        for each, before in changes:
            if before is None:
                fresh += 1
            is_counted = before is None or before.product.stock_milli != each.stock_milli
            stock_at = now if is_counted else before.stock_at if before is not None else None
            thing = search.findable(each.name, codes=each.codes)
            row_id = fresh if before is None else before.row_id
            rows.append(_values(each, row_id, thing, None if each.stock_milli is None else stock_at))
            things.append((row_id, each, thing))
        self._work.many(PUT, rows)
        self._add_words(things)

    def _taken(self, products: Sequence[Product]) -> dict[str, str]:
        """Codes of these products that ring up another one: in the file, or among themselves."""
        taken = self.owners(code for each in products for code in each.codes)
        seen: dict[str, str] = {}
        for each in products:
            for code in each.codes:
                if seen.setdefault(code, each.code) != each.code:
                    taken[code] = seen[code]
        return taken

    def _add_words(self, things: Sequence[tuple[int, Product, search.Findable]]) -> None:
        codes = [{"code": code, "product": row_id} for row_id, each, _ in things for code in each.codes]
        self._work.many(PUT_CODE, codes)
        product_index.add(self._work, [(row_id, thing) for row_id, _, thing in things])

    def _drop_words(self, row_ids: Sequence[int]) -> None:
        self._work.many(DROP_CODES, [{"product": row_id} for row_id in row_ids])
        product_index.drop(self._work, row_ids)

    def remove(self, codes: Sequence[str]) -> None:
        for chunk in _chunks(codes):
            row_ids = [row[0] for row in self._work.all(KNOWN, among=_json(chunk))]
            self._drop_words(row_ids)
            self._work.many(DROP, [{"product": row_id} for row_id in row_ids])

    def every(self) -> Iterator[Product]:
        return (_product(row) for row in self._work.each(EVERY))

    def owners(self, codes: Iterable[str]) -> dict[str, str]:
        return dict(self._work.all(OWNERS, among=_json(list(codes))))

    def units_of(self, codes: Sequence[str]) -> tuple[Product, ...]:
        return tuple(_product(row) for chunk in _chunks(codes) for row in self._work.all(UNITS_OF, among=_json(chunk)))

    def counted(self) -> Iterator[tuple[Product, str]]:
        return ((_product(row[:-1]), row[-1]) for row in self._work.each(COUNTED))

    def count(self) -> int:
        return self._work.count(COUNT)

    def quick_keys(self) -> tuple[tuple[QuickKey, Product], ...]:
        return tuple((QuickKey(*row[:3]), _product(row[3:])) for row in self._work.all(QUICK_KEYS))

    def put_quick_keys(self, keys: Sequence[QuickKey]) -> None:
        self._work.run(DROP_QUICK_KEYS)
        self._work.many(
            PUT_QUICK_KEY, [{"tab": each.tab, "place": each.place, "product": each.product} for each in keys]
        )


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(rows), AT_ONCE):
        yield rows[at : at + AT_ONCE]


def _json(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _values(one: Product, row_id: int, thing: search.Findable, stock_at: str | None) -> dict[str, Any]:
    return {
        "id": row_id,
        "code": one.code,
        "name": one.name,
        "price_fen": one.price.fen,
        "unit": one.unit,
        "category": one.category,
        "barcodes": _json(one.barcodes),
        "member_price_fen": None if one.member_price is None else one.member_price.fen,
        "cost_fen": None if one.cost is None else one.cost.fen,
        "stock_milli": one.stock_milli,
        "stock_at": stock_at,
        "weighed": int(one.weighed),
        "image": one.image,
        "brand": one.brand,
        "base": one.base,
        "pack": one.pack,
        "spellings": "\n".join(" ".join((each.initials, *each.syllables)) for each in thing.spellings),
    }


def _findable(row: Row) -> search.Findable:
    """What a row of AMONG answers to, without spelling it again."""
    spelled = (line.split(" ") for line in row[-1].split("\n")) if row[-1] else ()
    ways = tuple(Spelling(tuple(syllables), initials) for initials, *syllables in spelled)
    codes = (row[1], *json.loads(row[6]))
    return search.Findable(search.fold(row[2]), tuple(search.fold(code) for code in codes), ways)


def _product(row: Row) -> Product:
    _, code, name, price_fen, unit, category, barcodes, member_fen, cost_fen, stock_milli, weighed, *rest = row
    image, brand, base, pack = rest
    return Product(
        code=code,
        name=name,
        price=Money(price_fen),
        unit=unit,
        category=category,
        barcodes=() if barcodes == "[]" else tuple(json.loads(barcodes)),
        member_price=None if member_fen is None else Money(member_fen),
        cost=None if cost_fen is None else Money(cost_fen),
        stock_milli=stock_milli,
        weighed=bool(weighed),
        image=image,
        brand=brand,
        base=base,
        pack=pack,
    )
