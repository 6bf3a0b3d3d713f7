"""Contracts: which company takes which wallet's money at this till, and the terminal's key in the keystore."""

from __future__ import annotations

import json
import logging
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from storeapp.app import Till
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused, StoreappError
from storeapp.payments.addresses import SHOUQIANBA
from storeapp.till.ports import Provider

if TYPE_CHECKING:
    from storeapp.payments.shouqianba import Shouqianba, TerminalKeys

log = logging.getLogger(__name__)

TERMINAL_KEY = "shouqianba"
WALLETS: tuple[TenderKind, ...] = ("wechat", "alipay", "unionpay")
VENDOR_KEY_MOST = 200


@dataclass(eq=False)
class NoTerminal(Refused):
    """This machine has no terminal of Shouqianba: it is activated first."""

    word = "no_terminal"


@dataclass(eq=False)
class BadVendorKey(Refused):
    """The file of the vendor's key cannot be used."""

    word = "bad_vendor_key"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal of Shouqianba. `previous` is still good, for an answer may have been lost; `gateway` "" is theirs."""

    sn: str
    key: str
    previous: str = ""
    checked_at: str = ""
    gateway: str = ""

    def __repr__(self) -> str:
        return f"Terminal({self.sn!r})"


@dataclass(frozen=True, slots=True)
class Activation:
    """What the vendor hands over with a code."""

    code: str
    app_id: str
    vendor_sn: str
    vendor_key: str
    gateway: str = ""


class Deferred:
    """A provider that is made when it is first asked: a window that only takes cash loads no HTTP."""

    def __init__(self, name: str, kind: TenderKind, make: Callable[[], Provider]) -> None:
        self.name, self.kind = name, kind
        self._make, self._lock = make, threading.Lock()
        self._made: Provider | None = None

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        return self._provider.take(amount, code=code, trade_number=trade_number)

    def query(self, trade_number: str) -> Take:
        return self._provider.query(trade_number)

    def reverse(self, trade_number: str) -> Take:
        return self._provider.reverse(trade_number)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        return self._provider.refund(trade_number, refund_number=refund_number, amount=amount, whole=whole)

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        return self._provider.query_refund(trade_number, refund_number)

    @property
    def _provider(self) -> Provider:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


class Contracts(Mapping[TenderKind, Provider]):
    """The wallets this till takes now, by the owner's choice, the cloud it joined and the terminal it has."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self._known: dict[tuple[str, TenderKind], Provider] = {}
        self._terminal: Terminal | None = None
        self._has_looked = False
        self._client: Shouqianba | None = None
        self._lock = threading.RLock()

    def __getitem__(self, kind: TenderKind) -> Provider:
        way = self._ways().get(kind)
        if way is None:
            raise KeyError(kind)
        with self._lock:
            if (way, kind) not in self._known:
                self._known[way, kind] = self._deferred(way, kind)
            return self._known[way, kind]

    def __iter__(self) -> Iterator[TenderKind]:
        return iter(self._ways())

    def __len__(self) -> int:
        return len(self._ways())

    @property
    def terminal(self) -> Terminal | None:
        """The terminal in the keystore, looked up once: some keystores take their time."""
        with self._lock:
            if not self._has_looked:
                kept = self._till.keystore.get(TERMINAL_KEY)
                self._terminal = None if kept is None else Terminal(**json.loads(kept))
                self._has_looked = True
            return self._terminal

    def activate(self, asked: Activation) -> Terminal:
        """This machine becomes a terminal. Raises ActivationRefused, or Unavailable while nobody answers."""
        # HTTP is for the one machine in its life that is activated
        from storeapp.payments import shouqianba

        with self._till.shop.reading() as books:
            device = books.device
        keys = shouqianba.activate(
            vendor_sn=asked.vendor_sn,
            vendor_key=asked.vendor_key,
            app_id=asked.app_id,
            code=asked.code,
            device_id=f"storeapp-{device.device_id}",
            base_url=asked.gateway or SHOUQIANBA,
        )
        made = Terminal(keys.sn, keys.key, checked_at=self._now(), gateway=asked.gateway)
        self._keep(made)
        self.close()
        return made

    def check_in(self, *, again: bool = False) -> Terminal:
        """The terminal's key of the day; asked for once a day unless `again`. Raises NoTerminal or Unavailable."""
        here = self.terminal
        if here is None:
            raise NoTerminal
        if again or here.checked_at[:10] != self._now()[:10]:
            self._shouqianba().check_in()
            # the answer's key was kept by then; that it is today's is noted beside it
            kept = self.terminal
            self._keep(replace(kept or here, checked_at=self._now()))
        return self.terminal or here

    def check_in_quietly(self) -> None:
        """At the start: the key before the last stays good, so a silent gateway stops nobody."""
        if self.terminal is None:
            return
        try:
            self.check_in()
        except StoreappError as error:
            log.warning("the terminal could not check in: %s", error.word)

    def close(self) -> None:
        """Hangs up."""
        with self._lock:
            client, self._client = self._client, None
            self._known.clear()
        if client is not None:
            client.close()

    # inside

    def _ways(self) -> dict[TenderKind, str]:
        with self._till.shop.reading() as books:
            policy, is_joined = books.policy.in_force(), books.device.is_joined
            if books.device.is_training:
                # real money is never taken for practice, whatever keys lie about
                return {}
        there = {"relay": is_joined, "shouqianba": False}
        chosen = {kind: policy.text(f"pay.{kind}") for kind in WALLETS}
        if "shouqianba" in chosen.values():
            there["shouqianba"] = self.terminal is not None
        return {kind: way for kind, way in chosen.items() if there.get(way)}

    def _deferred(self, way: str, kind: TenderKind) -> Provider:
        if way == "shouqianba":
            return Deferred("shouqianba", kind, lambda: self._shouqianba().of_kind(kind))
        return Deferred(kind, kind, lambda: self._relay(kind))

    def _relay(self, kind: TenderKind) -> Provider:
        # what speaks HTTP is loaded with the first question
        from storeapp.sync.pay import relayed

        till = self._till
        wallet: Literal["wechat", "alipay"] = "alipay" if kind == "alipay" else "wechat"
        return relayed(till.shop, till.keystore, clock=till.clock, wallet=wallet)

    def _shouqianba(self) -> Shouqianba:
        # what speaks HTTP is loaded with the first question
        from storeapp.payments import shouqianba

        with self._lock:
            here = self.terminal
            if here is None:
                raise NoTerminal
            if self._client is None:
                with self._till.shop.reading() as books:
                    name = books.policy.in_force().text("shop.name")
                self._client = shouqianba.Shouqianba(
                    shouqianba.TerminalKeys(here.sn, here.key, here.previous),
                    keep=_weakly(self._keep_keys),
                    subject=name or "storeapp",
                    base_url=here.gateway or SHOUQIANBA,
                )
                # whoever forgets to hang up leaves no line open
                weakref.finalize(self, self._client.close)
            return self._client

    def _keep_keys(self, keys: TerminalKeys) -> None:
        here = self.terminal
        if here is not None:
            self._keep(replace(here, key=keys.key, previous=keys.previous))

    def _keep(self, terminal: Terminal) -> None:
        with self._lock:
            self._till.keystore.put(TERMINAL_KEY, json.dumps(asdict(terminal)).encode())
            self._terminal, self._has_looked = terminal, True

    def _now(self) -> str:
        return self._till.clock.now().isoformat()


def _weakly(keep: Callable[[TerminalKeys], None]) -> Callable[[TerminalKeys], None]:
    """The same, without holding on to whoever keeps."""
    held = weakref.WeakMethod(keep)

    def kept(keys: TerminalKeys) -> None:
        still = held()
        if still is not None:
            still(keys)

    return kept


@contextmanager
def contracts_of(till: Till) -> Iterator[Contracts]:
    """The till's contracts; their lines are hung up at the end."""
    contracts = Contracts(till)
    try:
        yield contracts
    finally:
        contracts.close()


def vendor_key(file: Path) -> str:
    """The key in a file; raises BadVendorKey, which repeats nothing of it."""
    try:
        found = file.read_bytes()[: VENDOR_KEY_MOST + 1].decode("ascii").strip()
    except (OSError, ValueError) as error:
        raise BadVendorKey from error
    if not found or len(found) > VENDOR_KEY_MOST or not found.isprintable():
        raise BadVendorKey
    return found


def age_days(terminal: Terminal, now: datetime) -> int | None:
    """Days since the last check-in."""
    return (now - datetime.fromisoformat(terminal.checked_at)).days if terminal.checked_at else None
