"""The cashier: what her hands do at the counter, in the words of the shop."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.demo.stage import Stage
from storeapp.domain.sale import Sale

# fewer digits than this are typed by hand: no scanner reads them
_SCANNED_FROM = 8
FLOAT = "500"
Meanwhile = Callable[[], object]


def sign_in(stage: Stage, code: str, pin: str, *, meanwhile: Meanwhile = lambda: None) -> None:
    """Chooses herself in the list and types her PIN; the first one opens the shift, which `meanwhile` sees."""
    stage.expect("SignInPage", "signing in")
    with stage.till.shop.reading() as books:
        people = [person.code for person in books.staff.every()]
    for _step in range(len(people)):
        stage.hands.key("Up")
    for _step in range(people.index(code)):
        stage.hands.key("Down")
    stage.hands.enter(pin)
    stage.hands.until(lambda: stage.window.page is None, f"{code} cannot sign in")
    if type(stage.window.sheet).__name__ == "OpeningSheet":
        stage.hands.type(FLOAT)
        meanwhile()
        stage.hands.key("Return")
        stage.hands.until(lambda: stage.window.sheet is None, "the shift does not open")


def ring(stage: Stage, *codes: str) -> None:
    """Scans what has a barcode, types what has a short code."""
    for code in codes:
        _ring_up(stage, code)


def _ring_up(stage: Stage, code: str) -> None:
    before = stage.counter.sell.state.priced
    if len(code) >= _SCANNED_FROM and code.isdigit():
        stage.hands.scan(code)
    else:
        stage.hands.enter(code)
    stage.hands.until(lambda: stage.counter.sell.state.priced != before, f"{code} is not rung up")


def attach(stage: Stage, phone: str) -> None:
    """The member says her phone number."""
    stage.hands.enter(phone)
    stage.hands.until(lambda: stage.counter.sell.state.member is not None, f"{phone} is not known")


def cash(stage: Stage, handed: str = "", *, meanwhile: Meanwhile = lambda: None) -> Sale:
    """Cash, with what she was handed; nothing is the exact amount. `meanwhile` sees the sheet before Enter."""
    stage.hands.key("F9")
    stage.expect("PaySheet", "cash")
    if handed:
        stage.hands.type(handed)
    meanwhile()
    return _sold(stage, lambda: stage.hands.key("Return"))


def by_code(stage: Stage, *, meanwhile: Meanwhile = lambda: None) -> Sale:
    """The customer's payment code, scanned."""
    stage.hands.key("Space")
    stage.expect("PaySheet", "payment by code")
    meanwhile()
    return _sold(stage, lambda: stage.hands.scan(_payment_code(stage)))


def by_hand(stage: Stage, *, meanwhile: Meanwhile = lambda: None) -> Sale:
    """The customer paid at the code on the counter; the cashier has seen the money arrive."""
    stage.hands.key("F10")
    stage.expect("PaySheet", "paid by code")
    meanwhile()
    return _sold(stage, lambda: stage.hands.key("Return"))


def sign_up(stage: Stage, phone: str, name: str, *, meanwhile: Meanwhile = lambda: None) -> None:
    """Phone, Enter, name, Enter."""
    stage.hands.key("F11")
    stage.expect("SignUpSheet", "signing up")
    stage.hands.enter(phone)
    stage.hands.type(name)
    meanwhile()
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.counter.sell.state.member is not None, f"{name} is not signed up")


def _payment_code(stage: Stage) -> str:
    """What the wallet shows this time, for a code pays once; the simulated provider takes its last digit for money."""
    with stage.till.shop.reading() as books:
        last = books.sales.last()
    number = 0 if last is None else last.number_in_day % 1000
    return f"13{stage.clock.now():%y%m%d%H%M%S}{number:03}0"


def _sold(stage: Stage, pay: Meanwhile) -> Sale:
    with stage.till.shop.reading() as books:
        before = books.sales.last()

    def is_new() -> bool:
        with stage.till.shop.reading() as books:
            now = books.sales.last()
        return now is not None and (before is None or now.receipt != before.receipt)

    pay()
    stage.hands.until(is_new, "the sale does not reach the books")
    stage.hands.until(lambda: stage.counter.sell.state.is_empty, "the counter does not become free")
    return stage.last_sale()
