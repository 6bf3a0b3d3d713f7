"""Layers: rhythm, RFM, life stages, cohorts and category steps, as a shopkeeper would count them by hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.category_step import next_step, steps
from storeapp.domain.cohort import WITHIN_DAYS, cohorts, repurchase
from storeapp.domain.life_stage import STAGES, Seen, Stage, StageRules, Standing, stage, standing
from storeapp.domain.rfm import Score, Trade, edges, grid, scale
from storeapp.domain.rhythm import Habit, gaps, habit, most_due, usual

TODAY = date(2026, 9, 28)
RULES = StageRules()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def trade(name: str, *, last: int = 0, visits: int = 1, fen: int = 1000) -> Trade:
    return Trade(name, ago(300), ago(last), visits, fen)


def seen(*, first: int = 300, last: int = 0, visits: int = 10, recent: int = 0, every: int | None = 30) -> Seen:
    return Seen(ago(first), ago(last), visits, recent, every)


def test_two_receipts_of_one_day_are_one_visit() -> None:
    assert gaps([ago(10), ago(40), ago(10), ago(0)]) == (30, 10)


def test_a_long_holiday_does_not_move_the_usual_interval() -> None:
    assert usual((30, 31, 29, 120, 30)) == 30


def test_one_interval_is_no_habit() -> None:
    assert habit("面膜", [ago(60), ago(30)]) is None


def test_a_mask_bought_every_thirty_days_is_due_on_day_thirty_three() -> None:
    masks = habit("面膜", [ago(123), ago(93), ago(63), ago(33)])

    assert masks == Habit("面膜", 30, ago(33))
    assert masks.waited(TODAY) == 33
    assert most_due([masks, Habit("牛奶", 30, ago(5))], TODAY) == masks


def test_what_she_gave_up_long_ago_is_due_no_more() -> None:
    assert most_due([Habit("面膜", 30, ago(100))], TODAY) is None


def test_a_clock_set_back_makes_nobody_wait_less_than_no_days() -> None:
    assert Habit("面膜", 30, TODAY).waited(ago(365)) == 0


def test_each_fifth_of_the_members_stands_on_a_step_of_its_own() -> None:
    trades = [trade(str(n), last=n, visits=n + 1, fen=n * 100) for n in range(10)]

    measured = scale(trades)

    assert [measured.score(each).text for each in trades] == [
        "511", "511", "422", "422", "333", "333", "244", "244", "155", "155",
    ]  # fmt: skip


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60))
def test_an_edge_is_always_somebody_s_own_value_and_they_go_up(values: list[int]) -> None:
    found = edges(sorted(values))

    assert set(found) <= set(values)
    assert list(found) == sorted(found)


def test_the_grid_holds_every_member_and_every_fen() -> None:
    scored = [(trade(str(n), fen=n), Score(n % 5 + 1, n % 3 + 1, 1)) for n in range(50)]

    squares = grid(scored)

    assert len(squares) == 25
    assert sum(cell.members for cell in squares) == 50
    assert sum(cell.net_fen for cell in squares) == sum(range(50))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (seen(first=3, last=3, visits=1), "new"),
        (seen(first=40, last=40, visits=1), "active"),
        (seen(last=10, recent=5), "active"),
        (seen(last=10, recent=6), "loyal"),
        (seen(last=60, recent=6), "loyal"),
        (seen(last=61, recent=6), "cooling"),
        (seen(last=121), "lost"),
        (seen(last=20, every=7), "cooling"),
        (seen(last=20, every=90, recent=2), "active"),
        (seen(last=61, visits=1, first=61, every=None), "cooling"),
    ],
)
def test_a_member_seen_so_stands_there(known: Seen, expected: Stage) -> None:
    assert stage(known, today=TODAY, rules=RULES) == expected


def test_who_is_warm_cools_a_quarter_later_than_a_stranger_would() -> None:
    late = seen(last=70, recent=6)

    assert stage(late, today=TODAY, rules=RULES) == "cooling"
    assert stage(late, today=TODAY, rules=RULES, before="loyal") == "loyal"
    assert stage(seen(last=76, recent=6), today=TODAY, rules=RULES, before="loyal") == "cooling"


def test_who_was_lost_and_never_came_is_not_merely_cooling_again() -> None:
    assert stage(seen(last=100), today=TODAY, rules=RULES, before="lost") == "lost"
    assert stage(seen(last=0, recent=1), today=TODAY, rules=RULES, before="lost") == "active"


def test_a_stage_keeps_the_day_it_began() -> None:
    was = Standing("loyal", ago(90))

    assert standing(seen(recent=8), today=TODAY, rules=RULES, before=was) == was
    assert standing(seen(last=130), today=TODAY, rules=RULES, before=was) == Standing("lost", TODAY)


@given(st.integers(0, 400), st.integers(1, 40), st.sampled_from([None, *STAGES]))
def test_waiting_longer_never_warms_a_member(last: int, visits: int, before: Stage | None) -> None:
    coldness: dict[Stage, int] = {"new": 0, "loyal": 0, "active": 0, "cooling": 1, "lost": 2}

    def cold(days: int) -> int:
        return coldness[stage(seen(first=400, last=days, visits=visits), today=TODAY, rules=RULES, before=before)]

    assert cold(last) <= cold(last + 1)


VISITS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 500).map(ago)), max_size=40
)  # fmt: skip


def test_a_cohort_is_counted_as_by_hand() -> None:
    visits = [
        ("a", date(2026, 7, 2)), ("a", date(2026, 7, 30)), ("a", date(2026, 9, 1)),
        ("b", date(2026, 7, 9)), ("b", date(2026, 8, 9)),
        ("c", date(2026, 9, 9)),
    ]  # fmt: skip

    july, september = cohorts(visits, today=TODAY)

    assert (july.month, july.members, july.buyers) == ("2026-07", 2, (2, 1, 1))
    assert (september.month, september.members, september.buyers) == ("2026-09", 1, (1,))


@given(VISITS)
def test_cohorts_hold_each_member_once_and_everybody_bought_in_month_0(visits: list[tuple[str, date]]) -> None:
    table = cohorts(visits, today=TODAY)

    assert sum(row.members for row in table) == len({member for member, _ in visits})
    assert all(row.buyers[0] == row.members for row in table)
    assert all(count <= row.members for row in table for count in row.buyers)


@given(VISITS)
def test_the_repurchase_table_agrees_with_a_plain_count(visits: list[tuple[str, date]]) -> None:
    days: dict[str, set[date]] = defaultdict(set)
    for member, day in visits:
        days[member].add(day)

    table = repurchase(visits, today=TODAY)

    assert [row.days for row in table] == list(WITHIN_DAYS)
    for row in table:
        old = [sorted(each) for each in days.values() if (TODAY - min(each)).days >= row.days]
        assert row.members == len(old)
        assert row.again == sum(len(each) > 1 and (each[1] - each[0]).days <= row.days for each in old)


def test_who_bought_trousers_comes_back_for_a_coat() -> None:
    buyers = [{"裤子": ago(60), "大衣": ago(30)} for _ in range(30)] + [{"裤子": ago(60)} for _ in range(10)]
    others = [{"饮料": ago(5)} for _ in range(60)]

    [step] = steps([*buyers, *others])

    assert (step.before, step.after, step.had, step.took, step.days) == ("裤子", "大衣", 40, 30, 30)
    assert (step.share, step.lift) == (0.75, 2.5)
    assert next_step([step], {"裤子": ago(20)}, today=TODAY) == step
    assert next_step([step], {"裤子": ago(10)}, today=TODAY) is None
    assert next_step([step], {"裤子": ago(20), "大衣": ago(1)}, today=TODAY) is None


def test_what_everybody_buys_anyway_is_no_step() -> None:
    assert steps([{"裤子": ago(60), "塑料袋": ago(30)} for _ in range(50)]) == ()
