"""Bytes come as the cable cuts them; the paper must not care."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storeapp.devices.paper.lexer import Lexer
from storeapp.devices.paper.paper import Paper
from tests.devices.paper.jobs import CHINESE, FONT, barcode, gbk, printed, qr, raster

RECEIPT = (
    CHINESE
    + gbk("春风便利店\n茶 3.50\n")
    + b"\x1b*\x21\x02\x00abcdef\n"
    + raster(2, b"\xaa\x55" * 9)
    + barcode(67, b"690123456789")
    + b"\x1dk\x0296385074\0\n\x1dk\x0396385074\0"
    + qr()
    + b"\n\n\x1dVB\0\x1bp\0\x19\xfa\x10\x04\x01\x1dr\x01"
)


def reading(chunks: list[bytes]) -> tuple[object, ...]:
    paper = Paper(576, font_path=FONT)
    for chunk in chunks:
        paper.feed(chunk)
    paper.close()
    return paper.faults, paper.lines, paper.codes, paper.cuts, paper.drawer_pulses, paper.answer()


@given(st.lists(st.integers(0, len(RECEIPT)), max_size=12))
def test_any_chunking_gives_the_same_paper(places: list[int]) -> None:
    bounds = [0, *sorted(places), len(RECEIPT)]

    chunks = [RECEIPT[start:end] for start, end in pairwise(bounds)]

    assert reading(chunks) == reading([RECEIPT])


def test_byte_by_byte_gives_the_same_paper() -> None:
    assert reading([bytes((byte,)) for byte in RECEIPT]) == reading([RECEIPT])


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_paper(noise: bytes) -> None:
    paper = printed(noise)

    assert paper.picture().width == 576


@given(st.binary(max_size=120))
def test_every_byte_belongs_to_one_token(noise: bytes) -> None:
    lexer = Lexer()
    tokens = lexer.feed(noise)
    rest = lexer.rest()

    sizes = [token.size for token in tokens] + ([rest.size] if rest else [])

    assert sum(sizes) == len(noise)
    assert [token.offset for token in tokens] == [sum(sizes[:index]) for index in range(len(tokens))]


def test_a_command_split_in_two_is_not_taken_for_text() -> None:
    lexer = Lexer()

    assert lexer.feed(b"\x1b") == []
    assert [token.name for token in lexer.feed(b"E\x01")] == ["ESC E"]


def test_a_long_block_fed_byte_by_byte_stays_quick() -> None:
    lexer = Lexer()
    block = raster(72, bytes(72 * 120))

    names = [token.name for byte in block for token in lexer.feed(bytes((byte,)))]

    assert names == ["GS v"]
