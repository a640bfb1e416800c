"""What is not worked out because the answer would be the same: a wording, a reading, a word that nobody wrote."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from knowledge import (
    Document,
    Embedder,
    ExactIndex,
    KnowledgeBase,
    confidence,
    knowledge_of,
    split_documents,
    vector_keys,
    vectors_of,
)
from knowledge.judge import PRESUMED
from knowledge.keywords import KeywordIndex, tokenizer_for
from knowledge.retrieve import Retriever
from knowledge.sureness import Sureness

Make = Callable[..., Document]
Said = list[tuple[str, str]]

SAID = [("visitor", "What does the small plan cost?"), ("bot", "Ten euros.")]
VAN = "Our van leaves on Tuesdays and Fridays."


class Recording:
    """An embedder that notes what it is asked for."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def embed_questions(self, texts: Sequence[str]) -> Any:
        self.asked.extend(texts)
        return self._inner.embed_questions(texts)


@pytest.mark.parametrize(
    ("question", "said", "is_alone"),
    [
        ("Do you take cash at the door?", SAID, True),
        ("Where do the servers of Foyer stand?", SAID, False),  # nothing that is written is near
        ("And do you take cash?", SAID, True),  # an entry's own words
        ("And do you take coins?", SAID, False),
        ("Do you take cash at the door?", [*SAID, ("topic", "shipping")], False),
        ("Do you take cash at the door?", [*SAID, ("bot", VAN)], False),
    ],
)
def test_a_question_is_asked_in_one_way_where_something_near_enough_is_written(
    embedder: Embedder, make_faq: Make, make_page: Make, question: str, said: Said, is_alone: bool
) -> None:
    recording = Recording(embedder)
    documents = [make_faq("a", "Do you take cash?", "Yes, at the door."), make_page(VAN, title="Van")]
    base = knowledge_of(documents, recording)  # type: ignore[arg-type]

    base.search(question, history=said)

    assert (recording.asked == [question]) is is_alone


@pytest.fixture(scope="module")
def yard(build: Callable[..., KnowledgeBase], make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("cash", "Do you take cash at the door?", "Yes, coins too."),
            make_faq("ship", "Do you ship heavy oars and sails to Canada?", "Yes, by sea."),
            make_faq("oil", "How do I oil the deck?", "Thinly. " + "Let each coat dry for a night. " * 20),
        ],
        language="en",
    )


@pytest.mark.parametrize(
    ("question", "is_read"),
    [
        ("Do you take cash at the door?", False),
        ("Do you ship heavy oars and sails to Mars?", False),  # refused, however well it reads
        ("How do I oil the deck?", True),  # a long answer is quoted where it was read
        ("Can I pay at your door?", True),
    ],
)
def test_an_entry_is_read_where_reading_may_change_what_is_said(
    yard: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, question: str, is_read: bool
) -> None:
    spared = yard.search(question).hits[0].judgement
    said = yard.answer(question)
    monkeypatch.setattr(confidence, "LOGITS", (-99.0, 99.0))
    read = yard.answer(question)

    assert (spared is not PRESUMED) is is_read
    assert yard.search(question).hits[0].judgement is not PRESUMED
    assert (said.kind, said.text, said.suggestions) == (read.kind, read.text, read.suggestions)


@pytest.mark.parametrize(("above", "is_read"), [(0.0, True), (1.0, False)])
def test_an_entry_is_not_read_where_something_surer_was_found(
    embedder: Embedder, make_faq: Make, above: float, is_read: bool
) -> None:
    passages = split_documents([make_faq("cash", "Do you take cash at the door?", "Yes.")], embedder=embedder)
    keys = list(dict.fromkeys(key for passage in passages for key in vector_keys(passage)))
    vectors = next(iter(vectors_of(passages, embedder, known=lambda _: {}))).vectors
    index = ExactIndex(keys, np.array([vectors[key] for key in keys]))
    retriever = Retriever(passages, index, embedder, language="en")
    query = retriever.read_question("Can I pay at your door?")
    sureness = Sureness(retriever, answer_from=0.5, has_products=False)

    hits, _ = sureness.of(retriever.search(query), query, above=above)

    assert (hits[0].judgement is not PRESUMED) is is_read


@pytest.mark.parametrize(
    ("language", "written", "word"),
    [
        ("en", "use", "using"),
        ("en", "date", "dating"),
        ("en", "try", "tries"),
        ("en", "go", "going"),
        ("en", "warranty", "warranties"),
        ("de", "Öffnung", "öffnungen"),
        ("fr", "décider", "décidez"),
    ],
)
def test_a_word_with_a_known_stem_is_never_taken_for_one_that_can_have_none(
    language: str, written: str, word: str
) -> None:
    tokenize = tokenizer_for(language)
    keywords = KeywordIndex([written], tokenize)

    assert not any(map(keywords.is_unknown, tokenize(word)))
    assert keywords.may_know(word)
    assert not keywords.may_know("blimpfax")
