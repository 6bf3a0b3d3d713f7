"""Who stands at the till: signing in by PIN, and the owner's list of staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from storeapp.domain.staff import (
    LOCK_AFTER,
    Role,
    SignInLocked,
    Staff,
    UnknownStaff,
    WrongPin,
    check_pin_shape,
    checked_code,
    lock_minutes,
)
from storeapp.errors import Refused
from storeapp.till.ports import Books, Clock, Shop

Answer = TypeVar("Answer")
TIME_COST = 2
MEMORY_KIB = 19 * 1024


@dataclass(eq=False)
class LastOwner(Refused):
    """Somebody has to own the shop: `code` is the last owner."""

    code: str
    word = "last_owner"


def put_staff(shop: Shop, code: str, *, name: str, role: Role, pin: str, clock: Clock, by: str = "") -> Staff:
    """A new person, or a known one with a new role or PIN. Raises BadPin, BadStaffCode or LastOwner."""
    checked_code(code)
    check_pin_shape(pin, role)
    at = clock.now().isoformat()
    person = Staff(code, name.strip()[:40], role, pin_hash=_hasher().hash(pin), pin_set_at=at)
    with shop.writing() as books:
        known = books.staff.by_code(code)
        person = person if known is None else replace(person, badge=known.badge)
        if role != "owner":
            _keep_an_owner(books, code)
        books.staff.put(person)
        books.journal.append("staff.changed", {"staff": code, "role": role, "is_active": True, "by": by}, at=at)
    return person


def dismiss(shop: Shop, code: str, *, clock: Clock, by: str = "") -> None:
    """This person signs in no more; what they sold keeps their code. Raises UnknownStaff or LastOwner."""
    with shop.writing() as books:
        person = _person(books, code)
        _keep_an_owner(books, code)
        books.staff.put(replace(person, is_active=False))
        body = {"staff": code, "role": person.role, "is_active": False, "by": by}
        books.journal.append("staff.changed", body, at=clock.now().isoformat())


def sign_in(shop: Shop, code: str, pin: str, *, clock: Clock) -> Staff:
    """The person with this code and PIN. Slow on purpose (argon2id): call it off the UI thread.

    Raises UnknownStaff, WrongPin or SignInLocked; a wrong try is on record before it raises.
    """
    at = clock.now().isoformat()

    def signed_in(books: Books, person: Staff) -> Staff:
        books.journal.append("staff.signed_in", {"staff": code}, at=at)
        return with_rights(books, person)

    def failed(books: Books) -> None:
        books.journal.append("staff.sign_in_failed", {"staff": code}, at=at)

    return by_pin(shop, code, pin, clock=clock, ok=signed_in, failed=failed)


def by_pin(
    shop: Shop,
    code: str,
    pin: str,
    *,
    clock: Clock,
    ok: Callable[[Books, Staff], Answer],
    failed: Callable[[Books], None],
) -> Answer:
    """What `ok` answers for the person with this code and PIN; `ok` and `failed` write in the count's transaction.

    Slow on purpose. Raises UnknownStaff, WrongPin or SignInLocked, with the wrong try on record.
    """
    with shop.reading() as books:
        person = _person(books, code)
    now = clock.now()
    if person.locked_until and now < datetime.fromisoformat(person.locked_until):
        raise SignInLocked(person.locked_until)
    matches = _matches(person.pin_hash, pin)
    with shop.writing() as books:
        person = _person(books, code)
        seen = replace(person, wrong_tries=0, locked_until="") if matches else _tried(person, now)
        if seen != person:
            books.staff.put(seen)
        if matches:
            return ok(books, seen)
        failed(books)
    if seen.locked_until:
        raise SignInLocked(seen.locked_until)
    raise WrongPin(LOCK_AFTER - seen.wrong_tries % LOCK_AFTER)


def with_rights(books: Books, person: Staff) -> Staff:
    """This person with the rights the owner's policy gives the role."""
    return replace(person, rights=books.policy.in_force().rights(person.role))


def code_behind(books: Books, typed: str) -> str:
    """The staff code somebody typed or scanned: a code, or a badge's. Raises UnknownStaff."""
    person = books.staff.by_code(typed) or books.staff.by_badge(typed)
    if person is None or not person.is_active:
        raise UnknownStaff(typed[:20])
    return person.code


def staff(shop: Shop) -> tuple[Staff, ...]:
    """Everybody who may sign in."""
    with shop.reading() as books:
        return tuple(with_rights(books, person) for person in books.staff.every() if person.is_active)


def _person(books: Books, code: str) -> Staff:
    person = books.staff.by_code(code)
    if person is None or not person.is_active:
        raise UnknownStaff(code[:20])
    return person


def _keep_an_owner(books: Books, without: str) -> None:
    owners = [person for person in books.staff.every() if person.role == "owner" and person.is_active]
    if owners and all(person.code == without for person in owners):
        raise LastOwner(without)


def _tried(person: Staff, now: datetime) -> Staff:
    tries = person.wrong_tries + 1
    minutes = lock_minutes(tries)
    until = (now + timedelta(minutes=minutes)).isoformat() if minutes else ""
    return replace(person, wrong_tries=tries, locked_until=until)


def _matches(pin_hash: str, pin: str) -> bool:
    try:
        return _hasher().verify(pin_hash, pin)
    except VerificationError:
        return False


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=1)
