"""Feeds: numbered without gaps whatever happens at once, and saying what the cloud holds."""

import threading
from uuid import uuid4

import pytest

from storeapp.cloud import feeds
from storeapp.cloud.admin import check
from storeapp.cloud.tables.feeds import feed_row
from storeapp.cloud.tables.journals import alarm, quarantine
from storeapp.cloud.tables.members import consent as consents
from storeapp.cloud.tables.members import member, member_alias
from storeapp.wire import codec
from tests.cloud.tills import AT, consent

LATER = "2026-09-28T12:00:00+08:00"


@pytest.fixture
def till(shop):
    return shop.till()


def product(code, **more):
    row = {
        "code": code,
        "name": "绿茶",
        "price_fen": 350,
        "member_price_fen": None,
        "unit": "瓶",
        "category": "饮料",
        "barcodes": [],
        "cost_fen": None,
        "stock_milli": None,
        "weighed": False,
        "image": "",
        "brand": "",
        "base": "",
        "pack": 1,
    }
    return row | more


def bodies(till, feed, type_=None):
    return [row["body"] for row in till.feed(feed) if type_ in (None, row["t"])]


def test_a_choice_is_told_to_every_till_of_the_shop(shop, till):
    other = shop.till("2")
    till.choose(points_per_yuan=2)
    till.push()

    assert bodies(other, "policy") == [{"key": "points.per_yuan", "value": 2, "at": AT}]


def test_the_same_choice_again_is_not_news_and_an_older_one_changes_nothing(shop, till):
    till.choose(at=LATER, points_per_yuan=3)
    till.choose(at=LATER, points_per_yuan=3)
    till.choose(at=AT, points_per_yuan=2)

    flags = till.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["policy_older"]
    assert [body["value"] for body in bodies(till, "policy")] == [3]


def test_a_choice_of_a_newer_program_is_passed_on_and_a_wrong_one_waits(shop, till):
    till.choose(weather_mode="sunny", points_per_yuan=-5)

    till.push()

    assert [body["key"] for body in bodies(till, "policy", "policy")] == ["weather.mode"]
    assert [row["error"] for row in shop.rows(quarantine)] == ["bad_policy"]


def promotion(state, version=1, at=AT):
    data = {"id": "half", "name": "第二件半价"}
    return {"promotion_id": "half", "version": version, "state": state, "data": data, "at": at, "actor": "1001"}


def test_a_promotion_is_told_to_every_till_and_an_older_word_changes_nothing(shop, till):
    other = shop.till("2")
    till.event("promotion.changed", promotion("draft"))
    till.event("promotion.changed", promotion("live", at=LATER))
    till.event("promotion.changed", promotion("live", at=LATER))
    till.event("promotion.changed", promotion("ended"))

    flags = till.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["promotion_older"]
    assert bodies(other, "policy", "promotion") == [promotion("draft"), promotion("live", at=LATER)]


def price_list(state, at=AT, rows=1):
    data = {"id": "vip", "name": "会员日", "prices": {f"{n:050d}": 300 for n in range(rows)}}
    return {"list_id": "vip", "version": 1, "state": state, "data": data, "at": at, "actor": "1001"}


def test_a_price_list_is_told_to_every_till_and_an_older_word_changes_nothing(shop, till):
    other = shop.till("2")
    till.event("price_list.changed", price_list("live", at=LATER))
    till.event("price_list.changed", price_list("live", at=LATER))
    till.event("price_list.changed", price_list("ended"))

    flags = till.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["price_list_older"]
    assert bodies(other, "policy", "price_list") == [price_list("live", at=LATER)]


def template(state, at=AT):
    data = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 3}
    return {"template_id": "tea", "version": 1, "state": state, "data": data, "at": at, "actor": "1001"}


def test_a_coupon_template_is_told_to_every_till_and_an_older_word_changes_nothing(shop, till):
    other = shop.till("2")
    till.event("coupon_template.changed", template("live", at=LATER))
    till.event("coupon_template.changed", template("live", at=LATER))
    till.event("coupon_template.changed", template("ended"))

    flags = till.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["coupon_template_older"]
    assert bodies(other, "policy", "coupon_template") == [template("live", at=LATER)]


def test_a_page_ends_before_it_is_too_large_to_be_read(shop, till, monkeypatch):
    monkeypatch.setattr(feeds, "PULL_BYTES", 1000)
    for minute, rows in enumerate((1, 2, 12, 13, 14)):
        till.event("price_list.changed", price_list("live", rows=rows, at=f"2026-09-28T12:0{minute}:00+08:00"))
    till.push()

    pages, after = [], 0
    for _ in range(4):
        page = feeds.pull(shop.cloud.database, shop.cloud.keys, shop.tenant, "policy", after=after)
        pages.append(len(page.rows))
        after = page.to

    assert (pages, after, page.head) == ([2, 1, 1, 1], 5, 5)


def test_a_promotion_nobody_can_name_waits(shop, till):
    till.event("promotion.changed", promotion("live") | {"promotion_id": "x y"})

    till.push()

    assert bodies(till, "policy", "promotion") == []
    assert len(shop.rows(quarantine)) == 1


def test_products_come_change_and_leave(shop, till):
    till.event("catalogue.changed", {"rows": [product("A"), product("B")], "gone": []})
    till.event("catalogue.changed", {"rows": [product("A"), product("B", price_fen=400)], "gone": []})
    till.event("catalogue.changed", {"rows": [], "gone": ["A", "nothing"]})
    till.push()

    rows = till.feed("catalog")
    assert [(row["t"], row["body"]["code"]) for row in rows] == [
        ("product", "A"),
        ("product", "B"),
        ("product", "B"),
        ("product.gone", "A"),
    ]
    assert rows[2]["body"] == product("B", price_fen=400)


@pytest.mark.parametrize("wrong", [{"price_fen": "3.50"}, {"price_fen": -1}, {"name": ""}, {"weighed": 1}])
def test_a_product_that_is_none_waits_with_its_whole_event(shop, till, wrong):
    till.event("catalogue.changed", {"rows": [product("A"), product("B") | wrong], "gone": []})
    till.push()

    assert till.feed("catalog") == []
    assert len(shop.rows(quarantine)) == 1


def test_a_member_is_told_to_her_store_and_kept_sealed(shop, till):
    other = shop.till("2")
    member_id = till.join("138 0000 0001", "王芳", marketing=True)
    till.push()

    assert bodies(other, till.members_feed, "member") == [
        {"member_id": member_id, "phone": "13800000001", "name": "王芳", "joined_at": AT, "tier": ""}
    ]
    assert [body["purpose"] for body in bodies(other, till.members_feed, "consent")] == ["membership", "marketing"]
    kept = repr(shop.rows(member)) + repr(shop.rows(feed_row))
    assert "13800000001" not in kept
    assert "王芳" not in kept
    assert "王芳".encode() not in b"".join(row["sealed"] or b"" for row in shop.rows(feed_row))


def test_her_points_are_told_to_her_store(shop, till):
    other = shop.till("2")
    member_id = till.join()
    till.push()
    other.sale(8213, member_id=member_id)
    other.push()

    told = bodies(till, till.members_feed, "ledger")
    assert [(body["kind"], body["device_id"], body["member_id"]) for body in told] == [
        ("sale", other.device_id, member_id)
    ]
    assert {"account": f"pts:{member_id}", "unit": "pts", "amount": 82} in told[0]["legs"]


def test_opening_balances_are_told_too(shop, till):
    member_id = till.join()
    legs = [
        {"account": f"pts:{member_id}", "unit": "pts", "amount": 500},
        {"account": "adjust.opening", "unit": "pts", "amount": -500},
    ]
    body = {"txn_id": member_id, "kind": "opening", "member_id": member_id, "reason": "import", "legs": legs}
    till.event("ledger.posted", body)
    till.push()

    assert shop.balance(f"pts:{member_id}") == 500
    assert [body["kind"] for body in bodies(till, till.members_feed, "ledger")] == ["opening"]


def test_a_changed_member_is_told_again(shop, till):
    member_id = till.join("13800000001", "王芳")
    till.event("member.changed", {"member_id": member_id, "tier": "gold"}, pii={"phone": "13900000002", "name": "王方"})
    till.push()

    last = bodies(till, till.members_feed, "member")[-1]
    assert (last["phone"], last["name"], last["tier"]) == ("13900000002", "王方", "gold")


def test_two_tills_signing_up_one_number_come_to_one_member(shop, till):
    other = shop.till("2")
    first = till.join("13800000001")
    second = other.join("+86 13800000001")
    till.push()

    flags = other.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["phone_taken"]
    # of two who joined at one moment the lower id stays
    kept, gone = sorted((first, second))
    assert {row["gone"]: row["kept"] for row in shop.rows(member_alias)} == {gone: kept}
    assert [row["kind"] for row in shop.rows(alarm)] == ["phone_taken"]
    assert [body["member_id"] for body in bodies(till, till.members_feed, "member")] == [first, kept]


def test_a_member_of_an_old_list_joined_on_a_day(shop, till):
    body = {
        "member_id": str(uuid4()),
        "joined_at": "2021-03-04",
        "consents": [consent("membership", True, "2021-03-04") | {"channel": "import"}],
        "tier": "",
    }
    till.event("member.joined", body, pii={"phone": "13800000001", "name": ""})
    till.push()

    since = "2021-03-04T00:00:00+08:00"
    assert [told["joined_at"] for told in bodies(till, till.members_feed, "member")] == [since]
    assert [told["at"] for told in bodies(till, till.members_feed, "consent")] == [since]


def test_a_moment_no_other_till_could_read_is_not_passed_on(shop, till):
    legs = [
        {"account": "adjust.opening", "unit": "pts", "amount": -5},
        {"account": "pts:x", "unit": "pts", "amount": 5},
    ]
    body = {"txn_id": str(uuid4()), "kind": "opening", "member_id": None, "reason": "", "legs": legs}
    till.event("ledger.posted", body, at="2026-09-28 at noon, or so")
    till.push()

    assert [row["error"] for row in shop.rows(quarantine)] == ["ValueError"]


def test_taking_back_is_only_ever_added(shop, till):
    member_id = till.join(marketing=True)
    till.event("consent.changed", {"member_id": member_id} | consent("marketing", False, LATER))
    till.push()

    said = [(row["purpose"], row["given"]) for row in shop.rows(consents) if row["purpose"] == "marketing"]
    assert sorted(said) == [("marketing", False), ("marketing", True)]
    assert bodies(till, till.members_feed, "consent")[-1]["given"] is False


def test_an_erased_member_is_nowhere_any_more_and_the_feed_says_so(shop, till):
    gone = till.join("13800000001", "王芳")
    stays = till.join("13900000002", "李明")
    till.sale(8213, member_id=gone)
    till.push()
    before = till.pull(till.members_feed).json()
    till.event("member.erased", {"member_id": gone, "at": LATER})
    till.push(4)

    after = till.pull(till.members_feed).json()

    row = next(row for row in shop.rows(member) if row["member_id"] == gone)
    assert [row[name] for name in ("phone_bi", "phone_ct", "name_ct", "data_key")] == [None] * 4
    assert after["feed_epoch"] == before["feed_epoch"] + 1
    text = str(after)
    assert "13800000001" not in text
    assert "王芳" not in text
    assert "13900000002" in text
    assert [row["body"] for row in after["rows"] if row["t"] == "member.erased"] == [{"member_id": gone}] * 2
    assert [row["body"]["member_id"] for row in till.feed(till.members_feed) if row["t"] == "member"] == [stays]
    # the books keep her sale under an id that names nobody
    assert shop.balance(f"pts:{gone}") == 82


def test_a_number_is_free_again_once_its_member_was_erased(shop, till):
    first = till.join("13800000001")
    till.event("member.erased", {"member_id": first, "at": LATER})
    second = till.join("13800000001")
    till.push()

    assert {row["member_id"]: row["state"] for row in shop.rows(member)} == {first: "erased", second: "active"}


def test_a_feed_is_read_in_pieces_and_its_sum_runs_along(shop, till):
    for n in range(12):
        till.choose(at=f"2026-09-28T12:{n:02d}:00+08:00", points_per_yuan=n)
    till.push()

    total, seen = codec.EMPTY_SUM, 0
    while True:
        answer = till.pull("policy", seen, 5).json()
        if not answer["rows"]:
            break
        assert answer["rows"][0]["seq"] == seen + 1
        total = codec.feed_sum(total, answer["rows"])
        assert total.hex() == answer["sum"]
        seen = answer["to"]

    assert (seen, answer["head"]) == (12, 12)


def test_a_cursor_beyond_the_feed_is_shown_where_it_ends(shop, till):
    answer = till.pull("policy", 99).json()

    assert (answer["rows"], answer["to"], answer["head"]) == ([], 0, 0)
    assert answer["sum"] == "00" * 32


def test_rows_written_at_once_leave_no_gap_for_any_reader(shop):
    tills = [shop.till(str(n)) for n in range(4)]
    reader = shop.till("9")
    for n, till in enumerate(tills):
        for k in range(20):
            till.choose(at=f"2026-09-28T12:{n:02d}:{k:02d}+08:00", **{f"note_k{n}x{k}": k})
    done = threading.Event()
    seen: list[int] = []
    faults = []

    def write(till):
        for first in range(1, 21, 5):
            if till.push(first, first + 4).status_code != 200:
                faults.append(till.device_id)

    def read():
        while not done.is_set() or len(seen) < 80:
            rows = reader.pull("policy", len(seen), 7).json()["rows"]
            if rows and rows[0]["seq"] != len(seen) + 1:
                faults.append(rows[0]["seq"])
            seen.extend(row["seq"] for row in rows)

    writers = [threading.Thread(target=write, args=(till,)) for till in tills]
    watcher = threading.Thread(target=read)
    for thread in (*writers, watcher):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    watcher.join()

    assert faults == []
    assert seen == list(range(1, 81))


def test_what_she_paid_in_and_was_paid_back_is_told_to_every_till(shop, till):
    other = shop.till("2")
    member_id, back_id = till.join(), str(uuid4())
    for doc_id, kind, fen in ((member_id, "topup", 20_000), (back_id, "topup_refund", -20_000)):
        legs = [
            {"account": f"val.principal:{member_id}", "unit": "fen", "amount": fen},
            {"account": "liab.principal", "unit": "fen", "amount": -fen},
        ]
        till.event(kind, {"member_id": member_id, "ledger": {"txn_id": doc_id, "kind": kind, "legs": legs}})
        till.push()
        assert shop.balance(f"val.principal:{member_id}") == max(fen, 0)

    assert [body["kind"] for body in bodies(other, till.members_feed, "ledger")] == ["topup", "topup_refund"]


def test_what_two_tills_spent_of_the_same_is_told_to_the_owner(shop, till):
    other, who, account = shop.till("2"), till.join(), "val.principal:"
    account += who
    for each, kind, fen in ((till, "topup", 500), (till, "spent", -400), (other, "spent", -300)):
        legs = [{"account": account, "unit": "fen", "amount": fen}, {"account": "x", "unit": "fen", "amount": -fen}]
        each.event("ledger.posted", {"txn_id": str(uuid4()), "kind": kind, "member_id": who, "legs": legs})
        each.push()

    told = check.check(shop.cloud, shop.tenant)

    # both sales stand, and the books are right: it is somebody's to look at
    assert (shop.balance(account), told["findings"]) == (-200, [])
    [alarm] = told["alarms"]
    assert (alarm["kind"], alarm["facts"]) == ("overdrawn", {"account": account, "unit": "fen", "amount": -200})
