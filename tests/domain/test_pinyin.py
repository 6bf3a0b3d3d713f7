"""Pinyin as people type it."""

from __future__ import annotations

import pytest

from storeapp.domain.pinyin import spellings


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("可口可乐330ml", "kekoukele330ml", "kkkl330ml"),
        ("重庆小面", "chongqingxiaomian", "cqxm"),
        ("中国银行", "zhongguoyinhang", "zgyh"),
        ("音乐", "yinyue", "yy"),
        ("绿茶(大)", "lvchada", "lcd"),
        ("𬭎", "hong", "h"),
    ],
)
def test_a_word_is_read_as_a_whole(text: str, full: str, initials: str) -> None:
    first = spellings(text)[0]

    assert (first.full, first.initials) == (full, initials)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("曾国藩", "zengguofan"),
        ("仇英", "qiuying"),
        ("单田芳", "shantianfang"),
        ("解缙", "xiejin"),
        ("查良镛", "zhaliangyong"),
        ("单于夫人", "chanyufuren"),
        ("欧阳锋", "ouyangfeng"),
        ("尉迟恭", "yuchigong"),
        ("王芳", "wangfang"),
    ],
)
def test_a_surname_is_read_as_its_bearer_says_it(name: str, full: str) -> None:
    assert spellings(name, person=True)[0].full == full


def test_the_other_reading_is_found_too() -> None:
    assert "ceng" in {spelling.full for spelling in spellings("曾", person=True)}
    assert "zhongqing" in {spelling.full for spelling in spellings("重庆")}


def test_nothing_chinese_has_no_pinyin() -> None:
    assert spellings("coca cola 330ml") == ()


def test_no_tone_is_left_in_any_reading() -> None:
    common = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000))

    assert all(spelling.full.isascii() for char in common for spelling in spellings(char))
