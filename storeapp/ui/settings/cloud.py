"""The cloud's settings: joining with an invite, and how the exchange is doing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from storeapp.domain.staff import Staff, require
from storeapp.errors import StoreappError
from storeapp.ui.desk import Desk
from storeapp.ui.parts import CloudNews, Outside


@dataclass(frozen=True, slots=True)
class CloudForm:
    """`joined` is the cloud's address, "" for a shop on its own; `url` and `code` are being typed."""

    joined: str = ""
    store: str = ""
    till: str = ""
    unsent: int = 0
    unsent_age: timedelta | None = None
    news: CloudNews = field(default_factory=CloudNews)
    url: str = ""
    code: str = ""
    is_busy: bool = False
    refused: StoreappError | None = None


class CloudView(Protocol):
    def show_state(self, state: CloudForm) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`joined` or `syncing`."""
        ...

    def beep(self) -> None: ...


class CloudPresenter:
    def __init__(self, desk: Desk, staff: Staff, outside: Outside) -> None:
        self._desk, self._staff, self._outside = desk, staff, outside
        self._view: CloudView
        self.state = CloudForm()

    def bind(self, view: CloudView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        with self._desk.shop.reading() as books:
            device, unsent = books.device, books.journal.unsent()
        now = self._desk.clock.now()
        age = now - datetime.fromisoformat(unsent.oldest_at) if unsent.oldest_at else None
        self._show(
            replace(
                self.state,
                joined=device.cloud_url,
                store=device.store,
                till=device.till,
                unsent=unsent.count,
                unsent_age=age,
                news=self._outside.cloud(),
            )
        )

    def type_url(self, text: str) -> None:
        self._show(replace(self.state, url=text, refused=None))

    def type_code(self, text: str) -> None:
        self._show(replace(self.state, code=text, refused=None))

    def join(self) -> None:
        state, outside = self.state, self._outside
        if state.is_busy or state.joined or not (state.url.strip() and state.code.strip()):
            return
        try:
            require(self._staff, "settings")
        except StoreappError as error:
            self._failed(error)
            return
        self._show(replace(state, is_busy=True, refused=None))
        self._desk.work.io(
            lambda: outside.join(state.url.strip(), state.code.strip()), ok=self._joined, fail=self._failed
        )

    def sync(self) -> None:
        if self.state.joined:
            self._outside.sync_now()
            self._view.done("syncing")

    def _joined(self, _none: None) -> None:
        self.state = replace(self.state, is_busy=False, url="", code="")
        self.refresh()
        self._view.done("joined")

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        known = error if isinstance(error, StoreappError) else None
        self._show(replace(self.state, is_busy=False, refused=known))
        if known is None:
            self._view.tell(error)

    def _show(self, state: CloudForm) -> None:
        self.state = state
        self._view.show_state(state)
