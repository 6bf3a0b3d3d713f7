"""A bad line: an HTTP proxy on loopback that loses, doubles, delays, cuts and falsifies what passes through it."""

from __future__ import annotations

import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Literal

Fault = Literal[
    "none", "request_lost", "response_lost", "duplicated", "delayed", "truncated", "garbage", "reset", "server_error",
    "redirected", "endless", "too_large",
]  # fmt: skip
EVERY_FAULT: tuple[Fault, ...] = (
    "request_lost", "response_lost", "duplicated", "delayed", "truncated", "garbage", "reset", "server_error",
)  # fmt: skip

_GARBAGE = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><a href="/login">wifi</a>'
_ERROR = b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops"
_TOO_LARGE = b"HTTP/1.1 413 Too Large\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>413</h1>"
_ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
_PATIENCE_S = 60.0


def at_random(share: float, seed: int) -> Callable[[bytes], Fault]:
    """That share of the requests goes wrong, in every way alike, the same way again for the same seed."""
    chance = random.Random(seed)
    return lambda _request: chance.choice(EVERY_FAULT) if chance.random() < share else "none"


class FaultProxy:
    """Listens at `url`, hands on to `target` (host, port); `plan` says of each request what happens to it."""

    def __init__(self, target: tuple[str, int], plan: Callable[[bytes], Fault] = lambda _request: "none") -> None:
        self.target = target
        self.plan = plan
        # a liar on the way: what it makes of the JSON in an answer to a request
        self.falsify: Callable[[bytes, Any], Any] | None = None
        self.counted: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, name="fault-proxy", daemon=True)
        self._thread.start()

    def close(self) -> None:
        # a close alone does not wake up who waits in accept
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            client.settimeout(_PATIENCE_S)
            try:
                request = _one_request(client)
                if not request:
                    return
                with self._lock:
                    fault = self.plan(request)
                    self.counted[fault] += 1
                self._answer(client, request, fault)
            except OSError:
                return

    def _answer(self, client: socket.socket, request: bytes, fault: Fault) -> None:
        match fault:
            case "request_lost":
                return
            case "reset":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case "garbage":
                client.sendall(_GARBAGE)
            case "server_error":
                client.sendall(_ERROR)
            case "redirected":
                client.sendall(_ELSEWHERE)
            case "too_large":
                client.sendall(_TOO_LARGE)
            case "endless":
                client.sendall(_ENDLESS)
                while True:
                    client.sendall(b"[" * 1_000_000)
            case "response_lost":
                self._ask(request)
            case "duplicated":
                self._ask(request)
                client.sendall(self._ask(request))
            case "truncated":
                answer = self._ask(request)
                client.sendall(answer[: len(answer) * 2 // 3])
            case "delayed":
                time.sleep(0.03)
                client.sendall(self._ask(request))
            case "none":
                client.sendall(self._ask(request))

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(self.target, timeout=_PATIENCE_S) as upstream:
            upstream.sendall(request)
            found = bytearray()
            while chunk := upstream.recv(65536):
                found += chunk
        return bytes(found) if self.falsify is None else _falsified(request, bytes(found), self.falsify)


def _falsified(request: bytes, answer: bytes, falsify: Callable[[bytes, Any], Any]) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    said = json.dumps(falsify(request, json.loads(body))).encode()
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length:")]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(said)]) + b"\r\n\r\n" + said


def _one_request(client: socket.socket) -> bytes:
    """One whole request, told to be the last of its connection; b"" when the caller hung up."""
    found = bytearray()
    while b"\r\n\r\n" not in found:
        chunk = client.recv(65536)
        if not chunk:
            return b""
        found += chunk
    head, _, body = bytes(found).partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [int(line.partition(b":")[2]) for line in lines if line.lower().startswith(b"content-length:")]
    while len(body) < sum(lengths):
        chunk = client.recv(65536)
        if not chunk:
            return b""
        body += chunk
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
