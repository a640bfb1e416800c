"""Whose website an address is: not the visitor's where we wrote it, or where they write from. Pure."""

from collections.abc import Iterator, Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import ReadFact
from bot.domain.reading import WEBSITE, host_of, hosts_in


def without_our_links(
    facts: Sequence[ReadFact], message: Message, history: Sequence[Message]
) -> Sequence[ReadFact]:
    """Return the facts but for a website of the company itself, quoted back or pasted by the visitor."""
    if all(fact.extractor != WEBSITE for fact in facts):
        return facts
    ours = {host for one in (*history, message) for host in _hosts_of(one)}
    return tuple(fact for fact in facts if fact.extractor != WEBSITE or host_of(fact.value) not in ours)


def _hosts_of(message: Message) -> Iterator[str]:
    """Yield the hosts that the bot wrote or cited, and of the page that the visitor wrote from."""
    if message.author is Author.BOT:
        yield from hosts_in(message.text)
        yield from (host_of(citation.url) for citation in message.citations if citation.url)
    elif message.page_url:
        yield host_of(message.page_url)
