"""Questions in a letter: several of them, what is told around them, and the words that only greet, thank and sign.

Promises: pure; nothing is added, and no sentence is changed but by parting what asks from what tells.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.content import says_about_what, words_of_matter
from knowledge.display import say_side_by_side
from knowledge.follow_up import Turn, leans
from knowledge.found import FoundAnswer
from knowledge.recommend import MOST_PRODUCTS
from knowledge.regions import countries_in, speaks_of_others
from knowledge.sentences import find_sentences

_LINE = re.compile(r"[^\n]+")
_OPENERS = (
    r"(?:what|how|when|where|which|who|whose|why|can|could|do|does|did|is|are|will|would|should|may|have|has"
    r"|was|wie|wann|wo|wohin|welche[rsn]?|wer|warum|wieso|kann|können|könnt|gibt|habt|haben|ist|sind|wird|muss|darf|dürfen"
    r"|quel(?:le)?s?|comment|quand|où|combien|pourquoi|est-ce|peut-on|puis-je|pouvez-vous|avez-vous|y a-t-il"
    r"|qué|cómo|cuándo|dónde|cuál(?:es)?|cuánt[oa]s?|puedo|pueden|podría|tienen|hay|se puede)\b"
)
_ASKS = re.compile(
    rf"\W*(?:(?:and|but|so|also|now|then|und|aber|et|mais|alors|y|pero)\s+)?{_OPENERS}", re.IGNORECASE
)
_THEN_ASKS = re.compile(rf"(?<=[,:])\s+(?=(?:(?:and|so|und|et|y)\s+)?{_OPENERS})", re.IGNORECASE)
_SUPPOSES = re.compile(r"\W*(?:if|when|once|as soon as|wenn|falls|sobald|si|quand|cuando)\b", re.IGNORECASE)
_MARKED = re.compile(r"[?？][\"'”’)\]]*$")
_TELLING = (
    r"(?:i|we|my|our|the|ich|wir|mein\w*|unser\w*|der|die|das|je|nous|mon|ma|le|la|les"
    r"|el|los|las|mi|estoy|somos|soy)"
)
_SOME_WORDS = rf"(?:[\s,]+(?!{_TELLING}\b)[\w.'’-]+){{0,4}}"
_COURTESY = re.compile(
    r"\W*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings"
    r"|hallo|guten (?:tag|morgen|abend)|moin|servus|grüezi|liebe[rs]?|sehr geehrte[rs]?"
    r"|bonjour|bonsoir|salut|madame|monsieur|hola|buen[oa]s(?: (?:días|tardes|noches))?|estimad[oa]s?)\b"
    rf"{_SOME_WORDS}[\s,]*)?"
    r"(?:(?:i |we )?hope (?:you|this|all|everything)\b.{0,60}|how are you\b.{0,20}|ich hoffe,? .{0,40}geht.{0,20}"
    r"|j'espère que .{0,40}bien|espero que .{0,40}bien|(?:many |a lot of )?(?:thanks|thank you|thx|cheers)\b.{0,60}"
    r"|(?:(?:vielen|besten|herzlichen|schon|mal) )*danke?\b.{0,60}|merci\b.{0,60}|(?:muchas )?gracias\b.{0,60})?\W*$",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"(?:^|(?<=[\n.!?])|(?<=[\n.!?] ))(?:(?:with )?(?:(?:best|kind(?:est)?|warm(?:est)?|many)\s+)?(?:regards|wishes)"
    r"|best(?=\s*[,\n])|cheers|sincerely|yours(?: (?:sincerely|truly|faithfully))?"
    r"|(?:mit )?(?:freundlichen?|besten?|herzlichen?|liebe|viele|schöne) grü(?:ß|ss)en?|lg|vg|mfg"
    r"|(?:bien )?cordialement|salutations|bien à vous|(?:un )?saludos?|(?:un )?cordial saludo|atentamente)"
    r"(?=[\s,.!–-]|$)",
    re.IGNORECASE,
)


_AND_ASKS = re.compile(
    r",?\s+(?:and|und|et|y)\s+(?:also\s+|auch\s+|aussi\s+|también\s+)?"
    r"(?=(?:(?:can|could|do|does|will|would|how|what|when|where|which)\s+\w+|(?:is|are)\s+(?:it|they|there|the|this|you)"
    r"|kann|können|gibt\s+es|haben\s+sie|wie|was|wann|wo|welche"
    r"|puis-je|peut-on|est-ce|y\s+a-t-il|avez-vous|combien|quand|comment|quel(?:le)?s?"
    r"|puedo|se\s+puede|hay|tienen|cuándo|cuánt[oa]s?|cómo|dónde)\b)",
    re.IGNORECASE,
)
_IN_PASSING = re.compile(r"(?:how|what|when|where|which)\s+(?:i|we|you|he|she|it|they)\b", re.IGNORECASE)
"""How a clause begins that asks nothing by itself: "… when I am logged in and when I am not?"."""
_ASKED_OF_NO_PAGE = """
    help possible ok okay sure right mean serious someone somebody anyone anybody question questions something anything
    helfen möglich jemand frage fragen etwas aider aide quelqu chose ayudar ayudarme ayuda posible alguien pregunta
    preguntas algo
"""
"""Words of a question that is put to whoever reads it: "can anybody help me?"."""
BEGINNING = 5
"""Letters by which a word is known again in another form."""
MOST_ASKED = 3
"""Questions of one text that are answered each by itself; more are looked up together."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a text asks, and what it tells beside that, each in order; `told` may be empty."""

    asked: str
    told: str


def answer_in_parts(text: str, history: Sequence[Turn], answer: Callable[..., FoundAnswer]) -> FoundAnswer:
    """Answer the questions of a text: each of several, else all of it, else what is asked in it.

    Args:
        text: all that was said.
        history: what was said before it, oldest first, as (author, text).
        answer: answers a question of a `history`.
    """
    each = list(_answers_of_each(text, history, answer))
    told = [found for _, found in each if found is not None and found.text is not None]
    found = _side_by_side(told)
    if found is None:
        found = answer(text, history=history)
    if found.kind == "none":
        found = _answer_asked(text, history, answer) or (told[0] if len(told) == 1 else found)
    if not told or found.text is None or any(_IN_PASSING.match(question) for question, _ in each):
        return found
    left = (question for question, one in each if one is not None and _is_left(question, one, found))
    return replace(found, unanswered=tuple(left))


def _answers_of_each(
    text: str, history: Sequence[Turn], answer: Callable[..., FoundAnswer]
) -> Iterator[tuple[str, FoundAnswer | None]]:
    """Yield each of several questions with its answer; nothing where one is asked, or one is about nothing.

    One that leans ("and does it float?") counts where it is answered alike by itself and after those before it; what
    answers it is else not known.
    """
    asked = questions_in(text)
    if not 2 <= len(asked) <= MOST_ASKED or not all(map(says_about_what, asked)):
        return
    before = [("visitor", question) for question in asked]
    for at, question in enumerate(asked):
        found = answer(question, history=history)
        if at and leans(question):
            is_own = found.text is not None
            is_own = is_own and answer(question, history=[*history, *before[:at]]).text == found.text
            yield question, found if is_own else None
        else:
            yield question, found


def _side_by_side(told: Sequence[FoundAnswer]) -> FoundAnswer | None:
    """Return several answers as one; None where there are fewer than two, or all are in the same words."""
    texts = {str(one.text) for one in told}
    answered = [one for one in told if sum(str(one.text) in text for text in texts) == 1]
    if len({one.text for one in answered}) < 2:
        return None
    return replace(
        max(answered, key=lambda one: one.kind == "extracted"),
        text=say_side_by_side([str(one.text) for one in answered]),
        confidence=min(one.confidence for one in answered),
        citations=tuple(dict.fromkeys(note for one in answered for note in one.citations)),
        hits=tuple(dict.fromkeys(hit for one in answered for hit in one.hits)),
        nearest=tuple(dict.fromkeys(place for one in answered for place in one.read_from)),
        unknown=tuple(name for one in answered for name in one.unknown),
        products=tuple(dict.fromkeys(one for found in answered for one in found.products))[:MOST_PRODUCTS],
    )


def _is_left(question: str, alone: FoundAnswer, found: FoundAnswer) -> bool:
    """Whether nothing answers a question, nor are all of its words in what answers the others, or in its title.

    What ends in a stop may have ended in "the U.S." only.
    """
    is_asked = _MARKED.search(question) or (_ASKS.match(question) and not question.endswith("."))
    if alone.text is not None or leans(question) or not is_asked:
        return False
    said = " ".join([found.text or "", *(citation.title for citation in found.citations)]).casefold()
    about = set(words_of_matter(question)) - set(_ASKED_OF_NO_PAGE.split())
    return any(word[:BEGINNING] not in said for word in about)


def _answer_asked(
    text: str, history: Sequence[Turn], answer: Callable[..., FoundAnswer]
) -> FoundAnswer | None:
    """Answer what is asked as if what is told around it had been said before; None where nothing answers that."""
    letter = read_letter(text)
    if letter is None or not says_about_what(letter.asked):
        return None
    told = [("visitor", letter.told)] * bool(letter.told)
    found = answer(letter.asked, history=[*history, *told])
    is_elsewhere = not countries_in(letter.asked) and speaks_of_others(found.text or "", letter.told)
    return found if found.text is not None and not is_elsewhere else None


def questions_in(text: str) -> list[str]:
    """Return the questions of a text, those joined by an "and" apart."""
    letter = read_letter(text) or Letter(text, "")
    sentences = [one for one in _sentences(letter.asked) if _MARKED.search(one) or _ASKS.match(one)]
    return [part for one in sentences for part in _AND_ASKS.split(one)]


def read_letter(text: str) -> Letter | None:
    """Part what is asked from what stands around it; None where there is no question or nothing around it."""
    sentences = list(_sentences(text))
    kept = [one for one in sentences if not _COURTESY.match(one)]
    asked = [one for one in kept if _MARKED.search(one) or _ASKS.match(one)]
    if not asked or " ".join(asked) == text:
        return None
    return Letter(" ".join(asked), " ".join(one for one in kept if one not in asked))


def _sentences(text: str) -> Iterator[str]:
    for line in _LINE.finditer(_unsigned(text)):
        for start, end in find_sentences(line.group()):
            for sentence in re.split(r"(?<=[!?])\s+", line.group()[start:end]):
                yield from _parted(sentence)


def _parted(sentence: str) -> Iterator[str]:
    """Yield what a sentence tells and what it then asks: "it is too small, can I send it back?"."""
    then = None if _ASKS.match(sentence) or _SUPPOSES.match(sentence) else _THEN_ASKS.search(sentence)
    if then is None:
        yield sentence
    else:
        yield from (sentence[: then.start()], sentence[then.end() :])


def _unsigned(text: str) -> str:
    """Return a text up to where it signs off."""
    off = _SIGNS_OFF.search(text)
    return text if off is None else text[: off.start()]
