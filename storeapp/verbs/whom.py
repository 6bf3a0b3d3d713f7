"""Whom a verb is about, and by whose hand: a phone number or a member's own id, and a staff code."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from storeapp import app
from storeapp.app import Till
from storeapp.domain.staff import SCRIPT
from storeapp.till import member_file, members
from storeapp.till.names import known_as
from storeapp.till.ports import Books
from storeapp.till.staff import signed


@contextmanager
def till_of(chosen: argparse.Namespace) -> Iterator[Till]:
    """The shop, open, for a deed by the hand `--as` names; raises UnknownStaff where nobody there has it."""
    with app.open_till(chosen.shop) as till:
        signed(till.shop, getattr(chosen, "actor", "") or getattr(chosen, "by", "") or SCRIPT)
        yield till


def member_id_of(books: Books, who: str) -> str:
    """The member of this phone or id; raises BadPhone, UnknownMember or MemberMerged."""
    if len(who) == 36 and who.count("-") == 4:
        return known_as(books, who).member_id
    return members.by_phone(books, who).member_id


def looked(till: Till, member_id: str) -> None:
    """Whoever reads of her without a screen is on record too."""
    member_file.look(till.shop, member_id, by=SCRIPT, clock=till.clock)
