"""group: a sheet from its draft to its last order, by the command."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.command import CUP, TEA, Answer, Command, jsonl

ALICE = "13800000001"


def at(**later: int) -> str:
    return (datetime.now().astimezone() + timedelta(**later)).isoformat(timespec="seconds")


def written(folder: Path, **change: Any) -> Path:
    """The sheet in a file: tea at 2.00, 5 a person."""
    row = {
        "id": "moon",
        "name": "中秋团",
        "goods": [{"code": TEA, "price_fen": 200, "per_person": 5}, {"code": CUP, "price_fen": 1500}],
        "deadline": at(hours=2),
        "pickup_from": at(hours=2),
        "pickup_until": at(days=2),
        "leader": {"name": "张姐"},
        "reward_percent": "10",
    }
    file = folder / "moon.json"
    file.write_text(json.dumps(row | change), encoding="utf-8")
    return file


@pytest.fixture
def group(run: Command, shop: Path, tmp_path: Path) -> Command:
    """`group`, in a shop with the sheet open."""

    def command(*arguments: str | Path) -> Answer:
        return run("group", *arguments, "--shop", shop, "--json")

    assert command("add", written(tmp_path)).json["sheets"][0]["stage"] == "draft"
    assert command("open", "moon").json["sheets"][0]["stage"] == "open"
    return command


def arrived(group: Command, tmp_path: Path) -> None:
    group("add", written(tmp_path, deadline=at(minutes=-2), pickup_from=at(minutes=-1)))
    assert group("arrived", "moon").json["sheets"][0]["stage"] == "arrived"


def test_an_order_is_taken_fetched_and_paid_once(group: Command, run: Command, shop: Path, tmp_path: Path) -> None:
    order = group("order", "moon", ALICE, f"{TEA}=2", f"{CUP}=1").json
    too_early = group("pick", order["code"])
    arrived(group, tmp_path)

    part = group("pick", order["code"], "--only", f"{TEA}=1").json
    rest = group("pick", order["code"], "--id", "p1").json
    again = group("pick", order["code"], "--id", "p1").json
    twice = group("pick", order["code"])

    assert (order["name"], order["amount_fen"], order["n"]) == ("王芳", 1900, 1)
    assert too_early.error["refused"] == "pickup_not_yet"
    assert (part["due_fen"], rest["due_fen"]) == (200, 1700)
    assert part["lines"][0]["why"] == [{"reason": "group_price", "fen": 150, "note": "中秋团", "ref": "moon"}]
    assert (again["receipt"], again["repeated"]) == (rest["receipt"], True)
    assert (twice.error["refused"], twice.error["receipt"]) == ("picked_up_before", rest["receipt"])
    assert group("show", order["code"]).json["receipts"] == [part["receipt"], rest["receipt"]]
    shown = group("show", "moon").json
    assert (shown["stage"], shown["leader"], shown["reward"]) == (
        "picked",
        "张姐",
        {"net_fen": 1900, "commission_fen": 190},
    )
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


def test_sell_fetches_with_other_goods(group: Command, run: Command, shop: Path, tmp_path: Path) -> None:
    code = group("order", "moon", "王五", f"{TEA}=2").json["code"]
    arrived(group, tmp_path)
    lines = [{"code": TEA}]
    cash = [{"kind": "cash", "fen": 10_000}]
    baskets = jsonl(
        tmp_path / "baskets",
        {"id": "1", "lines": lines, "pickup": code, "tenders": cash},
        {"id": "1", "lines": lines, "pickup": code, "tenders": cash},
        {"id": "2", "pickup": {"code": code, "lines": []}, "tenders": cash},
        {"id": "3", "pickup": "TG00000000", "tenders": cash},
        {"id": "4", "pickup": 7, "tenders": cash},
    )

    first, again, twice, unknown, bad = run("sell", baskets, "--shop", shop).lines

    assert (first["total_fen"], again["receipt"]) == (350 + 400, first["receipt"])
    assert [row["refused"] for row in (twice, unknown, bad)] == ["picked_up_before", "pickup_elsewhere", "bad_request"]


def test_a_list_a_purchase_and_the_words_for_the_group(group: Command, tmp_path: Path) -> None:
    paste = tmp_path / "list.txt"
    paste.write_text("#接龙\n1. 王五 茶2\n2. 李四 咖啡1\n", encoding="utf-8")

    refused = group("import", "moon", paste)
    taken = group("import", "moon", paste, "--skip-bad").json
    bought = group("purchase", "moon", "--pdf", tmp_path / "p.pdf", "--xlsx", tmp_path / "p.xlsx").json
    text = group("share", "moon").json["text"]

    assert (refused.code, refused.error["refused"]) == (1, "bad_rows")
    assert json.loads(refused.out)["misread"] == [{"row": 3, "text": "咖啡", "reason": "unknown_goods"}]
    assert (taken["new"], len(taken["orders"])) == (1, 1)
    assert [(row["code"], row["to_buy"]) for row in bought["goods"]] == [(TEA, "2"), (CUP, "0")]
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    _sums, needs, orders = load_workbook(tmp_path / "p.xlsx").worksheets
    assert needs["E2"].value == "2 瓶"
    assert orders["C2"].value == "王五"
    assert "中秋团" in text
    assert "¥2.00" in text


def test_people_read_what_a_script_reads(group: Command, run: Command, shop: Path, tmp_path: Path) -> None:
    code = group("order", "moon", "王五", f"{TEA}=2", "--print").json["code"]

    slip = run("group", "print", code, "--shop", shop, "--png", tmp_path / "slip.png")
    said = "\n".join(
        run("group", *words, "--shop", shop).out
        for words in (("list",), ("show", "moon"), ("show", code), ("purchase", "moon"), ("share", "moon"))
    )

    assert (tmp_path / "slip.png").read_bytes().startswith(b"\x89PNG"), slip.err
    assert "王五" in said
    assert f"{code[:2]} {code[2:6]} {code[6:]}" in said
    assert group("cancel", code).json["cancelled_at"]
    assert group("show", "none").error["refused"] == "unknown_group_sheet"
    assert run("group", "close", "moon", "--shop", shop).code == 0
    assert run("group", "over", "moon", "--shop", shop).code == 0
    assert group("order", "moon", "王五", f"{TEA}=2").error["refused"] == "group_not_so"
