"""The owner's promotions on screen: which there are, what one would have cost, and when it begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.money import Money
from storeapp.domain.promotion import Promotion
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import BadPromotion, PromotionVersion
from storeapp.domain.replay import Replay, as_data
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till import promotions
from storeapp.till.replaying import Progress, ReplayStopped
from storeapp.ui.desk import Desk

DAYS = 30
Asking = Literal["", "live", "end"]
# tries a promotion on the receipts of so many days; in another thread
TryOut = Callable[[str, int, Progress], Replay]


@dataclass(frozen=True, slots=True)
class PromotionsState:
    """`result` is the replay of the chosen version, as it is kept; `asking` what one more press of its key does."""

    rows: tuple[PromotionVersion, ...] = ()
    chosen: str = ""
    result: Mapping[str, Any] | None = None
    is_trying: bool = False
    asking: Asking = ""
    given: Mapping[str, Money] | None = None
    may_decide: bool = True
    may_try: bool = True
    goods: GoodsNames | None = None

    @property
    def rules(self) -> Promotion | None:
        """The rules of the chosen one, as far as this program can read them."""
        if self.promotion is None:
            return None
        try:
            return from_data(self.promotion.data)
        except BadPromotion:
            return None

    @property
    def promotion(self) -> PromotionVersion | None:
        return next((row for row in self.rows if row.promotion_id == self.chosen), None)


class PromotionsView(Protocol):
    def show_state(self, state: PromotionsState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`live`, `ended`, `tried`."""
        ...

    def beep(self) -> None: ...


class PromotionsPresenter:
    """`changed` tells the selling screen that other prices hold; without `try_out` nothing is tried.

    `chosen` is what stands chosen at first; `edit` opens the editor of a promotion, or of a new one.
    """

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        *,
        try_out: TryOut | None = None,
        changed: Callable[[], None] = lambda: None,
        chosen: str = "",
        edit: Callable[[PromotionVersion | None, GoodsNames], None] | None = None,
    ) -> None:
        self._desk, self._staff, self._try_out, self._changed = desk, staff, try_out, changed
        self._view: PromotionsView
        self._edit = edit
        self.progress = Progress()
        self.state = PromotionsState(chosen=chosen, may_decide=staff.may("promotions"), may_try=try_out is not None)

    def bind(self, view: PromotionsView) -> None:
        self._view = view
        self.refresh()
        shop = self._desk.shop
        self._desk.work.io(lambda: promotions.given_so_far(shop), ok=self._counted, fail=view.tell)
        self._desk.work.io(lambda: promotions.goods_named(shop), ok=self._named, fail=view.tell)

    def refresh(self) -> None:
        """What was said elsewhere shows, too."""
        rows = _in_order(promotions.every_promotion(self._desk.shop))
        known = {row.promotion_id for row in rows}
        chosen = self.state.chosen if self.state.chosen in known else rows[0].promotion_id if rows else ""
        self._show(replace(self.state, rows=rows, chosen=chosen, result=self._result_of(rows, chosen)))

    def choose(self, promotion_id: str) -> None:
        if promotion_id != self.state.chosen and not self.state.is_trying:
            result = self._result_of(self.state.rows, promotion_id)
            self._show(replace(self.state, chosen=promotion_id, result=result, asking=""))

    def try_out(self) -> None:
        """Runs the chosen one over the past; a second press stops it."""
        if self.state.is_trying:
            self.progress.stop()
            return
        run = self._try_out
        if self.state.promotion is None or run is None:
            self._view.beep()
            return
        chosen, self.progress = self.state.chosen, Progress()
        self._show(replace(self.state, is_trying=True, asking=""))
        progress = self.progress
        self._desk.work.io(lambda: run(chosen, DAYS, progress), ok=self._tried, fail=self._not_tried)

    def go_live(self) -> None:
        """Without a replay it is asked about, and goes live with the second press."""
        now = self.state.promotion
        if now is None or now.state == "live" or not self._allowed():
            self._view.beep()
            return
        if self.state.result is None and self.state.asking != "live":
            self._show(replace(self.state, asking="live"))
            return
        desk, by = self._desk, self._staff.code
        unreplayed = self.state.result is None
        self._desk.work.db(
            lambda: promotions.go_live(desk.shop, (now.promotion_id,), clock=desk.clock, by=by, unreplayed=unreplayed),
            ok=lambda _words: self._said("live"),
            fail=self._view.tell,
        )

    def end(self) -> None:
        """Asked twice."""
        now = self.state.promotion
        if now is None or now.state != "live" or not self._allowed():
            self._view.beep()
            return
        if self.state.asking != "end":
            self._show(replace(self.state, asking="end"))
            return
        desk, by = self._desk, self._staff.code
        self._desk.work.db(
            lambda: promotions.end(desk.shop, (now.promotion_id,), clock=desk.clock, by=by),
            ok=lambda _words: self._said("ended"),
            fail=self._view.tell,
        )

    def write_new(self) -> None:
        """The editor, empty."""
        self._open_editor(None)

    def change(self) -> None:
        """The editor, with the rules of the chosen one."""
        if self.state.rules is None:
            self._view.beep()
        else:
            self._open_editor(self.state.promotion)

    def _open_editor(self, version: PromotionVersion | None) -> None:
        goods = self.state.goods
        if self._edit is None or goods is None or self.state.is_trying or not self._allowed():
            self._view.beep()
        else:
            self._edit(version, goods)

    def leave(self) -> None:
        """The page closes: nobody waits for a replay any more."""
        self.progress.stop()

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

    def _tried(self, result: Replay) -> None:
        self._show(replace(self.state, is_trying=False, result=as_data(result)))
        self._view.done("tried")

    def _not_tried(self, error: Exception) -> None:
        self._show(replace(self.state, is_trying=False))
        if not isinstance(error, ReplayStopped):
            self._view.tell(error)

    def _counted(self, given: Mapping[str, Money]) -> None:
        self._show(replace(self.state, given=given))

    def _named(self, goods: GoodsNames) -> None:
        self._show(replace(self.state, goods=goods))

    def _result_of(self, rows: tuple[PromotionVersion, ...], promotion_id: str) -> Mapping[str, Any] | None:
        now = next((row for row in rows if row.promotion_id == promotion_id), None)
        if now is None:
            return None
        with self._desk.shop.reading() as books:
            return books.promotions.replay_of(promotion_id, now.number)

    def _show(self, state: PromotionsState) -> None:
        self.state = state
        self._view.show_state(state)


def _in_order(rows: tuple[PromotionVersion, ...]) -> tuple[PromotionVersion, ...]:
    """Live ones first, then drafts, then what has ended; the latest word first."""
    rank = {"live": 0, "draft": 1, "ended": 2}
    latest = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    return tuple(sorted(latest, key=lambda row: rank[row.state]))
