"""The album: the pictures of a day, named once, each of a window as it stands."""

from __future__ import annotations

from pathlib import Path

from storeapp.demo.hands import Camera
from storeapp.demo.stage import Stage


class Album:
    """`counter` and `customer` take a picture of that window."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self.camera = Camera(stage.hands, folder)

    @property
    def taken(self) -> list[Path]:
        return self.camera.taken

    def counter(self, name: str) -> None:
        self.camera.take(name, self._stage.window)

    def customer(self, name: str) -> None:
        self.camera.take(f"customer-{name}", self._stage.customer)
