"""The client: whatever is at the other end, it comes back in time with one clear word."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from storeapp.sync import transport
from storeapp.sync.client import CloudClient, CloudRefuses
from storeapp.sync.transport import (
    BadUrl,
    CloudBusy,
    CloudSpeaksGarbage,
    CloudUnreachable,
    PlainHttp,
    Signer,
    cloud_url,
)
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import RunningClock, Till, free_port
from tests.waiting import PATIENCE_S

DEVICE = "0f8fad5b-d9cb-469f-a165-70867728950e"
SIGNER = Signer(DEVICE, Ed25519PrivateKey.generate())


def client_to(url: str, *, timeout_s: float = PATIENCE_S, tls: ssl.SSLContext | None = None) -> CloudClient:
    return CloudClient(url, SIGNER, clock=RunningClock(), timeout_s=timeout_s, tls=tls)


def failure(url: str, **more: Any) -> Exception:
    client = client_to(url, **more)
    try:
        client.pull("policy", after=0)
    except (CloudUnreachable, CloudSpeaksGarbage, CloudBusy, CloudRefuses) as error:
        return error
    finally:
        client.close()
    raise AssertionError("it worked")


@contextmanager
def answering(answer: bytes, *, drip_s: float = 0.0, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that says one thing to everybody; with `drip_s` a byte at a time."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                connection.settimeout(PATIENCE_S)
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                connection.recv(65536)
                for part in [answer] if not drip_s else [answer[n : n + 1] for n in range(len(answer))]:
                    connection.sendall(part)
                    time.sleep(drip_s)
            except OSError:
                pass
            finally:
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    scheme = "http" if tls is None else "https"
    try:
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def http(status: str, body: bytes, kind: str = "application/json", more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    )
    return head.encode() + body


NOW = b'"now":"2026-11-22T00:00:00Z"'


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (http("200 OK", b"<html>", "text/html"), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"{", "application/json"), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"[1]"), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b'{"a":1,"a":2}'), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"[" * 100_000), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"\xff\xfe{}"), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"{}", "text/plain"), CloudSpeaksGarbage("not_json")),
        (http("200 OK", b"{}"), CloudSpeaksGarbage("PullAnswer: 6 wrong")),
        (http("200 OK", b"{}", more="Content-Encoding: gzip\r\n"), CloudSpeaksGarbage("encoding")),
        (http("302 Found", b"{}", more="Location: http://127.0.0.1:1/\r\n"), CloudSpeaksGarbage("redirect")),
        (http("307 Moved", b"", more="Location: https://evil.example/\r\n"), CloudSpeaksGarbage("redirect")),
        (http("404 Not Found", b"{}"), CloudSpeaksGarbage("Denied: 2 wrong")),
        (http("404 Not Found", b'{"refused":"unknown_feed",' + NOW + b"}"), CloudRefuses("unknown_feed")),
        (http("429 Slow", b'{"retry_after":7}'), CloudBusy(7)),
        (http("503 Later", b"<html>", "text/html"), CloudBusy(0)),
        (http("503 Later", b'{"retry_after":"soon"}'), CloudBusy(0)),
        (http("503 Later", b'{"retry_after":99999999}'), CloudBusy(3600)),
        (http("500 Oops", b'{"refused":"broken_1",' + NOW + b"}"), CloudUnreachable("server_error", 500)),
        (http("502 Oops", b"<html>", "text/html"), CloudUnreachable("server_error", 502)),
        (b"SSH-2.0-OpenSSH_9.2\r\n", CloudUnreachable("broken_off")),
        (b"", CloudUnreachable("broken_off")),
        (
            http("200 OK", b'{"a"', more="X: y\r\n").replace(b"Length: 4", b"Length: 400"),
            CloudUnreachable("broken_off"),
        ),
    ],
)
def test_every_strange_answer_has_its_word(answer: bytes, expected: Exception) -> None:
    with answering(answer) as url:
        found = failure(url)

    assert type(found) is type(expected)
    assert str(found) == str(expected)


def test_a_silent_server_is_left_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        found = failure(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.3)

    assert str(found) == str(CloudUnreachable("timeout"))
    assert time.monotonic() - begun < PATIENCE_S


def test_a_server_that_drips_is_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "EXCHANGE_TIMEOUT_S", 0.3)
    with answering(http("200 OK", b" " * 40_000), drip_s=0.01) as url:
        begun = time.monotonic()
        found = failure(url)
        took_s = time.monotonic() - begun

    assert str(found) == str(CloudUnreachable("timeout"))
    assert took_s < PATIENCE_S


def test_an_answer_without_end_is_cut_off(joined: Till, line: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "ANSWER_BYTES_MAX", 3_000_000)
    line.plan = lambda _request: "endless"

    with pytest.raises(CloudSpeaksGarbage) as caught:
        joined.sync()

    assert caught.value.reason == "oversize"


def test_nobody_at_home_is_said_at_once() -> None:
    assert str(failure(f"http://127.0.0.1:{free_port()}")) == str(CloudUnreachable("unconnected"))


def test_a_host_nobody_knows_is_unconnected() -> None:
    assert str(failure("https://till.invalid")) == str(CloudUnreachable("unconnected"))


@pytest.mark.parametrize("url", ["http://shop.example.cn", "http://192.168.1.5:8700"])
def test_unencrypted_only_when_the_owner_said_so(url: str) -> None:
    with pytest.raises(PlainHttp):
        client_to(url)
    CloudClient(url, SIGNER, clock=RunningClock(), plain_http_allowed=True).close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8700", "http://localhost", "http://[::1]:8700", "https://shop.cn"])
def test_on_this_machine_or_encrypted_needs_no_word(url: str) -> None:
    client = client_to(url)
    client.close()

    assert client.url == url


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shop.example.cn", "https://shop.example.cn"),
        (" https://Shop.Example.cn/ ", "https://shop.example.cn"),
        ("http://10.0.0.5:8700/", "http://10.0.0.5:8700"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_address_is_tidied_up(typed: str, meant: str) -> None:
    assert cloud_url(typed) == meant


@pytest.mark.parametrize(
    "typed", ["https://shop.cn?x=1", "https://shop.cn#a", "file:///etc/passwd", "https://a b", "::"]
)
def test_other_texts_are_no_address(typed: str) -> None:
    with pytest.raises(BadUrl):
        cloud_url(typed)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has vouched for, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "till")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def tls_server(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_nobody_vouched_for_is_not_trusted(tls_server: ssl.SSLContext) -> None:
    with answering(http("200 OK", b"{}"), tls=tls_server) as url:
        assert str(failure(url)) == str(CloudUnreachable("untrusted"))


def test_the_same_certificate_vouched_for_is_trusted(tls_server: ssl.SSLContext, certificate: Path) -> None:
    """The test above fails for the certificate, not for something else."""
    with answering(http("429 Slow", b'{"retry_after":7}'), tls=tls_server) as url:
        client = client_to(url, tls=ssl.create_default_context(cafile=str(certificate)))
        with pytest.raises(CloudBusy):
            client.pull("policy", after=0)
        client.close()


def test_after_hanging_up_nothing_more_is_asked(joined: Till, line: FaultProxy) -> None:
    client = joined.client()
    asked = line.counted.total()
    client.hang_up()

    with pytest.raises(CloudUnreachable):
        client.pull("policy", after=0)

    client.close()
    assert line.counted.total() == asked
