"""Claiming: a tap on the button of a receipt's page, written down with the words that were agreed to.

The reward is for this purchase. It asks for no name, no number, and nobody to be followed or added.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud import members
from storeapp.cloud.claims import receipts, rewards, terms
from storeapp.cloud.claims.receipts import Scanned
from storeapp.cloud.clock import instant
from storeapp.cloud.members import NewMember
from storeapp.cloud.posting import Posting
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.members import consent
from storeapp.cloud.tables.offers import claim
from storeapp.domain.member import Consent, ConsentMissing, normal_phone
from storeapp.errors import Refused

# a receipt is scanned by the people who shopped together, not by a crowd
SCANS_AN_HOUR = 3
CLAIM_PURPOSE: Literal["claim"] = "claim"


class NoOffer(Refused):
    """The shop makes no offer now, or this receipt's sale was taken back."""

    word = "no_offer"


class TooManyScans(Refused):
    """This receipt was claimed by too many phones within an hour."""

    word = "too_many_scans"


class UnknownScan(Refused):
    """No such scan of this receipt."""

    word = "unknown_scan"


@dataclass(frozen=True, slots=True)
class Agreement:
    """The words somebody agreed to: their version, and the hash of them as they stood on the page."""

    text_version: str
    text_hash: bytes


def claim_receipt(cloud: Cloud, scan: Scanned, scan_id: str, agreed: Agreement, *, channel: str) -> str:
    """Claims a receipt's offer for whoever tapped; answers the claim's state. The same scan id again changes nothing.

    Raises NoOffer or TooManyScans.
    """

    def work(connection: sa.Connection) -> str:
        posting = Posting(connection, scan.tenant_id, cloud.keys, cloud.clock())
        state = _claim(posting, scan, scan_id, agreed, channel=channel)
        posting.finish()
        return state

    return cloud.database.write(scan.tenant_id, work)


def _claim(posting: Posting, scan: Scanned, scan_id: str, agreed: Agreement, *, channel: str) -> str:
    connection, tenant_id = posting.connection, posting.tenant_id
    this = sa.and_(claim.c.tenant_id == tenant_id, claim.c.scan_id == scan_id)
    before = connection.execute(sa.select(claim.c.state).where(this)).scalar_one_or_none()
    if before is not None:
        return str(before)
    offer = terms.policy_of(connection, tenant_id).offer()
    sale = receipts.seen(connection, tenant_id, scan.token)
    if offer is None or (sale is not None and sale.state == "void"):
        raise NoOffer
    recent = (
        sa.select(sa.func.count())
        .select_from(claim)
        .where(
            claim.c.tenant_id == tenant_id,
            claim.c.token == scan.token,
            claim.c.claimed_at > posting.now - timedelta(hours=1),
        )
    )
    if connection.execute(recent).scalar_one() >= SCANS_AN_HOUR:
        raise TooManyScans
    row = {
        "tenant_id": tenant_id,
        "scan_id": scan_id,
        "token": scan.token,
        "store_id": scan.store_id,
        "till_id": scan.till_id,
        "state": "parked",
        "terms": terms.as_text(offer),
        "coupon_id": None,
        "member_id": None,
        "channel": channel,
        "claimed_at": posting.now,
    }
    connection.execute(sa.insert(claim), row)
    connection.execute(
        sa.insert(consent),
        {
            "tenant_id": tenant_id,
            "subject_id": scan_id,
            "purpose": CLAIM_PURPOSE,
            "source_id": scan_id,
            "given": True,
            "text_version": agreed.text_version,
            "text_hash": agreed.text_hash,
            "channel": channel,
            "at": instant(posting.now),
            "recorded_at": posting.now,
        },
    )
    if sale is None:
        return "parked"
    return rewards.answer(posting, connection.execute(sa.select(claim).where(this)).one())


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody said on the page. Both boxes start unticked; only membership is needed to become a member."""

    phone: str
    agrees_membership: bool
    agrees_marketing: bool


def join(cloud: Cloud, scan: Scanned, scan_id: str, said: Joining, agreed: Agreement) -> str:
    """Makes a member of whoever is behind a scan, or finds her; answers her id.

    Raises BadPhone, ConsentMissing or UnknownScan.
    """
    if not said.agrees_membership:
        raise ConsentMissing
    phone = normal_phone(said.phone)

    def work(connection: sa.Connection) -> str:
        posting = Posting(connection, scan.tenant_id, cloud.keys, cloud.clock())
        this = sa.and_(claim.c.tenant_id == scan.tenant_id, claim.c.scan_id == scan_id, claim.c.token == scan.token)
        row = connection.execute(sa.select(claim.c.member_id).where(this).with_for_update()).one_or_none()
        if row is None:
            raise UnknownScan
        if row.member_id is not None:
            return str(row.member_id)
        member_id = members.by_phone(posting, phone)
        if member_id is None:
            member_id = str(uuid4())
            members.add(posting, NewMember(member_id, scan.store_id, posting.now_text(), phone))
        _agree(posting, member_id, scan_id, said, agreed)
        rewards.attach(posting, scan_id, member_id)
        posting.finish()
        return member_id

    return cloud.database.write(scan.tenant_id, work)


def _agree(posting: Posting, member_id: str, scan_id: str, said: Joining, agreed: Agreement) -> None:
    at = posting.now_text()
    consents = [Consent("membership", agreed.text_version, True, "page", at)]
    # an unticked box takes nothing back that was agreed to at the counter: it says nothing; and a number typed on a
    # page is not proven to be the reader's own, so a tick there never undoes somebody's no
    if said.agrees_marketing and not members.has_refused(posting, member_id, "marketing"):
        consents.append(Consent("marketing", agreed.text_version, True, "page", at))
    for one in consents:
        members.record(posting, member_id, one, source_id=scan_id, text_hash=agreed.text_hash)
        members.tell_consent(posting, member_id, one)
