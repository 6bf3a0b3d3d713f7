"""What stops a demo: a screen that does not come is said aloud, never passed over."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.errors import Broken, Refused


@dataclass(eq=False)
class DemoBroke(Broken):
    """The day could not go on: `step` did not come about."""

    step: str
    word = "demo_broke"


@dataclass(eq=False)
class FolderInUse(Refused):
    """`folder` holds something that no demo put there."""

    folder: str
    word = "folder_in_use"
