"""A real shop's trade, rung up by the real command and pushed over HTTP: every figure against the data itself."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Answer, storeapp
from tests.cli.serving import serving
from tests.real_year.convert import data_folder, read_year, write

STORE, POINTS_PER_YUAN, LONGEST_VERB_S = 367, 3, 1200


@dataclass(slots=True)
class Truth:
    """What the books must say, added up from the data with no code of the shop and none of the converter."""

    total_fen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    line_fen: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    household: dict[str, int] = field(default_factory=dict)
    day: dict[str, str] = field(default_factory=dict)

    def points(self, basket: str) -> int:
        return self.total_fen[basket] // 100 * POINTS_PER_YUAN

    def by_day(self) -> dict[str, tuple[int, int]]:
        """How many sales each day had, and what they came to."""
        days: dict[str, list[int]] = defaultdict(list)
        for basket, day in self.day.items():
            days[day].append(self.total_fen[basket])
        return {day: (len(totals), sum(totals)) for day, totals in days.items()}


@dataclass(frozen=True, slots=True)
class Till:
    """The shop on disk, asked by the command."""

    folder: Path

    def ask(self, *arguments: str | Path) -> Answer:
        answer = storeapp(*arguments, "--shop", self.folder, "--json", timeout_s=LONGEST_VERB_S)
        assert answer.code == 0, answer.err
        return answer


def test_two_weeks_of_a_real_shop_reach_the_cloud_to_the_cent(tmp_path: Path) -> None:
    truth = _truth(weeks=2)
    assert (len(truth.total_fen), sum(map(len, truth.line_fen.values()))) == (75, 783)

    _replay(tmp_path, truth, weeks=2)


@pytest.mark.slow
@pytest.mark.timeout(3 * LONGEST_VERB_S)
def test_the_whole_year_of_a_real_shop_reaches_the_cloud_to_the_cent(tmp_path: Path) -> None:
    truth = _truth()
    assert (len(truth.total_fen), sum(map(len, truth.line_fen.values()))) == (4194, 41_334)

    _replay(tmp_path, truth)


def _replay(folder: Path, truth: Truth, *, weeks: int | None = None) -> None:
    """Sells the first half alone and the rest as a joined till, then holds every book to the truth."""
    write(read_year(STORE, weeks=weeks), folder)
    early, late = _halves(folder / "baskets.jsonl")
    till = Till(folder / "shop")
    till.ask("init")
    till.ask("policy", "set", "points.per_yuan", str(POINTS_PER_YUAN))
    assert till.ask("import", "products", folder / "products.csv").json["bad"] == 0
    assert till.ask("import", "members", folder / "members.csv").json["new"] == len(set(truth.household.values()))
    sold = till.ask("sell", early).lines

    with serving(folder / "cloud") as (_, url):
        owner = _Owner(folder / "cloud")
        code = owner.invite()
        till.ask("join", url, code)
        sold += till.ask("sell", late).lines
        synced = till.ask("sync", "--once").json
        again = till.ask("sync", "--once").json
        known = owner.ask("token", "show", sold[-1]["token"])

    assert synced["unsent"] == 0
    assert (again["pushed"], again["acked_seq"]) == (0, synced["acked_seq"])
    assert known["state"] == "known"
    _hold_results(sold, truth)
    # the same file once more is answered from the books, and nothing is sold twice
    assert all(answer["repeated"] for answer in till.ask("sell", early).lines)
    assert till.ask("check").json == {"ok": True, "findings": []}
    assert till.ask("status").json["unsent"] == 0
    _hold_cloud(owner, truth)


class _Owner:
    """The owner at the cloud's folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.tenant = ""

    def ask(self, *arguments: str) -> dict[str, Any]:
        answer = storeapp("cloud", *arguments, "--data", self.data, "--json", timeout_s=LONGEST_VERB_S)
        assert answer.code == 0, answer.err
        told: dict[str, Any] = answer.json
        return told

    def invite(self) -> str:
        self.tenant = str(self.ask("tenant", "add", "Real")["tenant"])
        self.ask("store", "add", "S77", "Real", "--tenant", self.tenant)
        return str(self.ask("till", "invite", "--tenant", self.tenant, "--store", "S77", "--till", "7")["code"])


def _hold_results(sold: list[dict[str, Any]], truth: Truth) -> None:
    assert [answer.get("refused") for answer in sold if "refused" in answer] == []
    assert len(sold) == len(truth.total_fen) == len({answer["receipt"] for answer in sold})
    balances: dict[int, int] = defaultdict(int)
    for answer in sold:
        basket = answer["id"]
        assert (answer["total_fen"], answer["change_fen"]) == (truth.total_fen[basket], 0), basket
        assert sorted(line["net_fen"] for line in answer["lines"]) == sorted(truth.line_fen[basket]), basket
        balances[truth.household[basket]] += truth.points(basket)
        assert answer["points_earned"] == truth.points(basket), basket
        assert answer["points_balance"] == balances[truth.household[basket]], basket


def _hold_cloud(owner: _Owner, truth: Truth) -> None:
    rows = owner.ask("sales", "--tenant", owner.tenant)["sales"]
    held: dict[str, tuple[int, int]] = {}
    for row in rows:
        count, total_fen = held.get(row["business_date"], (0, 0))
        held[row["business_date"]] = (count + row["count"], total_fen + row["total_fen"])
    assert held == truth.by_day()
    checked = owner.ask("check", "--tenant", owner.tenant)
    assert (checked["ok"], checked["findings"]) == (True, [])
    assert checked["counts"]["sales"] == len(truth.total_fen)


def _truth(*, weeks: int | None = None) -> Truth:
    from pyarrow import parquet  # heavy, and only wanted here

    filters: list[tuple[str, str, int]] = [("store_id", "=", STORE)]
    if weeks is not None:
        filters.append(("week", "<=", weeks))
    truth = Truth()
    for row in parquet.read_table(data_folder() / "transactions.parquet", filters=filters).to_pylist():
        basket, cents = str(row["basket_id"]), round(row["sales_value"] * 100)
        truth.total_fen[basket] += cents
        truth.line_fen[basket].append(cents)
        truth.household[basket] = row["household_id"]
        # no offset in the data: the shop's own time
        truth.day[basket] = row["transaction_timestamp"].date().isoformat()
    return truth


def _halves(baskets: Path) -> tuple[Path, Path]:
    lines = baskets.read_text(encoding="utf-8").splitlines()
    early, late = baskets.with_name("early.jsonl"), baskets.with_name("late.jsonl")
    for file, part in ((early, lines[: len(lines) // 2]), (late, lines[len(lines) // 2 :])):
        assert all(json.loads(line)["lines"] for line in part)
        file.write_text("\n".join(part) + "\n", encoding="utf-8")
    return early, late
