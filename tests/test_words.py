"""The words of a language: looked up, never guessed."""

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from storeapp.words import LANGUAGES, N_, Words, words


@pytest.fixture
def chinese() -> Words:
    catalogue = Catalog("zh_CN")
    catalogue.add("Pay", "付款")
    catalogue.add(("{n} line", "{n} lines"), ("{n} 行",))
    catalogue.add("Change", "找零", context="cash")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words("zh_CN", gettext.GNUTranslations(compiled))


def test_a_sentence_is_said_in_the_language(chinese: Words) -> None:
    assert chinese.t("Pay") == "付款"


def test_a_number_takes_the_form_of_the_language(chinese: Words) -> None:
    assert [chinese.n("{n} line", "{n} lines", n).format(n=n) for n in (1, 2)] == ["1 行", "2 行"]
    assert [words("en").n("{n} line", "{n} lines", n).format(n=n) for n in (1, 2)] == ["1 line", "2 lines"]


def test_a_word_of_two_meanings_is_told_apart(chinese: Words) -> None:
    assert (chinese.p("cash", "Change"), chinese.p("button", "Change")) == ("找零", "Change")


def test_english_says_the_sentence_itself() -> None:
    assert words("en").t("Pay") == "Pay"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_said_is_nothing_shown(language: str) -> None:
    assert words(language).t("") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_catalogue(language: str) -> None:
    assert words(language).language == language


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no words in 'fr', only in zh_CN, en"):
        words("fr")


def test_a_marked_sentence_stays_as_it_is() -> None:
    assert N_("Void") == "Void"
