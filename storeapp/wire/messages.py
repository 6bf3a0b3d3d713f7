"""Messages: the shape of everything said between a till and the cloud.

Keys a reader does not know are ignored, so either side may be the older one. Names are those of the JSON; `from` is a
Python word, so it is `from_` in here. Write one with `dump(message)`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from storeapp.wire.codec import canonical
from storeapp.wire.versions import MESSAGE_BYTES, PULL_ROWS, PUSH_BYTES, PUSH_EVENTS

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_FEED = r"^[a-z]+(:[0-9a-f-]{36})?$"
# a 64-bit column holds it
_COUNT_MAX = 2**62

Uuid = Annotated[str, Field(pattern=_UUID)]
HashHex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=_COUNT_MAX, strict=True)]
Seq = Annotated[int, Field(ge=1, le=_COUNT_MAX, strict=True)]
Epoch = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]
FeedName = Annotated[str, Field(pattern=_FEED, max_length=60)]
Instant = Annotated[str, Field(min_length=19, max_length=40)]

Verdict = Literal["ok", "behind", "fork", "unknown", "revoked"]


class Message(BaseModel):
    """What all messages share: they never change, and they ignore what they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class EnrolAsk(Message):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    device_id: Uuid
    epoch: Epoch
    # raw Ed25519, base64url
    public_key: Annotated[str, Field(min_length=43, max_length=43)]
    app: Annotated[str, Field(max_length=60)]
    db_uuid: Uuid


class EnrolAnswer(Message):
    tenant_id: Uuid
    tenant_name: str
    store_id: Uuid
    store_code: str
    store_name: str
    till_code: str
    # uint24, unique over the whole cloud; it stands in every capture token
    till_number: Annotated[int, Field(ge=0, lt=2**24)]
    # base64url of 32 bytes; the till's own branch of the tenant's key
    capture_key: Annotated[str, Field(min_length=43, max_length=43)]
    capture_epoch: Annotated[int, Field(ge=0, le=15)]
    # the device's journal goes on in this epoch
    epoch: Epoch
    server_now: Instant
    public_url: str


class Position(Message):
    """How far one journal reaches on the side that says it."""

    epoch: Epoch
    last_seq: Count
    last_hash: HashHex


class HelloAsk(Message):
    dev: Uuid
    epoch: Epoch
    last_seq: Count
    last_hash: HashHex
    acked_seq: Count
    # name -> (feed epoch, cursor)
    feeds: dict[FeedName, tuple[Count, Count]] = Field(default_factory=dict, max_length=32)
    app: Annotated[str, Field(max_length=60)] = ""
    now: Instant
    db_uuid: Uuid


class FeedHead(Message):
    feed_epoch: Count
    head: Count


class Limits(Message):
    events: int = PUSH_EVENTS
    bytes: int = PUSH_BYTES


class HelloAnswer(Message):
    server_now: Instant
    # None for a device that is not known there
    device: Position | None = None
    verdict: Verdict
    push_from: Count
    feeds: dict[str, FeedHead] = Field(default_factory=dict)
    limits: Limits = Limits()


class Personal(Message):
    """What names a person. It travels beside the hashed body, so that erasing it never breaks the chain."""

    phone: Annotated[str, Field(max_length=40)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    # numbers of hers beside that one, told when two members turned out to be one
    others: list[Annotated[str, Field(max_length=40)]] | None = None


class PushEvent(Message):
    seq: Seq
    id: Uuid
    t: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,59}$")]
    v: Annotated[int, Field(ge=1, lt=2**16, strict=True)]
    at: Instant
    # base64url of the canonical JSON, exactly the hashed bytes
    body_b64: Annotated[str, Field(max_length=MESSAGE_BYTES)]
    h: HashHex
    pii: Personal | None = None


class PushAsk(Message):
    dev: Uuid
    epoch: Epoch
    from_: Seq = Field(alias="from")
    prev: HashHex
    ev: Annotated[list[PushEvent], Field(min_length=1, max_length=PUSH_EVENTS)]


class Flag(Message):
    """A remark about an event that stands all the same."""

    seq: Seq
    code: str


class PushAnswer(Message):
    """Everything up to `acked` is durable here, and `hash` is the chain's value there: not "accepted", but "kept"."""

    acked: Count
    hash: HashHex
    now: Instant
    flags: list[Flag] = Field(default_factory=list)


class PushConflict(Message):
    """409: either what the cloud waits for (`expect`, `hash` before it), or where the journal parted (`fork_at`)."""

    expect: Count | None = None
    hash: HashHex | None = None
    fork_at: Count | None = None


class FeedRow(Message):
    seq: Seq
    t: str
    v: Annotated[int, Field(ge=1)]
    body: dict[str, Any]


class PullAnswer(Message):
    """Rows after the cursor without a gap; `sum` is codec.feed_sum from the feed's beginning to `to`."""

    feed_epoch: Count
    from_: Count = Field(alias="from")
    to: Count
    head: Count
    rows: Annotated[list[FeedRow], Field(max_length=PULL_ROWS)]
    sum: HashHex


class Denied(Message):
    """401, 403, 404, 413 and the refusals of enrolling: one machine word, and the server's time to set a clock by."""

    refused: str
    now: Instant


class Busy(Message):
    """429 and 503."""

    retry_after: Annotated[int, Field(ge=0)]


def dump(message: Message) -> bytes:
    """The bytes of a message; keys whose value is None are left out."""
    return canonical(message.model_dump(mode="json", by_alias=True, exclude_none=True))
