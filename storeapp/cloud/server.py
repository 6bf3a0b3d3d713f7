"""The server: listens, says so once it is ready, and leaves when it is told to."""

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from storeapp.cloud.app import make_app
from storeapp.cloud.services import Cloud

# a till's longest request, and then some
_GRACE_S = 10
_BACKLOG = 512


class _Server(uvicorn.Server):
    """Says where it listens as soon as it does; SIGTERM and SIGINT end it without an error."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # the base class raises the signal again at the end: asked to stop, a server that stopped did well
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket on that address; port 0 takes a free one. OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def serve(cloud: Cloud, bound: socket.socket, *, ready: Callable[[str], None]) -> None:
    """Answers requests until it is told to stop; `ready` gets the address once it can."""
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        make_app(cloud),
        log_config=None,
        # a request's path is a shopper's receipt
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=30,
    )
    _Server(config, lambda: ready(f"http://{shown}:{port}")).run(sockets=[bound])
