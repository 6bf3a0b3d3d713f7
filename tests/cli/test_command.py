"""The command as such: exit codes, wrong usage, languages, and our own faults."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storeapp.till import policies
from storeapp.verbs.loading import all_stays
from tests.cli.command import Command, storeapp


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["import"],
        ["import", "horses", "f"],
        ["receipt"],
        ["policy", "set", "x"],
        ["report", "loop", "--date", "soon"],
    ],
)
def test_wrong_usage_is_two(run: Command, arguments: list[str]):
    plain, scripted = run(*arguments), run(*arguments, "--json")

    assert (plain.code, scripted.code) == (2, 2)
    assert "usage: storeapp" in plain.err
    assert json.loads(scripted.err)["usage"]


def test_an_argument_that_is_no_text_is_wrong_usage(run: Command, shop: Path):
    answer = run("policy", "set", "shop.name", b"\xb5\xea".decode("utf-8", "surrogateescape"), "--shop", shop)

    assert (answer.code, answer.err) == (2, "an argument is not UTF-8\n")


def test_our_own_fault_is_four_and_found_in_the_log(run: Command, shop: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("for 13800000001")

    monkeypatch.setattr("storeapp.verbs.policy.set_policy", broken)

    answer = run("policy", "set", "points.per_yuan", "2", "--shop", shop, "--json")

    log = [json.loads(line) for line in (shop / "logs" / "storeapp.log").read_text().splitlines()]
    assert (answer.code, answer.error["broken"]) == (4, "ZeroDivisionError")
    assert log[-1]["log_id"] == answer.error["log_id"]
    assert "13800000001" not in json.dumps(log)
    assert policies.set_policy is not broken


def test_people_are_spoken_to_in_their_language(tmp_path: Path):
    chinese = storeapp("status", "--shop", tmp_path, LC_ALL="zh_CN.UTF-8")
    english = storeapp("status", "--shop", tmp_path, LC_ALL="C")

    assert "没有店铺" not in english.err
    assert f"{tmp_path} 里没有店铺" in chinese.err
    assert "There is no shop" in english.err


def test_a_light_verb_loads_no_heavy_library():
    heavy = {"PySide6", "fastapi", "reportlab", "PIL", "openpyxl", "alembic", "escpos"}

    assert loaded("from storeapp.cli import main; main(['policy', 'show', '--shop', '/nowhere'])", of=heavy) == set()


def test_the_window_does_not_load_the_rooms_that_are_opened_now_and_then():
    rooms = {
        *("storeapp.ui.refund.page", "storeapp.ui.refund.loose_page", "storeapp.ui.account.open"),
        *("storeapp.ui.topup.sheet", "storeapp.ui.member.file_page", "storeapp.ui.promotions.page"),
        *("storeapp.ui.insight.page", "storeapp.ui.shift.page", "storeapp.till.exchanges"),
        *("storeapp.till.layers", "storeapp.database.outreach", "storeapp.till.coupon_gifts"),
        *("storeapp.domain.segment", "storeapp.domain.referral"),
        *("storeapp.domain.group_order", "storeapp.till.group_picking", "storeapp.ui.groups.page"),
        *("storeapp.domain.value_model", "storeapp.domain.tier", "storeapp.domain.stamp", "storeapp.domain.commission"),
        *("storeapp.domain.card_use", "storeapp.domain.top_up", "storeapp.domain.refund", "storeapp.domain.leak_parts"),
        *("storeapp.domain.shift_report", "storeapp.domain.report_sheet", "storeapp.domain.receipt_layout"),
        *("storeapp.till.sheets", "storeapp.ui.suspense.screen", "storeapp.ui.receipt.page"),
        *("storeapp.ui.approval.screen", "storeapp.ui.signin.screen", "storeapp.ui.customer.presenter"),
        *(
            "storeapp.ui.sell.edit_sheets",
            "storeapp.ui.paper.sheet",
            "storeapp.till.limits",
            "storeapp.devices.printer_profile",
        ),
        *("storeapp.ui.pay.screen", "storeapp.ui.member.find", "storeapp.ui.parked.sheet", "argon2"),
        # with the first basket
        *("storeapp.till.checkout", "storeapp.till.quoting", "storeapp.domain.pricing", "storeapp.domain.promotion"),
        *("storeapp.domain.coupon", "storeapp.till.members", "storeapp.till.earning", "storeapp.database.price_lists"),
    }

    assert loaded("import storeapp.verbs.counter, storeapp.ui.run, storeapp.machine", of=rooms) == set()


def test_the_collector_works_again_whatever_happens_while_rooms_are_loaded():
    with pytest.raises(ImportError), all_stays():
        assert not gc.isenabled()
        raise ImportError

    assert gc.isenabled()


def loaded(code: str, *, of: set[str]) -> set[str]:
    """Which of these modules a fresh Python has after `code`."""
    names = f"print(*({of!r} & set(sys.modules)), sep='\\n', file=sys.stdout)"
    program = f"import sys\n{code}\nsys.stdout.flush(); print('now'); {names}"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.rpartition("now\n")[2].split())


def test_every_verb_explains_itself(run: Command):
    with pytest.raises(SystemExit) as ended:
        run("--help")

    assert ended.value.code == 0
