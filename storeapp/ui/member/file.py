"""Everything about one member: what she has, what happened, what she agreed to, and the way out, as easy as the way in.

Who opens her file is on record.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from storeapp.domain.card import Card
from storeapp.domain.member import agrees, masked_phone
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import cards, coupon_history, coupon_templates, gifts, member_file, members, referrals
from storeapp.till.coupon_history import InWallet
from storeapp.till.member_file import Known, PageOfTime
from storeapp.till.members import MemberFile
from storeapp.ui import referral_words
from storeapp.ui.allowed import allowed
from storeapp.ui.approval.ask import Ask, nobody_to_ask
from storeapp.ui.desk import Desk


@dataclass(eq=False)
class NotHerDigits(Refused):
    """The digits typed to confirm are not the last four of her phone."""

    word = "not_her_digits"


@dataclass(frozen=True, slots=True)
class FileState:
    """`is_erasing` while the last four digits are asked for, `is_writing` while her note is; `refused` says why not.

    `cards` are hers that are good.
    """

    file: MemberFile
    phone_masked: str
    gets_offers: bool
    known: Known
    time: PageOfTime
    is_erasing: bool = False
    is_writing: bool = False
    refused: Refused | None = None
    referral_code: str = ""
    cards: tuple[Card, ...] = ()
    wallet: tuple[InWallet, ...] = ()


class FileView(Protocol):
    def show_state(self, state: FileState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`offers_on`, `offers_off`, `noted` or `erased`."""
        ...

    def kept(self, folder: str) -> None:
        """Her data lies in that folder now."""
        ...

    def beep(self) -> None: ...


class FilePresenter:
    """`erased` is told her id when she is gone, `changed` when what is known of her is another.

    `keep` writes her data where a person can take it along, `approval_id` is a yes to this look.
    """

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        member_id: str,
        *,
        erased: Callable[[str], None],
        changed: Callable[[], None] = lambda: None,
        ask: Ask = nobody_to_ask,
        keep: Callable[[dict[str, Any]], str] | None = None,
        approval_id: str | None = None,
    ) -> None:
        self._desk, self._staff, self._member_id, self._erased = desk, staff, member_id, erased
        self._tell_others = changed
        self._ask, self._keep, self._approval_id = ask, keep, approval_id
        self._view: FileView
        self.state: FileState

    def bind(self, view: FileView) -> None:
        """Raises UnknownMember, or NeedsApproval where the cashier has looked at enough people for now."""
        self._view = view
        desk, member_id, by, given = self._desk, self._member_id, self._staff.code, self._approval_id
        with desk.shop.reading() as books:
            member_file.check_look(books, member_id, by=by, at=desk.clock.now(), approval_id=given)
        self._show(self._read())
        desk.work.db(
            lambda: member_file.look(desk.shop, member_id, by=by, clock=desk.clock, approval_id=given), fail=view.tell
        )

    def unmask(self) -> None:
        """Her whole number, until the page is read anew; that is on record."""
        desk, member_id, by = self._desk, self._member_id, self._staff.code

        def deed(approval_id: str | None) -> None:
            desk.work.db(
                lambda: member_file.unmask(desk.shop, member_id, by=by, clock=desk.clock, approval_id=approval_id),
                ok=lambda phone: self._show(replace(self.state, phone_masked=phone)),
                fail=self._view.tell,
            )

        self._ask(member_file.RIGHT, member_file.asked(member_id, "phone"), then=deed, about=self.state.phone_masked)

    def take_along(self) -> None:
        """Everything the shop holds about her, written down for her; that is on record."""
        desk, member_id, by, keep = self._desk, self._member_id, self._staff.code, self._keep
        if keep is None:
            self._view.beep()
            return

        def deed(approval_id: str | None) -> None:
            desk.work.db(
                lambda: member_file.hand_out(desk.shop, member_id, by=by, clock=desk.clock, approval_id=approval_id),
                ok=lambda hers: desk.work.io(lambda: keep(hers), ok=self._view.kept, fail=self._view.tell),
                fail=self._view.tell,
            )

        self._ask(member_file.RIGHT, member_file.asked(member_id, "export"), then=deed, about=self.state.phone_masked)

    @property
    def zone(self) -> ZoneInfo:
        """Where the shop is: moments are shown in its time."""
        with self._desk.shop.reading() as books:
            return ZoneInfo(books.policy.in_force().text("shop.zone"))

    @property
    def has_gifts(self) -> bool:
        """Whether the shop gives anything for points."""
        with self._desk.shop.reading() as books:
            return bool(gifts.gifts_of(books))

    @property
    def gives_coupons(self) -> bool:
        """Whether there is a kind of coupon to give."""
        with self._desk.shop.reading() as books:
            return bool(coupon_templates.given_now(books, on=self._desk.today(books)))

    @property
    def has_referrals(self) -> bool:
        """Whether the shop thanks whoever brings somebody."""
        with self._desk.shop.reading() as books:
            return referrals.rules_of(books.policy.in_force()).is_on

    def turn(self, by: int) -> None:
        """Older things with 1, newer ones with -1."""
        time = self.state.time
        if (by > 0 and not time.has_more) or time.page + by < 0:
            self._view.beep()
            return
        with self._desk.shop.reading() as books:
            self._show(replace(self.state, time=member_file.timeline(books, self._member_id, page=time.page + by)))

    def ask_note(self) -> None:
        if self._may("sign_up"):
            self._show(replace(self.state, is_writing=True, is_erasing=False, refused=None))

    def stop_asking(self) -> None:
        """Neither a note nor her digits are asked for any more."""
        self._show(replace(self.state, is_writing=False, is_erasing=False, refused=None))

    def describe(self, note: str, birthday: str, tags: str) -> None:
        """What was typed; tags are parted by commas."""
        if not self.state.is_writing:
            return
        desk, member_id, by = self._desk, self._member_id, self._staff.code
        said = re.split("[,，]", tags)
        desk.work.db(
            lambda: member_file.describe(
                desk.shop, member_id, note=note, birthday=birthday, tags=said, by=by, clock=desk.clock
            ),
            ok=lambda _none: self._described(),
            fail=self._not_described,
        )

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
            self._show(replace(self.state, is_erasing=True, is_writing=False, refused=None))

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

    def _described(self) -> None:
        self._changed("noted")
        self._tell_others()

    def _not_described(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._view.beep()
            self._show(replace(self.state, refused=error))
        else:
            self._view.tell(error)

    def _changed(self, word: str) -> None:
        self._show(self._read())
        self._view.done(word)

    def _may(self, right: str) -> bool:
        return allowed(self._staff, "settings" if right == "settings" else "sign_up", self._view)

    def _read(self) -> FileState:
        with self._desk.shop.reading() as books:
            file = members.file_of(books, self._member_id, on=self._desk.today(books))
            known = member_file.known(books, self._member_id, on=self._desk.today(books))
            time = member_file.timeline(books, self._member_id)
            held = cards.open_cards(books, self._member_id, on=self._desk.today(books))
            is_on = referrals.rules_of(books.policy.in_force()).is_on
            on, now = self._desk.today(books), self._desk.clock.now()
            wallet = coupon_history.wallet(books, self._member_id, on=on, now=now)
        phone, code = masked_phone(file.card.member.phone), referral_words.code(self._member_id) if is_on else ""
        offers = agrees(file.consents, "marketing")
        return FileState(file, phone, offers, known, time, referral_code=code, cards=held, wallet=wallet)

    def _show(self, state: FileState) -> None:
        self.state = state
        self._view.show_state(state)
