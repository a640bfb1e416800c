"""One answer under several FAQ entries, whatever they ask: word for word, or but for a few words.

Promises: deterministic; answers that differ in a figure or a denial are different; short ones ("Yes.") say nothing of
their own and are never named. Entries are compared where they share a rare word, not all with all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from bot.sources.review.claims import names_in
from bot.sources.review.contradictions import Embed
from bot.sources.review.subjects import Subjects
from bot.sources.review.twins import SAME_QUESTION, faq_entries, figures_in
from knowledge import Passage, tokenizer_for

SHORTEST = 5
"""Words from which an answer says something of its own."""
NEARLY = 0.9
"""Share of the words of both that two answers have in common to be nearly the same."""
_DENIAL = re.compile(
    r"\w*n['’]t\b|\b(?:not?|never|without|nicht|kein\w*|nie|ohne|pas|jamais|sans|nunca|sin)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Entries that give one answer, the earliest first. `asks_alike`: the questions of two of them mean the same."""

    entries: tuple[Passage, ...]
    asks_alike: bool


def find_repeated(
    passages: Sequence[Passage], embed: Embed, *, language: str | None = None
) -> list[Repeated]:
    """Return the answers that stand under more than one entry, each once, in the order of the entries."""
    entries = faq_entries(passages)
    groups = [group for group in _groups(entries) if len(group) > 1]
    if not groups:
        return []
    subjects = Subjects(tokenizer_for(language))
    names = names_in(passages, subjects, language)
    return [Repeated(group, _ask_alike(group, embed, subjects, names)) for group in groups]


def _groups(entries: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """Return the entries by their answers: each goes to the first whose answer is nearly its own."""
    words = [_words(entry.text) for entry in entries]
    told = [number for number, own in enumerate(words) if sum(own.values()) >= SHORTEST]
    held = Counter(word for number in told for word in words[number])
    groups: dict[int, list[Passage]] = {}
    first_with: defaultdict[str, list[int]] = defaultdict(list)
    for number in told:
        rare = _rarest(words[number], held)
        near = (first for word in rare for first in first_with[word])
        first = next((one for one in sorted(set(near)) if _is_nearly(entries, words, one, number)), number)
        groups.setdefault(first, []).append(entries[number])
        if first == number:
            for word in rare:
                first_with[word].append(number)
    return [tuple(group) for group in groups.values()]


def _rarest(words: Mapping[str, int], held: Mapping[str, int]) -> list[str]:
    """Return the words of which two answers that are nearly the same share one at least."""
    by_rarity = sorted(words, key=lambda word: (held[word], word))
    return by_rarity[: len(by_rarity) - ceil(NEARLY * len(by_rarity)) + 1]


def _is_nearly(entries: Sequence[Passage], words: Sequence[Counter[str]], first: int, second: int) -> bool:
    ours, theirs = words[first], words[second]
    if ours == theirs and _spelt(entries[first]) == _spelt(entries[second]):
        return True
    shared, either = ours.keys() & theirs.keys(), ours.keys() | theirs.keys()
    if len(shared) < NEARLY * len(either):
        return False
    texts = entries[first].text, entries[second].text
    return figures_in(texts[0]) == figures_in(texts[1]) and _denials(texts[0]) == _denials(texts[1])


def _ask_alike(group: Sequence[Passage], embed: Embed, subjects: Subjects, names: frozenset[str]) -> bool:
    """Whether two of the questions are near, and no name or figure tells them apart."""
    questions = [entry.questions[0] for entry in group]
    vectors = embed(questions)
    return any(
        float(vectors[at] @ vectors[other]) >= SAME_QUESTION
        and figures_in(questions[at]) == figures_in(questions[other])
        and not (subjects.of_sentence(questions[at]) ^ subjects.of_sentence(questions[other])) & names
        for at, other in _pairs(len(group))
    )


def _pairs(n: int) -> Iterator[tuple[int, int]]:
    return ((at, other) for at in range(n) for other in range(at + 1, n))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _spelt(entry: Passage) -> list[str]:
    return re.findall(r"\w+", entry.text.casefold())


def _denials(text: str) -> int:
    return len(_DENIAL.findall(text))
