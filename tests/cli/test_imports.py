"""import: what people hand over, good or garbage, and what the command makes of it."""

import os
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import TEA, Command, basket, jsonl


def put(folder: Path, data: str | bytes) -> Path:
    file = folder / "sheet"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def test_every_bad_row_is_named_and_nothing_is_imported(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, f"code,name,price,barcodes\nA1,好的,3,\nA2,,3.505,\nA3,重复,1,{TEA}\nA1,又来,2,\n")

    answer = run("import", "products", sheet, "--shop", shop, "--json")

    told = answer.json
    assert answer.code == 1
    assert answer.error == {"refused": "bad_rows", "count": 3}
    assert [(fault["row"], fault["column"], fault["reason"]) for fault in told["faults"]] == [
        (3, "price", "too_many_decimals"),
        (4, "barcodes", "barcode_taken"),
        (5, "code", "duplicate"),
    ]
    assert (told["imported"], told["new"], told["bad"]) == (False, 1, 3)
    assert run("status", "--shop", shop, "--json").json["products"] == 3


def test_skip_bad_takes_the_good_rows(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, "code,name,price\nA1,好的,3\nA2,坏的,-3\n")

    answer = run("import", "products", sheet, "--shop", shop, "--json", "--skip-bad")

    assert (answer.code, answer.json["imported"]) == (0, True)
    assert run("status", "--shop", shop, "--json").json["products"] == 4


def test_a_dry_run_tells_the_difference_and_changes_nothing(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, f"条码,品名,售价\n{TEA},茶,4.00\n00123,大米,12.80\n777,新品,1\n")

    told = run("import", "products", sheet, "--shop", shop, "--json", "--dry-run").json

    assert told["diff"] == {"new": ["777"], "changed": [{"code": TEA, "fields": {"price_fen": [350, 400]}}]}
    assert (told["same"], told["imported"]) == (1, False)
    assert told["columns"] == [
        {"header": "条码", "column": "barcodes"},
        {"header": "品名", "column": "name"},
        {"header": "售价", "column": "price"},
    ]
    sold = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA})), "--shop", shop)
    assert sold.lines[0]["total_fen"] == 350


def test_people_read_the_columns_the_difference_and_the_faults(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, f"条码,品名,售价,产地\n{TEA},茶,4.00,杭州\n777,新品,x,\n")

    answer = run("import", "products", sheet, "--shop", shop, "--dry-run", "--skip-bad")

    assert "售价                price" in answer.out
    assert "产地                not read" in answer.out
    assert f"~ {TEA}  茶  price_fen: 3.50 -> 4.00" in answer.out
    assert "! row 3, 售价: “x” is not an amount in yuan" in answer.out


def test_an_excel_file_is_read_with_its_zeros(run: Command, shop: Path, tmp_path: Path):
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["货号", "品名", "售价", "条码"])
    page.append(["00077", "酱油", 9.9, 6902265360100])
    book.save(tmp_path / "sheet.xlsx")

    assert run("import", "products", tmp_path / "sheet.xlsx", "--shop", shop).code == 0

    baskets = jsonl(tmp_path / "b", basket("b1", {"code": "00077"}, {"code": "6902265360100"}))
    sold = run("sell", baskets, "--shop", shop).lines[0]
    assert [(line["code"], line["net_fen"]) for line in sold["lines"]] == [("00077", 990), ("00077", 990)]


@pytest.mark.parametrize("kind", ["products", "members"])
@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "not_a_table"),
        (os.urandom(10_000_000), "not_a_table"),
        ("垃圾;" * 1_000_000, "columns_missing"),
        (b"PK\x03\x04" + b"\0" * 5000, "not_a_table"),
        ("品名,颜色\n茶,绿\n", "columns_missing"),
        ('code,phone,name,price\n1,13800000009,"never closed,3\n', "not_a_table"),
    ],
    ids=["empty", "binary", "words", "zip", "header", "quote"],
)
def test_garbage_is_refused_with_a_word_and_changes_nothing(
    run: Command, shop: Path, tmp_path: Path, kind: str, data: str | bytes, word: str
):
    answer = run("import", kind, put(tmp_path, data), "--shop", shop, "--json")

    assert (answer.code, answer.out, answer.error["refused"]) == (1, "", word)
    status = run("status", "--shop", shop, "--json").json
    assert (status["products"], status["members"]) == (3, 1)


def test_a_file_that_is_not_there_is_named(run: Command, shop: Path, tmp_path: Path):
    answer = run("import", "products", tmp_path / "nothing.csv", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "no_such_file")


def test_members_bring_their_balances_and_the_sums_are_shown(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, "手机,姓名,积分,储值,赠金\n13800000002,李雷,20,10.50,1\n13800000003,,5,,\n")

    answer = run("import", "members", sheet, "--shop", shop, "--json")

    assert answer.code == 0
    assert answer.json["file"] == answer.json["booked"] == {"points": 25, "principal_fen": 1050, "bonus_fen": 100}
    shown = run("member", "show", "13800000002", "--shop", shop, "--json").json
    assert (shown["points"], shown["principal_fen"], shown["bonus_fen"]) == (20, 1050, 100)
    assert run("check", "--shop", shop).code == 0


def test_members_known_already_are_refused_and_their_phones_stay_hidden(run: Command, shop: Path, tmp_path: Path):
    sheet = put(tmp_path, "phone,points\n13800000001,100\n12,5\n")

    answer = run("import", "members", sheet, "--shop", shop)

    assert answer.code == 1
    assert "13800000001" not in answer.out + answer.err
    assert "is a member already" in answer.out
    assert "is not a mobile number" in answer.out


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_a_hundred_thousand_products_are_in_within_a_minute(run: Command, shop: Path, tmp_path: Path):
    rows = "\n".join(f"{n:06d},品名{n},{n % 90}.50,690{n:010d}" for n in range(100_000))

    answer = run("import", "products", put(tmp_path, f"code,name,price,barcodes\n{rows}\n"), "--shop", shop, "--json")

    assert (answer.code, answer.json["new"]) == (0, 100_000)
