"""The serial scanner, played over a pseudo terminal."""

import os
import queue
import tty
from pathlib import Path

from storeapp.devices.scanner_serial import SerialScanner, scanned
from tests.waiting import PATIENCE_S


def test_codes_arrive_whole_however_the_cable_cuts_them() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    codes: queue.Queue[str] = queue.Queue()
    connected: queue.Queue[bool] = queue.Queue()
    scanner = SerialScanner(os.ttyname(slave), codes.put, on_connected=connected.put)
    scanner.start()
    assert connected.get(timeout=PATIENCE_S) is True

    os.write(master, b"690123456")
    os.write(master, b"7892\r\n")
    os.write(master, b"\r\n\x02S01-1-2609280117\x03\r")

    assert [codes.get(timeout=PATIENCE_S) for _ in range(2)] == ["6901234567892", "S01-1-2609280117"]
    scanner.stop()
    os.close(master)
    os.close(slave)
    assert codes.empty()


def test_a_scanner_that_is_not_there_is_said_once_and_the_thread_ends_when_told(tmp_path: Path) -> None:
    told: queue.Queue[bool] = queue.Queue()
    scanner = SerialScanner(str(tmp_path / "no-port"), lambda code: None, on_connected=told.put)
    scanner.start()

    assert told.get(timeout=PATIENCE_S) is False
    scanner.stop()
    assert told.empty()


def test_a_scanned_text_is_read_as_it_was_meant() -> None:
    assert scanned("６９０１".encode()) == "6901"
    assert scanned("茶叶蛋".encode("gbk")) == "茶叶蛋"
    assert scanned(b"\x02\x1b") == ""
