"""A shop paid by code without a window, through its own terminal, against the pretended company over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.scripts import NAMES
from storeapp.payments.fake.serve import serving
from storeapp.payments.fake.shouqianba import ACTIVATION_CODE
from tests.cli.command import TEA, Command, basket, jsonl
from tests.fakes.pace import CompaniesPace


@dataclass
class Companies:
    fake: FakeProviders
    url: str
    codes: int = 0

    def code(self, script: str = "ok", first: str = "13") -> str:
        self.codes += 1
        return f"{first}{self.codes:014d}{NAMES.index(script):02d}"

    def held(self) -> int:
        return sum(entry.fen if entry.kind == "charge" else -entry.fen for entry in self.fake.orders.book)


@pytest.fixture
def companies(monkeypatch: pytest.MonkeyPatch) -> Iterator[Companies]:
    fake = FakeProviders()
    for room in ("storeapp.till.script", "storeapp.verbs.pay"):
        monkeypatch.setattr(f"{room}.SystemPace", lambda: CompaniesPace(fake))
    with serving(fake) as url:
        yield Companies(fake, url)


@pytest.fixture
def key_file(tmp_path: Path, companies: Companies) -> Path:
    file = tmp_path / "vendor.key"
    file.write_text(companies.fake.keys.vendor_key + "\n", encoding="ascii")
    return file


@pytest.fixture
def paying_shop(run: Command, shop: Path, companies: Companies, key_file: Path) -> Path:
    """A shop whose machine is a terminal, and whose wallets all go through it."""
    activated = activate(run, shop, companies, key_file)
    assert activated.code == 0, activated.err
    for wallet in ("wechat", "alipay", "unionpay"):
        assert run("policy", "set", f"pay.{wallet}", "shouqianba", "--shop", shop).code == 0
    return shop


def activate(run: Command, shop: Path, companies: Companies, key_file: Path, code: str = ACTIVATION_CODE):
    return run(
        "pay", "activate", code, "--app-id", "2026", "--vendor-sn", companies.fake.keys.vendor_sn,
        "--vendor-key-file", key_file, "--gateway", companies.url, "--shop", shop, "--json",
    )  # fmt: skip


def by_code(id_: str, code: str, fen: int = 350) -> dict[str, object]:
    kind = "wechat" if code.startswith("1") else "alipay"
    return basket(id_, {"code": TEA}) | {"tenders": [{"kind": kind, "fen": fen, "code": code}]}


def sell(run: Command, shop: Path, folder: Path, *baskets: object):
    return run("sell", jsonl(folder / "baskets", *baskets), "--shop", shop)


def test_a_machine_becomes_a_terminal_and_its_key_is_never_shown(
    run: Command, shop: Path, companies: Companies, key_file: Path
) -> None:
    answer = activate(run, shop, companies, key_file)

    shown = run("pay", "show", "--shop", shop, "--json")
    assert answer.json["terminal"] == companies.fake.keys.terminal.sn
    assert shown.json["terminal"]["sn"] == companies.fake.keys.terminal.sn
    assert companies.fake.keys.terminal.key not in answer.out + shown.out
    assert companies.fake.keys.vendor_key not in answer.out + shown.out


def test_a_wrong_code_or_key_activates_nothing(
    run: Command, shop: Path, companies: Companies, key_file: Path, tmp_path: Path
) -> None:
    wrong = activate(run, shop, companies, key_file, code="00000000")
    missing = activate(run, shop, companies, tmp_path / "nothing")

    assert (wrong.code, wrong.error["refused"]) == (1, "activation_refused")
    assert (missing.code, missing.error["refused"]) == (1, "bad_vendor_key")
    assert run("pay", "show", "--shop", shop, "--json").json["terminal"] is None


def test_the_key_of_the_day_is_asked_for_and_paying_goes_on(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path
) -> None:
    for _day in range(2):
        assert run("pay", "check-in", "--shop", paying_shop, "--json").code == 0

    sold = sell(run, paying_shop, tmp_path, by_code("b1", companies.code())).lines[0]

    assert sold["total_fen"] == 350
    assert companies.held() == 350


@pytest.mark.parametrize(("first", "kind"), [("13", "wechat"), ("28", "alipay")])
def test_a_code_at_the_command_line_is_charged_and_the_basket_sold(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path, first: str, kind: str
) -> None:
    sold = sell(run, paying_shop, tmp_path, by_code("b1", companies.code(first=first))).lines[0]

    paper = run("receipt", sold["receipt"], "--shop", paying_shop)
    assert companies.held() == 350
    assert paper.code == 0
    assert {"wechat": "微信", "alipay": "支付宝"}[kind] in paper.out


def test_a_split_of_cash_and_two_codes(run: Command, paying_shop: Path, companies: Companies, tmp_path: Path) -> None:
    tenders = [{"kind": "cash", "fen": 100}, {"kind": "wechat", "fen": 50, "code": companies.code()}]
    tenders.append({"kind": "alipay", "fen": 200, "code": companies.code(first="28")})

    sold = sell(run, paying_shop, tmp_path, basket("b1", {"code": TEA}) | {"tenders": tenders}).lines[0]

    assert "receipt" in sold
    assert companies.held() == 250


def test_the_same_line_again_charges_nobody_again(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path
) -> None:
    line = by_code("b1", companies.code())
    first = sell(run, paying_shop, tmp_path, line).lines[0]

    again = sell(run, paying_shop, tmp_path, line).lines[0]

    assert again["receipt"] == first["receipt"]
    assert companies.held() == 350


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("expired", "code_expired"),
        ("used", "code_used"),
        ("no_money", "not_enough_money"),
        ("wrong_code", "code_wrong"),
    ],
)
def test_a_code_that_does_not_pay_is_refused_with_a_clear_word(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path, script: str, reason: str
) -> None:
    answer = sell(run, paying_shop, tmp_path, by_code("b1", companies.code(script)))

    line = answer.lines[0]
    assert (answer.code, line["refused"], line["state"], line["reason"]) == (1, "payment_not_taken", "failed", reason)
    assert companies.held() == 0


def test_a_basket_that_would_not_be_sold_charges_nobody(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path
) -> None:
    short = by_code("b1", companies.code(), fen=100)
    strange = by_code("b2", "123")

    lines = sell(run, paying_shop, tmp_path, short, strange).lines

    assert [line["refused"] for line in lines] == ["tender_short", "no_payment_code"]
    assert companies.fake.orders.book == []


def test_a_shop_without_a_contract_takes_no_code(
    run: Command, shop: Path, companies: Companies, tmp_path: Path
) -> None:
    line = sell(run, shop, tmp_path, by_code("b1", companies.code())).lines[0]

    assert (line["refused"], line["kind"]) == ("tender_not_taken", "wechat")


def test_what_stays_unknown_is_asked_about_and_settled_by_a_manager(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path
) -> None:
    line = sell(run, paying_shop, tmp_path, by_code("b1", companies.code("down"))).lines[0]
    assert (line["refused"], line["state"]) == ("payment_not_taken", "suspense")

    asked = run("pay", "resume", "--shop", paying_shop, "--json")
    attempts = run("pay", "attempts", "--shop", paying_shop, "--json").lines
    settled = run("pay", "settle", line["trade_number"], "other_means", "--reason", "查过后台", "--shop", paying_shop)

    assert asked.code == 0
    assert [(one["state"], one["fen"], one["provider"]) for one in attempts] == [("suspense", 350, "shouqianba")]
    assert settled.code == 0


def test_money_taken_by_a_run_that_broke_off_is_found_by_the_next(
    run: Command, paying_shop: Path, companies: Companies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = by_code("b1", companies.code())

    def dies(*_args: object, **_more: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("storeapp.till.script_pay.checkout", dies)
        assert sell(run, paying_shop, tmp_path, line).code == 4
    assert companies.held() == 350

    sold = sell(run, paying_shop, tmp_path, line).lines[0]

    assert "receipt" in sold
    assert companies.held() == 350


def test_the_morning_check_looks_at_the_terminal(
    run: Command, paying_shop: Path, companies: Companies, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [f for f in run("doctor", "--shop", paying_shop, "--json").json["findings"] if f["what"] == "payments"]
    assert [finding["verdict"] for finding in found] == ["good", "good"]

    kept = json.loads((paying_shop / "keys" / "shouqianba.key").read_text() and "{}")
    assert kept == {}
    monkeypatch.setattr("storeapp.verbs.doctor.age_days", lambda _terminal, _now: timedelta(days=9).days)
    found = [f for f in run("doctor", "--shop", paying_shop, "--json").json["findings"] if f["what"] == "payments"]
    assert found[0]["verdict"] == "look"


def test_a_gateway_that_is_away_is_told_in_the_morning(run: Command, shop: Path, companies: Companies, key_file: Path):
    assert activate(run, shop, companies, key_file).code == 0
    companies_away = [
        finding
        for finding in _doctor_without_gateway(run, shop)
        if finding["what"] == "payments" and finding["verdict"] == "bad"
    ]

    assert len(companies_away) == 1


def _doctor_without_gateway(run: Command, shop: Path) -> list[dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storeapp.verbs.doctor._is_reachable", lambda _host, _port: False)
        findings: list[dict[str, str]] = run("doctor", "--shop", shop, "--json").json["findings"]
    return findings
