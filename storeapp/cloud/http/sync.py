"""The tills' addresses: enrol, hello, push, pull. What they say is in storeapp/wire."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from storeapp.cloud import alarms, feeds
from storeapp.cloud.http.bodies import TooLarge, answer, denied, parse, raw_body
from storeapp.cloud.http.proof import prove, takes
from storeapp.cloud.ingest import enrol, hello, push
from storeapp.cloud.ingest.auth import UnknownDevice
from storeapp.cloud.services import Cloud
from storeapp.wire import versions
from storeapp.wire.messages import (
    Busy,
    Denied,
    EnrolAnswer,
    EnrolAsk,
    HelloAnswer,
    HelloAsk,
    PullAnswer,
    PushAnswer,
    PushAsk,
    PushConflict,
)

Body = Annotated[bytes, Depends(raw_body)]


def address_of(request: Request) -> str:
    """Where a request came from, for counting only."""
    return request.client.host if request.client is not None else ""


def make_router(cloud: Cloud) -> APIRouter:
    """The four addresses on one cloud."""
    router = APIRouter(
        tags=["tills"],
        responses={400: {"model": Denied}, 413: {"model": Denied}, 503: {"model": Busy}},
    )
    _meet(router, cloud)
    _exchange(router, cloud)
    return router


def _meet(router: APIRouter, cloud: Cloud) -> None:
    @router.post(
        versions.ENROL_PATH,
        response_model=EnrolAnswer,
        openapi_extra=takes(EnrolAsk),
        responses={403: {"model": Denied}, 429: {"model": Busy}},
    )
    def enrol_(request: Request, body: Body) -> Response:
        """A device becomes the till its invite code names."""
        address = address_of(request)
        if cloud.gates.enrolments.is_used_up(address):
            return answer(Busy(retry_after=60), 429)
        cloud.gates.enrolments.count(address)
        public_url = str(request.base_url).rstrip("/")
        return answer(enrol.enrol(cloud, parse(EnrolAsk, body), public_url=public_url))

    @router.post(
        versions.HELLO_PATH,
        response_model=HelloAnswer,
        openapi_extra=takes(HelloAsk),
        responses={401: {"model": Denied}},
    )
    def hello_(request: Request, body: Body) -> Response:
        """Where to go on from."""
        try:
            caller = prove(cloud, request, body)
        except UnknownDevice:
            return answer(hello.unknown(cloud))
        return answer(hello.hello(cloud, caller, parse(HelloAsk, body)))


def _exchange(router: APIRouter, cloud: Cloud) -> None:
    @router.post(
        versions.PUSH_PATH,
        response_model=PushAnswer,
        openapi_extra=takes(PushAsk),
        responses={401: {"model": Denied}, 409: {"model": PushConflict}},
    )
    def push_(request: Request, body: Body) -> Response:
        """The journal, from where the cloud has it."""
        caller = prove(cloud, request, body)
        ask = parse(PushAsk, body)
        if len(body) > versions.PUSH_BYTES and len(ask.ev) > 1:
            raise TooLarge(versions.PUSH_BYTES)
        said = push.push(cloud, caller, ask)
        return answer(said, 409 if isinstance(said, PushConflict) else 200)

    @router.get(
        versions.PULL_PATH,
        response_model=PullAnswer,
        responses={401: {"model": Denied}, 403: {"model": Denied}, 404: {"model": Denied}},
    )
    def pull_(
        request: Request,
        feed: Annotated[str, Query(max_length=60)],
        after: Annotated[int, Query(ge=0, le=2**62)] = 0,
        limit: Annotated[int, Query(ge=1, le=versions.PULL_ROWS)] = versions.PULL_ROWS,
    ) -> Response:
        """A feed's next rows."""
        caller = prove(cloud, request, b"")
        store_id, state = hello.store_of(cloud, caller)
        if state == "revoked":
            return denied(cloud.clock, "revoked", 403)
        if feed not in (feeds.POLICY, feeds.CATALOG, feeds.members_of(store_id)):
            return denied(cloud.clock, "unknown_feed", 404)
        if feed == feeds.POLICY:
            alarms.tell(cloud.database, caller.tenant_id)
        rows = feeds.pull(cloud.database, cloud.keys, caller.tenant_id, feed, after=after, limit=limit)
        return answer(rows)
