"""serve and cloud: the service itself, and what its owner does from the command line."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from storeapp import logs
from storeapp.cloud.opening import Place, default_folder, open_cloud
from storeapp.cloud.services import Cloud
from storeapp.errors import Unavailable

DONE, DIFFERS = 0, 1
DEFAULT_LISTEN = "127.0.0.1:8700"
PAY_PROVIDERS = ("wechat", "alipay")
FUNNEL_KEYS = ("store", "till", "cashier", "offer", "variant", "hour", "day")


@dataclass(eq=False)
class AddressTaken(Unavailable):
    """Nothing can listen at `address`."""

    word = "address_taken"
    address: str


class Output(Protocol):
    """Where a verb says what it did; the command line brings one."""

    as_json: bool

    def document(self, data: Any) -> None: ...
    def say(self, *lines: str) -> None: ...
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None: ...
    def t(self, msgid: str) -> str: ...


Verb = Callable[[Cloud, argparse.Namespace, Output], int]


def add_parser(subparsers: Any) -> None:
    """The verbs `serve` and `cloud ...`, each with `run` set."""
    serving = subparsers.add_parser("serve", help="runs the cloud")
    _place(serving)
    serving.add_argument("--listen", default=DEFAULT_LISTEN, metavar="HOST:PORT", type=_address)
    serving.add_argument(
        "--public-url", default="", metavar="URL", type=_public_url, help="the address tills print on receipts"
    )
    serving.set_defaults(run=_serve)
    owner = subparsers.add_parser("cloud", help="the owner's verbs at the cloud")
    kinds = owner.add_subparsers(dest="kind", metavar="WHAT", required=True)
    tenant = _words(kinds, "tenant", "add", "a new shop", _tenant_add)
    tenant.add_argument("name", metavar="NAME")
    store = _words(kinds, "store", "add", "a new store of a shop", _store_add)
    store.add_argument("code", metavar="CODE")
    store.add_argument("name", metavar="NAME")
    _tenant(store)
    till = _words(kinds, "till", "invite", "a code with which a device becomes this till", _till_invite)
    _tenant(till)
    till.add_argument("--store", required=True, metavar="CODE")
    till.add_argument("--till", required=True, metavar="CODE")
    token = _words(kinds, "token", "show", "what a receipt's token says", _token_show)
    token.add_argument("token", metavar="TOKEN")
    _device_verbs(kinds)
    _pay_verbs(kinds)
    for name, purpose, verb in (
        ("sales", "what was sold", _sales),
        ("shifts", "the Z reports of the tills", _shifts),
        ("check", "recomputes everything", _check),
    ):
        _tenant(_verb(kinds, name, purpose, verb))
    funnel = _verb(kinds, "funnel", "how far the receipts' shoppers have come", _funnel)
    _tenant(funnel)
    funnel.add_argument("--by", choices=FUNNEL_KEYS, default="till")


def _device_verbs(kinds: Any) -> None:
    parser = kinds.add_parser("device", help="the devices of a shop")
    verbs = parser.add_subparsers(dest="verb2", metavar="VERB", required=True)
    shown = _verb(verbs, "list", "the devices and how far their journals reach", _device_list)
    _tenant(shown)
    revoked = _verb(verbs, "revoke", "a device that is lost: it learns nothing any more", _device_revoke)
    revoked.add_argument("device", metavar="DEVICE")
    _tenant(revoked)


def _pay_verbs(kinds: Any) -> None:
    parser = kinds.add_parser("pay", help="the shop's keys at the wallets' companies")
    verbs = parser.add_subparsers(dest="verb2", metavar="VERB", required=True)
    shown = _verb(verbs, "show", "whose keys are here, by account and fingerprint", _pay_show)
    _tenant(shown)
    listed = _verb(verbs, "list", "what was asked of the wallets' companies, and what became of it", _pay_list)
    _tenant(listed)
    listed.add_argument("--unclear", action="store_true", help="only what nobody knows the end of")
    listed.add_argument("--limit", type=int, default=200, metavar="N", help="at most so many, the newest first")
    put = _verb(verbs, "set", "hands over keys, in files; they are never shown again", _pay_set)
    gone = _verb(verbs, "remove", "forgets keys", _pay_remove)
    for verb in (put, gone):
        _tenant(verb)
        verb.add_argument("--provider", required=True, choices=PAY_PROVIDERS)
    for name in ("mchid", "appid", "serial", "platform-serial", "app-id", "seller-id", "gateway"):
        put.add_argument(f"--{name}", default="", metavar="TEXT")
    # a key on the command line would stand in the shell's history and in the list of processes
    for name in ("private-key", "platform-key"):
        put.add_argument(f"--{name}-file", type=Path, metavar="FILE")


def _words(kinds: Any, noun: str, verb: str, purpose: str, run: Verb) -> argparse.ArgumentParser:
    parser = kinds.add_parser(noun, help=purpose)
    return _verb(parser.add_subparsers(dest="verb2", metavar="VERB", required=True), verb, purpose, run)


def _verb(kinds: Any, name: str, purpose: str, run: Verb) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=purpose)
    _place(parser)
    parser.set_defaults(run=lambda chosen, output: _opened(chosen, output, run))
    return parser


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="the cloud's folder: its secret, and its database")
    parser.add_argument(
        "--database", default="", metavar="URL", type=_database, help="postgresql+psycopg://... instead of that file"
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of words")


def _tenant(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tenant", required=True, metavar="T")


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


def _public_url(text: str) -> str:
    # nothing named: argparse asks for its own default too
    if not text:
        return text
    try:
        parts = urlsplit(text)
        is_fine = parts.scheme in ("https", "http") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        is_fine = False
    if not is_fine:
        raise argparse.ArgumentTypeError(f"{text!r} is no address a phone could open")
    return text.rstrip("/")


def _database(text: str) -> str:
    # a password may stand in it: it is not said again
    if text and not text.startswith(("postgresql+psycopg://", "sqlite://")):
        raise argparse.ArgumentTypeError("a database is postgresql+psycopg://... or sqlite:///...")
    return text


def _open(chosen: argparse.Namespace, *, public_url: str = "", makes: bool = True) -> Cloud:
    return open_cloud(Place(chosen.data or default_folder(), chosen.database), public_url=public_url, makes=makes)


def _opened(chosen: argparse.Namespace, output: Output, verb: Verb) -> int:
    # a shop's first tenant begins its cloud; any other verb asks of one that is there
    cloud = _open(chosen, makes=verb is _tenant_add)
    try:
        return verb(cloud, chosen, output)
    finally:
        cloud.database.close()


def run(chosen: argparse.Namespace, output: Output) -> int:
    """Runs the verb parsed into `chosen`; errors of storeapp.errors go to the caller."""
    code: int = chosen.run(chosen, output)
    return code


def _serve(chosen: argparse.Namespace, output: Output) -> int:
    # the web server takes a while to import, and no other verb needs it
    from storeapp.cloud import server

    host, port = _address(chosen.listen) if isinstance(chosen.listen, str) else chosen.listen
    try:
        bound = server.listen(host, port)
    except OSError as error:
        raise AddressTaken(f"{host}:{port}") from error
    with bound:
        folder = chosen.data or default_folder()
        cloud = _open(chosen, public_url=chosen.public_url)
        handler = logs.start(folder)
        try:
            server.serve(cloud, bound, ready=lambda url: output.say(f"listening on {url}"))
        finally:
            logs.stop(handler)
            cloud.database.close()
    return DONE


def _tenant_add(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tenants

    told = tenants.tenant_add(cloud, chosen.name)
    return _told(output, told, lambda: output.say(told["tenant"]))


def _store_add(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tenants

    told = tenants.store_add(cloud, chosen.tenant, chosen.code, chosen.name)
    return _told(output, told, lambda: output.say(f"{told['store']}  {told['store_id']}"))


def _till_invite(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tenants

    told = tenants.till_invite(cloud, chosen.tenant, chosen.store, chosen.till)
    said = output.t("{code}, good until {until}").format(code=told["code"], until=told["expires_at"])
    return _told(output, told, lambda: output.say(said))


def _device_list(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tenants

    told = tenants.device_list(cloud, chosen.tenant)
    return _told(output, told, lambda: _table(output, told["devices"]))


def _device_revoke(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tenants

    told = tenants.device_revoke(cloud, chosen.tenant, chosen.device)
    return _told(output, told, lambda: output.say(f"{told['device']}  {told['state']}"))


def _pay_set(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import pay

    names = ("mchid", "appid", "serial", "platform_serial", "app_id", "seller_id", "gateway")
    given = {name: getattr(chosen, name) for name in names}
    files = {name: getattr(chosen, f"{name}_file") for name in ("private_key", "platform_key")}
    told = pay.pay_set(cloud, chosen.tenant, chosen.provider, given, {k: v for k, v in files.items() if v is not None})
    return _told(output, told, lambda: _table(output, [told]))


def _pay_show(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import pay

    told = pay.pay_show(cloud, chosen.tenant)

    def say() -> None:
        for row in told["keys"]:
            _table(output, [row])
        if not told["keys"]:
            output.say(output.t("Nothing yet."))

    return _told(output, told, say)


def _pay_list(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import payments

    told = payments.pay_list(cloud, chosen.tenant, unclear=chosen.unclear, limit=chosen.limit)
    shown = ("asked_at", "store", "till", "kind", "provider", "trade_number", "fen", "state", "reason")
    # `fen` is an amount here
    rows = [{f"{n}_fen" if n == "fen" else n: row[n] for n in shown} for row in told["payments"]]
    return _told(output, told, lambda: _table(output, rows))


def _pay_remove(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import pay

    told = pay.pay_remove(cloud, chosen.tenant, chosen.provider)
    return _told(output, told, lambda: output.say(told["removed"]))


def _sales(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import sales

    told = sales.sales(cloud, chosen.tenant)
    return _told(output, told, lambda: _table(output, told["sales"]))


def _shifts(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import shifts

    told = shifts.shifts(cloud, chosen.tenant)
    shown = ("store", "till", "business_date", "number", "z_number", "sales", "due_fen", "difference_fen", "grand_fen")
    return _told(output, told, lambda: _table(output, [{name: row[name] for name in shown} for row in told["shifts"]]))


def _token_show(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import tokens

    told = tokens.token_show(cloud, chosen.token)
    return _told(output, told, lambda: _table(output, [told]))


def _funnel(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import funnel

    told = funnel.funnel(cloud, chosen.tenant, chosen.by)
    whole = {chosen.by: output.t("together")} | told["whole"]
    return _told(output, told, lambda: _table(output, [*told["rows"], whole]))


def _check(cloud: Cloud, chosen: argparse.Namespace, output: Output) -> int:
    from storeapp.cloud.admin import check

    told = check.check(cloud, chosen.tenant)

    def say() -> None:
        _table(output, [told["counts"]])
        for finding in (*told["alarms"], *told["findings"]):
            output.say("  ".join(f"{key}={value}" for key, value in finding.items()))
        output.say(output.t("All is well.") if told["ok"] else output.t("Something differs; see above."))

    _told(output, told, say)
    return DONE if told["ok"] else DIFFERS


def _told(output: Output, told: dict[str, Any], say: Callable[[], None]) -> int:
    if output.as_json:
        output.document(told)
    else:
        say()
    return DONE


def _table(output: Output, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        output.say(output.t("Nothing yet."))
        return
    columns = list(rows[0])
    cells = [["" if row[name] is None else _cell(name, row[name]) for name in columns] for row in rows]
    right = [n for n, name in enumerate(columns) if isinstance(rows[0][name], int)]
    output.table([name.removesuffix("_fen") for name in columns], cells, right=right)


def _cell(name: str, value: object) -> str:
    if name.endswith("_fen") and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value)
