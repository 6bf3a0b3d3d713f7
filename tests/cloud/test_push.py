"""Push: durable, in order, exactly once, and never refused for what it says."""

import threading
from dataclasses import replace as changed
from uuid import uuid4

import pytest

from storeapp.cloud.admin import tenants
from storeapp.cloud.tables.journals import alarm, journal, journal_fork, quarantine
from storeapp.cloud.tables.sales import receipt, sale, sale_line, sale_tender
from storeapp.cloud.tables.shops import device
from storeapp.wire import codec
from tests.cloud.tills import FakeTill, sale_body


@pytest.fixture
def till(shop):
    return shop.till()


def test_what_is_acknowledged_is_kept_byte_for_byte(shop, till):
    till.sale(8213)
    till.event("drawer.opened", {"reason": "change", "cashier": "1007"})

    answer = till.push().json()

    assert (answer["acked"], answer["hash"]) == (2, till.entries[-1].hash.hex())
    assert answer["flags"] == []
    kept = sorted(shop.rows(journal), key=lambda row: row["seq"])
    assert [(row["body"], row["hash"]) for row in kept] == [(entry.body, entry.hash) for entry in till.entries]


def test_a_sale_becomes_its_rows_and_its_ledger(shop, till):
    body = till.sale(8213)
    till.push()

    row = shop.rows(sale)[0]
    assert (row["sale_id"], row["total_fen"], row["hour"]) == (body["sale_id"], 8213, 11)
    assert [line["net_fen"] for line in shop.rows(sale_line)] == [8213]
    assert [tender["fen"] for tender in shop.rows(sale_tender)] == [8313]
    assert shop.rows(receipt)[0]["token"] == body["token"]
    assert (shop.balance("tender.cash:1"), shop.balance("rev.sales")) == (8213, -8213)


def test_a_push_told_twice_is_kept_once(shop, till):
    till.sale()
    first = till.push()
    again = till.push()

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["acked"] == 1
    assert len(shop.rows(sale)) == len(shop.rows(journal)) == 1
    assert shop.balance("rev.sales") == -8213


def test_a_lost_answer_and_a_longer_retry_go_on_where_it_stopped(shop, till):
    till.sale(100)
    till.push()
    till.sale(200)

    answer = till.push(1)

    assert answer.json()["acked"] == 2
    assert shop.balance("rev.sales") == -300


def test_a_gap_is_answered_with_what_is_missing(shop, till):
    for fen in (100, 200, 300):
        till.sale(fen)
    till.push(1, 1)

    answer = till.push(3)

    assert answer.status_code == 409
    assert answer.json() == {"expect": 2, "hash": till.entries[0].hash.hex()}
    assert till.push(2).json()["acked"] == 3


def test_batches_in_the_wrong_order_converge(shop, till):
    for fen in range(100, 700, 100):
        till.sale(fen)

    assert till.push(4).status_code == 409
    assert till.push(1, 3).status_code == 200
    assert till.push(4).status_code == 200
    assert shop.balance("rev.sales") == -2100


def test_events_out_of_order_within_a_batch_are_refused(shop, till):
    till.sale()
    till.sale()
    message = till.push_message()
    message["ev"].reverse()

    assert till.post("/v1/sync/push", message).status_code == 400
    assert shop.rows(journal) == []


def test_a_wrong_hash_keeps_nothing_and_asks_again(shop, till):
    till.sale()
    till.sale()
    message = till.push_message()
    message["ev"][1]["h"] = "00" * 32

    answer = till.post("/v1/sync/push", message)

    assert answer.status_code == 409
    assert answer.json()["expect"] == 1
    assert shop.rows(journal) == []


def test_a_changed_body_does_not_fit_its_hash(shop, till):
    till.sale(8213)
    message = till.push_message()
    message["ev"][0]["body_b64"] = codec.b64(till.entries[0].body.replace(b"8213", b"9213"))

    assert till.post("/v1/sync/push", message).status_code == 409
    assert shop.rows(sale) == []


def test_a_journal_that_says_something_else_is_a_fork_and_both_are_kept(shop, till):
    till.sale(100)
    till.push()
    first = till.entries.pop()
    till.sale(200)

    answer = till.push()
    till.push()

    assert answer.status_code == 409
    assert answer.json() == {"fork_at": 1}
    assert [row["hash"] for row in shop.rows(journal)] == [first.hash]
    assert [row["hash"] for row in shop.rows(journal_fork)] == [till.entries[0].hash]
    assert [row["kind"] for row in shop.rows(alarm)] == ["fork"]
    assert shop.balance("rev.sales") == -100


def test_a_journal_that_goes_on_from_something_else_is_a_fork(shop, till):
    till.sale(100)
    till.push()
    till.entries[0] = changed(till.entries[0], hash=bytes(32))
    till.sale(200)

    assert till.push(2).json() == {"fork_at": 2}


def test_another_epoch_is_a_fork(shop, till):
    till.epoch = 2
    till.sale()

    assert till.push().json() == {"fork_at": 1}


POISON = {
    "no_json": b"\xff\xfe",
    "no_sale": {"sale_id": "x"},
    "unbalanced": sale_body(100, token="0" * 26) | {"ledger": {"txn_id": str(uuid4()), "kind": "sale", "legs": [
        {"account": "rev.sales", "unit": "fen", "amount": 5}]}},
    "nul": sale_body(100, token="0" * 26) | {"cashier": "\x00"},
    "huge": sale_body(100, token="0" * 26) | {"total_fen": 2**80},
    "float": sale_body(100, token="0" * 26) | {"total_fen": 1.5},
}  # fmt: skip


@pytest.mark.parametrize("body", POISON.values(), ids=POISON.keys())
def test_poison_is_kept_aside_and_the_chain_goes_on(shop, till, body):
    till.sale(100)
    till.event("sale", body)
    till.sale(200)

    answer = till.push()

    assert answer.json()["acked"] == 3
    assert {"seq": 2, "code": "quarantined"} in answer.json()["flags"]
    assert [row["seq"] for row in shop.rows(quarantine)] == [2]
    assert shop.balance("rev.sales") == -300
    assert len(shop.rows(sale_line)) == 2


def test_a_sale_told_under_two_events_is_not_counted_twice(shop, till):
    body = till.sale(100)
    till.event("sale", body)

    till.push()

    assert [row["seq"] for row in shop.rows(quarantine)] == [2]
    assert shop.balance("rev.sales") == -100


def test_an_event_of_a_newer_program_waits(shop, till):
    till.event("sale", {"novelty": 1}, v=2)
    till.event("stock.counted", {"novelty": 1}, v=7)

    assert till.push().json()["acked"] == 2
    assert [row["error"] for row in shop.rows(quarantine)] == ["unknown_version"]


def test_a_bad_batch_trips_the_breaker_and_the_journal_goes_on(shop, till):
    for n in range(10):
        till.event("sale", {"bad": n} if n < 3 else sale_body(100, token=till.token()))
    till.push()
    till.sale(100)
    till.push(11)

    assert shop.rows(device)[0]["is_breaker_open"]
    assert sorted(row["kind"] for row in shop.rows(alarm)) == ["breaker", "quarantined"]
    assert len(shop.rows(journal)) == 11
    assert len(shop.rows(sale)) == 7
    assert len(shop.rows(quarantine)) == 4


def test_a_few_bad_events_do_not_trip_the_breaker(shop, till):
    for n in range(10):
        till.event("sale", {"bad": n} if n < 2 else sale_body(100, token=till.token()))
    till.push()

    assert not shop.rows(device)[0]["is_breaker_open"]


def test_an_id_used_for_two_things_is_an_alarm_and_nothing_is_lost(shop, till):
    till.sale(100)
    till.event("sale", sale_body(200, token=till.token()), event_id=till.entries[0].event_id)

    answer = till.push()

    assert answer.json() | {"now": ""} == {
        "acked": 2,
        "hash": till.entries[1].hash.hex(),
        "now": "",
        "flags": [{"seq": 2, "code": "id_reused"}],
    }
    assert [row["kind"] for row in shop.rows(alarm)] == ["id_reused"]
    assert len(shop.rows(journal)) == 2
    assert shop.balance("rev.sales") == -100


def test_the_same_events_told_again_in_a_new_epoch_are_not_counted_again(shop, till):
    till.sale(100)
    till.sale(200)
    till.push()
    again = FakeTill(shop.client, shop.clock, device_id=till.device_id, epoch=1)
    again.epoch = again.enrol(shop.invite()).json()["epoch"]
    for entry in till.entries:
        again.event(entry.type, entry.body, event_id=entry.event_id)
    again.sale(400)

    answer = again.push()

    assert answer.json()["acked"] == 3
    assert [flag["code"] for flag in answer.json()["flags"]] == ["told_before"] * 2
    assert shop.balance("rev.sales") == -700


def test_a_revoked_till_may_still_hand_over_what_it_sold(shop, till):
    till.sale(100)
    tenants.device_revoke(shop.cloud, shop.tenant, till.device_id)

    answer = till.push()

    assert (answer.status_code, answer.json()["acked"]) == (200, 1)
    assert answer.json()["flags"] == [{"seq": 1, "code": "revoked"}]
    assert shop.balance("rev.sales") == -100
    assert till.hello().json()["verdict"] == "revoked"
    assert till.pull("policy").status_code == 403


def test_training_is_kept_and_not_counted(shop, till):
    till.sale(100, training=True)
    till.push()

    assert len(shop.rows(journal)) == 1
    assert shop.rows(sale) == []


def test_a_sale_whose_sums_do_not_agree_stands_with_a_remark(shop, till):
    till.sale(100, due_fen=90)

    answer = till.push()

    assert {"seq": 1, "code": "money_differs"} in answer.json()["flags"]
    assert len(shop.rows(sale)) == 1


def test_a_token_that_is_not_the_shops_own_opens_no_page(shop, till):
    stranger = shop.till("9", tenant=shop.other_tenant())
    till.sale(100, token=stranger.token())

    answer = till.push()

    assert {"seq": 1, "code": "token_invalid"} in answer.json()["flags"]
    assert len(shop.rows(sale)) == 1
    assert shop.rows(receipt) == []


def test_many_tills_push_at_once_and_everything_adds_up(shop):
    tills = [shop.till(str(n)) for n in range(6)]
    for till in tills:
        for _ in range(30):
            till.sale(100)
    failures = []

    def run(till):
        for first in range(1, 31, 10):
            answer = till.push(first, first + 9)
            # told twice at once by an impatient till
            again = till.push(first, first + 9)
            if (answer.status_code, again.status_code) != (200, 200):
                failures.append((answer.text, again.text))

    threads = [threading.Thread(target=run, args=(till,)) for till in tills]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(shop.rows(sale)) == 180
    assert shop.balance("rev.sales") == -18_000
    assert shop.rows(quarantine) == []


def test_one_till_talking_twice_at_once_is_kept_once(shop, till):
    for _ in range(40):
        till.sale(100)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(till.push().status_code)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 4
    assert shop.balance("rev.sales") == -4000
