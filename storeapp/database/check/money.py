"""Money and points: balances against legs, lots against balances, coupons against their accounts."""

from __future__ import annotations

from collections.abc import Iterator

from storeapp.database.check.finding import Finding
from storeapp.database.statements.ledger_proof import (
    ABOVE,
    BALANCES,
    BELOW,
    COUPON_CODES,
    COUPONS,
    LOT_AMOUNTS,
    LOT_USES,
    LOTS,
    REVERSED,
    UNBALANCED,
)
from storeapp.database.work import Work


def check_money(work: Work) -> Iterator[Finding]:
    """Everything the ledger promises, added up again from its legs."""
    for txn_id, unit, off in work.each(UNBALANCED):
        yield Finding("unbalanced", txn_id, f"legs are off by {off} {unit}")
    for name, unit, kept, legs in work.each(BALANCES):
        yield Finding("balance", name, f"kept {kept} {unit}, legs come to {int(legs)}")
    yield from _lots(work)
    for txn_id, n, leg, back in work.each(REVERSED):
        yield Finding("over_reversed", txn_id, f"{back} of leg {n} were taken back, which was {leg}")
    for name, balance in (*work.each(BELOW), *work.each(ABOVE)):
        yield Finding("member_account", name, f"holds {balance}")
    for code, state, times in work.each(COUPONS):
        yield Finding("coupon", code, f"{state}, redeemed {times} times in the ledger")
    for code, times in work.each(COUPON_CODES):
        yield Finding("coupon_code", code, f"{times} coupons out with this code")


def _lots(work: Work) -> Iterator[Finding]:
    for name, balance, remaining in work.each(LOTS):
        yield Finding("lots", name, f"lots hold {int(remaining)}, balance is {balance}")
    for txn_id, name, amount, legs in work.each(LOT_AMOUNTS):
        yield Finding("lot", txn_id, f"opened with {amount} on {name}, its legs come to {int(legs)}")
    for txn_id, name, remaining, found in work.each(LOT_USES):
        yield Finding("lot_use", txn_id, f"{remaining} left on {name}, its uses leave {int(found)}")
