"""The page on which goods come back, as its presenter sees it: with their receipt, or without."""

from __future__ import annotations

from typing import Protocol, TypeVar

Shown_contra = TypeVar("Shown_contra", contravariant=True)


class BackView(Protocol[Shown_contra]):
    def show_state(self, state: Shown_contra) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`resumed`: what was begun is here again."""
        ...

    def beep(self) -> None: ...
    def gone(self) -> None:
        """The page is over."""
        ...
