"""The printer in trouble: the sale stands, and somebody is asked about the paper."""

from __future__ import annotations

from storeapp.demo import cashier
from storeapp.demo.cast import Cast
from storeapp.demo.first_day import COLA, LATTE
from storeapp.devices.simulated.printer import PrinterScript
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.till import printing
from tests.stories.seen import reads


def test_a_printer_without_paper_does_not_undo_the_sale_and_asks_later(cast: Cast, printer: TcpPrinter) -> None:
    stage = cast.stage
    cashier.sign_in(stage, "1007", "1007")
    printer.script = PrinterScript.PAPER_OUT
    cashier.ring(stage, COLA, LATTE)

    sale = cashier.by_code(stage)

    stage.hands.until(lambda: reads(stage.window, "小票机缺纸"), "nobody says that the paper is out")
    assert stage.sales() == (sale,)
    # the customer has gone long since when somebody brings paper
    stage.clock.wait(minutes=11)
    printer.script = PrinterScript.HEALTHY
    stage.machine.look_at_prints()
    stage.hands.until(lambda: reads(stage.window, "Ctrl+O"), "nobody is asked")
    assert printer.papers == []
    stage.hands.key("Ctrl+O")
    stage.expect("PrintsSheet", "prints nobody is sure of")
    stage.hands.key("Return")
    [paper] = printer.wait_for_jobs(1)
    # nothing of it had been on paper, so this is no copy
    assert sale.receipt in paper.text()
    assert "副本" not in paper.text()
    stage.printed()
    assert printing.questions(stage.till.shop) == ()


def test_a_receipt_that_broke_off_comes_again_only_when_somebody_says_so_and_as_a_copy(
    cast: Cast, printer: TcpPrinter
) -> None:
    stage = cast.stage
    cashier.sign_in(stage, "1007", "1007")
    printer.script = PrinterScript.DYING
    cashier.ring(stage, LATTE)

    sale = cashier.by_code(stage)

    stage.hands.until(lambda: printing.questions(stage.till.shop), "nobody is asked")
    printer.script = PrinterScript.HEALTHY
    stage.machine.look_at_prints()
    stage.hands.rest(500)
    before = len(printer.papers)
    assert not any(paper.cuts for paper in printer.papers)
    stage.hands.key("Ctrl+O")
    stage.expect("PrintsSheet", "prints nobody is sure of")
    stage.hands.key("Return")
    paper = printer.wait_for_jobs(before + 1)[-1]
    assert sale.receipt in paper.text()
    assert "副本" in paper.text()
    assert stage.sales() == (sale,)
