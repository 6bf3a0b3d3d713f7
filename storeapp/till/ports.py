"""What the till's deeds need from the world.

A `Shop` opens `Books`: `reading()` a consistent snapshot, `writing()` one transaction that commits when the block
ends and leaves nothing behind if it raises. Everything handed out is a plain frozen value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from storeapp.till.ports_merging import Merging
from storeapp.till.ports_payments import Pace as Pace
from storeapp.till.ports_payments import Provider as Provider

if TYPE_CHECKING:
    # a start must not pay for what a signature names
    from storeapp.domain.approval import Approval
    from storeapp.domain.journal import Entry
    from storeapp.domain.member import Consent, Member
    from storeapp.domain.policy import Policy
    from storeapp.domain.printing import JobState, PrintJob
    from storeapp.domain.product import Product, QuickKey
    from storeapp.domain.sale import Sale
    from storeapp.till.ledger_port import Ledger
    from storeapp.till.ports_alarms import Alarms
    from storeapp.till.ports_cards import Cards
    from storeapp.till.ports_coupons import CouponGrants, CouponHolds, Coupons, CouponTemplates
    from storeapp.till.ports_feedback import FeedbackBook
    from storeapp.till.ports_groups import Groups
    from storeapp.till.ports_layers import Layers
    from storeapp.till.ports_outreach import Outreach
    from storeapp.till.ports_payments import Attempts
    from storeapp.till.ports_pricing import PriceLists, PromotionBook
    from storeapp.till.ports_proofs import Proofs
    from storeapp.till.ports_referrals import Referrals
    from storeapp.till.ports_refunds import Refunds
    from storeapp.till.ports_shifts import Drawer, Shifts
    from storeapp.till.ports_staff import StaffBook
    from storeapp.till.ports_tiers import Tiers
    from storeapp.till.ports_timeline import Timeline
    from storeapp.till.ports_values import Values
    from storeapp.till.ports_vouchers import Vouchers
    from storeapp.till.records import Cursor, Device, Found, Parked, Unsent


class Clock(Protocol):
    """The time, passed in so that tests can stop it."""

    def now(self) -> datetime:
        """The moment, with its offset from UTC."""
        ...


class Ids(Protocol):
    """New names for things, passed in so that tests can foresee them."""

    def new(self) -> str:
        """A fresh UUID (version 7: later ones sort later) as text."""
        ...


class Products(Protocol):
    """The catalogue."""

    def by_code(self, code: str) -> Product | None:
        """The product with this code or barcode."""
        ...

    def find(self, text: str, *, limit: int = 20) -> tuple[Product, ...]:
        """Products by name, fragment, code, pinyin initials or full pinyin; best first."""
        ...

    def put(self, products: Sequence[Product]) -> None:
        """New or changed products (by code), with all their barcodes and search words."""
        ...

    def remove(self, codes: Sequence[str]) -> None:
        """Products leave the catalogue; sold lines keep their names."""
        ...

    def every(self) -> Iterator[Product]:
        """The whole catalogue by code."""
        ...

    def owners(self, codes: Iterable[str]) -> dict[str, str]:
        """For each of these codes or barcodes that is taken: the code of the product that owns it."""
        ...

    def units_of(self, codes: Sequence[str]) -> tuple[Product, ...]:
        """The larger units these products are sold in, by code."""
        ...

    def counted(self) -> Iterator[tuple[Product, str]]:
        """Products with a stock, and the moment it was counted, by code."""
        ...

    def count(self) -> int: ...
    def quick_keys(self) -> tuple[tuple[QuickKey, Product], ...]:
        """The tiles in order, without those whose product is gone."""
        ...

    def put_quick_keys(self, keys: Sequence[QuickKey]) -> None:
        """These tiles instead of the ones before."""
        ...


class Members(Merging, Protocol):
    """Members and what they agreed to."""

    def by_id(self, member_id: str) -> Member | None: ...
    def by_phone(self, phone: str) -> Member | None:
        """By exact phone (`normal_phone`), through the keyed index."""
        ...

    def find(self, text: str, *, limit: int = 20) -> tuple[Found, ...]:
        """By phone, its last four digits, any 3 or more digits of its beginning or end, name, pinyin."""
        ...

    def put(self, member: Member) -> None:
        """A new member, or her changed particulars."""
        ...

    def erase(self, member_id: str) -> None:
        """Her key is destroyed and her search words are gone; the books keep the opaque id."""
        ...

    def consent(self, member_id: str, consent: Consent) -> None:
        """One more line in the consent record; a line already there (same purpose, at, given) is not doubled."""
        ...

    def consents(self, member_id: str) -> tuple[Consent, ...]: ...
    def count(self) -> int: ...
    def joined_on(self, business_date: str) -> int:
        """How many joined on that day (counted by the date part of `joined_at`)."""
        ...


class Sales(Protocol):
    """Sales, and the numbers they are issued."""

    def next_in_day(self, business_date: str) -> int:
        """The next receipt sequence of that day for this till, from 1."""
        ...

    def next_token_seq(self) -> int:
        """The next value of the till's receipt counter, never reset, from 1."""
        ...

    def skip_numbers(self, lives: int, *, until_date: str) -> None:
        """Leaves room, up to that day, for what `lives` earlier machines of this till may have printed."""
        ...

    def add(self, sale: Sale, *, request_hash: str = "", imported: bool = False) -> None: ...
    def by_receipt(self, number: str) -> Sale | None: ...
    def by_token(self, token: str) -> Sale | None: ...
    def by_redeem_code(self, code: str) -> Sale | None: ...
    def by_request(self, request_id: str) -> tuple[Sale, str] | None:
        """The sale made for the caller's id, with the hash of what was asked."""
        ...

    def last(self) -> Sale | None: ...
    def sold_in_all(self) -> int:
        """What this till ever sold, in fen, rounding included; never what was imported."""
        ...

    def has_bought(self, member_id: str) -> bool:
        """Whether she ever bought anything here, or before in another system."""
        ...

    def recent(self, *, limit: int = 50) -> tuple[Sale, ...]:
        """The latest sales, newest first."""
        ...

    def of_member(self, member_id: str, *, limit: int = 50) -> tuple[Sale, ...]:
        """Her latest sales, newest first; history from elsewhere comes last."""
        ...

    def count_on(self, business_date: str) -> tuple[int, int]:
        """Sales of the day: how many, and their total in fen."""
        ...

    def copies(self, number: str) -> int:
        """How often the receipt was reprinted."""
        ...

    def count_copy(self, number: str) -> int:
        """One more reprint; returns its number from 1."""
        ...

    def on(self, business_date: str) -> Iterator[Sale]:
        """The sales of that day, oldest first."""
        ...

    def since(self, business_date: str) -> Iterator[Sale]:
        """The sales of that day and later, oldest first."""
        ...

    def every(self) -> Iterator[Sale]:
        """All sales, oldest first."""
        ...


class Journal(Protocol):
    """What this till did, chained."""

    def append(self, type_: str, body: dict[str, Any], *, at: str, v: int = 1) -> Entry: ...
    def after(self, seq: int, *, limit: int = 100) -> tuple[Entry, ...]: ...
    def head(self) -> tuple[int, bytes]:
        """Last seq and hash of this device and epoch; (0, GENESIS) at the beginning."""
        ...

    def acked(self) -> int:
        """The cloud holds everything up to this seq."""
        ...

    def ack(self, seq: int) -> None: ...
    def at(self, seq: int) -> Entry | None: ...
    def unsent(self) -> Unsent: ...
    def carry_over(self, epoch: int) -> None:
        """Writes every entry of this epoch again in a later one, with its id and body, chained from its beginning.

        The journal goes on there once `put_device` has moved the device to that epoch.
        """
        ...


class Prints(Protocol):
    """The print queue."""

    def add(self, job: PrintJob) -> None: ...
    def get(self, job_id: str) -> PrintJob | None: ...
    def queued(self, *, limit: int = 10) -> tuple[PrintJob, ...]: ...
    def set_state(self, job_id: str, state: JobState, *, reason: str = "") -> None: ...
    def open_questions(self) -> tuple[PrintJob, ...]:
        """Jobs a person should decide about: left `sending` by a crash, unconfirmed or failed, and not yet asked."""
        ...

    def settle(self, job_id: str) -> None:
        """A person has decided about this job."""
        ...

    def recent(self, *, limit: int = 20) -> tuple[PrintJob, ...]: ...


class Baskets(Protocol):
    """The unfinished basket and those put aside."""

    def keep_current(self, data: dict[str, Any] | None) -> None: ...
    def current(self) -> dict[str, Any] | None: ...
    def park(self, parked: Parked) -> None: ...
    def parked(self) -> tuple[Parked, ...]: ...
    def take(self, parked_id: str) -> Parked | None:
        """The parked basket, which is parked no more."""
        ...


class Approvals(Protocol):
    """Who let whom do what; each is spent once."""

    def add(self, approval: Approval) -> None: ...
    def by_id(self, approval_id: str) -> Approval | None: ...
    def use(self, approval_id: str, *, at: str) -> bool:
        """Spends it in this transaction; False if it is spent already, or there is none."""
        ...

    def every(self) -> Iterator[Approval]:
        """All of them, oldest first."""
        ...


class PolicyBook(Protocol):
    """The owner's choices, with their history."""

    def in_force(self, *, at: str | None = None) -> Policy:
        """Now, or as it stood at that moment (ISO 8601)."""
        ...

    def put(self, key: str, value: Any, *, at: str) -> None: ...


class Feeds(Protocol):
    """How far the cloud's feeds were read, and what they told that is kept as it came."""

    def cursor(self, feed: str) -> Cursor | None: ...
    def move(self, cursor: Cursor) -> None: ...
    def note_opened(self, token: str, at: str) -> None:
        """The page behind this receipt was opened (the first time counts)."""
        ...

    def opened(self) -> dict[str, str]:
        """Tokens of receipts whose page was opened, with the first moment."""
        ...


class Books(Protocol):
    """Everything a deed may read or write, in one transaction."""

    @property
    def device(self) -> Device: ...
    def put_device(self, device: Device) -> None: ...
    @property
    def products(self) -> Products: ...
    @property
    def members(self) -> Members: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def layers(self) -> Layers: ...
    @property
    def proofs(self) -> Proofs: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def outreach(self) -> Outreach: ...
    @property
    def feedback(self) -> FeedbackBook: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def coupons(self) -> Coupons: ...
    @property
    def coupon_templates(self) -> CouponTemplates: ...
    @property
    def coupon_grants(self) -> CouponGrants: ...
    @property
    def coupon_holds(self) -> CouponHolds: ...
    @property
    def sales(self) -> Sales: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def prints(self) -> Prints: ...
    @property
    def baskets(self) -> Baskets: ...
    @property
    def staff(self) -> StaffBook: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def approvals(self) -> Approvals: ...
    @property
    def policy(self) -> PolicyBook: ...
    @property
    def promotions(self) -> PromotionBook: ...
    @property
    def price_lists(self) -> PriceLists: ...
    @property
    def refunds(self) -> Refunds: ...
    @property
    def values(self) -> Values: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def vouchers(self) -> Vouchers: ...
    @property
    def tiers(self) -> Tiers: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def drawer(self) -> Drawer: ...
    @property
    def shifts(self) -> Shifts: ...


class Shop(Protocol):
    """The shop's database, seen from a deed."""

    def reading(self) -> AbstractContextManager[Books]: ...
    def writing(self) -> AbstractContextManager[Books]: ...
