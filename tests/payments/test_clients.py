"""The three clients against the three companies: every answer is read as it is meant, and none unsigned."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from storeapp.domain.money import Money
from storeapp.domain.payment import Take, believed, refund_number
from storeapp.payments.alipay import Alipay, parted
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.in_process import InProcess
from storeapp.payments.fake.serve import serving
from storeapp.payments.fake.shouqianba import ACTIVATION_CODE
from storeapp.payments.line import NoAnswer
from storeapp.payments.shouqianba import ActivationRefused, Shouqianba, TerminalKeys, activate
from storeapp.payments.wechat import WechatPay
from storeapp.till.ports import Provider
from tests.fakes.still import StillClock
from tests.payments.conftest import COMPANIES, World

PRICE = Money(1234)
NUMBER = "0199aabbccdd70008000000000000001"
REFUND = refund_number("r1")


def take(world: World, company: str, script: str, number: str = NUMBER) -> Take:
    return world.client(company).take(PRICE, code=world.code(company, script), trade_number=number)


@pytest.mark.parametrize("company", COMPANIES)
def test_a_clear_yes_names_amount_currency_and_number(world: World, company: str) -> None:
    answer = take(world, company, "ok")

    assert (answer.state, answer.amount, answer.currency, answer.trade_number) == ("paid", PRICE, "CNY", NUMBER)
    assert answer.ref
    assert answer.payer
    assert world.fake.orders.net_fen(NUMBER) == PRICE.fen


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize(
    ("script", "reason"),
    [("expired", "code_expired"), ("wrong_code", "code_wrong"), ("no_money", "not_enough_money")],
)
def test_a_clear_no_takes_nothing(world: World, company: str, script: str, reason: str) -> None:
    answer = take(world, company, script)

    assert (answer.state, answer.reason) == ("failed", reason)
    assert world.fake.orders.book == []


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize(
    "script", ["system_error_paid", "lost_paid", "short_paid", "garbage", "down", "never_arrived", "arrives_late"]
)
def test_silence_and_nonsense_are_not_knowing(world: World, company: str, script: str) -> None:
    assert take(world, company, script).state == "unknown"


@pytest.mark.parametrize("company", ["wechat", "alipay"])
@pytest.mark.parametrize("script", ["unsigned", "wrong_key"])
def test_an_answer_nobody_signed_is_not_believed(world: World, company: str, script: str) -> None:
    answer = take(world, company, script)

    assert (answer.state, answer.reason) == ("unknown", "signature")


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("script", ["wrong_amount", "wrong_currency"])
def test_another_amount_or_currency_is_told_as_it_is_and_never_believed(
    world: World, company: str, script: str
) -> None:
    answer = believed(take(world, company, script), amount=PRICE, trade_number=NUMBER)

    assert (answer.state, answer.reason) == ("unknown", "answer_differs")


@pytest.mark.parametrize("company", COMPANIES)
def test_a_password_is_waited_for(world: World, company: str) -> None:
    assert take(world, company, "password").state == "waiting"
    assert world.client(company).query(NUMBER).state == "waiting"
    world.clock.go_on(seconds=12)

    assert world.client(company).query(NUMBER).state == "paid"


@pytest.mark.parametrize("company", COMPANIES)
def test_a_number_used_before_is_asked_about_and_not_called_a_failure(world: World, company: str) -> None:
    take(world, company, "ok")

    assert take(world, company, "ok").state == "unknown"
    assert world.client(company).query(NUMBER).state == "paid"
    assert world.fake.orders.net_fen(NUMBER) == PRICE.fen


@pytest.mark.parametrize("company", COMPANIES)
def test_a_trade_that_is_not_there_is_not_known(world: World, company: str) -> None:
    answer = world.client(company).query(NUMBER)

    assert (answer.state, answer.reason) == ("unknown", "no_such_trade")


@pytest.mark.parametrize("company", COMPANIES)
def test_a_reversal_undoes_what_was_paid_and_a_query_says_so(world: World, company: str) -> None:
    take(world, company, "lost_paid")

    assert world.client(company).reverse(NUMBER).state == "closed"
    assert world.client(company).query(NUMBER).state == "closed"
    assert world.fake.orders.net_fen(NUMBER) == 0


@pytest.mark.parametrize("company", COMPANIES)
def test_a_reversal_that_has_to_be_repeated_says_so(world: World, company: str) -> None:
    take(world, company, "recall_once")

    first, second = world.client(company).reverse(NUMBER), world.client(company).reverse(NUMBER)

    assert (first.state, first.recall) == ("unknown", True)
    assert (second.state, second.recall) == ("closed", False)


@pytest.mark.parametrize("company", COMPANIES)
def test_refunds_are_given_once_each_and_never_beyond_the_payment(world: World, company: str) -> None:
    take(world, company, "ok")
    client = world.client(company)

    def back(number: str, fen: int) -> Take:
        return client.refund(NUMBER, refund_number=refund_number(number), amount=Money(fen), whole=PRICE)

    assert back("r1", 1000).state == "refunded"
    assert back("r1", 1000).state == "refunded"
    assert back("r2", 235).state == "failed"
    assert back("r3", 234).state == "refunded"
    assert world.fake.orders.net_fen(NUMBER) == 0


@pytest.mark.parametrize("company", ["wechat", "alipay"])
def test_an_unclear_refund_is_asked_about(world: World, company: str) -> None:
    take(world, company, "refund_unknown")
    client = world.client(company)
    first = client.refund(NUMBER, refund_number=REFUND, amount=Money(500), whole=PRICE)
    second, third = client.query_refund(NUMBER, REFUND), client.query_refund(NUMBER, REFUND)

    assert [first.state, second.state, third.state] == ["unknown", "unknown", "refunded"]
    assert third.amount == Money(500)


def test_a_refund_nobody_asked_for_is_not_there(world: World) -> None:
    take(world, "wechat", "ok")

    assert world.client("wechat").query_refund(NUMBER, REFUND).reason == "no_such_refund"


def test_nothing_can_have_been_taken_where_no_connection_ever_stood(world: World) -> None:
    for company in COMPANIES:
        client = world.client(company, transport=httpx2.HTTPTransport(), base_url="http://127.0.0.1:9")
        answer = client.take(PRICE, code=world.code(company), trade_number=NUMBER)

        assert (answer.state, answer.reason) == ("failed", "not_sent")


class Replay(InProcess):
    """Answers everything with the first answer that came."""

    first: httpx2.Response | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = super().handle_request(request)
        self.first = self.first or answer
        return httpx2.Response(self.first.status_code, headers=self.first.headers, content=self.first.content)


@pytest.mark.parametrize("company", ["wechat", "alipay"])
def test_an_answer_about_another_trade_proves_nothing(world: World, company: str) -> None:
    take(world, company, "ok")
    client = world.client(company, transport=Replay(world.fake))
    client.query(NUMBER)
    other = NUMBER[:-1] + "2"

    answer = believed(client.query(other), amount=PRICE, trade_number=other)

    assert (answer.state, answer.reason) == ("unknown", "answer_differs")


def test_an_old_signed_answer_is_not_believed(world: World) -> None:
    client = world.client("wechat", transport=Replay(world.fake))
    client.take(PRICE, code=world.code("wechat"), trade_number=NUMBER)
    world.clock.go_on(minutes=6)

    assert client.query(NUMBER).reason == "signature"


def test_another_merchants_payment_is_not_ours(world: World, clock: StillClock) -> None:
    keys = world.fake.keys
    take(world, "wechat", "ok")
    take(world, "alipay", "ok")
    ours = replace(keys.for_wechat(), appid="wx9999999999999999")
    wechat = WechatPay(ours, now=clock.now, base_url="http://fake", transport=InProcess(world.fake))
    seller = replace(keys.for_alipay(), seller_id="2088999999999999")
    alipay = Alipay(seller, now=clock.now, base_url="http://fake", transport=InProcess(world.fake))

    assert [wechat.query(NUMBER).reason, alipay.query(NUMBER).reason] == ["answer_differs"] * 2


def _with_wrong_keys(world: World, company: str) -> Provider:
    keys, way = world.fake.keys, InProcess(world.fake)
    stranger = keys.stranger.private
    if company == "wechat":
        shop = replace(keys.for_wechat(), private_key=stranger)
        return WechatPay(shop, now=world.clock.now, base_url="http://fake", transport=way)
    if company == "alipay":
        app = replace(keys.for_alipay(), private_key=stranger)
        return Alipay(app, now=world.clock.now, base_url="http://fake", transport=way)
    return Shouqianba(TerminalKeys(keys.terminal.sn, "wrong", "older"), kind="unionpay", transport=way)


@pytest.mark.parametrize("company", COMPANIES)
def test_keys_the_company_rejects_end_a_payment_at_once(world: World, company: str) -> None:
    provider = _with_wrong_keys(world, company)

    answer = provider.take(PRICE, code=world.code(company), trade_number=NUMBER)

    assert (answer.state, answer.reason) == ("failed", "keys_rejected")
    assert world.fake.orders.book == []


@pytest.mark.parametrize("company", COMPANIES)
def test_keys_rejected_while_asking_tell_nothing_about_the_payment(world: World, company: str) -> None:
    world.client(company).take(PRICE, code=world.code(company), trade_number=NUMBER)
    provider = _with_wrong_keys(world, company)

    assert provider.query(NUMBER).state == "unknown"
    assert provider.reverse(NUMBER).state == "unknown"
    assert world.fake.orders.net_fen(NUMBER) == PRICE.fen


def test_a_rejection_nobody_signed_is_not_believed(world: World) -> None:
    class Unsigned(InProcess):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            super().handle_request(request)
            return httpx2.Response(401, json={"code": "SIGN_ERROR"})

    answer = world.client("wechat", transport=Unsigned(world.fake)).take(
        PRICE, code=world.code("wechat"), trade_number=NUMBER
    )

    # it was paid, whatever the line says
    assert (answer.state, world.fake.orders.net_fen(NUMBER)) == ("unknown", PRICE.fen)


def test_alipay_is_told_the_time_in_beijing_wherever_the_machine_stands(world: World) -> None:
    seen: list[bytes] = []

    class Seeing(InProcess):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            seen.append(request.read())
            return super().handle_request(request)

    client = Alipay(
        world.fake.keys.for_alipay(),
        now=lambda: world.clock.now().astimezone(tz=None) - timedelta(0),
        base_url="http://fake",
        transport=Seeing(world.fake),
    )
    client.query(NUMBER)

    assert b"timestamp=2026-09-28+14%3A32%3A00" in seen[0]


def test_alipays_signature_is_over_the_raw_text() -> None:
    raw = '{ "code":"10000","subject":"\\u8336 \\/ }" }'
    text = f'{{"alipay_trade_query_response":{raw},"sign":"abc="}}'

    assert parted(text, "alipay.trade.query") == (raw, "abc=")


def test_a_terminal_is_activated_and_its_lost_check_in_costs_nothing(world: World) -> None:
    keys, way = world.fake.keys, InProcess(world.fake)

    def get(code: str) -> TerminalKeys:
        return activate(
            vendor_sn=keys.vendor_sn,
            vendor_key=keys.vendor_key,
            app_id="a1",
            code=code,
            device_id="d1",
            base_url="http://fake",
            transport=way,
        )

    with pytest.raises(ActivationRefused):
        get("87654321")
    kept: list[TerminalKeys] = []
    client = Shouqianba(get(ACTIVATION_CODE), keep=kept.append, base_url="http://fake", transport=way)
    other = Shouqianba(get(ACTIVATION_CODE), base_url="http://fake", transport=way)

    # another process checks in and its answer is lost to us: our key is the one before the last
    other.check_in()
    assert client.take(PRICE, code=world.code("wechat"), trade_number=NUMBER).state == "paid"
    client.check_in()

    assert kept[0].previous == "terminal-key-0"
    assert client.query(NUMBER).state == "paid"
    assert client.revoke(NUMBER).state == "closed"


def test_they_answer_over_real_http_and_drop_the_line_as_told() -> None:
    fake = FakeProviders()
    with serving(fake) as url:
        client = WechatPay(fake.keys.for_wechat(), now=fake.clock.now, base_url=url, read_s=5.0)
        paid = client.take(PRICE, code="130000000000000100", trade_number=NUMBER)
        lost = client.take(PRICE, code="130000000000000204", trade_number=NUMBER[:-1] + "2")
        book = httpx2.get(f"{url}/__fake/book").json()
        client.close()

    assert paid.state == "paid"
    assert (lost.state, lost.reason) == ("unknown", NoAnswer.word)
    assert [row["fen"] for row in book] == [1234, 1234]


def test_a_trainer_directs_them_through_their_own_door() -> None:
    fake = FakeProviders()
    with serving(fake) as url:
        client = WechatPay(fake.keys.for_wechat(), now=fake.clock.now, base_url=url)
        assert httpx2.post(f"{url}/__fake/scripts", json={"130000000000000100": "password"}).status_code == 200
        assert httpx2.post(f"{url}/__fake/scripts", json={"130000000000000100": "magic"}).status_code == 400
        asked = client.take(PRICE, code="130000000000000100", trade_number=NUMBER)
        httpx2.post(f"{url}/__fake/clock", content=json.dumps({"seconds": 12}))
        then = client.query(NUMBER)
        client.close()

    assert [asked.state, then.state] == ["waiting", "paid"]
