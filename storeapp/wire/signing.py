"""Signing: every request of a till carries its Ed25519 signature, so there is no password to steal.

The profile of RFC 9421 spoken here: one signature labelled `sig1` over "@method" "@path" "@query" "content-digest",
in this order, with the parameters created, nonce, keyid (the device) and alg="ed25519". Content-Digest is RFC 9530's
sha-256. Nothing else is understood, so there is no weaker form to be talked into.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from storeapp.errors import Refused
from storeapp.wire.versions import SIGNATURE_WINDOW_S

_COMPONENTS = '("@method" "@path" "@query" "content-digest")'
_INPUT = re.compile(
    r'sig1=(?P<params>\("@method" "@path" "@query" "content-digest"\)'
    r';created=(?P<created>[0-9]{1,12});nonce="(?P<nonce>[A-Za-z0-9_-]{16,64})"'
    r';keyid="(?P<keyid>[0-9a-f-]{36})";alg="ed25519")',
    re.ASCII,
)
_SIGNATURE = re.compile(r"sig1=:(?P<raw>[A-Za-z0-9+/]{86}==):", re.ASCII)


@dataclass(eq=False)
class BadSignature(Refused):
    """A request that is not proven to come from the device it names.

    `reason`: unsigned, wrong_digest, wrong_signature, clock_off.
    """

    word = "bad_signature"
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of a request that are signed. `query` is without its question mark, as it was sent."""

    method: str
    path: str
    query: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request claims about its own signature, before anything is believed."""

    device_id: str
    nonce: str
    created: int
    params: str
    signature: bytes
    digest: str


def content_digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def _base(request: Request, digest: str, params: str) -> bytes:
    lines = (
        f'"@method": {request.method.upper()}',
        f'"@path": {request.path}',
        f'"@query": ?{request.query}',
        f'"content-digest": {digest}',
        f'"@signature-params": {params}',
    )
    return "\n".join(lines).encode("utf-8")


def sign(request: Request, key: Ed25519PrivateKey, *, device_id: str, created: int, nonce: str) -> dict[str, str]:
    """The three headers to send along. `created`: Unix seconds of server time; `nonce`: new for every request."""
    digest = content_digest(request.body)
    params = f'{_COMPONENTS};created={created};nonce="{nonce}";keyid="{device_id}";alg="ed25519"'
    if _INPUT.fullmatch(f"sig1={params}") is None:
        raise ValueError("a nonce is 16 to 64 letters of base64url, a device id is a UUID")
    signature = base64.b64encode(key.sign(_base(request, digest, params))).decode("ascii")
    return {"Content-Digest": digest, "Signature-Input": f"sig1={params}", "Signature": f"sig1=:{signature}:"}


def presented(headers: Mapping[str, str]) -> Presented:
    """Reads the three headers (names in lower case); BadSignature("unsigned") when they are not of this profile."""
    claim = _INPUT.fullmatch(headers.get("signature-input", ""))
    proof = _SIGNATURE.fullmatch(headers.get("signature", ""))
    digest = headers.get("content-digest", "")
    if claim is None or proof is None or not digest:
        raise BadSignature("unsigned")
    try:
        raw = base64.b64decode(proof["raw"], validate=True)
    except binascii.Error as error:
        raise BadSignature("unsigned") from error
    return Presented(claim["keyid"], claim["nonce"], int(claim["created"]), claim["params"], raw, digest)


def verify(request: Request, claim: Presented, public_key: bytes, *, now: int) -> None:
    """Raises BadSignature when the request is not what that key signed just now.

    A nonce already seen is for the caller to know. The clock comes last, so that only a true key's holder is told
    by it what time the server has.
    """
    if not hmac.compare_digest(claim.digest.encode("utf-8"), content_digest(request.body).encode("ascii")):
        raise BadSignature("wrong_digest")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            claim.signature, _base(request, claim.digest, claim.params)
        )
    except (InvalidSignature, ValueError) as error:
        raise BadSignature("wrong_signature") from error
    if abs(now - claim.created) > SIGNATURE_WINDOW_S:
        raise BadSignature("clock_off")
