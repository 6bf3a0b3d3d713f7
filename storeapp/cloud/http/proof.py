"""Proof at the door: the caller of a signed request, and how a signed body is described."""

from typing import Any

from fastapi import Request

from storeapp.cloud.ingest import auth
from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.services import Cloud
from storeapp.wire import messages
from storeapp.wire.signing import Request as Signed


def takes(model: type[messages.Message]) -> dict[str, Any]:
    """The body in the service's description; it is read as bytes, since those are signed."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def prove(cloud: Cloud, request: Request, body: bytes) -> Caller:
    """Who asks; raises BadSignature, UnknownDevice or Replayed."""
    # as they came over the wire: what is signed is the bytes, not what a framework makes of them
    path = request.scope.get("raw_path", b"").split(b"?")[0].decode("ascii", "replace")
    query = request.scope["query_string"].decode("ascii", "replace")
    signed = Signed(request.method, path, query, body)
    return auth.prove(cloud.database, signed, request.headers, now=cloud.clock())
