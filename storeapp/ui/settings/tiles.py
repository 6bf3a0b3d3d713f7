"""The quick keys: which product stands on which tile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.product import Product, QuickKey
from storeapp.domain.staff import Staff
from storeapp.till.catalogue import put_quick_keys
from storeapp.ui.allowed import allowed
from storeapp.ui.desk import Desk

HITS_MOST = 20


@dataclass(frozen=True, slots=True)
class TilesState:
    """`tiles` are those of the chosen tab in order; `place` is the one being changed, the one past the last is new."""

    tabs: tuple[str, ...] = ()
    tab: int = 0
    tiles: tuple[Product, ...] = ()
    place: int = 0
    text: str = ""
    hits: tuple[Product, ...] = ()


class TilesView(Protocol):
    def show_state(self, state: TilesState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class TilesPresenter:
    """`changed` is called when the selling screen should look again. Every change is kept at once."""

    def __init__(self, desk: Desk, staff: Staff, *, changed: Callable[[], None]) -> None:
        self._desk, self._staff, self._changed = desk, staff, changed
        self._view: TilesView
        self._tabs: dict[str, list[Product]] = {}
        self.state = TilesState()

    def bind(self, view: TilesView) -> None:
        self._view = view
        with self._desk.shop.reading() as books:
            for key, product in books.products.quick_keys():
                self._tabs.setdefault(key.tab, []).append(product)
        self._show(0, 0)

    def choose_tab(self, place: int) -> None:
        self._show(place, 0)

    def choose_tile(self, place: int) -> None:
        self._show(self.state.tab, place)

    def add_tab(self, name: str) -> None:
        wanted = name.strip()[:12]
        if not wanted or wanted in self._tabs:
            self._view.beep()
            return
        self._tabs[wanted] = []
        self._show(len(self._tabs) - 1, 0)

    def search(self, text: str) -> None:
        with self._desk.shop.reading() as books:
            hits = books.products.find(text.strip(), limit=HITS_MOST) if text.strip() else ()
        self.state = replace(self.state, text=text, hits=hits)
        self._view.show_state(self.state)

    def put(self, code: str) -> None:
        """This product on the chosen tile; the next tile is chosen after it."""
        product = next((hit for hit in self.state.hits if hit.code == code), None)
        if product is None or not self.state.tabs or not self._may():
            return
        tiles = self._tabs[self.state.tabs[self.state.tab]]
        tiles[self.state.place : self.state.place + 1] = [product]
        self._keep(self.state.place + 1)

    def remove(self) -> None:
        tiles = self._tabs[self.state.tabs[self.state.tab]] if self.state.tabs else []
        if self.state.place < len(tiles) and self._may():
            del tiles[self.state.place]
            self._keep(self.state.place)

    def move(self, by: int) -> None:
        """The chosen tile changes places with its neighbour."""
        tiles = self._tabs[self.state.tabs[self.state.tab]] if self.state.tabs else []
        here, there = self.state.place, self.state.place + by
        if 0 <= here < len(tiles) and 0 <= there < len(tiles) and self._may():
            tiles[here], tiles[there] = tiles[there], tiles[here]
            self._keep(there)

    def _may(self) -> bool:
        return allowed(self._staff, "settings", self._view)

    def _keep(self, place: int) -> None:
        keys = [
            QuickKey(tab, number, product.code)
            for tab, products in self._tabs.items()
            for number, product in enumerate(products)
        ]
        shop = self._desk.shop
        self._desk.work.db(lambda: put_quick_keys(shop, keys), ok=lambda _none: self._changed(), fail=self._view.tell)
        self._show(self.state.tab, place)

    def _show(self, tab: int, place: int) -> None:
        tabs = tuple(self._tabs)
        tab = min(tab, max(0, len(tabs) - 1))
        tiles = tuple(self._tabs[tabs[tab]]) if tabs else ()
        self.state = TilesState(tabs, tab, tiles, min(max(0, place), len(tiles)))
        self._view.show_state(self.state)
