"""A real year's 2,469 households moved in with what they hold, then refunded, merged and erased at random: books exact.

What they hold is made up by a rule: a household's number gives birthday, consent, points and stored value. The second
count is plain SQL over legs and journal, which knows no account's kept balance.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storeapp import app
from storeapp.app import Till
from storeapp.database.books import OpenBooks
from storeapp.database.tables.compiled import compiled
from storeapp.domain.member import normal_phone
from storeapp.domain.refund import Asked, NothingToRefund, RefundTooMuch
from storeapp.till.members import erase
from storeapp.till.merging import Merge, merge
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.cli.command import storeapp
from tests.real_year.convert import data_folder, phone, read_year, write

STORE, HOUSEHOLDS, LONGEST_VERB_S = 367, 2_469, 1_200
SUMS = {
    "points": "SELECT coalesce(sum(l.amount), 0) FROM ledger_leg l JOIN account a ON a.id = l.account"
    " WHERE substr(a.name, 1, 4) = 'pts:' OR substr(a.name, 1, 9) = 'debt.pts:'",
    "principal": "SELECT coalesce(sum(l.amount), 0) FROM ledger_leg l JOIN account a ON a.id = l.account"
    " WHERE substr(a.name, 1, 14) = 'val.principal:'",
    "bonus": "SELECT coalesce(sum(l.amount), 0) FROM ledger_leg l JOIN account a ON a.id = l.account"
    " WHERE substr(a.name, 1, 10) = 'val.bonus:'",
    "earned": "SELECT coalesce(sum(json_extract(CAST(body AS TEXT), '$.points_earned')), 0) FROM journal"
    " WHERE type = 'sale'",
    "hers": "SELECT m.member_id, coalesce(sum(l.amount), 0) FROM member m"
    " LEFT JOIN account a ON a.name IN ('pts:' || m.member_id, 'debt.pts:' || m.member_id)"
    " LEFT JOIN ledger_leg l ON l.account = a.id GROUP BY m.member_id",
    "earned_by": "SELECT json_extract(CAST(body AS TEXT), '$.member_id'),"
    " sum(json_extract(CAST(body AS TEXT), '$.points_earned')) FROM journal WHERE type = 'sale' GROUP BY 1",
}


def held(household: int) -> dict[str, str]:
    """The rule: who a household is and what it brings along."""
    principal = household % 90 * 100 if household % 5 == 0 else 0
    return {
        "phone": phone(household),
        "name": f"Household {household}",
        "birthday": f"{1 + household % 12:02d}-{1 + household % 28:02d}",
        "consent": "是" if household % 3 else "否",
        "points": str(household * 37 % 1000),
        "储值": f"{principal / 100:.2f}",
        "赠金": f"{principal / 400:.2f}",
    }


def households() -> list[int]:
    """Everybody who ever bought anything in the year, in any store."""
    from pyarrow import parquet  # heavy, and only wanted here

    column = parquet.read_table(data_folder() / "transactions.parquet", columns=["household_id"])["household_id"]
    return sorted(column.unique().to_pylist())


def test_households_move_in_and_out_with_exact_books(tmp_path: Path) -> None:
    _live(tmp_path, people=150, weeks=1, deeds=60)


@pytest.mark.slow
@pytest.mark.timeout(3 * LONGEST_VERB_S)
def test_all_households_of_the_year_move_in_and_a_thousand_are_refunded_merged_and_erased(tmp_path: Path) -> None:
    _live(tmp_path, people=None, weeks=None, deeds=1_000)


def _live(folder: Path, *, people: int | None, weeks: int | None, deeds: int) -> None:
    year = read_year(STORE, weeks=weeks)
    everybody = households()
    assert len(everybody) == HOUSEHOLDS
    # those who bought here are always among them
    chosen = everybody if people is None else sorted({*year.households, *everybody[:people]})
    write(year, folder)
    rows = [held(household) for household in chosen]
    _write(folder / "members.csv", rows)

    told = _move_in(folder)

    brought = {
        "points": sum(int(row["points"]) for row in rows),
        "principal": sum(_fen(row["储值"]) for row in rows),
        "bonus": sum(_fen(row["赠金"]) for row in rows),
    }
    assert told["new"] == len(chosen)
    assert told["file"] == told["booked"]
    assert (told["file"]["points"], told["file"]["principal_fen"], told["file"]["bonus_fen"]) == tuple(brought.values())
    with _till(folder) as till:
        _is_what_sql_says(till, rows, brought)
        done = _at_random(till, rows, random.Random(11), deeds)
        assert min(done.values()) > deeds // 10
        assert till.shop.check() == ()
        _nothing_is_lost(till, brought)


def _move_in(folder: Path) -> dict[str, Any]:
    _ask(folder, "init")
    _ask(folder, "import", "products", folder / "products.csv")
    told: dict[str, Any] = json.loads(_ask(folder, "import", "members", folder / "members.csv"))
    _ask(folder, "sell", folder / "baskets.jsonl")
    return told


def _is_what_sql_says(till: Till, rows: list[dict[str, str]], brought: dict[str, int]) -> None:
    """Each household's points are what it brought and what its sales earned, added up from the journal by SQL."""
    hers, earned = dict(_rows(till, "hers")), dict(_rows(till, "earned_by"))
    with till.shop.reading() as books:
        for row in rows:
            member = books.members.by_phone(normal_phone(row["phone"]))
            assert member is not None
            assert member.birthday == row["birthday"]
            assert hers[member.member_id] == int(row["points"]) + earned.get(member.member_id, 0)
            assert books.ledger.balance(f"pts:{member.member_id}", "pts") == hers[member.member_id]
    assert _one(till, "points") == brought["points"] + _one(till, "earned")
    assert (_one(till, "principal"), _one(till, "bonus")) == (brought["principal"], brought["bonus"])


def _at_random(till: Till, rows: list[dict[str, str]], chance: random.Random, deeds: int) -> dict[str, int]:
    done = dict.fromkeys(("refund", "merge", "erase"), 0)
    with till.shop.reading() as books:
        receipts = [sale.receipt for sale in books.sales.every()]
        # in the sheet's order: ids are made by chance, and would be other people's in every run
        found = [books.members.by_phone(normal_phone(row["phone"])) for row in rows]
    everybody = [member.member_id for member in found if member is not None]
    for _ in range(deeds):
        left = {member_id for member_id, _ in _rows(till, "hers")}
        alive = [member_id for member_id in everybody if member_id in left]
        kind = chance.choice(sorted(done))
        try:
            if kind == "refund":
                order = RefundOrder(chance.choice(receipts), "script", "unwanted", (Asked(1, 1000),), prints=False)
                refund(till.shop, order, clock=till.clock, ids=till.ids)
            elif kind == "merge":
                kept, gone = chance.sample(alive, 2)
                merge(till.shop, Merge(kept, gone, "同一人", "script"), clock=till.clock, ids=till.ids)
            else:
                _erase(till, chance.choice(alive))
        except (RefundTooMuch, NothingToRefund):
            # it came back before
            continue
        done[kind] += 1
    return done


def _erase(till: Till, member_id: str) -> None:
    with till.shop.reading() as books:
        left = books.ledger.balance(f"val.principal:{member_id}", "fen")
    if left:
        order = PayBackOrder(member_id, "customer", "注销", "cash", "script", prints=False)
        pay_back(till.shop, order, clock=till.clock, ids=till.ids)
    erase(till.shop, member_id, clock=till.clock)


def _nothing_is_lost(till: Till, brought: dict[str, int]) -> None:
    """Whatever was done: what all members hold is what came in, less what the journal says went out."""
    refunds = [json.loads(body) for (body,) in _plain(till, "SELECT body FROM journal WHERE type = 'refund'")]
    legs = [leg for refunded in refunds for leg in refunded["ledger"]["legs"]]
    taken = -sum(leg["amount"] for leg in legs if leg["account"].startswith(("pts:", "debt.pts:")))
    assert taken > 0
    assert _one(till, "points") == brought["points"] + _one(till, "earned") - taken
    paid_back = [json.loads(body) for (body,) in _plain(till, "SELECT body FROM journal WHERE type = 'topup_refund'")]
    assert paid_back
    assert _one(till, "principal") == brought["principal"] - sum(doc["principal_fen"] for doc in paid_back)
    assert _one(till, "bonus") == brought["bonus"] - sum(doc["bonus_fen"] for doc in paid_back)
    gone = _plain(
        till,
        "SELECT m.gone, a.name, sum(l.amount) FROM member_merged m JOIN account a ON substr(a.name, -36) = m.gone"
        " JOIN ledger_leg l ON l.account = a.id GROUP BY a.id HAVING sum(l.amount) <> 0",
    )
    assert gone == []


def _one(till: Till, what: str) -> int:
    return int(_rows(till, what)[0][0])


def _rows(till: Till, what: str) -> list[Any]:
    return _plain(till, SUMS[what])


def _plain(till: Till, sql: str) -> list[Any]:
    with till.shop.reading() as books:
        assert isinstance(books, OpenBooks)
        return list(books._work.each(compiled(text(sql))))


@contextmanager
def _till(folder: Path) -> Iterator[Till]:
    with app.open_till(str(folder / "shop")) as till:
        yield till


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _fen(yuan: str) -> int:
    return round(float(yuan) * 100)


def _ask(folder: Path, *arguments: str | Path) -> str:
    answer = storeapp(*arguments, "--shop", folder / "shop", "--json", timeout_s=LONGEST_VERB_S)
    assert answer.code == 0, answer.err or answer.out[-400:]
    return answer.out
