"""import products | members | sales: what another system knew, every fault with its row, all or nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from storeapp import app
from storeapp.domain.money import Money, yuan
from storeapp.domain.quantity import as_decimal
from storeapp.till import member_import, product_import
from storeapp.till.member_import import Sums
from storeapp.till.members_sheet import read_members
from storeapp.till.named_files import sheet_bytes
from storeapp.till.products_sheet import read_products
from storeapp.till.sheet_files import rows_of
from storeapp.till.sheets import BadRows, ColumnRead, Fault, Row
from storeapp.ui.sheet_words import REASONS
from storeapp.verbs.import_sales import import_sales
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.table import common

SHOWN_ROWS = 20
PROGRESS_EVERY = 500


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("import", help="takes in products, members or past sales from another system")
    kinds = parser.add_subparsers(dest="kind", metavar="products|members|sales", required=True)
    sheet, lines = "from CSV (UTF-8 or GB18030) or XLSX", "of the past from JSON lines as for `sell`"
    for kind, where, run in (
        ("products", sheet, _products),
        ("members", sheet, _members),
        ("sales", lines, import_sales),
    ):
        verb = kinds.add_parser(kind, help=f"{kind} {where}")
        verb.add_argument("file", metavar="FILE")
        verb.add_argument("--dry-run", action="store_true", help="says what would change, and changes nothing")
        verb.add_argument("--skip-bad", action="store_true", help="takes the good rows and leaves the bad ones out")
        common(verb)
        verb.set_defaults(run=run)


def _products(chosen: argparse.Namespace, output: Output) -> int:
    data = sheet_bytes(chosen.file)
    sheet = read_products(_counted(rows_of(data), output))
    output.progress_over()
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            plan = product_import.plan(books, sheet)
        refused = bool(plan.faults) and not chosen.skip_bad
        if not chosen.dry_run and not refused:
            whole = len(plan.new) + len(plan.changed)
            progress = _progress(output, whole)
            product_import.carry_out(till.shop, plan, clock=till.clock, skip_bad=chosen.skip_bad, progress=progress)
            output.progress_over()
    numbers = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "bad": plan.bad_rows}
    if output.as_json:
        output.document(_told(chosen, sheet.columns, numbers, plan.faults) | _difference(chosen, plan))
    else:
        _say_columns(output, sheet.columns)
        if chosen.dry_run:
            _say_difference(output, plan)
        _say_faults(output, plan.faults)
        _say_numbers(output, numbers)
    return _ended(chosen, output, plan.bad_rows, refused=refused)


def _members(chosen: argparse.Namespace, output: Output) -> int:
    data = sheet_bytes(chosen.file)
    with app.open_till(chosen.shop) as till:
        sheet = read_members(_counted(rows_of(data), output), now=till.clock.now())
        output.progress_over()
        with till.shop.reading() as books:
            plan = member_import.plan(books, sheet)
        refused = bool(plan.faults) and not chosen.skip_bad
        booked = None
        if not chosen.dry_run and not refused:
            progress = _progress(output, len(plan.new))
            proof = member_import.carry_out(
                till.shop, plan, clock=till.clock, ids=till.ids, skip_bad=chosen.skip_bad, progress=progress
            )
            booked = proof.booked
            output.progress_over()
    numbers = {"new": len(plan.new), "bad": plan.bad_rows}
    if output.as_json:
        told = _told(chosen, sheet.columns, numbers, plan.faults)
        output.document(told | {"file": _sums(plan.brings), "booked": None if booked is None else _sums(booked)})
    else:
        _say_columns(output, sheet.columns)
        _say_faults(output, plan.faults)
        _say_numbers(output, numbers)
        _say_proof(output, plan.brings, booked)
    return _ended(chosen, output, plan.bad_rows, refused=refused)


def _counted(rows: Iterator[Row], output: Output) -> Iterator[Row]:
    for row in rows:
        if row.number % PROGRESS_EVERY == 0:
            output.progress(row.number)
        yield row


def _progress(output: Output, whole: int) -> Callable[[int], None]:
    return lambda done: output.progress(done, whole)


def _told(
    chosen: argparse.Namespace, columns: Sequence[ColumnRead], numbers: dict[str, int], faults: Sequence[Fault]
) -> dict[str, Any]:
    return {
        "dry_run": chosen.dry_run,
        "imported": not chosen.dry_run and (not faults or chosen.skip_bad),
        "columns": [{"header": read.header, "column": read.column or None} for read in columns],
        **numbers,
        "faults": [
            {
                "row": fault.row,
                "column": fault.column,
                "value": fault.value,
                "reason": fault.reason,
                **({"other": fault.other} if fault.other else {}),
            }
            for fault in faults
        ],
    }


def _difference(chosen: argparse.Namespace, plan: product_import.Plan) -> dict[str, Any]:
    if not chosen.dry_run:
        return {}
    return {
        "diff": {
            "new": [product.code for product in plan.new],
            "changed": [
                {"code": change.product.code, "fields": {field: [old, new] for field, old, new in change.fields}}
                for change in plan.changed
            ],
        }
    }


def _say_columns(output: Output, columns: Sequence[ColumnRead]) -> None:
    rows = [(read.header or "—", read.column or output.t("not read")) for read in columns]
    output.table((output.t("Column of the file"), output.t("read as")), rows)


def _say_difference(output: Output, plan: product_import.Plan) -> None:
    for product in plan.new[:SHOWN_ROWS]:
        output.say(f"+ {product.code}  {product.name}  {yuan(product.price)}")
    _say_rest(output, len(plan.new))
    for change in plan.changed[:SHOWN_ROWS]:
        fields = ", ".join(
            f"{field}: {_value(field, old)} -> {_value(field, new)}" for field, old, new in change.fields
        )
        output.say(f"~ {change.product.code}  {change.product.name}  {fields}")
    _say_rest(output, len(plan.changed))


def _say_faults(output: Output, faults: Sequence[Fault]) -> None:
    for fault in faults[:SHOWN_ROWS]:
        reason = output.t(REASONS[fault.reason]).format(other=fault.other)
        said = output.t("row {row}, {column}: “{value}” {reason}")
        output.say("! " + said.format(row=fault.row, column=fault.column, value=fault.value, reason=reason))
    _say_rest(output, len(faults))


def _say_rest(output: Output, count: int) -> None:
    if count > SHOWN_ROWS:
        output.say(output.t("… and {n} more").format(n=count - SHOWN_ROWS))


def _say_numbers(output: Output, numbers: dict[str, int]) -> None:
    named = {"new": output.t("new"), "changed": output.t("changed"), "same": output.t("same"), "bad": output.t("bad")}
    output.say(" · ".join(f"{named[key]} {count:,}" for key, count in numbers.items()))


def _say_proof(output: Output, file: Sums, booked: Sums | None) -> None:
    rows = [(output.t("in the file"), *_amounts(file))]
    if booked is not None:
        rows.append((output.t("in the books"), *_amounts(booked)))
    header = ("", output.t("points"), output.t("principal"), output.t("bonus"))
    output.table(header, rows, right=(1, 2, 3))


def _ended(chosen: argparse.Namespace, output: Output, bad_rows: int, *, refused: bool) -> int:
    if refused:
        output.error(BadRows(bad_rows))
        return REFUSED
    if not output.as_json:
        output.say(output.t("Nothing was changed.") if chosen.dry_run else output.t("Imported."))
    return DONE


def _amounts(sums: Sums) -> tuple[str, str, str]:
    return f"{sums.points:,}", yuan(Money(sums.principal_fen), grouped=True), yuan(Money(sums.bonus_fen), grouped=True)


def _sums(sums: Sums) -> dict[str, int]:
    return {"points": sums.points, "principal_fen": sums.principal_fen, "bonus_fen": sums.bonus_fen}


def _value(field: str, value: Any) -> str:
    if value is None:
        return "—"
    if field.endswith("_fen"):
        return yuan(Money(value))
    if field.endswith("_milli"):
        return as_decimal(value)
    return ";".join(value) if isinstance(value, list) else str(value)
