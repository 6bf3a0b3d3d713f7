"""Cards in the feed: what other tills of the shop wrote of cards they sold."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from storeapp.domain import card_doc
from storeapp.domain.card_doc import CardDoc, CardDocKind
from storeapp.domain.tender import TenderKind
from storeapp.sync.bodies import Body, Fen, Id, Moment, Whole, read
from storeapp.till import cards_elsewhere
from storeapp.till.ports import Books
from storeapp.wire.messages import FeedRow


class CardBody(Body):
    doc_id: Id
    number: Annotated[str, Field(min_length=1, max_length=60)]
    number_in_day: Whole
    deed: CardDocKind
    store: str
    till: str
    cashier: str
    business_date: date
    at: Moment
    member_id: Id
    card_id: Id
    kind: dict[str, Any]
    money_fen: Fen
    tender: TenderKind
    times: Fen
    worth_fen: Fen
    until: str = ""
    since: str = ""
    cause: Literal["", "customer", "shop"] = ""
    given_by: str = ""

    def doc(self) -> CardDoc:
        """Raises BadCardKind."""
        said = self.model_dump(exclude={"business_date"})
        return card_doc.from_body(said | {"business_date": self.business_date.isoformat()}, is_told=True)


def hear(books: Books, row: FeedRow) -> None:
    """One of its rows; raises CloudSpeaksGarbage, or BadCardKind for a card this version cannot read."""
    cards_elsewhere.hear(books, read(row, CardBody).doc())
