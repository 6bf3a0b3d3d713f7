"""The training shop's own till, and what keeps it and the real one apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storeapp.errors import Broken, Refused
from storeapp.till.approvals import allow
from storeapp.till.new_shop import new_device
from storeapp.till.ports import Clock, Ids, Shop
from storeapp.till.records import Device

_MARK = "T"
PRACTICE_PIN = "123456"
PRACTISING = {"training": "enter"}


@dataclass(eq=False)
class NotATrainingShop(Broken):
    """The shop in `folder` was to be practised on, and is a real one. Nothing was written."""

    folder: str
    word = "not_a_training_shop"


@dataclass(eq=False)
class TrainingStaysHere(Refused):
    """A training shop belongs to no cloud and sends nothing."""

    word = "training_stays_here"


def training_device(real: Device, *, ids: Ids) -> Device:
    """The till beside the real one: its own name, numbers and keys, and no way to a cloud."""
    made = new_device(ids, store=real.store, till=f"{real.till[:7]}{_MARK}")
    return replace(made, is_training=True)


def note_training(
    shop: Shop, *, by: str, word: Literal["entered", "left"], clock: Clock, approval_id: str | None = None
) -> None:
    """On record in the real shop: who went off to practise, and came back. Raises NeedsApproval."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        if word == "entered":
            allow(books, "training", PRACTISING, by=by, approval_id=approval_id, at=at)
        books.journal.append(f"training.{word}", {"by": by}, at=at)


def check_training(shop: Shop, folder: str) -> None:
    """Raises NotATrainingShop before anything could be written into a real one."""
    with shop.reading() as books:
        if not books.device.is_training:
            raise NotATrainingShop(folder)


def check_may_leave(device: Device) -> None:
    """Raises TrainingStaysHere: nothing of a training shop goes anywhere."""
    if device.is_training:
        raise TrainingStaysHere
