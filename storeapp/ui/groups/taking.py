"""Orders being written down: one at the counter, or a whole list of the leader's, each read while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from storeapp.domain.group_list import Misread, read_list
from storeapp.domain.group_order import EmptyOrder, GroupOrder, OrderLine
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.member import BadPhone, normal_phone
from storeapp.domain.money import Money, total
from storeapp.domain.staff import Staff
from storeapp.till import group_import, group_orders, group_sheets, group_slips
from storeapp.till.group_import import Taken
from storeapp.till.group_orders import Wanted
from storeapp.till.named_files import sheet_bytes
from storeapp.ui.desk import Desk

_FIRST = "1. x "


@dataclass(frozen=True, slots=True)
class OrderState:
    """`lines` are what was understood so far, `misread` what was not."""

    who: str = ""
    what: str = ""
    lines: tuple[OrderLine, ...] = ()
    misread: Misread | None = None
    is_saving: bool = False

    @property
    def total(self) -> Money:
        return total(line.amount for line in self.lines)


class OrderView(Protocol):
    def show_state(self, state: OrderState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class OrderPresenter:
    """One order; `saved` gets it. `member_id` is who stands at the counter. Raises UnknownGroupSheet."""

    def __init__(self, desk: Desk, staff: Staff, sheet_id: str, *, saved: Callable[[GroupOrder], None]) -> None:
        self._desk, self._staff, self._then = desk, staff, saved
        with desk.shop.reading() as books:
            self.sheet: GroupSheet = group_sheets.known(books, sheet_id)
            self.names = group_sheets.names_of(books, self.sheet)
        self._view: OrderView
        self.state = OrderState()

    def bind(self, view: OrderView) -> None:
        self._view = view
        self._show(self.state)

    def type_who(self, text: str) -> None:
        self._show(replace(self.state, who=text))

    def type_what(self, text: str) -> None:
        """`egg 2 apple 1`, by name, part of a name, or code; a code alone is one of it."""
        read = read_list(_FIRST + _counted(text, self.names), self.names)
        wants = read.entries[0].wants if read.entries else ()
        misread = read.misread[0] if text.strip() and read.misread else None
        lines = tuple(self._line(code, milli) for code, milli in wants)
        self._show(replace(self.state, what=text, lines=lines, misread=misread))

    def save(self) -> None:
        """The order and its slip; raises nothing: what will not do is told."""
        state, desk, by = self.state, self._desk, self._staff.code
        if state.is_saving:
            return
        if state.misread is not None or not state.lines:
            self._view.beep()
            self._view.tell(EmptyOrder())
            return
        phone, name = _person(state.who)
        lines = tuple((line.code, line.milli) for line in state.lines)
        wanted = Wanted(self.sheet.sheet_id, lines, phone=phone, name=name)
        self._show(replace(state, is_saving=True))

        def deed() -> GroupOrder:
            order = group_orders.take(desk.shop, wanted, by=by, clock=desk.clock, ids=desk.ids)
            group_slips.owe(desk.shop, (order.code,), clock=desk.clock, ids=desk.ids)
            return order

        desk.work.db(deed, ok=self._then, fail=self._failed)

    def _line(self, code: str, milli: int) -> OrderLine:
        goods = self.sheet.goods_of(code)
        assert goods is not None, "only goods of the sheet are read"
        return OrderLine(code, self.names[code], milli, goods.price)

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        self._view.beep()
        self._view.tell(error)

    def _show(self, state: OrderState) -> None:
        self.state = state
        self._view.show_state(state)


@dataclass(frozen=True, slots=True)
class PasteState:
    """`taken` is what would become of the list as it stands: of the `text`, or of what `file` holds."""

    text: str = ""
    file: str = ""
    taken: Taken | None = None
    is_saving: bool = False


class PasteView(Protocol):
    def show_state(self, state: PasteState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class PastePresenter:
    """A whole list; `saved` gets what became of it. Raises UnknownGroupSheet."""

    def __init__(self, desk: Desk, staff: Staff, sheet_id: str, *, saved: Callable[[Taken], None]) -> None:
        self._desk, self._staff, self._sheet_id, self._then = desk, staff, sheet_id, saved
        with desk.shop.reading() as books:
            self.sheet: GroupSheet = group_sheets.known(books, sheet_id)
        self._view: PasteView
        self._data = b""
        self.state = PasteState()

    def bind(self, view: PasteView) -> None:
        self._view = view
        self._show(self.state)

    def type(self, text: str) -> None:
        """Read at once, and nothing kept."""
        self._look_at(text.encode(), PasteState(text))

    def read_file(self, name: str) -> None:
        """The list in that CSV or XLSX instead of what was typed; read, and nothing kept."""
        self._desk.work.io(
            lambda: sheet_bytes(name),
            ok=lambda data: self._look_at(data, PasteState(file=Path(name).name)),
            fail=self._failed,
        )

    def save(self, *, skip_bad: bool = False) -> None:
        """All of it; with `skip_bad` what was understood."""
        taken = self.state.taken
        if self.state.is_saving or taken is None or not (taken.new or taken.changed):
            self._view.beep()
            return
        if taken.misread and not skip_bad:
            self._view.beep()
            return
        self._show(replace(self.state, is_saving=True))
        self._take(skip_bad=skip_bad, ok=self._then)

    def _look_at(self, data: bytes, state: PasteState) -> None:
        self._data = data
        self._show(state)
        if data.strip():
            self._take(dry_run=True, ok=partial(self._read, data))

    def _take(self, *, ok: Callable[[Taken], None], dry_run: bool = False, skip_bad: bool = False) -> None:
        desk, by, data, sheet_id = self._desk, self._staff.code, self._data, self._sheet_id
        desk.work.db(
            lambda: group_import.take_list(
                desk.shop, sheet_id, data, by=by, clock=desk.clock, ids=desk.ids, dry_run=dry_run, skip_bad=skip_bad
            ),
            ok=ok,
            fail=self._failed,
        )

    def _read(self, data: bytes, taken: Taken) -> None:
        # whoever typed on meanwhile waits for the answer to that
        if data is self._data:
            self._show(replace(self.state, taken=taken))

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        self._view.beep()
        self._view.tell(error)

    def _show(self, state: PasteState) -> None:
        self.state = state
        self._view.show_state(state)


def _person(text: str) -> tuple[str, str]:
    """Phone and name of what was typed for whoever it is."""
    first, _, rest = text.strip().partition(" ")
    try:
        return normal_phone(first), rest.strip()
    except BadPhone:
        return "", text.strip()


def _counted(text: str, names: dict[str, str]) -> str:
    """A code from the scanner says one of it."""
    return f"{text} 1" if text.strip() in names else text
