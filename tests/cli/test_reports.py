"""The day's report from the command line: the same figures as JSON, as a table and as one sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import CUP, TEA, Command, basket, jsonl

DAY = "2026-09-28"


def test_a_day_is_reported_as_it_was_sold(run: Command, shop: Path, tmp_path: Path) -> None:
    asked = (
        basket("b1", {"code": TEA, "qty": "2"}, {"code": CUP}, at=f"{DAY}T11:53:26+08:00", cashier="1007", fen=3000),
        basket("b2", {"code": TEA}, at=f"{DAY}T17:05:00+08:00", cashier="1008", fen=350),
        basket("b3", {"code": TEA}, at="2026-09-29T09:00:00+08:00", cashier="1008", fen=350),
    )
    run("sell", jsonl(tmp_path / "b", *asked), "--shop", shop)
    sheet = tmp_path / "day.pdf"

    told = run("report", "day", "--date", DAY, "--pdf", sheet, "--shop", shop, "--json").json

    assert (told["sales"], told["total_fen"]) == (2, 2690 + 350)
    assert told["taken"] == [{"kind": "cash", "sales": 2, "fen": 3040, "back_fen": 0}]
    assert [(row["hour"], row["total_fen"]) for row in told["by_hour"]] == [("11", 2690), ("17", 350)]
    assert [(good["code"], good["qty"], good["net_fen"]) for good in told["goods"]] == [
        (CUP, "1", 1990),
        (TEA, "3", 1050),
    ]
    assert told["files"] == [str(sheet)]
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "30.40" in run("report", "day", "--date", DAY, "--shop", shop).out


def test_a_day_without_a_sale_is_no_fault(run: Command, shop: Path) -> None:
    told = run("report", "day", "--date", "2020-02-29", "--shop", shop, "--json")

    assert told.code == 0
    assert (told.json["sales"], told.json["taken"], told.json["goods"]) == (0, [], [])


def test_stock_follows_what_was_sold_in_either_unit(run: Command, shop: Path, tmp_path: Path) -> None:
    goods = tmp_path / "goods.csv"
    goods.write_text(
        f"条码,品名,售价,单位,库存,多单位\n{TEA},茶,3.50,瓶,100,箱:15:6921168509999:45.00\n", encoding="utf-8"
    )
    run("import", "products", goods, "--shop", shop)
    sold = basket("b1", {"code": "6921168509999", "qty": "2"}, {"code": TEA}, fen=9350)

    line = run("sell", jsonl(tmp_path / "b", sold), "--shop", shop, "--json").json

    assert (line["total_fen"], line["lines"][0]["name"]) == (9350, "茶（箱×15）")
    [tea] = run("report", "stock", "--shop", shop, "--json").json["stock"]
    assert (tea["code"], tea["counted"], tea["sold"], tea["left"]) == (TEA, "100", "31", "69")
    assert "69 瓶" in run("report", "stock", "--shop", shop).out


def test_commissions_of_a_month_are_told_written_and_asked_for_rightly(
    run: Command, shop: Path, tmp_path: Path
) -> None:
    run("policy", "set", "commission.staff", "all 2", "--shop", shop)
    asked = basket("b1", {"code": CUP}, at=f"{DAY}T11:53:26+08:00", cashier="1007", fen=1990)
    run("sell", jsonl(tmp_path / "b", asked), "--shop", shop)
    sheet, book = tmp_path / "c.pdf", tmp_path / "c.xlsx"

    told = run("report", "commissions", "--month", DAY[:7], "--pdf", sheet, "--xlsx", book, "--shop", shop, "--json")

    # the percents are those in force when the month ended
    assert [(each["who"], each["net_fen"], each["sales"]) for each in told.json["staff"]] == [("1007", 1990, 1)]
    assert sheet.read_bytes().startswith(b"%PDF")
    assert book.read_bytes().startswith(b"PK")
    assert "1007" in run("report", "commissions", "--month", DAY[:7], "--shop", shop).out
    assert run("report", "commissions", "--month", "2026", "--shop", shop).code == 2


OF_A_DAY = ("liability", "day", "shift", "leaks")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "today"])
@pytest.mark.parametrize("report", OF_A_DAY)
def test_a_day_no_shop_has_is_wrong_usage(run: Command, shop: Path, report: str, day: str) -> None:
    assert run("report", report, "--date", day, "--shop", shop, "--json").code == 2
