"""docs/commands.md: the closed lists it prints are those of the program."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import storeapp
from storeapp.errors import Refused, StoreappError, Unavailable
from storeapp.ui.sheet_words import REASONS

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
# what a till's commands can meet; the cloud's own answers and the window's are no part of it
FLOORS = ("domain", "till", "database", "devices", "sync", "settings", "verbs")


def _kinds(root: type[StoreappError]) -> Iterator[type[StoreappError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _words(root: type[StoreappError]) -> set[str]:
    for floor in FLOORS:
        room = importlib.import_module(f"storeapp.{floor}")
        for found in pkgutil.walk_packages(getattr(room, "__path__", ()), f"{room.__name__}."):
            if ".migrations" not in found.name:
                importlib.import_module(found.name)
    return {kind.word for kind in _kinds(root) if kind.__module__.split(".")[1] in FLOORS}


@pytest.mark.parametrize("root", [Refused, Unavailable])
def test_every_word_is_documented(root: type[StoreappError]) -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))

    assert _words(root) - documented == set()
    assert storeapp.__doc__


def test_every_reason_of_a_bad_row_is_documented() -> None:
    assert [reason for reason in REASONS if f"`{reason}`" not in PAGE] == []


def test_every_reason_a_sheet_gives_has_its_words() -> None:
    till = Path(storeapp.__file__).parent / "till"
    rooms = ("sheet_cells", "products_sheet", "sheet_units", "members_sheet", "product_import", "member_import")
    source = "\n".join((till / f"{room}.py").read_text(encoding="utf-8") for room in rooms)
    given = set(re.findall(r'BadCell\("(\w+)"\)', source))
    given |= set(re.findall(r'"(\w+)", str\(first', source)) | {"empty", "barcode_taken", "member_exists", "zeros_lost"}

    assert given - set(REASONS) == set()
    assert len(given) > 15
