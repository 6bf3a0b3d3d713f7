"""shift: the drawer without a screen."""

from __future__ import annotations

from pathlib import Path

from storeapp import app
from storeapp.till.staff import put_staff
from tests.cli.command import TEA, Command, basket, jsonl


def test_a_day_at_the_drawer(run: Command, shop: Path, tmp_path: Path) -> None:
    opened = run("shift", "open", "--float", "20000", "--shop", shop, "--json").json
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA})), "--shop", shop)
    cash = [
        run("shift", "cash", "expense", "150", "--reason", "送水", "--id", "r1", "--shop", shop, "--json") for _ in "12"
    ]
    so_far = run("shift", "show", "--shop", shop, "--json").json
    z = run("shift", "close", "--pieces", "10000=2", "--pieces", "100=2", "--shop", shop, "--json").json

    assert opened["shift"] == 1
    assert cash[0].json["id"] == cash[1].json["id"]
    assert so_far["tenders"][0]["expected_fen"] == 20_000 + 350 - 150
    assert (z["z_number"], z["tenders"][0]["counted_fen"], z["tenders"][0]["difference_fen"]) == (1, 20_200, 0)
    assert run("shift", "show", "1", "--shop", shop, "--json").json == z
    assert z["files"] == []
    assert run("check", "--shop", shop, "--json").json["ok"]
    assert run("shift", "close", "--shop", shop, "--json").error == {"refused": "no_shift"}


def test_people_read_what_is_expected_and_what_was_counted(run: Command, shop: Path) -> None:
    run("shift", "open", "--float", "20000", "--shop", shop)

    run("shift", "cash", "drop", "1234", "--shop", shop)

    told = run("shift", "close", "--counted", "19000", "--reason", "少了", "--shop", shop).out

    # what must be there can be added up from what stands above it
    assert all(amount in told for amount in ("200.00", "−12.34", "187.66"))
    assert "190.00" in told
    assert "少了" in told


def test_what_nobody_can_count_is_refused(run: Command, shop: Path) -> None:
    run("shift", "open", "--shop", shop)

    once, twice = ["--counted", "5"], ["--counted", "cash=6"]
    for counted in (
        ["--counted", "x"], ["--counted", "gold=5"], ["--pieces", "77=1"], ["--pieces", "abc"], ["--counted", "²"],
        ["--pieces", "100=²"], ["--counted", "9" * 5000], [*once, *twice], [*once, "--pieces", "100=1"],
        ["--pieces", "100=1", "--pieces", "100=2"], [*once, "--left", "6"], [*once, "--left=-1"],
    ):  # fmt: skip
        assert run("shift", "close", *counted, "--shop", shop).code == 1
    assert run("shift", "show", "--shop", shop, "--json").json["closed_at"] == ""


def test_nobody_opens_counts_or_signs_up_under_a_name_that_is_not_on_the_list(run: Command, shop: Path) -> None:
    with app.open_till(str(shop)) as till:
        put_staff(till.shop, "1007", name="陈", role="owner", pin="100700", clock=till.clock)

    assert run("shift", "open", "--as", "9999", "--shop", shop, "--json").error["refused"] == "unknown_staff"
    assert run("shift", "open", "--as", "1007", "--shop", shop).code == 0
    for deed in (["shift", "close"], ["shift", "cash", "drop", "5", "--reason", "x"]):
        assert run(*deed, "--as", "9999", "--shop", shop, "--json").error["refused"] == "unknown_staff"
    added = run("member", "add", "13800000001", "--cashier", "9999", "--shop", shop, "--json")
    assert added.error["refused"] == "unknown_staff"


def test_who_may_not_is_let_by_who_is_named(run: Command, shop: Path) -> None:
    with app.open_till(str(shop)) as till:
        for code, role in (("1003", "manager"), ("1007", "cashier")):
            put_staff(till.shop, code, name=code, role=role, pin="100300", clock=till.clock)  # type: ignore[arg-type]  # two words of the loop
    run("shift", "open", "--float", "20000", "--as", "1007", "--shop", shop)
    drop = ["shift", "cash", "drop", "500", "--as", "1007", "--shop", shop, "--json"]

    refused = run(*drop)
    done = run(*drop, "--approver", "1003")
    closed = run("shift", "close", "--counted", "0", "--as", "1007", "--approver", "1003", "--shop", shop, "--json")

    assert (refused.error["refused"], refused.error["right"]) == ("needs_approval", "cash_move")
    assert done.json["fen"] == 500
    assert (closed.json["approver"], closed.json["unapproved"]) == ("1003", False)


def test_the_papers_of_a_shift_are_written_to_files(run: Command, shop: Path, tmp_path: Path) -> None:
    run("shift", "open", "--float", "20000", "--shop", shop)
    x, z = tmp_path / "x.png", tmp_path / "z.bin"

    so_far = run("shift", "show", "--png", x, "--paper", "58", "--shop", shop, "--json").json
    closed = run("shift", "close", "--counted", "20000", "--escpos", z, "--shop", shop, "--json").json

    assert so_far["files"] == [str(x)]
    assert x.read_bytes().startswith(b"\x89PNG")
    assert closed["files"] == [str(z)]
    assert "日结 Z1".encode("gbk") in z.read_bytes()


def test_paper_is_owed_only_when_asked_for(run: Command, shop: Path) -> None:
    run("shift", "open", "--shop", shop)
    run("shift", "show", "--print", "--shop", shop)
    run("shift", "close", "--shop", shop)
    run("shift", "show", "1", "--print", "--shop", shop)

    with app.open_till(str(shop)) as till, till.shop.reading() as books:
        assert [(job.kind, job.receipt, job.copy) for job in books.prints.queued()] == [("x", "1", 0), ("z", "1", 1)]


def test_the_shifts_of_a_day_as_table_sheet_and_workbook(run: Command, shop: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "s.pdf", tmp_path / "s.xlsx"
    assert run("report", "shift", "--date", "2020-01-01", "--shop", shop, "--json").json["shifts"] == []
    for _ in range(2):
        run("shift", "open", "--float", "20000", "--shop", shop)
        run("shift", "close", "--shop", shop)

    told = run("report", "shift", "--pdf", pdf, "--xlsx", xlsx, "--shop", shop, "--json").json
    one = run("report", "shift", "--number", "2", "--shop", shop, "--json").json
    said = run("report", "shift", "--shop", shop).out

    assert [row["z_number"] for row in told["shifts"]] == [1, 2]
    assert told["files"] == [str(pdf), str(xlsx)]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert xlsx.read_bytes().startswith(b"PK")
    assert [row["number"] for row in one["shifts"]] == [2]
    assert said.count("200.00") >= 2
    assert run("report", "shift", "--number", "9", "--shop", shop, "--json").error == {
        "refused": "unknown_shift",
        "number": 9,
    }
