"""Members at the counter: signing up, finding, showing, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import Lot, bonus_account, owed_account, pending_account, points_account, principal_account
from storeapp.domain.member import (
    CONSENT_TEXT_VERSION,
    Channel,
    Consent,
    ConsentMissing,
    Member,
    MemberExists,
    Purpose,
    UnknownMember,
    checked_name,
    consent_data,
    masked_name,
    masked_phone,
    normal_phone,
)
from storeapp.errors import Refused
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import points_owed
from storeapp.till.records import Found


@dataclass(eq=False)
class DebtLeft(Refused):
    """She owes `owed_fen`: it is paid first, then she can be erased."""

    owed_fen: int
    word = "debt_left"


@dataclass(eq=False)
class CardLeft(Refused):
    """For her card `card` she may have `left_fen` back: that is paid before she is forgotten."""

    card: str
    left_fen: int
    word = "card_left"


@dataclass(eq=False)
class ValueLeft(Refused):
    """She has `left_fen` of what she paid in: that is paid back before she is forgotten."""

    left_fen: int
    word = "value_left"


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member in one glance, for the counter. So many points are `waiting` and not hers yet; `owed_points` are those
    she spent before the goods that had earned them came back."""

    member: Member
    points: int
    principal_fen: int
    bonus_fen: int
    coupons: tuple[Coupon, ...]
    owed_fen: int = 0
    waiting: int = 0
    owed_points: int = 0


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Everything the shop holds about a member, for her or the owner to see."""

    card: MemberCard
    lots: tuple[Lot, ...]
    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody said at the counter. Membership must be agreed to; marketing may be.

    `referred_by` is the code or phone of the member who brought her.
    """

    phone: str
    name: str = ""
    agrees_membership: bool = True
    agrees_marketing: bool = False
    text_version: str = CONSENT_TEXT_VERSION
    referred_by: str = ""


def sign_up(shop: Shop, said: SignUp, *, cashier: str, clock: Clock, ids: Ids, channel: Channel = "counter") -> Member:
    """A new member, with her consents on record. Raises BadPhone, BadName, ConsentMissing, MemberExists, or why
    whom she names did not bring her, and then she is no member yet.
    """
    phone, name = normal_phone(said.phone), checked_name(said.name)
    if not said.agrees_membership:
        raise ConsentMissing
    now = clock.now()
    at = now.isoformat()
    member = Member(ids.new(), phone, name, joined_at=at)
    with shop.writing() as books:
        here = _here(books)
        consents = (
            Consent("membership", said.text_version, True, channel, at, here),
            Consent("marketing", said.text_version, said.agrees_marketing, channel, at, here),
        )
        known = books.members.by_phone(phone)
        if known is not None:
            raise MemberExists(known.member_id)
        enter(books, member, consents, cashier=cashier)
        if said.referred_by.strip():
            from storeapp.till import referrals

            referrals.note(books, member, said.referred_by, cashier=cashier, at=now)
        if books.policy.in_force().text("coupon.on_join"):
            from storeapp.till import coupon_gifts

            coupon_gifts.on_join(books, member.member_id, at=at, on=today(books, clock))
    return member


def enter(books: Books, member: Member, consents: Sequence[Consent], *, cashier: str, at: str = "") -> None:
    """Writes a new member into the books and the journal, within the caller's transaction.

    `at` is when that happens, where it is not when she joined.
    """
    device = books.device
    books.members.put(member)
    for consent in consents:
        books.members.consent(member.member_id, consent)
    body = {
        "member_id": member.member_id,
        "joined_at": member.joined_at,
        "store": device.store,
        "till": device.till,
        "cashier": cashier,
        "tier": member.tier,
        "consents": [consent_data(consent) for consent in consents],
    }
    books.journal.append("member.joined", body, at=at or member.joined_at)


def set_consent(
    shop: Shop, member_id: str, *, purpose: str, given: bool, clock: Clock, channel: Channel = "counter"
) -> None:
    """She agrees, or takes it back; taking back is as easy as giving. Raises UnknownMember."""
    at = clock.now().isoformat()
    for_what: Purpose = "marketing" if purpose == "marketing" else "membership"
    with shop.writing() as books:
        consent = Consent(for_what, CONSENT_TEXT_VERSION, given, channel, at, _here(books))
        if books.members.by_id(member_id) is None:
            raise UnknownMember
        books.members.consent(member_id, consent)
        books.journal.append("consent.changed", {"member_id": member_id, **consent_data(consent)}, at=at)


def erase(shop: Shop, member_id: str, *, clock: Clock) -> None:
    """She is forgotten: her particulars are destroyed, the books keep an opaque id.

    Erased is not lost money: what she paid in is paid back first, and what she owes is paid. Raises what
    `check_forgettable` does.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_forgettable(books, member_id, on=today(books, clock))
        forget(books, member_id, at=at)


def check_forgettable(books: Books, member_id: str, *, on: date) -> None:
    """Raises UnknownMember, ValueLeft, DebtLeft, or CardLeft for a card something is owed on."""
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    left = books.ledger.balance(principal_account(member_id), "fen")
    if left > 0:
        raise ValueLeft(left)
    owed = books.ledger.balance(owed_account(member_id), "fen")
    if owed > 0:
        raise DebtLeft(owed)
    _check_cards(books, member_id, on=on)


def forget(books: Books, member_id: str, *, at: str, why: str = "asked") -> None:
    """Forgets her within the caller's transaction; `why` is asked or retention."""
    books.members.erase(member_id)
    books.layers.forget(member_id)
    books.journal.append("member.erased", {"member_id": member_id, "at": at, "why": why}, at=at)


def _check_cards(books: Books, member_id: str, *, on: date) -> None:
    # few shops sell cards: a start does not load them
    from storeapp.till import card_refunds, cards

    for card in cards.cards_of(books, member_id):
        fen = card_refunds.would_get(books, card, on=on)["customer"]
        if card.worth_fen and fen:
            raise CardLeft(card.number, fen)


def find(books: Books, text: str, *, limit: int = 20) -> tuple[Found, ...]:
    """Members by phone, last four digits, name or pinyin, as a screen may show them."""
    return books.members.find(text, limit=limit)


def by_phone(books: Books, text: str) -> Member:
    """The member with exactly this phone; raises BadPhone or UnknownMember."""
    member = books.members.by_phone(normal_phone(text))
    if member is None:
        raise UnknownMember
    return member


def card(books: Books, member_id: str, *, on: date) -> MemberCard:
    """The member in one glance; her coupons are those good on that day. Raises UnknownMember."""
    member = books.members.by_id(member_id)
    if member is None:
        raise UnknownMember
    return MemberCard(
        member=member,
        points=books.ledger.balance(points_account(member_id), "pts"),
        principal_fen=books.ledger.balance(principal_account(member_id), "fen"),
        bonus_fen=books.ledger.balance(bonus_account(member_id), "fen"),
        coupons=tuple(c for c in books.coupons.of_member(member_id) if c.valid_from <= on <= c.valid_until),
        owed_fen=books.ledger.balance(owed_account(member_id), "fen"),
        waiting=books.ledger.balance(pending_account(member_id), "pts"),
        owed_points=points_owed(books, member_id),
    )


def file_of(books: Books, member_id: str, *, on: date) -> MemberFile:
    """Everything about a member; raises UnknownMember."""
    return MemberFile(card(books, member_id, on=on), books.ledger.lots(member_id), books.members.consents(member_id))


def masked_of(books: Books, member_id: str) -> str:
    """How a paper calls her that lies about: `王* 138****0001`; "" of whoever is gone."""
    member = books.members.by_id(member_id)
    return "" if member is None else f"{masked_name(member.name)} {masked_phone(member.phone)}".strip()


def _here(books: Books) -> str:
    return f"{books.device.store}-{books.device.till}"
