"""member statement: on the screen, for a script, and as sheets."""

from pathlib import Path

import pypdfium2
import pytest

from storeapp.devices.account_pdf import account_pdf, columns, named
from storeapp.domain.account_statement import Entry, Statement, Sums
from storeapp.domain.liability_words import kinds_of_entries
from storeapp.words import words
from tests.cli.command import TEA, Command, basket, jsonl

ALICE = "13800000001"


def test_her_statement_is_told_and_written(run: Command, shop: Path, tmp_path: Path) -> None:
    run("sell", jsonl(tmp_path / "b", basket("b1", {"code": TEA}, member=ALICE)), "--shop", shop)
    has = run("member", "show", ALICE, "--shop", shop, "--json").json["points"]

    told = run("member", "statement", ALICE, "--from", "2020-01-01", "--shop", shop, "--json").json
    said = run("member", "statement", ALICE, "--shop", shop).out
    written = run("member", "statement", ALICE, "--pdf", tmp_path / "a.pdf", "--shop", shop)

    assert told["after"]["points"] == has
    assert told["entries"][-1]["kind"] == "sale"
    assert "has then" in said
    assert written.code == 0
    document = pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes())
    try:
        assert "138****0001" in document[0].get_textpage().get_text_bounded()
    finally:
        document.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("has_cards", [False, True])
def test_every_entry_is_named_whole_before_its_amounts(language: str, has_cards: bool) -> None:
    said = words(language)
    edges, size = columns(has_cards=has_cards)

    cut = [name for kind, name in kinds_of_entries(said).items() if named(kind, edges[0], size, said) != name]

    assert cut == []


def test_hundreds_of_entries_take_more_than_one_sheet() -> None:
    rows = tuple(Entry(str(n), "gift", "2026-09-28", Sums(points=-1), Sums(points=1000 - n)) for n in range(300))
    told = Statement("2026-09-01", "2026-09-30", Sums(points=1000), rows)
    document = pypdfium2.PdfDocument(account_pdf(told, who="王**", shop="小店", till="1", words=words("zh_CN")))
    try:
        assert len(document) > 5
        assert "701" in document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
