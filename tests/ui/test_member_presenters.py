"""Members at the counter: signing up, finding, seeing everything, leaving."""

from __future__ import annotations

import pytest

from storeapp.domain.member import CONSENT_TEXT_VERSION, BadPhone, UnknownMember
from storeapp.domain.referral import SelfReferral, UnknownReferrer
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till import members
from storeapp.till.members import SignUp
from storeapp.till.policies import set_policies
from storeapp.ui.member.file import FilePresenter, NotHerDigits
from storeapp.ui.member.find import FindPresenter
from storeapp.ui.member.sign_up import SignUpPresenter
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import MANAGER

NEW = "13700001111"


@pytest.fixture
def came() -> list[tuple[str, bool]]:
    return []


def signing(here: Scene, came: list[tuple[str, bool]], staff: Staff = CASHIER) -> tuple[SignUpPresenter, Seen]:
    made, seen = SignUpPresenter(here.desk, staff, then=lambda who, new: came.append((who, new))), Seen()
    made.bind(seen)
    return made, seen


def test_somebody_new_is_signed_up_with_her_consent_on_record(here: Scene, came: list[tuple[str, bool]]) -> None:
    made, _seen = signing(here, came)

    made.type_phone(NEW)
    made.type_name(" 刘洋 ")
    made.confirm()

    assert [is_new for _who, is_new in came] == [True]
    with here.shop.reading() as books:
        member = members.by_phone(books, NEW)
        consents = {said.purpose: said for said in books.members.consents(member.member_id)}
    assert member.name == "刘洋"
    assert consents["membership"].given
    assert consents["membership"].text_version == CONSENT_TEXT_VERSION
    assert not consents["marketing"].given


def test_offers_are_agreed_to_only_by_a_tick(here: Scene, came: list[tuple[str, bool]]) -> None:
    made, _seen = signing(here, came)

    made.type_phone(NEW)
    made.agree_marketing(True)
    made.confirm()

    with here.shop.reading() as books:
        consents = {said.purpose: said.given for said in books.members.consents(came[0][0])}
    assert consents["marketing"]


def test_a_known_phone_is_told_before_enter_and_attached_by_it(here: Scene, came: list[tuple[str, bool]]) -> None:
    made, seen = signing(here, came)

    made.type_phone("138 0000 6621")

    assert seen.state.known is not None
    assert seen.state.known.name == "王**"
    assert "6621" in seen.state.known.phone
    assert "8613800006621" not in str(seen.state.known)
    made.confirm()
    assert came == [(ALICE.member_id, False)]


def test_a_phone_that_is_none_stays_in_its_field(here: Scene, came: list[tuple[str, bool]]) -> None:
    made, seen = signing(here, came)

    made.type_phone("1380000")
    made.confirm()

    assert isinstance(seen.state.phone_fault, BadPhone)
    assert seen.beeps == 1
    assert came == []
    made.type_phone("13800001")
    assert seen.state.phone_fault is None


def test_two_enters_sign_nobody_up_twice(came: list[tuple[str, bool]]) -> None:
    work = HeldWork()
    here = scene.scene(work)
    made, _seen = signing(here, came)
    made.type_phone(NEW)

    made.confirm()
    made.confirm()

    assert len(work.waiting) == 1


def test_another_till_that_was_quicker_is_no_fault(came: list[tuple[str, bool]]) -> None:
    work = HeldWork()
    here = scene.scene(work)
    made, seen = signing(here, came)
    made.type_phone(NEW)
    made.confirm()
    first = members.sign_up(here.shop, SignUp(NEW), cashier="2", clock=here.desk.clock, ids=here.desk.ids)

    work.run_next()

    assert came == [(first.member_id, False)]
    assert seen.told == []


def test_who_brought_her_is_asked_only_where_the_owner_thanks_for_it(here: Scene, came: list[tuple[str, bool]]) -> None:
    _made, seen = signing(here, came)
    assert not seen.state.asks_referrer

    set_policies(here.shop, {"referral.enabled": True}, clock=here.desk.clock)

    _made, seen = signing(here, came)
    assert seen.state.asks_referrer


def test_whose_code_it_is_stands_there_masked_and_it_is_written_down(here: Scene, came: list[tuple[str, bool]]) -> None:
    set_policies(here.shop, {"referral.enabled": True}, clock=here.desk.clock)
    made, seen = signing(here, came)
    made.type_phone(NEW)

    made.type_referrer("1380000662")
    assert seen.state.brought_by is None
    made.type_referrer("13800006621")
    assert seen.state.brought_by is not None
    assert "0000" not in str(seen.state.brought_by)
    made.confirm()

    with here.shop.reading() as books:
        found = books.referrals.of(came[0][0])
    assert found is not None
    assert (found.referrer_id, found.way, found.cashier) == (ALICE.member_id, "phone", CASHIER.code)


@pytest.mark.parametrize(("typed", "error"), [(NEW, SelfReferral), ("13700009999", UnknownReferrer)])
def test_a_wrong_word_stands_at_its_field_and_nobody_is_signed_up(
    here: Scene, came: list[tuple[str, bool]], typed: str, error: type[Exception]
) -> None:
    set_policies(here.shop, {"referral.enabled": True}, clock=here.desk.clock)
    made, seen = signing(here, came)
    made.type_phone(NEW)
    made.type_referrer(typed)

    made.confirm()

    assert isinstance(seen.state.referrer_fault, error)
    assert (came, seen.told, seen.beeps) == ([], [], 1)


# finding


def finding(here: Scene) -> tuple[FindPresenter, Seen, list[str]]:
    chosen: list[str] = []
    made, seen = FindPresenter(here.desk, then=chosen.append), Seen()
    made.bind(seen)
    return made, seen, chosen


@pytest.mark.parametrize("text", ["6621", "13800006621", "wang", "王"])
def test_a_member_is_found_however_she_is_named(here: Scene, text: str) -> None:
    made, seen, _chosen = finding(here)

    made.search(text)

    assert [member.member_id for member in seen.state.found] == [ALICE.member_id]
    assert "0000" not in seen.state.found[0].phone_masked


def test_enter_attaches_the_first_even_before_the_answers_are_there(here: Scene) -> None:
    made, _seen, chosen = finding(here)

    made.choose_first("6621")

    assert chosen == [ALICE.member_id]


def test_enter_on_nobody_beeps(here: Scene) -> None:
    made, seen, chosen = finding(here)

    made.choose_first("9998")

    assert chosen == []
    assert seen.beeps == 1


def test_only_a_member_who_was_found_is_chosen(here: Scene) -> None:
    made, _seen, chosen = finding(here)

    made.choose(ALICE.member_id)

    assert chosen == []


# everything about her


def filed(here: Scene, staff: Staff = MANAGER) -> tuple[FilePresenter, Seen, list[str]]:
    gone: list[str] = []
    made, seen = FilePresenter(here.desk, staff, ALICE.member_id, erased=gone.append), Seen()
    made.bind(seen)
    return made, seen, gone


def test_the_file_holds_what_she_has(here: Scene) -> None:
    _made, seen, _gone = filed(here)

    assert seen.state.file.card.points == 2486
    assert [coupon.code for coupon in seen.state.file.card.coupons] == ["7F3K9Q21"]
    assert seen.state.phone_masked == "138****6621"


def test_offers_are_given_and_taken_back_alike(here: Scene) -> None:
    made, seen, _gone = filed(here, CASHIER)

    made.toggle_offers()
    assert seen.state.gets_offers
    here.clock.go_on(minutes=1)
    made.toggle_offers()

    assert not seen.state.gets_offers
    assert seen.well == ["offers_on", "offers_off"]


def test_erasing_takes_her_last_four_digits(here: Scene) -> None:
    made, seen, gone = filed(here)

    made.ask_erase()
    made.erase("0000")
    assert isinstance(seen.state.refused, NotHerDigits)
    assert gone == []
    made.erase("6621")

    assert gone == [ALICE.member_id]
    with here.shop.reading() as books:
        assert books.members.by_id(ALICE.member_id) is None


def test_nothing_is_erased_unasked(here: Scene) -> None:
    made, _seen, gone = filed(here)

    made.erase("6621")

    assert gone == []


def test_a_cashier_erases_nobody(here: Scene) -> None:
    made, seen, _gone = filed(here, CASHIER)

    made.ask_erase()

    assert not seen.state.is_erasing
    assert [type(error) for error in seen.told] == [NotAllowed]


def test_somebody_erased_meanwhile_has_no_file(here: Scene) -> None:
    members.erase(here.shop, ALICE.member_id, clock=here.desk.clock)

    with pytest.raises(UnknownMember):
        filed(here)
