"""A folder of files of every kind, sound and broken."""

import os
from pathlib import Path

import pytest

from knowledge import LoadedSource, load_folder
from knowledge.limits import LIMITS


def load(folder: Path) -> dict[str, LoadedSource]:
    return {loaded.source: loaded for loaded in load_folder(folder)}


def code_of(loaded: LoadedSource) -> str:
    (failure,) = loaded.failures
    assert failure.source == loaded.source
    return failure.code


def test_front_matter_gives_title_and_url_and_the_text_stays_verbatim(folder: Path) -> None:
    (folder / "a.md").write_text(
        "---\ntitle: Prices\nurl: https://x.test/p\nno: no\n---\n# Head\n\nFrom **5** on.\n"
    )

    (document,) = load(folder)["a.md"].documents

    assert (document.title, document.url) == ("Prices", "https://x.test/p")
    assert document.text == "# Head\n\nFrom **5** on."


def test_without_front_matter_the_first_heading_is_the_title(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text("Setext *one*\n===\n\ntext")

    (document,) = load(folder)["sub/a.md"].documents

    assert (document.document_id, document.title) == ("sub/a.md", "Setext one")


def test_a_page_is_its_main_text_without_its_furniture(folder: Path) -> None:
    body = "<p>We ship parcels to forty countries, and to most of them within three days.</p>" * 5
    (folder / "a.html").write_text(
        "<html><head><title>Shipping</title><link rel='canonical' href='https://x.test/s'></head><body>"
        f"<nav>Home Shop Cart</nav><main><h1>Shipping</h1>{body}<h2 id='cost'>What it costs</h2>"
        f"<p>Five <b>euros</b> a parcel.</p></main><footer>Imprint</footer></body></html>"
    )

    (document,) = load(folder)["a.html"].documents

    assert (document.title, document.url) == ("Shipping", "https://x.test/s")
    assert "## What it costs" in document.text
    assert "Five euros a parcel." in document.text
    assert "Cart" not in document.text
    assert "Imprint" not in document.text
    assert document.anchors["What it costs"] == "cost"


def test_a_short_page_keeps_its_sentences_in_one_piece(folder: Path) -> None:
    (folder / "a.html").write_text(
        "<nav>Home</nav><h2>Open</h2><p>We <b>never</b> close.</p><ul><li>One</li></ul>"
    )

    (document,) = load(folder)["a.html"].documents

    assert document.text == "## Open\n\nWe never close.\n\n- One"


def test_plain_text_is_titled_by_its_file(folder: Path) -> None:
    (folder / "opening-hours.txt").write_text("# not a heading\nNine to five.")

    (document,) = load(folder)["opening-hours.txt"].documents

    assert (document.title, document.is_markdown) == ("Opening hours", False)


def test_a_broken_file_is_one_named_failure_and_the_rest_is_loaded(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: [\n---\ntext")
    (folder / "b.txt").write_bytes(b"\x00\x01\x02binary")
    (folder / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "d.md").write_text("  \n")
    (folder / "e.md").write_text("Fine.")

    loaded = load(folder)

    assert {name: code_of(source) for name, source in loaded.items() if name != "e.md"} == {
        "a.md": "broken_front_matter",
        "b.txt": "not_text",
        "c.doc": "unsupported_format",
        "d.md": "empty_document",
    }
    assert len(loaded["e.md"].documents) == 1


def test_nothing_outside_the_folder_is_read(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder.parent / "other").mkdir()
    (folder / "inside.txt").write_text("inside")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "dir").symlink_to(folder.parent / "other")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")

    loaded = load(folder)

    assert {name: code_of(source) for name, source in loaded.items() if name != "inside.txt"} == {
        "link.txt": "outside_folder",
        "dir": "outside_folder",
        "gone.txt": "not_a_file",
    }


def test_hidden_files_and_files_beside_pages_are_skipped(folder: Path) -> None:
    (folder / ".secret.md").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.md").write_text("x")
    (folder / "logo.png").write_bytes(b"x")

    assert load(folder) == {}


def test_a_file_over_the_limit_is_refused_by_its_size_alone(folder: Path) -> None:
    with (folder / "big.txt").open("wb") as file:
        os.truncate(file.fileno(), LIMITS.file_bytes + 1)

    assert code_of(load(folder)["big.txt"]) == "too_large"


def test_an_id_is_given_once_in_a_folder(folder: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("id,question,answer\nr1,Open?,Yes.")

    loaded = load(folder)

    assert len(loaded["a.csv"].documents) == 1
    assert (loaded["b.csv"].documents, code_of(loaded["b.csv"])) == ((), "duplicate_id")


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="does not exist"):
        list(load_folder(tmp_path / "none"))


@pytest.mark.parametrize("name", ["outline.md", "outline.html"])
def test_a_page_of_headings_only_is_named(folder: Path, name: str) -> None:
    content = {
        "outline.md": "# Help\n\n## Orders\n\n## Returns\n",
        "outline.html": "<html><body><main><h1>Help</h1><h2>Orders</h2></main></body></html>",
    }
    (folder / name).write_text(content[name])

    (loaded,) = load_folder(folder)

    assert loaded.documents == ()
    assert [failure.code for failure in loaded.failures] == ["only_headings"]
    assert "'Help'" in loaded.failures[0].message
