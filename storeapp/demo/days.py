"""The days one after the other, and what is kept of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from storeapp.demo import first_day, first_run, papers, past, second_day
from storeapp.demo.album import Album
from storeapp.demo.cast import Cast
from storeapp.demo.faults import DemoBroke
from storeapp.demo.played import Played
from storeapp.demo.stage import Stage
from storeapp.devices.report_pdf import report_pdf
from storeapp.till.day import report_of_day
from storeapp.till.loop import loop_report
from storeapp.words import words


def play(cast: Cast, pictures: Path, *, scratch: Path, keeps_in: Path | None) -> Played:
    """`keeps_in` gets the papers and reports; what nobody needs afterwards goes to `scratch`."""
    stage = cast.stage
    album = Album(stage, pictures)
    try:
        past.live(stage.till)
        loop = first_day.play(cast, album)
        second_day.play(stage, album, loop)
        first_run.play(stage, album.camera, scratch / "first-run")
    except DemoBroke:
        # what was in sight tells more than the step
        album.counter("broke")
        raise
    # a payment by code is two entries: the last one may still be on its way
    stage.synced()
    _prove(cast)
    if keeps_in is not None:
        papers.keep(stage, keeps_in / "receipts")
        papers.keep_pages(cast.phone, keeps_in / "page")
        _reports(stage, keeps_in)
    sales = stage.sales()
    return Played(
        pictures=len(album.taken),
        sales=len(sales),
        total_fen=sum(sale.due.fen for sale in sales),
        loop=asdict(loop_report(stage.till.shop).whole),
    )


def _prove(cast: Cast) -> None:
    """Both sides recompute everything, and agree."""
    findings = cast.stage.till.shop.check()
    if findings:
        raise DemoBroke(f"the shop's books: {findings[0].word}")
    if not cast.cloud.check()["ok"]:
        raise DemoBroke("the cloud's books")
    here = loop_report(cast.stage.till.shop).whole
    there = cast.cloud.funnel()["whole"]
    if any(there[step] != count for step, count in asdict(here).items()):
        raise DemoBroke(f"the loop differs: {here} here, {there} there")


def _reports(stage: Stage, folder: Path) -> None:
    """One sheet a day, in the shop's own language."""
    with stage.till.shop.reading() as books:
        policy, till = books.policy.in_force(), books.device.till
    for day in sorted({sale.business_date for sale in stage.sales()}):
        made = report_pdf(
            report_of_day(stage.till.shop, day),
            shop=policy.text("shop.name"),
            till=till,
            words=words(policy.text("receipt.language")),
        )
        (folder / f"day-{day}.pdf").write_bytes(made)
