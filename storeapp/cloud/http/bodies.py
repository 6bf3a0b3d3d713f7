"""Bodies: what came with a request, and what goes back."""

from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError

from storeapp.cloud.clock import Clock, instant
from storeapp.errors import Refused
from storeapp.wire import codec, messages
from storeapp.wire.messages import Message

M = TypeVar("M", bound=BaseModel)


@dataclass(eq=False)
class TooLarge(Refused):
    """The batch is longer than `most` bytes; in smaller ones it is welcome."""

    word = "too_large"
    most: int


@dataclass(eq=False)
class BadMessage(Refused):
    """The request is not what this address understands: `reason` names the first place where it is not."""

    word = "bad_message"
    reason: str


async def raw_body(request: Request) -> bytes:
    """The request's body as it came; http/limit has seen to its length."""
    return await request.body()


def parse(model: type[M], body: bytes) -> M:
    """The message in a body; raises BadMessage, which repeats nothing of what was said."""
    try:
        return model.model_validate(codec.loads(body))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise BadMessage(".".join(str(part) for part in first["loc"])[:100] or "body") from error
    except ValueError as error:
        raise BadMessage("json") from error


def answer(message: Message, status: int = 200) -> Response:
    return Response(messages.dump(message), status_code=status, media_type="application/json")


def denied(clock: Clock, word: str, status: int) -> Response:
    return answer(messages.Denied(refused=word, now=instant(clock())), status)
