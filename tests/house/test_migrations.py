"""Each migration follows one other: two of one number would leave every shop at the door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "storeapp"
FOLDERS = (ROOT / "database" / "migrations" / "versions", ROOT / "cloud" / "migrations" / "versions")


@pytest.mark.parametrize("folder", FOLDERS, ids=("till", "cloud"))
def test_the_numbers_of_migrations_have_no_gap_and_no_twin(folder: Path) -> None:
    chain = []
    for file in sorted(folder.glob("*0*_*.py")):
        text = file.read_text("utf-8")
        [number] = re.findall(r'^revision = "(\d+)"', text, re.MULTILINE)
        [before] = re.findall(r'^down_revision = (?:"(\d+)"|None)', text, re.MULTILINE)
        assert file.name.removeprefix("r").startswith(f"{number}_")
        chain.append((int(number), int(before or 0)))

    assert chain == [(number, number - 1) for number in range(1, len(chain) + 1)]
