"""insight night | picture | member | cohorts | steps: what the shop's own receipts tell about its members."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.domain.layer import Layer
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.errors import Refused
from storeapp.till import layers, members
from storeapp.till.layers import Layers
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


class NoNightYet(Refused):
    """The night's work was never done in this shop."""

    word = "no_night_yet"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("insight", help="what the shop's own receipts tell about its members")
    deeds = parser.add_subparsers(dest="deed", metavar="night|picture|member|cohorts|steps", required=True)
    for name, says, run in (
        ("night", "computes every member's layer anew", _night),
        ("picture", "stages and the grid of recency and frequency, as of the last night", _picture),
        ("cohorts", "who came back in the months after the first purchase, and how soon", _cohorts),
        ("steps", "who bought one category comes back for another", _steps),
    ):
        deed = deeds.add_parser(name, help=says)
        common(deed)
        deed.set_defaults(run=run)
    member = deeds.add_parser("member", help="where one member stands, and why")
    member.add_argument("phone", metavar="PHONE")
    common(member)
    member.set_defaults(run=_member)


def _night(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        learned = layers.work_the_night(till.shop, clock=till.clock, progress=output.progress)
    output.progress_over()
    if output.as_json:
        model = None if learned.frequency is None else asdict(learned.frequency)
        worth = None if learned.worth is None else asdict(learned.worth)
        output.document(
            {"date": learned.computed_on.isoformat(), "members": learned.members, "frequency": model, "worth": worth}
        )
    else:
        output.say(output.n("{n} member looked at.", "{n} members looked at.", learned.members))
    return DONE


def _picture(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        found = layers.picture(till.shop)
    if found is None:
        raise NoNightYet
    if output.as_json:
        output.document(
            {
                "date": found.learned.computed_on.isoformat(),
                "members": found.learned.members,
                "stages": [asdict(count) for count in found.stages],
                "grid": [asdict(cell) for cell in found.grid],
            }
        )
    else:
        _say_picture(found, output)
    return DONE


def _say_picture(found: Layers, output: Output) -> None:
    _ = output.t
    rows = [
        (wording.stage(count.stage, output.words), f"{count.members:,}", wording.bare(Money(count.net_fen)))
        for count in found.stages
    ]
    output.table((_("stage"), _("members"), "¥"), rows, right=(1, 2))
    output.say("")
    header = (_("recency \\ frequency"), *(str(step) for step in range(5, 0, -1)))
    squares = {(cell.recency, cell.frequency): f"{cell.members:,}" for cell in found.grid}
    grid = [(str(r), *(squares[r, f] for f in range(5, 0, -1))) for r in range(5, 0, -1)]
    output.table(header, grid, right=(1, 2, 3, 4, 5))


def _cohorts(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        table, again = layers.cohorts(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"cohorts": [asdict(row) for row in table], "repurchase": [asdict(row) for row in again]})
        return DONE
    _ = output.t
    widest = max((len(row.buyers) for row in table), default=0)
    header = (_("first bought"), _("members"), *(f"+{age}" for age in range(widest)))
    rows = []
    for row in table:
        shares = [_share(count, row.members) for count in row.buyers]
        rows.append((row.month, f"{row.members:,}", *shares, *[""] * (widest - len(shares))))
    output.table(header, rows, right=range(1, widest + 2))
    output.say("")
    soon = [
        (_("{n} days").format(n=row.days), f"{row.again:,} / {row.members:,}", _share(row.again, row.members))
        for row in again
    ]
    output.table((_("bought again within"), _("members"), ""), soon, right=(1, 2))
    return DONE


def _steps(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        found = layers.picture(till.shop)
    if found is None:
        raise NoNightYet
    steps = found.learned.steps
    if output.as_json:
        output.document({"steps": [asdict(step) | {"share": round(step.share, 4)} for step in steps]})
    else:
        _ = output.t
        rows = [
            (step.before, step.after, f"{step.took:,} / {step.had:,}", f"{step.lift:.1f} x", f"{step.days}")
            for step in steps
        ]
        header = (_("who bought"), _("comes back for"), _("members"), _("oftener"), _("days later"))
        output.table(header, rows, right=(2, 3, 4))
    return DONE


def _member(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        member = members.by_phone(books, chosen.phone)
        layer, tags = books.layers.of(member.member_id), books.layers.tags_of(member.member_id)
        has_night = books.layers.last_night() is not None
    if not has_night:
        raise NoNightYet
    if layer is None:
        raise UnknownMember
    if output.as_json:
        output.document(told(layer) | {"tags": list(tags)})
    else:
        _say_member(layer, tags, output)
    return DONE


def told(layer: Layer) -> dict[str, Any]:
    """One member's layer as JSON; the formulas stand in docs/commands.md."""
    trade, value = layer.trade, layer.value
    return {
        "member_id": layer.member_id,
        "stage": layer.standing.stage,
        "since": layer.standing.since.isoformat(),
        "score": layer.score.text,
        "first_on": trade.first_on.isoformat(),
        "last_on": trade.last_on.isoformat(),
        "visits": trade.visits,
        "net_fen": trade.net_fen,
        "usual_days": layer.usual_days,
        "realised_fen": value.realised_fen,
        "realised_is_margin": value.realised_is_margin,
        "potential_fen": value.potential_fen,
        "model_fen": value.model_fen,
        "alive": value.alive,
        "habit": None if layer.habit is None else asdict(layer.habit),
        "step": None if layer.step is None else asdict(layer.step),
        "categories": list(layer.categories),
    }


def _say_member(layer: Layer, tags: tuple[str, ...], output: Output) -> None:
    _, trade, value = output.t, layer.trade, layer.value

    def amount(fen: int | None) -> str:
        return _("not known yet") if fen is None else wording.bare(Money(fen))

    realised = _("margin so far") if value.realised_is_margin else _("bought so far")
    days = _("not known yet") if layer.usual_days is None else _("{n} days").format(n=layer.usual_days)
    rows = [
        (_("stage"), f"{wording.stage(layer.standing.stage, output.words)}  {layer.standing.since}"),
        ("RFM", layer.score.text),
        (_("visits"), f"{trade.visits:,}  {trade.first_on} – {trade.last_on}"),
        (_("usual interval"), days),
        (realised, amount(value.realised_fen)),
        (_("a year as usual"), amount(value.potential_fen)),
        (_("a year by the model"), amount(value.model_fen)),
    ]
    if layer.habit is not None:
        rows.append((_("due"), f"{layer.habit.category} · {_('{n} days').format(n=layer.habit.usual_days)}"))
    if layer.step is not None:
        rows.append((_("perhaps next"), layer.step.after))
    if tags:
        rows.append((_("tags"), _(", ").join(tags)))
    output.facts(rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "–"
