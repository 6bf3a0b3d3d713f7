"""What slips of members' documents say beside them: the moment on the shop's clock, and whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storeapp.domain.member import masked_phone
from storeapp.domain.policy import Policy
from storeapp.domain.receipt import training_mark
from storeapp.domain.receipt_layout import Row, marked
from storeapp.till.moments import in_zone
from storeapp.till.names import member_now
from storeapp.till.ports import Books
from storeapp.words import words


def moment_of(policy: Policy, at: str) -> str:
    """The moment `at` as paper says it."""
    return f"{in_zone(datetime.fromisoformat(at), policy):%Y-%m-%d %H:%M:%S}"


def phone_of(books: Books, member_id: str) -> str:
    """The masked phone of whoever stands for her today; "" where she had herself erased since."""
    member = member_now(books, member_id)
    return "" if member is None else masked_phone(member.phone)


def practised(books: Books, rows: Sequence[Row], *, width: int) -> tuple[Row, ...]:
    """No paper leaves a training shop without its mark, printed or in a file; a receipt says so itself."""
    if not books.device.is_training:
        return tuple(rows)
    return marked(rows, training_mark(words(books.policy.in_force().text("receipt.language"))), paper_columns=width)
