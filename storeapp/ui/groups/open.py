"""Opens the page of group orders, from it the pages where something is written, and the page again after them."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.group_order import GroupOrder
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.pickup_code import shown
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till.group_import import Taken
from storeapp.till.promotions import goods_named
from storeapp.ui.desk import Desk
from storeapp.ui.groups.editor import SheetEditor
from storeapp.ui.groups.editor_page import EditorPage
from storeapp.ui.groups.page import GroupsPage
from storeapp.ui.groups.presenter import GroupsPresenter, Keep
from storeapp.ui.groups.taking import OrderPresenter, PastePresenter
from storeapp.ui.groups.taking_page import OrderPage, PastePage
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import WritingPage
from storeapp.ui.window import Window
from storeapp.words import Words, words


class GroupPages:
    """`fetch` puts what a code stands for on the counter; `printed` says that slips wait."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        staff: Staff,
        *,
        keep: Keep,
        fetch: Callable[[str], None],
        printed: Callable[[], None],
        beep: Callable[[], None],
    ) -> None:
        self._window, self._desk, self._staff, self._keep = window, desk, staff, keep
        self._fetch, self._printed, self._beep = fetch, printed, beep

    def show(self, chosen: str = "") -> None:
        """The sheets, with that one chosen."""
        presenter = GroupsPresenter(
            self._desk, self._staff, self._written, keep=self._keep, printed=self._printed, chosen=chosen
        )
        page = GroupsPage(self._window, presenter, beep=self._beep)
        page.new_wanted.connect(lambda: self.edit(None))
        page.edit_wanted.connect(self._change)
        page.order_wanted.connect(self.take)
        page.paste_wanted.connect(self.paste)
        page.fetch_wanted.connect(self._hand_out)
        self._window.open_page(page)

    def edit(self, known: GroupSheet | None) -> None:
        """The form of that sheet, or of a new one."""
        try:
            goods = goods_named(self._desk.shop)
            presenter = SheetEditor(self._desk, self._staff, goods, known=known, saved=self._saved)
        except Refused as error:
            self._refuse(error)
            return
        page = EditorPage(self._window, presenter, beep=self._beep)
        self._write(page, "" if known is None else known.sheet_id)

    def take(self, sheet_id: str) -> None:
        """One order."""
        presenter = OrderPresenter(self._desk, self._staff, sheet_id, saved=self._ordered)
        self._write(OrderPage(self._window, presenter, beep=self._beep), sheet_id)

    def paste(self, sheet_id: str) -> None:
        """A leader's list."""

        def done(taken: Taken) -> None:
            self.show(sheet_id)
            count = len(taken.new) + len(taken.changed)
            said = self._window.look.words.n("{n} order is written down.", "{n} orders are written down.", count)
            self._say(said.format(n=count))

        presenter = PastePresenter(self._desk, self._staff, sheet_id, saved=done)
        self._write(PastePage(self._window, presenter, beep=self._beep), sheet_id)

    def _write(self, page: WritingPage, chosen: str) -> None:
        page.left.connect(lambda: self.show(chosen))
        self._window.open_page(page)

    def _change(self, sheet_id: str) -> None:
        with self._desk.shop.reading() as books:
            known = books.groups.sheet(sheet_id)
        self.edit(known)

    def _hand_out(self, code: str) -> None:
        self._window.close_page()
        self._fetch(code)

    def _saved(self, sheet_id: str) -> None:
        self.show(sheet_id)
        self._say(self._window.look.t("The sheet is kept."))

    def _ordered(self, order: GroupOrder) -> None:
        self._printed()
        self.take(order.sheet_id)
        said = self._window.look.t("Order {n} is written down: {code}. Its slip is printing.")
        self._say(said.format(n=order.n, code=shown(order.code)))

    def _written(self) -> Words:
        """What goes out speaks the language of the receipts."""
        with self._desk.shop.reading() as books:
            return words(books.policy.in_force().text("receipt.language"))

    def _say(self, said: str) -> None:
        self._window.show_notice(Notice(said, "done"))

    def _refuse(self, error: Refused) -> None:
        self._beep()
        self._window.show_notice(notice(error, self._window.look.words))
