"""What a console sends on its line: the visitor's envelope, with a ticket in hello, and who is to answer."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from bot.web.wire import Ack, Client, Lenient, Say, Signal


class OperatorHelloData(Lenient):
    """The first frame's data: the ticket, and what the page shows already of which conversation."""

    ticket: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    conversation_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    last_seq: Annotated[int, Field(ge=0, le=2**53)] = 0
    epoch: Annotated[str, StringConstraints(max_length=64)] | None = None
    client: Client | None = None


class OperatorHello(Lenient):
    """→ hello."""

    type: Literal["hello"]
    id: str | None = None
    data: OperatorHelloData


class HandData(Lenient):
    """Who is to answer from now on: the operator (`live`) or the bot."""

    status: Literal["live", "bot"]


class Hand(Lenient):
    """→ status."""

    type: Literal["status"]
    id: str | None = None
    data: HandData


OperatorFrame = OperatorHello | Say | Hand | Ack | Signal
OPERATOR_FRAME: TypeAdapter[OperatorFrame] = TypeAdapter(
    Annotated[OperatorFrame, Field(discriminator="type")]
)
