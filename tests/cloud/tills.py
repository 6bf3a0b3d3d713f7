"""A till as the cloud sees it: a journal, a key, and signed requests."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storeapp.domain import capture, journal
from storeapp.domain.capture import CaptureKey
from storeapp.wire import codec, signing
from storeapp.wire.signing import Request

AT = "2026-09-28T11:53:26+08:00"
DAY = date(2026, 9, 28)
_nonces = count()


class StoppedClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 28, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class FakeTill:
    """Writes a journal as a till does, and hands it over."""

    client: httpx2.Client
    clock: Callable[[], datetime]
    device_id: str = field(default_factory=lambda: str(uuid4()))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    db_uuid: str = field(default_factory=lambda: str(uuid4()))
    epoch: int = 1
    entries: list[journal.Entry] = field(default_factory=list)
    pii: dict[int, dict[str, str]] = field(default_factory=dict)
    answer: dict = field(default_factory=dict)
    token_seq: int = 0

    def enrol(self, code):
        ask = {
            "code": code,
            "device_id": self.device_id,
            "epoch": self.epoch,
            "public_key": codec.b64(self.key.public_key().public_bytes_raw()),
            "app": "test",
            "db_uuid": self.db_uuid,
        }
        response = self.client.post("/v1/enrol", content=json.dumps(ask))
        if response.status_code == 200:
            self.answer = response.json()
        return response

    def event(self, type_, body, *, event_id=None, at=AT, pii=None, v=1):
        """One more entry on the chain; `body` may be bytes."""
        raw = body if isinstance(body, bytes) else journal.canonical(body)
        prev = self.entries[-1].hash if self.entries else journal.GENESIS
        entry = journal.entry(
            prev,
            device_id=self.device_id,
            epoch=self.epoch,
            seq=len(self.entries) + 1,
            event_id=event_id or str(uuid4()),
            type_=type_,
            v=v,
            at=at,
            body=raw,
        )
        self.entries.append(entry)
        if pii is not None:
            self.pii[entry.seq] = pii
        return entry

    @property
    def capture_key(self):
        key = codec.unb64(self.answer["capture_key"])
        return CaptureKey(1, self.answer["capture_epoch"], self.answer["till_number"], key)

    def token(self):
        self.token_seq += 1
        return capture.mint(self.capture_key, seq=self.token_seq, day=DAY)

    def sale(self, fen=8213, *, token=None, member_id=None, coupons=(), at=AT, offer_id=None, cashier="1007", **more):
        """A cash sale of one line; answers its body."""
        body = sale_body(fen, token=token or self.token(), member_id=member_id, coupons=coupons, at=at)
        body |= {"offer_id": offer_id, "cashier": cashier, **more}
        self.event("sale", body, at=at)
        return body

    def request(self, method, path, *, query="", body=b"", headers=None, **changes):
        if headers is None:
            headers = signing.sign(
                Request(method, path, query, body),
                self.key,
                device_id=self.device_id,
                created=changes.get("created", int(self.clock().timestamp())),
                nonce=changes.get("nonce", f"nonce-{next(_nonces):020d}"),
            )
        url = path + ("?" + query if query else "")
        return self.client.request(method, url, content=body, headers=headers)

    def post(self, path, message, **changes):
        return self.request("POST", path, body=json.dumps(message).encode(), **changes)

    def push_message(self, first=1, last=None):
        chosen = self.entries[first - 1 : last]
        prev = self.entries[first - 2].hash if first > 1 else journal.GENESIS
        return {
            "dev": self.device_id,
            "epoch": self.epoch,
            "from": first,
            "prev": prev.hex(),
            "ev": [self.said(entry) for entry in chosen],
        }

    def said(self, entry):
        told = {
            "seq": entry.seq,
            "id": entry.event_id,
            "t": entry.type,
            "v": entry.v,
            "at": entry.at,
            "body_b64": codec.b64(entry.body),
            "h": entry.hash.hex(),
        }
        return told | ({"pii": self.pii[entry.seq]} if entry.seq in self.pii else {})

    def push(self, first=1, last=None):
        return self.post("/v1/sync/push", self.push_message(first, last))

    def hello(self, **changes):
        last = self.entries[-1].hash if self.entries else journal.GENESIS
        ask = {
            "dev": self.device_id,
            "epoch": self.epoch,
            "last_seq": len(self.entries),
            "last_hash": last.hex(),
            "acked_seq": 0,
            "feeds": {},
            "app": "test",
            "now": AT,
            "db_uuid": self.db_uuid,
        }
        return self.post("/v1/sync/hello", ask | changes)

    def pull(self, feed, after=0, limit=500):
        return self.request("GET", "/v1/sync/pull", query=f"feed={feed}&after={after}&limit={limit}")

    def feed(self, feed):
        """Every row of a feed."""
        rows: list[dict] = []
        while True:
            answer = self.pull(feed, len(rows), 7).json()
            rows.extend(answer["rows"])
            if len(rows) >= answer["head"]:
                assert [row["seq"] for row in rows] == list(range(1, answer["head"] + 1))
                assert codec.feed_sum(codec.EMPTY_SUM, rows).hex() == answer["sum"]
                return rows

    @property
    def members_feed(self):
        return f"members:{self.answer['store_id']}"

    def join(self, phone="13800000001", name="王芳", *, marketing=False):
        """A member signs up here; answers her id."""
        member_id = str(uuid4())
        body = {
            "member_id": member_id,
            "joined_at": AT,
            "store": "S01",
            "till": "1",
            "cashier": "1007",
            "tier": "",
            "consents": [consent("membership", True), consent("marketing", marketing)],
        }
        self.event("member.joined", body, pii={"phone": phone, "name": name})
        return member_id

    def choose(self, at=AT, **policy):
        """The owner chooses at this till: `offer_enabled=True` for `offer.enabled`."""
        for key, value in policy.items():
            dotted = key.replace("_", ".", 1)
            self.event("policy.changed", {"key": dotted, "value": value, "at": at, "actor": "1001"})

    def make_offer(self, **more):
        chosen = {
            "offer_id": "back-10",
            "offer_headline": "下次来减 ¥10",
            "offer_small_print": "满 ¥30 可用",
            "offer_amount_fen": 1000,
            "offer_min_spend_fen": 3000,
            "offer_valid_days": 30,
            "offer_enabled": True,
            "shop_name": "王记杂货",
        }
        self.choose(**(chosen | more))


def consent(purpose, given, at=AT):
    return {"purpose": purpose, "text_version": "2026-11", "given": given, "channel": "counter", "at": at}


def sale_body(fen, *, token, member_id=None, coupons=(), at=AT, sale_id=None):
    sale_id = sale_id or str(uuid4())
    points = fen // 100 if member_id else 0
    legs = [
        {"account": "tender.cash:1", "unit": "fen", "amount": fen},
        {"account": "rev.sales", "unit": "fen", "amount": -fen},
    ]
    if points:
        legs.append({"account": "exp.points", "unit": "pts", "amount": -points})
        legs.append({"account": f"pts:{member_id}", "unit": "pts", "amount": points})
    for use in coupons:
        legs.append({"account": f"coupon:{use['coupon_id']}", "unit": "coupon", "amount": -1})
        legs.append({"account": "coupon.redeemed", "unit": "coupon", "amount": 1})
    cut = sum(use["fen"] for use in coupons)
    line = {
        "n": 1,
        "code": "6901234567892",
        "name": "绿茶",
        "unit": "瓶",
        "qty_milli": 1000,
        "unit_fen": fen + cut,
        "gross_fen": fen + cut,
        "discount_fen": cut,
        "net_fen": fen,
        "why": [],
        "note": "",
    }
    return {
        "sale_id": sale_id,
        "receipt": "S01-1-20260928-0001",
        "number_in_day": 1,
        "token": token,
        "token_seq": 1,
        "store": "S01",
        "till": "1",
        "cashier": "1007",
        "business_date": "2026-09-28",
        "at": at,
        "member_id": member_id,
        "lines": [line],
        "goods_fen": fen + cut,
        "discount_fen": cut,
        "total_fen": fen,
        "coupon_fen": cut,
        "rounding_fen": 0,
        "due_fen": fen,
        "tenders": [{"kind": "cash", "fen": fen + 100, "ref": ""}],
        "change_fen": 100,
        "coupons": list(coupons),
        "points_earned": points,
        "offer_id": None,
        "request_id": None,
        "training": False,
        "ledger": {"txn_id": sale_id, "kind": "sale", "legs": legs},
    }


def coupon_use(row):
    """How a sale names a coupon that came by the feed."""
    return {"coupon_id": row["coupon_id"], "code": row["code"], "fen": row["amount_fen"], "offer_id": row["offer_id"]}
