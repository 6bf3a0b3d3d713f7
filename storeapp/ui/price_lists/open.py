"""Opens the page of price lists, from it the editor, and the page again when that is left."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.staff import Staff
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice
from storeapp.ui.price_lists.editor import PriceListEditor
from storeapp.ui.price_lists.editor_page import PriceListEditorPage
from storeapp.ui.price_lists.page import PriceListsPage
from storeapp.ui.price_lists.presenter import KeepReport, PriceListsPresenter
from storeapp.ui.window import Window


class PriceListPages:
    """`changed` tells the selling screen that other prices hold; `keep` writes a sheet to a file."""

    def __init__(
        self,
        window: Window,
        desk: Desk,
        staff: Staff,
        *,
        keep: KeepReport,
        beep: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._window, self._desk, self._staff, self._keep = window, desk, staff, keep
        self._beep, self._changed = beep, changed

    def show(self, chosen: str = "") -> None:
        """The lists, with that one chosen."""
        presenter = PriceListsPresenter(
            self._desk,
            self._staff,
            self._window.look.words,
            keep=self._keep,
            edit=self.edit,
            changed=self._changed,
            chosen=chosen,
        )
        self._window.open_page(PriceListsPage(self._window, presenter, beep=self._beep))

    def edit(self, version: PriceListVersion | None) -> None:
        """The editor of that list, or of a new one."""
        presenter = PriceListEditor(self._desk, self._staff, version=version, saved=self._saved)
        page = PriceListEditorPage(self._window, presenter, beep=self._beep)
        page.left.connect(lambda: self.show("" if version is None else version.subject))
        self._window.open_page(page)

    def _saved(self, list_id: str) -> None:
        self._changed()
        self.show(list_id)
        self._window.show_notice(Notice(self._window.look.t("Kept as a draft: it holds once it goes live."), "done"))
