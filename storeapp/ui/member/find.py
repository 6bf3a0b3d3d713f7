"""Finding a member: by phone, its last digits, name or pinyin, while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.member import BadPhone, UnknownMember
from storeapp.till import members
from storeapp.till.records import Found
from storeapp.ui.desk import Desk

MOST = 30


@dataclass(frozen=True, slots=True)
class FindState:
    """`found` answers to `text`; `count` is how many members there are at all."""

    text: str = ""
    found: tuple[Found, ...] = ()
    count: int = 0


class FindView(Protocol):
    def show_state(self, state: FindState) -> None: ...
    def beep(self) -> None: ...


class FindPresenter:
    """`then` gets the id of the member to attach."""

    def __init__(self, desk: Desk, *, then: Callable[[str], None]) -> None:
        self._desk, self._then = desk, then
        self._view: FindView
        self.state = FindState()

    def bind(self, view: FindView) -> None:
        self._view = view
        with self._desk.shop.reading() as books:
            self.state = FindState(count=books.members.count())
        view.show_state(self.state)

    def search(self, text: str) -> None:
        with self._desk.shop.reading() as books:
            found = members.find(books, text.strip(), limit=MOST) if text.strip() else ()
        self.state = replace(self.state, text=text.strip(), found=found)
        self._view.show_state(self.state)

    def choose(self, member_id: str) -> None:
        """Enter or a click: she is at the counter."""
        if any(member.member_id == member_id for member in self.state.found):
            self._then(member_id)

    def take_phone(self, text: str) -> bool:
        """Attaches whoever has this phone; False if nobody has."""
        with self._desk.shop.reading() as books:
            try:
                member = members.by_phone(books, text)
            except (BadPhone, UnknownMember):
                return False
        self._then(member.member_id)
        return True

    def choose_first(self, text: str) -> None:
        """Enter before the answers were there."""
        if text.strip() != self.state.text:
            self.search(text)
        if self.state.found:
            self._then(self.state.found[0].member_id)
        else:
            self._view.beep()
