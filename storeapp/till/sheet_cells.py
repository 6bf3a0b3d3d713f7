"""Sheet cells: what a cell of another system's table says, or the closed word for why it will not do."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storeapp.domain.barcode import ean13_check_digit
from storeapp.domain.money import Money
from storeapp.domain.one_line import has_stray
from storeapp.till.sheets import BadCell, tidy

YES = frozenset({"1", "y", "yes", "true", "t", "x", "on", "是", "有", "对", "真", "√", "✓", "同意", "称重", "已同意"})
NO = frozenset(
    {"", "0", "n", "no", "false", "f", "off", "否", "无", "不", "假", "×", "-", "不同意", "不称重", "未同意"}
)
_NUMBER = re.compile(r"([-−]?)(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d*))?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")


def text(value: str, *, most: int) -> str:
    """A single line of at most `most` characters."""
    if len(value) > most:
        raise BadCell("too_long")
    if has_stray(value):
        raise BadCell("control_character")
    return value


def amount(value: str) -> Money:
    """Yuan with at most two decimals: `3`, `3.50`, `¥3.5`, `3.5元`, `1,280.00`. Not below zero."""
    plain = unicodedata.normalize("NFKC", value).strip().lstrip("¥").removesuffix("元").strip()
    whole, decimals = _digits(plain, "not_an_amount", most=2)
    return Money(whole * 100 + int(decimals.ljust(2, "0")))


def milli(value: str) -> int:
    """A stock count with at most three decimals; it may be below zero."""
    plain = unicodedata.normalize("NFKC", value)
    sign = -1 if plain[:1] in ("-", "−") else 1
    whole, decimals = _digits(plain.lstrip("-−"), "not_a_number", most=3)
    return sign * (whole * 1000 + int(decimals.ljust(3, "0")))


def count(value: str) -> int:
    """A whole number, not below zero."""
    whole, decimals = _digits(unicodedata.normalize("NFKC", value), "not_a_number", most=2)
    if decimals.strip("0"):
        raise BadCell("not_whole")
    return whole


def yes_no(value: str) -> bool:
    """`是`, `1`, `yes`; nothing is no."""
    word = unicodedata.normalize("NFKC", value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell("not_yes_or_no")


def code(value: str, mark: str = "") -> str:
    """A code or barcode: text, zeros kept. `mark` is what the file says of the cell."""
    plain = tidy(value.removeprefix("'"))
    if mark in ("digits_lost", "date") or is_shortened(plain):
        # 6.90123E+12 is what is left of a barcode after Excel saved it as a number; of 1-2 it makes a day
        raise BadCell("digits_lost")
    if mark == "number" and _lost_zeros(plain):
        raise BadCell("zeros_lost")
    folded = unicodedata.normalize("NFKC", plain)
    return folded if folded.isascii() and folded.isdigit() else plain


def moment(value: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """A day or a moment that has been, in the shop's zone; a later one is refused."""
    found = _DATE.fullmatch(value) or _COMPACT_DATE.fullmatch(value)
    if found is None:
        raise BadCell("not_a_date")
    year, month, day, *rest = (int(part or 0) for part in found.groups())
    hour, minute, second = rest or (0, 0, 0)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        raise BadCell("not_a_date") from None
    # a till's clock may be a little behind the system the sheet comes from
    if at > now + timedelta(days=1):
        raise BadCell("in_the_future")
    return at


def month_day(value: str) -> str:
    """A birthday as `MM-DD`; a year is read and forgotten."""
    whole = _DATE.fullmatch(value) or _COMPACT_DATE.fullmatch(value)
    found = whole.groups()[1:3] if whole else (short.groups() if (short := _MONTH_DAY.fullmatch(value)) else None)
    if found is None:
        raise BadCell("not_a_birthday")
    month, day = int(found[0]), int(found[1])
    try:
        # a leap year, for those born on 29 February
        return f"{date(2000, month, day):%m-%d}"
    except ValueError:
        raise BadCell("not_a_birthday") from None


def _digits(plain: str, otherwise: str, *, most: int) -> tuple[int, str]:
    found = _NUMBER.fullmatch(plain.strip())
    if found is None:
        raise BadCell(otherwise)
    sign, whole, decimals = found.group(1), found.group(2).replace(",", ""), found.group(3) or ""
    if len(decimals.rstrip("0")) > most:
        raise BadCell("too_many_decimals")
    if sign and (int(whole) or decimals.strip("0")):
        raise BadCell("negative")
    return int(whole), decimals[:most]


def is_shortened(text: str) -> bool:
    """Whether a long number was saved as Excel shows it: `1.39E+10`."""
    return _SCIENTIFIC.fullmatch(text) is not None


def _lost_zeros(digits: str) -> bool:
    """True for 10 to 12 digits that are a valid GTIN-13 once the zeros in front are back."""
    if not (10 <= len(digits) <= 12 and digits.isascii() and digits.isdigit()):
        return False
    padded = digits.zfill(13)
    return ean13_check_digit(padded[:12]) == int(padded[12])
