"""Everything about one member: what she has, what she agreed to, and the way out, which is as easy as the way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.member import Consent, masked_phone
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till import members
from storeapp.till.members import MemberFile
from storeapp.ui.desk import Desk


@dataclass(eq=False)
class NotHerDigits(Refused):
    """The digits typed to confirm are not the last four of her phone."""

    word = "not_her_digits"


@dataclass(frozen=True, slots=True)
class FileState:
    """`is_erasing` while the last four digits are asked for; `refused` says why they will not do."""

    file: MemberFile
    phone_masked: str
    gets_offers: bool
    is_erasing: bool = False
    refused: Refused | None = None


class FileView(Protocol):
    def show_state(self, state: FileState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`offers_on`, `offers_off` or `erased`."""
        ...

    def beep(self) -> None: ...


class FilePresenter:
    """`erased` is told her id when she is gone."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, erased: Callable[[str], None]) -> None:
        self._desk, self._staff, self._member_id, self._erased = desk, staff, member_id, erased
        self._view: FileView
        self.state: FileState

    def bind(self, view: FileView) -> None:
        """Raises UnknownMember."""
        self._view = view
        self._show(self._read())

    def toggle_offers(self) -> None:
        """She wants offers, or no more."""
        desk, member_id, given = self._desk, self._member_id, not self.state.gets_offers
        if not self._may("sign_up"):
            return
        desk.work.db(
            lambda: members.set_consent(desk.shop, member_id, purpose="marketing", given=given, clock=desk.clock),
            ok=lambda _none: self._changed("offers_on" if given else "offers_off"),
            fail=self._view.tell,
        )

    def ask_erase(self) -> None:
        """A manager's deed: first she has to say the last four digits of her phone."""
        if self._may("settings"):
            self._show(replace(self.state, is_erasing=True, refused=None))

    def stop_erasing(self) -> None:
        self._show(replace(self.state, is_erasing=False, refused=None))

    def erase(self, digits: str) -> None:
        if not self.state.is_erasing:
            return
        if digits.strip() != self.state.file.card.member.phone[-4:]:
            self._view.beep()
            self._show(replace(self.state, refused=NotHerDigits()))
            return
        desk, member_id = self._desk, self._member_id
        desk.work.db(lambda: members.erase(desk.shop, member_id, clock=desk.clock), ok=self._gone, fail=self._view.tell)

    def _gone(self, _none: None) -> None:
        self._view.done("erased")
        self._erased(self._member_id)

    def _changed(self, word: str) -> None:
        self._show(self._read())
        self._view.done(word)

    def _may(self, right: str) -> bool:
        try:
            require(self._staff, "settings" if right == "settings" else "sign_up")
        except Refused as error:
            self._view.beep()
            self._view.tell(error)
            return False
        return True

    def _read(self) -> FileState:
        with self._desk.shop.reading() as books:
            file = members.file_of(books, self._member_id, on=self._desk.today(books))
        return FileState(file, masked_phone(file.card.member.phone), _agrees(file.consents, "marketing"))

    def _show(self, state: FileState) -> None:
        self.state = state
        self._view.show_state(state)


def _agrees(consents: tuple[Consent, ...], purpose: str) -> bool:
    """The latest word counts."""
    said = [consent for consent in consents if consent.purpose == purpose]
    return max(said, key=lambda consent: consent.at).given if said else False
