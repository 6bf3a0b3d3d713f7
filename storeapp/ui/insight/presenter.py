"""What the receipts tell about the members: read beside the window, computed anew on one key, stopped on the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.segment import Segment
from storeapp.domain.staff import Staff, require
from storeapp.till import layers, segments
from storeapp.till.feedback import Answers, all_of_it
from storeapp.till.insight import Insight, insight
from storeapp.till.replaying import Progress, ReplayStopped
from storeapp.till.segments import SegmentCount
from storeapp.ui.desk import Desk

SIDES = ("overview", "return", "steps", "value", "feedback", "segments")
SEGMENTS = SIDES.index("segments")


@dataclass(frozen=True, slots=True)
class InsightState:
    """`found` is None until it is read, or before the first night; `is_reading` tells the two apart.

    `segments` is None while they are counted; `asking` is the one that one more press drops.
    """

    found: Insight | None = None
    is_reading: bool = True
    is_working: bool = False
    side: int = 0
    segments: tuple[SegmentCount, ...] | None = None
    answers: Answers | None = None
    chosen: str = ""
    asking: str = ""

    @property
    def segment(self) -> Segment | None:
        """The chosen one."""
        return next((each.segment for each in self.segments or () if each.segment.segment_id == self.chosen), None)


class InsightView(Protocol):
    def show_state(self, state: InsightState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`computed`, `dropped`."""
        ...

    def beep(self) -> None: ...


class InsightPresenter:
    """Nothing is computed on the thread that calls. Raises NotAllowed where the right to read reports is missing.

    `write` opens the page a segment is written on, a new one's for None. `chosen` begins with that segment.
    """

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        *,
        write: Callable[[Segment | None], None] | None = None,
        chosen: str | None = None,
    ) -> None:
        require(staff, "reports")
        self._desk, self._by, self._write = desk, staff.code, write
        self._view: InsightView
        self.progress, self._counting = Progress(), Progress()
        self.state = InsightState() if chosen is None else InsightState(side=SEGMENTS, chosen=chosen)

    def bind(self, view: InsightView) -> None:
        self._view = view
        self._read()

    def turn(self, by: int) -> None:
        """The side before or after, round and round."""
        self.show_side((self.state.side + by) % len(SIDES))

    def show_side(self, side: int) -> None:
        self._show(replace(self.state, side=side, asking=""))

    def choose(self, segment_id: str) -> None:
        if segment_id != self.state.chosen:
            self._show(replace(self.state, chosen=segment_id, asking=""))

    def write_new(self) -> None:
        """The page a new segment is written on."""
        if self.state.side != SEGMENTS or self._write is None:
            self._view.beep()
        else:
            self._write(None)

    def change(self) -> None:
        """The same, with the question of the chosen one."""
        if self.state.side != SEGMENTS or self._write is None or self.state.segment is None:
            self._view.beep()
        else:
            self._write(self.state.segment)

    def drop(self) -> None:
        """Asked twice."""
        asked = self.state.segment
        if self.state.side != SEGMENTS or asked is None:
            self._view.beep()
            return
        if self.state.asking != asked.segment_id:
            self._show(replace(self.state, asking=asked.segment_id))
            return
        desk, by = self._desk, self._by
        desk.work.db(
            lambda: segments.drop(desk.shop, asked.segment_id, by=by, clock=desk.clock),
            ok=lambda _none: self._dropped(asked.segment_id),
            fail=self._view.tell,
        )

    def compute(self) -> None:
        """Does the night's work now; a second press stops it."""
        if self.state.is_working:
            self.progress.stop()
            return
        desk, self.progress = self._desk, Progress()
        watched = self.progress
        self._show(replace(self.state, is_working=True))
        desk.work.io(
            lambda: layers.work_the_night(desk.shop, clock=desk.clock, watched=watched),
            ok=lambda _learned: self._computed(),
            fail=self._not_computed,
        )

    def leave(self) -> None:
        """The page closes: nobody waits for the work any more."""
        self.progress.stop()
        self._counting.stop()

    def _read(self) -> None:
        desk = self._desk
        self._show(replace(self.state, is_reading=True))
        desk.work.io(lambda: insight(desk.shop, clock=desk.clock), ok=self._found, fail=self._not_read)
        desk.work.io(lambda: all_of_it(desk.shop), ok=self._answered, fail=self._view.tell)
        self._count()

    def _count(self) -> None:
        desk, self._counting = self._desk, Progress()
        counting = self._counting
        desk.work.io(
            lambda: segments.counts(desk.shop, clock=desk.clock, watched=counting),
            ok=self._counted,
            fail=self._not_counted,
        )

    def _found(self, found: Insight | None) -> None:
        self._show(replace(self.state, found=found, is_reading=False))

    def _answered(self, found: Answers) -> None:
        self._show(replace(self.state, answers=found))

    def _counted(self, found: tuple[SegmentCount, ...]) -> None:
        known = {each.segment.segment_id for each in found}
        chosen = self.state.chosen if self.state.chosen in known else found[0].segment.segment_id if found else ""
        self._show(replace(self.state, segments=found, chosen=chosen))

    def _dropped(self, segment_id: str) -> None:
        left = tuple(each for each in self.state.segments or () if each.segment.segment_id != segment_id)
        self._show(replace(self.state, asking=""))
        self._counted(left)
        self._view.done("dropped")

    def _not_counted(self, error: Exception) -> None:
        if not isinstance(error, ReplayStopped):
            self._view.tell(error)

    def _not_read(self, error: Exception) -> None:
        self._show(replace(self.state, is_reading=False))
        self._view.tell(error)

    def _computed(self) -> None:
        self._show(replace(self.state, is_working=False))
        self._read()
        self._view.done("computed")

    def _not_computed(self, error: Exception) -> None:
        self._show(replace(self.state, is_working=False))
        if not isinstance(error, ReplayStopped):
            self._view.tell(error)

    def _show(self, state: InsightState) -> None:
        self.state = state
        self._view.show_state(state)
