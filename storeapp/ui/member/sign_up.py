"""Signing up: a phone, perhaps a name, a yes. Whoever is a member already is attached instead, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.member import (
    CONSENT_TEXT_VERSION,
    BadName,
    BadPhone,
    Member,
    MemberExists,
    masked_name,
    masked_phone,
    normal_phone,
)
from storeapp.domain.referral import ReferralOff, SelfReferral, StaffReferral, UnknownReferrer
from storeapp.domain.staff import Staff, require
from storeapp.errors import Refused
from storeapp.till import members, referrals
from storeapp.till.members import SignUp
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Known:
    """The member who has this phone already, masked."""

    member_id: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class SignUpState:
    """`known` is set as soon as the phone turns out to be a member's; a fault stands at the field it is about.

    `asks_referrer` where the owner gives for bringing somebody: `referrer` is what was typed, `brought_by` who that is.
    """

    phone: str = ""
    name: str = ""
    agrees_marketing: bool = False
    known: Known | None = None
    phone_fault: Refused | None = None
    name_fault: Refused | None = None
    asks_referrer: bool = False
    referrer: str = ""
    brought_by: Known | None = None
    referrer_fault: Refused | None = None
    is_saving: bool = False
    text_version: str = CONSENT_TEXT_VERSION


class SignUpView(Protocol):
    def show_state(self, state: SignUpState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SignUpPresenter:
    """`then` gets the member's id and whether she is new."""

    def __init__(self, desk: Desk, staff: Staff, *, then: Callable[[str, bool], None]) -> None:
        self._desk, self._staff, self._then = desk, staff, then
        self._view: SignUpView
        self.state = SignUpState()

    def bind(self, view: SignUpView) -> None:
        self._view = view
        with self._desk.shop.reading() as books:
            is_on = referrals.rules_of(books.policy.in_force()).is_on
        self._show(replace(self.state, asks_referrer=is_on))

    def type_phone(self, text: str) -> None:
        self._show(replace(self.state, phone=text, phone_fault=None, known=self._known(text)))

    def take_phone(self, text: str) -> bool:
        """Takes `text` for what was typed if it is a phone."""
        try:
            normal_phone(text)
        except BadPhone:
            return False
        self.type_phone(text)
        return True

    def type_name(self, text: str) -> None:
        self._show(replace(self.state, name=text, name_fault=None))

    def type_referrer(self, text: str) -> None:
        """The code or phone of whoever brought her: whose it is stands there before Enter."""
        self._show(replace(self.state, referrer=text, referrer_fault=None, brought_by=self._brought_by(text)))

    def agree_marketing(self, agrees: bool) -> None:
        self._show(replace(self.state, agrees_marketing=agrees))

    def check_phone(self) -> bool:
        """Enter in the field of the phone: True if it will do, and the name comes next."""
        try:
            normal_phone(self.state.phone)
        except BadPhone as error:
            self._refuse(replace(self.state, phone_fault=error))
            return False
        return True

    def confirm(self) -> None:
        """She has agreed to be a member: written down, and attached to the basket."""
        state = self.state
        if state.is_saving or not self.check_phone():
            return
        if state.known is not None:
            self._then(state.known.member_id, False)
            return
        desk, cashier = self._desk, self._staff
        said = SignUp(
            state.phone,
            state.name,
            agrees_marketing=state.agrees_marketing,
            text_version=state.text_version,
            referred_by=state.referrer if state.asks_referrer else "",
        )
        try:
            require(cashier, "sign_up")
        except Refused as error:
            self._failed(error)
            return
        self._show(replace(state, is_saving=True))
        desk.work.db(
            lambda: members.sign_up(desk.shop, said, cashier=cashier.code, clock=desk.clock, ids=desk.ids),
            ok=self._signed_up,
            fail=self._failed,
        )

    def _known(self, text: str) -> Known | None:
        try:
            phone = normal_phone(text)
        except BadPhone:
            return None
        with self._desk.shop.reading() as books:
            found = books.members.by_phone(phone)
        return None if found is None else _shown(found)

    def _brought_by(self, text: str) -> Known | None:
        try:
            with self._desk.shop.reading() as books:
                return _shown(referrals.referrer(books, text)[0])
        except UnknownReferrer:
            return None

    def _signed_up(self, member: Member) -> None:
        self._show(replace(self.state, is_saving=False))
        self._then(member.member_id, True)

    def _failed(self, error: Exception) -> None:
        state = replace(self.state, is_saving=False)
        if isinstance(error, MemberExists):
            # another till was quicker by a second
            self._show(state)
            self._then(error.member_id, False)
        elif isinstance(error, BadName):
            self._refuse(replace(state, name_fault=error))
        elif isinstance(error, BadPhone):
            self._refuse(replace(state, phone_fault=error))
        elif isinstance(error, (UnknownReferrer, SelfReferral, StaffReferral, ReferralOff)):
            self._refuse(replace(state, referrer_fault=error))
        else:
            self._refuse(state)
            self._view.tell(error)

    def _refuse(self, state: SignUpState) -> None:
        self._view.beep()
        self._show(state)

    def _show(self, state: SignUpState) -> None:
        self.state = state
        self._view.show_state(state)


def _shown(member: Member) -> Known:
    return Known(member.member_id, masked_name(member.name), masked_phone(member.phone))
