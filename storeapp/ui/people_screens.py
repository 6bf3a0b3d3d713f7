"""The screens for whoever reads reports: of the shop, and about members as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.parts import Parts
from storeapp.ui.window import Window
from storeapp.words import Words, words

if TYPE_CHECKING:
    from storeapp.domain.segment import Segment


class PeopleScreens:
    """Opens them; `member_page` opens one member's."""

    def __init__(
        self,
        window: Window,
        parts: Parts,
        desk: Desk,
        staff: Callable[[], Staff],
        member_page: Callable[[str], None],
        *,
        beep: Callable[[], None],
    ) -> None:
        self._window, self._desk, self._staff, self._beep = window, desk, staff, beep
        self._parts, self._member_page = parts, member_page

    def reports(self) -> None:
        # a room of its own, opened at the end of a day
        from storeapp.ui.reports.page import ReportsPage
        from storeapp.ui.reports.presenter import ReportsPresenter

        words, outside = self._window.look.words, self._parts.outside
        try:
            presenter = ReportsPresenter(
                self._desk, self._staff(), words, keep=outside.keep_report, move_out=outside.move_out
            )
        except Refused as error:
            self._refuse(error)
            return
        self._window.open_page(ReportsPage(self._window, presenter, beep=self._beep))

    def insight(self, chosen: str | None = None) -> None:
        """With a segment's id it begins on the side of segments."""
        # a room of its own, opened now and then
        from storeapp.ui.insight.page import InsightPage
        from storeapp.ui.insight.presenter import InsightPresenter

        try:
            presenter = InsightPresenter(self._desk, self._staff(), write=self._write_segment, chosen=chosen)
        except Refused as error:
            self._refuse(error)
            return
        page = InsightPage(self._window, presenter, beep=self._beep)
        page.member_wanted.connect(self._member_page)
        self._window.open_page(page)

    def _write_segment(self, known: Segment | None) -> None:
        # a room of its own, opened now and then
        from storeapp.ui.insight.segment_editor import SegmentEditor
        from storeapp.ui.insight.segment_page import SegmentPage

        try:
            presenter = SegmentEditor(self._desk, self._staff(), known=known, saved=self._segment_saved)
        except Refused as error:
            self._refuse(error)
            return
        page = SegmentPage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self.insight("" if known is None else known.segment_id))
        self._window.open_page(page)

    def _segment_saved(self, segment_id: str) -> None:
        self.insight(segment_id)
        said = self._window.look.t("Saved. Its members are counted as of now, and get its tag tonight.")
        self._window.show_notice(Notice(said, "done"))

    def outreach(self) -> None:
        # a room of its own, opened in the morning
        from storeapp.ui.outreach.page import OutreachPage
        from storeapp.ui.outreach.presenter import OutreachPresenter

        try:
            presenter = OutreachPresenter(self._desk, self._staff(), self._hers)
        except Refused as error:
            self._refuse(error)
            return
        page = OutreachPage(self._window, presenter, beep=self._beep)
        page.member_wanted.connect(self._member_page)
        self._window.open_page(page)

    def alarms(self, changed: Callable[[], None]) -> None:
        """What waits for the owner; `changed` when somebody has looked."""
        # a room of its own, opened where something waits
        from storeapp.ui.alarms.page import AlarmsPage
        from storeapp.ui.alarms.presenter import AlarmsPresenter

        try:
            presenter = AlarmsPresenter(self._desk, self._staff(), changed=changed)
        except Refused as error:
            self._refuse(error)
            return
        self._window.open_page(AlarmsPage(self._window, presenter))

    def _hers(self) -> Words:
        """The language members are written to in is that of their receipts."""
        with self._desk.shop.reading() as books:
            return words(books.policy.in_force().text("receipt.language"))

    def _refuse(self, error: Refused) -> None:
        self._beep()
        self._window.show_notice(notice(error, self._window.look.words))
