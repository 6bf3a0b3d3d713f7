"""Answering: the one question on a receipt's page, once a receipt.

The mark is kept here. The words only travel to the tills, sealed with the buyer's own key where she is known, so that
erasing her takes them along.
"""

from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud import feeds, members
from storeapp.cloud.claims import receipts, terms
from storeapp.cloud.claims.receipts import Scanned
from storeapp.cloud.clock import instant
from storeapp.cloud.database import insert_new
from storeapp.cloud.posting import Posting
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.sales import feedback
from storeapp.domain.feedback import Feedback
from storeapp.errors import Refused


class NotAsked(Refused):
    """The shop asks nothing now, or there is no purchase to ask about."""

    word = "not_asked"


def answer(cloud: Cloud, scan: Scanned, mark: int, words: str) -> bool:
    """Keeps the answer and tells the tills; False if there is one already. Raises NotAsked or BadFeedback."""
    said = Feedback(scan.token, mark, words, instant(cloud.clock()))

    def work(connection: sa.Connection) -> bool:
        posting = Posting(connection, scan.tenant_id, cloud.keys, cloud.clock())
        sale = receipts.seen(connection, scan.tenant_id, scan.token)
        if sale is None or sale.state == "void" or not question(connection, scan.tenant_id):
            raise NotAsked
        answer_id = str(uuid4())
        row = {
            "tenant_id": scan.tenant_id,
            "token": scan.token,
            "answer_id": answer_id,
            "store_id": scan.store_id,
            "till_id": scan.till_id,
            "mark": said.mark,
            "at": posting.now,
        }
        insert_new(connection, feedback, [row])
        if _answered(connection, scan) != answer_id:
            return False
        _tell(posting, scan, said, sale.receipt)
        posting.finish()
        return True

    return cloud.database.write(scan.tenant_id, work)


def question(connection: sa.Connection, tenant_id: str) -> str:
    """What the owner wants to know, or "" for nothing."""
    return terms.policy_of(connection, tenant_id).text("feedback.question").strip()


def is_answered(connection: sa.Connection, scan: Scanned) -> bool:
    return _answered(connection, scan) is not None


def _answered(connection: sa.Connection, scan: Scanned) -> str | None:
    asked = sa.select(feedback.c.answer_id).where(
        feedback.c.tenant_id == scan.tenant_id, feedback.c.token == scan.token
    )
    return connection.execute(asked).scalar_one_or_none()


def _tell(posting: Posting, scan: Scanned, said: Feedback, receipt: str) -> None:
    member_id = receipts.buyer(posting.connection, scan.tenant_id, scan.token)
    data_key = None if member_id is None else members.own_key(posting, member_id)
    if data_key is None:
        member_id = None
    body = {
        "receipt_token": said.token,
        "mark": said.mark,
        "words": said.words,
        "at": said.at,
        "receipt": receipt,
        "member_id": member_id,
    }
    name = feeds.members_of(scan.store_id)
    posting.tell(feeds.Row(name, "feedback", body, member_id=member_id, data_key=data_key))
