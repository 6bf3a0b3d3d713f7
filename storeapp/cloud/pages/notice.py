"""The notice: what a shop does with what it learns here, in the very words somebody agrees to.

A consent is kept with the version of these words and the hash of them as they stood on the page.
"""

import hashlib
from dataclasses import dataclass

from storeapp.words import Words

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Notice:
    """Heading and text, paragraph by paragraph."""

    paragraphs: tuple[tuple[str, str], ...]

    def text_hash(self) -> bytes:
        said = "\n".join(f"{heading}\n{text}" for heading, text in self.paragraphs)
        return hashlib.sha256(said.encode("utf-8")).digest()


def notice(words: Words, *, shop: str, contact: str) -> Notice:
    """Who, what for, for how long, and what may be asked of them."""
    _ = words.t
    whom = contact or _("the counter of the shop")
    return Notice(
        (
            (_("Who"), _("{shop} answers for your data. Ask: {contact}.").format(shop=shop, contact=whom)),
            (
                _("What for"),
                _(
                    "Looking at this receipt needs nothing from you: only that the page was opened is counted. "
                    "If you claim the offer, we keep the receipt, the time and a random number. "
                    "If you join, we also keep your phone number, to find your points and coupons."
                ),
            ),
            (
                _("How long"),
                _(
                    "A claim is kept until its coupon has ended and the accounts of its year are closed; "
                    "your phone number until you leave."
                ),
            ),
            (
                _("Your rights"),
                _(
                    "You may see, correct, take along or delete your data, and take back any consent, "
                    "as easily as you gave it: at the counter or with the contact above. "
                    "Buying, returning and your receipt never depend on it."
                ),
            ),
        )
    )
