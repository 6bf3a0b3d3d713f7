"""The loop, unbroken: printed, opened, claimed, redeemed, bought again; the till and the cloud count alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from storeapp.demo import cashier
from storeapp.demo.cast import Cast, cast_in
from storeapp.demo.clock import ScriptedClock
from storeapp.demo.first_day import BUN, LATTE, LUNCH, WATER
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.domain.money import Money
from storeapp.settings import Settings
from tests.cli.command import storeapp
from tests.stories.conftest import CHINESE
from tests.stories.seen import codes_on

SHOPPER_PHONE = "13900000034"
STEPS = {"printed": 4, "opened": 1, "claimed": 1, "redeemed": 1, "bought_again": 1}


def test_a_stranger_becomes_a_regular(
    qapp: QApplication, tmp_path: Path, printer: TcpPrinter, machine: Settings, clock: ScriptedClock
) -> None:
    with cast_in(tmp_path, CHINESE, clock, machine) as cast:
        _days(cast, printer)
        tenant = cast.cloud.tenant

    here = storeapp("report", "loop", "--json", "--shop", tmp_path / "shop")
    there = storeapp("cloud", "funnel", "--tenant", tenant, "--data", tmp_path / "cloud", "--json")
    assert here.json["whole"] == STEPS
    assert _steps(there.json["whole"]) == STEPS
    # counted where, by whom and when the receipt was printed that began it
    assert [row for row in here.json["by_hour"] if row["claimed"]] == [
        {"hour": "08", "printed": 2, "opened": 1, "claimed": 1, "redeemed": 1, "bought_again": 1}
    ]
    assert storeapp("check", "--json", "--shop", tmp_path / "shop").json["ok"]
    assert storeapp("cloud", "check", "--tenant", tenant, "--data", tmp_path / "cloud", "--json").json["ok"]


def _days(cast: Cast, printer: TcpPrinter) -> None:
    stage, phone = cast.stage, cast.phone
    cashier.sign_in(stage, "1007", "1007")
    stage.at("08:05")
    cashier.ring(stage, WATER)
    cashier.by_code(stage)
    cashier.ring(stage, LATTE, BUN)
    cashier.by_code(stage)
    stage.printed()
    [qr] = [code for code in codes_on(printer.papers[-1].picture()) if code.startswith("http")]

    # she scans before the till has sent anything: that is no error
    page = phone.scan(qr)
    claimed = phone.claim(qr, page)
    stage.synced()
    claimed = phone.claim(qr, page)
    assert claimed.coupon
    phone.join(qr, claimed, SHOPPER_PHONE)
    assert phone.claim(qr, page).coupon == claimed.coupon
    stage.synced(lambda: _has_coupon(stage, claimed.coupon))

    stage.clock.next_morning()
    stage.at("10:00")
    cashier.ring(stage, LUNCH, LATTE)
    cashier.attach(stage, SHOPPER_PHONE)
    assert stage.counter.sell.state.priced.coupon_discount == Money(500)
    redeemed = cashier.by_code(stage)
    assert [use.code for use in redeemed.coupons] == [claimed.coupon]
    # exactly once: shown again it buys nothing
    cashier.ring(stage, LUNCH, LATTE)
    stage.hands.enter(claimed.coupon)
    assert stage.counter.sell.state.priced.coupon_discount == Money(0)
    stage.hands.key("F8")
    stage.at("17:00")
    cashier.ring(stage, BUN)
    cashier.attach(stage, SHOPPER_PHONE)
    cashier.by_code(stage)
    stage.synced()


def _has_coupon(stage: Any, code: str) -> bool:
    with stage.till.shop.reading() as books:
        coupon = books.coupons.by_code(code)
    return coupon is not None and coupon.member_id is not None


def _steps(row: dict[str, Any]) -> dict[str, int]:
    return {step: row[step] for step in STEPS}
