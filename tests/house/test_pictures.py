"""The pictures: every one the docs show is there, is a picture, and is shown somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SHOWN = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
BYTES_MOST = 300_000


def shown_on(page: Path) -> list[Path]:
    return [(page.parent / name).resolve() for name in SHOWN.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", [page for page in PAGES if shown_on(page)], ids=lambda page: page.name)
def test_every_picture_a_page_shows_exists_and_is_light(page: Path) -> None:
    for picture in shown_on(page):
        with Image.open(picture) as opened:
            opened.verify()
        assert picture.stat().st_size < BYTES_MOST, picture.name


def test_no_picture_lies_about_that_nobody_shows() -> None:
    shown = {picture for page in PAGES for picture in shown_on(page)}

    assert set((ROOT / "docs" / "pictures").iterdir()) == shown
