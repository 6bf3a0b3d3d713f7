"""refund: goods come back from a script, and the books stay exact."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import CUP, TEA, Command, basket, jsonl


def test_a_return_a_second_one_and_one_too_many(run: Command, shop: Path, tmp_path: Path) -> None:
    sold = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA, "qty": "2"}, {"code": CUP})), "--shop", shop)
    receipt = sold.lines[0]["receipt"]
    part = {"id": "r1", "receipt": receipt, "lines": [{"line": 1, "qty": "1"}], "reason": "坏了"}
    rest = {"id": "r2", "receipt": receipt, "reason": "不想要了", "restock": False}

    told = run("refund", jsonl(tmp_path / "r", part, rest, rest | {"id": "r3"}, part, "no json"), "--shop", shop)

    first, second, third, again, broken = told.lines
    assert told.code == 1
    assert (first["total_fen"], first["back_fen"], first["tenders"]) == (350, 350, [{"kind": "cash", "fen": 350}])
    assert (second["back_fen"], [line["restock"] for line in second["lines"]]) == (350 + 1990, [False, False])
    assert third["refused"] == "nothing_to_refund"
    assert (again["repeated"], again["receipt"]) == (True, first["receipt"])
    assert broken["refused"] == "bad_json"
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


def test_a_misspelt_key_takes_nothing_back(run: Command, shop: Path, tmp_path: Path) -> None:
    receipt = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA})), "--shop", shop).lines[0]["receipt"]
    bad = [
        {"receipt": receipt, "reason": "x", "line": 1},
        {"receipt": receipt, "reason": "x", "lines": [{"line": "1", "qty": "1"}]},
        {"receipt": receipt, "reason": "x", "lines": [{"line": 1, "qty": "-1"}]},
        {"receipt": receipt, "reason": "x", "kind": "gift"},
        {"receipt": receipt, "reason": "x", "restock": "yes"},
        {"receipt": "S01-1-20260928-9999", "reason": "x"},
        {"receipt": receipt, "reason": ""},
        {"receipt": receipt, "reason": "x", "lines": []},
        {"receipt": receipt, "reason": "x", "at": "2020-01-01"},
    ]

    words = [row["refused"] for row in run("refund", jsonl(tmp_path / "r", *bad), "--shop", shop).lines]

    assert words == [
        "bad_request", "bad_request", "bad_quantity", "bad_request", "bad_request", "unknown_receipt",
        "refund_reason_missing", "nothing_to_refund", "bad_request",
    ]  # fmt: skip


def test_the_slip_of_a_refund_is_read_like_a_receipt(run: Command, shop: Path, tmp_path: Path) -> None:
    sold = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA, "qty": "2"})), "--shop", shop)
    receipt = sold.lines[0]["receipt"]
    part = {"receipt": receipt, "lines": [{"line": 1, "qty": "1"}], "reason": "坏了"}
    number = run("refund", jsonl(tmp_path / "r", part), "--print", "--shop", shop).lines[0]["receipt"]
    files = [tmp_path / name for name in ("r.bin", "r.png", "r.pdf")]

    text = run("receipt", number, "--shop", shop).out
    told = run("receipt", number, "--shop", shop, "--json").json
    made = run("receipt", number, "--shop", shop, "--escpos", files[0], "--png", files[1], "--pdf", files[2])

    assert all(word in text for word in ("退款", number, receipt, "坏了", "-3.50"))
    assert (told["back_fen"], told["sale_receipt"], "ledger" in told) == (350, receipt, False)
    assert made.code == 0
    assert [file.read_bytes()[:2] for file in files] == [b"\x1b@", b"\x89P", b"%P"]


def test_an_exchange_is_one_ticket_and_the_books_are_exact(run: Command, shop: Path, tmp_path: Path) -> None:
    sold = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA, "qty": "2"}, {"code": CUP})), "--shop", shop)
    receipt = sold.lines[0]["receipt"]
    dearer = {
        "id": "x1", "receipt": receipt, "lines": [{"line": 1, "qty": "1"}], "reason": "换大的",
        "take": [{"code": CUP}], "tenders": [{"kind": "cash", "fen": 2000}],
    }  # fmt: skip
    short = dearer | {"id": "x2", "tenders": []}
    cheaper = {
        "id": "x3",
        "receipt": receipt,
        "lines": [{"line": 2, "qty": "1"}],
        "reason": "换",
        "take": [{"code": TEA}],
    }
    lonely = {"receipt": receipt, "reason": "x", "tenders": []}

    told = run("refund", jsonl(tmp_path / "r", dearer, short, cheaper, dearer, lonely), "--print", "--shop", shop)

    first, missing, second, again, wrong = told.lines
    assert (first["net_fen"], first["exchange"]["value_fen"], first["exchange"]["change_fen"]) == (1640, 350, 360)
    assert missing["refused"] == "tender_short"
    assert (second["net_fen"], second["tenders"]) == (
        -1640, [{"kind": "cash", "fen": 1640}, {"kind": "exchange", "fen": 350}],
    )  # fmt: skip
    assert (again["repeated"], again["exchange"]["receipt"]) == (True, first["exchange"]["receipt"])
    assert (wrong["refused"], wrong["where"]) == ("bad_request", "tenders")
    papers = [run("receipt", half, "--shop", shop).out for half in (first["receipt"], first["exchange"]["receipt"])]
    assert papers[0] == papers[1]
    assert "换货" in papers[0]
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


def test_goods_come_back_without_their_sale(run: Command, shop: Path, tmp_path: Path) -> None:
    receipt = run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA})), "--shop", shop).lines[0]["receipt"]
    asked = [
        {"id": "g1", "goods": [{"code": TEA, "qty": "2"}], "reason": "faulty"},
        {"id": "g2", "receipt": "S01-2-20260901-0003", "goods": [{"code": TEA, "paid_fen": 340}], "reason": "faulty"},
        {"id": "g3", "receipt": receipt, "goods": [{"code": TEA}], "reason": "faulty"},
        {"id": "g4", "goods": [{"code": TEA, "qty": "90"}], "reason": "faulty"},
        {"id": "g5", "goods": [{"code": TEA, "price_fen": 1}], "reason": "faulty"},
    ]

    first, second, here, much, odd = run("refund", jsonl(tmp_path / "r", *asked), "--shop", shop).lines

    assert (first["back_fen"], first["sale"], first["tenders"]) == (600, "", [{"kind": "cash", "fen": 600}])
    assert (second["back_fen"], second["sale"]) == (340, "S01-2-20260901-0003")
    assert [line["refused"] for line in (here, much, odd)] == ["receipt_is_here", "refund_over_limit", "bad_request"]
    assert "未出示" in run("receipt", first["receipt"], "--shop", shop).out
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}
