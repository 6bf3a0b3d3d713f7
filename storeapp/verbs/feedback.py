"""feedback list: what customers answered to the one question on the receipt's page."""

from __future__ import annotations

import argparse

from storeapp import app
from storeapp.domain.feedback import Marks
from storeapp.till import feedback
from storeapp.till.feedback import Answer
from storeapp.ui import wording
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import a_count, common

SHOWN = 200


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("feedback", help="what customers answered on the receipt's page")
    deeds = parser.add_subparsers(dest="deed", metavar="list", required=True)
    listed = deeds.add_parser("list", help="the answers, the latest first")
    listed.add_argument("--low", action="store_true", help="only marks of 1 and 2")
    listed.add_argument("--limit", type=a_count, default=SHOWN, metavar="N", help=f"so many answers (default: {SHOWN})")
    common(listed)
    listed.set_defaults(run=_list)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        question = books.policy.in_force().text("feedback.question")
        found, marks = feedback.answers(books, low=chosen.low, most=max(chosen.limit, 0)), books.feedback.marks()
    if output.as_json:
        output.document(
            {
                "question": question,
                "answers": marks.answers,
                "low": marks.low,
                "average_tenths": marks.average_tenths,
                "feedback": [_told(each) for each in found],
            }
        )
        return DONE
    _ = output.t
    rows = [
        (wording.moment(each.said.at), str(each.said.mark), each.said.words, each.said.receipt, each.phone_masked)
        for each in found
    ]
    output.table((_("when"), _("mark"), _("words"), _("receipt"), _("member")), rows, right=(1,))
    output.say(_average(marks, output))
    return DONE


def _told(each: Answer) -> dict[str, object]:
    said = each.said
    return {
        "receipt": said.receipt,
        "mark": said.mark,
        "words": said.words,
        "at": said.at,
        "member_id": said.member_id,
        "phone": each.phone_masked,
    }


def _average(marks: Marks, output: Output) -> str:
    if marks.average_tenths is None:
        return output.t("Nobody has answered yet.")
    said = output.t("{answers} answers, {average} of 5 on average, {low} of them low")
    return said.format(answers=marks.answers, average=wording.tenths(marks.average_tenths), low=marks.low)
