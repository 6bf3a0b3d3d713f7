"""A batch of codes: so many of one kind, and a list of them to print or hand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import CouponTemplate
from storeapp.domain.report_sheet import ReportSheet, SheetTable
from storeapp.domain.staff import Staff
from storeapp.domain.typed import plain
from storeapp.till.coupon_issue import issue_coupons
from storeapp.ui import coupon_words
from storeapp.ui.desk import Desk
from storeapp.ui.reports.presenter import KeepReport
from storeapp.ui.saving import Saving, SavingPresenter, SavingView
from storeapp.words import Words


@dataclass(frozen=True, slots=True)
class IssueState(Saving):
    """`count` is what the text comes to; 0 will not do."""

    template: CouponTemplate
    text: str = "1"

    @property
    def count(self) -> int:
        text = plain(self.text).strip()
        count = int(text) if text.isdecimal() else 0
        return count if count <= self.template.batch_most else 0


class IssueView(SavingView, Protocol):
    def show_state(self, state: IssueState) -> None: ...


class IssuePresenter(SavingPresenter[IssueState]):
    """`keep` writes the list; `then` gets the coupons and the file, "" where it could not be written."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        template: CouponTemplate,
        words: Words,
        *,
        keep: KeepReport,
        then: Callable[[tuple[Coupon, ...], str], None],
    ) -> None:
        self._desk, self._staff, self._words, self._keep, self._then = desk, staff, words, keep, then
        self._request = desk.ids.new()
        self._view: IssueView
        self.state = IssueState(template)

    def bind(self, view: IssueView) -> None:
        self._view = view
        self._show(self.state)

    def type(self, text: str) -> None:
        self._show(replace(self.state, text=text, refused=None))

    def confirm(self) -> None:
        """They are in the books first, and then on the list: one that is lost can be written again."""
        state, desk, by = self.state, self._desk, self._staff.code
        if state.is_saving or not state.count:
            self._view.beep()
            return
        row = {"template": state.template.template_id, "count": state.count, "request": self._request}
        self._save(lambda: issue_coupons(desk.shop, (row,), clock=desk.clock, ids=desk.ids, by=by), self._issued)

    def _issued(self, made: tuple[Coupon, ...]) -> None:
        desk, keep, template = self._desk, self._keep, self.state.template
        with desk.shop.reading() as books:
            day = desk.today(books).isoformat()
        sheet = list_of(made, self._words)
        desk.work.io(
            lambda: keep(f"coupons-{template.template_id}-{made[0].code}", template.name, day, sheet, "xlsx"),
            ok=lambda file: self._then(made, file),
            fail=lambda error: self._not_kept(made, error),
        )

    def _not_kept(self, made: tuple[Coupon, ...], error: Exception) -> None:
        self._then(made, "")
        self._view.tell(error)

    def _show(self, state: IssueState) -> None:
        self.state = state
        self._view.show_state(state)


def list_of(made: tuple[Coupon, ...], words: Words) -> ReportSheet:
    """The codes with what they are worth and until when."""
    t = words.t
    rows = tuple(
        (
            coupon.code,
            coupon_words.worth(coupon.amount, coupon.terms, words),
            coupon_words.condition(coupon.amount, coupon.min_spend, coupon.terms, words),
            coupon.valid_from.isoformat(),
            coupon.valid_until.isoformat(),
        )
        for coupon in made
    )
    return ReportSheet(tables=(SheetTable((t("coupon"), t("worth"), "", t("from"), t("until")), rows),))
