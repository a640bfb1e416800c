"""The first frame of a console's socket: is its ticket good, and may this operator see that conversation?"""

from dataclasses import dataclass

from bot.domain.conversation import Author, Conversation, ConversationId
from bot.store import Connection, consents, conversations, operator_tickets
from bot.store.lead_filter import WITHDRAWN
from bot.store.operators import SessionRow
from bot.web.line import Closed, Line
from bot.web.operator_session import Operator, find_login
from bot.web.operator_wire import OPERATOR_FRAME, OperatorHello, OperatorHelloData
from bot.web.parts import Parts
from bot.web.resuming import Greeted, Seen, why_not_resumed
from bot.web.sessions import token_hash
from bot.web.visitor_hello import first_frame, limit_hellos
from bot.web.wire import error_frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Greeted):
    """What a console's greeted socket starts from."""

    operator: Operator
    thread: Conversation


async def hear_operators_hello(line: Line, operator: Operator, parts: Parts) -> Followed:
    """Wait for hello, use its ticket up, and find the conversation.

    Raises:
        Closed: 4001 no hello in time, 4008 too many, 4009 the login is over, 4500 bad ticket, 4505 there is no such
            conversation, or it is not theirs to see.
    """
    frame = await first_frame(line, parts, OPERATOR_FRAME)
    if not isinstance(frame, OperatorHello):
        line.put(error_frame("unexpected", "The first frame must be hello.", frame_id=frame.id))
        raise Closed(4001, "the first frame must be hello")
    await limit_hellos(operator.operator_id, line, parts)
    await use_up(frame.data.ticket, operator, parts)
    return await followed_by(frame.data, operator, parts)


async def use_up(ticket: str, operator: Operator, parts: Parts) -> None:
    """Use a ticket up.

    Raises:
        Closed: 4500 it is none, was used before, is over, or is another login's.
    """
    async with parts.db.write() as connection:
        is_good = await operator_tickets.redeem(
            connection, token_hash(ticket), operator.session_hash, now=parts.clock()
        )
    if not is_good:
        raise Closed(4500, "bad ticket")


async def followed_by(hello: OperatorHelloData, operator: Operator, parts: Parts) -> Followed:
    """Find the conversation and decide what can be resumed."""
    epoch, conversation_id = parts.db.epoch, ConversationId(hello.conversation_id)
    async with parts.db.read() as connection:
        thread = await check_access(connection, conversation_id, operator, parts)
    seen = Seen(last_seq=hello.last_seq, epoch=hello.epoch, conversation_id=conversation_id)
    reason = why_not_resumed(seen, thread, parts, epoch)
    return Followed(
        epoch=epoch,
        visitor_id=thread.visitor_id,
        conversation=thread,
        after=thread.head_seq if reason else hello.last_seq,
        reason=reason,
        author=Author.OPERATOR,
        operator_id=operator.operator_id,
        operator=operator,
        thread=thread,
    )


async def check_access(
    connection: Connection, conversation_id: ConversationId, operator: Operator, parts: Parts
) -> Conversation:
    """Return the conversation as long as the operator may see it.

    Raises:
        Closed: 4009 the login is over, 4505 there is none, it is another site's, or its visitor took their yes back.
    """
    login = await find_login(connection, operator.session_hash, parts)
    if login is None:
        raise Closed(4009, "the login is over")
    thread = await conversations.find(connection, conversation_id)
    if thread is None or not sees(login, thread, parts):
        raise Closed(4505, "there is no such conversation")
    answers = await consents.history(connection, thread.visitor_id)
    if answers and answers[-1].answer == WITHDRAWN:
        raise Closed(4505, "there is no such conversation")
    return thread


def sees(login: SessionRow, thread: Conversation, parts: Parts) -> bool:
    """Whether the conversation is of a served site that the operator sees."""
    return login.operator.site_id in {None, thread.site_id} and thread.site_id in parts.fronts()
