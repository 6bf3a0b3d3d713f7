"""Runs every check on one snapshot of the file."""

from __future__ import annotations

from typing import Any

from storeapp.database.check.cards import check_cards
from storeapp.database.check.chain import check_chain
from storeapp.database.check.coupons import check_coupons
from storeapp.database.check.drawer import check_drawer
from storeapp.database.check.finding import Finding
from storeapp.database.check.groups import check_groups
from storeapp.database.check.money import check_money
from storeapp.database.check.payments import check_payments
from storeapp.database.check.referrals import check_referrals
from storeapp.database.check.refunds import check_refunds
from storeapp.database.check.sales import check_sales
from storeapp.database.check.storage import check_storage
from storeapp.database.check.values import check_values
from storeapp.database.check.vouchers import check_vouchers
from storeapp.database.work import Work
from storeapp.till.records import Device


def run_checks(connection: Any, device: Device) -> tuple[Finding, ...]:
    """All that is wrong, in the order of the rooms; empty if nothing is."""
    work = Work(connection)
    connection.execute("BEGIN")
    try:
        return (
            *check_storage(work),
            *check_money(work),
            *check_chain(work, device.device_id),
            *check_sales(work),
            *check_drawer(work),
            *check_refunds(work),
            *check_payments(work),
            *check_values(work),
            *check_cards(work),
            *check_vouchers(work),
            *check_coupons(work),
            *check_referrals(work),
            *check_groups(work),
        )
    finally:
        connection.execute("COMMIT")
