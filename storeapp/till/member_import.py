"""Importing members: people enter with their opening balances, and the sums are proven before anything stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from storeapp.domain.ledger import Leg, Txn, Unit, bonus_account, points_account, principal_account
from storeapp.domain.member import Consent, Member
from storeapp.errors import Broken
from storeapp.till.members import enter
from storeapp.till.members_sheet import MemberRow, MembersSheet, hidden
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post
from storeapp.till.sheets import BadRows, Fault

OPENING = "adjust.opening"
# what another system had her agree to, its words are not ours to quote
IMPORTED_TEXT = "import"


@dataclass(eq=False)
class BalancesDiffer(Broken):
    """The file's sum of `what` is `file`, the books took `booked`. Nothing was imported."""

    what: str
    file: int
    booked: int
    word = "balances_differ"


@dataclass(frozen=True, slots=True)
class Sums:
    """What members own together: points, and stored value in fen."""

    points: int = 0
    principal_fen: int = 0
    bonus_fen: int = 0


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """What a sheet means for this shop: who is new, what they bring, and the faults."""

    sheet: MembersSheet
    new: tuple[MemberRow, ...]
    brings: Sums
    faults: tuple[Fault, ...]

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True, slots=True)
class Proof:
    """How many came in, what the file says they own, and what the books say. The two are equal, or nothing stays."""

    members: int
    file: Sums
    booked: Sums


def plan(books: Books, sheet: MembersSheet) -> MemberPlan:
    """Compares the sheet with the members here. A known phone is a fault: her balance must not be booked twice."""
    column = next((read.header for read in sheet.columns if read.column == "phone"), "phone")
    known = {row.row: found for row in sheet.rows if (found := books.members.by_phone(row.phone)) is not None}
    faults = [Fault(row.row, column, hidden(row.phone), "member_exists") for row in sheet.rows if row.row in known]
    new = tuple(row for row in sheet.rows if row.row not in known)
    return MemberPlan(sheet, new, _sums(new), tuple(sorted((*sheet.faults, *faults), key=lambda fault: fault.row)))


def carry_out(
    shop: Shop,
    planned: MemberPlan,
    *,
    clock: Clock,
    ids: Ids,
    cashier: str = "import",
    skip_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Proof:
    """Enters the plan's people in one transaction. Raises BadRows unless `skip_bad`, or BalancesDiffer."""
    if planned.faults and not skip_bad:
        raise BadRows(planned.bad_rows)
    at = clock.now().isoformat()
    with shop.writing() as books:
        before = _opening(books)
        booked = Sums()
        for done, row in enumerate(planned.new, start=1):
            booked = _added(booked, _import_one(books, row, at=at, ids=ids, cashier=cashier))
            if progress is not None and done % 100 == 0:
                progress(done)
        _prove(planned.brings, booked, before, _opening(books))
    return Proof(len(planned.new), planned.brings, booked)


def _import_one(books: Books, row: MemberRow, *, at: str, ids: Ids, cashier: str) -> Sums:
    """Enters one person and answers what the ledger now says she owns."""
    joined_at = row.joined.isoformat() if row.joined is not None else at
    member = Member(ids.new(), row.phone, row.name, joined_at, tier=row.tier, birthday=row.birthday, note=row.note)
    consents = [Consent("membership", IMPORTED_TEXT, True, "import", joined_at)]
    if row.agreed != "unsaid":
        consents.append(Consent("marketing", IMPORTED_TEXT, row.agreed == "yes", "import", joined_at))
    enter(books, member, consents, cashier=cashier, at=at)
    for tag in row.tags:
        books.layers.tag([member.member_id], tag, by=cashier, at=at)
    legs = tuple(_opening_legs(member.member_id, row))
    if not legs:
        return Sums()
    txn = Txn(ids.new(), "opening", at, legs, member_id=member.member_id)
    post(books, txn, {"reason": "import"})
    balance = books.ledger.balance
    return Sums(
        balance(points_account(member.member_id), "pts"),
        balance(principal_account(member.member_id), "fen"),
        balance(bonus_account(member.member_id), "fen"),
    )


def _opening_legs(member_id: str, row: MemberRow) -> Iterable[Leg]:
    opening: tuple[tuple[str, Unit, int], ...] = (
        (points_account(member_id), "pts", row.points),
        (OPENING, "pts", -row.points),
        (principal_account(member_id), "fen", row.principal.fen),
        (bonus_account(member_id), "fen", row.bonus.fen),
        (OPENING, "fen", -row.principal.fen - row.bonus.fen),
    )
    return (Leg(account, unit, amount) for account, unit, amount in opening if amount)


def _prove(file: Sums, booked: Sums, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Member by member and by the opening account: two ways to the same sums."""
    points, fen = before[0] - after[0], before[1] - after[1]
    for what, said, found in (
        ("points", file.points, booked.points),
        ("principal_fen", file.principal_fen, booked.principal_fen),
        ("bonus_fen", file.bonus_fen, booked.bonus_fen),
        ("opening_points", file.points, points),
        ("opening_fen", file.principal_fen + file.bonus_fen, fen),
    ):
        if said != found:
            raise BalancesDiffer(what, said, found)


def _opening(books: Books) -> tuple[int, int]:
    return books.ledger.balance(OPENING, "pts"), books.ledger.balance(OPENING, "fen")


def _sums(rows: Iterable[MemberRow]) -> Sums:
    together = Sums()
    for row in rows:
        together = _added(together, Sums(row.points, row.principal.fen, row.bonus.fen))
    return together


def _added(one: Sums, other: Sums) -> Sums:
    return Sums(one.points + other.points, one.principal_fen + other.principal_fen, one.bonus_fen + other.bonus_fen)
