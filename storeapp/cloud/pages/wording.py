"""Wording: in which language a phone is spoken to, and how money, days and receipts are shown on it."""

from datetime import date, datetime

from storeapp.words import Words, words


def language_of(accept_language: str) -> str:
    """Chinese, unless the phone asks for English before any Chinese."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        wanted.append((-quality, place, tag.lower()))
    for quality, _place, tag in sorted(wanted):
        if quality < 0 and tag.split("-")[0] in ("zh", "en"):
            return "en" if tag.startswith("en") else "zh_CN"
    return "zh_CN"


def words_for(accept_language: str) -> Words:
    return words(language_of(accept_language))


def yuan(fen: int) -> str:
    """`¥82.13`; whole yuan without their zeros only where a coupon is advertised."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100}.{abs(fen) % 100:02d}"


def short_yuan(fen: int) -> str:
    """`10` or `9.50`: the big figure on a coupon."""
    return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"


def moment(text: str) -> str:
    """`2026-09-28 11:53` on the shop's own clock."""
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")


def day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def masked_receipt(number: str) -> str:
    """`S01-1-…17`: enough to tell it is this one, not enough to look it up."""
    parts = number.split("-")
    if len(parts) < 2 or len(number) < 6:
        return "…" + number[-2:]
    return "-".join(parts[:-2] or parts[:1]) + "-…" + number[-2:]
