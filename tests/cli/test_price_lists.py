"""price-list: drafted from a file, live, ended; a bad file changes nothing."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Command

VIP = {"id": "vip", "name": "会员日", "prices": {"1001": 280}}


@pytest.fixture
def stocked(run: Command, shop: Path, tmp_path: Path) -> Path:
    sheet = tmp_path / "products.csv"
    sheet.write_text("code,name,price\n1001,红茶,3.50\n", encoding="utf-8")
    run("import", "products", sheet, "--shop", shop)
    return shop


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lists.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_goes_live_and_the_next_basket_costs_what_it_says(run: Command, stocked: Path, tmp_path: Path):
    put = run("price-list", "put", written(tmp_path, json.dumps(VIP)), "--shop", stocked, "--json")
    live = run("price-list", "live", "vip", "--shop", stocked, "--json")

    basket = written(tmp_path, json.dumps({"lines": [{"code": "1001"}]}))
    sold = run("sell", basket, "--dry-run", "--shop", stocked, "--json")

    assert [row["state"] for row in (*put.json["price_lists"], *live.json["price_lists"])] == ["draft", "live"]
    assert sold.json["lines"][0]["why"][0]["reason"] == "price_list"
    assert sold.json["total_fen"] == 280
    shown = run("price-list", "show", "vip", "--shop", stocked, "--json").json
    assert (shown["price_list"], [word["state"] for word in shown["history"]]) == (VIP, ["draft", "live"])
    assert run("price-list", "end", "vip", "--shop", stocked, "--json").json["price_lists"][0]["state"] == "ended"


def test_faulty_rows_are_told_to_a_script_and_nothing_changes(run: Command, stocked: Path, tmp_path: Path):
    bad = written(tmp_path, json.dumps(VIP | {"prices": {"1001": -5}}))

    answer = run("price-list", "put", bad, "--shop", stocked, "--json")

    assert (answer.code, answer.error["refused"], answer.error["row"]) == (1, "bad_prices", 1)
    assert answer.error["faults"][0]["reason"] == "negative"
    assert run("price-list", "list", "--shop", stocked, "--json").json == {"price_lists": []}
    two = written(tmp_path, json.dumps(VIP | {"prices": {"777": 5, "1001": 280, "888": 5}}))
    told = run("price-list", "put", two, "--shop", stocked).out.splitlines()
    assert [line.split(" ")[0] for line in told] == ["!", "!"]
    assert ["777" in told[0], "888" in told[1]] == [True, True]


def test_a_product_that_stands_twice_in_the_file_is_refused(run: Command, stocked: Path, tmp_path: Path):
    twice = written(tmp_path, '{"id": "vip", "name": "x", "prices": {"1001": 280, "1001": 290}}')

    answer = run("price-list", "put", twice, "--shop", stocked, "--json")

    assert (answer.code, answer.error["refused"], answer.error["field"]) == (1, "bad_price_list", "1001")


def test_prices_come_from_a_sheet(run: Command, stocked: Path, tmp_path: Path):
    sheet = tmp_path / "new.csv"
    sheet.write_text("条码,新价\n1001,2.80\n", encoding="utf-8")

    made = run("price-list", "import", "oct", sheet, "--name", "国庆", "--shop", stocked, "--json")

    assert made.json["price_lists"][0] | {"changed_at": ""} == {
        "id": "oct", "name": "国庆", "version": 1, "state": "draft", "changed_at": "", "by": ""
    }  # fmt: skip
    sheet.write_text("条码,新价\n1001,0\n", encoding="utf-8")
    told = run("price-list", "import", "oct", sheet, "--shop", stocked)
    assert (told.code, told.out.startswith("! ")) == (1, True)
    shown = run("price-list", "show", "oct", "--shop", stocked, "--json").json
    assert shown["price_list"]["prices"] == {"1001": 280}
