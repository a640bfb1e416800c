"""One lead as its page shows it: what they said, in their words, why it scores as it does, what would change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.conversation import Author, Conversation, Message, MessageId
from bot.domain.facts import Fact, FactState
from bot.domain.forecast import Change, what_would_change
from bot.domain.playbook import Playbook
from bot.domain.scoring import clamp
from bot.domain.slots import Slot
from bot.leads import LeadRecord
from bot.leads.columns import is_signal
from bot.leads.mail_text import web_href
from bot.leads.winning import Winning
from bot.store.consents import ConsentRecord
from bot.store.feedback import GOODBYE, Opinion
from bot.store.handoffs import who_spoke
from bot.web.console import words
from bot.web.console.people import words_of

AUTHORS: Mapping[Author, str] = {
    Author.VISITOR: "Visitor",
    Author.BOT: "Bot",
    Author.OPERATOR: "Operator",
    Author.SYSTEM: "Note",
}
REASONS = 6
"""How many of the things that speak for or against a lead are named."""
DEEDS: Mapping[str, str] = {
    "asked_price": "asked what it costs",
    "ready_to_buy": "said they are ready to buy",
    "asked_person": "asked for a person",
    "three_questions": "asked three questions",
    "came_back": "came back",
    "three_pages": "were on three pages",
    "saw_pricing": "were on the page with the prices",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadStory:
    """Everything that is kept of a lead, as it was read in one moment; `operators` are their names by id."""

    record: LeadRecord
    history: Sequence[Fact]
    conversations: Sequence[tuple[Conversation, Sequence[Message]]]
    consents: Sequence[ConsentRecord]
    opinions: Mapping[MessageId, Opinion]
    won: Winning | None
    operators: Mapping[str, str]


def fact_rows(story: LeadStory, playbook: Playbook) -> list[dict[str, Any]]:
    """Return a row for each slot of the playbook, then for facts of slots it no longer has."""
    slots = {slot.id: slot for slot in playbook.slots}
    others = [
        Slot(id=slot, kind=playbook.slots[0].kind, label=slot)
        for slot, fact in story.record.facts.items()
        if slot not in slots and not is_signal(fact)
    ]
    rows = [_fact_row(slot, story) for slot in (*playbook.slots, *others)]
    return sorted(rows, key=lambda row: row["state"] == "not_asked")


def _fact_row(slot: Slot, story: LeadStory) -> dict[str, Any]:
    fact = story.record.facts.get(slot.id)
    earlier = [old for old in story.history if old.slot == slot.id and old != fact]
    row: dict[str, Any] = {"label": slot.label, "state": "not_asked", "words": words.STATES["not_asked"]}
    row |= {
        "doubt": "",
        "quote": "",
        "message_id": "",
        "at": None,
        "earlier": [_said(slot, old) for old in earlier],
    }
    return row if fact is None else row | _said(slot, fact)


def _said(slot: Slot, fact: Fact) -> dict[str, Any]:
    is_known = fact.state is FactState.KNOWN
    return {
        "state": fact.state.value,
        "words": words_of(slot, fact.value) if is_known else words.STATES[fact.state.value],
        "doubt": words.doubt(fact),
        "quote": words.one_line(fact.quote),
        "message_id": fact.message_id,
        "at": fact.at,
    }


def reckoning(story: LeadStory) -> dict[str, Any]:
    """Return the receipts, what they come to, and what of that is counted."""
    receipts = story.record.row.receipts
    total = sum(receipt.points for receipt in receipts)
    return {
        "receipts": [
            {
                "points": f"{receipt.points:+d}".replace("-", "−"),
                "is_loss": receipt.points < 0,
                "reason": receipt.reason,
                "rule": receipt.rule,
                "quote": words.one_line(receipt.quote or ""),
                "message_id": receipt.message_id or "",
                "at": receipt.at,
            }
            for receipt in receipts
        ],
        "total": total,
        "is_clamped": clamp(total) != total,
    }


def changes(story: LeadStory, playbook: Playbook, now: datetime) -> list[dict[str, Any]]:
    """Return what would change grade or stage, the cheapest lift first."""
    labels = {slot.id: slot.label for slot in playbook.slots}
    return [_change(change, labels) for change in what_would_change(playbook, story.history, as_of=now)]


def _change(change: Change, labels: Mapping[str, str]) -> dict[str, Any]:
    after = change.after
    return {
        "is_lift": change.is_lift,
        "because": change.because,
        "label": labels.get(change.slot or "", ""),
        "score": after.score,
        "grade": after.grade,
        "stage": words.STAGES[after.stage],
    }


def talks(story: LeadStory, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the conversations, the words that became facts marked in what the visitor wrote."""
    quotes: dict[str, dict[str, str]] = {}
    for fact in story.history:
        if not is_signal(fact):
            quotes.setdefault(fact.message_id, {})[fact.quote] = labels.get(fact.slot, fact.slot)
    return [
        {
            "started_at": talk.started_at,
            "locale": talk.locale or "",
            "page": words.one_line(talk.page_title or talk.page_url or ""),
            "page_href": web_href(talk.page_url),
            "messages": [
                _message(message, quotes.get(message.message_id, {}))
                | {"by": _by(message, story.operators)}
                | {"opinion": _opinion(message, story.opinions.get(message.message_id))}
                for message in said
            ],
        }
        for talk, said in story.conversations
    ]


def _message(message: Message, quotes: Mapping[str, str]) -> dict[str, Any]:
    is_visitor = message.author is Author.VISITOR
    return {
        "id": message.message_id,
        "author": message.author.value,
        "pieces": list(words.marked(message.text, quotes if is_visitor else {})),
        "is_unanswered": message.kind == "none",
        "at": message.at,
        "citations": [
            {
                "n": citation.n,
                "title": words.one_line(citation.title),
                "quote": words.one_line(citation.quote),
                "href": web_href(citation.link) or web_href(citation.url),
            }
            for citation in message.citations
        ],
    }


def _by(message: Message, names: Mapping[str, str]) -> str:
    """Return who wrote a message, an operator by name as long as there is such a user."""
    spoke = who_spoke(message)
    return names.get(spoke or "", AUTHORS[message.author])


def _opinion(message: Message, given: Opinion | None) -> dict[str, Any] | None:
    if given is None:
        return None
    what = "This chat" if message.kind == GOODBYE else "This"
    return {
        "words": f"{what} {'helped' if given.helpful else 'did not help'}",
        "is_good": given.helpful,
        "comment": words.one_line(given.comment or ""),
        "at": given.at,
    }


def consent_rows(story: LeadStory) -> list[dict[str, Any]]:
    """Return what the visitor said to the consent question, the latest first."""
    return [
        {
            "answer": words.CONSENTS.get(one.answer, one.answer),
            "text": one.text,
            "version": one.text_version,
            "locale": one.locale or "",
            "message_id": one.message_id or "",
            "at": one.at,
        }
        for one in reversed(story.consents)
    ]


def because(won: Winning, labels: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return what speaks for a lead and what against it, the weightiest first: facts by label, and what was done."""
    weights: dict[str, float] = {}
    for column, points in won.because:
        name = _column_in_words(column, labels)
        weights[name] = weights.get(name, 0.0) + points
    heaviest = sorted(weights, key=lambda name: -abs(weights[name]))[:REASONS]
    sides = {"For it": [name for name in heaviest if weights[name] > 0]}
    sides["Against it"] = [name for name in heaviest if weights[name] < 0]
    return [(side, names) for side, names in sides.items() if names]


def _column_in_words(column: str, labels: Mapping[str, str]) -> str:
    """Return the column of a learned score as people call it: a slot with its values is one thing."""
    if column == "page":
        return "the page they began on"
    of, _, part = column.partition(".")
    if of == "did":
        return f"whether they {DEEDS.get(part, part.replace('_', ' '))}"
    return labels.get(of, of.replace("_", " ")).lower()
