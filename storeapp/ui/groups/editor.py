"""A group order sheet being written: its fields, and at once the words the group would read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from storeapp.domain import group_sheet
from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.group_sheet import BadGroupSheet, GroupSheet
from storeapp.domain.staff import Right, Staff, require
from storeapp.till import group_sharing, group_sheets
from storeapp.till.moments import local_moment
from storeapp.ui.desk import Desk
from storeapp.ui.groups.typed import MOMENTS, OPENS, read_value, row_of, specs_of, typed
from storeapp.ui.settings.form import FieldsForm, Spec
from storeapp.words import Words, words


class SheetEditor(FieldsForm):
    """Without a `known` sheet it is a new one. `saved` gets its id. Raises NotAllowed."""

    right: Right = "promotions"

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        goods: GoodsNames,
        *,
        known: GroupSheet | None = None,
        saved: Callable[[str], None],
    ) -> None:
        require(staff, self.right)
        self._desk, self._goods, self._then, self._known = desk, goods, saved, known
        self._id = desk.ids.new() if known is None else known.sheet_id
        with desk.shop.reading() as books:
            self._now = local_moment(books, desk.clock.now())
            self._said: Words = words(books.policy.in_force().text("receipt.language"))
            leader = "" if known is None else group_sheets.leader_typed(books, known)
        self._typed = {} if known is None else typed(known, goods, leader)
        super().__init__(staff, specs_of(0 if known is None else len(known.goods)))

    @property
    def is_new(self) -> bool:
        return self._known is None

    def parsed(self) -> tuple[dict[str, Any], frozenset[str]]:
        """The row as it would be kept, and the fields that will not do, alone or together."""
        values, faults = super().parsed()
        if faults:
            return values, faults
        row = row_of(self._id, values)
        try:
            self._sheet(row)
        except BadGroupSheet as error:
            return row, frozenset({_field(error.field)})
        return row, frozenset()

    def share_text(self) -> str:
        """The words for the group, as far as the sheet is written; "" while something is missing."""
        row, faults = self.parsed()
        if faults:
            return ""
        with self._desk.shop.reading() as books:
            return group_sharing.text_of(books, self._sheet(row), words=self._said)

    def _sheet(self, row: dict[str, Any]) -> GroupSheet:
        sheet = group_sheet.from_data(row, lambda moment: moment.astimezone(self._now.tzinfo))
        # a member is known by her phone here, and named when it is kept
        return replace(sheet, leader_id=None) if sheet.leader_id is not None else sheet

    def _read(self) -> dict[str, str]:
        return self._typed

    def _value(self, spec: Spec, text: str) -> Any:
        return read_value(spec.key, text, self._goods, now=self._now)

    def _write(self, values: dict[str, Any]) -> None:
        desk, by = self._desk, self._staff.code
        desk.work.db(
            lambda: group_sheets.put_sheets(desk.shop, (values,), clock=desk.clock, by=by),
            ok=lambda put: self._then(put[0].sheet_id),
            fail=self._failed,
        )


def _field(name: str) -> str:
    """The field of the form a fault of the format belongs to."""
    if name in (*MOMENTS, OPENS, "name", "leader"):
        return name
    return "reward" if name == "reward_percent" else "goods_1"
