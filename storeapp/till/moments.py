"""Moments in the shop's own zone, and the business day each counts for."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from storeapp.domain.business_day import business_day
from storeapp.domain.policy import Policy
from storeapp.till.ports import Books, Clock


def in_zone(moment: datetime, policy: Policy) -> datetime:
    """`moment` in the shop's zone; without an offset it is already meant in that zone."""
    zone = ZoneInfo(policy.text("shop.zone"))
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def local_moment(books: Books, moment: datetime) -> datetime:
    """`moment` in the shop's zone, by the policy in force."""
    return in_zone(moment, books.policy.in_force())


def day_of(moment: datetime, policy: Policy) -> date:
    """The business day of a moment in the shop's zone."""
    return business_day(moment, cutoff_hour=policy.whole("day.cutoff_hour"))


def today(books: Books, clock: Clock) -> date:
    """The business day now."""
    policy = books.policy.in_force()
    return day_of(in_zone(clock.now(), policy), policy)
