"""The first run: five Enters from nothing to a shop."""

from __future__ import annotations

import pytest

from storeapp.domain.place import BadCode
from storeapp.domain.staff import BadPin, PinsDiffer
from storeapp.errors import Unavailable
from storeapp.settings import PrinterSettings
from storeapp.ui.set_up import Tried
from storeapp.ui.wizard.first_run import FirstRun, NewShop
from storeapp.ui.wizard.presenter import AddressMissing, NameMissing, WizardPresenter
from storeapp.ui.work import InlineWork
from storeapp.words import words
from tests.ui.seen import Seen


class DiskFull(Unavailable):
    word = "disk_full"


class Bench:
    """Where the shop would be made."""

    def __init__(self) -> None:
        self.made: list[NewShop] = []
        self.tried: list[PrinterSettings] = []
        self.fails: Exception | None = None

    def make(self, new: NewShop) -> None:
        if self.fails is not None:
            raise self.fails
        self.made.append(new)

    def try_printer(self, printer: PrinterSettings) -> Tried:
        if self.fails is not None:
            raise self.fails
        self.tried.append(printer)
        return Tried("sent")


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def wizard(bench: Bench, seen: Seen) -> WizardPresenter:
    made = WizardPresenter(FirstRun(words, bench.make, bench.try_printer), InlineWork())
    made.bind(seen)
    return made


def fill(wizard: WizardPresenter, **values: str) -> None:
    for key, text in values.items():
        wizard.type(key, text)


def to_the_owner(wizard: WizardPresenter) -> None:
    wizard.go_on()
    fill(wizard, name="海棠便利")
    wizard.go_on()


def to_the_printer(wizard: WizardPresenter) -> None:
    to_the_owner(wizard)
    fill(wizard, owner="林店长", pin="246810", again="246810")
    wizard.go_on()


def test_five_enters_make_a_shop(wizard: WizardPresenter, bench: Bench) -> None:
    ended: list[bool] = []
    wizard.finished = lambda: ended.append(True)
    to_the_printer(wizard)
    wizard.go_on()
    assert bench.made == []

    wizard.go_on()

    wanted = NewShop("zh_CN", "海棠便利", "S01", "1", "林店长", "246810", PrinterSettings("paper:", "full-80", 80))
    assert bench.made == [wanted]
    assert wizard.made == wanted
    assert ended == [True]


def test_a_shop_needs_a_name(wizard: WizardPresenter, seen: Seen) -> None:
    wizard.go_on()

    wizard.go_on()

    assert seen.state.step == "shop"
    assert isinstance(seen.state.fault, NameMissing)
    assert seen.state.fault_at == "name"
    assert seen.beeps == 1


@pytest.mark.parametrize("key", ["store", "till"])
def test_codes_are_checked_where_they_are_typed(wizard: WizardPresenter, seen: Seen, key: str) -> None:
    wizard.go_on()
    fill(wizard, name="海棠便利", **{key: "一号"})

    wizard.go_on()

    assert isinstance(seen.state.fault, BadCode)
    assert seen.state.fault_at == key
    wizard.type(key, "A1")
    assert seen.state.fault is None


@pytest.mark.parametrize(
    ("pin", "again", "fault", "at"),
    [("12345", "12345", BadPin, "pin"), ("", "", BadPin, "pin"), ("123456", "123465", PinsDiffer, "again")],
)
def test_the_owner_needs_a_long_pin_typed_twice(
    wizard: WizardPresenter, seen: Seen, pin: str, again: str, fault: type[Exception], at: str
) -> None:
    to_the_owner(wizard)
    fill(wizard, owner="林店长", pin=pin, again=again)

    wizard.go_on()

    assert isinstance(seen.state.fault, fault)
    assert seen.state.fault_at == at


def test_a_printer_on_the_network_needs_its_address(wizard: WizardPresenter, seen: Seen, bench: Bench) -> None:
    to_the_printer(wizard)
    fill(wizard, kind="tcp")

    wizard.go_on()
    assert isinstance(seen.state.fault, AddressMissing)
    fill(wizard, rest="192.168.1.50")
    wizard.test()

    assert bench.tried == [PrinterSettings("tcp:192.168.1.50", "generic-80", 80)]
    assert seen.state.tried == Tried("sent")


def test_going_back_keeps_what_was_typed(wizard: WizardPresenter, seen: Seen) -> None:
    to_the_owner(wizard)
    fill(wizard, owner="林店长")

    wizard.go_back()
    wizard.go_on()

    assert seen.state.step == "owner"
    assert seen.state.values["owner"] == "林店长"


def test_there_is_nothing_before_the_language(wizard: WizardPresenter, seen: Seen) -> None:
    wizard.go_back()

    assert seen.state.step == "language"


def test_a_shop_that_cannot_be_made_says_why_and_can_be_tried_again(
    wizard: WizardPresenter, seen: Seen, bench: Bench
) -> None:
    to_the_printer(wizard)
    wizard.go_on()
    bench.fails = DiskFull()

    wizard.go_on()
    assert seen.state.fault is bench.fails
    assert wizard.made is None
    bench.fails = None
    wizard.go_on()

    assert len(bench.made) == 1
