"""Coupons on screen: which kinds there are, how many stand how, and what they cost and brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from storeapp.domain.coupon_template import CouponTemplate, TemplateWord, from_data
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import coupon_templates, promotions
from storeapp.till.coupon_history import CouponFile, coupon_file
from storeapp.till.coupon_report import CouponRow, coupon_report
from storeapp.ui.deciding import Deciding, DecidingPresenter, DecidingView, known_or_first
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponsState(Deciding):
    """`others` are offers without a template, as a receipt's.

    `figures` are by template or offer, None until they are counted.
    """

    rows: tuple[TemplateWord, ...] = ()
    others: tuple[CouponRow, ...] = ()
    figures: Mapping[str, CouponRow] | None = None
    goods: GoodsNames = field(default_factory=GoodsNames)

    @property
    def is_asking(self) -> bool:
        """One more press of the key ends the kind."""
        return self.asking == "end"

    @property
    def word(self) -> TemplateWord | None:
        return next((row for row in self.rows if row.subject == self.chosen), None)

    @property
    def template(self) -> CouponTemplate | None:
        """What the chosen kind is, as far as this program can read it."""
        try:
            return None if self.word is None else from_data(self.word.data)
        except BadCouponTerms:
            return None


@dataclass(frozen=True, slots=True)
class Opens:
    """What the page leads to."""

    edit: Callable[[TemplateWord | None, GoodsNames], None]
    issue: Callable[[CouponTemplate], None]
    give: Callable[[str], None]
    show: Callable[[CouponFile], None]


class CouponsPresenter(DecidingPresenter[CouponsState]):
    """`chosen` is what stands chosen at first."""

    def __init__(self, desk: Desk, staff: Staff, opens: Opens, *, chosen: str = "") -> None:
        super().__init__(desk, staff, CouponsState(chosen=chosen))
        self._opens = opens

    def bind(self, view: DecidingView[CouponsState]) -> None:
        """What is done is `ended`."""
        self._view = view
        desk = self._desk
        self.refresh()
        desk.work.io(lambda: promotions.goods_named(desk.shop), ok=self._named, fail=view.tell)

    def refresh(self) -> None:
        desk = self._desk
        with desk.shop.reading() as books:
            rows = _in_order(books.coupon_templates.every())
        self._show(replace(self.state, rows=rows, chosen=self._there(rows, self.state.others), asking=""))
        desk.work.io(lambda: coupon_report(desk.shop, clock=desk.clock), ok=self._counted, fail=self._view.tell)

    def choose(self, template_id: str) -> None:
        if template_id != self.state.chosen:
            self._show(replace(self.state, chosen=template_id, asking=""))

    def find(self, code: str) -> None:
        """One coupon by its code, and what happened to it."""
        desk = self._desk
        if not code.strip():
            self._view.beep()
            return
        try:
            found = coupon_file(desk.shop, code, clock=desk.clock, ids=desk.ids)
        except Refused as error:
            self._view.beep()
            self._view.tell(error)
            return
        self._opens.show(found)

    def write_new(self) -> None:
        """The editor, empty."""
        if self._allowed():
            self._opens.edit(None, self.state.goods)

    def change(self) -> None:
        """The editor, with the chosen kind."""
        if self.state.template is None:
            self._view.beep()
        elif self._allowed():
            self._opens.edit(self.state.word, self.state.goods)

    def issue(self) -> None:
        """A batch of codes of the chosen kind."""
        template = self._live()
        if template is not None and self._allowed():
            self._opens.issue(template)

    def give(self) -> None:
        """One of the chosen kind to one member, as goodwill."""
        template = self._live()
        if template is not None:
            self._opens.give(template.template_id)

    def end(self) -> None:
        """No more are given of it; asked twice."""
        if self._live() is not None and self._allowed() and self._again("end"):
            desk, which, by = self._desk, (self.state.chosen,), self._staff.code
            self._decide(lambda: coupon_templates.end_templates(desk.shop, which, clock=desk.clock, by=by), "ended")

    # inside

    def _live(self) -> CouponTemplate | None:
        word, template = self.state.word, self.state.template
        if word is None or template is None or word.state != "live":
            self._view.beep()
            return None
        return template

    def _counted(self, report: tuple[CouponRow, ...]) -> None:
        ours = {row.subject for row in self.state.rows}
        others = tuple(row for row in report if row.template_id not in ours)
        chosen = self._there(self.state.rows, others)
        figures = {row.template_id: row for row in report}
        self._show(replace(self.state, figures=figures, others=others, chosen=chosen))

    def _there(self, rows: tuple[TemplateWord, ...], others: tuple[CouponRow, ...]) -> str:
        ids = (*(row.subject for row in rows), *(row.template_id for row in others))
        chosen = self.state.chosen
        # what stands chosen at first may be an offer that is not counted yet
        is_to_come = chosen != "" and self.state.figures is None
        return chosen if is_to_come else known_or_first(chosen, ids)

    def _named(self, goods: GoodsNames) -> None:
        self._show(replace(self.state, goods=goods))


def _in_order(rows: tuple[TemplateWord, ...]) -> tuple[TemplateWord, ...]:
    """Live ones first, the latest word first."""
    latest = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    return tuple(sorted(latest, key=lambda row: row.state != "live"))
