"""Background work for the window: one thread for the shop's file, three for cables and networks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

Answer = TypeVar("Answer")


class Tasks(QObject):
    """The `Work` of a window; answers come back through a queued signal, on the thread that made it."""

    _post = Signal(object)  # a callable without arguments, run on this object's thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = ThreadPoolExecutor(1, thread_name_prefix="db")
        self._io = ThreadPoolExecutor(3, thread_name_prefix="io")
        self._post.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self._closed = False

    def db(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        self._submit(self._db, fn, ok, fail)

    def io(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        self._submit(self._io, fn, ok, fail)

    def close(self) -> None:
        """Takes no more work, lets the shop's file finish, forgets what waits for a cable. Late answers are dropped."""
        self._closed = True
        self._io.shutdown(wait=False, cancel_futures=True)
        self._db.shutdown(wait=True)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None,
        fail: Callable[[Exception], None] | None,
    ) -> None:
        if self._closed:
            return

        def done(future: Future[Answer]) -> None:
            if not self._closed and not future.cancelled():
                self._post.emit(lambda: _deliver(future, ok, fail))

        pool.submit(fn).add_done_callback(done)

    @Slot(object)
    def _run(self, deliver: Callable[[], None]) -> None:
        if not self._closed:
            deliver()


def _deliver(
    future: Future[Answer], ok: Callable[[Answer], None] | None, fail: Callable[[Exception], None] | None
) -> None:
    error = future.exception()
    if error is None:
        if ok is not None:
            ok(future.result())
    elif isinstance(error, Exception) and fail is not None:
        fail(error)
    else:
        raise error
