"""import sales: another system's history becomes the shop's memory, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.command import CUP, TEA, Command, jsonl

WANG = "13800000001"


def past(number: str, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": number, "at": "2025-03-01T18:30:00", "lines": list(lines) or [{"code": TEA, "qty": "2"}], **more}


def test_history_is_remembered_and_changes_no_balance(run: Command, shop: Path, tmp_path: Path) -> None:
    before = run("member", "show", WANG, "--shop", shop, "--json").json
    gone = {"code": "999", "name": "停产的茶", "price_fen": 500, "discount_fen": 150, "why": "clearance"}
    file = jsonl(tmp_path / "past", past("A1", member=WANG), past("A2", {"code": CUP}, gone))

    unsent = run("status", "--shop", shop, "--json").json["unsent"]

    answer = run("import", "sales", file, "--shop", shop, "--json")

    assert answer.json == {
        "dry_run": False, "imported": True, "new": 2, "same": 0, "bad": 0, "total_fen": 700 + 1990 + 350, "faults": [],
    }  # fmt: skip
    assert run("status", "--shop", shop, "--json").json["unsent"] == unsent
    receipt = run("receipt", "H-A2", "--shop", shop, "--json").json
    assert receipt["total_fen"] == 2340
    day = run("report", "day", "--date", "2025-03-01", "--shop", shop, "--json").json
    assert (day["sales"], day["total_fen"], day["member_sales"]) == (2, 3040, 1)
    after = run("member", "show", WANG, "--shop", shop, "--json").json
    assert (after["points"], before["points"]) == (100, 100)
    assert run("check", "--shop", shop, "--json").json["ok"]


def test_the_same_file_once_more_is_known(run: Command, shop: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "past", past("A1"))
    run("import", "sales", file, "--shop", shop)

    again = run("import", "sales", file, "--shop", shop, "--json").json
    other = run("import", "sales", jsonl(tmp_path / "p2", past("A1", {"code": CUP})), "--shop", shop, "--json")

    assert (again["new"], again["same"], again["total_fen"]) == (0, 1, 0)
    assert (other.code, other.json["faults"][0]["refused"]) == (1, "id_reused")


def test_one_bad_line_keeps_everything_out_unless_it_may_be_left_out(run: Command, shop: Path, tmp_path: Path) -> None:
    bad = [
        "no json",
        past("B1", {"code": "nobody"}),
        past("B2", member="13999999999"),
        {"id": "B3", "lines": [{"code": TEA}]},
        past("B4", {"code": TEA, "qty": "-1"}),
        past("B5", {"code": TEA, "discount_fen": 9999}),
        past("B6", tenders=[{"kind": "cash", "fen": 1}]),
        past("A1"),
        past("B7", colour="red"),
        past(""),
        {"id": "B8", "at": "yesterday", "lines": [{"code": TEA}]},
        {"id": "B9", "at": "2025-03-01", "lines": []},
    ]
    file = jsonl(tmp_path / "past", past("A1"), *bad)

    kept_out = run("import", "sales", file, "--shop", shop, "--json")
    tried = run("import", "sales", file, "--shop", shop, "--json", "--skip-bad", "--dry-run")
    empty = run("report", "day", "--date", "2025-03-01", "--shop", shop, "--json").json
    taken = run("import", "sales", file, "--shop", shop, "--json", "--skip-bad")

    words = [(fault["row"], fault["refused"]) for fault in kept_out.json["faults"]]
    assert words == [
        (2, "bad_json"), (3, "unknown_code"), (4, "unknown_member"), (5, "bad_request"), (6, "bad_quantity"),
        (7, "discount_exceeds_line"), (8, "tender_short"), (10, "bad_request"), (11, "bad_request"),
        (12, "bad_request"), (13, "empty_basket"),
    ]  # fmt: skip
    assert (kept_out.code, kept_out.json["imported"], kept_out.error) == (
        1,
        False,
        {"refused": "bad_rows", "count": 11},
    )
    assert (tried.code, tried.json["imported"], empty["sales"]) == (0, False, 0)
    assert (taken.code, taken.json["new"], taken.json["bad"]) == (0, 1, 11)


def test_people_read_which_line_and_why(run: Command, shop: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "past", past("A1"), past("B1", {"code": "nobody"}))

    answer = run("import", "sales", file, "--shop", shop)

    assert answer.code == 1
    assert "2" in answer.out
    assert "nobody" in answer.out
    assert json.dumps("A1") not in answer.out
