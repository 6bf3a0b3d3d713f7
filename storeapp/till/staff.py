"""Who stands at the till: signing in by PIN, and the owner's list of staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

from storeapp.domain.staff import (
    LOCK_AFTER,
    SCRIPT,
    BadgeTaken,
    PinUsedBefore,
    Role,
    SignInLocked,
    Staff,
    UnknownStaff,
    WrongPin,
    check_pin_shape,
    checked_badge,
    checked_code,
    is_pin_due,
    lock_minutes,
    require,
)
from storeapp.errors import Refused
from storeapp.till.ports import Books, Clock, Shop

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Answer = TypeVar("Answer")
SignOut = Literal["asked", "switched", "idle"]
TIME_COST = 2
MEMORY_KIB = 19 * 1024


def checked_cashier(books: Books, code: str) -> str:
    """`code` if somebody at this shop sells under it: whoever is on its list, a script's own hand, and anybody where
    there is no list; raises UnknownStaff."""
    person = books.staff.by_code(code)
    if code != SCRIPT and (person is None or not person.is_active) and books.staff.every():
        raise UnknownStaff(code[:20])
    return code


def signed(shop: Shop, code: str) -> str:
    """`checked_cashier` before a deed at the command line, where nobody signs in."""
    with shop.reading() as books:
        return checked_cashier(books, code)


@dataclass(eq=False)
class LastOwner(Refused):
    """Somebody has to own the shop: `code` is the last owner."""

    code: str
    word = "last_owner"


def put_staff(
    shop: Shop,
    code: str,
    *,
    name: str,
    role: Role,
    pin: str = "",
    badge: str | None = None,
    phone: str | None = None,
    clock: Clock,
    by: str = "",
) -> Staff:
    """A new person, or a known one with a new role, PIN, badge or phone; what is left out stays as it was.

    `phone` is her own, so that she never serves herself as a member; "" forgets it. A PIN that somebody else chose
    has to be changed at the next sign-in. Raises BadPin, BadStaffCode, BadBadge, BadgeTaken, BadPhone, LastOwner, or
    NotAllowed where `by` is named and may not.
    """
    # read by whoever tends the list of staff, and by nobody who signs in
    from storeapp.domain.member import normal_phone

    checked_code(code)
    own_phone = normal_phone(phone) if phone else phone
    at = clock.now().isoformat()
    with shop.reading() as books:
        known = books.staff.by_code(code)
    # the old PIN may be too short for what the person may do from now on, and nobody can read its length
    if pin or known is None or not known.is_active or (known.role == "cashier" and role != "cashier"):
        check_pin_shape(pin, role)
    pin_hash = hashed(pin) if pin else ""
    with shop.writing() as books:
        _check_right(books, by)
        known = books.staff.by_code(code) or Staff(code, "", role)
        person = replace(known, name=name.strip()[:40], role=role, is_active=True)
        if badge is not None:
            person = replace(person, badge=_free_badge(books, badge, code))
        if pin_hash:
            is_others = by not in ("", code)
            person = replace(
                person,
                pin_hash=pin_hash,
                pin_set_at=at,
                must_change_pin=is_others,
                wrong_tries=0,
                locked_until="",
            )
        if role != "owner":
            _keep_an_owner(books, code)
        books.staff.put(person)
        if own_phone is not None:
            books.staff.put_phone(code, own_phone)
        body = {"staff": code, "role": role, "is_active": True, "by": by, "new_pin": bool(pin_hash)}
        books.journal.append("staff.changed", body, at=at)
    return person


def change_pin(shop: Shop, code: str, old: str, new: str, *, clock: Clock) -> Staff:
    """This person's own new PIN. Slow on purpose. Raises BadPin, PinUsedBefore, WrongPin or SignInLocked."""
    with shop.reading() as books:
        check_pin_shape(new, _person(books, code).role)
    if new == old:
        raise PinUsedBefore
    pin_hash, at = hashed(new), clock.now().isoformat()

    def changed(books: Books, person: Staff) -> Staff:
        seen = replace(person, pin_hash=pin_hash, pin_set_at=at, must_change_pin=False)
        books.staff.put(seen)
        books.journal.append("staff.pin_changed", {"staff": code, "by": code}, at=at)
        return with_rights(books, seen)

    def failed(books: Books) -> None:
        books.journal.append("staff.sign_in_failed", {"staff": code}, at=at)

    return by_pin(shop, code, old, clock=clock, ok=changed, failed=failed)


def sign_out(shop: Shop, code: str, *, why: SignOut, clock: Clock) -> None:
    """On record: who left the till, and whether by a key, by another's sign-in, or by nobody's touch."""
    with shop.writing() as books:
        books.journal.append("staff.signed_out", {"staff": code, "why": why}, at=clock.now().isoformat())


def dismiss(shop: Shop, code: str, *, clock: Clock, by: str = "") -> None:
    """This person signs in no more; what they sold keeps their code. Raises UnknownStaff, LastOwner or NotAllowed."""
    with shop.writing() as books:
        _check_right(books, by)
        person = _person(books, code)
        _keep_an_owner(books, code)
        books.staff.put(replace(person, is_active=False))
        body = {"staff": code, "role": person.role, "is_active": False, "by": by}
        books.journal.append("staff.changed", body, at=clock.now().isoformat())


def sign_in(shop: Shop, code: str, pin: str, *, clock: Clock) -> Staff:
    """The person with this code and PIN. Slow on purpose (argon2id): call it off the UI thread.

    `must_change_pin` is set where the PIN is too old as well.

    Raises UnknownStaff, WrongPin or SignInLocked; a wrong try is on record before it raises.
    """
    at = clock.now().isoformat()

    def signed_in(books: Books, person: Staff) -> Staff:
        books.journal.append("staff.signed_in", {"staff": code}, at=at)
        return replace(with_rights(books, person), must_change_pin=has_due_pin(books, person, clock=clock))

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


def has_due_pin(books: Books, person: Staff, *, clock: Clock) -> bool:
    """True if this person has to choose a new PIN first."""
    return is_pin_due(person, days=books.policy.in_force().whole("staff.pin_days"), now=clock.now())


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


def hashed(pin: str) -> str:
    """A PIN as it is kept: argon2id. Slow on purpose."""
    return _hasher().hash(pin)


def _person(books: Books, code: str) -> Staff:
    person = books.staff.by_code(code)
    if person is None or not person.is_active:
        raise UnknownStaff(code[:20])
    return person


def _free_badge(books: Books, badge: str, code: str) -> str:
    owner = books.staff.by_badge(checked_badge(badge))
    if owner is not None and owner.code != code:
        raise BadgeTaken(owner.code)
    return badge


def _check_right(books: Books, by: str) -> None:
    """Nobody on the list changes it without the right; without a name it is the first set-up, or the owner's script."""
    person = books.staff.by_code(by) if by else None
    if person is not None:
        require(with_rights(books, person), "staff")


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
    # loaded with the first PIN, which is slow on purpose anyhow
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(pin_hash, pin)
    except VerificationError:
        return False


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=1)
