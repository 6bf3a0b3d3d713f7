"""The tills' addresses for payments: take, query, reverse, refund, refund-query. What they say is in wire/pay."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response

from storeapp.cloud.http.bodies import answer, denied, parse, raw_body
from storeapp.cloud.http.proof import prove, takes
from storeapp.cloud.ingest import hello
from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.pay import relay
from storeapp.cloud.services import Cloud
from storeapp.wire import pay
from storeapp.wire.messages import Busy, Denied, Message
from storeapp.wire.pay import PayAnswer

Body = Annotated[bytes, Depends(raw_body)]
M = TypeVar("M", bound=Message)
Deed = Callable[[Cloud, Caller, M], PayAnswer]


def make_router(cloud: Cloud) -> APIRouter:
    """The five addresses on one cloud."""
    router = APIRouter(
        tags=["payments"],
        responses={
            400: {"model": Denied},
            401: {"model": Denied},
            403: {"model": Denied},
            404: {"model": Denied},
            409: {"model": Denied},
            503: {"model": Busy},
        },
    )
    _add(router, cloud, pay.TAKE_PATH, pay.PayTakeAsk, relay.take, "Asks a customer's wallet for money, once.")
    _add(router, cloud, pay.QUERY_PATH, pay.PayTradeAsk, relay.query, "What became of it.")
    _add(router, cloud, pay.REVERSE_PATH, pay.PayTradeAsk, relay.reverse, "Undoes it, whatever became of it.")
    _add(router, cloud, pay.REFUND_PATH, pay.PayRefundAsk, relay.refund, "Gives money back, once.")
    _add(router, cloud, pay.REFUND_QUERY_PATH, pay.PayRefundQueryAsk, relay.refund_query, "What became of a refund.")
    return router


def _add(router: APIRouter, cloud: Cloud, path: str, model: type[M], deed: "Deed[M]", purpose: str) -> None:
    def asked(request: Request, body: Body) -> Response:
        caller = prove(cloud, request, body)
        # who is shut out learns nothing and moves no money
        if hello.store_of(cloud, caller)[1] == "revoked":
            return denied(cloud.clock, "revoked", 403)
        return answer(deed(cloud, caller, parse(model, body)))

    router.add_api_route(
        path,
        asked,
        methods=["POST"],
        response_model=PayAnswer,
        description=purpose,
        operation_id=path.strip("/").replace("/", "_"),
        openapi_extra=takes(model),
    )
