"""The demo: one command that plays two days and leaves pictures, papers, reports, a shop and a cloud."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.cli.command import Answer, storeapp

# one of each: what a newcomer looks at first must be there, and not by its number
SCREENS = {
    "sign-in", "sell-empty", "sell-full", "search", "unknown-code", "sheet-quantity", "sheet-price",
    "sheet-discount", "sheet-note", "menu", "keys", "pay-cash", "pay-code", "pay-by-hand", "paid", "sign-up",
    "find-member", "member", "member-correct", "member-brought", "member-merge", "alarms", "parked", "receipts",
    "paper", "paper-out", "print-question", "settings-shop",
    "settings-offer", "settings-till", "settings-quick-keys", "settings-printer", "settings-staff",
    "settings-cloud", "first-run-language", "first-run-shop", "first-run-owner", "first-run-printer",
    "first-run-ready", "insight-stages", "insight-return", "insight-steps", "insight-value",
    "insight-feedback", "insight-segments", "outreach",
    "cards", "card-taken", "card-kind", "card-sell", "card-hand-on",
    "groups", "group-buy", "group-words", "group-sheet", "pickup",
    "promotion-editor", "promotion-tried", "coupon-editor", "coupons", "nearly", "why", "customer-nearly",
    "price-list-editor", "price-lists",
    "shift-open", "shift", "shift-to-the-safe", "shift-count", "shift-told", "shift-z",
    "customer-idle", "customer-lines", "customer-paid",
    "refund-find", "refund", "refunded", "customer-refund", "customer-refunded", "exchange",
}  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "day"


@pytest.fixture(scope="module")
def played(out: Path) -> Answer:
    return storeapp("demo", "--out", out, "--quick", "--json", timeout_s=280, LANG="zh_CN.UTF-8")


def test_it_plays_to_the_end_and_tells_the_loop(played: Answer) -> None:
    assert played.code == 0, played.err
    assert played.json["loop"] == {"printed": 26, "opened": 3, "claimed": 2, "redeemed": 2, "bought_again": 1}
    assert played.json["sales"] == 26
    assert played.json["total_fen"] == 527_18


def test_every_screen_has_its_picture(played: Answer, out: Path) -> None:
    found = {file.stem.partition("-")[2]: file for file in (out / "screens" / "zh-1366x768").glob("*.png")}

    assert set(found) >= SCREENS
    assert len(found) == played.json["pictures"]
    assert {opened(file).size for file in found.values()} == {(1366, 768)}


def test_the_papers_are_read_by_a_phone(played: Answer, out: Path) -> None:
    papers = sorted((out / "receipts").glob("*-S01-1-2026*.png"))

    assert len(papers) == played.json["receipts"] - 3  # one torn, the slip of a refund, and the Z
    read = [{code.text for code in zxingcpp.read_barcodes(opened(paper))} for paper in papers]
    assert all(any(text.startswith("https://shop.example/") for text in texts) for texts in read)
    assert all(paper.with_suffix(".bin").stat().st_size > 200 for paper in papers)
    assert [report.name for report in sorted(out.glob("*.pdf"))] == ["day-2026-09-28.pdf", "day-2026-09-29.pdf"]


def test_what_it_leaves_is_a_shop_and_a_cloud_like_any_other(played: Answer, out: Path) -> None:
    report = storeapp("report", "loop", "--json", "--shop", out / "shop").json
    status = storeapp("status", "--json", "--shop", out / "shop").json

    assert report["whole"] == played.json["loop"]
    assert (status["unsent"], status["joined"]) == (0, True)
    assert storeapp("check", "--shop", out / "shop").code == 0
    leaks = storeapp("report", "leaks", "--date", "2026-09-29", "--json", "--shop", out / "shop").json
    # the script turns its own clock: nobody is told that it jumped, on no screen and in no report
    assert "clock_jumps" not in {finding["rule"] for finding in leaks["findings"]}


def test_it_clears_nobody_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    refused = storeapp("demo", "--out", tmp_path, "--quick", "--json")

    assert (refused.code, refused.error["refused"]) == (1, "folder_in_use")
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def opened(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("L")
