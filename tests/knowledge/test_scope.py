"""Languages and tags: declared in the sources, kept to when asked, and the asker's own language first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Document, Embedder, KnowledgeBase, Passage, load_folder, scope_of, split_documents
from knowledge.scope import language_code

Build = Callable[..., KnowledgeBase]
FAQ = """id,question,answer,lang,tags
en1,Which tea do you sell?,Green tea and black tea.,en,shop|tea
de1,Welchen Tee verkauft ihr? (tea),Grüntee und Schwarztee.,de-AT,shop
en2,When do you open?,At nine o'clock.,en,
pot,Do you sell a tea pot?,"Yes, of clay.",,Shop
"""


@pytest.fixture(scope="module")
def knowledge(build: Build, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "faq.csv").write_text(FAQ)
    (loaded,) = load_folder(folder)
    return build(loaded.documents, language="en")


def found(knowledge: KnowledgeBase, question: str, **scope: object) -> list[str]:
    hits = knowledge.search(question, scope=scope_of(**scope)).hits  # type: ignore[arg-type]
    return [hit.passage.document_id for hit in hits]


def test_a_language_and_tags_are_kept_to(knowledge: KnowledgeBase) -> None:
    assert found(knowledge, "tea", language="de") == ["de1"]
    assert set(found(knowledge, "tea", language="en-GB")) == {"en1", "en2", "pot"}
    assert set(found(knowledge, "tea", tags=["SHOP"])) == {"en1", "de1", "pot"}
    assert found(knowledge, "tea", tags=["shop", "tea"]) == ["en1"]
    assert found(knowledge, "tea", tags=["nothing"]) == []
    assert knowledge.answer("Which tea do you sell?", scope=scope_of(tags=["nothing"])).kind == "none"


def test_the_askers_language_goes_first_and_the_others_are_still_found(build: Build, folder: Path) -> None:
    (folder / "en.md").write_text("---\nlang: en\ntitle: Aurora\n---\nTicket: 5 euros.")
    (folder / "de.md").write_text("---\nlang: de\ntitle: Aurora\n---\nTicket: 5 Euro.")
    knowledge = build([document for loaded in load_folder(folder) for document in loaded.documents])

    assert found(knowledge, "Aurora ticket", preferred="en") == ["en.md", "de.md"]
    assert found(knowledge, "Aurora ticket", preferred="de-CH") == ["de.md", "en.md"]
    assert set(found(knowledge, "Aurora ticket", preferred="fr")) == {"en.md", "de.md"}


def test_a_small_part_is_found_among_many_others(build: Build, make_faq: Callable[..., Document]) -> None:
    many = [make_faq(f"m{n}", f"What is the price of lamp {n}?", f"{n} euros.") for n in range(300)]
    rare = replace(make_faq("rare", "Where is the harbour office?", "At pier 4."), tags=("sea",))

    assert found(build([*many, rare]), "price of lamp 7", tags=["sea"]) == ["rare"]


@pytest.mark.parametrize(
    ("name", "content", "language", "tags"),
    [
        ("a.md", "---\nlang: de-AT\ntags: [one, Two]\n---\nText.", "de", ("one", "Two")),
        ("a.md", "---\nLanguage: FR\ntags: one, two\n---\nText.", "fr", ("one", "two")),
        ("a.md", "Text.", None, ()),
        ("a.html", "<html lang='pt-BR'><body><p>Text here.</p></body></html>", "pt", ()),
        ("a.csv", "name,description,language,tags\nOar,Of ash.,es,wood;new", "es", ("wood", "new")),
    ],
)
def test_sources_declare_language_and_tags(
    folder: Path, embedder: Embedder, name: str, content: str, language: str | None, tags: tuple[str, ...]
) -> None:
    (folder / name).write_text(content)
    (loaded,) = load_folder(folder)

    (passage,) = split_documents(loaded.documents, embedder=embedder)

    assert (passage.language, passage.tags) == (language, tags)
    assert Passage.from_row(passage.to_row()) == passage
    assert "language" not in passage.attributes


@pytest.mark.parametrize(
    ("locale", "code"),
    [("en-GB", "en"), ("pt_BR", "pt"), (" DE ", "de"), ("", None), (None, None), ("english", None)],
)
def test_a_locale_names_a_language(locale: str | None, code: str | None) -> None:
    assert language_code(locale) == code
