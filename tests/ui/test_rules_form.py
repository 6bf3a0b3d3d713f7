"""The rules of the shop in the window: all of them, typed in people's units, held or refused at their field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from storeapp.domain.policy import RULES, from_words
from storeapp.till.policies import policy_in_force
from storeapp.ui.settings import specs
from storeapp.ui.settings.form import PolicyForm, Spec
from storeapp.ui.settings.open import SettingsPage
from storeapp.ui.settings.rights import LIMITS
from storeapp.ui.settings.rules import GROUPS
from storeapp.ui.settings.rules_view import RulesSection
from storeapp.ui.widgets.rows import RowList
from storeapp.words import words
from tests.ui.conftest import OpenStage
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER

CTRL = Qt.KeyboardModifier.ControlModifier
OF_ROOMS = tuple(spec for group in GROUPS for spec in group.specs)


@pytest.fixture
def seen() -> Seen:
    return Seen()


def rule(key: str) -> Spec:
    return next(spec for spec in OF_ROOMS if spec.key == key)


def form(here: Scene, seen: Seen, *keys: str) -> PolicyForm:
    made = PolicyForm(here.desk, OWNER, tuple(rule(key) for key in keys), saved=lambda: None)
    made.bind(seen)
    return made


def test_every_rule_of_the_shop_stands_on_just_one_form() -> None:
    elsewhere = {spec.key for spec in (*specs.SHOP, *specs.OFFER, *specs.PAY, *LIMITS)}
    of_rooms = [spec.key for spec in OF_ROOMS]

    assert sorted(of_rooms) == sorted(set(RULES) - elsewhere - {"rights.cashier", "rights.manager", "cards.kinds"})


@pytest.mark.parametrize("spec", OF_ROOMS, ids=lambda spec: spec.key)
def test_what_a_form_offers_is_what_the_rule_takes(spec: Spec) -> None:
    for stored, _said in spec.choices:
        assert from_words(spec.key, stored) == stored
    assert (spec.kind == "choice") == RULES[spec.key].expected.startswith("one of ")


def test_sums_are_typed_in_yuan(here: Scene, seen: Seen) -> None:
    made = form(here, seen, "refund.without_receipt_most_fen", "stored_value.rules")

    made.type("refund.without_receipt_most_fen", "88.50")
    made.type("stored_value.rules", "200+50")
    made.save()

    policy = policy_in_force(here.shop)
    assert policy.whole("refund.without_receipt_most_fen") == 8850
    assert policy.text("stored_value.rules") == "200+50"
    assert seen.well == ["saved"]


def test_one_rule_that_will_not_do_keeps_all_as_they_were(here: Scene, seen: Seen) -> None:
    made = form(here, seen, "tier.rules", "tier.window_days")
    before = policy_in_force(here.shop).whole("tier.window_days")

    made.type("tier.window_days", "90")
    made.type("tier.rules", "金卡: spend much")
    made.save()

    assert made.state.faults == {"tier.rules"}
    assert policy_in_force(here.shop).whole("tier.window_days") == before


def test_rooms_are_walked_by_keys_and_keep_what_was_typed(open_stage: OpenStage) -> None:
    stage = open_stage()
    stage.press(Qt.Key.Key_S, CTRL)
    stage.press(Qt.Key.Key_0, CTRL)
    page = stage.counter.window.page
    assert isinstance(page, SettingsPage)
    [section] = page.findChildren(RulesSection)

    stage.press(Qt.Key.Key_PageDown)
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_A, CTRL)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_4)
    stage.press(Qt.Key.Key_PageDown)
    stage.press(Qt.Key.Key_PageUp)
    stage.press(Qt.Key.Key_Return)

    assert section._list.currentIndex().row() == 1
    assert policy_in_force(stage.here.shop).whole("refund.days") == 14


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_names_of_the_rooms_stand_whole(open_stage: OpenStage, language: str) -> None:
    stage = open_stage(language=language)
    stage.counter.act("settings")
    stage.press(Qt.Key.Key_0, CTRL)

    [section] = stage.counter.window.findChildren(RulesSection)
    [rooms] = [each for each in section.findChildren(RowList) if each.accessibleName() in ("Rules", "店铺规则")]
    look = stage.counter.window.look
    metrics = QFontMetrics(look.font(look.theme.type.name))
    # beside the name: the icon, the edges, and the bar to scroll by
    room = rooms.viewport().width() - look.px(66)
    titles = [str(rooms.model().index(row, 0).data()) for row in range(rooms.model().rowCount())]
    assert len(titles) == len(GROUPS)
    assert [title for title in titles if metrics.horizontalAdvance(title) > room] == []


def test_a_default_in_words_is_said_in_the_language_of_the_window(here: Scene, seen: Seen) -> None:
    """Every default that is a text of the owner's has native words, and they mean the same to the rule."""
    chinese = words("zh_CN")
    worded = tuple(spec for spec in OF_ROOMS if spec.hinted and RULES[spec.key].default)
    made = PolicyForm(here.desk, OWNER, worded, saved=lambda: None, native=chinese.t)
    made.bind(seen)

    assert {spec.key: made.state.values[spec.key] for spec in worded} == {
        "referral.newcomer": "积分 100",
        "referral.referrer": "积分 100",
    }
    for spec in worded:
        assert from_words(spec.key, made.state.values[spec.key]) == made.state.values[spec.key]
    made.type("referral.newcomer", "积分 50")
    made.save()

    policy = policy_in_force(here.shop)
    assert (policy.text("referral.newcomer"), policy.text("referral.referrer")) == ("积分 50", "points 100")
