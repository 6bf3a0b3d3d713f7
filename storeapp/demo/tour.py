"""The tour: every screen beside the selling one, opened by its key from where a cashier would open it."""

from __future__ import annotations

from storeapp.demo import cashier, giving, hers, ordering, people, prepaying
from storeapp.demo.album import Album
from storeapp.demo.first_day import BUN, COLA, LATTE, LUNCH, SOYMILK, TEA
from storeapp.demo.stage import Stage
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.till import printing
from storeapp.ui.reports.presenter import KINDS

OWNER, CASHIER = ("1001", "100100"), ("1007", "1007")
# the sections of the settings page, by the digit of their key
SECTIONS = ("shop", "offer", "till", "quick-keys", "printer", "staff", "cloud", "rights", "payments", "rules")


def parked(stage: Stage, album: Album) -> None:
    """Two customers have forgotten something; both come back."""
    for codes in ((LUNCH, TEA), (SOYMILK, BUN, BUN)):
        cashier.ring(stage, *codes)
        stage.hands.key("F5")
        stage.hands.until(lambda: stage.counter.sell.state.is_empty, "the basket is not parked")
    stage.hands.until(lambda: stage.counter.sell.state.parked == 2, "two parked baskets")
    stage.hands.key("F6")
    stage.expect("ParkedSheet", "parked baskets")
    album.counter("parked")
    stage.hands.key("Return")
    stage.hands.until(lambda: not stage.counter.sell.state.is_empty, "the parked basket does not come back")
    cashier.by_code(stage)
    # the last one comes back without a list
    stage.hands.key("F6")
    stage.hands.until(lambda: not stage.counter.sell.state.is_empty, "the last parked basket does not come back")
    cashier.by_code(stage)


def printer_in_trouble(stage: Stage, album: Album) -> None:
    """No paper, and the sale is made; a printer that dies in the middle, and somebody is asked."""
    stage.printed()
    stage.printer.script = PrinterScript.PAPER_OUT
    cashier.ring(stage, COLA)
    cashier.by_code(stage)
    stage.hands.until(lambda: stage.machine.printer() == "paper_out", "nobody says that the paper is out")
    stage.counter.frame.tick()
    album.counter("paper-out")
    stage.printer.script = PrinterScript.HEALTHY
    stage.machine.look_at_prints()
    stage.printed()
    stage.printer.script = PrinterScript.DYING
    cashier.ring(stage, LATTE)
    cashier.by_code(stage)
    stage.hands.until(lambda: printing.questions(stage.till.shop), "nobody is asked about the half-printed receipt")
    stage.printer.script = PrinterScript.HEALTHY
    stage.hands.key("Ctrl+O")
    stage.expect("PrintsSheet", "prints nobody is sure of")
    album.counter("print-question")
    stage.hands.key("Return")
    stage.hands.until(lambda: not printing.questions(stage.till.shop), "the question stays")
    stage.back()
    stage.printed()


def members(stage: Stage, album: Album) -> None:
    stage.hands.key("F7")
    stage.expect("FindSheet", "finding a member")
    stage.hands.type("lxm")
    stage.hands.rest(200)
    album.counter("find-member")
    stage.hands.key("Ctrl+I")
    stage.expect("FilePage", "the member's page")
    album.counter("member")
    hers.play(stage, album)
    stage.back()


def receipts(stage: Stage, album: Album) -> None:
    stage.hands.key("Ctrl+R")
    stage.expect("ReceiptPage", "receipts")
    stage.hands.key("Down")
    stage.hands.rest(700)
    album.counter("receipts")
    stage.back()
    stage.hands.key("Ctrl+B")
    stage.expect("PaperSheet", "the paper")
    album.counter("paper")
    stage.back()


def refund(stage: Stage, album: Album) -> None:
    """One of two colas comes back; the owner says yes with her PIN."""
    cashier.ring(stage, COLA, COLA, BUN)
    cashier.cash(stage, "20")
    stage.printed()
    stage.hands.key("Ctrl+K")
    stage.expect("RefundPage", "refunds")
    album.counter("refund-find")
    stage.hands.key("Return")
    stage.hands.key("+")
    stage.hands.key("F2")
    album.counter("refund")
    album.customer("refund")
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.window.over is not None, "nobody is asked about the refund")
    for typed in OWNER:
        stage.hands.enter(typed)
    stage.hands.until(lambda: refunds_of(stage) > 0, "the refund does not reach the books")
    stage.hands.rest(100)
    album.counter("refunded")
    album.customer("refunded")
    stage.hands.key("Return")
    stage.back()
    stage.printed()
    _exchange(stage, album)


def _exchange(stage: Stage, album: Album) -> None:
    """The rest for a latte; then she keeps it after all."""
    stage.hands.key("Ctrl+K")
    stage.expect("RefundPage", "refunds")
    for key in ("Return", "A", "F3", "F10"):
        stage.hands.key(key)
    cashier.ring(stage, LATTE)
    album.counter("exchange")
    album.customer("exchange")
    stage.hands.key("F8")
    stage.hands.key("Ctrl+K")
    stage.back()
    stage.hands.until(lambda: stage.counter.sell.state.trading is None, "the exchange goes on")


def refunds_of(stage: Stage) -> int:
    """How often something came back of the last sale."""
    with stage.till.shop.reading() as books:
        return len(books.refunds.of_sale(stage.last_sale().sale_id))


def settings(stage: Stage, album: Album) -> None:
    """The owner takes over, looks at everything, and leaves the till to the cashier again."""
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *OWNER)
    stage.synced()
    stage.counter.frame.tick()
    # what was said at signing out would cover the heads of the pages
    stage.window.notice.hide_notice()
    stage.hands.key("Ctrl+S")
    stage.expect("SettingsPage", "settings")
    for number, name in enumerate(SECTIONS, start=1):
        stage.hands.key(f"Ctrl+{number % 10}")
        stage.hands.rest(700 if name in ("offer", "printer") else 100)
        album.counter(f"settings-{name}")
    stage.back()
    stage.hands.key("Alt+Y")
    stage.expect("ReportsPage", "reports")
    for kind in KINDS:
        stage.hands.rest(200)
        album.counter(f"reports-{kind.id}")
        stage.hands.key("Ctrl+Right")
    stage.back()
    _alarms(stage, album)
    stage.hands.key("Ctrl+L")
    cashier.sign_in(stage, *CASHIER)


def _alarms(stage: Stage, album: Album) -> None:
    """Members have paid in, and the bank knows nothing of it yet: the owner has looked."""
    stage.hands.key("Alt+A")
    stage.expect("AlarmsPage", "alarms")
    stage.hands.until(lambda: stage.waiting() > 0, "nobody says what is missing in custody")
    stage.hands.rest(100)
    album.counter("alarms")
    stage.hands.key("Return")
    stage.hands.until(lambda: stage.waiting() == 0, "what the owner has seen waits for him")
    stage.back()


def promotions(stage: Stage, album: Album) -> None:
    giving.play(stage, album, owner=OWNER, back_to=CASHIER)


def group_orders(stage: Stage, album: Album) -> None:
    ordering.play(stage, album, owner=OWNER, back_to=CASHIER)


def cards(stage: Stage, album: Album) -> None:
    prepaying.play(stage, album, owner=OWNER, back_to=CASHIER)


def members_as_a_whole(stage: Stage, album: Album) -> None:
    people.play(stage, album, owner=OWNER, back_to=CASHIER)


def all_of_it(stage: Stage, album: Album) -> None:
    # what the status bar says of the cloud is the screen's own, and not left over from the last one
    for clock, screens in (
        ("14:05", parked),
        ("14:20", printer_in_trouble),
        ("14:35", members),
        ("14:45", receipts),
        ("14:52", refund),
        ("15:00", settings),
        ("15:10", members_as_a_whole),
        ("15:20", promotions),
        ("15:25", group_orders),
        ("15:30", cards),
    ):
        stage.at(clock)
        screens(stage, album)
