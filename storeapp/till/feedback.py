"""Feedback: what customers answered on the receipt's page, and whose answer it was. It comes by the cloud's feed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from storeapp.domain.feedback import Feedback, Marks
from storeapp.domain.member import masked_phone
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books, Shop

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as a screen may show it; `name` and `phone_masked` are "" where it is nobody's."""

    said: Feedback
    name: str = ""
    phone_masked: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The question that is asked now, all marks together, and the latest answers."""

    question: str
    marks: Marks
    latest: tuple[Answer, ...]


def answers(books: Books, *, low: bool = False, most: int = SHOWN) -> tuple[Answer, ...]:
    """The latest first."""
    return tuple(_known(books, said) for said in books.feedback.latest(low=low, most=most))


def all_of_it(shop: Shop) -> Answers:
    """What a screen shows of the question."""
    with shop.reading() as books:
        question = books.policy.in_force().text("feedback.question")
        return Answers(question, books.feedback.marks(), answers(books))


def _known(books: Books, said: Feedback) -> Answer:
    # the cloud tells its own hour
    said = replace(said, at=local_moment(books, datetime.fromisoformat(said.at)).isoformat())
    member = None if said.member_id is None else books.members.by_id(said.member_id)
    return Answer(said) if member is None else Answer(said, member.name, masked_phone(member.phone))
