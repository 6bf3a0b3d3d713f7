"""The members sheet: people and balances from another system."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from storeapp.domain.money import Money
from storeapp.till.members_sheet import MembersSheet, read_members
from storeapp.till.sheet_files import rows_of
from storeapp.till.sheets import ColumnsMissing

NOW = datetime(2026, 9, 28, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = "phone,name,birthday,tier,points,principal,bonus,joined,consent,tags,note"


def sheet(text: str) -> MembersSheet:
    return read_members(rows_of(text.encode()), now=NOW)


def test_a_member_is_read_with_all_she_brings():
    read = sheet(f'{HEADER}\n13800000001,王芳,03-08,金卡,"1,280",500.00,50,2024-05-01,是,老客;素食,坐轮椅\n')

    alice = read.rows[0]
    assert read.faults == ()
    assert (alice.phone, alice.name, alice.birthday, alice.tier) == ("8613800000001", "王芳", "03-08", "金卡")
    assert (alice.points, alice.principal, alice.bonus) == (1280, Money(50_000), Money(5_000))
    assert alice.joined == datetime(2024, 5, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (alice.agreed, alice.tags, alice.note) == ("yes", ("老客", "素食"), "坐轮椅")


def test_chinese_headers_and_only_a_phone_are_enough():
    read = sheet("会员手机号,剩余积分,办卡日期\n138 0000 0001,10,2024/5/1 08:30\n")

    assert (read.rows[0].phone, read.rows[0].points, read.rows[0].agreed) == ("8613800000001", 10, "unsaid")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("3月8日", "03-08"), ("1990-03-08", "03-08"), ("19900308", "03-08"), ("2-29", "02-29"), ("1991/2/29", "02-29")],
)
def test_a_birthday_is_month_and_day_and_a_year_is_forgotten(said, meant):
    assert sheet(f"phone,birthday\n13800000001,{said}\n").rows[0].birthday == meant


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("birthday", "13-01", "not_a_birthday"),
        ("birthday", "昨天", "not_a_birthday"),
        ("points", "-5", "negative"),
        ("points", "1.5", "not_whole"),
        ("points", "999999999", "too_large"),
        ("principal", "13800000001", "too_large"),
        ("bonus", "6901234567", "too_large"),
        ("note", "a\u202eb", "control_character"),
        ("principal", "1.005", "too_many_decimals"),
        ("bonus", "-1", "negative"),
        ("joined", "2027-01-01", "in_the_future"),
        ("joined", "2024-02-30", "not_a_date"),
        ("consent", "也许", "not_yes_or_no"),
        ("name", "王" * 41, "too_long"),
        ("note", "x" * 201, "too_long"),
        ("tags", "x" * 21, "too_long"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_reason(column, value, reason):
    read = sheet(f"phone,{column}\n13800000001,{value}\n")

    assert [(fault.row, fault.column, fault.reason) for fault in read.faults] == [(2, column, reason)]
    assert read.rows == ()


def test_no_fault_shows_a_whole_phone():
    read = sheet("phone,name\n12345678901,a\n13800000001,b\n13800000001,c\n")

    assert [(fault.row, fault.reason) for fault in read.faults] == [(2, "bad_phone"), (4, "duplicate")]
    assert [fault.value for fault in read.faults] == ["123********", "138********"]


def test_the_same_phone_in_two_spellings_is_one_person():
    read = sheet("phone\n13800000001\n+86 138-0000-0001\n")

    assert [(fault.row, fault.reason, fault.other) for fault in read.faults] == [(3, "duplicate", "2")]


def test_a_table_without_phones_is_refused():
    with pytest.raises(ColumnsMissing):
        sheet("name,points\n王芳,3\n")
