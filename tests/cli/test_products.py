"""product remove: off the shelf with its units, all or nothing."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Command

SHEET = "code,name,price,barcodes,units\n7001,可乐,3.50,6900000070015,箱:24:6900000070022:80.00\n7002,矿泉水,2.00,,\n"


@pytest.fixture
def stocked(run: Command, shop: Path, tmp_path: Path) -> Path:
    sheet = tmp_path / "products.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    assert run("import", "products", sheet, "--shop", shop).code == 0
    return shop


def priced(run: Command, stocked: Path, tmp_path: Path, code: str) -> dict[str, object]:
    basket = tmp_path / "basket.json"
    basket.write_text(json.dumps({"lines": [{"code": code}]}), encoding="utf-8")
    return run("sell", basket, "--dry-run", "--shop", stocked, "--json").json


def test_what_was_removed_rings_up_no_more_nor_does_its_case(run: Command, stocked: Path, tmp_path: Path):
    removed = run("product", "remove", "6900000070015", "--shop", stocked, "--json")

    assert [row["code"] for row in removed.json["removed"]] == ["7001", "7001/箱"]
    assert priced(run, stocked, tmp_path, "7001")["refused"] == "unknown_code"
    assert priced(run, stocked, tmp_path, "6900000070022")["refused"] == "unknown_code"
    assert priced(run, stocked, tmp_path, "7002")["total_fen"] == 200
    assert run("check", "--shop", stocked).code == 0


def test_a_dry_run_and_a_code_nobody_has_remove_nothing(run: Command, stocked: Path, tmp_path: Path):
    would = run("product", "remove", "7001", "--dry-run", "--shop", stocked, "--json")
    refused = run("product", "remove", "7002", "9999", "--shop", stocked, "--json")

    assert [row["code"] for row in would.json["removed"]] == ["7001", "7001/箱"]
    assert (refused.code, refused.error["refused"], refused.error["code"]) == (1, "unknown_code", "9999")
    assert priced(run, stocked, tmp_path, "7001")["total_fen"] == 350
    assert priced(run, stocked, tmp_path, "7002")["total_fen"] == 200


def test_people_read_the_names_of_what_left(run: Command, stocked: Path):
    told = run("product", "remove", "7002", "--shop", stocked).out

    assert "7002  矿泉水" in told
