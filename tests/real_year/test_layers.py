"""A real year's households on their layers: RFM, cohorts and repurchase, counted a second time by pandas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.cli.command import Answer, storeapp
from tests.real_year.convert import read_year, write

STORE = 367


@dataclass(frozen=True, slots=True)
class Till:
    """The shop on disk, asked by the command on the first morning after the year."""

    folder: Path

    def ask(self, *arguments: str | Path) -> Answer:
        answer = storeapp(*arguments, "--shop", self.folder, "--json", timeout_s=600)
        assert answer.code == 0, answer.err
        return answer


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Till:
    folder = tmp_path_factory.mktemp("year")
    write(read_year(STORE), folder)
    till = Till(folder / "shop")
    till.ask("init")
    for kind in ("products", "members"):
        till.ask("import", kind, folder / f"{kind}.csv")
    taken = till.ask("import", "sales", folder / "baskets.jsonl").json
    assert (taken["new"], taken["bad"], taken["total_fen"]) == (4194, 0, 14_816_967)
    till.ask("insight", "night")
    return till


@pytest.fixture(scope="module")
def frame(till: Till) -> pd.DataFrame:
    """A row a receipt: phone, day, fen; read from the very file that was imported."""
    rows = [json.loads(line) for line in (till.folder.parent / "baskets.jsonl").read_text("utf-8").splitlines()]
    return pd.DataFrame(
        {
            "phone": row["member"],
            "day": pd.Timestamp(row["at"][:10]),
            "fen": row["tenders"][0]["fen"],
        }
        for row in rows
    )


def _night(till: Till) -> dict[str, Any]:
    told: dict[str, Any] = till.ask("insight", "picture").json
    return told


def test_every_household_stands_where_pandas_puts_it(till: Till, frame: pd.DataFrame) -> None:
    told = _night(till)
    visits = frame.drop_duplicates(["phone", "day"]).groupby("phone")["day"]
    table = pd.DataFrame({"last": visits.max(), "count": visits.count(), "fen": frame.groupby("phone")["fen"].sum()})

    def steps(values: pd.Series) -> pd.Series:
        edges = values.quantile([0.2, 0.4, 0.6, 0.8], interpolation="lower")
        return sum((values > edge).astype(int) for edge in edges) + 1

    table["r"], table["f"] = steps(table["last"].map(pd.Timestamp.toordinal)), steps(table["count"])
    expected = table.groupby(["r", "f"])["fen"].agg(["count", "sum"])
    found = {(c["recency"], c["frequency"]): (c["members"], c["net_fen"]) for c in told["grid"] if c["members"]}

    assert told["members"] == len(table) == 205
    assert found == {square: (int(row["count"]), int(row["sum"])) for square, row in expected.iterrows()}


def test_cohorts_and_repurchase_are_what_pandas_counts(till: Till, frame: pd.DataFrame) -> None:
    told = till.ask("insight", "cohorts").json
    days = frame.drop_duplicates(["phone", "day"]).sort_values("day")
    first = days.groupby("phone")["day"].transform("min")
    months = days.assign(
        cohort=first.dt.to_period("M"),
        age=(days["day"].dt.year - first.dt.year) * 12 + days["day"].dt.month - first.dt.month,
    )
    counted = months.groupby(["cohort", "age"])["phone"].nunique()

    # the clock of the command goes on long after the year
    months_of_year = range(12)
    assert [row["month"] for row in told["cohorts"]] == sorted({str(month) for month, _age in counted.index})
    for row in told["cohorts"]:
        cohort = counted[pd.Period(row["month"])]
        assert row["buyers"][:12] == [int(cohort.get(age, 0)) for age in months_of_year]

    second = days.groupby("phone")["day"].nth(1)
    start = days.groupby("phone")["day"].min()
    gap = (days.loc[second.index].set_index("phone")["day"] - start).dt.days.dropna()
    for row in told["repurchase"]:
        assert row["members"] == len(start)
        assert row["again"] == int((gap <= row["days"]).sum())
