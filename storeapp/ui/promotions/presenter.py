"""The owner's promotions on screen: which there are, what one would have cost, and when it begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.money import Money
from storeapp.domain.promotion import Promotion
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import BadPromotion, PromotionVersion
from storeapp.domain.replay import Replay, as_data
from storeapp.domain.staff import Staff
from storeapp.till import promotions
from storeapp.till.replaying import Progress, ReplayStopped
from storeapp.ui.deciding import Deciding, DecidingPresenter, DecidingView, known_or_first
from storeapp.ui.desk import Desk

DAYS = 30
# tries a promotion on the receipts of so many days; in another thread
TryOut = Callable[[str, int, Progress], Replay]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionsState(Deciding):
    """`result` is the replay of the chosen version, as it is kept."""

    rows: tuple[PromotionVersion, ...] = ()
    result: Mapping[str, Any] | None = None
    is_trying: bool = False
    given: Mapping[str, Money] | None = None
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


class PromotionsPresenter(DecidingPresenter[PromotionsState]):
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
        super().__init__(desk, staff, PromotionsState(chosen=chosen, may_try=try_out is not None), changed=changed)
        self._try_out, self._edit = try_out, edit
        self.progress = Progress()

    def bind(self, view: DecidingView[PromotionsState]) -> None:
        """What is done is `live`, `ended` or `tried`."""
        self._view = view
        self.refresh()
        shop = self._desk.shop
        self._desk.work.io(lambda: promotions.given_so_far(shop), ok=self._counted, fail=view.tell)
        self._desk.work.io(lambda: promotions.goods_named(shop), ok=self._named, fail=view.tell)

    def refresh(self) -> None:
        rows = _in_order(promotions.every_promotion(self._desk.shop))
        chosen = known_or_first(self.state.chosen, tuple(row.promotion_id for row in rows))
        self._show(replace(self.state, rows=rows, chosen=chosen, result=self._result_of(rows, chosen), asking=""))

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
        now, unreplayed = self.state.promotion, self.state.result is None
        if now is None or now.state == "live":
            self._view.beep()
        elif self._allowed() and (not unreplayed or self._again("live")):
            desk, which, by = self._desk, (now.promotion_id,), self._staff.code
            self._decide(
                lambda: promotions.go_live(desk.shop, which, clock=desk.clock, by=by, unreplayed=unreplayed), "live"
            )

    def end(self) -> None:
        """Asked twice."""
        now = self.state.promotion
        if now is None or now.state != "live":
            self._view.beep()
        elif self._allowed() and self._again("end"):
            desk, which, by = self._desk, (now.promotion_id,), self._staff.code
            self._decide(lambda: promotions.end(desk.shop, which, clock=desk.clock, by=by), "ended")

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
        if self._edit is None or goods is None or self.state.is_trying:
            self._view.beep()
        elif self._allowed():
            self._edit(version, goods)

    def leave(self) -> None:
        """The page closes: nobody waits for a replay any more."""
        self.progress.stop()

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


def _in_order(rows: tuple[PromotionVersion, ...]) -> tuple[PromotionVersion, ...]:
    """Live ones first, then drafts, then what has ended; the latest word first."""
    rank = {"live": 0, "draft": 1, "ended": 2}
    latest = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    return tuple(sorted(latest, key=lambda row: rank[row.state]))
