"""Every fault on the list: a job that commits it, and the byte it is blamed on."""

import pytest

from storeapp.devices.paper.faults import FaultWord
from tests.devices.paper.jobs import CHINESE, barcode, extended, gbk, printed, qr, raster, words

START = len(CHINESE)
QR_PRINT = len(extended("k", b"1Q0"))
LOGO_ROW = b"\xff" + bytes(47)
FEED = b"\x1bd\x05"

# word: the job, and where in it the fault begins
SINS: dict[str, tuple[bytes, int]] = {
    "unknown_command": (CHINESE + b"\x1bz\n", START),
    "truncated_command": (CHINESE + gbk("茶\n") + b"\x1dk\x49\x20{B12", START + 3),
    "bad_value": (CHINESE + b"\x1ba\x07\n", START),
    "four_byte_gb18030": (CHINESE + "合计¥12.50".encode("gb18030") + b"\n", START + 4),
    "broken_gb_pair": (CHINESE + b"\x9d12.50\n", START),
    "unassigned_gb_pair": (CHINESE + b"\xaa\xa1\n", START),
    "utf8_text": (CHINESE + "欢迎光临\n".encode(), START),
    "chinese_mode_unsaid": (b"\x1b@" + gbk("茶\n"), 2),
    "hanzi_left_small": (CHINESE + b"\x1b!\x30" + gbk("A 茶\n"), START + 5),
    "hanzi_in_font_b": (CHINESE + b"\x1bM\x01" + gbk("茶\n"), START + 3),
    "line_too_wide": (CHINESE + b"x" * 49 + b"\n", START + 48),
    "mid_line": (CHINESE + b"left\x1ba\x01center\n", START + 4),
    "text_dropped": (CHINESE + b"lost\x1b@", START + 4),
    "text_never_printed": (CHINESE + b"done\nnever", START + 5),
    "no_quiet_zone": (
        CHINESE + gbk("微信扫一扫\n") + b"\x1ba\x01" + qr() + b"\n\n",
        START + 11 + 3 + len(qr()) - QR_PRINT,
    ),
    "module_too_small": (CHINESE + b"\x1ba\x01\n" + qr(module=3) + b"\n\n", START + 4 + len(qr()) - QR_PRINT),
    "code_too_large": (CHINESE + b"\n" + qr(b"x" * 200, module=16), START + 1 + len(qr(b"x" * 200)) - QR_PRINT),
    "bad_code_data": (CHINESE + barcode(67, b"6901234567890"), START),
    "unsupported_code": (CHINESE + barcode(69, b"CODE39"), START),
    "raster_too_wide": (CHINESE + raster(73, bytes(73) + b"\xff" * 73), START),
    "raster_height": (CHINESE + raster(48, LOGO_ROW * 129), START),
    "cut_through_print": (CHINESE + gbk("合计\n") + b"\x1dV\x00", START + 5),
}
ELSEWHERE = {"no_chinese_rom", "no_native_qr"}


@pytest.mark.parametrize("word", SINS)
def test_the_fault_is_reported_once_and_at_its_byte(word: str) -> None:
    job, offset = SINS[word]

    paper = printed(job)

    assert [(str(fault.word), fault.offset) for fault in paper.faults] == [(word, offset)]
    assert paper.faults[0].detail


def test_every_word_on_the_list_has_a_job_that_commits_it() -> None:
    assert {str(word) for word in FaultWord} == SINS.keys() | ELSEWHERE


def test_a_printer_without_hanzi_says_so() -> None:
    paper = printed(CHINESE + gbk("tea 茶\n"), chinese_rom=False)

    assert [(str(fault.word), fault.offset) for fault in paper.faults] == [("no_chinese_rom", START + 4)]
    assert paper.text() == "tea ▓Φ"


def test_a_printer_without_hanzi_may_be_told_chinese_mode_all_the_same() -> None:
    assert words(printed(CHINESE + b"tea\n", chinese_rom=False)) == []


def test_a_printer_without_qr_prints_the_command_as_text() -> None:
    paper = printed(CHINESE + qr(b"https://a.cn") + b"\n", native_qr=False)

    assert paper.text() == "k1A2k1Ck1E1k1P0https://a.cnk1Q0"
    assert set(words(paper)) == {"no_native_qr"}
    assert paper.codes == ()


def test_a_clean_receipt_has_no_fault() -> None:
    job = (
        CHINESE
        + b"\x1ba\x01\x1d!\x11"
        + gbk("春风便利店\n")
        + b"\x1d!\x00\x1ba\x00"
        + gbk("农夫山泉 550ml".ljust(20) + "1 x 2.00\n合计：￥2.00\n")
        + b"\x1ba\x01"
        + gbk("微信扫一扫\n\n")
        + qr()
        + b"\n\x1dh\x50\x1dw\x02"
        + barcode(73, b"{B" + b"S01-01-42")
        + b"\n\x1dVB\x00\x1dr\x01"
    )

    assert printed(job, 384).faults == ()


def test_faults_come_in_the_order_of_their_bytes() -> None:
    # the white below the code is only missed when the next line is printed
    job = CHINESE + b"\x1ba\x01\n" + qr() + b"\x1bz" + gbk("扫我\n")

    paper = printed(job)

    assert words(paper) == ["no_quiet_zone", "unknown_command"]
    assert "below" in paper.faults[0].detail


def test_one_blank_line_on_either_side_is_quiet_enough() -> None:
    job = CHINESE + b"\x1ba\x01" + gbk("扫我\n\n") + qr() + b"\n" + gbk("谢谢\n")

    assert words(printed(job)) == []


def test_a_code_that_touches_the_side_of_the_paper_is_reported() -> None:
    large_at_the_edge = printed(CHINESE + b"\n" + qr(module=8) + b"\n\n")

    assert words(large_at_the_edge) == ["no_quiet_zone"]
    assert "beside" in large_at_the_edge.faults[0].detail


def test_a_cut_right_under_a_code_is_reported() -> None:
    paper = printed(CHINESE + b"\x1ba\x01\n" + qr() + b"\x1dVA\x05")

    assert words(paper) == ["no_quiet_zone"]
    assert "cut" in paper.faults[0].detail


@pytest.mark.parametrize(
    "text",
    ["欢迎光临", "茶", "中文", "单价：￥3.50", "谢谢惠顾，欢迎再来", "🎉", "价格¥12"],
)
def test_utf8_by_mistake_is_named_and_not_called_broken(text: str) -> None:
    assert words(printed(CHINESE + text.encode() + b"\n")) == ["utf8_text"]


@pytest.mark.parametrize("text", ["联通", "楼12.50", "猫眉毛", "春风便利店", "王芳", "喆", "涓丄A", "￥·…—"])
def test_honest_gbk_is_not_taken_for_utf8(text: str) -> None:
    paper = printed(CHINESE + gbk(text) + b"\n")

    assert words(paper) == []
    assert paper.text() == text


def test_utf8_outside_chinese_mode_is_named_too() -> None:
    assert words(printed(b"\x1b@\x1c." + "茶¥\n".encode())) == ["utf8_text"]


def test_a_yuan_sign_by_code_page_is_clean() -> None:
    paper = printed(CHINESE + b"\x1c.\x1bt\x00\x9d\x1c&12.50\n")

    assert words(paper) == []
    assert paper.text() == "¥12.50"


def test_a_price_behind_a_four_byte_yuan_sign_is_misread_as_on_paper() -> None:
    paper = printed(CHINESE + "合计¥12.50".encode("gb18030") + b"\n")

    assert paper.text() == "合计 0 612.50"


def test_a_lead_byte_at_the_line_end_is_broken() -> None:
    paper = printed(CHINESE + gbk("茶")[:1] + b"\n" + gbk("水\n"))

    assert words(paper) == ["broken_gb_pair"]
    assert paper.text() == "\n水"


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (barcode(68, b"96385074"), "barcode"),
        (qr(), "QR code"),
        (raster(1, b"\xff"), "raster"),
        (b"\x1dVB\x00", "cut"),
        (b"\x1dL\x10\x00", "margin"),
    ],
)
def test_what_needs_an_empty_line_says_so(command: bytes, what: str) -> None:
    paper = printed(CHINESE + b"waiting" + command)

    assert "mid_line" in words(paper)
    assert any(what in fault.detail for fault in paper.faults)
    assert paper.text() == "waiting"


@pytest.mark.parametrize(
    "command",
    [
        b"\x1d!\x88",
        b"\x1b-\x03",
        b"\x1bM\x05",
        b"\x1bt\x63",
        b"\x1bR\x03",
        b"\x1b$\xff\xff",
        b"\x1b\\\xf0\xff",
        b"\x1dW\x00\x00",
        b"\x1dL\xff\x7f",
        b"\x1dw\x01",
        b"\x1dh\x00",
        b"\x1dH\x09",
        b"\x1df\x09",
        b"\x1dk\x20",
        b"\x1dV\x09",
        b"\x1bp\x09\x19\x19",
        b"\x1bp\x00\x00\x19",
        b"\x10\x14\x02\x01\x08",
        b"\x1bB\x00\x01",
        b"\x10\x04\x09",
        b"\x1dr\x09",
        b"\x1b*\x05\x01\x00",
        b"\x1b*\x21\x00\x00",
        raster(1, b"\xff", mode=9),
        raster(1, b""),
        extended("H", b"00"),
        extended("k", b"1C\x11"),
        extended("k", b"1E9"),
        extended("k", b"1Z0"),
        extended("L", b"1p"),
        extended("L", b"02"),
        extended("L", b"0\x63"),
        extended("L", b"0p\x30\x01\x01\x31\x08\x00\x02\x00\xff"),
    ],
)
def test_a_parameter_that_does_not_exist_is_named(command: bytes) -> None:
    assert words(printed(CHINESE + command)) == ["bad_value"]


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (b"\x1dvx", "unknown_command"),
        (b"\x1d(E\x02\x00\x01\x02", "unknown_command"),
        (b"\x10\x99", "unknown_command"),
        (b"\x1c(A\x02\x00AB", "unknown_command"),
        (b"\x1cCA", "unknown_command"),
        (b"\x07", "unknown_command"),
        (extended("k", b"0A"), "unsupported_code"),
        (extended("k", b""), "unsupported_code"),
        (b"\x1dk\x04CODE39\x00", "unsupported_code"),
        (extended("k", b"1Q0"), "bad_code_data"),
        (extended("k", b"1P0" + b"x" * 3000) + extended("k", b"1Q0"), "code_too_large"),
        (b"\x1dw\x06" + barcode(73, b"{B0123456789"), "code_too_large"),
        (barcode(73, b"no set"), "bad_code_data"),
        (barcode(73, b"{B"), "bad_code_data"),
        (barcode(73, b"{B\x01"), "bad_code_data"),
        (barcode(73, b"{C\x63\x64"), "bad_code_data"),
        (barcode(73, b"{C{2"), "bad_code_data"),
        (barcode(67, b"69012345"), "bad_code_data"),
        (barcode(68, b"963850A"), "bad_code_data"),
    ],
)
def test_a_command_that_leads_nowhere_is_named(command: bytes, word: str) -> None:
    assert words(printed(CHINESE + command)) == [word]


def test_a_missing_chinese_mode_is_blamed_once_a_reset() -> None:
    job = b"\x1b@" + gbk("茶\n水\n") + b"\x1b@" + gbk("杯\n")

    assert [fault.offset for fault in printed(job).faults] == [2, 10]


def test_white_rows_of_a_picture_count_as_quiet_zone() -> None:
    white_first, black = raster(1, bytes(24) + b"\xff"), raster(1, b"\xff" * 25)

    assert words(printed(CHINESE + b"\x1ba\x01\n" + qr() + white_first)) == []
    assert words(printed(CHINESE + b"\x1ba\x01\n" + qr() + black)) == ["no_quiet_zone"]


def test_what_follows_an_unknown_command_prints_as_text() -> None:
    assert printed(CHINESE + b"\x1bz\x01abc\n").text() == "abc"


def test_a_barcode_whose_end_never_comes_stops_eating() -> None:
    paper = printed(CHINESE + b"\x1dk\x02" + b"6" * 300 + b"\n")

    assert words(paper)[0] == "bad_code_data"
    assert paper.text()
