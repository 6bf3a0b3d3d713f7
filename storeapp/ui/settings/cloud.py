"""The cloud's settings: joining with an invite, and how the exchange is doing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from storeapp.domain.staff import Staff, require
from storeapp.errors import StoreappError
from storeapp.ui.desk import Desk
from storeapp.ui.parts import CloudNews, Outside
from storeapp.ui.settings.trying import Trying, TryingPresenter, TryingView


@dataclass(frozen=True, slots=True)
class CloudForm(Trying):
    """`joined` is the cloud's address, "" for a shop on its own; `url` and `code` are being typed."""

    joined: str = ""
    store: str = ""
    till: str = ""
    unsent: int = 0
    unsent_age: timedelta | None = None
    news: CloudNews = field(default_factory=CloudNews)
    url: str = ""
    code: str = ""


class CloudPresenter(TryingPresenter[CloudForm]):
    def __init__(self, desk: Desk, staff: Staff, outside: Outside) -> None:
        super().__init__(desk, staff, outside, CloudForm())

    def bind(self, view: TryingView[CloudForm]) -> None:
        """What is done is `joined` or `syncing`."""
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
        self._try(lambda: outside.join(state.url.strip(), state.code.strip()), ok=self._joined)

    def sync(self) -> None:
        if self.state.joined:
            self._outside.sync_now()
            self._view.done("syncing")

    def _joined(self, _none: None) -> None:
        self.state = replace(self.state, is_busy=False, url="", code="")
        self.refresh()
        self._view.done("joined")
