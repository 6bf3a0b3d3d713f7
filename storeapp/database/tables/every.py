"""Every table in one catalogue."""

from __future__ import annotations

from types import ModuleType

from storeapp.database.tables import (
    alarms,
    approvals,
    attempts,
    baskets,
    books,
    cards,
    coupon_grants,
    coupon_holds,
    coupons,
    feedback,
    feeds,
    groups,
    groups_elsewhere,
    journal,
    layers,
    ledger,
    ledger_proof,
    members,
    outreach,
    policies,
    price_lists,
    prints,
    products,
    promotions,
    referrals,
    refunds,
    sales,
    search_index,
    shifts,
    staff,
    tiers,
    timeline,
    values,
    vouchers,
)
from storeapp.database.tables.schema import metadata as metadata

ROOMS: tuple[ModuleType, ...] = (
    alarms, approvals, attempts, baskets, books, cards, coupon_grants, coupon_holds, coupons, feedback, feeds, groups,
    groups_elsewhere, journal, layers, ledger, ledger_proof, members, outreach, policies, price_lists, prints, products,
    promotions, referrals, refunds, sales, search_index, shifts, staff, tiers, timeline, values, vouchers,
)  # fmt: skip
