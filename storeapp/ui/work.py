"""Work that must not hold up the counter: what a presenter asks for, without a thread in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Answer = TypeVar("Answer")


class Work(Protocol):
    """Runs `fn` elsewhere and brings its answer back to the caller's thread.

    `fail` gets the error. Without `fail` the error is raised where the answer would have arrived.
    """

    def db(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        """On the one thread that writes to the shop's file; calls keep their order."""

    def io(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        """On a thread that may wait for a cable or a network; `fn` brings its own timeout."""


class InlineWork:
    """Does everything at once, on the spot; for tests and for runs without a screen."""

    def db(
        self,
        fn: Callable[[], Answer],
        ok: Callable[[Answer], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        try:
            answer = fn()
        except Exception as error:
            if fail is None:
                raise
            fail(error)
            return
        if ok is not None:
            ok(answer)

    io = db
