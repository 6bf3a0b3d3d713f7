"""The pretended companies behind a loopback port, for training and for tests over real HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from storeapp.errors import Broken
from storeapp.payments.fake.app import FakeProviders

STARTS_S = 10.0


class NeverStarted(Broken):
    """The loopback server did not come up."""

    word = "fake_never_started"


@contextmanager
def serving(app: FakeProviders) -> Iterator[str]:
    """The address of `app`, as long as the block lasts. It answers this machine alone."""
    # the web server is heavy and only training wants it
    import uvicorn

    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    # a socket that says it is TCP is not held back to gather small answers: forty milliseconds each
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([sock],), name="fake-providers", daemon=True)
    thread.start()
    until = time.monotonic() + STARTS_S
    while not server.started:
        if time.monotonic() > until:
            raise NeverStarted
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(STARTS_S)
        sock.close()
