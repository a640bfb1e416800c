"""The footnotes of an answer: one for each passage, with all that is quoted of it, and no two of one name. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.answer import Citation

OMITTED = "\n…\n"
"""Stands between two quotes of one passage, as lines of their own."""
_FRAGMENT = ":~:"


def footnotes(cited: Iterable[tuple[Citation, str]]) -> tuple[Citation, ...]:
    """Return the notes, numbered from 1 in the order in which their passages were first cited.

    Args:
        cited: each citation with the title of its passage and section, which it bears where another passage is cited
            under its own title.
    """
    notes: dict[tuple[str, str], Citation] = {}
    full: dict[tuple[str, str], str] = {}
    for citation, full_title in cited:
        key = (citation.document_id, citation.passage_id)
        notes[key] = _with_quote(notes[key], citation) if key in notes else citation
        full.setdefault(key, full_title)
    named = Counter(note.title for note in notes.values())
    return tuple(
        replace(note, n=n, title=full[key] if named[note.title] > 1 else note.title)
        for n, (key, note) in enumerate(notes.items(), 1)
    )


def _with_quote(note: Citation, more: Citation) -> Citation:
    """Return the note with another quote of its passage; its link then marks both places on the page."""
    if more.quote in note.quote:
        return note
    place, _, words = (more.link or "").partition(_FRAGMENT)
    is_same = words and note.link is not None and note.link.partition(_FRAGMENT)[0] == place
    link = f"{note.link}&{words}" if is_same else note.link
    return replace(note, quote=f"{note.quote}{OMITTED}{more.quote}", link=link)
