"""CODE128: the shortest way to say a receipt number in bars."""

from hypothesis import given
from hypothesis import strategies as st

from storeapp.devices.paper.barcodes import code128
from storeapp.domain.code128 import can_encode, command_data, first_fitting, modules, parts


def test_digits_go_in_pairs() -> None:
    assert parts("S01-1-2609280117") == (("B", "S01-1-"), ("C", "2609280117"))
    assert parts("12345") == (("B", "1"), ("C", "2345"))
    assert parts("A123") == (("B", "A123"),)


@given(
    st.text(
        alphabet=st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="{"), min_size=1, max_size=40
    )
)
def test_a_printer_reads_what_was_said_and_needs_the_width_foretold(text: str) -> None:
    read, widths = code128(command_data(text))

    assert read == text
    assert sum(widths) == modules(text)


def test_the_first_text_that_fits_with_its_quiet_zones_is_taken() -> None:
    texts = ("S01-1-20260928-0117", "S01-1-2609280117", "1-2609280117")

    assert first_fitting(texts, dots=576, module_dots=2) == texts[0]
    assert first_fitting(texts, dots=384, module_dots=2) == texts[1]
    assert first_fitting(texts, dots=373, module_dots=2) == texts[2]
    assert first_fitting(texts, dots=100, module_dots=2) is None


def test_what_a_barcode_cannot_hold_is_not_tried() -> None:
    assert not can_encode("南山-1")
    assert not can_encode("a{C")
    assert not can_encode("")
