"""Her file on screen: what happened, page by page, and a note written by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.staff import Staff
from storeapp.domain.timeline import Happened
from storeapp.till import member_file
from storeapp.ui import people_words
from storeapp.ui.member.file import FilePresenter
from storeapp.words import words
from tests.fakes.things import a_sale, book
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen

OWNER = Staff("1001", "林店长", "owner")


def staffed(here: Scene) -> None:
    with here.shop.writing() as books:
        books.staff.put(OWNER)
        books.staff.put(CASHIER)


def opened(here: Scene, staff: Staff = CASHIER) -> tuple[FilePresenter, Seen, list[str]]:
    told: list[str] = []
    page = FilePresenter(here.desk, staff, ALICE.member_id, erased=told.append, changed=lambda: told.append("new"))
    seen = Seen()
    page.bind(seen)
    return page, seen, told


def test_opening_her_file_is_on_record(here: Scene) -> None:
    opened(here)

    with here.shop.reading() as books:
        assert books.timeline.looks("2026-09-28") == {CASHIER.code: 1}


def test_older_and_newer_things_are_turned_to_and_the_ends_beep(here: Scene) -> None:
    with here.shop.writing() as books:
        for number in range(1, member_file.PAGE + 3):
            book(books, a_sale(number, member=ALICE))
    page, seen, _told = opened(here)

    page.turn(-1)
    page.turn(1)
    assert (seen.state.time.page, seen.state.time.has_more, seen.beeps) == (1, False, 1)
    page.turn(1)
    page.turn(-1)

    assert (seen.state.time.page, seen.beeps) == (0, 2)


def test_a_note_is_kept_and_the_counter_hears_of_it(here: Scene) -> None:
    page, seen, told = opened(here)

    page.describe("unasked", "", "")
    page.ask_note()
    page.describe("爱喝无糖", "5-1", "老街坊，团长, ")

    member = seen.state.file.card.member
    assert (member.note, member.birthday, seen.state.known.tags) == ("爱喝无糖", "05-01", ("团长", "老街坊"))
    assert (seen.state.is_writing, seen.well, told) == (False, ["noted"], ["new"])


def test_what_is_refused_stays_in_its_field(here: Scene) -> None:
    page, seen, _told = opened(here)
    page.ask_note()

    page.describe("a", "13-1", "")

    assert (seen.state.is_writing, seen.state.refused.word, seen.beeps) == (True, "bad_birthday", 1)
    page.stop_asking()
    assert (seen.state.is_writing, seen.state.refused) == (False, None)


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (Happened("sale", 0, "R-1", 350, "", "1007"), ("Bought", "R-1", "¥3.50")),
        (Happened("refund", 0, "R-2", 350, "R-1"), ("Brought back", "R-1", "−¥3.50")),
        (Happened("coupon", 0, "7F3K", 500, "redeemed:2026-09-30"), ("Coupon", "7F3K · redeemed", "¥5.00")),
        (Happened("coupon", 0, "7F3K", 500, "issued:2026-09-30"), ("Coupon", "7F3K · until 2026-09-30", "¥5.00")),
        (Happened("consent", 0, "marketing", None, "no", "counter"), ("Offers: No", "at the counter", "")),
        (Happened("changed", 0, "", None, "note,birthday", "1007"), ("Changed: note, birthday", "by 1007", "")),
        (Happened("written", 0, "", None, "birthday:done", "1"), ("Written to: Her birthday", "Written · by 1", "")),
    ],
)
def test_each_thing_is_told_in_words(here: Scene, happened: Happened, said: tuple[str, str, str]) -> None:
    page, _seen, _told = opened(here)

    row = people_words.row_of(happened, page.zone, words("en"))

    assert (row.title, row.detail, row.right) == said
    # the second 0 in Shanghai; a coupon begins with a day
    assert row.right_detail.startswith("1970-01-01")


def test_a_note_is_written_by_keys_alone(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.screens.member_page(ALICE.member_id)

    on.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.selectAll()
    on.type("no nuts")
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        member = books.members.by_id(ALICE.member_id)
    assert member is not None
    assert (member.note, member.birthday) == ("no nuts", "10-16")
    assert on.counter.window.page is not None


def test_esc_takes_the_form_back_before_it_leaves_the_page(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.screens.member_page(ALICE.member_id)
    on.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    on.press(Qt.Key.Key_Escape)
    assert on.counter.window.page is not None
    on.press(Qt.Key.Key_Escape)

    assert on.counter.window.page is None


def test_her_whole_number_and_her_data_are_the_managers_to_give(here: Scene) -> None:
    kept: list[str] = []
    staffed(here)

    def keep(hers: dict[str, object]) -> str:
        kept.append(str(hers["phone"]))
        return "/handed-out"

    for staff, seen_phone, refused in ((CASHIER, "138****6621", 2), (OWNER, "13800006621", 0)):
        page = FilePresenter(here.desk, staff, ALICE.member_id, erased=kept.append, keep=keep)
        seen = Seen()
        page.bind(seen)
        page.unmask()
        page.take_along()

        assert seen.state.phone_masked == seen_phone
        assert [type(error) for error in seen.told] == [NeedsApproval] * refused
    assert (kept, seen.well) == (["13800006621"], ["/handed-out"])


def test_where_nobody_keeps_files_the_key_beeps(here: Scene) -> None:
    page, seen, _told = opened(here)

    page.take_along()

    assert seen.beeps == 1


def test_who_has_looked_at_enough_needs_a_yes(here: Scene) -> None:
    staffed(here)
    with here.shop.writing() as books:
        books.policy.put("members.looks_an_hour", 1, at="2026-09-28T09:00:00+08:00")
        books.timeline.note("somebody", "looked", by=CASHIER.code, at=here.desk.clock.now().isoformat())

    with pytest.raises(NeedsApproval):
        opened(here)

    with here.shop.reading() as books:
        assert books.timeline.looks("2026-09-28") == {CASHIER.code: 1}
