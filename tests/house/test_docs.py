"""The documents: each decision has a number of its own, and nothing is told twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
TOLD_ONCE = (DOCS / "guide.zh.md", DOCS / "guide.en.md", DOCS / "commands.md", DOCS.parent / "CHANGELOG.md")
_ALIKE = 70
"""Two lines that begin with so many equal characters tell the same."""


def numbers_twice(folder: Path) -> list[str]:
    counted = Counter(file.name[:4] for file in folder.glob("[0-9]*.md"))
    return sorted(number for number, times in counted.items() if times > 1)


def told_twice(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    counted = Counter(line[:_ALIKE] for line in lines if len(line) >= _ALIKE and not line.startswith("|"))
    return [beginning for beginning, times in counted.items() if times > 1]


def test_each_decision_has_a_number_of_its_own_and_says_it_first() -> None:
    folder = DOCS / "decisions"
    files = sorted(folder.glob("[0-9]*.md"))

    assert numbers_twice(folder) == []
    assert files[0].name.startswith("0001-")
    for file in files:
        assert file.read_text("utf-8").startswith((f"# {file.name[:4]} ", f"# {file.name[:4]}.")), file.name


@pytest.mark.parametrize("document", TOLD_ONCE, ids=lambda document: document.name)
def test_no_document_tells_a_thing_twice(document: Path) -> None:
    assert told_twice(document.read_text("utf-8")) == []


def test_a_line_that_was_merged_in_twice_is_found(tmp_path: Path) -> None:
    line = "- Members may pay in beforehand (充200送50): what she paid and what was given on top stand"
    (tmp_path / "0001-a.md").write_text("# 0001 a\n")
    (tmp_path / "0001-b.md").write_text("# 0001 b\n")

    assert told_twice(f"{line}.\n\n{line}, with a slip.\n") == [line[:_ALIKE]]
    assert numbers_twice(tmp_path) == ["0001"]
