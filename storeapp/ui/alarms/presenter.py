"""The page of alarms: what happened, where, what is to be done, and who has looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.alarm import Alarm
from storeapp.domain.staff import Staff, require
from storeapp.till import alarms
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class AlarmsState:
    """What waits stands first. `names` are those of the codes that have looked, `whose` is the member it is about."""

    items: tuple[Alarm, ...] = ()
    selected: int = 0
    names: tuple[tuple[str, str], ...] = ()
    whose: tuple[str, ...] = ()
    is_saving: bool = False

    @property
    def chosen(self) -> Alarm | None:
        return self.items[self.selected] if 0 <= self.selected < len(self.items) else None

    def name_of(self, code: str) -> str:
        """Another till's people are known here by their code alone."""
        return dict(self.names).get(code, code)


class AlarmsView(Protocol):
    def show_state(self, state: AlarmsState) -> None: ...
    def tell(self, error: Exception) -> None: ...


class AlarmsPresenter:
    """Raises NotAllowed. `changed` after somebody has looked."""

    def __init__(self, desk: Desk, staff: Staff, *, changed: Callable[[], None]) -> None:
        require(staff, alarms.RIGHT)
        self._desk, self._staff, self._changed = desk, staff, changed
        self._view: AlarmsView
        self.state = AlarmsState()

    def bind(self, view: AlarmsView) -> None:
        """What the books know stands there at once; what the till finds out now comes a moment later."""
        self._view = view
        self.refresh()
        desk = self._desk
        desk.work.db(lambda: alarms.look(desk.shop, clock=desk.clock), ok=self._looked, fail=view.tell)

    def refresh(self) -> None:
        chosen = self.state.chosen
        with self._desk.shop.reading() as books:
            items = books.alarms.latest()
            names = tuple((person.code, person.name) for person in books.staff.every())
            whose = tuple(alarms.whose(books, item) for item in items)
        place = next((n for n, item in enumerate(items) if chosen and item.alarm_id == chosen.alarm_id), 0)
        self._show(replace(self.state, items=items, names=names, whose=whose, selected=place))

    def select(self, place: int) -> None:
        if 0 <= place < len(self.state.items):
            self._show(replace(self.state, selected=place))

    def see(self) -> None:
        """The one chosen has been looked at, by whoever is signed in."""
        item, desk, by = self.state.chosen, self._desk, self._staff.code
        if item is None or item.state != "open" or self.state.is_saving:
            return
        self._show(replace(self.state, is_saving=True))
        desk.work.db(
            lambda: alarms.see(desk.shop, item.alarm_id, by=by, clock=desk.clock), ok=self._seen, fail=self._failed
        )

    def _looked(self, is_other: bool) -> None:
        if is_other:
            self.refresh()
            self._changed()

    def _seen(self, _alarm: Alarm) -> None:
        # what waits next comes under the hand
        self.state = AlarmsState()
        self.refresh()
        self._changed()

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_saving=False))
        self.refresh()
        self._view.tell(error)

    def _show(self, state: AlarmsState) -> None:
        self.state = state
        self._view.show_state(state)
