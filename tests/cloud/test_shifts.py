"""The Z reports of the tills: kept as they were said, and added up again from the journal."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import check
from storeapp.cloud.admin.shifts import shifts
from storeapp.cloud.tables.journals import quarantine
from storeapp.cloud.tables.shifts import z_report, z_tender
from tests.cloud.tills import AT

DAY = "2026-09-28"


def opened(till, *, float_fen=20_000):
    shift_id = str(uuid4())
    body = {
        "shift_id": shift_id,
        "number": 1,
        "opened_at": AT,
        "by": "1007",
        "business_date": DAY,
        "float_fen": float_fen,
    }
    till.event("shift.opened", body)
    return shift_id


def report(*, z=1, expected=20_100, counted=None, **more):
    told = {
        "number": 1,
        "z_number": z,
        "business_date": DAY,
        "opened_at": AT,
        "opened_by": "1007",
        "closed_at": AT,
        "closed_by": "1008",
        "float_fen": 20_000,
        "sales": 1,
        "discount_fen": 0,
        "due_fen": 100,
        "grand_fen": 100,
        "tenders": [{"tender": "cash", "expected_fen": expected, "counted_fen": counted, "difference_fen": None}],
    }
    return told | more


def kinds(shop):
    return [finding["kind"] for finding in check.check(shop.cloud, shop.tenant)["findings"]]


@pytest.fixture
def till(shop):
    return shop.till()


def test_a_z_is_told_by_store_till_and_day(shop, till):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report(counted=20_000)})
    answer = till.push().json()

    [told] = shifts(shop.cloud, shop.tenant)["shifts"]
    assert answer["flags"] == []
    assert (told["store"], told["till"], told["business_date"], told["z_number"]) == ("S01", "1", DAY, 1)
    assert (told["sales"], told["due_fen"], told["difference_fen"], told["voids"]) == (1, 100, -100, 0)
    assert told["tenders"] == [{"tender": "cash", "expected_fen": 20_100, "counted_fen": 20_000}]
    assert kinds(shop) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"due_fen": 90, "expected": 20_090}, "due_fen"),
        ({"sales": 2}, "sales"),
        ({"float_fen": 0, "expected": 100}, "float_fen"),
        ({"refund_fen": 50, "refunds": 1, "expected": 20_050}, "refund_fen"),
        ({"drop_fen": 50, "expected": 20_050}, "drop_fen"),
    ],
)
def test_a_z_that_is_not_the_sum_of_its_shift_is_named(shop, till, wrong, what):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report(**wrong)})
    till.push()

    findings = check.check(shop.cloud, shop.tenant)["findings"]

    assert what in {finding["what"] for finding in findings}
    assert {finding["kind"] for finding in findings} == {"z_differs"}


def test_a_z_whose_drawer_does_not_add_up_is_flagged_at_once(till):
    shift_id = opened(till)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report(expected=1)})

    assert [flag["code"] for flag in till.push().json()["flags"]] == ["z_differs"]


def test_a_supplement_is_proven_with_what_came_late(shop, till):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report()})
    till.sale(50, shift_id=shift_id)
    late = report(z=2, supplement=1, sales=2, due_fen=150, expected=20_150)
    till.event("shift.supplemented", {"shift_id": shift_id, "number": 1, "supplement": 1, "report": late})
    till.push()

    assert [row["supplement"] for row in shifts(shop.cloud, shop.tenant)["shifts"]] == [0, 1]
    assert kinds(shop) == []


def test_a_shift_closed_again_by_a_restored_till_is_kept_beside_the_first(shop, till):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    for z in (1, 400_000):
        till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report(z=z)})
    till.push()

    assert [row["z_number"] for row in shifts(shop.cloud, shop.tenant)["shifts"]] == [1, 400_000]
    assert shop.rows(quarantine) == []


def test_a_z_taken_out_of_the_books_is_missed(shop, till):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report()})
    till.push()
    for table in (z_tender, z_report):
        gone = sa.delete(table).where(table.c.tenant_id == shop.tenant)
        shop.cloud.database.write(shop.tenant, lambda connection, gone=gone: connection.execute(gone) and None)

    assert kinds(shop) == ["zs_differ"]


@pytest.mark.parametrize("body", [{"report": {"tenders": "none"}}, {}, {"report": None}])
def test_a_z_nobody_can_read_waits_in_quarantine_and_stops_no_check(shop, till, body):
    shift_id = opened(till)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1} | body)
    till.push()

    assert set(kinds(shop)) <= {"quarantined", "z_differs"}
    assert "quarantined" in kinds(shop)


def test_another_shop_sees_none_of_it(shop, till):
    shift_id = opened(till)
    till.sale(100, shift_id=shift_id)
    till.event("shift.closed", {"shift_id": shift_id, "number": 1, "report": report()})
    till.push()

    assert shifts(shop.cloud, shop.other_tenant())["shifts"] == []
