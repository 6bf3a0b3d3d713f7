"""A group's own list: read as people write it, and what is not understood is told line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.group_list import Entry, Misread, is_list, read_list

GOODS = {"E": "散养鸡蛋30枚", "A": "苹果", "AP": "苹果汁", "P": "红富士苹果5斤", "T": "冰红茶"}


def test_a_list_is_read_as_a_group_writes_it() -> None:
    pasted = """#接龙
    中秋团，今晚八点截止

    1. 张三 散养鸡蛋30枚2 苹果1
    2、李四：13800000001 苹果汁x3，冰红茶 2瓶
    3）王五 鸡蛋*1;苹果 0.5斤
    4. 13900000002 T2
    """

    found = read_list(pasted, GOODS)

    assert found.misread == ()
    assert found.entries == (
        Entry(4, "张三", "", (("E", 2000), ("A", 1000))),
        Entry(5, "李四", "13800000001", (("AP", 3000), ("T", 2000))),
        Entry(6, "王五", "", (("E", 1000), ("A", 500))),
        Entry(7, "", "13900000002", (("T", 2000),)),
    )


@pytest.mark.parametrize(
    ("line", "said", "reason"),
    [
        ("2. 李四 香蕉2", "香蕉", "unknown_goods"),
        ("2. 李四 苹果", "苹果", "no_count"),
        ("2. 李四 苹果0", "苹果0", "no_count"),
        ("2. 李四", "李四", "no_goods"),
        ("2. 李四苹果2", "李四苹果2", "no_goods"),
        ("2.", "", "no_name"),
        ("李四 苹果2", "李四 苹果2", "no_entry"),
        ("2. 李四 果2", "果", "many_goods"),
        ("2. 李四 苹果2 谢谢老板", "谢谢老板", "unknown_goods"),
        (f"2. {'李' * 41} 苹果2", "李" * 40, "too_long"),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_is_read(line: str, said: str, reason: str) -> None:
    found = read_list(f"标题\n1. 张三 苹果1\n{line}\n3. 王五 苹果3", GOODS)

    assert [entry.name for entry in found.entries] == ["张三", "王五"]
    [misread] = found.misread
    assert (misread.row, misread.reason) == (3, reason)
    assert misread == Misread(3, misread.text, reason)
    if reason != "no_count":
        assert misread.text == said


NAMES = st.text("王李张赵abc", min_size=1, max_size=6)
WANTS = st.dictionaries(st.sampled_from(sorted(GOODS)), st.integers(1, 999), min_size=1, max_size=4)


@given(st.lists(st.tuples(NAMES, WANTS), min_size=1, max_size=8), st.sampled_from([" ", "，", "; "]))
def test_what_is_written_out_is_read_back(people: list[tuple[str, dict[str, int]]], gap: str) -> None:
    lines = [
        f"{n}. {name} " + gap.join(f"{GOODS[code]}x{count}" for code, count in wants.items())
        for n, (name, wants) in enumerate(people, start=1)
    ]

    found = read_list("\n".join(lines), GOODS)

    assert found.misread == ()
    assert [(entry.name, dict(entry.wants)) for entry in found.entries] == [
        (name, {code: count * 1000 for code, count in wants.items()}) for name, wants in people
    ]


@given(st.text(max_size=200))
def test_nothing_is_lost_silently_whatever_is_pasted(text: str) -> None:
    found = read_list("1. 甲 苹果1\n" + text, GOODS)

    read = len(found.entries) + len(found.misread)
    assert read == sum(bool(line.strip()) for line in ("1. 甲 苹果1\n" + text).splitlines())


def test_a_table_is_no_list() -> None:
    assert is_list("1. 张三 苹果1")
    assert not is_list("姓名,商品,数量\n张三,苹果,1\n")
