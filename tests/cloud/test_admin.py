"""The owner's verbs: what was sold, how far the loop came, and whether everything still agrees."""

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import check, funnel, sales, tenants, tokens
from storeapp.cloud.tables.journals import journal, quarantine
from storeapp.cloud.tables.ledgers import balance, ledger_leg
from storeapp.cloud.tables.members import member
from storeapp.cloud.tables.offers import coupon
from storeapp.cloud.tables.sales import sale
from storeapp.cloud.tables.shops import device
from storeapp.domain.place import BadCode
from tests.cloud.test_pages import join, open_page, tap
from tests.cloud.tills import coupon_use


def spoil(shop, statement):
    shop.cloud.database.write(shop.tenant, lambda connection: connection.execute(statement) and None)


def kinds(shop):
    return [finding["kind"] for finding in check.check(shop.cloud, shop.tenant)["findings"]]


def test_sales_are_told_by_store_till_and_day(shop):
    one, two = shop.till("1"), shop.till("2")
    one.sale(8213)
    one.sale(100)
    two.sale(50)
    one.push()
    two.push()

    day = {"store": "S01", "business_date": "2026-09-28", "refunds": 0, "refunded_fen": 0, "back_fen": 0}
    assert sales.sales(shop.cloud, shop.tenant)["sales"] == [
        day | {"till": "1", "count": 2, "total_fen": 8313, "due_fen": 8313},
        day | {"till": "2", "count": 1, "total_fen": 50, "due_fen": 50},
    ]


def test_a_token_is_unknown_waiting_or_known(shop):
    till = shop.till()
    token = till.token()
    waiting = tokens.token_show(shop.cloud, token)
    till.sale(token=token)
    till.push()

    assert waiting == {"store": "S01", "till": "1", "day": "2026-09-28", "state": "waiting"}
    assert tokens.token_show(shop.cloud, token.lower())["state"] == "known"
    assert tokens.token_show(shop.cloud, "0" * 26) == {"store": None, "till": None, "day": None, "state": "unknown"}
    assert tokens.token_show(shop.cloud, "hello")["state"] == "unknown"


def loop(shop):
    """Three receipts: one goes all the way, one is opened, one is never looked at."""
    till = shop.till()
    till.make_offer()
    first = till.sale(5000, offer_id="back-10", cashier="1007")["token"]
    second = till.sale(5000, offer_id="back-10", cashier="1008")["token"]
    till.sale(5000, offer_id="back-10", cashier="1008", at="2026-09-28T18:00:00+08:00")
    till.push()
    for token in (first, second):
        open_page(shop, token)
    join(shop, first, tap(shop, first))
    row = next(row["body"] for row in reversed(till.feed(till.members_feed)) if row["t"] == "coupon")
    seen = len(till.entries)
    redeemed_at, later_at = "2026-09-29T10:00:00+08:00", "2026-09-30T10:00:00+08:00"
    till.sale(4000, coupons=[coupon_use(row)], member_id=row["member_id"], at=redeemed_at)
    till.push(seen + 1)
    before = funnel.funnel(shop.cloud, shop.tenant, "cashier")
    till.sale(3000, member_id=row["member_id"], at=later_at)
    till.push(seen + 2)
    return before, funnel.funnel(shop.cloud, shop.tenant, "cashier")


def test_tills_hear_once_that_a_receipt_was_opened(shop):
    till = shop.till()
    till.make_offer()
    token = till.sale(5000, offer_id="back-10", cashier="1007")["token"]
    till.push()
    for _ in range(3):
        open_page(shop, token)
    tap(shop, token)

    rows = [row for row in till.feed(till.members_feed) if row["t"] == "opened"]
    told = [(row["t"], row["body"]["receipt_token"]) for row in rows]

    assert told == [("opened", token)]


def test_the_loop_is_counted_where_the_receipt_was_printed(shop):
    before, after = loop(shop)

    nobody = {"opened": 0, "claimed": 0, "redeemed": 0, "bought_again": 0}
    assert before["whole"]["bought_again"] == 0
    assert after == {
        "by": "cashier",
        "rows": [
            {"cashier": "1007", "printed": 1, "opened": 1, "claimed": 1, "redeemed": 1, "bought_again": 1},
            {"cashier": "1008", "printed": 2} | nobody | {"opened": 1},
        ],
        "whole": {"printed": 3, "opened": 2, "claimed": 1, "redeemed": 1, "bought_again": 1},
    }


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("store", ["S01"]),
        ("till", ["S01-1"]),
        ("offer", ["back-10"]),
        ("variant", [""]),
        ("hour", ["11", "18"]),
        ("day", ["2026-09-28"]),
    ],
)
def test_the_loop_is_read_by_anything_the_owner_asks_for(shop, by, names):
    loop(shop)

    assert [row[by] for row in funnel.funnel(shop.cloud, shop.tenant, by)["rows"]] == names


def test_a_shop_where_all_is_well_has_no_findings(shop):
    loop(shop)

    told = check.check(shop.cloud, shop.tenant)

    assert told["findings"] == []
    assert told["ok"]
    assert told["counts"]["sales"] == 5


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("balance_differs", lambda t: sa.update(balance).where(balance.c.tenant_id == t).values(amount=7)),
        (
            "unbalanced",
            lambda t: (
                sa.update(ledger_leg)
                .where(ledger_leg.c.tenant_id == t, ledger_leg.c.account == "rev.sales")
                .values(amount=-1)
            ),
        ),
        ("chain_broken", lambda t: sa.update(journal).where(journal.c.tenant_id == t).values(body=b"{}")),
        ("head_differs", lambda t: sa.update(device).where(device.c.tenant_id == t).values(last_seq=99)),
        ("money_differs", lambda t: sa.update(sale).where(sale.c.tenant_id == t).values(due_fen=1)),
        ("lines_differ", lambda t: sa.update(sale).where(sale.c.tenant_id == t).values(total_fen=1)),
        ("coupon_differs", lambda t: sa.update(coupon).where(coupon.c.tenant_id == t).values(state="redeemed")),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found(shop, name, statement):
    till = shop.till()
    till.make_offer()
    token = till.sale()["token"]
    till.push()
    tap(shop, token)
    assert kinds(shop) == []

    spoil(shop, statement(shop.tenant))

    assert name in kinds(shop)


def test_a_changed_feed_row_is_found(shop):
    from storeapp.cloud.tables.feeds import feed_row

    till = shop.till()
    till.make_offer()
    till.push()
    spoil(shop, sa.update(feed_row).where(feed_row.c.tenant_id == shop.tenant, feed_row.c.seq == 2).values(body="{}"))

    assert kinds(shop) == ["feed_differs"]


def test_events_that_waited_for_others_come_through_when_they_arrive(shop, monkeypatch):
    from storeapp.cloud.projector import bodies, project
    from storeapp.cloud.projector import sales as handlers

    till = shop.till()
    monkeypatch.delitem(project.HANDLERS, "member.joined")
    broken = (bodies.MemberJoined, lambda *_: (_ for _ in ()).throw(ValueError("a bad release")))
    monkeypatch.setitem(project.HANDLERS, "member.joined", broken)
    member_id = till.join("13800000001", "王芳")
    till.event("consent.changed", {"member_id": member_id} | sale_consent())
    till.sale(8213, member_id=member_id)
    assert till.push().json()["acked"] == 3
    aside = shop.rows(quarantine)
    monkeypatch.undo()

    told = check.check(shop.cloud, shop.tenant)

    assert [row["error"] for row in aside] == ["ValueError", "member_missing"]
    assert b"13800000001" not in b"".join(row["pii_ct"] or b"" for row in aside)
    assert (told["replayed"], told["findings"]) == (2, [])
    assert [row["member_id"] for row in shop.rows(member)] == [member_id]
    assert shop.rows(quarantine) == []
    assert shop.balance(f"pts:{member_id}") == 82
    assert handlers.LOST_ACCOUNT == "loss.offline"


def sale_consent():
    return {
        "purpose": "marketing",
        "text_version": "2026-11",
        "given": False,
        "channel": "counter",
        "at": "2026-09-28T12:00:00+08:00",
    }


def test_the_breaker_closes_when_everything_came_through(shop, monkeypatch):
    from storeapp.cloud.projector import bodies, project

    till = shop.till()
    broken = (bodies.SaleBody, lambda *_: (_ for _ in ()).throw(ValueError("a bad release")))
    monkeypatch.setitem(project.HANDLERS, "sale", broken)
    for _ in range(150):
        till.sale(100)
    till.push(1, 100)
    till.push(101)
    monkeypatch.undo()
    assert shop.rows(device)[0]["is_breaker_open"]

    told = check.check(shop.cloud, shop.tenant)

    assert (told["replayed"], told["ok"]) == (150, True)
    assert not shop.rows(device)[0]["is_breaker_open"]
    assert shop.balance("rev.sales") == -15_000


def test_what_stays_poison_is_named(shop):
    till = shop.till()
    till.event("sale", {"bad": 1})
    till.push()

    told = check.check(shop.cloud, shop.tenant)
    again = check.check(shop.cloud, shop.tenant)

    assert told["findings"][0]["kind"] == "quarantined"
    assert again["findings"] == told["findings"]
    assert shop.rows(quarantine)[0]["attempts"] == 3


@pytest.mark.parametrize("tenant", ["x", "0f8fad5b-d9cb-469f-a165-70867728950e", "' OR 1=1 --" + "x" * 25])
def test_an_unknown_tenant_is_refused(shop, tenant):
    with pytest.raises(tenants.UnknownTenant):
        check.check(shop.cloud, tenant)


def test_a_store_is_made_once_and_has_a_plain_code(shop):
    with pytest.raises(tenants.StoreExists):
        tenants.store_add(shop.cloud, shop.tenant, "S01", "又一家")
    with pytest.raises(tenants.BadName):
        tenants.store_add(shop.cloud, shop.tenant, "S02", "\n")
    # they part the numbers of receipts, so a till's own rule holds here too
    for code in ("S 1", "S-1", "店", "S23456789"):
        with pytest.raises(BadCode):
            tenants.store_add(shop.cloud, shop.tenant, code, "店")
        with pytest.raises(BadCode):
            tenants.till_invite(shop.cloud, shop.tenant, "S01", code)
    with pytest.raises(tenants.UnknownStore):
        tenants.till_invite(shop.cloud, shop.tenant, "S99", "1")
