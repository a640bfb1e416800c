"""The bot's own sentences, in one place. A site may override each by its name in `messages:` of foyer.yaml.

A site's sentence may be a template of `bot.chat.templates`; what a visitor wrote never is.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.chat.templates import NOTHING_SAID, Said, fill

PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "greeting": "Hello. Ask me anything about {name}; I answer from our documentation.",
        "thanks": "You are welcome.",
        "goodbye": "Goodbye, and thank you for stopping by.",
        "who_are_you": (
            "I am an automated assistant for {name}. I answer from our documentation and show where each answer "
            "stands. When something is not written there, I say so."
        ),
        "abstain": "I do not know: I could not find that in our documentation. I have noted the question for the team.",
        "not_written": "I found nothing about {subject} in our documentation.",
        "not_answered": (
            "To “{question}?” I found no answer in our documentation. I have noted it for the team."
        ),
        "suggest": "I am not sure what you mean. Did you mean one of these?",
        "suggest_one": "I am not sure what you mean. Did you mean this question?",
        "person": "Nobody is here to take over the chat at the moment, but the team can read this conversation.",
        "person_noted": "I have noted that you would like to talk to a person; the team has your contact details.",
        "person_later": (
            "I have noted that you would like to talk to a person. The team can read this conversation; an e-mail "
            "address or phone number that you leave here is how they can answer you."
        ),
        "person_closed": "The team is back on {opens}.",
        "offer_person": "Would you like to talk to somebody from the team about it?",
        "menu_person": "I would like to talk to a person.",
        "menu_forget": "Please delete my data.",
        "person_yes": "Yes, please",
        "person_no": "Not now",
        "meeting": "You can also pick a time that suits you: {url}",
        "noted": "Thank you, noted.",
        "corrected": "Thank you, I have corrected that.",
        "accept_refusal": "That is fine.",
        "why_asked": "I ask so that the team knows how it can help you; you need not answer.",
        "why_contact": (
            "So that the team can write back to you. You are asked before anything of it is kept, and need not answer."
        ),
        "others_contact": "That is somebody else's contact, so I have not noted it as yours.",
        "listening": "I am listening. What would you like to know about {name}?",
        "waiting": "Take your time.",
        "sorry": "I am sorry that I am no better help. If you would like to talk to a person, just say so.",
        "consent_given": "Thank you. The team can reach you now; you can ask us to delete your details at any time.",
        "consent_refused": "Understood. I have not kept your contact details, and they are masked in this chat.",
        "consent_withdrawn": (
            "Your consent is taken back: your contact details are deleted, and masked in this chat. Shall I delete the "
            "whole chat and everything else we know about you, too? It can not be brought back."
        ),
        "check_email": "{address} looks as if it might be mistyped. Did you mean {suggestion}?",
        "email_again": (
            "I can not read that as an e-mail address: it takes one @, and a domain such as example.com. Could you "
            "write it once more?"
        ),
        "phone_again": (
            "I can not read that as a phone number. Could you write it once more, with the code of its country, like "
            "+44?"
        ),
        "contact_here": "Gladly. Please write here how the team can reach you.",
        "ask_contact": "If you would like an answer from the team, at which e-mail address can they reach you?",
        "forget": "Shall I delete this chat and everything we know about you? It can not be brought back.",
        "forget_yes": "Yes, delete everything",
        "forget_no": "No, keep it",
        "forgotten": "Everything is deleted.",
        "kept": "All right, nothing was deleted.",
        "give_again": (
            "I did not keep your contact details, and they are masked in this chat. If the team may write to you after "
            "all, write the address once more: I then ask you again before it is kept."
        ),
        "consent_yes": "Yes, that is fine",
        "consent_no": "No, thank you",
        "verify": (
            "Shall I send a code to {address}, to be sure that it is yours? You then find this conversation in your "
            "other browsers, too."
        ),
        "verify_yes": "Yes, send it",
        "verify_no": "Not now",
        "code_sent": "I have sent six digits to {address}. Please type them here within ten minutes.",
        "code_later": "I can not send another code now. Please try again later.",
        "code_wrong": "These are not the digits that I sent. Please look again.",
        "code_over": "That code is no longer good. Shall I send a new one?",
        "verified": "Thank you, {address} is confirmed.",
        "code_subject": "Your code for {name}",
        "code_mail": (
            "{code} is your code for {name}. Type it into the chat; it is good for {minutes} minutes. If you did not "
            "ask for it, do nothing."
        ),
        "failed": "Something went wrong on our side while I was answering. Please ask again in a moment.",
    }
)


def phrase(which: str, overrides: Mapping[str, str], /, *, said: Said = NOTHING_SAID, **values: str) -> str:
    """Return the site's sentence of that name filled in, else ours; a template that fails is ours too."""
    own = overrides.get(which)
    filled = "" if own is None else fill(own, said=said, **values)
    return filled or fill(PHRASES[which], said=said, **values)
