"""Members: who they are, sealed; what they agreed to, only ever added to.

Nobody is looked up by a number that stands anywhere in the clear: the number's keyed index finds the row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import aliases, feeds
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
    """The member who goes by this number, or went by it under another name; raises BadPhone."""
    index = posting.keys.blind_index(posting.tenant_id, normal_phone(phone))
    asked = sa.select(member.c.member_id).where(member.c.tenant_id == posting.tenant_id, member.c.phone_bi == index)
    found = posting.connection.execute(asked).scalar_one_or_none()
    return None if found is None else current(posting, found)


def current(posting: Posting, member_id: str) -> str:
    """Who stands for her today."""
    return aliases.current(posting.connection, posting.tenant_id, member_id)


def names(posting: Posting, member_id: str) -> tuple[str, ...]:
    """All her names, the one she goes by first."""
    return aliases.names(posting.connection, posting.tenant_id, member_id)


def homes(posting: Posting, member_id: str) -> list[str]:
    """The stores where she is known."""
    return aliases.homes(posting.connection, posting.tenant_id, [member_id]).get(member_id, [])


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
        if by_phone(posting, phone) not in (None, current(posting, member_id)):
            return False
        plain = normal_phone(phone)
        values["phone_bi"] = index = posting.keys.blind_index(posting.tenant_id, plain)
        # a number she had under another name
        had = sa.and_(member.c.tenant_id == posting.tenant_id, member.c.phone_bi == index)
        posting.connection.execute(sa.update(member).where(had).values(phone_bi=None))
        values["phone_ct"] = seal(data_key, plain.encode("ascii"), _PHONE)
    if name is not None:
        values["name_ct"] = seal(data_key, name.encode("utf-8"), _NAME)
    if tier is not None:
        values["tier"] = tier
    if values:
        posting.connection.execute(sa.update(member).where(_one(posting.tenant_id, member_id)).values(values))
        tell(posting, member_id)
    return True


def keep_phones(posting: Posting, member_id: str, phones: Sequence[str], *, name: str) -> None:
    """Numbers of hers that nobody has go to names of hers without one.

    A till may have made two members one before it had told of the second, and knows no more which number was whose.
    """
    every = names(posting, member_id)
    asked = sa.select(member).where(member.c.tenant_id == posting.tenant_id, member.c.member_id.in_(every))
    rows = posting.connection.execute(asked.order_by(member.c.member_id)).all()
    without = [row.member_id for row in rows if row.data_key is not None and not _phone(posting, row)]
    for phone in filter(None, phones):
        if without and by_phone(posting, phone) is None:
            change(posting, without.pop(0), phone=phone, name=name or None, tier=None)
    complete(posting, every[0])


def _phone(posting: Posting, row: sa.Row[Any]) -> bytes:
    return unseal(posting.keys.open_data_key(posting.tenant_id, row.data_key), row.phone_ct, _PHONE)


def complete(posting: Posting, member_id: str) -> None:
    """A name or a tier that is known of her under another name only is hers."""
    every = names(posting, member_id)
    asked = sa.select(member).where(member.c.tenant_id == posting.tenant_id, member.c.member_id.in_(every))
    rows = {row.member_id: row for row in posting.connection.execute(asked.order_by(member.c.member_id))}
    own = rows[member_id]
    tier = next((rows[one].tier for one in every if rows[one].tier), "")
    name = next(filter(None, (_name(posting, rows[one]) for one in every)), "")
    change(
        posting,
        member_id,
        phone=None,
        name=None if name == _name(posting, own) else name,
        tier=None if tier == own.tier else tier,
    )


def _name(posting: Posting, row: sa.Row[Any]) -> str:
    if row.data_key is None:
        return ""
    return unseal(posting.keys.open_data_key(posting.tenant_id, row.data_key), row.name_ct, _NAME).decode("utf-8")


def own_key(posting: Posting, member_id: str) -> bytes | None:
    """The key what names her is sealed with; None for nobody, and for whoever was erased."""
    asked = sa.select(member.c.data_key).where(_one(posting.tenant_id, member_id))
    wrapped = posting.connection.execute(asked).scalar_one_or_none()
    return None if wrapped is None else posting.keys.open_data_key(posting.tenant_id, wrapped)


def tell(posting: Posting, member_id: str) -> None:
    """Tells the tills of her stores who she is; the row is kept sealed with her own key."""
    row = posting.connection.execute(sa.select(member).where(_one(posting.tenant_id, member_id))).one()
    if row.data_key is None or (row.same_as is not None and current(posting, member_id) == member_id):
        return
    data_key = posting.keys.open_data_key(posting.tenant_id, row.data_key)
    body = {
        "member_id": member_id,
        "phone": national(unseal(data_key, row.phone_ct, _PHONE).decode("ascii")),
        "name": unseal(data_key, row.name_ct, _NAME).decode("utf-8"),
        "joined_at": row.joined_at,
        "tier": row.tier,
    }
    for store_id in homes(posting, member_id):
        posting.tell(feeds.Row(feeds.members_of(store_id), "member", body, member_id=member_id, data_key=data_key))


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


def said_by(posting: Posting, subject_ids: Sequence[str]) -> list[Consent]:
    """What was said under any of these names, in the order of its moments."""
    asked = sa.select(consent).where(consent.c.tenant_id == posting.tenant_id, consent.c.subject_id.in_(subject_ids))
    rows = posting.connection.execute(asked).all()
    found = [Consent(row.purpose, row.text_version, row.given, row.channel, row.at) for row in rows]
    return sorted(found, key=_moment)


def _moment(said: Consent) -> tuple[datetime, bool]:
    """By it words are in order; of a yes and a no of one moment the no is the last."""
    return datetime.fromisoformat(said.at), not said.given


def has_refused(posting: Posting, member_id: str, purpose: str) -> bool:
    """Whether the last word of a member on this purpose is a no; of a yes and a no at one moment the no counts."""
    said = [one for one in said_by(posting, names(posting, member_id)) if one.purpose == purpose]
    return bool(said) and not said[-1].given


def tell_all_consents(posting: Posting, member_id: str) -> None:
    """Tells the tills of her stores what she has ever said, each word under the name she said it by.

    A store that knew her by one name alone has heard the words of that name; what is heard twice is nothing new.
    """
    stores = homes(posting, member_id)
    words = [(said, name) for name in names(posting, member_id) for said in said_by(posting, [name])]
    for said, name in sorted(words, key=lambda word: _moment(word[0])):
        _tell_consent(posting, stores, name, said)


def tell_consent(posting: Posting, member_id: str, said: Consent) -> None:
    """Tells the tills of her stores what she agreed to, or took back."""
    _tell_consent(posting, homes(posting, member_id), current(posting, member_id), said)


def _tell_consent(posting: Posting, stores: Sequence[str], member_id: str, said: Consent) -> None:
    body: Mapping[str, object] = {
        "member_id": member_id,
        "purpose": said.purpose,
        "given": said.given,
        "text_version": said.text_version,
        "channel": said.channel,
        "at": said.at,
    }
    for store_id in stores:
        posting.tell(feeds.Row(feeds.members_of(store_id), "consent", body))


def erase(posting: Posting, member_id: str) -> None:
    """She is forgotten under all her names: the keys of her data are destroyed, every sealed copy with them.

    The books keep opaque ids.
    """
    for name in names(posting, member_id):
        _erase_one(posting, name)


def _erase_one(posting: Posting, member_id: str) -> None:
    row = posting.connection.execute(
        sa.select(member.c.state).where(_one(posting.tenant_id, member_id)).with_for_update()
    ).one()
    if row.state == "erased":
        return
    feeds.forget(posting.connection, posting.keys, posting.tenant_id, member_id)
    gone = {"phone_bi": None, "phone_ct": None, "name_ct": None, "data_key": None, "state": "erased"}
    posting.connection.execute(sa.update(member).where(_one(posting.tenant_id, member_id)).values(gone))
    # what this transaction was about to tell of her is not told any more
    posting.rows = [told for told in posting.rows if told.member_id != member_id]
    for store_id in homes(posting, member_id):
        posting.tell(feeds.Row(feeds.members_of(store_id), feeds.ERASED, {"member_id": member_id}))
