"""policy show | set: what the owner may tune."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain import policy as rules
from storeapp.till.policies import policy_in_force, set_policy
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("policy", help="shows and sets what the owner may tune")
    deeds = parser.add_subparsers(dest="deed", metavar="show|set", required=True)
    show = deeds.add_parser("show", help="everything, or one key")
    show.add_argument("key", nargs="?")
    common(show)
    show.set_defaults(run=_show)
    change = deeds.add_parser("set", help="KEY is VALUE from now on")
    change.add_argument("key")
    change.add_argument("value")
    change.add_argument("--as", dest="actor", default="", metavar="CODE", help="the staff code of whoever decides")
    common(change)
    change.set_defaults(run=_set)


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        policy = policy_in_force(till.shop)
    keys = [chosen.key] if chosen.key else list(rules.RULES)
    values = {key: policy.get(key) for key in keys}
    if output.as_json:
        output.document(values)
    else:
        output.facts([(key, _shown(value)) for key, value in values.items()])
    return DONE


def _set(chosen: argparse.Namespace, output: Output) -> int:
    value = rules.from_words(chosen.key, chosen.value)
    with app.open_till(chosen.shop) as till:
        set_policy(till.shop, chosen.key, value, clock=till.clock, actor=chosen.actor)
    if output.as_json:
        output.document({chosen.key: value})
    else:
        said = output.t("{key} is now {value}.") if _shown(value) else output.t("{key} is empty now.")
        output.say(said.format(key=chosen.key, value=_shown(value)))
    return DONE


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
