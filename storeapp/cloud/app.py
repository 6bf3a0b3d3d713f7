"""The app: the tills' addresses and the shoppers' pages, on one cloud."""

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from storeapp import logs
from storeapp.cloud.http import pay, sync
from storeapp.cloud.http.bodies import answer, denied
from storeapp.cloud.http.limit import BodyLimit
from storeapp.cloud.pages import router as pages
from storeapp.cloud.services import Cloud
from storeapp.errors import Refused, Unavailable
from storeapp.wire import messages
from storeapp.wire import pay as pay_messages
from storeapp.wire.versions import WIRE

LOG = logging.getLogger(__name__)

STATUS = {
    "bad_signature": 401,
    "unknown_device": 401,
    "replayed": 401,
    "bad_invite": 403,
    "device_taken": 403,
    "no_pay_keys": 404,
    "unknown_trade": 404,
    "number_reused": 409,
    "too_large": 413,
}
RETRY_AFTER_S = 2


def make_app(cloud: Cloud) -> FastAPI:
    """The web service on one cloud."""
    app = FastAPI(title="storeapp cloud", version=str(WIRE), docs_url=None, redoc_url=None, openapi_url="/openapi.json")

    @app.get("/healthz", tags=["service"])
    def healthz() -> dict[str, str]:
        """Whether the database answers."""
        cloud.tills.refresh()
        return {"status": "ok"}

    app.include_router(sync.make_router(cloud))
    app.include_router(pay.make_router(cloud))
    # last: its addresses are whatever is left
    app.include_router(pages.make_router(cloud))
    _answer_errors(app, cloud)
    _describe(app)
    app.add_middleware(BodyLimit)
    return app


def _answer_errors(app: FastAPI, cloud: Cloud) -> None:
    @app.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> Response:
        word = str(error.facts().get("reason", error.word)) if error.word == "bad_signature" else error.word
        return denied(cloud.clock, word, STATUS.get(error.word, 400))

    @app.exception_handler(RequestValidationError)
    def misread(_request: Request, _error: RequestValidationError) -> Response:
        return denied(cloud.clock, "bad_message", 400)

    @app.exception_handler(Unavailable)
    def unavailable(_request: Request, error: Unavailable) -> Response:
        LOG.warning("unavailable: %s", error)
        return answer(messages.Busy(retry_after=RETRY_AFTER_S), 503)

    @app.exception_handler(Exception)
    def broken(_request: Request, error: Exception) -> Response:
        # the path of a page is a receipt, so the log gets the error and an id, and the caller the same id
        return denied(cloud.clock, f"broken_{logs.fault(error, where=__name__)}", 500)


def _describe(app: FastAPI) -> None:
    """Adds the messages to the description; the tills' addresses read their bodies themselves."""
    models: list[Any] = [messages.EnrolAsk, messages.HelloAsk, messages.PushAsk, *pay_messages.ASKS]

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = get_openapi(title=app.title, version=app.version, routes=app.routes)
            _, more = models_json_schema(
                [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
            )
            described.setdefault("components", {}).setdefault("schemas", {}).update(more["$defs"])
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to describe more
