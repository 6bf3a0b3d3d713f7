"""A promotion being written: its kind, its fields, and at once what they would mean in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.promotion import Kind, Promotion
from storeapp.domain.promotion_data import from_data
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.staff import Right, Staff
from storeapp.till.promotions import put_promotions
from storeapp.ui.desk import Desk
from storeapp.ui.promotions.typed import read, specs_of, typed
from storeapp.ui.settings.form import FormPresenter

EDITOR_KINDS: tuple[Kind, ...] = get_args(Kind)
_BLANK = {"whom": "all", "percent_off": "", "repeats": "false", "first_purchase": "false", "stacks": "false"}


class EditorPresenter(FormPresenter):
    """Without a `version` it is a new promotion. `saved` gets its id; a promotion that was live is a draft again."""

    right: Right = "promotions"

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
        self.known: Promotion | None = None if version is None else from_data(version.data)
        self.was_live = version is not None and version.state == "live"
        self.kind: Kind = "percent" if self.known is None else self.known.kind
        self._id = desk.ids.new() if self.known is None else self.known.promotion_id
        self._typed = dict(_BLANK) if self.known is None else typed(self.known, goods)
        super().__init__(staff, specs_of(self.kind))

    @property
    def is_new(self) -> bool:
        return self.known is None

    def choose_kind(self, kind: Kind) -> None:
        """Another form; what both have in common stays typed."""
        self._typed = dict(self.state.values) or self._typed
        self.kind, self.specs = kind, specs_of(kind)

    def preview(self) -> tuple[Promotion | None, dict[str, str]]:
        """The promotion as it is typed, or the fields that are missing or will not do, each with what is in its way."""
        _data, made, faults = self._made()
        return made, faults

    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        data, _made, faults = self._made()
        return data, frozenset(faults)

    def _made(self) -> tuple[dict[str, Any], Promotion | None, dict[str, str]]:
        return read(self.state.values, self.kind, self._id, self.goods, known=self.known)

    def _read(self) -> dict[str, str]:
        return self._typed

    def _write(self, values: dict[str, Any]) -> None:
        desk, by = self._desk, self._staff.code
        desk.work.db(
            lambda: put_promotions(desk.shop, (values,), clock=desk.clock, by=by),
            ok=lambda words: self._then(words[0].promotion_id),
            fail=self._failed,
        )
