"""The codec: two sides that hold the same value hold the same bytes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.wire import codec

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_what_is_written_is_read_back_and_written_the_same(value):
    text = codec.canonical(value)

    assert codec.loads(text) == value
    assert codec.canonical(codec.loads(text)) == text


def test_the_order_of_keys_does_not_matter():
    assert codec.canonical({"b": 1, "a": "茶"}) == codec.canonical({"a": "茶", "b": 1}) == '{"a":"茶","b":1}'.encode()


@pytest.mark.parametrize("body", [b'{"a":1,"a":2}', b"NaN", b"\xff", b"{", b"[" * 100_000, b""])
def test_bytes_that_two_programs_could_read_differently_are_refused(body):
    with pytest.raises(ValueError):
        codec.loads(body)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"raw", "\ud800"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError):
        codec.canonical(value)


@given(st.binary(max_size=80))
def test_base64_goes_there_and_back(raw):
    assert codec.unb64(codec.b64(raw)) == raw


@pytest.mark.parametrize("text", ["A", "AB==", "A+/A", "AB ", "ä", "AB"])
def test_base64_has_one_spelling(text):
    with pytest.raises(ValueError):
        codec.unb64(text)


def test_a_feeds_sum_runs_on_from_row_to_row():
    rows = [{"seq": n, "t": "policy", "v": 1, "body": {"key": "k", "value": n}} for n in (1, 2, 3)]

    first = codec.feed_sum(codec.EMPTY_SUM, rows[:1])

    assert first == hashlib.sha256(bytes(32) + codec.canonical(rows[0])).digest()
    assert codec.feed_sum(first, rows[1:]) == codec.feed_sum(codec.EMPTY_SUM, rows)
    assert codec.feed_sum(codec.EMPTY_SUM, rows[::-1]) != codec.feed_sum(codec.EMPTY_SUM, rows)
