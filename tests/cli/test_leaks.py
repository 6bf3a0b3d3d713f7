"""The leak radar from the command line."""

from __future__ import annotations

from pathlib import Path

from storeapp.domain.leaks import RULES
from storeapp.ui.reports.sheets import LEAKS_SAID
from tests.cli.command import CUP, Command, basket, jsonl

DAY = "2026-09-28"


def test_a_day_of_discounts_in_cash_is_shown(run: Command, shop: Path, tmp_path: Path) -> None:
    line = {"code": CUP, "discount_fen": 300, "why": "regular"}
    asked = [basket(f"b{n}", line, at=f"{DAY}T1{n}:00:00+08:00", cashier="1007", fen=3000) for n in range(3)]
    run("sell", jsonl(tmp_path / "b", *asked), "--shop", shop)

    told = run("report", "leaks", "--date", DAY, "--shop", shop, "--json").json

    [finding] = told["findings"]
    assert (finding["rule"], finding["who"], finding["count"], finding["detail"]) == (
        "cuts_before_cash",
        "1007",
        3,
        "900",
    )
    assert "1007" in run("report", "leaks", "--date", DAY, "--shop", shop).out


def test_a_day_with_nothing_to_look_at_says_so(run: Command, shop: Path) -> None:
    told = run("report", "leaks", "--date", "2020-02-29", "--shop", shop)

    assert told.code == 0
    assert "2020-02-29" in told.out


def test_every_rule_has_its_words() -> None:
    assert len(LEAKS_SAID) == len(RULES) + 1
