"""Member PDF: everything the shop holds about one person, on paper she can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storeapp.devices.pdf_sheet import INNER, MARGIN, PdfSheet, pdf_of, yuan_text
from storeapp.domain.money import Money
from storeapp.domain.timeline import Happened
from storeapp.domain.timeline_words import channels_said, happened_said
from storeapp.words import Words

Line = tuple[str, str, str]


def member_pdf(hers: Mapping[str, Any], *, shop: str, till: str, day: str, words: Words) -> bytes:
    """As many pages as it takes of what `till.her_data.everything` told. The same data always give the same bytes."""
    return pdf_of(
        _Sheet,
        lambda sheet: sheet.fill(hers),
        name=day,
        title=words.t("Everything we hold about you"),
        day=day,
        shop=shop,
        till=till,
        words=words,
    )


class _Sheet(PdfSheet):
    def fill(self, hers: Mapping[str, Any]) -> None:
        _ = self.words.t
        self.boxes(
            (
                (_("Points"), f"{hers['points']:,}"),
                (_("Principal"), _yuan(hers["principal_fen"])),
                (_("Bonus"), _yuan(hers["bonus_fen"])),
                (_("Owed"), _yuan(hers["owed_fen"])),
            )
        )
        for title, lines in self._parts(hers):
            self.keep(60)
            self.title(title, MARGIN)
            for line in lines or (("—", "", ""),):
                self.keep(30)
                self.row(MARGIN, INNER, *line)
            self.y -= 22

    def _parts(self, hers: Mapping[str, Any]) -> Sequence[tuple[str, Sequence[Line]]]:
        _ = self.words.t
        return (
            (_("You"), self._about(hers)),
            (_("What you agreed to"), [self._consent(said) for said in hers["consents"]]),
            (_("What you bought"), [(s["receipt"], _when(s["at"]), _yuan(s["due_fen"])) for s in hers["sales"]]),
            (
                _("What you brought back"),
                [(r["receipt"], _when(r["at"]), _yuan(-r["back_fen"])) for r in hers["refunds"]],
            ),
            (
                _("Cards"),
                [(f"{c['kind']['name']} {c['number']}", _when(c["at"]), _yuan(c["money_fen"])) for c in hers["cards"]],
            ),
            (_("Stored value"), [self._value(doc) for doc in hers["stored_value"]]),
            (
                _("Points by lot"),
                [
                    (lot["earned_at"][:10], lot["expires_on"] or "", f"{lot['remaining']:,} / {lot['amount']:,}")
                    for lot in hers["lots"]
                ],
            ),
            (
                _("Coupons"),
                [(c["code"], c["valid_until"], _yuan(c["amount_fen"])) for c in hers["every_coupon"]],
            ),
            (_("Tiers"), [(word["tier"] or "—", _when(word["at"]), "") for word in hers["tiers"]]),
            (_("What happened, and who looked"), [self._happened(row) for row in hers["timeline"]]),
        )

    def _about(self, hers: Mapping[str, Any]) -> list[Line]:
        _ = self.words.t
        named = (
            (_("phone"), " · ".join((hers["phone"], *hers["other_phones"]))),
            (_("name"), hers["name"]),
            (_("Birthday"), hers["birthday"]),
            (_("tier"), hers["tier"]),
            (_("member since"), hers["joined_at"][:10]),
            (_("note"), hers["note"]),
            (_("Tags"), " · ".join(hers["tags"])),
        )
        return [(f"{name} {value}", "", "") for name, value in named if value]

    def _consent(self, said: Mapping[str, Any]) -> Line:
        _ = self.words.t
        what = _("Membership") if said["purpose"] == "membership" else _("Offers")
        channel = channels_said(self.words).get(said["channel"], said["channel"])
        where = " · ".join(part for part in (what, said["text_version"], channel, said["device"]) if part)
        return where, _when(said["at"]), _("Yes") if said["given"] else _("No")

    def _value(self, doc: Mapping[str, Any]) -> Line:
        paid_in = doc["kind"] == "topup"
        return doc["number"], _when(doc["at"]), _yuan(doc["money_fen"] if paid_in else -doc["money_fen"])

    def _happened(self, row: Mapping[str, Any]) -> Line:
        happened = Happened(**{name: value for name, value in row.items() if name != "at"}, at_s=0)
        said, more = happened_said(happened, self.words)
        return f"{said} · {more}" if more else said, _when(row["at"]), "" if row["fen"] is None else _yuan(row["fen"])


def _yuan(fen: int) -> str:
    return yuan_text(Money(fen))


def _when(at: str) -> str:
    return at[:10]
