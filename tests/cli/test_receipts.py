"""receipt and print-test: paper without a printer."""

import socket
from pathlib import Path

import pytest

from tests.cli.command import TEA, Command, basket, jsonl


@pytest.fixture
def number(run: Command, shop: Path, tmp_path: Path) -> str:
    asked = basket("b1", {"code": TEA, "qty": "2"}, at="2026-09-28T11:53:26+08:00", member="13800000001")
    receipt: str = run("sell", jsonl(tmp_path / "b", asked), "--shop", shop).lines[0]["receipt"]
    return receipt


def test_a_receipt_is_read_as_text(run: Command, shop: Path, number: str):
    answer = run("receipt", number, "--shop", shop)

    assert answer.code == 0
    assert "小店" in answer.out
    assert number in answer.out
    assert "138****0001" in answer.out


def test_a_receipt_is_written_as_bytes_picture_and_pdf(run: Command, shop: Path, number: str, tmp_path: Path):
    files = [tmp_path / name for name in ("r.bin", "r.png", "r.pdf")]

    answer = run(
        "receipt", number, "--shop", shop, "--paper", "58",
        "--escpos", files[0], "--png", files[1], "--pdf", files[2],
    )  # fmt: skip

    assert answer.code == 0
    assert files[0].read_bytes().startswith(b"\x1b@")
    assert files[1].read_bytes().startswith(b"\x89PNG")
    assert files[2].read_bytes().startswith(b"%PDF")


def test_narrow_paper_is_narrower(run: Command, shop: Path, number: str):
    narrow = run("receipt", number, "--shop", shop, "--paper", "58").out
    wide = run("receipt", number, "--shop", shop, "--paper", "80").out

    assert "-" * 32 + "\n" in narrow
    assert "-" * 48 + "\n" in wide


def test_an_unknown_receipt_is_refused(run: Command, shop: Path):
    answer = run("receipt", "S01-1-20260928-9999", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "unknown_receipt")


def test_a_file_that_cannot_be_written_is_the_worlds_fault(run: Command, shop: Path, number: str, tmp_path: Path):
    answer = run("receipt", number, "--shop", shop, "--png", tmp_path / "no" / "r.png", "--json")

    assert (answer.code, answer.error["unavailable"]) == (3, "file_unusable")


def test_without_a_printer_the_test_page_is_a_picture(run: Command, shop: Path):
    answer = run("print-test", "--shop", shop, "--json")

    assert (answer.code, answer.json["sent"]) == (0, "confirmed")
    assert Path(answer.json["file"]).read_bytes().startswith(b"\x89PNG")


def test_a_printer_that_is_off_is_said_to_be_off(run: Command, shop: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    answer = run("print-test", "--printer", f"tcp:127.0.0.1:{port}", "--shop", shop, "--json")

    assert (answer.code, answer.error["unavailable"], answer.error["started"]) == (3, "printer_trouble", False)


def test_an_address_no_printer_can_have_is_refused(run: Command, shop: Path):
    answer = run("print-test", "--printer", "carrier pigeon", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "bad_printer_address")
