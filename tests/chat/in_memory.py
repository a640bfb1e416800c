"""A conversation with the engine alone: understood, decided and worded as in a turn, with no database around it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.chat.compose import Scene, compose
from bot.chat.looked_up import in_light_of
from bot.chat.understand import facts_after, understand
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Author, Consent, ConversationId, Message, MessageId
from bot.domain.dialogue import Situation, Step, next_step
from bot.domain.facts import Fact
from bot.domain.lead import Assessment
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.settings import bundled_playbook

START = datetime(2027, 1, 15, 9, tzinfo=UTC)
KNOWN_WORDS = {"ship": "Yes, we ship to France.", "cost": "It costs 900 euros.", "charge": "In four hours."}


@cache
def bundled(name: str, locale: str = "en") -> Playbook:
    return bundled_playbook(name, locale=locale)


class Thread:
    """One visitor's conversation; `say` returns the bot's reply."""

    def __init__(self, playbook: Playbook, *, now: datetime = START, **voice: object) -> None:
        self.voice = Voice(
            name="Harbour Bikes",
            playbook=playbook,
            consent_text="May we keep your details?",
            consent_version="1",
        )
        self.voice = replace(self.voice, **voice)  # type: ignore[arg-type]
        self.now = now
        self.messages: list[Message] = []
        self.log: list[Fact] = []
        self.consent = Consent.NOT_ASKED
        self.step: Step | None = None

    def say(self, text: str, *, after: timedelta = timedelta(seconds=20), page: str | None = None) -> Message:
        self.now += after
        history = tuple(self.messages)
        message = self._message(Author.VISITOR, text, page_url=page)
        known = facts_after({}, self.log)
        understood = understand(message, history=history, known=known, consent=self.consent, voice=self.voice)
        answer = find_answer(understood.reading.question)
        understood, answer = in_light_of(answer, understood, message, history=history, voice=self.voice)
        self.consent = understood.consent
        self.log += understood.kept
        judged = self.judged()
        self.step = next_step(
            Situation(
                playbook=self.voice.playbook,
                facts=facts_after({}, self.log),
                new_facts=understood.facts,
                history=history,
                reading=understood.reading,
                answer=answer,
                consent=self.consent,
                now=self.now,
                stage=judged.stage,
                score=judged.score,
            )
        )
        scene = Scene(
            voice=self.voice, answer=answer, history=history, facts=facts_after({}, self.log), now=self.now
        )
        reply = compose(self.step, scene)
        self.messages += [
            message,
            self._message(Author.BOT, reply.text, kind=reply.kind, asked=reply.asked, choices=reply.choices),
        ]
        return self.messages[-1]

    def judged(self) -> Assessment:
        return assess(self.voice.playbook, self.log, as_of=self.now)

    def facts(self) -> dict[str, Fact]:
        return dict(facts_after({}, self.log))

    def _message(self, author: Author, text: str, **more: object) -> Message:
        seq = len(self.messages) + (2 if author is Author.BOT else 1)
        return Message(
            message_id=MessageId(f"m{seq}"),
            conversation_id=ConversationId("c1"),
            seq=seq,
            author=author,
            text=text,
            at=self.now,
            **more,  # type: ignore[arg-type]
        )


def find_answer(question: str | None) -> Answer | None:
    if question is None:
        return None
    found = next((text for word, text in KNOWN_WORDS.items() if word in question.lower()), None)
    if found is None:
        return Answer(kind="none", text=None, confidence=0.1)
    return Answer(kind="faq", text=found, confidence=0.9)
