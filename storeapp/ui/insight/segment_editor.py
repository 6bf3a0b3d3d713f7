"""A segment being written: its name, its conditions one by one, and at once how many members stand in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from storeapp.domain.money import Money, typed_amount, yuan
from storeapp.domain.segment import (
    CONDITIONS_MAX,
    BadSegment,
    BadTag,
    Condition,
    Segment,
    as_data,
    asks,
    checked_tags,
    from_data,
    tests_of,
)
from storeapp.domain.staff import Staff, require
from storeapp.domain.typed import whole
from storeapp.errors import Refused
from storeapp.till import segments
from storeapp.till.replaying import Progress, ReplayStopped
from storeapp.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Typed:
    """One condition as it is typed: yuan stay yuan, yes is `true`."""

    field: str = "days_away"
    test: str = "at_least"
    text: str = ""


@dataclass(frozen=True, slots=True)
class SegmentFormState:
    """`members` is None while they are counted, or as long as something will not do.

    `faults` are `name`, `tag`, and the places of conditions.
    """

    name: str = ""
    tag: str = ""
    rows: tuple[Typed, ...] = (Typed(),)
    chosen: int = 0
    members: int | None = None
    faults: frozenset[str | int] = frozenset()
    is_changed: bool = False
    is_saving: bool = False

    @property
    def row(self) -> Typed:
        """The condition that is worked on."""
        return self.rows[self.chosen]


class SegmentFormView(Protocol):
    def show_state(self, state: SegmentFormState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class SegmentEditor:
    """Without a `known` segment it is a new one. `saved` gets its id."""

    def __init__(self, desk: Desk, staff: Staff, *, known: Segment | None = None, saved: Callable[[str], None]) -> None:
        require(staff, "reports")
        self._desk, self._staff, self._then = desk, staff, saved
        self.is_new = known is None
        self._id = desk.ids.new() if known is None else known.segment_id
        self._view: SegmentFormView
        self._counting = Progress()
        self.state = SegmentFormState()
        if known is not None:
            self.state = SegmentFormState(known.name, known.tag, tuple(_typed(each) for each in known.conditions))

    def bind(self, view: SegmentFormView) -> None:
        self._view = view
        self._show(self.state)
        self._count()

    def type_name(self, text: str) -> None:
        self._show(replace(self.state, name=text, faults=self.state.faults - {"name"}, is_changed=True))

    def type_tag(self, text: str) -> None:
        self._show(replace(self.state, tag=text, faults=self.state.faults - {"tag"}, is_changed=True))

    def choose(self, place: int) -> None:
        """Another condition is worked on."""
        if place != self.state.chosen and 0 <= place < len(self.state.rows):
            self._show(replace(self.state, chosen=place))

    def add(self) -> None:
        """One condition more, to be filled in."""
        if len(self.state.rows) == CONDITIONS_MAX:
            self._view.beep()
            return
        rows = (*self.state.rows, Typed())
        self._changed(replace(self.state, rows=rows, chosen=len(rows) - 1))

    def remove(self) -> None:
        """Without the chosen one; the last that is left stays."""
        state = self.state
        if len(state.rows) == 1:
            self._view.beep()
            return
        rows = state.rows[: state.chosen] + state.rows[state.chosen + 1 :]
        self._changed(replace(state, rows=rows, chosen=min(state.chosen, len(rows) - 1), faults=frozenset()))

    def ask(self, field: str) -> None:
        """Another field: how it is compared and with what begins anew."""
        if field != self.state.row.field:
            self._put(Typed(field, tests_of(field)[0], "true" if asks(field) == "flag" else ""))

    def compare(self, test: str) -> None:
        self._put(replace(self.state.row, test=test))

    def type_value(self, text: str) -> None:
        self._put(replace(self.state.row, text=text))

    def save(self) -> None:
        """Enter: the question is kept, or what will not do turns red."""
        if self.state.is_saving:
            return
        made, faults = self._made(self.state.name)
        if made is None:
            self._view.beep()
            place = next((each for each in sorted(faults, key=str) if isinstance(each, int)), self.state.chosen)
            self._show(replace(self.state, faults=faults, chosen=place))
            return
        self._show(replace(self.state, is_saving=True, faults=frozenset()))
        desk, by, data = self._desk, self._staff.code, as_data(made)
        desk.work.db(
            lambda: segments.put(desk.shop, (data,), by=by, clock=desk.clock),
            ok=lambda _saved: self._then(made.segment_id),
            fail=self._failed,
        )

    def leave(self) -> None:
        """Nobody waits for the count any more."""
        self._counting.stop()

    def readable(self) -> tuple[Condition, ...]:
        """The conditions that are whole, for reading them aloud."""
        found = (_condition(row) for row in self.state.rows)
        return tuple(each for each in found if each is not None)

    def _put(self, row: Typed) -> None:
        state = self.state
        if row != state.row:
            rows = (*state.rows[: state.chosen], row, *state.rows[state.chosen + 1 :])
            self._changed(replace(state, rows=rows, faults=state.faults - {state.chosen}))

    def _changed(self, state: SegmentFormState) -> None:
        self._show(replace(state, is_changed=True))
        self._count()

    def _count(self) -> None:
        """Counts what is asked so far; of a count that is overtaken nobody hears."""
        self._counting.stop()
        made, _faults = self._made(self.state.name or "?")
        if self.state.members is not None:
            self._show(replace(self.state, members=None))
        if made is None:
            return
        desk, self._counting = self._desk, Progress()
        counting = self._counting

        def counted(members: int) -> None:
            if counting is self._counting:
                self._show(replace(self.state, members=members))

        desk.work.io(
            lambda: segments.count(desk.shop, made, clock=desk.clock, watched=counting),
            ok=counted,
            fail=self._not_counted,
        )

    def _made(self, name: str) -> tuple[Segment | None, frozenset[str | int]]:
        """The segment as it is typed, or what of it will not do."""
        found = [_condition(row) for row in self.state.rows]
        faults: set[str | int] = {place for place, each in enumerate(found) if each is None}
        tag = self.state.tag.strip()
        try:
            checked_tags([tag])
        except BadTag:
            faults.add("tag")
        conditions = tuple(each for each in found if each is not None)
        made = Segment(self._id, name, conditions, tag)
        try:
            made = from_data(as_data(made))
        except BadSegment as error:
            faults |= {error.where} & {"name", "tag"}
        return (None if faults else made), frozenset(faults)

    def _not_counted(self, error: Exception) -> None:
        if not isinstance(error, ReplayStopped):
            self._view.tell(error)

    def _failed(self, error: Exception) -> None:
        self._view.beep()
        self._show(replace(self.state, is_saving=False))
        self._view.tell(error)

    def _show(self, state: SegmentFormState) -> None:
        self.state = state
        self._view.show_state(state)


def _typed(known: Condition) -> Typed:
    value = known.value
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif known.field.endswith("_fen"):
        text = yuan(Money(int(value)))
    else:
        text = str(value)
    return Typed(known.field, known.test, text)


def _condition(row: Typed) -> Condition | None:
    """The condition as it is typed, or None while it will not do."""
    value: Any
    text, kind = row.text.strip(), asks(row.field)
    try:
        if kind == "flag":
            value = text == "true"
        elif kind == "number":
            value = typed_amount(text).fen if row.field.endswith("_fen") else whole(text)
        else:
            value = text
        made = from_data({"id": "?", "name": "?", "conditions": [{"field": row.field, "is": row.test, "value": value}]})
    except (Refused, ValueError):
        return None
    # a set holds no empty word
    return None if kind == "set" and not text else made.conditions[0]
