"""The till put together: folder, log, keystore, clock, names for things, and the shop's database. No window needed."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storeapp import logs, settings
from storeapp.database.backup import backups
from storeapp.database.connection import FILE
from storeapp.database.keystore import DATABASE_KEY, MARK, MEMBERS_KEY, KeyMissing, Keystore, best_keystore, key_of
from storeapp.database.lock import ShopInUse
from storeapp.database.shop import NoShop, ShopDatabase
from storeapp.domain.policy import checked
from storeapp.settings import BUILT_IN_PAPER, Settings
from storeapp.till import moments
from storeapp.till.clock import RandomIds, SystemClock
from storeapp.till.new_shop import new_device
from storeapp.till.policies import policy_in_force, set_policies
from storeapp.till.ports import Books, Clock, Ids
from storeapp.till.training_shop import NotATrainingShop, check_training, training_device

if TYPE_CHECKING:
    from storeapp.sync.worker import SyncWorker


TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Till:
    """An open shop and everything a deed wants."""

    folder: Path
    settings: Settings
    shop: ShopDatabase
    clock: Clock
    ids: Ids
    keystore: Keystore

    def today(self, books: Books) -> date:
        """The business day now."""
        return moments.today(books, self.clock)

    def sync_worker(self) -> SyncWorker:
        """The thread that talks to the cloud, not started yet."""
        # HTTP and message checking weigh a third of a light verb's start
        from storeapp.sync.identity import connect
        from storeapp.sync.worker import SyncWorker

        return SyncWorker(
            self.shop,
            lambda: connect(self.shop, self.keystore, clock=self.clock),
            clock=self.clock,
            chance=random.Random(),
        )


def folder_of(named: str | None) -> Path:
    """The shop's folder: the one named, or this machine's."""
    return Path(named) if named else settings.default_folder()


@contextmanager
def open_till(named: str | None) -> Iterator[Till]:
    """The shop in that folder, closed again at the end. Raises NoShop, ShopInUse and what else keeps it shut."""
    folder = folder_of(named)
    # before anything is written into a folder that is no shop
    if not (folder / FILE).is_file():
        raise NoShop(str(folder))
    handler = logs.start(folder)
    try:
        keystore, ids = best_keystore(folder), RandomIds()
        shop = ShopDatabase.open(folder, clock=SystemClock(), ids=ids, keystore=keystore)
        try:
            if folder.name == TRAINING:
                check_training(shop, str(folder))
            zone = policy_in_force(shop).text("shop.zone")
            # what is loaded by now stays: without this the collector looks at all of it between two sales
            gc.freeze()
            yield Till(folder, settings_of(folder), shop, SystemClock(zone), ids, keystore)
        finally:
            shop.close()
    finally:
        logs.stop(handler)


def settings_of(folder: Path) -> Settings:
    """This machine's settings; a training shop has the real one's, and prints on no paper but the screen's."""
    if folder.name != TRAINING:
        return settings.load(folder)
    real = settings.load(folder.parent)
    return replace(real, printer=replace(real.printer, address=BUILT_IN_PAPER))


def training_folder(folder: Path) -> Path:
    """Where the shop to practise on lies beside the real one."""
    return folder / TRAINING


def ready_training(named: str | None) -> Path:
    """The folder of the training shop, made or brought up to date from the real one, which is only read.

    While a window holds the real one, the training shop stays as it was last. Raises NoShop or NotATrainingShop.
    """
    folder = folder_of(named)
    if folder.name == TRAINING:
        return folder
    try:
        with open_till(str(folder)) as real:
            furnish_training(real)
    except ShopInUse:
        if not (training_folder(folder) / FILE).is_file():
            raise
    found = training_folder(folder)
    # whatever went wrong before: a verb that practises is never handed the real one
    if found.name != TRAINING or found == folder:
        raise NotATrainingShop(str(found))
    return found


def furnish_training(real: Till) -> Path:
    """Makes the training shop of an open one, or brings it up to date. Raises NotATrainingShop."""
    # read only by who practises
    from storeapp.till import training

    folder, keystore = training_folder(real.folder), best_keystore(training_folder(real.folder))
    if (folder / FILE).is_file():
        shop = ShopDatabase.open(folder, clock=real.clock, ids=real.ids, keystore=keystore)
    else:
        with real.shop.reading() as books:
            device = training_device(books.device, ids=real.ids)
        shop = ShopDatabase.create(folder, device=device, clock=real.clock, ids=real.ids, keystore=keystore)
    try:
        check_training(shop, str(folder))
        training.furnish(shop, real.shop, clock=real.clock, ids=real.ids)
    finally:
        shop.close()
    return folder


def make_shop(named: str | None, *, name: str, store: str, till: str, is_demo: bool) -> Path:
    """A new shop, furnished if it is the demo; answers its folder. Raises ShopExists, BadCode or BadPolicy."""
    folder, clock, ids = folder_of(named), SystemClock(), RandomIds()
    checked("shop.name", name)
    device = new_device(ids, store=store, till=till, is_demo=is_demo)
    shop = ShopDatabase.create(folder, device=device, clock=clock, ids=ids, keystore=best_keystore(folder))
    try:
        if is_demo:
            # readers of sheets that no other start needs
            from storeapp.till import demo_shop

            demo_shop.furnish(shop, clock=clock, ids=ids)
        if name:
            set_policies(shop, {"shop.name": name}, clock=clock)
    finally:
        shop.close()
    return folder


def age_s(at: str | None, now: datetime) -> int | None:
    """Seconds since that moment (ISO 8601)."""
    return None if at is None else int((now - datetime.fromisoformat(at)).total_seconds())


def restore(named: str | None, backup: Path, *, keys: Mapping[str, bytes] | None = None) -> Path:
    """The shop in that folder as it was in `backup`; answers the folder.

    A folder without keys of its own needs them in `keys`. Raises KeyMissing, WrongKey, BackupBad, ShopInUse or
    NewerDatabase, and then no shop was replaced.
    """
    # the worst day of a shop, and no other
    from storeapp.database.restore import restore as put_back

    folder = folder_of(named)
    if not (folder / MARK).is_file() and keys is None:
        raise KeyMissing(DATABASE_KEY, "")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logs.start(folder)
    try:
        keystore = best_keystore(folder)
        for name in (DATABASE_KEY, MEMBERS_KEY):
            if keys is not None and name in keys and keystore.get(name) is None:
                keystore.put(name, keys[name])
        put_back(folder, backup, keystore)
    finally:
        logs.stop(handler)
    return folder


def keys_of(till: Till) -> dict[str, bytes]:
    """The keys without which no backup of this shop opens on another machine."""
    return {name: key_of(till.keystore, name) for name in (DATABASE_KEY, MEMBERS_KEY)}


def newest_backup(folder: Path) -> datetime | None:
    """When the newest of the shop's own backups was made."""
    made = backups(folder)
    return datetime.fromtimestamp(made[0].stat().st_mtime).astimezone() if made else None
