"""outreach: the list and its outcomes without a screen."""

from pathlib import Path

from storeapp import app
from storeapp.domain.outreach import Candidate
from storeapp.till import members
from storeapp.till.moments import today
from storeapp.till.policies import set_policies
from tests.cli.command import Command

PHONE = "13800000001"


def listed(shop: Path, *, agrees: bool = True) -> None:
    """She stands on today's list; quiet hours that begin where they end never are."""
    with app.open_till(str(shop)) as till:
        hours = {"outreach.quiet_from_hour": 0, "outreach.quiet_until_hour": 0}
        set_policies(till.shop, hours | {"outreach.persona": "小棠"}, clock=till.clock)
        with till.shop.reading() as books:
            member_id = members.by_phone(books, PHONE).member_id
        members.set_consent(till.shop, member_id, purpose="marketing", given=agrees, clock=till.clock)
        with till.shop.writing() as books:
            books.outreach.put_day(today(books, till.clock), [Candidate(member_id, "due", detail="面膜")])


def test_she_is_listed_with_the_words_to_be_sent(run: Command, shop: Path):
    listed(shop)

    told = run("outreach", "list", "--shop", shop, "--json").json

    [one] = told["people"]
    assert (one["phone"], one["reason"], one["outcome"]) == ("138****0001", "due", "")
    assert one["text"].startswith("王芳您好，我是小店的小棠。又到您平常来买面膜的日子了")
    assert told["quiet"] is False
    assert "面膜" in run("outreach", "list", "--shop", shop).out


def test_what_became_of_it_is_told_and_counted(run: Command, shop: Path):
    listed(shop)

    told = run("outreach", "outcome", PHONE, "bought", "--by", "1001", "--shop", shop, "--json").json

    assert (told["reason"], told["outcome"]) == ("due", "bought")
    now = run("outreach", "list", "--shop", shop, "--json").json
    assert (now["people"][0]["outcome"], now["written_30_days"], now["selling_percent"]) == ("bought", 1, 100)
    assert run("check", "--shop", shop).code == 0


def test_who_does_not_agree_is_never_listed(run: Command, shop: Path):
    listed(shop, agrees=False)

    assert run("outreach", "list", "--shop", shop, "--json").json["people"] == []


def test_who_is_not_on_the_list_has_no_outcome(run: Command, shop: Path):
    answer = run("outreach", "outcome", PHONE, "done", "--shop", shop, "--json")

    assert (answer.code, answer.error["refused"]) == (1, "not_on_the_list")
