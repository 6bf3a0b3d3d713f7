"""A price list being written: for whom and when in a form, and its goods scanned, searched or read from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from storeapp.domain import price_list
from storeapp.domain.goods_names import words_of
from storeapp.domain.money import NotAnAmount, typed_amount, yuan
from storeapp.domain.price_line import PriceLine
from storeapp.domain.price_list import BadPriceList, BadPrices, PriceFault
from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.product import Product, UnknownCode
from storeapp.domain.staff import Right, Staff
from storeapp.domain.terms import PriceListTerms
from storeapp.errors import Refused
from storeapp.till import price_lists
from storeapp.till.named_files import sheet_bytes
from storeapp.till.price_lists import put_price_lists
from storeapp.till.prices_sheet import PricesSheet, read_prices
from storeapp.till.selling import normal_code
from storeapp.ui.desk import Desk
from storeapp.ui.promotions.typed import WHEN, WHOM, read_when, typed_when
from storeapp.ui.settings.form import FormPresenter, Spec
from storeapp.words import N_

HITS_MOST = 20
SPECS = (
    Spec("name", N_("Name, as receipts tell it"), rule=N_("1 to 40 characters"), wide=True),
    *(replace(spec, wide=True) for spec in WHOM),
    Spec("stores", N_("At which stores (nothing: all)"), rule=N_("store codes, with commas between"), wide=True),
    *(replace(spec, wide=spec.key not in ("first", "last")) for spec in WHEN),
)


@dataclass(frozen=True, slots=True)
class GoodsState:
    """The goods of the list. `typed` is what stands in the price field of the selected one, `refused` why it cannot.

    `hits` are the products the search found; `faults` the rows of the last file that were left out.
    """

    lines: tuple[PriceLine, ...] = ()
    selected: int = 0
    search: str = ""
    hits: tuple[Product, ...] = ()
    typed: str = ""
    refused: str = ""
    faults: tuple[PriceFault, ...] = ()
    floor_percent: int | None = None

    @property
    def line(self) -> PriceLine | None:
        return self.lines[self.selected] if 0 <= self.selected < len(self.lines) else None


class GoodsView(Protocol):
    def show_goods(self, state: GoodsState) -> None: ...
    def tell_goods(self, error: Exception) -> None: ...
    def ask_price(self) -> None:
        """The next thing to type is the price of the selected product."""
        ...

    def ask_goods(self) -> None:
        """The next thing to type or scan is a product."""
        ...

    def beep(self) -> None: ...


class PriceListEditor(FormPresenter):
    """Without a `version` it is a new list. `saved` gets its id; a list that was live is a draft again."""

    right: Right = "promotions"

    def __init__(
        self, desk: Desk, staff: Staff, *, version: PriceListVersion | None = None, saved: Callable[[str], None]
    ) -> None:
        self._desk, self._then = desk, saved
        # raises BadPriceList where a newer program has written what this one cannot read
        self.known: PriceListTerms | None = None if version is None else price_list.from_data(version.data)
        self.was_live = version is not None and version.state == "live"
        self._id = desk.ids.new() if self.known is None else self.known.list_id
        self._goods_view: GoodsView
        fen = {} if self.known is None else {code: price.fen for code, price in self.known.prices.items()}
        lines, floor = price_lists.lines_of(desk.shop, fen), price_lists.floor_percent(desk.shop)
        self.goods = GoodsState(lines, floor_percent=floor, typed=_typed(lines, 0))
        super().__init__(staff, SPECS)

    @property
    def is_new(self) -> bool:
        return self.known is None

    def bind_goods(self, view: GoodsView) -> None:
        self._goods_view = view
        self._show_goods(self.goods)

    # goods

    def search(self, text: str) -> None:
        with self._desk.shop.reading() as books:
            hits = books.products.find(text.strip(), limit=HITS_MOST) if text.strip() else ()
        self._show_goods(replace(self.goods, search=text, hits=hits))

    def scan(self, text: str, hit: int = 0) -> None:
        """Enter in the field of goods: a code or barcode, or the product of that place among those found."""
        if not text.strip():
            self.ask_price()
            return
        with self._desk.shop.reading() as books:
            product = books.products.by_code(normal_code(text))
        if product is None and 0 <= hit < len(self.goods.hits):
            product = self.goods.hits[hit]
        if product is None:
            self._goods_view.beep()
            self._goods_view.tell_goods(UnknownCode(text.strip()[:40]))
            return
        self._add(product)

    def select(self, place: int) -> None:
        if place != self.goods.selected and 0 <= place < len(self.goods.lines):
            self._select(self.goods, place)

    def ask_price(self) -> None:
        """To the price of the selected product."""
        if self.goods.line is None:
            self._goods_view.beep()
        else:
            self._goods_view.ask_price()

    def type_price(self, text: str) -> None:
        line = self.goods.line
        if line is None:
            return
        try:
            price = typed_amount(text) if text.strip() else None
        except NotAnAmount:
            self._put(replace(line, price=None), typed=text, refused="too_large" if text.strip(".") else "")
            return
        made = replace(line, price=price)
        self._put(made, typed=text, refused=made.refusal)

    def price_done(self) -> None:
        """Enter in the field of the price: on to the next product, or why this price cannot be."""
        line = self.goods.line
        if line is None or line.price is None or line.refusal:
            self._goods_view.beep()
            self._show_goods(replace(self.goods, refused=self._wrong(line)))
            return
        self._goods_view.ask_goods()

    def drop(self) -> None:
        """The selected product leaves the list."""
        goods = self.goods
        if goods.line is None:
            self._goods_view.beep()
            return
        lines = goods.lines[: goods.selected] + goods.lines[goods.selected + 1 :]
        self._changed()
        self._select(replace(goods, lines=lines), min(goods.selected, max(0, len(lines) - 1)))

    def read_file(self, name: str) -> None:
        """The good rows of a CSV or XLSX over what stands there; the others are named."""
        shop = self._desk.shop

        def read() -> tuple[PricesSheet, tuple[PriceLine, ...]]:
            data = sheet_bytes(name)
            with shop.reading() as books:
                found = read_prices(books, data)
            return found, price_lists.lines_of(shop, {code: price.fen for code, price in found.prices.items()})

        self._desk.work.io(read, ok=lambda found: self._read_in(*found), fail=self._not_read)

    # saving

    def save(self) -> None:
        """All or nothing: a product without a price, or with one that cannot be, is shown first."""
        wrong = next((n for n, line in enumerate(self.goods.lines) if line.price is None or line.refusal), None)
        if wrong is not None:
            self._goods_view.beep()
            self.select(wrong)
            self._show_goods(replace(self.goods, refused=self._wrong(self.goods.lines[wrong])))
            self._goods_view.ask_price()
            return
        if not self.goods.lines:
            self._goods_view.beep()
            self._show_goods(replace(self.goods, refused="no_goods"))
            self._goods_view.ask_goods()
            return
        super().save()

    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        values = self.state.values
        prices = {line.code: line.price.fen for line in self.goods.lines if line.price is not None}
        data: dict[str, Any] = {"id": self._id, "name": values.get("name", "").strip(), "prices": prices}
        if values.get("whom", "all") != "all":
            data["whom"] = values["whom"]
        if values.get("whom") == "tiers":
            data["tiers"] = list(words_of(values.get("tiers", "")))
        if stores := list(words_of(values.get("stores", ""))):
            data["stores"] = stores
        try:
            price_list.from_data(data | read_when(values))
        except ValueError:
            return data, frozenset({"weekdays"})
        except BadPriceList as error:
            parts = error.field.replace("[", ".").split(".")
            return data, frozenset({parts[1] if parts[0] == "when" and len(parts) > 1 else parts[0]})
        except BadPrices:
            return data, frozenset({"name"})
        return data | read_when(values), frozenset()

    def _read(self) -> dict[str, str]:
        known = self.known
        if known is None:
            return {"whom": "all"}
        return {
            "name": known.name,
            "whom": known.whom,
            "tiers": ", ".join(sorted(known.tiers)),
            "stores": ", ".join(sorted(known.stores)),
            **typed_when(known.when),
        }

    def _write(self, values: dict[str, Any]) -> None:
        desk, by = self._desk, self._staff.code
        desk.work.db(
            lambda: put_price_lists(desk.shop, (values,), clock=desk.clock, by=by),
            ok=lambda words: self._then(words[0].subject),
            fail=self._failed,
        )

    # inside

    def _add(self, product: Product) -> None:
        """A new product comes first; one that is there is selected."""
        goods = replace(self.goods, search="", hits=())
        places = [place for place, line in enumerate(goods.lines) if line.code == product.code]
        if not places:
            goods = replace(goods, lines=(PriceLine(product.code, product), *goods.lines))
            self._changed()
        self._select(goods, places[0] if places else 0)
        self._goods_view.ask_price()

    def _put(self, line: PriceLine, *, typed: str, refused: str) -> None:
        lines = tuple(line if place == self.goods.selected else each for place, each in enumerate(self.goods.lines))
        self._changed()
        self._show_goods(replace(self.goods, lines=lines, typed=typed, refused=refused))

    def _select(self, goods: GoodsState, place: int) -> None:
        self._show_goods(replace(goods, selected=place, typed=_typed(goods.lines, place), refused=""))

    def _wrong(self, line: PriceLine | None) -> str:
        return self.goods.refused or (line.refusal if line is not None else "") or "no_price"

    def _read_in(self, read: PricesSheet, new: tuple[PriceLine, ...]) -> None:
        kept = tuple(line for line in self.goods.lines if line.code not in read.prices)
        if read.faults:
            self._goods_view.beep()
        if new:
            self._changed()
        self._select(replace(self.goods, lines=(*new, *kept), faults=read.faults), 0)

    def _not_read(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self._goods_view.beep()
        self._goods_view.tell_goods(error)

    def _changed(self) -> None:
        if not self.state.is_changed:
            self._show(replace(self.state, is_changed=True))

    def _show_goods(self, goods: GoodsState) -> None:
        self.goods = goods
        self._goods_view.show_goods(goods)


def _typed(lines: tuple[PriceLine, ...], place: int) -> str:
    """The price of that one as its field shows it."""
    price = lines[place].price if 0 <= place < len(lines) else None
    return "" if price is None else yuan(price)
