"""What stands on a receipt."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.money import Money, total
from storeapp.domain.policy import Policy
from storeapp.domain.priced import Cut
from storeapp.domain.receipt import barcodes, number_behind
from storeapp.domain.tender import Tender
from tests.domain.receipts import ALICE, CONTACT, LINES, SHOP, URL, line, receipt, sale

NUMBERS = st.builds(
    lambda store, till, day, sequence: f"{store}-{till}-{day:%Y%m%d}-{sequence:04d}",
    st.from_regex(r"[A-Z][A-Z0-9]{0,4}", fullmatch=True),
    st.from_regex(r"[A-Z0-9]{1,3}", fullmatch=True),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(1, 99_999),
)


def test_the_column_of_sums_adds_up_to_what_is_due() -> None:
    shown = receipt(sale(rounding=Money(-8)))

    assert total(row.amount for row in shown.sums) == shown.due.amount
    assert [row.text for row in shown.sums] == ["152.28", "-17.50", "-10.00", "-0.08"]


def test_each_line_shows_its_price_and_why_it_was_cut() -> None:
    milk, chips = receipt().items[1:3]

    assert (milk.count, milk.amount) == ("1 × 69.90", Money(6990))
    assert [(cut.label, cut.text) for cut in milk.cuts] == [("会员价", "-10.00")]
    assert [(cut.label, cut.text) for cut in chips.cuts] == [("折扣 买二送一", "-7.50")]


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (Cut("promotion", Money(240), "酸奶第二件半价"), "促销 酸奶第二件半价"),
        (Cut("price_list", Money(60), "国庆价"), "价目表 国庆价"),
        (Cut("tier_price", Money(50)), "等级价"),
        (Cut("group_price", Money(50), "鲜奶团"), "团购价 鲜奶团"),
        (Cut("card", Money(350), "面条十次卡 9/12"), "次卡 面条十次卡 9/12"),
    ],
)
def test_what_took_off_money_is_called_what_it_is(cut: Cut, said: str) -> None:
    shown = receipt(sale((line(1, "酸奶", 480, milli=2000, cuts=(cut,)),)))

    assert [each.label for each in shown.items[0].cuts] == [said]


def test_a_coupon_stands_in_the_sums_and_not_on_every_line() -> None:
    shown = receipt()

    assert all("7F3K9Q2M" not in cut.label for item in shown.items for cut in item.cuts)
    assert "优惠券 7F3K9Q2M" in [row.label for row in shown.sums]


def test_a_weighed_line_says_its_weight_and_counts_as_one_piece() -> None:
    shown = receipt(sale((line(1, "苹果", 1280, milli=1256, unit="kg"), line(2, "茶", 350, milli=3000))))

    assert shown.items[0].count == "1.256kg × 12.80"
    assert shown.sums[0].label == "商品合计（4 件）"


def test_the_time_is_the_shops_own() -> None:
    shown = receipt(sale(at="2026-09-28T17:30:00+00:00"))

    assert ("时间", "2026-09-29 01:30:00") in shown.facts


def test_tenders_are_named_and_change_is_what_the_customer_looks_for() -> None:
    shown = receipt(
        sale(tenders=(Tender("code_manual", Money(2000)), Tender("cash", Money(20000))), change=Money(9522))
    )

    assert [(row.label, row.text, row.strong) for row in shown.payments] == [
        ("扫码已付", "20.00", False),
        ("现金", "200.00", False),
        ("找零", "95.22", True),
    ]


def test_only_a_member_sees_points_and_her_phone_is_masked() -> None:
    assert receipt(member=None).member == ()
    assert receipt().member == (("会员", "138****0001"), ("本次积分", "+124"), ("积分余额", "2621"))
    assert receipt(member=replace(ALICE, points_balance=None)).member[-1] == ("本次积分", "+124")
    assert receipt(sale(points_per_yuan=0)).member == (("会员", "138****0001"), ("积分余额", "2621"))


def test_the_owners_words_stand_above_the_code_and_neutral_ones_under_it() -> None:
    invitation = receipt().invitation

    assert invitation is not None
    assert (invitation.headline, invitation.small_print) == (
        "扫码加微信，下次立减 5 元",
        "次日起 30 天内有效，每人限领一张",
    )
    assert (invitation.qr, invitation.under) == (URL, "扫码查看小票/会员服务")
    assert (invitation.code, invitation.code_hint) == ("Q7N4KX2M", "")


def test_without_a_page_the_shops_own_code_and_the_coupon_code_are_printed() -> None:
    invitation = receipt(qr_url=None, contact_qr=CONTACT).invitation

    assert invitation is not None
    assert (invitation.qr, invitation.under) == (CONTACT, "扫码添加本店微信")
    assert invitation.code_hint == "下次到店出示此码即可使用"


def test_a_sale_made_without_an_offer_shows_none_even_if_there_is_one_now() -> None:
    invitation = receipt(sale(offer_id=None, redeem_code="")).invitation

    assert invitation is not None
    assert (invitation.headline, invitation.code, invitation.qr) == ("", "", URL)


def test_nothing_to_scan_and_no_offer_leaves_nothing_to_say() -> None:
    assert receipt(sale(offer_id=None), qr_url=None, member=None).invitation is None
    assert receipt(sale(offer_id=None), qr_url=None, member=None).privacy == ()


def test_an_offer_stands_even_where_there_is_no_code_to_scan() -> None:
    invitation = receipt(qr_url=None).invitation

    assert invitation is not None
    assert (invitation.qr, invitation.under, invitation.code) == ("", "", "Q7N4KX2M")


def test_a_copy_says_so_and_carries_the_same_token() -> None:
    original, copy = receipt(), receipt(copy=2)

    assert original.copy_mark == ""
    assert copy.copy_mark == "副本（第2次）"
    assert replace(copy, copy_mark="") == original


def test_a_shop_without_a_name_still_has_a_title() -> None:
    assert receipt(policy=Policy({})).title == "购物小票"


def test_the_owner_may_say_goodbye_in_her_own_words() -> None:
    assert receipt(policy=Policy({**SHOP.values, "receipt.footer": "回头见"})).footer == ("回头见",)


def test_a_receipt_can_be_english() -> None:
    shown = receipt(language="en")

    assert (shown.due.label, shown.sums[0].label, shown.items[1].cuts[0].label) == (
        "Total",
        "Goods (10 items)",
        "Member price",
    )


def test_controls_in_a_name_never_reach_the_printer() -> None:
    cut = Cut("line_discount", Money(50), "\x10\x04\x01")
    nasty = line(1, "茶\x1b@\n\x1dV\x00", 350, note="\x07", cuts=(cut,))

    item = receipt(sale((nasty,))).items[0]

    assert item.name == "茶@  V"
    assert item.cuts[0].label == "折扣"
    assert item.remarks == ()


@given(NUMBERS)
def test_every_barcode_leads_back_to_its_receipt(number: str) -> None:
    store = number.split("-", 1)[0]

    assert all(number_behind(code, store=store) == number for code in barcodes(number))


@pytest.mark.parametrize("code", ["6901234567892", "S01-1-20260928-0117", "Q7N4KX2M", ""])
def test_other_codes_are_left_as_they_are(code: str) -> None:
    assert number_behind(code, store="S01") == code


def test_the_goods_of_the_demo_basket_are_what_the_tests_think() -> None:
    assert total(one.net for one in LINES) == Money(12478)
