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
from storeapp.domain.staff import Staff
from storeapp.domain.terms import PriceListTerms
from storeapp.till import price_lists
from storeapp.ui.deciding import Deciding, DecidingPresenter, DecidingView, known_or_first
from storeapp.ui.desk import Desk
from storeapp.ui.price_lists.saying import changes_sheet
from storeapp.words import Words

# a name, a title, a day, what stands on it, and the kind of file; answers the file
KeepReport = Callable[[str, str, str, ReportSheet, Literal["pdf", "xlsx"]], str]
_ORDER: dict[Standing, int] = {"live": 0, "coming": 1, "draft": 2, "over": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListsState(Deciding):
    """`lines` are the goods of the chosen list, None while they are looked up."""

    rows: tuple[PriceListVersion, ...] = ()
    today: date = date.min
    lines: tuple[PriceLine, ...] | None = None
    floor_percent: int | None = None

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


class PriceListsView(DecidingView[PriceListsState], Protocol):
    """What is done is `live` or `ended`."""

    def kept(self, file: str) -> None: ...


class PriceListsPresenter(DecidingPresenter[PriceListsState]):
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
        super().__init__(desk, staff, PriceListsState(chosen=chosen), changed=changed)
        self._words, self._keep, self._edit = words, keep, edit
        self._view: PriceListsView

    def bind(self, view: PriceListsView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        desk = self._desk
        with desk.shop.reading() as books:
            today = desk.today(books)
        rows = _in_order(price_lists.every_list(desk.shop), today)
        chosen = known_or_first(self.state.chosen, tuple(row.subject for row in rows))
        floor = price_lists.floor_percent(desk.shop)
        state = replace(self.state, rows=rows, today=today, floor_percent=floor, lines=None)
        self._show(replace(state, chosen=chosen, asking=""))
        self._look_up()

    def choose(self, list_id: str) -> None:
        if list_id != self.state.chosen:
            self._show(replace(self.state, chosen=list_id, lines=None, asking=""))
            self._look_up()

    def go_live(self) -> None:
        """A list that brings too little is asked about, and goes live with the second press."""
        now = self.state.version
        if now is None or now.state == "live":
            self._view.beep()
            return
        if not self._allowed():
            return
        if self.state.doubtful and not self._again("live"):
            self._view.beep()
            return
        desk, by = self._desk, self._staff.code
        self._decide(lambda: price_lists.go_live(desk.shop, (now.subject,), clock=desk.clock, by=by), "live")

    def end(self) -> None:
        """Asked twice."""
        now = self.state.version
        if now is None or now.state != "live":
            self._view.beep()
        elif self._allowed() and self._again("end"):
            desk, by = self._desk, self._staff.code
            self._decide(lambda: price_lists.end(desk.shop, (now.subject,), clock=desk.clock, by=by), "ended")

    def write_new(self) -> None:
        """The editor, empty."""
        if self._allowed():
            self._edit(None)

    def change(self) -> None:
        """The editor, with the chosen list."""
        if self.state.terms is None:
            self._view.beep()
        elif self._allowed():
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


def _in_order(rows: tuple[PriceListVersion, ...], today: date) -> tuple[PriceListVersion, ...]:
    """What holds now first, then what is coming, drafts, and what is over; the latest word first."""
    latest = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    return tuple(sorted(latest, key=lambda row: _ORDER[standing(row, today)]))
