"""Members: who they are, sealed; what they agreed to, only ever added to.

Nobody is looked up by a number that stands anywhere in the clear: the number's keyed index finds the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.keys import seal, unseal
from storeapp.cloud.posting import Posting
from storeapp.cloud.tables.members import consent, member
from storeapp.domain.member import Consent, national, normal_phone

_PHONE, _NAME = b"phone", b"name"


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who joins. `phone` as typed, "" when it is not known (any more)."""

    member_id: str
    store_id: str
    joined_at: str
    phone: str
    name: str = ""
    tier: str = ""


def _one(tenant_id: str, member_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(member.c.tenant_id == tenant_id, member.c.member_id == member_id)


def by_phone(posting: Posting, phone: str) -> str | None:
    """The member who goes by this number; raises BadPhone."""
    index = posting.keys.blind_index(posting.tenant_id, normal_phone(phone))
    asked = sa.select(member.c.member_id).where(member.c.tenant_id == posting.tenant_id, member.c.phone_bi == index)
    return posting.connection.execute(asked).scalar_one_or_none()


def exists(posting: Posting, member_id: str) -> bool:
    asked = sa.select(member.c.state).where(_one(posting.tenant_id, member_id))
    return posting.connection.execute(asked).first() is not None


def add(posting: Posting, new: NewMember) -> str | None:
    """A new member's row; answers the member who had the number before, if any. Raises BadPhone.

    With a number that is taken the row goes without it, and points to the older member.
    """
    older = by_phone(posting, new.phone) if new.phone else None
    data_key, wrapped = posting.keys.new_data_key(posting.tenant_id)
    phone = normal_phone(new.phone) if new.phone else ""
    row = {
        "tenant_id": posting.tenant_id,
        "member_id": new.member_id,
        "store_id": new.store_id,
        "joined_at": new.joined_at,
        "tier": new.tier,
        "phone_bi": posting.keys.blind_index(posting.tenant_id, phone) if phone and older is None else None,
        "phone_ct": seal(data_key, phone.encode("ascii"), _PHONE),
        "name_ct": seal(data_key, new.name.encode("utf-8"), _NAME),
        "data_key": wrapped,
        "same_as": older,
        "state": "active",
    }
    posting.connection.execute(sa.insert(member), row)
    if older is None:
        tell(posting, new.member_id)
    return older


def change(posting: Posting, member_id: str, *, phone: str | None, name: str | None, tier: str | None) -> bool:
    """What is not None becomes so; False when the number belongs to somebody else, and then nothing changed."""
    row = posting.connection.execute(sa.select(member).where(_one(posting.tenant_id, member_id))).one()
    if row.data_key is None:
        return True
    data_key = posting.keys.open_data_key(posting.tenant_id, row.data_key)
    values: dict[str, Any] = {}
    if phone:
        if by_phone(posting, phone) not in (None, member_id):
            return False
        plain = normal_phone(phone)
        values["phone_bi"] = posting.keys.blind_index(posting.tenant_id, plain)
        values["phone_ct"] = seal(data_key, plain.encode("ascii"), _PHONE)
    if name is not None:
        values["name_ct"] = seal(data_key, name.encode("utf-8"), _NAME)
    if tier is not None:
        values["tier"] = tier
    if values:
        posting.connection.execute(sa.update(member).where(_one(posting.tenant_id, member_id)).values(values))
        tell(posting, member_id)
    return True


def own_key(posting: Posting, member_id: str) -> bytes | None:
    """The key what names her is sealed with; None for nobody, and for whoever was erased."""
    asked = sa.select(member.c.data_key).where(_one(posting.tenant_id, member_id))
    wrapped = posting.connection.execute(asked).scalar_one_or_none()
    return None if wrapped is None else posting.keys.open_data_key(posting.tenant_id, wrapped)


def tell(posting: Posting, member_id: str) -> None:
    """Tells the tills of the member's store who she is; the row is kept sealed with her own key."""
    row = posting.connection.execute(sa.select(member).where(_one(posting.tenant_id, member_id))).one()
    if row.data_key is None or row.same_as is not None:
        return
    data_key = posting.keys.open_data_key(posting.tenant_id, row.data_key)
    body = {
        "member_id": member_id,
        "phone": national(unseal(data_key, row.phone_ct, _PHONE).decode("ascii")),
        "name": unseal(data_key, row.name_ct, _NAME).decode("utf-8"),
        "joined_at": row.joined_at,
        "tier": row.tier,
    }
    posting.tell(feeds.Row(feeds.members_of(row.store_id), "member", body, member_id=member_id, data_key=data_key))


def record(posting: Posting, subject_id: str, said: Consent, *, source_id: str, text_hash: bytes | None = None) -> None:
    """Writes down a yes or a no of a member, or of whoever is behind a scan."""
    row = {
        "tenant_id": posting.tenant_id,
        "subject_id": subject_id,
        "purpose": said.purpose,
        "source_id": source_id,
        "given": said.given,
        "text_version": said.text_version,
        "text_hash": text_hash,
        "channel": said.channel,
        "at": said.at,
        "recorded_at": posting.now,
    }
    posting.connection.execute(sa.insert(consent), row)


def has_refused(posting: Posting, member_id: str, purpose: str) -> bool:
    """Whether the last word of a member on this purpose is a no; of a yes and a no at one moment the no counts."""
    asked = sa.select(consent.c.at, consent.c.given).where(
        consent.c.tenant_id == posting.tenant_id, consent.c.subject_id == member_id, consent.c.purpose == purpose
    )
    said = [(datetime.fromisoformat(at), not given) for at, given in posting.connection.execute(asked)]
    return bool(said) and max(said)[1]


def tell_consent(posting: Posting, member_id: str, said: Consent) -> None:
    """Tells the tills of the member's store what she agreed to, or took back."""
    asked = sa.select(member.c.store_id).where(_one(posting.tenant_id, member_id))
    store_id = posting.connection.execute(asked).scalar_one()
    body: Mapping[str, object] = {
        "member_id": member_id,
        "purpose": said.purpose,
        "given": said.given,
        "text_version": said.text_version,
        "channel": said.channel,
        "at": said.at,
    }
    posting.tell(feeds.Row(feeds.members_of(store_id), "consent", body))


def erase(posting: Posting, member_id: str) -> None:
    """She is forgotten: the key of her data is destroyed, every sealed copy with it; the books keep an opaque id."""
    asked = sa.select(member.c.store_id, member.c.state).where(_one(posting.tenant_id, member_id)).with_for_update()
    row = posting.connection.execute(asked).one()
    if row.state == "erased":
        return
    feeds.forget(posting.connection, posting.keys, posting.tenant_id, member_id)
    gone = {"phone_bi": None, "phone_ct": None, "name_ct": None, "data_key": None, "state": "erased"}
    posting.connection.execute(sa.update(member).where(_one(posting.tenant_id, member_id)).values(gone))
    # what this transaction was about to tell of her is not told any more
    posting.rows = [told for told in posting.rows if told.member_id != member_id]
    posting.tell(feeds.Row(feeds.members_of(row.store_id), feeds.ERASED, {"member_id": member_id}))
