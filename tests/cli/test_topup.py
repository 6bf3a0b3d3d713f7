"""member topup: money paid in beforehand, from a script."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import TEA, Command, basket, jsonl

PHONE = "13800000001"


def switched_on(run: Command, shop: Path) -> None:
    for key, value in (("stored_value.enabled", "true"), ("stored_value.rules", "200+50,500+150")):
        assert run("policy", "set", key, value, "--shop", shop).code == 0


def test_a_top_up_its_slip_and_the_books(run: Command, shop: Path, tmp_path: Path) -> None:
    assert run("member", "topup", PHONE, "20000", "--shop", shop, "--json").error == {"refused": "stored_value_off"}
    switched_on(run, shop)
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA})), "--shop", shop)

    done, again = (run("member", "topup", PHONE, "20000", "--id", "t1", "--shop", shop, "--json").json for _ in "12")
    slip = run("receipt", done["receipt"], "--shop", shop, "--paper", "58", "--json").json
    shown = run("member", "show", PHONE, "--shop", shop, "--json").json

    assert (done["principal_fen"], done["bonus_fen"], done["before_fen"], done["after_fen"]) == (
        20_000,
        5_000,
        5_500,
        30_500,
    )
    assert done["receipt"].endswith("-0002")
    assert (again["receipt"], again["repeated"]) == (done["receipt"], True)
    assert (shown["principal_fen"], shown["bonus_fen"]) == (25_000, 5_500)
    assert any("305.00" in line for line in slip["text"])
    assert "ledger" not in slip
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


def test_what_is_promised_month_by_month_is_told_everywhere(run: Command, shop: Path) -> None:
    switched_on(run, shop)
    assert run("policy", "set", "stored_value.monthly", "1000+50x6", "--shop", shop).code == 0

    done = run("member", "topup", PHONE, "100000", "--shop", shop, "--json").json
    slip = run("receipt", done["receipt"], "--shop", shop, "--paper", "58", "--json").json
    [promised] = run("member", "show", PHONE, "--shop", shop, "--json").json["promised"]
    owed = run("report", "liability", "--shop", shop, "--json").json
    told = run("member", "statement", PHONE, "--shop", shop, "--json").json

    assert told["promised"] == [promised]
    assert (done["monthly_fen"], done["months"], done["bonus_fen"]) == (5_000, 6, 15_000)
    assert any("50.00" in line and "6" in line for line in slip["text"])
    assert (promised["number"], promised["each_fen"], promised["left"]) == (done["receipt"], 5_000, 6)
    assert owed["promised_fen"] == 30_000
    assert run("policy", "set", "stored_value.monthly", "5000+1x1", "--shop", shop).code == 1


def test_what_is_missing_in_custody_is_told_until_the_owner_says_it_lies_there(run: Command, shop: Path) -> None:
    switched_on(run, shop)
    run("member", "topup", PHONE, "20000", "--shop", shop)

    owed = run("report", "liability", "--shop", shop, "--json").json
    before = run("status", "--shop", shop, "--json").json["custody_short_fen"]
    morning = run("doctor", "--shop", shop, "--json").json["findings"]
    assert run("policy", "set", "stored_value.custody_fen", str(owed["custody_fen"]), "--shop", shop).code == 0
    after = run("status", "--shop", shop, "--json").json["custody_short_fen"]
    well = run("doctor", "--shop", shop, "--json").json["findings"]

    assert owed["custody_fen"] == owed["custody_short_fen"] == before == -(-owed["principal_fen"] * 20 // 100)
    assert after == 0
    assert [[each["verdict"] for each in told if each["what"] == "custody"] for told in (morning, well)] == [
        ["look"],
        ["good"],
    ]
    assert run("policy", "set", "stored_value.custody_fen", "-1", "--shop", shop).code == 1


def test_people_read_what_she_holds_now(run: Command, shop: Path, tmp_path: Path) -> None:
    switched_on(run, shop)

    told = run("member", "topup", PHONE, "50000", "--tender", "card", "--ref", "8812", "--shop", shop).out
    png = run("receipt", told.split()[1], "--png", tmp_path / "slip.png", "--shop", shop)

    assert "¥705.00" in told
    assert png.code == 0
    assert (tmp_path / "slip.png").stat().st_size > 1_000


def test_more_than_the_law_allows_is_refused_with_what_still_fits(run: Command, shop: Path) -> None:
    switched_on(run, shop)

    refused = run("member", "topup", PHONE, "500000", "--shop", shop, "--json")

    assert refused.code == 1
    assert refused.error["refused"] == "value_capped"
    assert refused.error["room_fen"] == 494_500
    assert run("member", "topup", PHONE, "0", "--shop", shop, "--json").error["refused"] == "bad_top_up"
    assert run("member", "topup", "13900000000", "100", "--shop", shop, "--json").error["refused"] == "unknown_member"


def test_what_she_would_get_is_said_before_it_is_paid(run: Command, shop: Path, tmp_path: Path) -> None:
    switched_on(run, shop)
    run("member", "topup", PHONE, "20000", "--shop", shop)
    bought = basket("b1", {"code": TEA, "qty": "20"}, member=PHONE)
    bought["tenders"] = [{"kind": "stored_value", "fen": 6000}]
    assert run("sell", jsonl(tmp_path / "b", bought), "--shop", shop).code == 0

    said = run("member", "cashout", PHONE, "--dry-run", "--shop", shop, "--json").json
    table = run("member", "cashout", PHONE, "--dry-run", "--shop", shop).out
    refused = run("member", "cashout", PHONE, "--shop", shop, "--json").error
    paid = run("member", "cashout", PHONE, "--cause", "shop", "--reason", "闭店", "--shop", shop, "--json").json

    assert sum(part["spent_fen"] for part in said["parts"]) == 6_000
    assert sum(part["list_fen"] for part in said["parts"]) >= 6_900
    assert said["would"]["customer"] <= said["would"]["shop"]
    assert "200.00" in table
    assert refused == {"refused": "pay_back_reason_missing"}
    assert paid["money_fen"] == said["would"]["shop"]
    assert (paid["after_fen"], paid["kind"], paid["cause"]) == (0, "topup_refund", "shop")
    assert (
        run("member", "cashout", PHONE, "--reason", "x", "--shop", shop, "--json").error["refused"]
        == "nothing_to_pay_back"
    )
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


def test_what_is_owed_is_told_for_any_day_and_in_files(run: Command, shop: Path, tmp_path: Path) -> None:
    switched_on(run, shop)
    run("member", "topup", PHONE, "20000", "--shop", shop)
    pdf, xlsx = tmp_path / "l.pdf", tmp_path / "l.xlsx"

    owed = run("report", "liability", "--pdf", pdf, "--xlsx", xlsx, "--shop", shop, "--json").json
    long_ago = run("report", "liability", "--date", "2020-01-01", "--shop", shop, "--json").json
    said = run("report", "liability", "--shop", shop).out

    assert (owed["principal_fen"], owed["bonus_fen"], owed["points"], owed["custody_fen"]) == (
        25_000,
        5_500,
        100,
        5_000,
    )
    assert {row["kind"]: row["principal_fen"] for row in owed["day"]} == {"opening": 5_000, "topup": 20_000}
    assert pdf.read_bytes().startswith(b"%PDF")
    assert xlsx.stat().st_size > 1_000
    assert (long_ago["principal_fen"], long_ago["day"]) == (0, [])
    assert "250.00" in said


def test_points_end_and_are_corrected_from_a_script(run: Command, shop: Path) -> None:
    more = run("member", "adjust", PHONE, "50", "--reason", "漏积分", "--id", "a1", "--shop", shop, "--json").json
    again = run("member", "adjust", PHONE, "50", "--reason", "漏积分", "--id", "a1", "--shop", shop, "--json").json
    less = run("member", "adjust", PHONE, "-20", "--reason", "多积分", "--shop", shop, "--json").json
    bare = run("member", "adjust", PHONE, "5", "--shop", shop, "--json").error
    ended = run("points", "expire", "--dry-run", "--shop", shop, "--json").json

    assert (more["points_balance"], again["repeated"], less["points_balance"]) == (150, True, 130)
    assert bare["refused"] == "approval_reason_missing"
    assert (ended["points"], ended["dry_run"]) == (0, True)
    assert run("points", "expire", "--shop", shop).code == 0
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}
