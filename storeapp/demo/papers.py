"""The papers: what the printer printed, as pictures and as the very bytes it was sent; and the shopper's pages."""

from __future__ import annotations

from pathlib import Path

from storeapp.demo.faults import DemoBroke
from storeapp.demo.shopper import Phone
from storeapp.demo.stage import Stage


def keep(stage: Stage, folder: Path) -> None:
    """Writes each paper as PNG and .bin under its receipt's number; a kick of the drawer has bytes alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (paper, sent) in enumerate(zip(stage.printer.papers, stage.printer.jobs, strict=True), start=1):
        is_torn = not paper.cuts and bool(paper.lines)  # the printer died over it
        if paper.faults and not is_torn:
            raise DemoBroke(f"paper {number}: {paper.faults[0].word}")
        if not paper.lines:
            (folder / f"{number:03d}-drawer.bin").write_bytes(sent)
            continue
        codes = [code.data for code in paper.codes if code.kind == "qr"]
        name = f"{number:03d}-{'torn' if is_torn else _receipt(stage, codes)}"
        paper.picture().convert("1").save(folder / f"{name}.png", "PNG", dpi=(203, 203))
        (folder / f"{name}.bin").write_bytes(sent)


def keep_pages(phone: Phone, folder: Path) -> None:
    """What the first shopper's phone showed: the receipt, the coupon, and that she has joined."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in zip(("1-receipt", "2-coupon", "3-member"), phone.seen, strict=False):
        (folder / f"{name}.html").write_text(page.html, encoding="utf-8")


def _receipt(stage: Stage, codes: list[str]) -> str:
    with stage.till.shop.reading() as books:
        for code in codes:
            sale = books.sales.by_token(code.rpartition("/")[2])
            if sale is not None:
                return sale.receipt
    return "paper"
