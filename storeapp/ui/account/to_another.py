"""What goes from one member to another: to whom, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from storeapp.errors import Refused
from storeapp.till import members
from storeapp.till.ports import Books
from storeapp.ui.account.her import Her, her
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnother(Saving):
    """`her` it is taken from; `taker` is whose phone was typed, None until it is somebody's."""

    her: Her
    phone: str = ""
    taker: Her | None = None
    reason: str = ""


State = TypeVar("State", bound=ToAnother)
Done = TypeVar("Done")


class ToAnotherPresenter(DeedPresenter[State, Done]):
    """`then` gets what was done."""

    def check_taker(self, books: Books, member_id: str) -> None:
        """Raises what keeps this member from getting it."""

    def whom(self, phone: str) -> None:
        """The whole number of who gets it, as far as it is typed."""
        self._show(replace(self.state, phone=phone, taker=None, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def find(self) -> bool:
        """Whether the phone is that of a member who may get it; the reason is shown if not."""
        try:
            with self._desk.shop.reading() as books:
                found = members.by_phone(books, self.state.phone)
                self.check_taker(books, found.member_id)
                taker = her(books, found.member_id)
        except Refused as error:
            self._refuse(error)
            return False
        self._show(replace(self.state, taker=taker))
        return True
