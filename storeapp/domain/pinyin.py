"""Pinyin: how Chinese names are typed by those who only have letters at hand.

The readings come from pypinyin's dictionaries. They know characters, not people (曾 is zeng in a surname, not
ceng), so the surnames stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

LONGEST_PHRASE = 4
_TONES = str.maketrans("āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿê", "aaaaeeeeooooiiiiuuuuvvvvvnnnme")
_COMBINING = str.maketrans("", "", "̀̌́̄")

SURNAMES: dict[str, str] = {
    "曾": "zeng", "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "朴": "piao",
    "盖": "ge", "尉": "wei", "乐": "yue", "翟": "zhai", "华": "hua", "宁": "ning", "召": "shao", "缪": "miao",
    "纪": "ji", "郇": "xun", "员": "yun", "种": "chong", "秘": "bi", "隗": "kui", "洗": "xian", "冼": "xian",
    "逄": "pang", "折": "she", "覃": "qin", "车": "che", "石": "shi", "燕": "yan", "应": "ying", "兴": "xing",
    "令": "ling", "句": "gou", "那": "na", "哈": "ha", "卜": "bu", "褚": "chu", "晁": "chao", "谌": "chen",
    "钭": "tou", "佴": "nai", "甄": "zhen", "祭": "zhai", "撒": "sa", "祝": "zhu", "繁": "po", "不": "fou",
    "万": "wan", "黑": "he", "牟": "mu", "薄": "bo", "柏": "bai", "强": "qiang", "都": "du", "相": "xiang",
    "重": "chong", "尹": "yin", "於": "yu", "贾": "jia", "沈": "shen", "葛": "ge", "阚": "kan", "臧": "zang",
    "訾": "zi", "宓": "mi", "费": "fei", "鲍": "bao", "郗": "chi", "殳": "shu", "邰": "tai", "过": "guo",
    "晟": "cheng", "泷": "shuang", "长": "chang", "行": "xing", "藏": "zang", "盛": "sheng", "俞": "yu",
}  # fmt: skip
DOUBLE_SURNAMES: dict[str, tuple[str, str]] = {
    "单于": ("chan", "yu"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "皇甫": ("huang", "fu"), "宇文": ("yu", "wen"),
    "司马": ("si", "ma"), "欧阳": ("ou", "yang"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"), "慕容": ("mu", "rong"), "呼延": ("hu", "yan"), "端木": ("duan", "mu"),
    "赫连": ("he", "lian"), "公孙": ("gong", "sun"), "东方": ("dong", "fang"), "百里": ("bai", "li"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to type a name: its syllables (a run of letters or digits counts as one), and their initials."""

    syllables: tuple[str, ...]
    initials: str

    @property
    def full(self) -> str:
        return "".join(self.syllables)


@lru_cache(maxsize=4096)
def spellings(text: str, *, person: bool = False) -> tuple[Spelling, ...]:
    """How the folded `text` may be typed, likeliest first: by phrases, by each character alone, by surname.

    Empty when there is nothing Chinese in it: then the text itself is what one types.
    """
    if not any(_is_chinese(char) for char in text):
        return ()
    ways = [_by_phrase(text), _by_character(text)]
    if person:
        ways.insert(0, _surname_first(text))
    return tuple(dict.fromkeys(ways))


def _is_chinese(char: str) -> bool:
    # the basic block, its extension A and what lies beyond the first plane; 〇 stands apart
    return "\u3400" <= char <= "\u9fff" or char == "〇" or char >= "\U00020000"


def _by_phrase(text: str) -> Spelling:
    phrases = _phrases()
    readings: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        if not _is_chinese(text[at]):
            at = _run_end(text, at, readings)
            continue
        for length in range(LONGEST_PHRASE, 1, -1):
            found = phrases.get(text[at : at + length])
            if found is not None and len(found) == length:
                readings.extend((_plain(choices[0]), "") for choices in found)
                at += length
                break
        else:
            readings.append((_reading(text[at]), ""))
            at += 1
    return _spelling(readings)


def _by_character(text: str) -> Spelling:
    readings: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        if _is_chinese(text[at]):
            readings.append((_reading(text[at]), ""))
            at += 1
        else:
            at = _run_end(text, at, readings)
    return _spelling(readings)


def _surname_first(text: str) -> Spelling:
    double = DOUBLE_SURNAMES.get(text[:2])
    if double is not None:
        known: tuple[str, ...] = double
    elif text[:1] in SURNAMES:
        known = (SURNAMES[text[:1]],)
    else:
        return _by_phrase(text)
    rest = _by_phrase(text[len(known) :])
    return Spelling((*known, *rest.syllables), "".join(syllable[0] for syllable in known) + rest.initials)


def _run_end(text: str, start: int, readings: list[tuple[str, ...]]) -> int:
    """Takes in the letters and digits from `start` as one syllable; signs and spaces are left out."""
    end = start
    while end < len(text) and text[end].isalnum() and not _is_chinese(text[end]):
        end += 1
    if end == start:
        return start + 1
    readings.append((text[start:end], text[start:end]))
    return end


def _spelling(readings: list[tuple[str, ...]]) -> Spelling:
    kept = [(syllable, whole) for syllable, whole in readings if syllable]
    return Spelling(tuple(syllable for syllable, _ in kept), "".join(whole or syllable[0] for syllable, whole in kept))


@lru_cache(maxsize=8192)
def _reading(char: str) -> str:
    # heavy: 50 MB and a fifth of a second, so only when a name is spelled
    from pypinyin.constants import PINYIN_DICT

    return _plain(str(PINYIN_DICT.get(ord(char), "")).partition(",")[0])


def _phrases() -> dict[str, list[list[str]]]:
    # heavy, as above
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT


def _plain(toned: str) -> str:
    return toned.translate(_TONES).translate(_COMBINING)
