"""The whole way of an answer: a sale, its page in a real browser, keys alone, and back to the till by the feed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.till.policies import set_policy
from tests.sync.browser import Browser
from tests.sync.world import Server, Till


@pytest.fixture
def browser(chromium: Path, tmp_path: Path) -> Iterator[Browser]:
    made = Browser(chromium, tmp_path / "browser")
    yield made
    made.close()


def test_an_answer_given_by_keys_alone_comes_back_to_the_till_once(
    server: Server, joined: Till, browser: Browser
) -> None:
    set_policy(joined.shop, "feedback.question", "今天的购物还满意吗？", clock=joined.clock)
    sale = joined.sell().sale
    joined.sync()
    url = f"{server.url}/{sale.token}"
    browser.open(url)
    assert browser.asked("document.querySelectorAll('input[type=radio]').length") == 5

    # to the five marks, to the second of them, to the line, and off with it
    browser.asked("document.querySelector('#feedback legend').scrollIntoView()")
    while browser.asked("document.activeElement.name") != "mark":
        browser.press("Tab")
    browser.press("Space")
    browser.press("ArrowRight")
    browser.press("Tab")
    browser.type("排队太久")
    browser.press("Enter")
    browser.until("!document.querySelector('input[type=radio]') && document.querySelector('#feedback') !== null")

    assert browser.asked("location.href") == url
    joined.sync()
    with joined.shop.reading() as books:
        [said] = books.feedback.latest()
    assert (said.token, said.mark, said.words, said.receipt) == (sale.token, 2, "排队太久", sale.receipt)


def test_without_a_mark_the_browser_itself_sends_nothing(server: Server, joined: Till, browser: Browser) -> None:
    set_policy(joined.shop, "feedback.question", "满意吗？", clock=joined.clock)
    sale = joined.sell().sale
    joined.sync()
    browser.open(f"{server.url}/{sale.token}")

    browser.asked("document.querySelector('input[name=words]').focus()")
    browser.type("很好")
    browser.press("Enter")

    assert browser.asked("document.querySelector('#feedback form').checkValidity()") is False
    joined.sync()
    with joined.shop.reading() as books:
        assert books.feedback.latest() == ()
