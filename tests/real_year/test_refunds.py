"""A real shop's baskets come back wholly, in parts and for other goods: the books exact by arithmetic of their own."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import storeapp
from tests.real_year.convert import read_year, write

STORE, LONGEST_VERB_S = 367, 1200
CASH_FEN = 50_000


def test_two_weeks_of_baskets_come_back_to_the_cent(tmp_path: Path) -> None:
    _bring_back(tmp_path, weeks=2, whole=20, partly=20, exchanged=20)


@pytest.mark.slow
@pytest.mark.timeout(3 * LONGEST_VERB_S)
def test_a_year_of_baskets_comes_back_to_the_cent(tmp_path: Path) -> None:
    _bring_back(tmp_path, weeks=None, whole=200, partly=200, exchanged=100)


def _bring_back(folder: Path, *, weeks: int | None, whole: int, partly: int, exchanged: int) -> None:
    write(read_year(STORE, weeks=weeks), folder)
    sold = _sold(folder)
    chance = random.Random(7)
    everything = chance.sample(sorted(sold), whole + partly + exchanged)
    chosen, swapped = everything[: whole + partly], everything[whole + partly :]
    requests, expected = _requests(chance, sold, chosen[:whole], chosen[whole:])
    _exchange(folder, *_exchanges(chance, sold, swapped))
    file = folder / "returns.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in requests), encoding="utf-8")

    told = _ask(folder, "refund", file).splitlines()

    answers = [json.loads(line) for line in told]
    assert [answer.get("refused") for answer in answers if "refused" in answer] == []
    back: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for answer in answers:
        back[answer["sale"]] += answer["back_fen"]
        taken[answer["sale"]] += answer["points_taken"]
        assert answer["back_fen"] == sum(line["back_fen"] for line in answer["lines"])
        assert [tender["kind"] for tender in answer["tenders"]] == (["cash"] if answer["back_fen"] else [])
    assert dict(back) == expected
    for receipt in chosen[:whole]:
        assert (back[receipt], taken[receipt]) == (sold[receipt]["total_fen"], sold[receipt]["points_earned"])
    for receipt in chosen[whole:]:
        assert taken[receipt] <= sold[receipt]["points_earned"]
    assert json.loads(_ask(folder, "check", "--json")) == {"ok": True, "findings": []}


def _exchange(folder: Path, requests: list[dict[str, Any]], expected: dict[str, int]) -> None:
    """Each ticket has one net difference: what the new goods cost, less what the old ones had cost."""
    file = folder / "exchanges.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in requests), encoding="utf-8")

    answers = [json.loads(line) for line in _ask(folder, "refund", file).splitlines()]

    for answer in answers:
        new, back = answer["exchange"], expected[answer["sale"]]
        value = min(back, new["due_fen"])
        assert (answer["back_fen"], new["value_fen"]) == (back, value)
        assert answer["net_fen"] == new["due_fen"] - back
        assert new["change_fen"] == CASH_FEN - (new["due_fen"] - value)
        given = {tender["kind"]: tender["fen"] for tender in answer["tenders"]}
        assert given == {kind: fen for kind, fen in (("cash", back - value), ("exchange", value)) if fen}


def _exchanges(
    chance: random.Random, sold: dict[str, dict[str, Any]], receipts: list[str]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Some of a basket for goods of another one, with cash enough for whatever they cost."""
    rows, expected = _requests(chance, sold, [], receipts)
    for row in rows:
        other = sold[chance.choice(sorted(sold))]["lines"]
        row["take"] = [{"code": line["code"], "qty": "1"} for line in chance.sample(other, min(3, len(other)))]
        row["tenders"] = [{"kind": "cash", "fen": CASH_FEN}]
    return rows, expected


def _sold(folder: Path) -> dict[str, dict[str, Any]]:
    _ask(folder, "init", "--json")
    for kind in ("products", "members"):
        _ask(folder, "import", kind, folder / f"{kind}.csv", "--json")
    answers = [json.loads(line) for line in _ask(folder, "sell", folder / "baskets.jsonl").splitlines()]
    return {answer["receipt"]: answer for answer in answers}


def _requests(
    chance: random.Random, sold: dict[str, dict[str, Any]], whole: list[str], partly: list[str]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The returns, and what each receipt must give back: of a line of q pieces n bring n * net / q, rounded down."""
    rows: list[dict[str, Any]] = [{"receipt": receipt, "reason": "unwanted"} for receipt in whole]
    expected = {receipt: sold[receipt]["total_fen"] for receipt in whole}
    for receipt in partly:
        lines = list(enumerate(sold[receipt]["lines"], start=1))
        some = chance.sample(lines, max(1, len(lines) // 2))
        asked = []
        expected[receipt] = 0
        for number, line in some:
            pieces = int(line["qty"])
            count = chance.randint(1, pieces)
            asked.append({"line": number, "qty": str(count)})
            expected[receipt] += line["net_fen"] * count // pieces
        rows.append({"receipt": receipt, "reason": "damaged", "restock": False, "lines": asked})
    return rows, expected


def _ask(folder: Path, *arguments: str | Path) -> str:
    answer = storeapp(*arguments, "--shop", folder / "shop", timeout_s=LONGEST_VERB_S)
    assert answer.code == 0, answer.err or answer.out[-400:]
    return answer.out
