"""A shop in memory: the ports of the till without a database, for tests of deeds and presenters.

It keeps the same promises: a writing block commits when it ends and leaves nothing behind if it raises, a reading block
never sees half of one. `tests/ports` runs one suite on this and on the real thing.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storeapp.domain.alarm import Alarm
from storeapp.domain.approval import Approval
from storeapp.domain.card_doc import CardDoc
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.coupon_hold import Hold
from storeapp.domain.coupon_template import TemplateWord
from storeapp.domain.drawer import CashMove, Movement
from storeapp.domain.feedback import Feedback
from storeapp.domain.group_order import GroupOrder, Pick, ToldOrder
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.journal import Entry
from storeapp.domain.layer import Layer, Learned
from storeapp.domain.ledger import Lot, LotMove, Txn
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.domain.member import Consent, Member
from storeapp.domain.outreach import Due
from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.priced import PromotionUse
from storeapp.domain.printing import PrintJob
from storeapp.domain.product import Product, QuickKey
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.referral import Bought, Given, Referral
from storeapp.domain.refund import Refund
from storeapp.domain.sale import Sale
from storeapp.domain.segment import Segment
from storeapp.domain.shift import Shift
from storeapp.domain.staff import Staff
from storeapp.domain.tier import TierWord
from storeapp.domain.value_doc import ValueDoc
from storeapp.till.ports import Books, Ids
from storeapp.till.ports_shifts import ZRow
from storeapp.till.records import Attempt, Cursor, Device, Parked
from tests.fakes import memory_books as books
from tests.fakes.memory_people import Note


@dataclass
class State:
    """Everything the shop knows. Values are immutable, so a copy of the containers is a copy of it all."""

    device: Device
    products: dict[str, Product] = field(default_factory=dict)
    quick_keys: tuple[QuickKey, ...] = ()
    members: dict[str, Member] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    merged: dict[str, str] = field(default_factory=dict)
    consents: dict[str, tuple[Consent, ...]] = field(default_factory=dict)
    txns: dict[str, Txn] = field(default_factory=dict)
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    lots: dict[str, tuple[Lot, ...]] = field(default_factory=dict)
    moves: dict[str, tuple[LotMove, ...]] = field(default_factory=dict)
    reversals: dict[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    movements: tuple[Movement, ...] = ()
    refunds: tuple[tuple[Refund, str], ...] = ()
    values: tuple[tuple[ValueDoc, str], ...] = ()
    cards: tuple[tuple[CardDoc, str], ...] = ()
    cards_told: tuple[CardDoc, ...] = ()
    vouchers: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    tier_words: tuple[TierWord, ...] = ()
    group_sheets: dict[str, GroupSheet] = field(default_factory=dict)
    group_orders: dict[str, GroupOrder] = field(default_factory=dict)
    group_picks: tuple[Pick, ...] = ()
    group_sheets_told: dict[tuple[str, str], GroupSheet] = field(default_factory=dict)
    group_orders_told: dict[str, ToldOrder] = field(default_factory=dict)
    group_picks_told: dict[tuple[str, str], Pick] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)
    referral_given: tuple[Given, ...] = ()
    referrals_told: dict[str, Referral] = field(default_factory=dict)
    referral_bought: dict[str, tuple[str, Bought]] = field(default_factory=dict)
    cash_moves: tuple[CashMove, ...] = ()
    shifts: tuple[Shift, ...] = ()
    zs: tuple[ZRow, ...] = ()
    shift_floor: tuple[int, int] = (0, 0)
    price_lists: tuple[PriceListVersion, ...] = ()
    promotion_uses: tuple[tuple[PromotionUse, str | None, str], ...] = ()
    layers: dict[str, tuple[Layer, date]] = field(default_factory=dict)
    night: Learned | None = None
    proof: LedgerProof | None = None
    alarms: dict[str, Alarm] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    tags: dict[tuple[str, str], bool] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    outreach: dict[tuple[date, str], Due] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)
    coupon_templates: tuple[TemplateWord, ...] = ()
    coupon_grants: dict[tuple[str, int], Grant] = field(default_factory=dict)
    sales: dict[str, Sale] = field(default_factory=dict)
    imported: dict[str, Sale] = field(default_factory=dict)
    requests: dict[str, tuple[str, str]] = field(default_factory=dict)
    number_floor: tuple[int, int, str] = (0, 0, "")
    copies: dict[str, int] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    acked: tuple[int, int] = (0, 0)
    jobs: dict[str, PrintJob] = field(default_factory=dict)
    basket: dict[str, Any] | None = None
    parked: dict[str, Parked] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    staff_members: dict[str, str] = field(default_factory=dict)
    staff_phones: dict[str, str] = field(default_factory=dict)
    policy: tuple[tuple[str, Any, str], ...] = ()
    promotions: tuple[PromotionVersion, ...] = ()
    replays: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)

    def is_hers(self, named: str | None, member_id: str) -> bool:
        """Whether what bears that name is this member's."""
        return named is not None and (named == member_id or self.merged.get(named) == member_id)

    def copied(self) -> State:
        """This state, ready to be changed without touching the original."""
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})


class MemoryShop:
    """Implements `till.ports.Shop`."""

    def __init__(self, device: Device, *, ids: Ids) -> None:
        self._state = State(device)
        self._ids = ids
        # one writes at a time, as on disk: a worker's thread waits for the counter's
        self._turn = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Books]:
        # a writing block works on a copy, so the state seen here never changes
        yield books.MemoryBooks(self._state.copied(), self._ids)

    @contextmanager
    def writing(self) -> Iterator[Books]:
        if self._writer == threading.get_ident():
            raise RuntimeError("a writing block inside another one waits for itself for ever")
        with self._turn:
            self._writer = threading.get_ident()
            working = self._state.copied()
            try:
                yield books.MemoryBooks(working, self._ids)
                self._state = working
            finally:
                self._writer = None
