"""The print worker on the real database: beside a busy counter, and killed in the middle of a job."""

from __future__ import annotations

import queue
import socket
import subprocess
import sys
from pathlib import Path

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.devices.print_worker import PrintWorker
from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_job import render
from storeapp.devices.simulated.tcp import TcpPrinter
from storeapp.devices.tcp import TcpTransport
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import printing
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.new_shop import new_device
from tests.devices.test_escpos_receipt import FONT
from tests.domain.goods import TEA
from tests.fakes.still import CountedIds, StillClock
from tests.waiting import PATIENCE_S

SALES = 12
ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from pathlib import Path
from tests.devices.test_print_worker_on_disk import opened, worker_on
shop = opened(Path(sys.argv[1]))
worker_on(shop, int(sys.argv[2]), lambda job: None).start()
sys.stdin.read()
"""


def opened(folder: Path, *, is_new: bool = False) -> ShopDatabase:
    clock, keys = StillClock(), FileKeystore(folder / "keys")
    if not is_new:
        return ShopDatabase.open(folder, clock=clock, ids=CountedIds(1000), keystore=keys)
    ids = CountedIds()
    shop = ShopDatabase.create(
        folder, device=new_device(ids, store="S01", till="1"), clock=clock, ids=ids, keystore=keys
    )
    put_products(shop, [TEA], clock=clock)
    return shop


def worker_on(shop: ShopDatabase, port: int, on_finished: object) -> PrintWorker:
    full = profile("full-80")
    return PrintWorker(
        shop,
        TcpTransport("127.0.0.1", port),
        lambda job: render(shop, job, full),
        clock=StillClock(),
        on_finished=on_finished,  # type: ignore[arg-type]  # whatever takes a job
    )


def sell(shop: ShopDatabase, ids: CountedIds) -> Sale:
    order = Order(Basket((Line(TEA),)), (Tender("code_manual", Money(350)),), cashier="1007")
    return checkout(shop, order, clock=StillClock(), ids=ids).sale


def test_every_sale_of_a_busy_counter_is_printed_once(tmp_path: Path) -> None:
    shop, ids, finished = opened(tmp_path, is_new=True), CountedIds(100), queue.Queue[PrintJob]()
    with TcpPrinter(FONT) as printer:
        worker = worker_on(shop, printer.port, finished.put)
        worker.start()
        sales = []
        for _ in range(SALES):
            sales.append(sell(shop, ids))
            worker.wake()
        ended = [finished.get(timeout=PATIENCE_S) for _ in range(SALES)]
        assert worker.stop(timeout_s=PATIENCE_S)
    shop.close()

    assert {job.state for job in ended} == {"done"}
    printed = [paper.text() for paper in printer.papers]
    assert len(printed) == SALES
    assert all(sum(sale.receipt in text for text in printed) == 1 for sale in sales)


def test_a_till_killed_in_the_middle_of_a_job_asks_and_never_prints_it_twice(tmp_path: Path) -> None:
    shop = opened(tmp_path, is_new=True)
    sale = sell(shop, CountedIds(100))
    shop.close()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        deaf.settimeout(PATIENCE_S)
        command = [sys.executable, "-c", CHILD, str(tmp_path), str(deaf.getsockname()[1])]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as child:
            # the first call is the question how it is, the second the job
            deaf.accept()[0].close()
            with deaf.accept()[0] as job:
                first = job.recv(1)
                child.kill()

    shop = opened(tmp_path)
    (question,) = printing.start_up(shop)
    waiting = printing.next_job(shop)
    shop.close()

    assert first == b"\x1b"
    assert (question.receipt, question.state, question.reason) == (sale.receipt, "unconfirmed", "interrupted")
    assert waiting is None
