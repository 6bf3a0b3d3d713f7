"""The words: every sentence of the source has its Chinese, with the same blanks to fill, compiled as committed."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "installer" / "locale.sh"
CATALOGUE = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "storeapp.po"
BLANK = re.compile(r"\{\w*[^{}]*\}|%\(\w+\)[a-z]|%[sd]")
Key = tuple[str | None, str | tuple[str, ...]]


def _keys(catalogue: Catalog) -> set[Key]:
    return {(message.context, _id(message)) for message in catalogue if message.id}


def _id(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _all(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def faults(catalogue: Catalog) -> list[str]:
    """Sentences without a translation, with a guessed one, or with other blanks than their own."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        ids, strings = _all(message.id), _all(message.string or "")
        if message.fuzzy:
            found.append(f"guessed: {ids[0]}")
        elif not all(strings):
            found.append(f"empty: {ids[0]}")
        # the last form of an English plural has the number in it, and Chinese has one form only
        elif any(sorted(BLANK.findall(string)) != sorted(BLANK.findall(ids[-1])) for string in strings):
            found.append(f"other blanks: {ids[0]}")
    return found


@pytest.fixture(scope="module")
def committed() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, "zh_CN")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    pot = tmp_path_factory.mktemp("locale") / "storeapp.pot"
    environment = os.environ | {"PYTHON": sys.executable}
    subprocess.run(["sh", SCRIPT, "extract", pot], env=environment, check=True, timeout=120)
    with pot.open("rb") as file:
        return read_po(file)


def test_the_catalogue_holds_the_sentences_of_the_source_and_no_others(extracted: Catalog, committed: Catalog) -> None:
    in_source, in_catalogue = _keys(extracted), _keys(committed)

    assert in_source - in_catalogue == set(), "new sentences: sh installer/locale.sh update, then translate"
    assert in_catalogue - in_source == set(), "sentences nobody says: sh installer/locale.sh update"
    # an extraction that finds nothing would let everything pass
    assert len(in_source) > 100


def test_every_sentence_is_translated(committed: Catalog) -> None:
    assert faults(committed) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "flags"),
    [
        ("Pay", "", ()),
        ("Pay", "付款", ("fuzzy",)),
        ("Change {amount}", "找零", ()),
        ("Change {amount}", "找零 {total}", ()),
        (("{count} line", "{count} lines"), ("商品",), ()),
    ],
)
def test_a_faulty_translation_is_found(msgid: Any, msgstr: Any, flags: tuple[str, ...]) -> None:
    catalogue = Catalog("zh_CN")
    catalogue.add(msgid, msgstr, flags=flags)

    assert len(faults(catalogue)) == 1


def test_the_compiled_catalogue_is_the_written_one(committed: Catalog) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, committed)

    assert CATALOGUE.with_suffix(".mo").read_bytes() == fresh.getvalue(), "sh installer/locale.sh compile"


def test_each_way_of_saying_a_word_is_extracted(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / "installer").mkdir(parents=True)
    (house / "storeapp" / "cloud").mkdir(parents=True)
    for name in ("locale.sh", "babel.cfg"):
        (house / "installer" / name).write_text((SCRIPT.parent / name).read_text())
    (house / "storeapp" / "cloud" / "page.html").write_text("<p>{{ _('Welcome') }}</p>")
    (house / "storeapp" / "said.py").write_text(
        "_ = words.t\n_('Pay')\nwords.t('Hold')\nwords.n('{n} line', '{n} lines', n)\n"
        "words.p('cash', 'Change')\nLATER = N_('Void')\n"
    )
    pot = tmp_path / "said.pot"

    environment = os.environ | {"PYTHON": sys.executable}
    subprocess.run(["sh", house / "installer" / "locale.sh", "extract", pot], env=environment, check=True, timeout=60)

    with pot.open("rb") as file:
        said = _keys(read_po(file))
    assert said == {
        (None, "Welcome"),
        (None, "Pay"),
        (None, "Hold"),
        (None, ("{n} line", "{n} lines")),
        ("cash", "Change"),
        (None, "Void"),
    }
