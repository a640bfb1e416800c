"""What a visitor's message says in the light of the conversation: acts, facts, and what may be kept of them.

Pure. Personal facts wait for consent: before it they are seen (they bring up the consent question) but not kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.chat.agreement import as_answer_to_ours, consent_answer, without_tick, yes_or_no_in
from bot.chat.kept_facts import (
    declines_contact,
    kept_facts,
    private_words,
    volunteers_contact,
    withheld_facts,
)
from bot.chat.late_answers import read_after
from bot.chat.own_links import without_our_links
from bot.chat.voice import Voice
from bot.domain.behaviour import deeds
from bot.domain.conversation import Author, Consent, Message
from bot.domain.dialogue import CHECK, CODE, CONSENT, FORGET, OFFER, VERIFY, last_asked
from bot.domain.facts import CONFIRMED, Fact, FactState, ReadFact, current_facts
from bot.domain.mail_address import as_kept
from bot.domain.reading import Act, Reading, find_private
from bot.domain.slots import SlotKind
from bot.domain.verification import digits_of
from bot.domain.withheld import with_words_of

LOOKED_BACK_ON = 40
"""The latest messages in which somebody is looked for in each turn; a refusal looks through all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A message as understood: `kept` may be stored now; `consent` is the conversation's after this message.

    `private` are the verbatim words that tell who somebody is, while they may stand in messages alone; `gone` are those
    that may not even stand there. `decides`: the message answers the consent question, or takes a yes back.
    """

    reading: Reading
    facts: tuple[ReadFact, ...]
    kept: tuple[Fact, ...]
    consent: Consent
    private: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    decides: bool = False


def understand(
    message: Message,
    *,
    history: Sequence[Message],
    known: Mapping[str, Fact],
    consent: Consent,
    voice: Voice,
    proposed: Sequence[ReadFact] = (),
) -> Understood:
    """Read `message`, which follows `history`, and decide which facts may be kept; `proposed` were read elsewhere."""
    reading = read_in_context(message, history=history, known=known, voice=voice)
    answered = consent_answer(reading, history=history)
    withdraws = reading.withdraws and consent in {Consent.GIVEN, Consent.WITHDRAWN}
    consent_now = Consent.WITHDRAWN if withdraws else answered or consent
    read = without_our_links((*reading.facts, *proposed), message, history)
    facts = tuple(settled(fact, history) for fact in read)
    refuses = withdraws or answered is Consent.REFUSED
    told = Told(message=message, history=history, facts=facts, known=known, voice=voice)
    is_unwanted = reading.withdraws and consent is Consent.NOT_ASKED
    private, gone = told.private(consent_now, refuses=refuses or is_unwanted)
    shown = (*reading.signals, *deeds(message, history, question=reading.question))
    kept = kept_facts(message, facts, shown, consent=consent_now, private=private, voice=voice)
    if consent_now is Consent.GIVEN and consent is not Consent.GIVEN:
        kept = (*told.before_the_yes(), *kept)
    return Understood(
        reading=reading,
        facts=facts,
        kept=kept,
        consent=consent_now,
        private=private,
        gone=gone,
        decides=refuses or consent_now is not consent,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message with the facts read in it, and what stood before it."""

    message: Message
    history: Sequence[Message]
    facts: tuple[ReadFact, ...]
    known: Mapping[str, Fact]
    voice: Voice

    def private(self, consent: Consent, *, refuses: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the words that may be quoted nowhere, and those that go from the messages, too."""
        if consent is Consent.GIVEN:
            return (), ()
        if refuses or self.keeps_to_themselves():
            words = self.words_in_all((*self.history, self.message))
            return words, words
        words = self.words_in(with_words_of(self.message, self.history[-LOOKED_BACK_ON:]))
        is_open = last_asked(self.history) == CONSENT or volunteers_contact(self.facts, self.voice)
        if consent is Consent.NOT_ASKED or is_open:
            return words, ()
        return words, self.words_in(())

    def keeps_to_themselves(self) -> bool:
        """Whether the visitor declines to give a contact and wrote something like one before."""
        if not declines_contact(self.facts, self.voice):
            return False
        said = (message.text for message in self.history if message.author is Author.VISITOR)
        return any(find_private(text, region=self.voice.region) for text in said)

    def before_the_yes(self) -> tuple[Fact, ...]:
        """Return the facts that waited for the yes which this message is."""
        private = self.words_in_all(self.history)
        return withheld_facts(readings(self.history, voice=self.voice), private=private, voice=self.voice)

    def words_in_all(self, history: Sequence[Message]) -> tuple[str, ...]:
        """Return the private words of the messages, each of them read again."""
        read = readings(history, voice=self.voice)
        return private_words(history, read, known=self.known, voice=self.voice)

    def words_in(self, earlier: Sequence[Message]) -> tuple[str, ...]:
        """Return the private words of the message, among them what earlier ones tell."""
        read, this = ((self.message, self.facts),), (self.message,)
        return private_words((*earlier, *this), read, known=self.known, voice=self.voice, within=this)


def read_in_context(
    message: Message, *, history: Sequence[Message], known: Mapping[str, Fact], voice: Voice
) -> Reading:
    """Read a message as the answer to what was just asked; a pressed consent button is a plain yes or no."""
    beside = without_tick(message, history, voice)
    if beside is not None:
        words = replace(message, text=beside)
        return replace(read_in_context(words, history=history, known=known, voice=voice), agrees=True)
    asked = last_asked(history)
    if asked == CODE and digits_of(message.text) is not None:
        return Reading(act=Act.STATEMENT)
    if asked in {CONSENT, FORGET, VERIFY} and (choice := yes_or_no_in(message, history)) is not None:
        return Reading(act=Act.AFFIRM if choice == "yes" else Act.DENY)
    meant = meaning_of(message, asked, history=history, voice=voice)
    reading = read_after(
        email_slot(voice) if asked == CHECK else asked,
        message if meant is None else replace(message, text=meant),
        history=history,
        known=known,
        voice=voice,
    )
    reading = as_answer_to_ours(asked, message.text, reading, voice.playbook)
    if asked == CHECK:
        return confirmed(message, reading, history=history, voice=voice)
    if asked == OFFER:
        return taken_offer(message, reading, choice=pressed(message, history))
    return reading if meant is None else in_own_words(message, reading)


def meaning_of(
    message: Message, asked: str | None, *, history: Sequence[Message], voice: Voice
) -> str | None:
    """Return the label of a pressed quick reply as it can be read, where it is written in another language."""
    question = voice.playbook.question_for(asked) if asked is not None else None
    if question is None:
        return None
    choice = pressed(message, history)
    return next(
        (one.label for one in question.meanings if one.id == choice and one.label != message.text), None
    )


def in_own_words(message: Message, reading: Reading) -> Reading:
    """Quote what the visitor pressed, not the label it was read by."""
    facts = (replace(fact, text=message.text, start=0, end=len(message.text)) for fact in reading.facts)
    return replace(reading, facts=tuple(facts), question=None)


def taken_offer(message: Message, reading: Reading, *, choice: str | None) -> Reading:
    """Read a yes to the offer of a person as the wish for one, and a no as a no."""
    if choice == "no" or (choice is None and reading.act in {Act.DENY, Act.REFUSE}):
        return replace(reading, act=Act.REFUSE, question=None)
    if choice == "yes" or reading.act is Act.AFFIRM:
        shown = tuple(signal for signal in reading.signals if signal[0] != "asked_person")
        return replace(
            reading, act=Act.WANTS_PERSON, question=None, signals=(*shown, ("asked_person", message.text))
        )
    return reading


def email_slot(voice: Voice) -> str | None:
    """Return the slot of the e-mail address, if the playbook has one."""
    return next((slot.id for slot in voice.playbook.slots if slot.kind is SlotKind.EMAIL), None)


def confirmed(message: Message, reading: Reading, *, history: Sequence[Message], voice: Voice) -> Reading:
    """Read a plain yes as the address we proposed, and a plain no as the one that was typed."""
    offered = next((m.choices for m in reversed(history) if m.asked == CHECK), ())
    slot = email_slot(voice)
    if reading.act not in {Act.AFFIRM, Act.DENY} or len(offered) != 2 or slot is None:
        return reading
    meant, typed = offered
    address = ReadFact(
        slot=slot,
        state=FactState.KNOWN,
        value=as_kept((meant if reading.act is Act.AFFIRM else typed).id),
        text=message.text,
        start=0,
        end=len(message.text),
        confidence=0.9,
        extractor=CONFIRMED,
    )
    return replace(reading, act=Act.STATEMENT, facts=(address,), question=None)


def taken_as_question(understood: Understood) -> Understood:
    """Take a short answer that the documentation could answer for the question it was: "oat milk" is no need."""
    looked_up = {"need.answer", "need.phrase", "text.answer"}
    return replace(
        understood,
        facts=tuple(fact for fact in understood.facts if fact.extractor not in looked_up),
        kept=tuple(fact for fact in understood.kept if fact.extractor not in looked_up),
    )


def pressed(message: Message, history: Sequence[Message]) -> str | None:
    """Return the id of the quick reply whose label the message repeats, if it is one."""
    for earlier in reversed(history):
        if earlier.author is Author.BOT:
            return next((c.id for c in earlier.choices if c.label == message.text), None)
    return None


def settled(fact: ReadFact, history: Sequence[Message]) -> ReadFact:
    """Take an address that looks mistyped as it stands once we have asked about it."""
    has_asked = any(m.asked == CHECK for m in history if m.author is Author.BOT)
    if has_asked and fact.extractor.startswith("email.typo:"):
        return replace(fact, state=FactState.KNOWN, value=as_kept(fact.text.strip()), extractor=CONFIRMED)
    return fact


def readings(history: Sequence[Message], *, voice: Voice) -> list[tuple[Message, tuple[ReadFact, ...]]]:
    """Read every visitor message of the history in the light of what stood before it."""
    result = []
    for position, message in enumerate(history):
        if message.author is Author.VISITOR:
            before = history[:position]
            reading = read_in_context(message, history=before, known={}, voice=voice)
            result.append((message, tuple(settled(fact, before) for fact in reading.facts)))
    return result


def facts_after(known: Mapping[str, Fact], kept: Sequence[Fact]) -> Mapping[str, Fact]:
    """Return the current facts once `kept` was added."""
    return current_facts([*known.values(), *kept])
