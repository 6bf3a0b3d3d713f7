"""Signing: nothing that was said can be changed on the way, and nothing weaker is understood."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storeapp.wire import signing
from storeapp.wire.signing import BadSignature, Request

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
DEVICE = "0f8fad5b-d9cb-469f-a165-70867728950e"
NONCE = "n0nce-n0nce-n0nce"
NOW = 1_790_000_000
PUSH = Request("POST", "/v1/sync/push", "", b'{"a":1}')
PULL = Request("GET", "/v1/sync/pull", "feed=policy&after=0", b"")


def headers(request=PUSH, nonce=NONCE):
    signed = signing.sign(request, KEY, device_id=DEVICE, created=NOW, nonce=nonce)
    return {name.lower(): value for name, value in signed.items()}


def reason(request, found, key=PUBLIC, now=NOW):
    with pytest.raises(BadSignature) as caught:
        signing.verify(request, signing.presented(found), key, now=now)
    return caught.value.reason


@pytest.mark.parametrize("request_", [PUSH, PULL])
def test_what_a_device_signed_is_believed(request_):
    claim = signing.presented(headers(request_))

    signing.verify(request_, claim, PUBLIC, now=NOW + 299)

    assert (claim.device_id, claim.nonce, claim.created) == (DEVICE, NONCE, NOW)


def test_the_signature_is_the_one_of_the_standard():
    """The signature base written out by hand, after RFC 9421 section 2.5."""
    found = headers(PULL)
    params = found["signature-input"].removeprefix("sig1=")
    base = (
        '"@method": GET\n"@path": /v1/sync/pull\n"@query": ?feed=policy&after=0\n'
        '"content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\n'
        f'"@signature-params": {params}'
    )

    KEY.public_key().verify(signing.presented(found).signature, base.encode())

    assert params == (
        f'("@method" "@path" "@query" "content-digest");created={NOW};nonce="{NONCE}";keyid="{DEVICE}";alg="ed25519"'
    )


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (replace(PUSH, method="GET"), "wrong_signature"),
        (replace(PUSH, path="/v1/sync/hello"), "wrong_signature"),
        (replace(PUSH, query="x=1"), "wrong_signature"),
        (replace(PUSH, body=b'{"a":2}'), "wrong_digest"),
    ],
)
def test_a_changed_part_is_noticed(request_, expected):
    assert reason(request_, headers()) == expected


def test_a_digest_put_right_by_someone_else_is_noticed():
    other = replace(PUSH, body=b"{}")
    found = headers() | {"content-digest": signing.content_digest(b"{}")}

    assert reason(other, found) == "wrong_signature"


@pytest.mark.parametrize("off", [-301, 301])
def test_a_signature_of_another_time_is_refused(off):
    assert reason(PUSH, headers(), now=NOW + off) == "clock_off"


def test_another_devices_key_does_not_fit():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

    assert reason(PUSH, headers(), key=other) == "wrong_signature"
    assert reason(PUSH, headers(), key=b"short") == "wrong_signature"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("signature-input", lambda text: text.replace("ed25519", "hmac-sha256")),
        ("signature-input", lambda text: text.replace(' "content-digest"', "")),
        ("signature-input", lambda text: text.replace(NONCE, "")),
        ("signature-input", lambda text: text.replace("sig1", "sig2")),
        ("signature-input", lambda text: text + ", " + text.replace("sig1", "sig2")),
        ("signature-input", lambda text: text.replace(str(NOW), "१७९०००००००")),
        ("signature", lambda text: "sig1=:AAAA:"),
        ("signature", lambda text: ""),
        ("content-digest", lambda text: ""),
    ],
)
def test_no_other_profile_is_understood(name, change):
    found = headers()
    found[name] = change(found[name])

    assert reason(PUSH, found) == "unsigned"


@pytest.mark.parametrize("nonce", ["short", 'n0nce"n0nce-n0nce', "x" * 65])
def test_a_nonce_that_could_not_be_read_back_is_never_signed(nonce):
    with pytest.raises(ValueError):
        headers(nonce=nonce)
