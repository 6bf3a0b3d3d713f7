"""The log: lines a program can read, and no phone number in any of them."""

import json
import logging
from pathlib import Path

import pytest

from storeapp import logs


@pytest.fixture
def lines(tmp_path: Path):
    handler = logs.start(tmp_path)
    yield lambda: [json.loads(line) for line in (tmp_path / "logs" / "storeapp.log").read_text().splitlines()]
    logs.stop(handler)


def test_each_line_is_one_object(lines):
    logging.getLogger("storeapp.till").info("opened %s\nand more", "S01")

    (line,) = lines()
    assert (line["level"], line["room"], line["said"]) == ("info", "storeapp.till", "opened S01\nand more")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("called 13800000001.", "called 138****0001."),
        ("called +8613800000001", "called 138****0001"),
        ("called 138-0000-0001", "called 138****0001"),
        ("phone='13800000001'", "phone='138****0001'"),
        ("barcode 6913800000001", "barcode 6913800000001"),
        ("hash 13800000001ab", "hash 13800000001ab"),
        ("receipt S01-1-20260928-0117", "receipt S01-1-20260928-0117"),
    ],
)
def test_a_phone_is_masked_and_nothing_else(lines, said, kept):
    logging.getLogger("storeapp.till").warning("%s", said)

    assert lines()[0]["said"] == kept


def test_a_fault_is_found_by_its_id_and_its_traceback_holds_no_phone(lines):
    try:
        raise ValueError("member 13800000001 is two")
    except ValueError as error:
        log_id = logs.fault(error, where="storeapp.cli")

    (line,) = lines()
    assert line["log_id"] == log_id
    assert "ValueError: member 138****0001 is two" in line["trace"]


def test_a_closed_shop_logs_no_more(tmp_path: Path):
    handler = logs.start(tmp_path)

    logs.stop(handler)
    logging.getLogger("storeapp.till").propagate = False
    logging.getLogger("storeapp.till").warning("too late")
    logging.getLogger("storeapp.till").propagate = True

    assert not (tmp_path / "logs" / "storeapp.log").exists()
