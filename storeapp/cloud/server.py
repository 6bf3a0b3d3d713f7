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
    _made(cloud, lambda: ready(_address(bound))).run(sockets=[bound])


@contextlib.contextmanager
def serving(cloud: Cloud, bound: socket.socket) -> Iterator[str]:
    """The same on a thread of its own, until the block ends; brings the address."""
    is_ready = threading.Event()
    server = _made(cloud, is_ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="cloud", daemon=True)
    thread.start()
    try:
        while not is_ready.wait(0.05):
            if not thread.is_alive():
                raise ChildProcessError("the server ended before it began")
        yield _address(bound)
    finally:
        server.should_exit = True
        thread.join(_GRACE_S + 5)


def _made(cloud: Cloud, ready: Callable[[], None]) -> _Server:
    config = uvicorn.Config(
        make_app(cloud),
        log_config=None,
        # a request's path is a shopper's receipt
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=30,
    )
    return _Server(config, ready)


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
