"""A client for one provider's address, for the libraries that want to make their requests themselves.

Each request is resolved and checked by the guard, and goes to a checked address with the certificate of the name;
it may go to the provider's own host and to no other. Redirects are not followed, proxies not used, answers not
unpacked and not longer than the limit. Connections are kept for the next request: they belong to one name.
"""

from typing import TYPE_CHECKING

from bot.outbound.guard import ForbiddenAddressError, Guard, UnresolvedNameError

if TYPE_CHECKING:
    import httpx2

MAX_ANSWER_BYTES = 1024 * 1024
CONNECT_TIMEOUT_S = 5.0


def open_provider_client(
    guard: Guard, base_url: str, *, max_answer_bytes: int = MAX_ANSWER_BYTES
) -> "httpx2.AsyncClient":
    """Return a client that calls the host of `base_url` and no other. Close it when it is needed no more.

    Its errors are httpx2's; where the guard or a limit is the reason, a `BotError` is among their causes. It
    waits for an answer for ever: whoever calls bounds the whole.
    """
    import httpx2

    from bot.outbound.pinned import PinnedTransport

    return httpx2.AsyncClient(
        transport=PinnedTransport(guard, base_url, max_answer_bytes=max_answer_bytes),
        timeout=httpx2.Timeout(None, connect=CONNECT_TIMEOUT_S),
        trust_env=False,
        follow_redirects=False,
    )


async def find_obstacle(guard: Guard, base_url: str) -> str | None:
    """Return why requests to a provider will not leave, with the remedy; None when they will.

    A name that can not be resolved now is no obstacle: it may be later.
    """
    import httpx2

    from bot.outbound.pinned import origin_of

    _, host, port = origin_of(httpx2.URL(base_url))
    try:
        await guard.addresses_of(host, port)
    except ForbiddenAddressError as error:
        return str(error)
    except UnresolvedNameError:
        return None
    return None
