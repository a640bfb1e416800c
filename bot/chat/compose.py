"""Put a decided step into words: the answer or the acknowledgement first, then the one question. Pure.

What the documentation says is quoted as it stands; everything else comes from `phrases` or the playbook.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.phrases import phrase
from bot.chat.templates import fill, said_of
from bot.chat.voice import Voice
from bot.domain.answer import Answer
from bot.domain.conversation import Author, Choice, Message, Reply
from bot.domain.dialogue import CHECK, CODE, CONSENT, FORGET, OFFER, VERIFY, Move, Step, last_asked
from bot.domain.facts import Fact, ReadFact
from bot.domain.hours import is_open, next_opening
from bot.domain.moves import LEAVES_OPEN
from bot.domain.playbook import Question
from bot.domain.slots import CONTACT_KINDS

UNQUOTABLE = re.compile(r"[^\w\s.,'’€$£%&+-]")
QUOTED = 120
"""Characters of a question that is said back."""
DELTAS = 4
WORDS_A_DELTA = 3
"""A reply is whole before its first word goes out: it streams in a few groups of at least so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a reply is written from: how the site speaks, what was found, said and learned, and when."""

    voice: Voice
    answer: Answer | None
    history: Sequence[Message]
    facts: Mapping[str, Fact]
    now: datetime

    def say(self, which: str, **values: str) -> str:
        """Return the site's sentence of that name."""
        return phrase(which, self.voice.messages, said=said_of(self.facts), name=self.voice.name, **values)


def compose(step: Step, scene: Scene) -> Reply:
    """Return the reply that carries out the step."""
    answer = scene.answer
    question, choices = asking(step, scene)
    answered = answer if step.move is Move.ANSWER else None
    if step.move is Move.SUGGEST and answer is not None and not choices:
        choices = tuple(Choice(id=s.question, label=s.question) for s in answer.suggestions)
    return Reply(
        text="\n\n".join(
            part for part in (opening_of(step, scene), meeting_of(step, scene), question) if part
        ),
        kind=kind_of(step, answer),
        citations=answered.citations if answered else (),
        choices=choices,
        cards=answered.products if answered else (),
        asked=step.ask,
    )


def kind_of(step: Step, answer: Answer | None) -> str:
    """Return the kind a reply is stored with: the answer's own, or the move."""
    if step.move is Move.ANSWER and answer is not None:
        return answer.kind
    return "none" if step.move in {Move.ABSTAIN, Move.SUGGEST} else step.move.value


def opening_of(step: Step, scene: Scene) -> str:
    """Return what is said before any question."""
    answer = scene.answer
    if step.move is Move.ANSWER and answer is not None and answer.text is not None:
        not_written = (scene.say("not_written", subject=name) for name in answer.unknown)
        left = (scene.say("not_answered", question=quotable(one)) for one in answer.unanswered)
        return "\n\n".join([answer.text, *not_written, *left])
    if step.move in {Move.CHECK_EMAIL, Move.ASK_CONSENT} or (step.move is Move.NOTED and step.ask == CONSENT):
        return ""
    if step.move in {Move.PERSON, Move.PERSON_NOTED}:
        return about_a_person(step, scene)
    if step.move is Move.WHY_ASKED and asked_for_contact(scene):
        return scene.say("why_contact")
    is_one = step.move is Move.SUGGEST and answer is not None and len(answer.suggestions) == 1
    return scene.say("suggest_one" if is_one else step.move.value, address=step.address or "")


def quotable(question: str) -> str:
    """Return a visitor's question in one line, without signs that mean something in Markdown, and without its end."""
    words = " ".join(UNQUOTABLE.sub(" ", question).split()).rstrip(" ?.!,")
    return words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + " …"


def asked_for_contact(scene: Scene) -> bool:
    """Whether the question that is open is how to reach the visitor."""
    slot = scene.voice.playbook.slot(last_asked(scene.history) or "")
    return slot is not None and slot.kind in CONTACT_KINDS


def about_a_person(step: Step, scene: Scene) -> str:
    """Return what becomes of the wish for a person: out of hours, when somebody is back."""
    is_later = step.move is Move.PERSON and (step.ask is None or was_asked(step.ask, scene))
    which = "person_later" if is_later else step.move.value
    hours = scene.voice.playbook.hours
    if hours is None or is_open(hours, scene.now):
        return scene.say(which)
    opens = next_opening(hours, scene.now)
    closed = (
        "" if opens is None else scene.say("person_closed", opens=f"{opens:%Y-%m-%d %H:%M} ({opens.tzinfo})")
    )
    return " ".join(part for part in (scene.say(which), closed) if part)


def meeting_of(step: Step, scene: Scene) -> str:
    """Return the sentence with the link to book a time, where it is due."""
    meeting = scene.voice.playbook.meeting
    return scene.say("meeting", url=meeting.url) if step.offers_meeting and meeting is not None else ""


def asking(step: Step, scene: Scene) -> tuple[str, tuple[Choice, ...]]:
    """Return the question's text and quick replies, empty when nothing is asked."""
    voice = scene.voice
    if step.ask is None or step.move in {Move.EMAIL_AGAIN, Move.PHONE_AGAIN, *LEAVES_OPEN}:
        return "", ()
    if step.ask == CHECK and step.doubt is not None:
        return check_of(step.doubt, voice)
    own = {CONSENT: voice.consent_text, FORGET: "", OFFER: scene.say("offer_person"), CODE: ""}
    own[VERIFY] = "" if step.move is Move.CODE_OVER else scene.say("verify", address=step.address or "")
    if step.ask in own:
        return own[step.ask], () if step.ask == CODE else yes_or_no(voice, step.ask)
    if step.move is Move.PERSON and was_asked(step.ask, scene):
        return "", ()
    if step.move in {Move.ABSTAIN, Move.PERSON}:
        return scene.say("ask_contact"), ()
    question = voice.playbook.question_for(step.ask)
    return ("", ()) if question is None else (wording(question, scene), question.choices)


def was_asked(slot_id: str, scene: Scene) -> bool:
    """Whether the slot was asked for before in this conversation."""
    return any(message.author is Author.BOT and message.asked == slot_id for message in scene.history)


def wording(question: Question, scene: Scene) -> str:
    """Return the question in a wording that was not used yet in this conversation, as far as there is one."""
    filled = (fill(text, said=said_of(scene.facts), name=scene.voice.name) for text in question.texts)
    texts = [text for text in filled if text] or [f"{question.label}?"]
    earlier = [m.text for m in scene.history if m.author is Author.BOT and m.asked == question.slot]
    fresh = [text for text in texts if not any(text in said for said in earlier)] or texts
    return fresh[len(scene.history) % len(fresh)]


def yes_or_no(voice: Voice, about: str) -> tuple[Choice, ...]:
    """Return the two answers to a question of ours, with the same weight."""
    return (
        Choice(id="yes", label=phrase(f"{about}_yes", voice.messages)),
        Choice(id="no", label=phrase(f"{about}_no", voice.messages)),
    )


def check_of(doubt: ReadFact, voice: Voice) -> tuple[str, tuple[Choice, ...]]:
    """Return the question whether an address is mistyped; its quick replies are what was meant, then what stands."""
    meant, typed = suggested(doubt), doubt.text
    text = phrase("check_email", voice.messages, address=typed, suggestion=meant)
    return text, (Choice(id=meant, label=meant), Choice(id=typed, label=typed))


def suggested(doubt: ReadFact) -> str:
    """Return the address that was probably meant."""
    return doubt.extractor.partition(":")[2]


def word_groups(text: str) -> Iterator[str]:
    """Cut a text into at most `DELTAS` groups of words that join to exactly the same text."""
    words = text.split(" ")
    size = max(WORDS_A_DELTA, -(-len(words) // DELTAS))
    for start in range(0, len(words), size):
        group = " ".join(words[start : start + size])
        yield group if start + size >= len(words) else group + " "
