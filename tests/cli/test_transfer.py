"""member transfer: stored value goes to another member, from a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.test_topup import PHONE, switched_on

OTHER = "13700000009"


def test_it_is_planned_done_once_and_undone_by_giving_back(run: Command, shop: Path) -> None:
    switched_on(run, shop)
    run("member", "add", OTHER, "--shop", shop)
    run("member", "topup", PHONE, "20000", "--shop", shop)
    asked = ("member", "transfer", PHONE, OTHER, "10000", "--shop", shop, "--json")

    plan = run(*asked, "--dry-run").json
    done, again = (run(*asked, "--agreed", "--reason", "送人", "--id", "x1").json for _ in "12")
    back = run("member", "transfer", OTHER, PHONE, "10000", "--agreed", "--reason", "还", "--shop", shop, "--json").json

    assert plan == {"principal_fen": done["principal_fen"], "bonus_fen": done["bonus_fen"]}
    assert (done["repeated"], again["repeated"], again["txn_id"]) == (False, True, done["txn_id"])
    assert (done["principal_fen"], done["to_holds_fen"]) == (10_000, 10_000 + done["bonus_fen"])
    assert (back["from_holds_fen"], back["to_holds_fen"]) == (0, done["from_holds_fen"] + done["to_holds_fen"])
    assert run("check", "--shop", shop, "--json").json == {"ok": True, "findings": []}


@pytest.mark.parametrize(
    ("fen", "word"), [("0", "bad_transfer"), ("-100", "bad_transfer"), ("99999999999999", "not_enough_value")]
)
def test_amounts_that_cannot_go(run: Command, shop: Path, fen: str, word: str) -> None:
    switched_on(run, shop)
    run("member", "add", OTHER, "--shop", shop)
    args = ("member", "transfer", PHONE, OTHER, "--agreed", "--reason", "x", "--shop", shop, "--json")

    refused = run(*args, "--", fen) if fen.startswith("-") else run(*args, fen)

    assert (refused.code, refused.error["refused"]) == (1, word)


def test_both_agree_or_nothing_goes(run: Command, shop: Path) -> None:
    switched_on(run, shop)
    run("member", "add", OTHER, "--shop", shop)
    run("member", "topup", PHONE, "20000", "--shop", shop)

    refused = run("member", "transfer", PHONE, OTHER, "100", "--reason", "x", "--shop", shop, "--json")

    assert refused.error == {"refused": "transfer_not_agreed"}
