"""Points she owes over two tills and a cloud: what both took off what she earned is hers again."""

from __future__ import annotations

import pytest

from storeapp.cloud import debts
from storeapp.cloud.admin import check
from storeapp.domain.ledger import debt_account, points_account
from storeapp.till.adjusting import Adjustment, adjust
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_merging import PHONES, all_tell, joins
from tests.sync.world import Tenant, Till, with_another

CUPS = 10


def held(till: Till, account: str) -> int:
    with till.shop.reading() as books:
        return books.ledger.balance(account, "pts")


def who_owes(till: Till) -> tuple[str, int]:
    """A member who spent what she had earned before the goods came back, and what she owes."""
    hers = joins(till, PHONES[0])
    sale = till.sell(CUPS, member_id=hers).sale
    earned = held(till, points_account(hers))
    adjust(till.shop, Adjustment(hers, -earned, "x", "script"), clock=till.clock, ids=till.ids)
    refund(till.shop, RefundOrder(sale.receipt, "script", "x", prints=False), clock=till.clock, ids=till.ids)
    return hers, earned


def pays_at_both(one: Till, other: Till, tenant: Tenant) -> tuple[str, int]:
    hers, owed = who_owes(one)
    all_tell(one, other)
    assert [held(till, debt_account(hers)) for till in (one, other)] == [-owed, -owed]
    for till in (one, other):
        till.sell(CUPS, member_id=hers)
        assert (held(till, debt_account(hers)), held(till, points_account(hers))) == (0, 0)
    all_tell(one, other)
    assert check.check(tenant.cloud, tenant.tenant_id)["findings"] == []
    return hers, owed


def test_a_debt_both_tills_took_is_paid_once(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    tills = with_another(joined, line, tenant)

    hers, owed = pays_at_both(*tills, tenant)

    for till in tills:
        assert (held(till, debt_account(hers)), held(till, points_account(hers))) == (0, owed)


def test_without_it_her_points_would_be_gone(
    joined: Till, line: FaultProxy, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debts, "give_back", lambda _posting: None)
    tills = with_another(joined, line, tenant)

    hers, owed = pays_at_both(*tills, tenant)

    for till in tills:
        assert (held(till, debt_account(hers)), held(till, points_account(hers))) == (owed, 0)
