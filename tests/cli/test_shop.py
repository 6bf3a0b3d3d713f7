"""The shop as a whole: made, looked at, checked, copied; and what is said when it cannot be opened."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storeapp.app import open_till
from storeapp.till import proving
from tests.cli.command import TEA, Command, basket, jsonl, selling, storeapp


def test_a_shop_is_made_once(run: Command, tmp_path: Path):
    first = run("init", "--shop", tmp_path / "s", "--store", "B07", "--till", "3", "--json")
    second = run("init", "--shop", tmp_path / "s", "--json")

    assert (first.code, first.json["store"], first.json["till"]) == (0, "B07", "3")
    assert (second.code, second.error["refused"]) == (1, "shop_exists")


def test_a_code_that_cannot_stand_on_a_receipt_makes_no_shop(run: Command, tmp_path: Path):
    answer = run("init", "--shop", tmp_path / "s", "--store", "S-01", "--json")

    assert (answer.code, answer.error["refused"]) == (1, "bad_code")
    assert not (tmp_path / "s").exists()


def test_a_name_too_long_for_a_receipt_makes_no_shop(run: Command, tmp_path: Path):
    answer = run("init", "--shop", tmp_path / "s", "--name", "店" * 61, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "bad_policy")
    assert not (tmp_path / "s").exists()


def test_the_demo_shop_has_everything(run: Command, tmp_path: Path):
    run("init", "--shop", tmp_path / "s", "--demo")

    status = run("status", "--shop", tmp_path / "s", "--json").json
    assert status["demo"]
    assert (status["products"] > 100, status["members"]) == (True, 12)
    assert run("check", "--shop", tmp_path / "s").code == 0


@pytest.mark.parametrize(
    "verb", [["status"], ["check"], ["sell"], ["backup"], ["sync", "--once"], ["member", "find", "x"]]
)
def test_no_shop_is_a_clear_word_and_leaves_no_folder(run: Command, tmp_path: Path, verb: list[str]):
    answer = run(*verb, "--shop", tmp_path / "none", "--json")

    assert (answer.code, answer.error["refused"]) == (1, "no_shop")
    assert not (tmp_path / "none").exists()


def test_a_second_process_is_refused_while_one_has_the_shop(shop: Path):
    with selling(shop, TEA) as (process, _sold):
        refused = storeapp("status", "--shop", shop, "--json")

    assert (refused.code, refused.error["unavailable"], refused.error["pid"]) == (3, "shop_in_use", process.pid)
    assert storeapp("status", "--shop", shop).code == 0


def test_another_key_is_told_apart_from_a_damaged_file(run: Command, shop: Path):
    key = shop / "keys" / "database.key"
    key.write_text("00" * 32)

    answer = run("status", "--shop", shop, "--json")

    assert (answer.code, answer.error["unavailable"]) == (3, "wrong_key")


def test_a_flipped_byte_is_found(run: Command, shop: Path):
    file = shop / "shop.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    answer = run("status", "--shop", shop, "--json")

    assert (answer.code, answer.error["unavailable"]) == (3, "database_damaged")


def test_a_plain_file_is_no_shop(run: Command, shop: Path):
    (shop / "shop.db").unlink()
    with sqlite3.connect(shop / "shop.db") as plain:
        plain.execute("CREATE TABLE t (x)")
    plain.close()

    assert run("status", "--shop", shop, "--json").error["unavailable"] == "database_damaged"


def test_a_backup_is_a_whole_copy(run: Command, shop: Path, tmp_path: Path):
    own = run("backup", "--shop", shop, "--json")
    named = run("backup", tmp_path / "copy.db", "--shop", shop, "--json")
    into = run("backup", tmp_path, "--shop", shop, "--json")

    assert [answer.code for answer in (own, named, into)] == [0, 0, 0]
    assert Path(own.json["backup"]).parent == shop / "backups"
    assert named.json["bytes"] == (tmp_path / "copy.db").stat().st_size > 50_000
    assert Path(into.json["backup"]).parent == tmp_path


def test_a_backup_makes_no_folder_of_its_own(run: Command, shop: Path, tmp_path: Path):
    answer = run("backup", tmp_path / "stick" / "copy.db", "--shop", shop, "--json")

    assert (answer.code, answer.error["unavailable"]) == (3, "file_unusable")
    assert not (tmp_path / "stick").exists()


def test_a_backup_takes_the_place_of_an_earlier_one_and_of_nothing_else(run: Command, shop: Path, tmp_path: Path):
    table = tmp_path / "members.csv"
    table.write_text("phone\n", encoding="utf-8")

    codes = [run("backup", to, "--shop", shop).code for to in (tmp_path / "copy.db", tmp_path / "copy.db")]
    refused = [run("backup", to, "--shop", shop, "--json").error for to in (table, shop / "shop.db")]

    assert codes == [0, 0]
    assert [(error["unavailable"], error["why"]) for error in refused] == [("file_unusable", "File exists")] * 2
    assert table.read_text(encoding="utf-8") == "phone\n"
    assert run("check", "--shop", shop).code == 0


def test_a_backup_brings_the_shop_back(run: Command, shop: Path, tmp_path: Path):
    run("sell", jsonl(tmp_path / "a", basket("b1", {"code": TEA})), "--shop", shop)
    copy = run("backup", tmp_path / "copy.db", "--shop", shop, "--json").json["backup"]
    lost = run("sell", jsonl(tmp_path / "b", basket("b2", {"code": TEA})), "--shop", shop).lines[0]

    restored = run("restore", copy, "--shop", shop, "--json")

    assert (restored.code, run("check", "--shop", shop).code) == (0, 0)
    again = run("sell", jsonl(tmp_path / "b", basket("b2", {"code": TEA})), "--shop", shop).lines[0]
    # what the lost sale had printed is never printed on another receipt
    assert again["receipt"] != lost["receipt"]
    assert again["token"] != lost["token"]


def test_with_its_keys_a_shop_comes_back_on_another_machine(run: Command, shop: Path, tmp_path: Path):
    copy, keys, other = tmp_path / "copy.db", tmp_path / "keys.json", tmp_path / "other"
    assert run("backup", copy, "--keys", keys, "--shop", shop).code == 0
    assert keys.stat().st_mode & 0o777 == 0o600

    without = run("restore", copy, "--shop", other, "--json")
    assert (without.code, without.error["unavailable"], other.exists()) == (3, "key_missing", False)
    assert run("restore", copy, "--keys", keys, "--shop", other).code == 0

    assert run("member", "show", "13800000001", "--shop", other, "--json").json["name"] == "王芳"
    assert run("check", "--shop", other).code == 0


@pytest.mark.parametrize("text", ["", "[]", '{"database": 7}', '{"database": "xyz"}'])
def test_keys_that_are_none_are_refused(run: Command, shop: Path, tmp_path: Path, text: str):
    (tmp_path / "keys").write_text(text)

    answer = run("restore", shop / "shop.db", "--keys", tmp_path / "keys", "--shop", tmp_path / "other", "--json")

    assert (answer.code, answer.error["refused"]) == (1, "bad_keys")


@pytest.mark.parametrize("data", [None, b"", b"garbage" * 1000])
def test_a_bad_backup_leaves_the_shop_as_it_was(run: Command, shop: Path, tmp_path: Path, data: bytes | None):
    if data is not None:
        (tmp_path / "copy.db").write_bytes(data)

    answer = run("restore", tmp_path / "copy.db", "--shop", shop, "--json")

    word = answer.error.get("unavailable") or answer.error.get("refused")
    assert (answer.code != 0, word) == (True, "no_such_file" if data is None else "backup_bad")
    assert run("status", "--shop", shop, "--json").json["products"] == 3


def test_a_backup_that_cannot_be_written_says_so(run: Command, shop: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")

    answer = run("backup", tmp_path / "file" / "copy.db", "--shop", shop, "--json")

    assert (answer.code, "unavailable" in answer.error) == (3, True)


def test_the_policy_is_shown_and_set(run: Command, shop: Path):
    assert run("policy", "set", "points.per_yuan", "2", "--shop", shop, "--json").json == {"points.per_yuan": 2}
    assert run("policy", "show", "points.per_yuan", "--shop", shop, "--json").json == {"points.per_yuan": 2}

    refused = run("policy", "set", "points.per_yuan", "lots", "--shop", shop, "--json")
    unknown = run("policy", "set", "sky.colour", "blue", "--shop", shop, "--json")

    assert (refused.code, refused.error["refused"], unknown.error["refused"]) == (1, "bad_policy", "unknown_policy")


def test_the_doctor_looks_at_everything(run: Command, shop: Path):
    answer = run("doctor", "--shop", shop, "--json")

    findings = {finding["what"]: finding["verdict"] for finding in answer.json["findings"]}
    assert answer.code == 0
    assert findings.keys() >= {
        "shop",
        "keys",
        "backup",
        "cloud",
        "printer",
        "scanner",
        "clock",
        "disk",
        "fonts",
        "libraries",
    }
    assert "bad" not in findings.values()


def test_the_nights_proof_is_told_with_its_first_fault(run: Command, shop: Path):
    def told() -> tuple[Any, list[str]]:
        morning = run("doctor", "--shop", shop, "--json").json["findings"]
        ledger = [f"{found['verdict']}: {found['said']}" for found in morning if found["what"] == "ledger"]
        return run("status", "--shop", shop, "--json").json["ledger_proof"], ledger

    before = told()
    with open_till(str(shop)) as till:
        proof = proving.prove(till.shop, clock=till.clock)
    well = told()
    with open_till(str(shop)) as till, till.shop.writing() as books:
        books.proofs.put(replace(proof, faults=2, first=("balance: a kept 1 fen, legs come to 0", "lots: b")))
    ill = told()
    with open_till(str(shop)) as till, till.shop.writing() as books:
        long_ago = (till.clock.now() - timedelta(days=3)).isoformat()
        books.proofs.put(replace(proof, at=long_ago))

    assert proof.faults == 0
    assert before == (None, ["look: not proven yet: the window does it at night"])
    assert well == (
        {"at": proof.at, "legs": proof.legs, "faults": 0},
        [f"good: {proof.legs} entries add up"],
    )
    assert ill[0]["faults"] == 2
    assert ill[1] == ["bad: 2 faults, first: balance: a kept 1 fen, legs come to 0"]
    assert told()[1] == [f"look: {proof.legs} entries add up, proven 3 days ago"]


def test_the_loop_is_counted_from_the_receipts_with_an_offer(run: Command, shop: Path, tmp_path: Path):
    run("policy", "set", "offer.headline", "下次立减 5 元", "--shop", shop)
    run("policy", "set", "offer.enabled", "true", "--shop", shop)
    asked = basket("b1", {"code": TEA}, at="2026-09-28T11:53:26+08:00", cashier="1007")
    run("sell", jsonl(tmp_path / "b", asked), "--shop", shop)

    told = run("report", "loop", "--date", "2026-09-28", "--shop", shop, "--json").json
    other = run("report", "loop", "--date", "2026-09-29", "--shop", shop, "--json").json

    assert (told["whole"]["printed"], other["whole"]["printed"]) == (1, 0)
    assert [(row["cashier"], row["printed"]) for row in told["by_cashier"]] == [("1007", 1)]
    assert [row["hour"] for row in told["by_hour"]] == ["11"]
