"""A promotion being written: its kind, its fields, and at once what they would mean in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.promotion import Kind, Promotion
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.staff import Staff
from storeapp.till.promotions import put_promotions
from storeapp.ui.desk import Desk
from storeapp.ui.promotions.kinds import KindsForm
from storeapp.ui.promotions.typed import read, specs_of, typed
from storeapp.ui.settings.form import Spec

EDITOR_KINDS: tuple[Kind, ...] = get_args(Kind)
_BLANK = {"whom": "all", "percent_off": "", "repeats": "false", "first_purchase": "false", "stacks": "false"}


class EditorPresenter(KindsForm[Promotion]):
    """Without a `version` it is a new promotion. `saved` gets its id; a promotion that was live is a draft again."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        goods: GoodsNames,
        *,
        version: PromotionVersion | None = None,
        saved: Callable[[str], None],
    ) -> None:
        self._desk, self.goods, self._then = desk, goods, saved
        # raises BadPromotion where a newer program has written what this one cannot read
        known: Promotion | None = None if version is None else from_data(version.data)
        self.was_live = version is not None and version.state == "live"
        self._id = desk.ids.new() if known is None else known.promotion_id
        shown = dict(_BLANK) if known is None else typed(known, goods)
        super().__init__(staff, known, "percent" if known is None else known.kind, shown)

    def specs_of(self, kind: str) -> tuple[Spec, ...]:
        return specs_of(_kind(kind))

    def _made(self) -> tuple[dict[str, Any], Promotion | None, dict[str, str]]:
        return read(self.state.values, _kind(self.kind), self._id, self.goods, known=self.known)

    def _write(self, values: dict[str, Any]) -> None:
        desk, by = self._desk, self._staff.code
        desk.work.db(
            lambda: put_promotions(desk.shop, (values,), clock=desk.clock, by=by),
            ok=lambda words: self._then(words[0].promotion_id),
            fail=self._failed,
        )


def _kind(name: str) -> Kind:
    return next(kind for kind in EDITOR_KINDS if kind == name)
