"""The relay: asked twice it asks once, kept before it is asked, and nobody's money is anybody else's business."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from storeapp.cloud.admin import pay as admin
from storeapp.cloud.admin import payments, tenants
from storeapp.cloud.app import make_app
from storeapp.cloud.keys import Unsealable
from storeapp.cloud.opening import Place
from storeapp.cloud.pay import vault
from storeapp.cloud.pay.vault import BadPayKeys, NoPayKeys
from storeapp.cloud.tables.pay import pay_attempt, pay_key, pay_refund
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from tests.cloud.conftest import Shop
from tests.cloud.tills import FakeTill
from tests.fakes.company import FakeCompany, other_amount

CODE = "134567890123456781"
TRADE = "a" * 32
_PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


WECHAT = {
    "mchid": "1900000109",
    "appid": "wxd930ea5d5a258f4f",
    "serial": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
    "private_key": pem(_PRIVATE),
    "platform_serial": "PUB_KEY_ID_0000000000000024101100397200000006",
    "platform_key": public_pem(_PRIVATE),
}


@pytest.fixture
def company(shop: Shop) -> FakeCompany:
    """The company, and the shop's contract with it."""
    made = FakeCompany()

    def maker(keys):
        made.keys = dict(keys)
        return made

    shop.cloud = replace(shop.cloud, companies={"wechat": maker})
    shop.client.app = make_app(shop.cloud)
    shop.client._transport.app = shop.client.app  # type: ignore[attr-defined]  # its own transport's
    vault.put(shop.cloud, shop.tenant, "wechat", WECHAT)
    return made


@pytest.fixture
def till(shop: Shop, company: FakeCompany) -> FakeTill:
    return shop.till()


def ask(**more: object) -> dict[str, object]:
    return {"wallet": "wechat", "trade_number": TRADE, "fen": 8213, "code": CODE} | more


def told(answer):
    said = answer.json()
    return answer.status_code, said.get("state", said.get("refused")), said.get("reason", "")


def test_a_code_is_charged_and_the_answer_names_what_was_asked(till: FakeTill, company: FakeCompany) -> None:
    answer = till.post("/v1/pay/take", ask())

    said = answer.json()
    assert told(answer) == (200, "paid", "")
    assert (said["fen"], said["trade_number"], said["currency"]) == (8213, TRADE, "CNY")
    assert company.charged == {TRADE: Money(8213)}


def test_the_same_question_again_is_answered_and_not_asked(till: FakeTill, company: FakeCompany) -> None:
    first = till.post("/v1/pay/take", ask()).json()

    again = till.post("/v1/pay/take", ask()).json()

    assert again == first
    assert company.takes == [TRADE]


@pytest.mark.parametrize("changed", [{"fen": 1}, {"code": "134567890123456782"}])
def test_the_same_number_for_something_else_is_refused(
    till: FakeTill, company: FakeCompany, changed: dict[str, object]
) -> None:
    till.post("/v1/pay/take", ask())

    answer = till.post("/v1/pay/take", ask(**changed))

    assert told(answer)[:2] == (409, "number_reused")
    assert company.takes == [TRADE]


def test_the_question_is_kept_before_it_is_asked(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    seen: list[str] = []
    company.before_take = lambda: seen.extend(row["state"] for row in shop.rows(pay_attempt))

    till.post("/v1/pay/take", ask())

    assert seen == ["sent"]


def test_a_cloud_killed_between_keeping_and_asking_asks_nobody_twice(
    till: FakeTill, shop: Shop, place: Place, company: FakeCompany
) -> None:
    command = [sys.executable, "-m", "tests.cloud.relay_victim", str(place.data), place.database]
    died = subprocess.run([*command, shop.tenant, till.device_id], timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL

    again = till.post("/v1/pay/take", ask())
    asked = till.post("/v1/pay/query", {"trade_number": TRADE})

    assert told(again) == (200, "unknown", "in_flight")
    assert told(asked) == (200, "unknown", "no_such_trade")
    assert company.takes == []


def test_an_answer_that_was_lost_is_found_by_asking(till: FakeTill, company: FakeCompany) -> None:
    company.loses = 1
    lost = till.post("/v1/pay/take", ask())

    again = till.post("/v1/pay/take", ask())
    asked = till.post("/v1/pay/query", {"trade_number": TRADE})

    assert told(lost) == (200, "unknown", "company_away")
    assert told(again)[1] == "unknown"
    assert told(asked) == (200, "paid", "")
    assert told(till.post("/v1/pay/take", ask()))[1] == "paid"
    assert company.takes == [TRADE]


def test_an_answer_about_another_amount_is_not_believed(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    company.answers = other_amount

    answer = till.post("/v1/pay/take", ask())

    assert told(answer) == (200, "unknown", "answer_differs")
    assert [row["state"] for row in shop.rows(pay_attempt)] == ["unknown"]


def test_a_refusal_is_kept_and_said_again(till: FakeTill, company: FakeCompany) -> None:
    company.refuses = True

    first, again = till.post("/v1/pay/take", ask()), till.post("/v1/pay/take", ask())

    assert told(first) == told(again) == (200, "failed", "not_enough_money")
    assert company.takes == [TRADE]


def test_what_is_undone_holds_no_money_and_stays_so(till: FakeTill, company: FakeCompany) -> None:
    till.post("/v1/pay/take", ask())

    undone = till.post("/v1/pay/reverse", {"trade_number": TRADE})

    assert told(undone)[:2] == (200, "closed")
    assert company.charged == {}
    assert told(till.post("/v1/pay/take", ask())) == (200, "unknown", "reversing")
    assert told(till.post("/v1/pay/query", {"trade_number": TRADE}))[1] == "closed"
    assert told(till.post("/v1/pay/take", ask()))[1] == "closed"


def test_a_reversal_that_sounds_fine_is_believed_only_when_a_query_says_so(
    till: FakeTill, company: FakeCompany
) -> None:
    till.post("/v1/pay/take", ask())
    company.slips = True

    undone = till.post("/v1/pay/reverse", {"trade_number": TRADE})
    asked = till.post("/v1/pay/query", {"trade_number": TRADE})

    assert told(undone)[1] == "closed"
    assert told(asked)[1] == "paid"


def test_what_was_undone_before_it_arrived_takes_no_money_when_it_does(till: FakeTill, company: FakeCompany) -> None:
    undone = till.post("/v1/pay/reverse", {"trade_number": TRADE})

    late = till.post("/v1/pay/take", ask())

    assert told(undone)[1] == "closed"
    assert told(late)[1] == "closed"
    assert company.takes == []


def test_money_goes_back_once_however_often_it_is_asked(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    till.post("/v1/pay/take", ask())
    back = {"trade_number": TRADE, "refund_number": "r" * 20, "fen": 1000, "whole_fen": 8213}

    first, again = till.post("/v1/pay/refund", back), till.post("/v1/pay/refund", back)
    other = till.post("/v1/pay/refund", back | {"fen": 2000})

    assert told(first)[:2] == told(again)[:2] == (200, "refunded")
    assert told(other)[:2] == (409, "number_reused")
    assert company.refunds == {"r" * 20: Money(1000)}
    assert told(till.post("/v1/pay/refund-query", back))[1] == "refunded"
    assert len(shop.rows(pay_refund)) == 1


def test_another_till_of_the_shop_may_give_back_but_not_undo(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    till.post("/v1/pay/take", ask())
    other = shop.till("2")

    undone = other.post("/v1/pay/reverse", {"trade_number": TRADE})
    back = other.post(
        "/v1/pay/refund", {"trade_number": TRADE, "refund_number": "r" * 20, "fen": 8213, "whole_fen": 8213}
    )

    assert told(undone) == (200, "closed", "never_arrived")
    assert company.charged == {TRADE: Money(8213)}
    assert told(back)[1] == "refunded"


def test_another_shop_sees_nothing_of_it(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    till.post("/v1/pay/take", ask())
    elsewhere = shop.other_tenant()
    stranger = shop.till(tenant=elsewhere)

    asked = stranger.post("/v1/pay/query", {"trade_number": TRADE})
    back = stranger.post(
        "/v1/pay/refund", {"trade_number": TRADE, "refund_number": "r" * 20, "fen": 8213, "whole_fen": 8213}
    )
    taken = stranger.post("/v1/pay/take", ask(trade_number="b" * 32))

    assert told(asked) == (200, "unknown", "no_such_trade")
    assert told(back)[:2] == (404, "unknown_trade")
    assert told(taken)[:2] == (404, "no_pay_keys")
    assert company.refunds == {}


def test_two_tills_may_use_the_same_number(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    other = shop.till("2")

    answers = [till.post("/v1/pay/take", ask()), other.post("/v1/pay/take", ask(code="134567890123456799"))]

    assert [told(answer)[1] for answer in answers] == ["paid", "paid"]
    assert len(shop.rows(pay_attempt)) == 2


def test_a_forged_or_unsigned_question_moves_nothing(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    forged = FakeTill(shop.client, shop.clock, device_id=till.device_id)

    answers = [forged.post("/v1/pay/take", ask()), till.post("/v1/pay/take", ask(), headers={})]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert company.takes == []


def test_a_till_that_was_shut_out_moves_no_money(till: FakeTill, shop: Shop, company: FakeCompany) -> None:
    tenants.device_revoke(shop.cloud, shop.tenant, till.device_id)

    answer = till.post("/v1/pay/take", ask())

    assert told(answer)[:2] == (403, "revoked")
    assert company.takes == []


@pytest.mark.parametrize(
    "bad",
    [
        {"fen": 0},
        {"fen": -5},
        {"fen": "8213"},
        {"code": "12"},
        {"wallet": "unionpay"},
        {"trade_number": "x"},
        {"trade_number": "../etc"},
        {"currency": "USD"},
    ],
)
def test_nonsense_is_refused_before_anything_is_kept(
    till: FakeTill, shop: Shop, company: FakeCompany, bad: dict[str, object]
) -> None:
    answer = till.post("/v1/pay/take", ask(**bad))

    assert told(answer)[:2] == (400, "bad_message")
    assert shop.rows(pay_attempt) == []


def test_a_payment_code_is_kept_nowhere(till: FakeTill, shop: Shop, company: FakeCompany, caplog) -> None:
    till.post("/v1/pay/take", ask())

    assert CODE not in str(shop.rows(pay_attempt))
    assert CODE not in caplog.text


# the keys


def test_keys_are_sealed_and_only_their_names_are_shown(shop: Shop, company: FakeCompany, till: FakeTill) -> None:
    row = shop.rows(pay_key)[0]

    shown = admin.pay_show(shop.cloud, shop.tenant)

    assert WECHAT["private_key"].encode() not in row["sealed"]
    assert "PRIVATE KEY" not in str(row) + str(shown)
    assert shown["keys"][0]["mchid"] == "1900000109"
    assert len(shown["keys"][0]["private_key_fingerprint"]) == 12
    till.post("/v1/pay/take", ask())
    assert company.keys["private_key"] == WECHAT["private_key"].strip()


def test_keys_of_one_shop_do_not_open_for_another(shop: Shop, company: FakeCompany) -> None:
    sealed = bytes(shop.rows(pay_key)[0]["sealed"])
    elsewhere = shop.other_tenant()

    with pytest.raises(Unsealable):
        vault.opened(shop.cloud.keys, elsewhere, "wechat", sealed)
    with pytest.raises(Unsealable):
        vault.opened(shop.cloud.keys, shop.tenant, "alipay", sealed)


def test_new_keys_take_the_place_of_old_ones_and_go_when_told(shop: Shop, company: FakeCompany) -> None:
    vault.put(shop.cloud, shop.tenant, "wechat", WECHAT | {"mchid": "1900000110"})
    assert [row["mchid"] for row in admin.pay_show(shop.cloud, shop.tenant)["keys"]] == ["1900000110"]

    admin.pay_remove(shop.cloud, shop.tenant, "wechat")

    assert admin.pay_show(shop.cloud, shop.tenant) == {"keys": []}
    with pytest.raises(NoPayKeys):
        admin.pay_remove(shop.cloud, shop.tenant, "wechat")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"mchid": ""}, "mchid", "missing"),
        ({"private_key": "no key"}, "private_key", "not_a_key"),
        ({"private_key": pem(ec.generate_private_key(ec.SECP256R1()))}, "private_key", "not_a_key"),
        (
            {"private_key": pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))},
            "private_key",
            "too_short",
        ),
        ({"platform_key": "no key"}, "platform_key", "not_a_key"),
        ({"gateway": "http://evil.example"}, "gateway", "bad_address"),
        ({"gateway": "ftp://x"}, "gateway", "bad_address"),
    ],
)
def test_keys_nobody_could_work_with_are_refused(changed: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(BadPayKeys) as refused:
        vault.checked("wechat", WECHAT | changed)

    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_the_owner_sees_what_was_asked_and_what_became_of_it(shop: Shop, till: FakeTill, company: FakeCompany) -> None:
    till.post("/v1/pay/take", ask())
    shop.clock.advance(seconds=30)
    refund = {"trade_number": TRADE, "refund_number": "r" * 32, "fen": 100, "whole_fen": 8213}
    till.post("/v1/pay/refund", refund)
    shop.clock.advance(seconds=30)
    till.post("/v1/pay/reverse", {"trade_number": "b" * 32})

    listed = payments.pay_list(shop.cloud, shop.tenant)

    assert [(row["kind"], row["fen"], row["state"]) for row in listed["payments"]] == [
        ("take", 0, "closed"),
        ("refund", 100, "refunded"),
        ("take", 8213, "paid"),
    ]
    newest = listed["payments"][-1]
    assert (newest["store"], newest["till"], newest["provider"], newest["trade_number"]) == (
        "S01",
        "1",
        "wechat",
        TRADE,
    )
    assert CODE not in str(listed)
    assert "payer" not in newest
    assert payments.pay_list(shop.cloud, shop.tenant, unclear=True) == {"payments": [], "count": 0}
    assert len(payments.pay_list(shop.cloud, shop.tenant, limit=1)["payments"]) == 1
    assert payments.pay_list(shop.cloud, shop.other_tenant())["count"] == 0


def test_what_nobody_knows_the_end_of_is_listed_apart(shop: Shop, till: FakeTill, company: FakeCompany) -> None:
    company.answers = lambda _take: Take("unknown", reason="no_answer")
    till.post("/v1/pay/take", ask())

    [row] = payments.pay_list(shop.cloud, shop.tenant, unclear=True)["payments"]

    assert (row["state"], row["reason"]) == ("unknown", "no_answer")
