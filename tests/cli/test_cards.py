"""card: kinds, selling, using, paying back, without a screen."""

from pathlib import Path

import pytest

from tests.cli.command import TEA, Command, basket, jsonl

ALICE = "13800000001"


@pytest.fixture
def selling(run: Command, shop: Path) -> Path:
    """A shop that sells ten teas and two more for 30 yuan."""
    assert run("policy", "set", "cards.enabled", "true", "--shop", shop).code == 0
    made = ("card", "add", "T10", "茶十次卡", "--price", "3000", "--goods", TEA, "--times", "10", "--gift", "2")
    assert run(*made, "--shop", shop).code == 0
    return shop


def test_a_card_is_sold_used_shown_and_paid_back(run: Command, selling: Path, tmp_path: Path) -> None:
    sold = run("card", "sell", ALICE, "T10", "--id", "c1", "--shop", selling, "--json").json
    again = run("card", "sell", ALICE, "T10", "--id", "c1", "--shop", selling, "--json").json

    assert (sold["times"], sold["left"], sold["owed_fen"], sold["repeated"]) == (12, 12, 3000, False)
    assert again == sold | {"repeated": True}
    line = jsonl(tmp_path / "b", basket("b1", {"code": TEA, "qty": "2"}, member=ALICE, tenders=[]))
    told = run("sell", line, "--shop", selling).json
    assert (told["total_fen"], told["cards"][0]["before"], told["cards"][0]["after"]) == (0, 12, 10)
    assert run("card", "use", ALICE, TEA, "--shop", selling, "--json").json["cards"][0]["after"] == 9
    used = run("card", "use", ALICE, TEA, "--shop", selling, "--json").json
    paper = run("receipt", used["receipt"], "--shop", selling, "--json").json["text"]
    assert any("9 → 8" in row for row in paper)
    [card] = run("card", "show", ALICE, "--shop", selling, "--json").json["cards"]
    assert (card["receipt"], card["left"], card["taken"], card["state"]) == (sold["receipt"], 8, 4, "open")
    assert run("card", "show", sold["receipt"], "--shop", selling, "--json").json["cards"] == [card]
    would = run("card", "refund", sold["receipt"], "--dry-run", "--shop", selling, "--json").json
    assert would["money_fen"] == 3000 - 3000 * 4 // 12
    assert run("report", "day", "--shop", selling, "--json").json["top_up_fen"] == 3000
    assert (
        run("card", "refund", sold["receipt"], "--shop", selling, "--json").error["refused"]
        == "pay_back_reason_missing"
    )
    back = run("card", "refund", sold["receipt"], "--reason", "moves", "--shop", selling, "--json").json
    assert (back["money_fen"], back["left"], back["owed_fen"]) == (would["money_fen"], 0, 0)
    assert run("report", "day", "--shop", selling, "--json").json["top_up_fen"] == 3000 - would["money_fen"]
    assert "paid back" in run("card", "show", ALICE, "--shop", selling).out
    [kind] = run("card", "report", "--shop", selling, "--json").json["kinds"]
    assert (kind["sold"], kind["taken"], kind["back_fen"], kind["owed_fen"]) == (1, 4, back["money_fen"], 0)
    assert run("check", "--shop", selling).code == 0


def test_her_cards_are_left_alone_where_the_basket_says_so(run: Command, selling: Path, tmp_path: Path) -> None:
    run("card", "sell", ALICE, "T10", "--shop", selling)
    line = jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member=ALICE, cards=False))

    assert "cards" not in run("sell", line, "--shop", selling).json
    wrong = jsonl(tmp_path / "w", basket("b2", {"code": TEA}, member=ALICE, cards="no"))
    assert run("sell", wrong, "--shop", selling).json["refused"] == "bad_request"


def test_the_liability_report_tells_what_is_owed_on_cards(run: Command, selling: Path, tmp_path: Path) -> None:
    run("card", "sell", ALICE, "T10", "--shop", selling)

    report = run("report", "liability", "--shop", selling, "--json").json

    assert (report["cards"], report["cards_fen"], report["custody_fen"]) == (1, 3000, (5000 + 3000) // 5)
    assert {flow["kind"]: flow["cards_fen"] for flow in report["day"]} == {"card_sold": 3000, "opening": 0}
    assert "owed on cards" in run("report", "liability", "--shop", selling).out
    for suffix in ("pdf", "xlsx"):
        file = tmp_path / f"owed.{suffix}"
        assert run("report", "liability", f"--{suffix}", file, "--shop", selling).code == 0
        assert file.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("add", "x y", "n", "--price", "100", "--goods", TEA, "--times", "1"), "bad_card_kind"),
        (("add", "x", "n", "--price", "500001", "--goods", TEA, "--times", "1"), "bad_card_kind"),
        (("add", "x", "n", "--price", "100", "--goods", TEA), "bad_card_kind"),
        (("add", "x", "n", "--price", "100", "--times", "1"), "bad_card_kind"),
        (("add", "x", "n", "--price", "100", "--goods", "nothing", "--times", "1"), "unknown_code"),
        (("end", "nothing"), "unknown_card_kind"),
        (("sell", ALICE, "nothing"), "unknown_card_kind"),
        (("sell", "13900000009", "T10"), "unknown_member"),
        (("refund", "S01-1-20260928-0099", "--reason", "x"), "unknown_card"),
        (("give", "S01-1-20260928-0099", ALICE), "unknown_card"),
    ],
)
def test_what_cannot_be_is_refused_with_its_word(
    run: Command, selling: Path, arguments: tuple[str, ...], word: str
) -> None:
    assert run("card", *arguments, "--shop", selling, "--json").error["refused"] == word


def test_a_membership_is_sold_and_its_tier_told(run: Command, selling: Path) -> None:
    made = ("card", "add", "VIP", "金卡年费", "--price", "19900", "--months", "12", "--tier", "金卡")
    assert run(*made, "--shop", selling).code == 0
    sold = run("card", "sell", ALICE, "VIP", "--shop", selling, "--json").json

    told = run("member", "tier", ALICE, "--shop", selling, "--json").json

    assert (told["tier"], told["history"][0]["by"], told["history"][0]["reason"]) == ("金卡", "card", sold["receipt"])
    assert "金卡" in run("card", "show", ALICE, "--shop", selling).out
    back = run("card", "refund", sold["receipt"], "--reason", "moves", "--shop", selling, "--json").json
    assert back["money_fen"] == 19_900
    assert run("member", "tier", ALICE, "--shop", selling, "--json").json["tier"] == ""
    assert run("check", "--shop", selling).code == 0


def test_kinds_are_listed_and_end(run: Command, selling: Path) -> None:
    kinds = run("card", "kinds", "--shop", selling).out
    assert ("茶十次卡" in kinds, kinds.splitlines()[1].endswith("on sale")) == (True, True)
    assert run("card", "end", "T10", "--shop", selling).code == 0
    assert run("card", "kinds", "--shop", selling).out.splitlines()[1].endswith("no longer")
    assert run("card", "kinds", "--shop", selling, "--json").json["kinds"][0]["ended"] is True
    assert run("card", "sell", ALICE, "T10", "--shop", selling, "--json").error["refused"] == "unknown_card_kind"
    assert run("card", "night", "--shop", selling, "--json").json == {"cards": 0}
