"""Reasons: why a price was changed or a discount given. What is stored is a short word or what a person wrote."""

from __future__ import annotations

from typing import Protocol

REASONS = ("damaged", "short_dated", "price_match", "regular", "goodwill", "shelf_price")

# why somebody says yes to what is no price
YES_REASONS = ("customer_asked", "mistake", "faulty", "checked", "goodwill", "other")

# why goods come back
BACK_REASONS = ("unwanted", "wrong_goods", "faulty", "expired", "overcharged")

# what comes back for one of these does not go on the shelf again
SCRAPPED: frozenset[str] = frozenset({"faulty", "expired"})


class Words(Protocol):
    """Where sentences are looked up."""

    def t(self, msgid: str) -> str: ...


def said(stored: str, words: Words) -> str:
    """A reason as people read it; what a person wrote stays as it is."""
    _ = words.t
    known = {
        "damaged": _("Damaged"),
        "short_dated": _("Short-dated"),
        "price_match": _("Price match"),
        "regular": _("Regular"),
        "goodwill": _("Goodwill"),
        "shelf_price": _("Shelf label"),
        "customer_asked": _("The customer asked"),
        "mistake": _("A mistake"),
        "faulty": _("Faulty goods"),
        "checked": _("I checked it"),
        "other": _("Something else"),
        "unwanted": _("Not wanted"),
        "wrong_goods": _("Wrong goods"),
        "expired": _("Past its date"),
        "overcharged": _("Overcharged"),
    }
    return known.get(stored, stored)
