"""Who was forgotten at one till while another was away: the sale stands, and nothing about her comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin.check import check
from storeapp.cloud.tables.members import member
from storeapp.database.connection import FILE
from storeapp.database.keystore import DATABASE_KEY, key_of
from storeapp.domain.ledger import points_account
from storeapp.domain.member import Member, UnknownMember
from storeapp.till import member_file, tiers
from storeapp.till.catalogue import put_products
from storeapp.till.members import SignUp, erase, set_consent, sign_up
from tests.database.test_privacy import everything_in
from tests.domain.goods import BAG, CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_on_disk import till_on_disk
from tests.sync.world import Tenant, Till

PHONE, NAME, NOTE, TAG = "13800000001", "王芳芳", "左撇子对花生过敏", "团长姐姐"


@pytest.fixture
def tills(tmp_path: Path, line: FaultProxy, tenant: Tenant) -> Iterator[tuple[Till, Till]]:
    """Two tills of one cloud."""
    both = (till_on_disk(tmp_path / "first"), till_on_disk(tmp_path / "second"))
    for number, till in enumerate(both, start=1):
        till.join(line.url, tenant.invite(str(number)))
    put_products(both[0].shop, [TEA, CUP, BAG], clock=both[0].clock)
    yield both
    for till in both:
        till.shop.close()


@pytest.fixture
def alice(tills: tuple[Till, Till]) -> Member:
    here, away = tills
    made = sign_up(here.shop, SignUp(PHONE, NAME), cashier="1007", clock=here.clock, ids=here.ids)
    here.sync()
    away.sync()
    return made


def test_a_sale_made_before_the_news_stands_and_nothing_about_her_comes_back(
    tills: tuple[Till, Till], alice: Member, tenant: Tenant, tmp_path: Path, line: FaultProxy
) -> None:
    here, away = tills
    who = alice.member_id
    erase(here.shop, who, clock=here.clock)
    here.sync()
    away.sell(cups=1, member_id=who)
    member_file.describe(away.shop, who, note=NOTE, birthday="05-01", tags=[TAG], by="1007", clock=away.clock)
    set_consent(away.shop, who, purpose="marketing", given=True, clock=away.clock)
    tiers.give(away.shop, who, "金卡", reason="老顾客", by="script", clock=away.clock, ids=away.ids)

    for till in (away, here, away):
        till.sync()

    late = till_on_disk(tmp_path / "late")
    late.join(line.url, tenant.invite("3"))
    late.sync()
    for till, folder in ((here, "first"), (away, "second"), (late, "late")):
        with till.shop.reading() as books:
            assert books.members.by_id(who) is None
            assert books.members.by_phone(f"86{PHONE}") is None
            assert books.members.find("王") == ()
            assert books.layers.tags_of(who) == ()
        held = everything_in(tmp_path / folder / FILE, key_of(till.keystore, DATABASE_KEY))
        assert [word for word in (PHONE, NAME, NOTE, TAG, "05-01") if word.encode() in held] == []
        assert till.shop.check() == ()
    late.shop.close()
    # her purchase stays in the books of both, under an id that names nobody
    assert away.sold() == tenant.sold() == (1, 3_500)
    assert balances(who, here, away) == [35, 35]
    [row] = tenant.rows(sa.select(member).where(member.c.member_id == who))
    assert (row.state, row.phone_bi, row.phone_ct, row.name_ct, row.data_key) == ("erased", None, None, None, None)
    told = check(tenant.cloud, tenant.tenant_id)
    assert (told["ok"], told["findings"], told["alarms"]) == (True, [], [])


def test_a_till_that_heard_sells_to_her_no_more_under_her_old_name(tills: tuple[Till, Till], alice: Member) -> None:
    here, away = tills
    erase(here.shop, alice.member_id, clock=here.clock)
    here.sync()
    away.sync()

    with pytest.raises(UnknownMember):
        away.sell(member_id=alice.member_id)
    again = sign_up(away.shop, SignUp(PHONE, "王小姐"), cashier="1007", clock=away.clock, ids=away.ids)

    away.sync()
    here.sync()
    with here.shop.reading() as books:
        assert books.members.by_phone(f"86{PHONE}") == again
        assert again.member_id != alice.member_id


def test_who_is_forgotten_at_two_tills_at_once_is_forgotten_once(
    tills: tuple[Till, Till], alice: Member, tenant: Tenant
) -> None:
    for till in tills:
        erase(till.shop, alice.member_id, clock=till.clock)

    for till in (*tills, *tills):
        till.sync()

    assert check(tenant.cloud, tenant.tenant_id)["findings"] == []
    assert [till.shop.check() for till in tills] == [(), ()]


def balances(who: str, *tills: Till) -> list[int]:
    found = []
    for till in tills:
        with till.shop.reading() as books:
            found.append(books.ledger.balance(points_account(who), "pts"))
    return found
