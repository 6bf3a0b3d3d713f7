"""Who may talk: the device that signed just now, once, about its own shop, and nobody else."""

import json
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storeapp.cloud.tables.journals import journal
from storeapp.cloud.tables.shops import nonce
from storeapp.wire import signing
from storeapp.wire.signing import Request
from tests.cloud.tills import FakeTill


@pytest.fixture
def till(shop):
    till = shop.till()
    till.sale()
    return till


def refused(answer):
    return answer.status_code, answer.json()["refused"]


def test_a_request_made_again_word_for_word_is_refused(shop, till):
    body = json.dumps(till.push_message()).encode()
    told = {"device_id": till.device_id, "created": int(shop.clock().timestamp()), "nonce": "nonce-0123456789"}
    headers = signing.sign(Request("POST", "/v1/sync/push", "", body), till.key, **told)

    first = till.request("POST", "/v1/sync/push", body=body, headers=headers)
    again = till.request("POST", "/v1/sync/push", body=body, headers=headers)

    assert first.status_code == 200
    assert refused(again) == (401, "replayed")


def test_the_same_word_from_another_device_is_no_replay(shop, till):
    other = shop.till("2")

    assert till.post("/v1/sync/push", till.push_message(), nonce="nonce-0123456789").status_code == 200
    assert other.request("GET", "/v1/sync/pull", query="feed=policy", nonce="nonce-0123456789").status_code == 200


def test_words_seen_long_ago_are_forgotten(shop, till):
    till.pull("policy")
    shop.clock.advance(minutes=30)
    till.pull("policy")

    assert len(shop.rows(nonce)) == 1


@pytest.mark.parametrize("off", [-600, 600])
def test_a_clock_that_is_off_is_told_the_time(shop, till, off):
    answer = till.post("/v1/sync/push", till.push_message(), created=int(shop.clock().timestamp()) + off)

    assert refused(answer) == (401, "clock_off")
    assert answer.json()["now"] == "2026-09-28T04:00:00.000+00:00"


def test_another_key_is_refused(shop, till):
    till.key = Ed25519PrivateKey.generate()

    assert refused(till.push()) == (401, "wrong_signature")


def test_an_unsigned_request_is_refused(shop, till):
    assert refused(till.request("POST", "/v1/sync/push", body=b"{}", headers={})) == (401, "unsigned")
    assert refused(till.request("GET", "/v1/sync/pull", query="feed=policy", headers={})) == (401, "unsigned")


def test_a_device_nobody_enrolled_hears_that_and_nothing_else(shop):
    stranger = FakeTill(shop.client, shop.clock)
    stranger.sale(token="0" * 26)

    assert refused(stranger.push()) == (401, "unknown_device")
    told = stranger.hello().json()
    assert (told["verdict"], told["push_from"], told["feeds"]) == ("unknown", 0, {})


def test_no_till_speaks_for_another(shop, till):
    other = shop.till("2")

    message = till.push_message()

    assert refused(other.post("/v1/sync/push", message)) == (400, "bad_batch")
    assert shop.rows(journal) == []


def test_no_shop_reads_another_shops_feeds(shop, till):
    till.make_offer()
    till.join()
    till.push()
    stranger = shop.till("1", tenant=shop.other_tenant())

    assert stranger.feed("policy") == []
    assert refused(stranger.pull(till.members_feed)) == (404, "unknown_feed")
    assert stranger.hello().json()["feeds"]["policy"]["head"] == 0


def test_no_till_reads_another_stores_members(shop, till):
    from storeapp.cloud.admin import tenants

    tenants.store_add(shop.cloud, shop.tenant, "S02", "分店")
    branch = shop.till("1", store="S02")

    assert refused(branch.pull(till.members_feed)) == (404, "unknown_feed")
    assert branch.pull(branch.members_feed).status_code == 200


def test_probing_with_wrong_tenants_and_names_leaks_nothing(shop, till):
    till.join()
    till.push()
    stranger = shop.till("1", tenant=shop.other_tenant())
    names = ("policy", "catalog", till.members_feed, f"members:{shop.tenant}", "device", "members:", "%", "*", "a" * 60)
    for name in names:
        answer = stranger.request("GET", "/v1/sync/pull", query=f"feed={name}&after=0&tenant={shop.tenant}")
        assert "13800000001" not in answer.text
        assert answer.status_code in (200, 404)
        assert answer.status_code == 404 or answer.json()["rows"] == []


GARBAGE = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe\x00",
    b'"' + b"a" * 1000 + b'"',
    b'{"dev":1}',
    b'{"dev":"x","dev":"y"}',
    b"[" * 50_000,
    b'{"epoch":1e999}',
    b'{"epoch":NaN}',
    b'{"from":' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("path", ["/v1/sync/push", "/v1/sync/hello", "/v1/enrol"])
def test_garbage_is_refused_and_not_repeated(shop, path, body):
    till = shop.till()

    answer = till.request("POST", path, body=body)

    assert answer.status_code == 400
    assert set(answer.json()) == {"refused", "now"}


def test_a_message_beyond_the_limit_is_not_read(shop, till):
    push = till.request("POST", "/v1/sync/push", body=b" " * (2 * 1024 * 1024 + 1))
    hello = till.request("POST", "/v1/sync/hello", body=b" " * (256 * 1024 + 1))

    assert refused(push) == refused(hello) == (413, "too_large")


def test_a_batch_beyond_the_limit_is_refused_but_one_long_event_is_kept(shop, till):
    till.event("stock.counted", {"note": "茶" * 100_000})
    till.event("stock.counted", {})

    both, alone = till.push(2), till.push(1, 1)

    assert refused(both) == (413, "too_large")
    assert alone.status_code == 200
    assert till.push(2, 2).json()["acked"] == 2


def test_a_fault_of_ours_is_told_by_its_number_alone(shop, till, monkeypatch, caplog):
    from fastapi.testclient import TestClient

    from storeapp.cloud.app import make_app

    def fail(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("storeapp.cloud.ingest.push.push", fail)
    till.client = TestClient(make_app(shop.cloud), raise_server_exceptions=False)
    answer = till.push()

    assert answer.status_code == 500
    assert answer.json()["refused"].startswith("broken_")
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_message_that_hides_its_length_is_not_read_either(shop):
    def drip():
        for _ in range(40):
            yield b" " * 10_000

    assert shop.client.post("/v1/enrol", content=drip()).status_code == 413


@pytest.mark.parametrize("query", ["", "feed=policy&after=-1", "feed=policy&limit=0", "feed=policy&limit=501"])
def test_a_pull_that_makes_no_sense_is_refused(shop, till, query):
    assert till.request("GET", "/v1/sync/pull", query=query).status_code == 400


def test_a_query_changed_on_the_way_is_refused(shop, till):
    told = {"device_id": till.device_id, "created": int(shop.clock().timestamp()), "nonce": "nonce-0123456789"}
    headers = signing.sign(Request("GET", "/v1/sync/pull", "feed=policy&after=0", b""), till.key, **told)

    answer = till.request("GET", "/v1/sync/pull", query="feed=catalog&after=0", headers=headers)

    assert refused(answer) == (401, "wrong_signature")


def test_hello_compares_the_journals(shop, till):
    till.sale()
    ahead = till.hello().json()
    till.push()
    level = till.hello().json()
    behind = till.hello(last_seq=1, last_hash=till.entries[0].hash.hex()).json()
    fork = till.hello(last_seq=1, last_hash="11" * 32).json()
    empty = till.hello(last_seq=0, last_hash="00" * 32).json()
    clone = till.hello(db_uuid=str(uuid4())).json()
    other_epoch = till.hello(epoch=2).json()

    assert (ahead["verdict"], ahead["push_from"]) == ("ok", 1)
    assert (level["verdict"], level["push_from"]) == ("ok", 3)
    assert level["device"] == {"epoch": 1, "last_seq": 2, "last_hash": till.entries[-1].hash.hex()}
    assert [answer["verdict"] for answer in (behind, empty)] == ["behind", "behind"]
    assert [answer["verdict"] for answer in (fork, clone, other_epoch)] == ["fork", "fork", "fork"]
    assert level["limits"] == {"events": 100, "bytes": 262144}
    assert set(level["feeds"]) == {"policy", "catalog", till.members_feed}
