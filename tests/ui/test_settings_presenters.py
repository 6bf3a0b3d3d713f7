"""Settings: what holds after Enter, what turns red, and who is told no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storeapp.domain.member import BadPhone
from storeapp.domain.policy import RULES
from storeapp.domain.staff import BadgeTaken, BadPin, NotAllowed
from storeapp.errors import Unavailable
from storeapp.settings import PrinterSettings, Settings
from storeapp.till.policies import policy_in_force
from storeapp.till.staff import LastOwner, sign_in
from storeapp.till.staff import staff as everybody
from storeapp.ui.set_up import TerminalAsk
from storeapp.ui.settings import specs
from storeapp.ui.settings.cloud import CloudPresenter
from storeapp.ui.settings.form import MachineForm, PolicyForm
from storeapp.ui.settings.pay import TerminalPresenter
from storeapp.ui.settings.people import NameMissing, PeoplePresenter
from storeapp.ui.settings.printer import PrinterPresenter
from storeapp.ui.settings.rights import RightsForm
from storeapp.ui.settings.tiles import TilesPresenter
from tests.ui import scene, stage
from tests.ui.outside import FakeOutside
from tests.ui.scene import ALICE, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, MANAGER, OWNER


class NotThere(Unavailable):
    word = "cloud_unreachable"


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def outside() -> FakeOutside:
    return FakeOutside()


@pytest.fixture(autouse=True)
def furnished(here: Scene) -> None:
    stage.furnish(here)


# what the owner tunes


def offer_form(here: Scene, seen: Seen, staff: Any = OWNER) -> PolicyForm:
    made = PolicyForm(here.desk, staff, specs.OFFER, saved=lambda: None)
    made.bind(seen)
    return made


def test_every_policy_on_a_form_exists() -> None:
    assert {spec.key for spec in (*specs.SHOP, *specs.OFFER)} <= RULES.keys()


def test_a_changed_offer_holds_after_saving(here: Scene, seen: Seen) -> None:
    made = offer_form(here, seen)

    made.type("offer.headline", "下次立减 8 元")
    made.type("offer.amount_fen", "8")
    made.type("offer.enabled", "false")
    made.save()

    policy = policy_in_force(here.shop)
    assert policy.text("offer.headline") == "下次立减 8 元"
    assert policy.whole("offer.amount_fen") == 800
    assert policy.offer() is None
    assert seen.well == ["saved"]
    assert not seen.state.is_changed


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("offer.amount_fen", "20.01"),
        ("offer.amount_fen", "viel"),
        ("offer.valid_days", "0"),
        ("offer.link", "ftp://x"),
        ("offer.headline", "长" * 41),
    ],
)
def test_what_will_not_do_turns_red_and_nothing_is_saved(here: Scene, seen: Seen, key: str, text: str) -> None:
    made = offer_form(here, seen)
    before = policy_in_force(here.shop)
    made.type("offer.small_print", "新的说明")

    made.type(key, text)
    made.save()

    assert seen.state.faults == {key}
    assert policy_in_force(here.shop) == before
    assert seen.beeps == 1
    made.type(key, "")
    assert seen.state.faults == frozenset()


@pytest.mark.parametrize("staff", [CASHIER, MANAGER])
def test_only_the_owner_tunes_the_shop(here: Scene, seen: Seen, staff: Any) -> None:
    made = offer_form(here, seen, staff)
    before = policy_in_force(here.shop)

    made.type("offer.headline", "免费")
    made.save()

    assert [type(error) for error in seen.told] == [NotAllowed]
    assert policy_in_force(here.shop) == before


def test_what_is_typed_can_be_looked_at_before_it_is_saved(here: Scene, seen: Seen) -> None:
    made = offer_form(here, seen)

    made.type("offer.headline", "先看看")
    made.type("offer.valid_days", "x")

    values, faults = made.parsed()
    assert values["offer.headline"] == "先看看"
    assert faults == {"offer.valid_days"}


# this machine


def test_this_machine_keeps_its_settings(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    kept: list[Settings] = []
    changes: list[tuple[Settings, Settings]] = []
    made = MachineForm(
        here.desk,
        MANAGER,
        specs.TILL,
        Settings(),
        keep=kept.append,
        outside=outside,
        kept=lambda before, after: changes.append((before, after)),
    )
    made.bind(seen)

    made.type("language", "en")
    made.type("lock_after_min", "0")
    made.type("second_screen", "false")
    made.save()

    wanted = Settings(language="en", lock_after_min=0, second_screen=False)
    assert kept == outside.used == [wanted]
    assert changes == [(Settings(), wanted)]


@pytest.mark.parametrize("minutes", ["-1", "241", "ten", ""])
def test_minutes_that_are_none_turn_red(here: Scene, seen: Seen, outside: FakeOutside, minutes: str) -> None:
    kept: list[Settings] = []
    made = MachineForm(
        here.desk, MANAGER, specs.TILL, Settings(), keep=kept.append, outside=outside, kept=lambda *_: None
    )
    made.bind(seen)

    made.type("lock_after_min", minutes)
    made.save()

    assert seen.state.faults == {"lock_after_min"}
    assert kept == []


# the printer


def printer_form(here: Scene, seen: Seen, outside: FakeOutside, kept: list[Settings]) -> PrinterPresenter:
    made = PrinterPresenter(here.desk, MANAGER, outside, Settings(), keep=kept.append, kept=lambda *_: None)
    made.bind(seen)
    return made


def test_a_printer_is_tried_before_it_is_kept(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    kept: list[Settings] = []
    made = printer_form(here, seen, outside, kept)

    made.choose_kind("tcp")
    made.type_rest("192.168.1.50:9100")
    made.choose_paper("58")
    made.saw(hanzi=True, qr=False, barcode=True)
    made.test()
    assert kept == []
    made.save()

    wanted = PrinterSettings("tcp:192.168.1.50:9100", "generic-58", 58, 2)
    assert outside.tried == [wanted]
    assert [settings.printer for settings in kept] == [wanted]


def test_a_printer_that_does_not_answer_says_so(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    outside.fails = NotThere()
    made = printer_form(here, seen, outside, [])

    made.test()

    assert seen.state.refused is outside.fails
    assert not seen.state.is_busy
    made.type_rest("x")
    assert seen.state.refused is None


def test_another_way_to_the_printer_starts_without_the_old_address(
    here: Scene, seen: Seen, outside: FakeOutside
) -> None:
    made = printer_form(here, seen, outside, [])
    made.choose_kind("tcp")
    made.type_rest("10.0.0.9")

    made.choose_kind("file")

    assert made.printer().address == "file:"


# staff


def people(here: Scene, seen: Seen, staff: Any = OWNER) -> PeoplePresenter:
    made = PeoplePresenter(here.desk, staff)
    made.bind(seen)
    return made


def test_somebody_new_gets_a_free_code_and_can_sign_in(here: Scene, seen: Seen) -> None:
    made = people(here, seen)

    made.new()
    assert seen.state.code == "1002"
    made.type("name", "何军")
    made.type("pin", "2468")
    made.save()

    assert sign_in(here.shop, "1002", "2468", clock=here.desk.clock).role == "cashier"
    assert seen.well == ["saved"]
    assert seen.state.code == "1002"
    assert seen.state.pin == ""


def test_a_new_pin_takes_the_place_of_the_old(here: Scene, seen: Seen) -> None:
    made = people(here, seen)

    made.choose("1007")
    made.type("pin", "1357")
    made.save()

    assert sign_in(here.shop, "1007", "1357", clock=here.desk.clock).name == "陈晓雯"


def test_more_rights_need_a_longer_pin(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    made.choose("1007")

    made.choose_role("manager")
    made.type("pin", "1357")
    made.save()

    assert isinstance(seen.state.fault, BadPin)
    assert {who.code: who.role for who in everybody(here.shop)}["1007"] == "cashier"


def test_a_nameless_person_is_not_put_on_the_list(here: Scene, seen: Seen) -> None:
    made = people(here, seen)

    made.new()
    made.type("pin", "1357")
    made.save()

    assert isinstance(seen.state.fault, NameMissing)


def test_somebody_is_dismissed_only_when_asked_twice(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    made.choose("1007")

    made.dismiss()
    assert len(everybody(here.shop)) == 3
    made.dismiss()

    assert [who.code for who in everybody(here.shop)] == ["1001", "1003"]


def test_a_name_or_a_badge_changes_without_a_new_pin(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    made.choose("1007")

    made.type("name", "陈晓")
    assert made.scan("STAFF-0007")
    made.save()

    mei = sign_in(here.shop, "1007", "1007", clock=here.desk.clock)
    assert (mei.name, mei.badge, mei.must_change_pin) == ("陈晓", "STAFF-0007", False)


def test_a_badge_has_one_owner(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    for code in ("1007", "1003"):
        made.choose(code)
        made.type("badge", "STAFF-0007")
        made.save()

    assert isinstance(seen.state.fault, BadgeTaken)


def test_a_pin_the_owner_chose_is_changed_at_the_next_sign_in(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    for code, pin in (("1007", "1357"), ("1001", "135790")):
        made.choose(code)
        made.type("pin", pin)
        made.save()

    assert sign_in(here.shop, "1007", "1357", clock=here.desk.clock).must_change_pin
    assert not sign_in(here.shop, "1001", "135790", clock=here.desk.clock).must_change_pin
    assert seen.state.due == {"1007"}


# rights


def test_a_tick_gives_a_right_and_takes_it_away(here: Scene, seen: Seen) -> None:
    made = RightsForm(here.desk, OWNER, "cashier")
    made.bind(seen)
    assert (seen.state.values["refund"], seen.state.values["discount"]) == ("false", "true")

    made.type("refund", "true")
    made.type("discount", "false")
    made.save()

    rights = policy_in_force(here.shop).rights("cashier")
    assert policy_in_force(here.shop).get("rights.cashier") == "+refund,-discount"
    assert "refund" in rights
    assert "discount" not in rights
    assert seen.state.values["refund"] == "true"


def test_who_may_not_change_rules_changes_no_rights(here: Scene, seen: Seen) -> None:
    made = RightsForm(here.desk, MANAGER, "cashier")
    made.bind(seen)
    made.type("policy", "true")
    made.save()

    assert policy_in_force(here.shop).get("rights.cashier") == ""
    assert [type(error) for error in seen.told] == [NotAllowed]


def test_the_last_owner_stays(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    made.choose("1001")

    made.dismiss()
    made.dismiss()

    assert isinstance(seen.state.fault, LastOwner)
    assert len(everybody(here.shop)) == 3


@pytest.mark.parametrize("deed", ["save", "dismiss"])
def test_a_manager_changes_no_staff(here: Scene, seen: Seen, deed: str) -> None:
    made = people(here, seen, MANAGER)
    made.choose("1007")
    made.type("pin", "1357")

    for _time in range(2):
        getattr(made, deed)()

    assert {type(error) for error in seen.told} == {NotAllowed}
    assert sign_in(here.shop, "1007", "1007", clock=here.desk.clock).code == "1007"


# the cloud


def test_a_shop_joins_with_an_invite(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = CloudPresenter(here.desk, OWNER, outside)
    made.bind(seen)

    made.type_url(" https://shop.example.cn ")
    made.type_code("ABCD-1234")
    made.join()

    assert outside.joined == [("https://shop.example.cn", "ABCD-1234")]
    assert seen.well == ["joined"]


def test_half_an_invite_is_not_sent(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = CloudPresenter(here.desk, OWNER, outside)
    made.bind(seen)

    made.type_url("https://shop.example.cn")
    made.join()

    assert outside.joined == []


def test_a_cloud_that_does_not_answer_leaves_what_was_typed(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    outside.fails = NotThere()
    made = CloudPresenter(here.desk, OWNER, outside)
    made.bind(seen)
    made.type_url("https://shop.example.cn")
    made.type_code("ABCD-1234")

    made.join()

    assert seen.state.refused is outside.fails
    assert seen.state.code == "ABCD-1234"
    assert not seen.state.is_busy


def test_a_joined_shop_says_what_waits_and_exchanges_at_once(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    with here.shop.writing() as books:
        books.put_device(replace(books.device, cloud_url="https://shop.example.cn"))
    made = CloudPresenter(here.desk, OWNER, outside)
    made.bind(seen)

    made.sync()

    assert seen.state.joined == "https://shop.example.cn"
    assert seen.state.unsent > 0
    assert outside.synced == 1


# quick keys


@pytest.fixture
def tiles(here: Scene, seen: Seen) -> TilesPresenter:
    made = TilesPresenter(here.desk, MANAGER, changed=lambda: None)
    made.bind(seen)
    return made


def names(here: Scene, tab: str) -> list[str]:
    with here.shop.reading() as books:
        return [product.name for key, product in books.products.quick_keys() if key.tab == tab]


def test_a_product_takes_the_place_of_another(tiles: TilesPresenter, seen: Seen, here: Scene) -> None:
    tiles.choose_tile(1)
    tiles.search("nfsq")
    tiles.put(scene.WATER.code)

    assert names(here, "常用")[:3] == ["购物袋 大", scene.WATER.name, "鲜豆浆"]
    assert seen.state.place == 2


def test_past_the_last_tile_a_new_one_comes(tiles: TilesPresenter, seen: Seen, here: Scene) -> None:
    tiles.choose_tab(1)
    count = len(seen.state.tiles)

    tiles.choose_tile(count)
    tiles.search("nfsq")
    tiles.put(scene.WATER.code)

    assert names(here, seen.state.tabs[1])[count:] == [scene.WATER.name]


def test_tiles_go_and_change_places(tiles: TilesPresenter, here: Scene) -> None:
    tiles.choose_tile(0)
    tiles.move(1)
    assert names(here, "常用")[:2] == ["购物袋 中", "购物袋 大"]

    tiles.remove()

    assert names(here, "常用")[:2] == ["购物袋 中", "鲜豆浆"]


def test_a_tab_is_added_once(tiles: TilesPresenter, seen: Seen) -> None:
    tiles.add_tab("早餐")
    tiles.add_tab("早餐")

    assert seen.state.tabs.count("早餐") == 1
    assert seen.beeps == 1


def test_only_what_was_found_is_put_on_a_tile(tiles: TilesPresenter, here: Scene) -> None:
    before = names(here, "常用")

    tiles.put(scene.WATER.code)

    assert names(here, "常用") == before


# this machine as a terminal


def terminal_form(here: Scene, seen: Seen, outside: FakeOutside, staff: Any = OWNER) -> TerminalPresenter:
    made = TerminalPresenter(here.desk, staff, outside)
    made.bind(seen)
    return made


def type_all(made: TerminalPresenter) -> None:
    made.type("code", " 12345678 ")
    made.type("app_id", "2026")
    made.type("vendor_sn", "91800000")
    made.type("key_file", "vendor.key")


def test_a_machine_becomes_a_terminal(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = terminal_form(here, seen, outside)
    assert made.state.news is None

    type_all(made)
    made.activate()

    assert outside.activated == [TerminalAsk(" 12345678 ", "2026", "91800000", "vendor.key")]
    assert seen.well == ["activated"]
    assert seen.state.news.sn == "100000000001"
    assert seen.state.ask == TerminalAsk()


def test_half_an_activation_is_not_sent(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = terminal_form(here, seen, outside)

    made.type("code", "12345678")
    made.activate()

    assert outside.activated == []


def test_a_refused_activation_keeps_what_was_typed(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    outside.fails = NotThere()
    made = terminal_form(here, seen, outside)

    type_all(made)
    made.activate()

    assert isinstance(seen.state.refused, NotThere)
    assert seen.state.ask.app_id == "2026"
    assert not seen.state.is_busy


def test_only_who_may_decide_makes_a_terminal(here: Scene, seen: Seen, outside: FakeOutside) -> None:
    made = terminal_form(here, seen, outside, CASHIER)

    type_all(made)
    made.activate()

    assert outside.activated == []
    assert isinstance(seen.state.refused, NotAllowed)


def test_an_own_phone_is_kept_and_never_shown_again(here: Scene, seen: Seen) -> None:
    made = people(here, seen)
    made.choose("1007")
    made.type("phone", "138")
    made.save()
    assert isinstance(seen.state.fault, BadPhone)

    made.type("phone", "13800006621")
    made.save()

    assert (seen.state.phone, seen.state.has_phone) == (None, True)
    with here.shop.reading() as books:
        assert books.staff.codes_of(ALICE.member_id) == ("1007",)
