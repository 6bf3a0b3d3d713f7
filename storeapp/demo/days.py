"""The days one after the other, and what is kept of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from storeapp.demo import first_day, papers, second_day
from storeapp.demo.album import Album
from storeapp.demo.faults import DemoBroke
from storeapp.demo.played import Played
from storeapp.demo.stage import Stage
from storeapp.devices.report_pdf import report_pdf
from storeapp.till.day import report_of_day
from storeapp.till.loop import loop_report
from storeapp.words import words


def play(stage: Stage, pictures: Path, *, keeps_in: Path | None) -> Played:
    album = Album(stage, pictures)
    try:
        loop = first_day.play(stage, album)
        second_day.play(stage, album, loop)
    except DemoBroke:
        # what was in sight tells more than the step
        album.counter("broke")
        raise
    _prove(stage)
    if keeps_in is not None:
        papers.keep(stage, keeps_in / "receipts")
        _reports(stage, keeps_in)
    sales = stage.sales()
    return Played(
        pictures=len(album.taken),
        sales=len(sales),
        total_fen=sum(sale.due.fen for sale in sales),
        loop=asdict(loop_report(stage.till.shop).whole),
    )


def _prove(stage: Stage) -> None:
    """Both sides recompute everything, and agree."""
    findings = stage.till.shop.check()
    if findings:
        raise DemoBroke(f"the shop's books: {findings[0].word}")
    if not stage.cloud.check()["ok"]:
        raise DemoBroke("the cloud's books")
    here = loop_report(stage.till.shop).whole
    there = stage.cloud.funnel()["whole"]
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
