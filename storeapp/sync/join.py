"""Join: a shop that stood alone becomes a till of a cloud.

What it sold before goes up with its journal, and its own capture keys stay valid beside the one the cloud gives.
"""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from storeapp.domain.capture import CLOUD_VERSION, CaptureKey
from storeapp.domain.shift import numbers_from
from storeapp.errors import Refused
from storeapp.sync import push, transport
from storeapp.sync.client import CloudClient, InviteRefused
from storeapp.sync.identity import Keystore, app_name, connect, kept_key, made_key
from storeapp.sync.transport import CloudSpeaksGarbage, Signer
from storeapp.till.ports import Clock, Shop
from storeapp.till.records import Device
from storeapp.till.training_shop import check_may_leave
from storeapp.wire import codec, messages

log = logging.getLogger(__name__)

CODE_LENGTH_MAX = 40


@dataclass(eq=False)
class AlreadyJoined(Refused):
    """This till belongs to the cloud at `url`, and a till belongs to one."""

    url: str
    word = "already_joined"


@dataclass(eq=False)
class OtherTenant(Refused):
    """The invite is from another shop than the one this till belongs to."""

    word = "other_tenant"


@dataclass(frozen=True, slots=True)
class Joined:
    """Where the till belongs now. `is_plain` warns that others on the way can read what it says."""

    url: str
    tenant: str
    store: str
    store_name: str
    till: str
    is_plain: bool


def join(shop: Shop, url: str, code: str, *, keystore: Keystore, clock: Clock) -> Joined:
    """Enrols this till with an invite code. If the answer is lost, the same call again brings it.

    A till that has joined may do so again only at the same cloud, and only when that does not go on with it as it is:
    it was restored from a backup, lost its key, or was shut out.

    Raises AlreadyJoined, OtherTenant, TrainingStaysHere, BadUrl, InviteRefused or Unavailable; then nothing has
    changed here.
    """
    address = transport.cloud_url(url)
    typed = code.strip()
    if not 0 < len(typed) <= CODE_LENGTH_MAX:
        raise InviteRefused("length")
    if not typed.isprintable():
        # half a letter, as a terminal of another encoding sends it, cannot even be asked for
        raise InviteRefused("letters")
    with shop.reading() as books:
        device = books.device
    check_may_leave(device)
    if device.is_joined:
        _check_may_join_again(shop, device, address, keystore=keystore, clock=clock)
    if transport.is_plain(address):
        log.warning("%s is not encrypted: who sits on the way can read everything sent", address)
    key = made_key(keystore, device.device_id)
    with closing(CloudClient(address, Signer(device.device_id, key), clock=clock, plain_http_allowed=True)) as client:
        answer = client.enrol(_ask(device, typed, key.public_key().public_bytes_raw()))
    _settle(shop, address, answer, before=device, at=clock.now().isoformat())
    return Joined(
        url=address,
        tenant=answer.tenant_name,
        store=answer.store_code,
        store_name=answer.store_name,
        till=answer.till_code,
        is_plain=transport.is_plain(address),
    )


def _check_may_join_again(shop: Shop, device: Device, address: str, *, keystore: Keystore, clock: Clock) -> None:
    if address != device.cloud_url:
        raise AlreadyJoined(device.cloud_url)
    if kept_key(keystore, device.device_id) is None:
        return
    with shop.reading() as books:
        greeting = push.greeting(books, now=clock.now().isoformat())
    with closing(connect(shop, keystore, clock=clock)) as client:
        verdict = client.hello(greeting).verdict
    if verdict == "ok":
        raise AlreadyJoined(device.cloud_url)


def _ask(device: Device, code: str, public_key: bytes) -> messages.EnrolAsk:
    return messages.EnrolAsk(
        code=code,
        device_id=device.device_id,
        epoch=device.epoch,
        public_key=codec.b64(public_key),
        app=app_name(),
        db_uuid=device.db_uuid,
    )


def _settle(shop: Shop, url: str, answer: messages.EnrolAnswer, *, before: Device, at: str) -> None:
    key = _capture_key(answer)
    if answer.public_url and urlsplit(answer.public_url).scheme not in ("https", "http"):
        raise CloudSpeaksGarbage("public_url")
    if before.tenant_id not in ("", answer.tenant_id):
        raise OtherTenant
    with shop.writing() as books:
        # another window may have been quicker
        if books.device != before:
            raise AlreadyJoined(books.device.cloud_url)
        if answer.epoch < before.epoch:
            raise CloudSpeaksGarbage("epoch")
        if answer.epoch > before.epoch:
            # the cloud has heard another life of this till: told again, it takes what it does not know yet
            books.journal.carry_over(answer.epoch)
        if answer.capture_epoch > 0 and key not in before.keys:
            # another machine was this till: nobody here knows what it has printed today
            until = (datetime.fromisoformat(at) + timedelta(days=1)).date().isoformat()
            books.sales.skip_numbers(answer.capture_epoch, until_date=until)
            books.shifts.skip_numbers(first=numbers_from(datetime.fromisoformat(at)))
        books.put_device(
            replace(
                before,
                epoch=answer.epoch,
                store=answer.store_code,
                till=answer.till_code,
                keys=(*(kept for kept in before.keys if kept != key), key),
                cloud_url=url,
                tenant_id=answer.tenant_id,
                store_id=answer.store_id,
                public_url=answer.public_url,
            )
        )
        books.journal.append("device.joined", {"tenant_id": answer.tenant_id, "url": url}, at=at)


def _capture_key(answer: messages.EnrolAnswer) -> CaptureKey:
    try:
        raw = codec.unb64(answer.capture_key)
    except ValueError:
        raise CloudSpeaksGarbage("capture_key") from None
    if len(raw) != 32:
        raise CloudSpeaksGarbage("capture_key")
    return CaptureKey(CLOUD_VERSION, answer.capture_epoch, answer.till_number, raw)
