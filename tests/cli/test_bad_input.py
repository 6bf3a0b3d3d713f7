"""Bad input at the command line: refused with what and where, never a fault of ours, never half believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from storeapp import app
from storeapp.till.staff import put_staff
from tests.cli.command import TEA, Command, basket, jsonl

HER = "13800000001"


@pytest.mark.parametrize(
    "deed",
    [
        ("member", "timeline", HER, "--page", "9" * 30),
        ("member", "timeline", HER, "--page", "-1"),
        ("member", "find", "1", "--limit", "9" * 20),
        ("referral", "list", "--limit", "-1"),
        ("member", "topup", HER, "1_000"),
        ("member", "topup", HER, "１０"),
        ("shift", "cash", "cash_in", "1e5"),
        ("coupon", "give", "--template", "x", "--to=--"),
    ],
)
def test_a_number_no_till_could_mean_is_wrong_usage(run: Command, shop: Path, deed: tuple[str, ...]) -> None:
    answer = run(*deed, "--shop", shop, "--json")

    assert (answer.code, answer.out) == (2, "")
    assert "argument" in answer.error["usage"]


def test_a_basket_that_says_a_key_twice_is_not_half_believed(run: Command, shop: Path, tmp_path: Path) -> None:
    twice = f'{{"id": "b1", "lines": [{{"code": "{TEA}", "price_fen": 350, "price_fen": 1}}], "tenders": []}}'
    endless = f'{{"id": 1e999, "lines": [{{"code": "{TEA}"}}], "tenders": []}}'
    marked = "\ufeff" + jsonl(tmp_path / "good", basket("b3", {"code": TEA})).read_text(encoding="utf-8")
    file = jsonl(tmp_path / "b", marked, twice, endless)

    answer = run("sell", file, "--shop", shop)

    assert [(line.get("refused"), line.get("line")) for line in answer.lines if line] == [
        (None, None),
        ("bad_json", 3),
        ("bad_json", 4),
    ]


def test_a_file_without_a_name_is_not_the_standard_input(run: Command, shop: Path) -> None:
    answer = run("sell", "", "--shop", shop, "--json")

    assert (answer.code, answer.error["unavailable"]) == (3, "file_unusable")


def test_why_a_file_will_not_do_is_said_in_one_language(
    run: Command, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (tmp_path / "rules").write_text('{"id": "a", "name": "b", "kind": "percent", "percent_off": 0}', encoding="utf-8")
    (tmp_path / "sheet").write_bytes("code,name,price\n1,茶,3\n".encode() + b"2,\xff,3\n")

    rules = run("promotion", "put", tmp_path / "rules", "--shop", shop)
    sheet = run("import", "products", tmp_path / "sheet", "--shop", shop)
    folder = run("import", "products", tmp_path, "--shop", shop)

    assert rules.err == "storeapp: 促销规则里的 percent_off 必须是1 到 100 的整数。\n"
    assert sheet.err.endswith("第 3 行。\n")
    assert folder.err.endswith("这是一个文件夹\n")


def test_points_that_ripened_are_told_in_words(run: Command, shop: Path) -> None:
    assert run("points", "ripen", "--shop", shop).out == "0 points of 0 sales are good now.\n"


def test_what_a_member_takes_along_is_told_in_json(run: Command, shop: Path, tmp_path: Path) -> None:
    told = run("member", "export", HER, "--pdf", tmp_path / "her.pdf", "--shop", shop, "--json").json

    assert told["files"] == [str(tmp_path / "her.pdf")]


def test_a_z_that_could_not_be_written_closes_no_shift(run: Command, shop: Path, tmp_path: Path) -> None:
    run("shift", "open", "--float", "0", "--shop", shop)

    refused = run("shift", "close", "--pdf", tmp_path / "none" / "z.pdf", "--shop", shop, "--json")

    assert (refused.code, refused.error["unavailable"]) == (3, "file_unusable")
    assert run("shift", "close", "--pdf", tmp_path / "z.pdf", "--shop", shop, "--json").json["number"] == 1


def test_a_backup_whose_keys_cannot_be_written_is_not_made(run: Command, shop: Path, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("of another shop", encoding="utf-8")

    refused = run("backup", tmp_path / "copy.db", "--keys", tmp_path / "keys", "--shop", shop, "--json")

    assert (refused.code, refused.error["file"]) == (3, str(tmp_path / "keys"))
    assert not (tmp_path / "copy.db").exists()
    assert (tmp_path / "keys").read_text(encoding="utf-8") == "of another shop"


def test_a_hand_the_shop_does_not_have_books_nothing(run: Command, shop: Path, tmp_path: Path) -> None:
    with app.open_till(str(shop)) as till:
        put_staff(till.shop, "1001", name="林", role="owner", pin="100100", clock=till.clock)
    run("policy", "set", "stored_value.enabled", "true", "--shop", shop)
    (tmp_path / "s").write_text('{"id": "a", "name": "a", "conditions": []}', encoding="utf-8")
    before = run("status", "--shop", shop, "--json").json["last_seq"]

    for deed in (
        ("member", "topup", HER, "1000"),
        ("member", "adjust", HER, "5", "--reason", "x", "--approver", "1001"),
        ("member", "note", HER, "--note", "x"),
        ("member", "timeline", HER),
        ("segment", "put", tmp_path / "s"),
        ("card", "sell", HER, "TEN"),
        ("group", "cancel", "TGAAAA"),
    ):
        answer = run(*deed, "--as", "nobody", "--shop", shop, "--json")

        assert (answer.code, answer.error) == (1, {"refused": "unknown_staff", "code": "nobody"})
    assert run("status", "--shop", shop, "--json").json["last_seq"] == before
    assert run("member", "topup", HER, "1000", "--as", "1001", "--shop", shop).code == 0
