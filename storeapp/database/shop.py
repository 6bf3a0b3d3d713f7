"""The shop's database: one encrypted file, many readers, one writer, one process.

`writing()` commits when its block ends and leaves nothing behind if it raises. `reading()` shows one moment, however
long it takes.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storeapp.database import backup as backups
from storeapp.database.books import OpenBooks, device_from, device_text
from storeapp.database.checkpointer import Checkpointer
from storeapp.database.connection import FILE, DiskFull, connect, meaning, told
from storeapp.database.health import check_health, check_key, note_key
from storeapp.database.keystore import DATABASE_KEY, KEY_BYTES, MEMBERS_KEY, Keystore, key_of
from storeapp.database.lock import ShopLock
from storeapp.database.migrate import VERSION, migrate
from storeapp.database.policies import PolicyCache
from storeapp.database.statements.books import DEVICE, PUT_DEVICE
from storeapp.database.vault import Vault
from storeapp.database.word_caches import PriceListCache, PromotionCache, WordCache
from storeapp.database.work import Work
from storeapp.errors import Broken, Refused
from storeapp.till.ports import Clock, Ids
from storeapp.till.records import Device

if TYPE_CHECKING:
    from storeapp.database.check.finding import Finding
    from storeapp.domain.coupon_template import TemplateWord


@dataclass(eq=False)
class ShopExists(Refused):
    """There is a shop at `path` already."""

    path: str
    word = "shop_exists"


@dataclass(eq=False)
class NoShop(Refused):
    """There is no shop at `path`."""

    path: str
    word = "no_shop"


@dataclass(eq=False)
class WritingTwice(Broken):
    """A writing block was opened inside another one: it would wait for itself for ever."""

    word = "writing_twice"


class ShopDatabase:
    """Implements `till.ports.Shop`. Made by `create` or `open`; closed by `close`."""

    def __init__(self, folder: Path, key: bytes, vault: Vault, lock: ShopLock, *, clock: Clock, ids: Ids) -> None:
        self._folder = folder
        self._path = folder / FILE
        self._key = key
        self._vault = vault
        self._lock = lock
        self._clock = clock
        self._ids = ids
        self._policies = PolicyCache()
        self._promotions = PromotionCache()
        self._price_lists = PriceListCache()
        self._templates: WordCache[TemplateWord] = WordCache()
        self._writers = threading.Lock()
        self._writing_thread = 0
        self._readers: list[Any] = []
        self._mine = threading.local()
        self._checkpointer: Checkpointer | None = None
        self._is_open = True
        with told(self._path):
            self._writer = connect(self._path, key, is_writer=True)
            self._device = device_from(Work(self._writer).all(DEVICE)[0][0])

    @classmethod
    def create(cls, folder: Path, *, device: Device, clock: Clock, ids: Ids, keystore: Keystore) -> ShopDatabase:
        """A new shop in `folder`; raises ShopExists."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = ShopLock(folder)
        path, fresh = folder / FILE, folder / (FILE + ".new")
        try:
            if path.exists():
                raise ShopExists(str(folder))
            for name in (DATABASE_KEY, MEMBERS_KEY):
                keystore.put(name, secrets.token_bytes(KEY_BYTES))
            key = key_of(keystore, DATABASE_KEY)
            note_key(folder, key)
            # it only bears its name when it is whole, so an init that was cut short can be run again
            fresh.unlink(missing_ok=True)
            with told(fresh):
                migrate(fresh, key)
                connection = connect(fresh, key, is_writer=True)
                try:
                    Work(connection).run(PUT_DEVICE, id=1, data=device_text(device))
                finally:
                    connection.close()
            fresh.replace(path)
            return cls(folder, key, Vault(key_of(keystore, MEMBERS_KEY)), lock, clock=clock, ids=ids)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, ids: Ids, keystore: Keystore) -> ShopDatabase:
        """The shop in `folder`, brought to this version if it is older.

        Raises NoShop, ShopInUse, KeyMissing, WrongKey, DatabaseDamaged or NewerDatabase; the file is as it was then.
        """
        path = folder / FILE
        if not path.exists():
            raise NoShop(str(folder))
        lock = ShopLock(folder)
        try:
            key, master = key_of(keystore, DATABASE_KEY), key_of(keystore, MEMBERS_KEY)
            check_key(folder, key, keystore.kind)
            found = check_health(folder, path, key)
            if found < VERSION:
                name = folder / "backups" / backups.backup_name(clock.now())
                migrate(path, key, backup=lambda: backups.write_backup(path, key, name))
            return cls(folder, key, Vault(master), lock, clock=clock, ids=ids)
        except BaseException:
            lock.release()
            raise

    @contextmanager
    def writing(self) -> Iterator[OpenBooks]:
        """One transaction; other threads wait for their turn."""
        if self._writing_thread == threading.get_ident():
            raise WritingTwice
        with self._writers:
            self._writing_thread = threading.get_ident()
            writer = self._writer
            try:
                writer.execute("BEGIN IMMEDIATE")
                books = self._books(Work(writer))
                yield books
                writer.execute("COMMIT")
                self._device = books.device
            except BaseException as error:
                self._undo(error)
                raise
            finally:
                self._writing_thread = 0
        self.start_checkpointer().note_commit()

    def _undo(self, error: BaseException) -> None:
        """Nothing of the transaction stays. Raises what the driver's `error` means to a shop, if it is the world's."""
        # what was read of the policy may have been undone
        self._policies.known = None
        self._promotions.known = self._promotions.rules = None
        self._price_lists.known = self._price_lists.live = None
        self._templates.known = None
        # a full disk has rolled back already
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        fault = meaning(error, self._path)
        if fault is not None:
            raise fault from error

    @contextmanager
    def reading(self) -> Iterator[OpenBooks]:
        """One moment of the shop. A reading block inside another one of the same thread sees the same moment."""
        outer: OpenBooks | None = getattr(self._mine, "books", None)
        if outer is not None:
            yield outer
            return
        with told(self._path):
            reader = self._reader()
            reader.execute("BEGIN")
            self._mine.books = self._books(Work(reader))
            try:
                yield self._mine.books
            finally:
                self._mine.books = None
                if reader.in_transaction:
                    reader.execute("COMMIT")

    def _books(self, work: Work) -> OpenBooks:
        return OpenBooks(
            work,
            self._device,
            clock=self._clock,
            ids=self._ids,
            vault=self._vault,
            policies=self._policies,
            promotions=self._promotions,
            price_lists=self._price_lists,
            templates=self._templates,
        )

    def _reader(self) -> Any:
        reader = getattr(self._mine, "reader", None)
        if reader is None:
            reader = self._mine.reader = self._connect_reader()
            self._readers.append(reader)
        return reader

    def _connect_reader(self) -> Any:
        return connect(self._path, self._key, is_writer=False)

    def start_checkpointer(self) -> Checkpointer:
        """Starts what keeps the log short; the first commit does it too."""
        if self._checkpointer is None:
            self._checkpointer = Checkpointer(
                self._path, lambda: connect(self._path, self._key, is_writer=True), self._writers
            )
        return self._checkpointer

    def checkpoint(self) -> None:
        """Moves the whole log into the file, now."""
        with self._writers, told(self._path):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def backup(self, to: Path | None = None) -> Path:
        """A whole encrypted copy at `to`, or among the shop's own, of which the newest seven stay."""
        target = to or self._folder / "backups" / backups.backup_name(self._clock.now())
        made = backups.write_backup(self._path, self._key, target)
        if to is None:
            backups.prune(self._folder)
        return made

    def is_own_copy(self, file: Path) -> bool:
        """Whether `file` is an earlier copy of this shop, and so may give way to the next."""
        if not file.is_file() or file.samefile(self._path):
            return False
        return backups.fault_in(file, self._key) is None

    def backup_of_the_day(self) -> Path | None:
        """The shop's own copy of today; None if there is one already. Raises DiskFull where room would be short."""
        if backups.is_copied(self._folder, self._clock.now().date()):
            return None
        if not backups.has_room(self._path):
            raise DiskFull(str(self._path))
        return self.backup()

    def check(self) -> tuple[Finding, ...]:
        """Recomputes everything that could be wrong; nothing found is the good answer."""
        # as heavy as SQLAlchemy, which it asks in
        from storeapp.database.check.run import run_checks

        with told(self._path):
            connection = self._connect_reader()
            try:
                return run_checks(connection, self._device)
            finally:
                connection.close()

    def close(self) -> None:
        """Waits for the writing block in progress, empties the log and lets other processes in."""
        if not self._is_open:
            return
        self._is_open = False
        if self._checkpointer is not None:
            self._checkpointer.stop()
        with self._writers:
            for reader in self._readers:
                reader.close()
            # the last connection to close moves the log into the file
            self._writer.close()
        self._lock.release()
