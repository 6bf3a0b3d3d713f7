"""Group orders on screen: a sheet chosen, its orders, what is to be bought, and the words for the group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from storeapp.domain.group_order import GroupOrder, OrderStage, order_stage
from storeapp.domain.group_purchase import PurchaseList
from storeapp.domain.group_sheet import GroupSheet, Stage, State
from storeapp.domain.report_sheet import ReportSheet
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till import group_orders, group_rewards, group_sharing, group_sheets, group_slips
from storeapp.till.group_purchase import purchase_list
from storeapp.till.group_sheets import Sheet
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books
from storeapp.ui.desk import Desk
from storeapp.ui.groups.report import report_of
from storeapp.words import Words

Side = Literal["orders", "buy", "words"]
Asking = Literal["", "over", "cancel"]
Keep = Callable[[str, str, str, ReportSheet, Literal["pdf", "xlsx"]], str]
SIDES: tuple[Side, ...] = ("orders", "buy", "words")
# what a sheet becomes next, by what it is
NEXT: dict[Stage, State] = {
    "draft": "open",
    "planned": "closed",
    "open": "closed",
    "closed": "bought",
    "bought": "arrived",
}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order as it is listed."""

    order: GroupOrder
    name: str
    stage: OrderStage


@dataclass(frozen=True, slots=True)
class GroupsState:
    """`asking` is what one more press does."""

    sheets: tuple[tuple[GroupSheet, Stage, int], ...] = ()
    chosen: str = ""
    side: Side = "orders"
    sheet: Sheet | None = None
    leader: str = ""
    reward_fen: int | None = None
    orders: tuple[OrderRow, ...] = ()
    order: str = ""
    purchase: PurchaseList | None = None
    text: str = ""
    may_decide: bool = False
    asking: Asking = ""

    @property
    def row(self) -> OrderRow | None:
        return next((row for row in self.orders if row.order.code == self.order), None)


class GroupsView(Protocol):
    def show_state(self, state: GroupsState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`open`, `closed`, `bought`, `arrived`, `over`, `cancelled`, `printing` or `copied`."""
        ...

    def kept(self, file: str) -> None: ...
    def copy(self, text: str) -> None: ...
    def beep(self) -> None: ...


class GroupsPresenter:
    """`written` is the language of what goes out; `printed` says that slips wait, `keep` writes the purchase list."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        written: Callable[[], Words],
        *,
        keep: Keep,
        printed: Callable[[], None],
        chosen: str = "",
    ) -> None:
        self._desk, self._staff, self._written, self._keep, self._printed = desk, staff, written, keep, printed
        self._view: GroupsView
        self.state = GroupsState(chosen=chosen, may_decide=staff.may("promotions"))

    def bind(self, view: GroupsView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        """Everything as it stands now."""
        with self._desk.shop.reading() as books:
            now = local_moment(books, self._desk.clock.now())
            sheets = tuple(
                (sheet, stage, sum(not order.cancelled_at for order in books.groups.orders(sheet.sheet_id)))
                for sheet, stage in group_sheets.every(books, now=now)
            )
            known = [sheet.sheet_id for sheet, _stage, _count in sheets]
            chosen = self.state.chosen if self.state.chosen in known else (known or [""])[0]
            state = replace(self.state, sheets=sheets, chosen=chosen, asking="")
            self._show(self._whole(books, state) if chosen else replace(state, sheet=None, orders=(), order=""))

    def choose(self, sheet_id: str) -> None:
        if sheet_id != self.state.chosen:
            self.state = replace(self.state, chosen=sheet_id, order="")
            self.refresh()

    def choose_order(self, code: str) -> None:
        if code != self.state.order:
            self._show(replace(self.state, order=code, asking=""))

    def show_side(self, side: Side) -> None:
        self._show(replace(self.state, side=side, asking=""))

    def go_on(self) -> None:
        """The next thing that becomes of the sheet."""
        sheet = self.state.sheet
        after = None if sheet is None else NEXT.get(sheet.stage)
        if after is None:
            self._view.beep()
        else:
            self._turn(after)

    def end(self) -> None:
        """Over: asked twice."""
        sheet = self.state.sheet
        if sheet is None or sheet.sheet.state == "over" or not self._allowed():
            self._view.beep()
        elif self.state.asking != "over":
            self._show(replace(self.state, asking="over"))
        else:
            self._turn("over")

    def cancel(self) -> None:
        """Nobody comes for the chosen order: asked twice."""
        row = self.state.row
        if row is None or row.order.cancelled_at:
            self._view.beep()
        elif self.state.asking != "cancel":
            self._show(replace(self.state, asking="cancel"))
        else:
            desk, by, code = self._desk, self._staff.code, row.order.code
            desk.work.db(
                lambda: group_orders.cancel(desk.shop, code, by=by, clock=desk.clock),
                ok=lambda _order: self._done("cancelled"),
                fail=self._failed,
            )

    def print_slips(self, *, every: bool = False) -> None:
        """The slip of the chosen order, or of all that wait to be fetched."""
        rows = [row for row in self.state.orders if row.stage in ("ordered", "part")]
        if not every:
            rows = [] if self.state.row is None else [self.state.row]
        if not rows:
            self._view.beep()
            return
        desk, codes = self._desk, [row.order.code for row in rows]
        desk.work.db(
            lambda: group_slips.owe(desk.shop, codes, clock=desk.clock, ids=desk.ids),
            ok=lambda _jobs: self._owed(),
            fail=self._view.tell,
        )

    def keep(self, suffix: Literal["pdf", "xlsx"]) -> None:
        """The purchase list as a file."""
        state, desk = self.state, self._desk
        if state.purchase is None or state.sheet is None:
            self._view.beep()
            return
        said, found, sheet = self._written(), state.purchase, state.sheet
        with desk.shop.reading() as books:
            report, day = report_of(books, found, sheet, said), desk.today(books).isoformat()
        title = said.t("To buy for {name}").format(name=found.name)
        desk.work.io(
            lambda: self._keep(f"group-{found.sheet_id}", title, day, report, suffix),
            ok=self._view.kept,
            fail=self._view.tell,
        )

    def copy(self) -> None:
        if not self.state.text:
            self._view.beep()
            return
        self._view.copy(self.state.text)
        self._view.done("copied")

    def _whole(self, books: Books, state: GroupsState) -> GroupsState:
        now = local_moment(books, self._desk.clock.now())
        found = group_sheets.whole(books, state.chosen, now=now)
        reward = group_rewards.reward_of(books, found)
        rows = tuple(
            OrderRow(
                order,
                group_orders.person_shown(books, order)[0],
                order_stage(order, found.picks_of(order), is_over=found.stage == "over"),
            )
            for order in found.orders
        )
        codes = [row.order.code for row in rows]
        return replace(
            state,
            sheet=found,
            leader=group_sheets.leader_of(books, found.sheet),
            reward_fen=None if reward is None else reward.fen,
            orders=rows,
            order=state.order if state.order in codes else (codes or [""])[0],
            purchase=purchase_list(books, state.chosen, clock=self._desk.clock),
            text=group_sharing.share_of(books, state.chosen, words=self._written()),
        )

    def _turn(self, after: State) -> None:
        if not self._allowed():
            self._view.beep()
            return
        desk, by, chosen = self._desk, self._staff.code, self.state.chosen
        desk.work.db(
            lambda: group_sheets.turn(desk.shop, chosen, after, clock=desk.clock, by=by),
            ok=lambda _sheet: self._done(after),
            fail=self._failed,
        )

    def _allowed(self) -> bool:
        try:
            require(self._staff, "promotions")
        except Refused as error:
            self._view.tell(error)
            return False
        return True

    def _owed(self) -> None:
        self._printed()
        self._view.done("printing")

    def _done(self, word: str) -> None:
        self.refresh()
        self._view.done(word)

    def _failed(self, error: Exception) -> None:
        self.refresh()
        self._view.beep()
        self._view.tell(error)

    def _show(self, state: GroupsState) -> None:
        self.state = state
        self._view.show_state(state)
