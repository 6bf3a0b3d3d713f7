"""The owner's price lists on screen: which there are, what each says, and when it begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from storeapp.domain import price_list
from storeapp.domain.price_line import PriceLine
from storeapp.domain.price_list import BadPriceList, BadPrices
from storeapp.domain.price_list_version import PriceListVersion, Standing, standing
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.staff import Staff, require
from storeapp.domain.terms import PriceListTerms
from storeapp.errors import Refused
from storeapp.till import price_lists
from storeapp.ui.desk import Desk
from storeapp.ui.price_lists.saying import changes_sheet
from storeapp.words import Words

Asking = Literal["", "live", "end"]
# a name, a title, a day, what stands on it, and the kind of file; answers the file
KeepReport = Callable[[str, str, str, ReportSheet, Literal["pdf", "xlsx"]], str]
_ORDER: dict[Standing, int] = {"live": 0, "coming": 1, "draft": 2, "over": 3}


@dataclass(frozen=True, slots=True)
class PriceListsState:
    """`lines` are the goods of the chosen list, None while they are looked up; `asking` what one more press does."""

    rows: tuple[PriceListVersion, ...] = ()
    chosen: str = ""
    today: date = date.min
    lines: tuple[PriceLine, ...] | None = None
    floor_percent: int | None = None
    asking: Asking = ""
    may_decide: bool = True

    @property
    def version(self) -> PriceListVersion | None:
        return next((row for row in self.rows if row.subject == self.chosen), None)

    @property
    def terms(self) -> PriceListTerms | None:
        """The chosen one, as far as this program can read it."""
        if self.version is None:
            return None
        try:
            return price_list.from_data(self.version.data)
        except (BadPriceList, BadPrices):
            return None

    @property
    def doubtful(self) -> int:
        """How many of its prices bring less than the shop asks for."""
        doubts = (line.doubt(self.floor_percent) for line in self.lines or ())
        return sum(doubt in ("below_cost", "below_floor") for doubt in doubts)


class PriceListsView(Protocol):
    def show_state(self, state: PriceListsState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`live`, `ended`."""
        ...

    def kept(self, file: str) -> None: ...
    def beep(self) -> None: ...


class PriceListsPresenter:
    """`changed` tells the selling screen that other prices hold; `edit` opens the editor of a list, or of a new one."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        words: Words,
        *,
        keep: KeepReport,
        edit: Callable[[PriceListVersion | None], None],
        changed: Callable[[], None] = lambda: None,
        chosen: str = "",
    ) -> None:
        self._desk, self._staff, self._words, self._keep, self._edit = desk, staff, words, keep, edit
        self._changed = changed
        self._view: PriceListsView
        self.state = PriceListsState(chosen=chosen, may_decide=staff.may("promotions"))

    def bind(self, view: PriceListsView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        """What was said elsewhere shows, too."""
        desk = self._desk
        with desk.shop.reading() as books:
            today = desk.today(books)
        rows = _in_order(price_lists.every_list(desk.shop), today)
        known = {row.subject for row in rows}
        chosen = self.state.chosen if self.state.chosen in known else rows[0].subject if rows else ""
        floor = price_lists.floor_percent(desk.shop)
        self._show(replace(self.state, rows=rows, today=today, chosen=chosen, floor_percent=floor, lines=None))
        self._look_up()

    def choose(self, list_id: str) -> None:
        if list_id != self.state.chosen:
            self._show(replace(self.state, chosen=list_id, lines=None, asking=""))
            self._look_up()

    def go_live(self) -> None:
        """A list that brings too little is asked about, and goes live with the second press."""
        now = self.state.version
        if now is None or now.state == "live" or not self._allowed():
            self._view.beep()
            return
        if self.state.doubtful and self.state.asking != "live":
            self._view.beep()
            self._show(replace(self.state, asking="live"))
            return
        desk, by = self._desk, self._staff.code
        self._desk.work.db(
            lambda: price_lists.go_live(desk.shop, (now.subject,), clock=desk.clock, by=by),
            ok=lambda _words: self._said("live"),
            fail=self._view.tell,
        )

    def end(self) -> None:
        """Asked twice."""
        now = self.state.version
        if now is None or now.state != "live" or not self._allowed():
            self._view.beep()
            return
        if self.state.asking != "end":
            self._show(replace(self.state, asking="end"))
            return
        desk, by = self._desk, self._staff.code
        self._desk.work.db(
            lambda: price_lists.end(desk.shop, (now.subject,), clock=desk.clock, by=by),
            ok=lambda _words: self._said("ended"),
            fail=self._view.tell,
        )

    def write_new(self) -> None:
        """The editor, empty."""
        if self._allowed():
            self._edit(None)
        else:
            self._view.beep()

    def change(self) -> None:
        """The editor, with the chosen list."""
        if self.state.terms is None or not self._allowed():
            self._view.beep()
        else:
            self._edit(self.state.version)

    def keep(self) -> None:
        """The price changes on paper, for whoever puts up the tags."""
        terms, lines, version = self.state.terms, self.state.lines, self.state.version
        if terms is None or not lines or version is None:
            self._view.beep()
            return
        sheet, name = changes_sheet(terms, lines, self._words), f"price-list-{version.subject}-{version.number}"
        title = self._words.t("Price changes: {name}").format(name=version.name)
        day = self.state.today.isoformat()
        self._desk.work.io(lambda: self._keep(name, title, day, sheet, "pdf"), ok=self._view.kept, fail=self._view.tell)

    # inside

    def _look_up(self) -> None:
        terms, shop = self.state.terms, self._desk.shop
        if terms is None:
            return
        list_id, prices = self.state.chosen, {code: price.fen for code, price in terms.prices.items()}
        self._desk.work.io(
            lambda: price_lists.lines_of(shop, prices),
            ok=lambda lines: self._looked_up(list_id, lines),
            fail=self._view.tell,
        )

    def _looked_up(self, list_id: str, lines: tuple[PriceLine, ...]) -> None:
        if list_id == self.state.chosen:
            self._show(replace(self.state, lines=lines))

    def _allowed(self) -> bool:
        try:
            require(self._staff, "promotions")
        except Refused as error:
            self._view.tell(error)
            return False
        return True

    def _said(self, word: str) -> None:
        self._show(replace(self.state, asking=""))
        self.refresh()
        self._changed()
        self._view.done(word)

    def _show(self, state: PriceListsState) -> None:
        self.state = state
        self._view.show_state(state)


def _in_order(rows: tuple[PriceListVersion, ...], today: date) -> tuple[PriceListVersion, ...]:
    """What holds now first, then what is coming, drafts, and what is over; the latest word first."""
    latest = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    return tuple(sorted(latest, key=lambda row: _ORDER[standing(row, today)]))
