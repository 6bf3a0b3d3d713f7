"""The words ready to be sent: short, in the voice of one person of the shop, and never without a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from storeapp.domain.outreach import Reason


class Sentences(Protocol):
    """Where sentences are looked up."""

    @property
    def t(self) -> Callable[[str], str]: ...


def letter(reason: Reason, detail: str, *, name: str, shop: str, persona: str, words: Sentences) -> str:
    """The message for this reason; without a persona the shop speaks.

    `detail` is that of its candidate; of a coupon it is its last day and what it is, as of a card.
    """
    dear = words.t("Hello {name}, this is {who}.") if name else words.t("Hello, this is {who}.")
    who = words.t("{persona} of {shop}").format(persona=persona, shop=shop) if persona and shop else persona or shop
    parts = (
        dear.format(name=name, who=who),
        body(reason, detail, words),
        words.t("If you want no more messages, just say so."),
    )
    return " ".join(parts) if dear.isascii() else "".join(parts)


def body(reason: Reason, detail: str, words: Sentences) -> str:
    """What the message is about."""
    until = ""
    if reason in ("coupon_lapses", "card_ends"):
        until, _, detail = detail.partition(":")
    sentences = {
        "make_good": words.t(
            "I read that your last visit was not as it should be, and I am sorry. "
            "Tell me what went wrong: I will make it good."
        ),
        "nurture_1": words.t("Thank you for coming by yesterday. Is everything as you hoped?"),
        "nurture_3": words.t("How do you like what you took home? If anything is wrong, tell me."),
        "nurture_7": words.t("A week has gone by: is there anything we should keep ready for you?"),
        "birthday": words.t("Happy birthday! May it be a good year."),
        "thanks": words.t("You have become one of our regulars: thank you for your trust."),
        "due": words.t("It is about time for your {what} again. Shall I put some aside for you?"),
        "cooling": words.t("We have not seen you for {what} days. Is there anything we can do better?"),
        "coupon_lapses": words.t("You have a coupon ({what}) that is good until {until}, that day included."),
        "card_ends": words.t("Your {what} is good until {until}: come by while it is, or tell me what I can do."),
        "next_category": words.t("Many who chose as you did like our {what}. Shall I show you?"),
    }
    return sentences[reason].format(what=detail, until=until)
