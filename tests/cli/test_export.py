"""export: what one shop writes another takes in, to the fen; and nobody takes it who may not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl

HERS = ("phone", "name", "birthday", "note", "tags", "tier", "points", "principal_fen", "bonus_fen")
FILES = ("products.csv", "members.csv", "sales.jsonl", "journal.jsonl")


def lived_in(run: Command, shop: Path, folder: Path) -> None:
    units = folder / "units.csv"
    case = "箱:24:6901234567816:80.00:75.00;提:6::20.00"
    units.write_text(f"code,name,price,units\nC1,茶箱装,3.50,{case}\n", encoding="utf-8")
    assert run("import", "products", units, "--shop", shop).code == 0
    run("member", "note", "13800000001", "--note", '爱喝,"无糖"', "--tags", "团长,老街坊", "--shop", shop)
    run("member", "consent", "13800000001", "marketing", "yes", "--shop", shop)
    rows = [
        basket("b1", {"code": TEA, "qty": "2"}, member="13800000001"),
        basket("b2", {"code": TEA, "discount_fen": 50, "why": "damaged"}),
    ]
    assert run("sell", jsonl(folder / "b", *rows), "--shop", shop).code == 0


def test_another_shop_takes_in_what_this_one_writes(run: Command, shop: Path, tmp_path: Path) -> None:
    lived_in(run, shop, tmp_path)
    out, other = tmp_path / "out", tmp_path / "other"

    told = run("export", out, "--shop", shop, "--json").json["files"]

    assert tuple(told) == FILES
    assert run("init", "--shop", other, "--name", "新店").code == 0
    for kind, name in (("products", "products.csv"), ("members", "members.csv"), ("sales", "sales.jsonl")):
        taken = run("import", kind, out / name, "--shop", other, "--json")
        assert (taken.code, taken.json["new"] if kind != "products" else told[name]) == (0, told[name]), taken.error
    hers, theirs = (run("member", "export", "13800000001", "--shop", at).json for at in (shop, other))
    for key in HERS:
        assert hers[key] == theirs[key], key
    assert [sale["total_fen"] for sale in theirs["sales"]] == [sale["total_fen"] for sale in hers["sales"]]
    again = tmp_path / "again"
    assert run("export", again, "--shop", other).code == 0
    # goods and members come round unchanged
    assert (again / "products.csv").read_text() == (out / "products.csv").read_text()
    assert (again / "members.csv").read_text() == (out / "members.csv").read_text()
    assert run("check", "--shop", other).code == 0


def test_the_journal_goes_along_whole_and_says_that_it_did(run: Command, shop: Path, tmp_path: Path) -> None:
    lived_in(run, shop, tmp_path)

    run("export", tmp_path / "out", "--shop", shop)

    rows = [json.loads(line) for line in (tmp_path / "out" / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert (rows[-1]["type"], rows[-1]["body"]["members"]) == ("shop.exported", 1)
    assert [row["body"]["total_fen"] for row in rows if row["type"] == "sale"] == [600, 300]


def test_files_are_their_owners_and_never_written_over(run: Command, shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("export", out, "--shop", shop).code == 0
    before = {name: (out / name).read_bytes() for name in FILES}

    again = run("export", out, "--shop", shop, "--json")

    assert (again.code, again.error["unavailable"]) == (3, "file_unusable")
    assert {name: (out / name).read_bytes() for name in FILES} == before
    assert {stat.S_IMODE((out / name).stat().st_mode) for name in FILES} == {0o600}


def test_a_cashier_takes_no_members_home(run: Command, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    assert run("init", "--demo", "--shop", shop).code == 0

    answer = run("export", tmp_path / "out", "--as", "1007", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"], answer.error["right"]) == (1, "needs_approval", "personal_data")
    assert list((tmp_path / "out").iterdir()) == []
