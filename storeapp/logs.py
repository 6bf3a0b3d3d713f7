"""Logs: one JSON object a line, in a file that rolls over in the shop's folder, with no phone number in it."""

from __future__ import annotations

import json
import logging
import re
import secrets
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_BYTES = 2_000_000
FILES_KEPT = 5
# a mainland mobile number standing alone; inside a barcode or a hash it is none
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![0-9A-Za-z])")


def without_phones(text: str) -> str:
    """`text` with every mobile number as `138****0001`."""
    return _PHONE.sub(r"\1****\2", text)


class PhoneMask(logging.Filter):
    """Masks phone numbers in whatever a record says, its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_phones(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_phones(record.exc_text)
        return True


class JsonLines(logging.Formatter):
    """`{"at", "level", "room", "said", "log_id"?, "trace"?}`"""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "said": record.getMessage(),
        }
        log_id = getattr(record, "log_id", "")
        if log_id:
            told["log_id"] = log_id
        if record.exc_text:
            told["trace"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


def start(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """From now on storeapp's rooms log to `folder/logs`. Give the handler to `stop` when the shop closes."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        logs / "storeapp.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.addFilter(PhoneMask())
    handler.setFormatter(JsonLines())
    room = logging.getLogger("storeapp")
    room.addHandler(handler)
    room.setLevel(level)
    # the file is for whoever mends the program; a script's stderr belongs to its own errors
    room.propagate = False
    return handler


def stop(handler: logging.Handler) -> None:
    """The shop is closed: its log file is, too."""
    room = logging.getLogger("storeapp")
    room.removeHandler(handler)
    room.propagate = True
    handler.close()


def fault(error: BaseException, *, where: str) -> str:
    """Logs what broke with its traceback; answers the id to find it by."""
    log_id = secrets.token_hex(4)
    logging.getLogger(where).error(
        "%s", type(error).__name__, exc_info=(type(error), error, error.__traceback__), extra={"log_id": log_id}
    )
    return log_id
