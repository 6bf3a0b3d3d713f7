"""Opens the page of promotions, from it the editor, and the page again when that is left."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.staff import Staff
from storeapp.till import trial
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice
from storeapp.ui.promotions.editor import EditorPresenter
from storeapp.ui.promotions.editor_page import EditorPage
from storeapp.ui.promotions.page import PromotionsPage
from storeapp.ui.promotions.presenter import PromotionsPresenter
from storeapp.ui.window import Window


class PromotionPages:
    """`changed` tells the selling screen that other prices hold."""

    def __init__(
        self, window: Window, desk: Desk, staff: Staff, *, beep: Callable[[], None], changed: Callable[[], None]
    ) -> None:
        self._window, self._desk, self._staff, self._beep, self._changed = window, desk, staff, beep, changed

    def show(self, chosen: str = "") -> None:
        """The list, with that one chosen."""
        desk = self._desk
        presenter = PromotionsPresenter(
            desk,
            self._staff,
            try_out=lambda promotion_id, days, progress: trial.try_out(
                desk.shop, promotion_id, days=days, clock=desk.clock, progress=progress
            ),
            changed=self._changed,
            chosen=chosen,
            edit=self.edit,
        )
        self._window.open_page(PromotionsPage(self._window, presenter, beep=self._beep))

    def edit(self, version: PromotionVersion | None, goods: GoodsNames) -> None:
        """The editor of that promotion, or of a new one."""
        presenter = EditorPresenter(self._desk, self._staff, goods, version=version, saved=self._saved)
        page = EditorPage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self.show("" if version is None else version.promotion_id))
        self._window.open_page(page)

    def _saved(self, promotion_id: str) -> None:
        self._changed()
        self.show(promotion_id)
        self._window.show_notice(Notice(self._window.look.t("Kept as a draft. Try it out, then take it live."), "done"))
