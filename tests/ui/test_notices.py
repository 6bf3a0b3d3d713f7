"""Every refusal has words, and they hold its facts."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from string import Formatter

import pytest

import storeapp.domain
import storeapp.till
import storeapp.ui
from storeapp.database.connection import DatabaseDamaged
from storeapp.domain.policy import RULES, BadPolicy
from storeapp.domain.product import UnknownCode
from storeapp.domain.staff import NotAllowed
from storeapp.domain.tender import AbsurdChange
from storeapp.errors import Broken, Refused, Unavailable
from storeapp.till.refund_wallets import RefundByWallet
from storeapp.till.sheets import ColumnsMissing, NotATable
from storeapp.ui.expectations import KNOWN
from storeapp.ui.notices import SENTENCES, notice, sentence
from storeapp.words import words

EN = words("en")
# these are refused to scripts and set-up, never at the counter
ELSEWHERE = {"refused"}


def _refusals(kind: type[Refused] = Refused) -> Iterator[type[Refused]]:
    for below in kind.__subclasses__():
        yield below
        yield from _refusals(below)


@pytest.fixture(scope="module")
def refusals() -> list[type[Refused]]:
    for room in (storeapp.domain, storeapp.till, storeapp.ui):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(found.name)
    # other rooms are loaded by other tests; what they refuse is not said at the counter
    rooms = ("storeapp.domain.", "storeapp.till.", "storeapp.ui.")
    return [kind for kind in _refusals() if kind.__module__.startswith(rooms)]


def test_every_refusal_of_the_counter_has_its_words(refusals: list[type[Refused]]) -> None:
    silent = {kind.word for kind in refusals} - SENTENCES.keys() - ELSEWHERE

    assert len(refusals) > 30
    assert silent == set()


def test_the_blanks_of_a_sentence_are_facts_of_its_error(refusals: list[type[Refused]]) -> None:
    unknown = {}
    for kind in refusals:
        asked = {part[1] for part in Formatter().parse(SENTENCES.get(kind.word, "")) if part[1]}
        known: set[str] = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
        unknown[kind.word] = asked - known

    assert {word: blanks for word, blanks in unknown.items() if blanks} == {}


def test_amounts_are_told_in_yuan() -> None:
    assert sentence(AbsurdChange(186472), EN) == "¥1,864.72 change? Check the amount."


def test_lists_reasons_and_expectations_are_words_not_code() -> None:
    zh = words("zh_CN")

    assert sentence(ColumnsMissing(("price", "name"), ("a", "b")), EN).endswith("price; name. Its header reads: a; b")
    assert "binary" not in sentence(NotATable("binary"), zh)
    assert sentence(BadPolicy("points.per_yuan", "x", RULES["points.per_yuan"].expected), zh).isascii() is False
    assert "none was found" in sentence(DatabaseDamaged("shop.db"), EN)
    assert "Close a shift" in sentence(NotAllowed("close_shift", "cashier"), EN)
    assert "WeChat Pay" in sentence(RefundByWallet("wechat"), EN)


def test_whatever_the_owner_may_tune_has_its_expectation_in_words() -> None:
    assert {rule.expected for rule in RULES.values()} <= KNOWN


def test_a_refusal_goes_by_itself_and_a_fault_stays() -> None:
    assert notice(UnknownCode("123"), EN).kind == "refused"
    assert notice(Unavailable(), EN).kind == "fault"
    assert notice(Broken(), EN).kind == "fault"
    assert notice(KeyError("x"), EN).kind == "fault"


def test_a_refusal_without_words_still_says_something() -> None:
    assert "refused" in sentence(Refused(), EN)
