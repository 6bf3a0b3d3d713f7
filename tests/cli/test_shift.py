"""shift: the drawer without a screen."""

from __future__ import annotations

from pathlib import Path

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
    assert run("check", "--shop", shop, "--json").json["ok"]
    assert run("shift", "close", "--shop", shop, "--json").error == {"refused": "no_shift"}


def test_people_read_what_is_expected_and_what_was_counted(run: Command, shop: Path) -> None:
    run("shift", "open", "--float", "20000", "--shop", shop)

    told = run("shift", "close", "--counted", "19000", "--reason", "少了", "--shop", shop).out

    assert "200.00" in told
    assert "190.00" in told
    assert "少了" in told


def test_what_nobody_can_count_is_refused(run: Command, shop: Path) -> None:
    run("shift", "open", "--shop", shop)

    for counted in (["--counted", "x"], ["--counted", "gold=5"], ["--pieces", "77=1"], ["--pieces", "abc"]):
        assert run("shift", "close", *counted, "--shop", shop).code == 1
    assert run("shift", "show", "--shop", shop, "--json").json["closed_at"] == ""
