"""Projecting: each event by its handler, all of a batch at once if it can be, one by one if one of them is poison.

What an event did is undone whole when its handler fails; the event itself stays in the journal, and waits in
quarantine for a program that understands it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from storeapp.cloud import debts, merging
from storeapp.cloud.database import may_work_again
from storeapp.cloud.posting import Posting
from storeapp.cloud.projector import (
    alarms,
    bodies,
    cards,
    group_bodies,
    groups,
    people,
    referrals,
    refunds,
    sales,
    shelf,
    shifts,
    vouchers,
)
from storeapp.cloud.projector.bodies import Body
from storeapp.cloud.projector.work import Event, Source, Work
from storeapp.cloud.tills import Tills
from storeapp.domain import coupon_terms
from storeapp.errors import Broken, StoreappError
from storeapp.wire import codec

LOG = logging.getLogger(__name__)
Handler = Callable[[Work, Event, Any], None]

HANDLERS: dict[str, tuple[type[Body], Handler]] = {
    "sale": (bodies.SaleBody, sales.sold),
    "refund": (bodies.RefundBody, refunds.brought),
    "member.joined": (bodies.MemberJoined, people.joined),
    "member.changed": (bodies.MemberChanged, people.changed),
    "consent.changed": (bodies.ConsentChanged, people.agreed),
    "member.erased": (bodies.MemberErased, people.erased),
    "member.merged": (bodies.MemberMerged, people.merged),
    **{f"referral.{said}": (bodies.ReferralSaid, referrals.said) for said in referrals.STATES},
    "ledger.posted": (bodies.LedgerPosted, people.posted),
    "topup": (bodies.ValueDocBody, people.paid_in),
    "topup_refund": (bodies.ValueDocBody, people.paid_in),
    **dict.fromkeys(cards.DEEDS, (bodies.CardDocBody, cards.said)),
    "group.changed": (group_bodies.GroupChanged, groups.changed),
    "group_order.taken": (group_bodies.OrderTaken, groups.taken),
    "group_order.cancelled": (group_bodies.OrderCancelled, groups.cancelled),
    "group_order.picked": (group_bodies.OrderPicked, groups.picked),
    "coupon.issued": (bodies.CouponIssued, people.issued),
    "coupon.voided": (bodies.CouponVoided, people.voided),
    "policy.changed": (bodies.PolicyChanged, shelf.chosen),
    "promotion.changed": (bodies.PromotionChanged, shelf.promoted),
    "price_list.changed": (bodies.PriceListChanged, shelf.priced),
    "coupon_template.changed": (bodies.CouponTemplateChanged, shelf.patterned),
    "shift.closed": (bodies.ZBody, shifts.closed),
    "shift.supplemented": (bodies.ZBody, shifts.closed),
    "catalogue.changed": (bodies.CatalogueChanged, shelf.stocked),
    "alarm.seen": (bodies.AlarmSeen, alarms.looked),
}
VERSION = 1
# the newest version of a type, where it is not the first
NEWEST = {"coupon.issued": coupon_terms.VERSION}


class UnknownVersion(Broken):
    """The event says more than this program understands."""

    word = "unknown_version"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: remarks for the till, and the events that could not be projected with the reason."""

    flags: tuple[tuple[int, str], ...]
    poison: tuple[tuple[Event, str], ...]


@dataclass(frozen=True, slots=True)
class Projector:
    """Projects the events of one device within the caller's transaction; `new_posting` begins an empty one."""

    source: Source
    tills: Tills
    new_posting: Callable[[], Posting]

    def project(self, events: Sequence[Event]) -> Outcome:
        """All events in one go; if that fails, each alone."""
        known = [event for event in events if event.type in HANDLERS]
        if not known:
            return Outcome((), ())
        flags, error = self._attempt(known)
        if error is None:
            return Outcome(flags, ())
        kept: list[tuple[int, str]] = []
        poison: list[tuple[Event, str]] = []
        for event in known:
            flags, error = self._attempt([event])
            kept.extend(flags)
            if error is not None:
                poison.append((event, error))
        return Outcome(tuple(kept), tuple(poison))

    def _attempt(self, events: Sequence[Event]) -> tuple[tuple[tuple[int, str], ...], str | None]:
        """The flags, or why nothing of these events was done."""
        posting = self.new_posting()
        point = posting.connection.begin_nested()
        try:
            work = Work(posting, self.source, self.tills)
            for event in events:
                self._handle(work, event)
            sales.settle(work)
            refunds.settle(work)
            vouchers.settle(work)
            shifts.settle(work)
            referrals.settle(work)
            cards.settle(work)
            groups.settle(work)
            merging.follow(posting)
            debts.give_back(posting)
            posting.finish()
        except DBAPIError as error:
            if may_work_again(error) and not _is_ours_alone(error):
                raise
            point.rollback()
            return (), type(error).__name__
        except (ValidationError, ValueError, StoreappError, LookupError, TypeError, ArithmeticError) as error:
            point.rollback()
            return (), _reason(error)
        point.commit()
        return tuple(work.flags), None

    def _handle(self, work: Work, event: Event) -> None:
        model, handler = HANDLERS[event.type]
        if event.v not in range(VERSION, NEWEST.get(event.type, VERSION) + 1):
            raise UnknownVersion
        # it goes on to other tills, which must be able to read it
        if datetime.fromisoformat(event.at).tzinfo is None:
            raise ValueError("a moment without its offset")
        body = model.model_validate(codec.loads(event.body))
        handler(work, event, cast(Any, body))


def _is_ours_alone(error: DBAPIError) -> bool:
    """A row that is there already stays there however often the transaction is run: that is the event's own fault."""
    return type(error).__name__ == "IntegrityError"


def _reason(error: Exception) -> str:
    """Why, in words that hold nothing of the event itself: it may be about a person."""
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{first['type']} at {'.'.join(str(part) for part in first['loc'])}"[:200]
    if isinstance(error, StoreappError):
        return error.word
    return type(error).__name__
