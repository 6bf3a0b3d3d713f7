"""pay and report payments, and sell with a payment code, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from storeapp.payments.fake.orders import Entry
from storeapp.payments.fake.statement import statement
from tests.cli.command import Command, jsonl
from tests.fakes.still import StillClock


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "shop"


@pytest.fixture
def demo(run: Command, made: Path) -> Path:
    if not made.exists():
        assert run("init", "--demo", "--shop", made).code == 0
    return made


def priced(run: Command, demo: Path, tmp_path: Path, code: str) -> int:
    line = {"id": "q", "lines": [{"code": code}], "tenders": []}
    told = run("sell", jsonl(tmp_path / "q", line), "--dry-run", "--shop", demo).lines[0]
    return int(told["total_fen"])


def first_code(demo: Path) -> str:
    from storeapp import app

    with app.open_till(str(demo)) as till, till.shop.reading() as books:
        return next(product.code for product in books.products.every() if product.price.fen > 100)


def test_a_code_is_charged_by_sell_and_shown_by_pay(run: Command, demo: Path, tmp_path: Path) -> None:
    code = first_code(demo)
    fen = priced(run, demo, tmp_path, code)
    paid = {
        "id": "p1",
        "lines": [{"code": code}],
        "tenders": [{"kind": "wechat", "fen": fen, "code": "130000000000000001"}],
    }
    poor = {
        "id": "p2",
        "lines": [{"code": code}],
        "tenders": [{"kind": "wechat", "fen": fen, "code": "130000000000000008"}],
    }

    sold, refused = run("sell", jsonl(tmp_path / "b", paid, poor), "--shop", demo).lines

    assert sold["total_fen"] == fen
    assert (refused["refused"], refused["state"], refused["reason"]) == (
        "payment_not_taken",
        "failed",
        "not_enough_money",
    )
    assert run("pay", "attempts", "--shop", demo, "--json").out == ""
    states = [row["state"] for row in run("pay", "attempts", "--all", "--shop", demo, "--json").lines]
    assert sorted(states)[-2:] == ["failed", "paid"]
    assert "130000000000000001" not in run("pay", "attempts", "--all", "--shop", demo, "--json").out
    back = run("refund", jsonl(tmp_path / "r", {"receipt": sold["receipt"], "reason": "坏了"}), "--shop", demo).lines[0]
    assert [set(row) for row in back["sent"]] == [{"kind", "fen", "trade_number", "state", "reason"}]
    assert [(row["kind"], row["fen"], row["state"]) for row in back["sent"]] == [("simulated", fen, "refunded")]


def test_a_shop_without_a_contract_takes_no_code(run: Command, shop: Path, tmp_path: Path) -> None:
    asked = {
        "id": "p1",
        "lines": [{"code": "6901234567892"}],
        "tenders": [{"kind": "wechat", "fen": 350, "code": "130000000000000001"}],
    }

    assert run("sell", jsonl(tmp_path / "b", asked), "--shop", shop).lines[0]["refused"] == "tender_not_taken"


def test_a_tender_without_proof_is_refused(run: Command, shop: Path, tmp_path: Path) -> None:
    asked = {"id": "p1", "lines": [{"code": "6901234567892"}], "tenders": [{"kind": "wechat", "fen": 350, "ref": "x"}]}

    told = run("sell", jsonl(tmp_path / "b", asked), "--shop", shop).lines[0]

    assert (told["refused"], told["reason"]) == ("payment_not_proven", "no_such_payment")


def test_there_is_nothing_to_settle_or_resume_in_a_tidy_shop(run: Command, shop: Path) -> None:
    assert run("pay", "resume", "--shop", shop, "--json").code == 0
    assert run("pay", "settle", "x", "accept", "--shop", shop, "--json").error["refused"] == "nothing_to_settle"
    assert run("pay", "settle", "x", "give_back", "--shop", shop, "--json").error["refused"] == "nothing_to_give_back"


def test_a_statement_names_what_the_till_does_not_know(run: Command, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_bytes(statement("wechat", [Entry(StillClock().now(), "wechat", "charge", "T0001", "", 1234)]))

    told = run("report", "payments", "--statement", file, "--shop", shop, "--json")

    assert told.code == 1
    assert told.json["findings"] == [
        {"word": "missing_here", "trade_number": "T0001", "here_fen": 0, "there_fen": 1234, "state": ""}
    ]
    assert "12.34" in run("report", "payments", "--statement", file, "--shop", shop).out
    file.write_text("a,b\n1,2\n")
    assert run("report", "payments", "--statement", file, "--shop", shop, "--json").error["refused"] == "no_statement"
