"""sell: JSON lines in and out, in order, exactly as documented."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import CUP, TEA, Command, basket, jsonl, selling, storeapp

DOCUMENTED = {
    "id", "receipt", "total_fen", "discount_fen", "change_fen", "points_earned", "points_balance", "lines", "token",
    "url",
}  # fmt: skip
DOCUMENTED_LINE = {"code", "name", "qty", "unit_fen", "discount_fen", "net_fen", "why"}


def test_a_basket_becomes_a_receipt_with_every_documented_key(run: Command, shop: Path, tmp_path: Path):
    asked = basket(
        "b1",
        {"code": TEA, "qty": "2"},
        {"code": "00123", "qty": "1.256"},
        {"code": CUP, "price_fen": 1500, "discount_fen": 50, "why": "damaged"},
        at="2026-09-28T11:53:26+08:00",
        cashier="1007",
        member="13800000001",
        round="jiao",
    )

    answer = run("sell", jsonl(tmp_path / "b", asked), "--shop", shop)

    (sold,) = answer.lines
    assert answer.code == 0
    assert sold.keys() >= DOCUMENTED
    assert all(line.keys() >= DOCUMENTED_LINE for line in sold["lines"])
    assert sold["receipt"] == "S01-1-20260928-0001"
    # 2 x 3.00 (member) + 12.80 x 1.256 = 16.08 + 14.50, rounded down to the jiao for cash
    assert (sold["total_fen"], sold["due_fen"], sold["change_fen"]) == (3658, 3650, 6350)
    assert (sold["points_earned"], sold["points_balance"]) == (36, 136)
    assert [line["net_fen"] for line in sold["lines"]] == [600, 1608, 1450]
    assert len(sold["token"]) == 26


def test_a_bad_line_is_refused_with_its_number_and_the_next_goes_on(run: Command, shop: Path, tmp_path: Path):
    good = basket("b3", {"code": TEA})
    half_a_letter = '{"id": "\\ud800"}'
    file = jsonl(tmp_path / "b", "{not json", "[1]", half_a_letter, "", basket("b2", {"code": "6999999999999"}), good)

    answer = run("sell", file, "--shop", shop)

    assert answer.code == 1
    assert [(line.get("refused"), line.get("line")) for line in answer.lines] == [
        ("bad_json", 1),
        ("bad_json", 2),
        ("bad_json", 3),
        ("unknown_code", None),
        (None, None),
    ]
    assert answer.lines[3] == {"id": "b2", "refused": "unknown_code", "code": "6999999999999"}
    assert answer.lines[4]["receipt"].endswith("-0001")


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (basket("b", {"code": TEA}, fen=100), "tender_short"),
        ({"id": "b", "lines": [{"code": TEA}]}, "tender_short"),
        (basket("b"), "empty_basket"),
        (basket("b", {"code": TEA, "qty": "0"}), "bad_quantity"),
        (basket("b", {"code": TEA, "qty": "-1"}), "bad_quantity"),
        (basket("b", {"code": TEA, "qty": "1.2345"}), "bad_quantity"),
        (basket("b", {"code": TEA, "qty": "6901234567892"}), "quantity_too_large"),
        (basket("b", {"code": TEA, "price_fen": -1}), "bad_price"),
        (basket("b", {"code": TEA, "price_fen": 1.5}), "bad_request"),
        (basket("b", {"code": TEA, "discount_fen": 351, "why": "x"}), "discount_exceeds_line"),
        (basket("b", {"code": TEA[:6]}), "unknown_code"),
        (basket("b", {"code": TEA, "name": "mine"}), "bad_request"),
        (basket("b", {"code": TEA}, colour="red"), "bad_request"),
        (basket("b", {"code": TEA}, member="13899999999"), "unknown_member"),
        (basket("b", {"code": TEA}, member="12"), "bad_phone"),
        (basket("b", {"code": TEA}, coupons=["SPRING10-7F3K"]), "unknown_coupon"),
        (basket("b", {"code": TEA}, at="yesterday"), "bad_request"),
        (basket("b", {"code": TEA}, at="0001-01-01T00:00:00"), "bad_request"),
        (basket("b", {"code": TEA}, at="9999-12-31T23:59:59-12:00"), "bad_request"),
        (basket("b", {"code": TEA}, cashier="../x"), "bad_staff_code"),
        (basket("b", {"code": TEA}, round="mao"), "bad_request"),
        (basket("b", {"code": TEA}, fen=10**12), "absurd_change"),
        ({"id": "b", "lines": [{"code": TEA}], "tenders": [{"kind": "gold", "fen": 350}]}, "tender_not_taken"),
        ({"id": "b", "lines": [{"code": TEA}], "tenders": [{"kind": "simulated", "fen": 350}]}, "bad_tender"),
        ({"id": "b", "lines": "tea", "tenders": []}, "bad_request"),
        ({"id": 7, "lines": [{"code": TEA}], "tenders": []}, "bad_request"),
        (basket("b", {"code": "茶" * 3000}), "bad_request"),
        (basket("b", {"code": TEA, "note": "\n"}), "bad_note"),
        (basket("b", *[{"code": TEA, "price_fen": 1}] * 501), "basket_full"),
        (basket("b", {"code": TEA}, round=["jiao"]), "bad_request"),
        (basket("b", {"code": TEA, "discount_fen": ""}), "bad_request"),
        ({"id": "b", "lines": [{"code": TEA}], "tenders": [{"kind": "cash", "fen": 350, "amount": 1}]}, "bad_request"),
        ({"id": "b", "lines": {}, "tenders": []}, "bad_request"),
    ],
)
def test_a_refused_basket_says_why_and_leaves_nothing(run: Command, shop: Path, tmp_path: Path, asked, word):
    answer = run("sell", jsonl(tmp_path / "b", asked), "--shop", shop)

    assert (answer.code, answer.lines[0]["refused"]) == (1, word)
    assert run("status", "--shop", shop, "--json").json["last_receipt"] is None


def test_null_is_the_same_as_nothing(run: Command, shop: Path, tmp_path: Path):
    line = {"code": TEA, "qty": None, "price_fen": None, "discount_fen": None, "why": None, "note": None}
    nothing: dict[str, Any] = dict.fromkeys(("at", "cashier", "member", "coupons", "points", "round", "note"))

    answer = run("sell", jsonl(tmp_path / "b", basket("b1", line, **nothing)), "--shop", shop)

    assert (answer.code, answer.lines[0]["total_fen"]) == (0, 350)


def test_the_same_id_twice_is_one_sale_and_another_content_is_refused(run: Command, shop: Path, tmp_path: Path):
    first, other = basket("b1", {"code": TEA}), basket("b1", {"code": CUP})

    answer = run("sell", jsonl(tmp_path / "b", first, first, other), "--shop", shop)

    one, again, refused = answer.lines
    assert {key: again[key] for key in DOCUMENTED} == {key: one[key] for key in DOCUMENTED}
    assert (refused["refused"], refused["receipt"]) == ("id_reused", one["receipt"])


def test_a_dry_run_prices_without_tenders_and_sells_nothing(run: Command, shop: Path, tmp_path: Path):
    asked = {"id": "b1", "member": "13800000001", "lines": [{"code": TEA, "qty": "3"}]}

    answer = run("sell", jsonl(tmp_path / "b", asked), "--dry-run", "--shop", shop)

    assert (answer.code, answer.lines[0]["total_fen"], answer.lines[0]["points_earned"]) == (0, 900, 9)
    assert run("status", "--shop", shop, "--json").json["last_receipt"] is None


def test_a_dry_run_refuses_what_selling_would(run: Command, shop: Path, tmp_path: Path):
    answer = run("sell", jsonl(tmp_path / "b", {"id": "b1", "lines": []}), "--dry-run", "--shop", shop)

    assert (answer.code, answer.lines[0]["refused"]) == (1, "empty_basket")


def test_each_result_is_out_and_durable_before_the_next_basket_is_read(shop: Path):
    """A process that is killed between two baskets has sold what it said, and nothing else."""
    with selling(shop, TEA) as (process, sold):
        process.kill()
        process.wait()

    status = storeapp("status", "--shop", shop, "--json").json
    assert status["last_receipt"] == sold["receipt"]
    assert storeapp("check", "--shop", shop).code == 0


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="a Linux device")
def test_a_full_disk_under_the_results_is_told_and_the_sale_can_be_asked_for_again(shop: Path, tmp_path: Path):
    file = jsonl(tmp_path / "b", basket("b1", {"code": TEA}))
    command = [sys.executable, "-m", "storeapp.cli", "sell", str(file), "--shop", str(shop), "--json"]
    with open("/dev/full", "w", encoding="utf-8") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()}, check=False
        )

    again = storeapp("sell", file, "--shop", shop)

    assert (ended.returncode, json.loads(ended.stderr)["file"]) == (3, "standard output")
    assert again.lines[0]["repeated"] is True


def test_a_reader_that_leaves_early_is_no_fault(shop: Path, tmp_path: Path):
    file = jsonl(tmp_path / "b", *(basket(f"b{n}", {"code": TEA}) for n in range(300)))
    command = [sys.executable, "-m", "storeapp.cli", "sell", str(file), "--shop", str(shop)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()}
    )
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.readline()
    process.stdout.close()
    complaint = process.stderr.read()
    process.wait()
    process.stderr.close()

    assert complaint == b""
