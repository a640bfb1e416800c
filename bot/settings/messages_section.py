"""`messages:` of foyer.yaml: the bot's own sentences in a site's words."""

from typing import Annotated

from pydantic import AfterValidator

from bot.domain.playbook import Playbook
from bot.settings.problems import FilesError
from bot.settings.templates import VALUES, template_problem
from bot.settings.validation import Section, Text
from bot.settings.yaml_file import YamlFile


def _sentence(text: str) -> str:
    wrong = template_problem(text)
    if wrong is not None:
        raise ValueError(wrong)
    return text


Sentence = Annotated[Text, AfterValidator(_sentence)]


class MessagesSection(Section):
    """The sentences of `bot.chat.phrases`, which a site may say in its own words."""

    greeting: Sentence | None = None
    thanks: Sentence | None = None
    goodbye: Sentence | None = None
    who_are_you: Sentence | None = None
    abstain: Sentence | None = None
    not_written: Sentence | None = None
    not_answered: Sentence | None = None
    suggest: Sentence | None = None
    suggest_one: Sentence | None = None
    person: Sentence | None = None
    person_noted: Sentence | None = None
    person_later: Sentence | None = None
    person_closed: Sentence | None = None
    offer_person: Sentence | None = None
    menu_person: Sentence | None = None
    menu_forget: Sentence | None = None
    person_yes: Sentence | None = None
    person_no: Sentence | None = None
    meeting: Sentence | None = None
    noted: Sentence | None = None
    corrected: Sentence | None = None
    accept_refusal: Sentence | None = None
    why_asked: Sentence | None = None
    why_contact: Sentence | None = None
    others_contact: Sentence | None = None
    listening: Sentence | None = None
    waiting: Sentence | None = None
    sorry: Sentence | None = None
    consent_given: Sentence | None = None
    consent_refused: Sentence | None = None
    consent_withdrawn: Sentence | None = None
    check_email: Sentence | None = None
    email_again: Sentence | None = None
    phone_again: Sentence | None = None
    contact_here: Sentence | None = None
    ask_contact: Sentence | None = None
    forget: Sentence | None = None
    forget_yes: Sentence | None = None
    forget_no: Sentence | None = None
    forgotten: Sentence | None = None
    kept: Sentence | None = None
    give_again: Sentence | None = None
    consent_yes: Sentence | None = None
    consent_no: Sentence | None = None
    verify: Sentence | None = None
    verify_yes: Sentence | None = None
    verify_no: Sentence | None = None
    code_sent: Sentence | None = None
    code_later: Sentence | None = None
    code_wrong: Sentence | None = None
    code_over: Sentence | None = None
    verified: Sentence | None = None
    code_subject: Sentence | None = None
    code_mail: Sentence | None = None
    failed: Sentence | None = None


def check_messages(messages: MessagesSection, file: YamlFile, playbook: Playbook) -> None:
    """Refuse a sentence that would print nothing where it names a slot or a value that it is not given.

    Raises:
        FilesError: with each such sentence and its line.
    """
    slots = [slot.id for slot in playbook.slots]
    problems = [
        file.problem(("messages", which), wrong)
        for which, text in messages.model_dump(exclude_none=True).items()
        if (wrong := template_problem(text, said=slots, values=VALUES.get(which, ()))) is not None
    ]
    if problems:
        raise FilesError(sorted(problems, key=lambda problem: problem.line or 0))
