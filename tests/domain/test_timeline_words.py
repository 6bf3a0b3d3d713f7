"""What happened with a member, in words, whatever it was."""

from __future__ import annotations

from typing import get_args

import pytest

from storeapp.domain.timeline import Bought, Happened, Kind, Noted
from storeapp.domain.timeline_words import happened_said
from storeapp.words import words

DETAILS: dict[Kind, tuple[str, ...]] = {
    "sale": ("",),
    "past": ("",),
    "refund": ("S01-1-20260928-0008",),
    "opened": ("",),
    "feedback": ("5:店员很热情", "2:"),
    "card": ("card_sold", "card_refund", "card_given"),
    "coupon": ("issued:2026-10-27", "redeemed", "void"),
    "group": ("", "cancelled"),
    "consent": ("yes", "no"),
    "value": ("topup", "adjust", "a_kind_of_tomorrow"),
    "looked": ("", "phone", "export"),
    "changed": ("note,birthday,tags",),
    "written": ("birthday:done", "due:"),
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", [*get_args(Bought), *get_args(Noted)])
def test_every_kind_has_its_words(kind: Kind, language: str) -> None:
    for detail in DETAILS[kind]:
        title, _more = happened_said(Happened(kind, 0, "S01-1", 500, detail, "1007"), words(language))

        assert title
        assert "{" not in title


def test_a_yes_is_told_with_the_place_it_was_said_at() -> None:
    yes = Happened("consent", 0, "membership", None, "yes", "counter")

    assert happened_said(yes, words("en")) == ("Membership: Yes", "at the counter")
    assert happened_said(yes, words("zh_CN")) == ("入会：同意", "柜台")
