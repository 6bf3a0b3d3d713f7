"""A kind of coupon being written: its fields, and at once what they would mean in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from storeapp.domain.coupon_template import CouponTemplate, TemplateWord, from_data
from storeapp.domain.coupon_terms import CouponKind
from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.staff import Staff
from storeapp.till.coupon_templates import put_templates
from storeapp.ui.coupons.typed import read, specs_of, typed
from storeapp.ui.desk import Desk
from storeapp.ui.promotions.kinds import KindsForm
from storeapp.ui.settings.form import Spec

EDITOR_KINDS: tuple[CouponKind, ...] = get_args(CouponKind)
_BLANK = {"most_per_member": "1", "valid_days": "30", "alone": "false"}


class TemplateEditor(KindsForm[CouponTemplate]):
    """Without a `word` it is a new kind. `saved` gets its id; coupons given from then on are as it says."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        goods: GoodsNames,
        *,
        word: TemplateWord | None = None,
        saved: Callable[[str], None],
    ) -> None:
        self._desk, self.goods, self._then = desk, goods, saved
        # raises BadCouponTerms where a newer program has written what this one cannot read
        known: CouponTemplate | None = None if word is None else from_data(word.data)
        self._id = desk.ids.new() if known is None else known.template_id
        shown = dict(_BLANK) if known is None else typed(known, goods)
        super().__init__(staff, known, "amount" if known is None else known.terms.kind, shown)

    def specs_of(self, kind: str) -> tuple[Spec, ...]:
        return specs_of(_kind(kind))

    def _made(self) -> tuple[dict[str, Any], CouponTemplate | None, dict[str, str]]:
        return read(self.state.values, _kind(self.kind), self._id, self.goods, known=self.known)

    def _write(self, values: dict[str, Any]) -> None:
        desk, by = self._desk, self._staff.code
        desk.work.db(
            lambda: put_templates(desk.shop, (values,), clock=desk.clock, by=by),
            ok=lambda words: self._then(words[0].subject),
            fail=self._failed,
        )


def _kind(name: str) -> CouponKind:
    return next(kind for kind in EDITOR_KINDS if kind == name)
