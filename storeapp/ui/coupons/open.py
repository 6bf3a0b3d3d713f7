"""Opens the page of coupons, from it the editor and the sheets, and the page again when a deed is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_template import CouponTemplate, TemplateWord
from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till.coupon_history import CouponFile
from storeapp.ui.account.give_coupon import GivePresenter
from storeapp.ui.account.give_coupon_sheet import GiveSheet
from storeapp.ui.approval.ask import Ask
from storeapp.ui.coupons.editor import TemplateEditor
from storeapp.ui.coupons.editor_page import TemplatePage
from storeapp.ui.coupons.issue import IssuePresenter
from storeapp.ui.coupons.issue_sheet import IssueSheet
from storeapp.ui.coupons.one import OnePresenter
from storeapp.ui.coupons.one_sheet import OneSheet
from storeapp.ui.coupons.page import CouponsPage
from storeapp.ui.coupons.presenter import CouponsPresenter, Opens
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.reports.presenter import KeepReport
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window


class CouponPages:
    """`ask` gets a yes where one is needed, `keep` writes a list of codes."""

    def __init__(
        self, window: Window, desk: Desk, staff: Staff, *, ask: Ask, keep: KeepReport, beep: Callable[[], None]
    ) -> None:
        self._window, self._desk, self._staff, self._ask, self._keep, self._beep = (
            window, desk, staff, ask, keep, beep
        )  # fmt: skip

    def show(self, chosen: str = "") -> None:
        """The page, with that kind chosen."""
        opens = Opens(self.edit, self.issue, self.give, self.one)
        presenter = CouponsPresenter(self._desk, self._staff, opens, chosen=chosen)
        self._window.open_page(CouponsPage(self._window, presenter, beep=self._beep))

    def edit(self, word: TemplateWord | None, goods: GoodsNames) -> None:
        """The editor of that kind, or of a new one."""
        presenter = TemplateEditor(self._desk, self._staff, goods, word=word, saved=self._saved)
        page = TemplatePage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self.show("" if word is None else word.subject))
        self._window.open_page(page)

    def issue(self, template: CouponTemplate) -> None:
        """So many codes of it."""

        def made(coupons: tuple[Coupon, ...], file: str) -> None:
            t = self._window.look.t
            said = t("{count} codes made; the list is {file}.") if file else t("{count} codes made.")
            self._back(template.template_id, said.format(count=len(coupons), file=file))

        words = self._window.look.words
        presenter = IssuePresenter(self._desk, self._staff, template, words, keep=self._keep, then=made)
        self._open(IssueSheet(self._window, presenter, beep=self._beep), template.template_id)

    def give(self, template_id: str) -> None:
        """One of it to a member."""

        def given(coupon: Coupon) -> None:
            said = self._window.look.t("Given: coupon {code}, good until {last}.")
            self._back(template_id, said.format(code=coupon.code, last=coupon.valid_until))

        try:
            presenter = GivePresenter(self._desk, self._staff, template_id=template_id, ask=self._ask, then=given)
        except Refused as error:
            self._beep()
            self._window.show_notice(notice(error, self._window.look.words))
            return
        self._open(GiveSheet(self._window, presenter, beep=self._beep), template_id)

    def one(self, file: CouponFile) -> None:
        """One coupon and its history."""

        def gone(coupon: Coupon) -> None:
            said = self._window.look.t("Coupon {code} is good no more.").format(code=coupon.code)
            self._back(coupon.offer_id, said)

        presenter = OnePresenter(self._desk, self._staff, file, ask=self._ask, then=gone)
        self._open(OneSheet(self._window, presenter, beep=self._beep), file.coupon.offer_id)

    def _open(self, sheet: Sheet, chosen: str) -> None:
        self._window.open_sheet(sheet, back=partial(self.show, chosen))

    def _back(self, chosen: str, said: str) -> None:
        self._window.close_sheet()
        self.show(chosen)
        self._window.show_notice(Notice(said, "done"))

    def _saved(self, template_id: str) -> None:
        self.show(template_id)
        self._window.show_notice(Notice(self._window.look.t("Saved. Coupons given from now on are like this."), "done"))
