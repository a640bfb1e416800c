"""What is wrong with what a site has written, and with its own conversations: in files, and between them."""

import asyncio
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.answer_findings import in_answers, in_expectation
from bot.commands.answering import progress_on_terminal
from bot.commands.cases import Case, case_files, run_case
from bot.commands.cases import read_cases as cases_in
from bot.commands.crawled import pages_of
from bot.commands.finding import Finding, faults, finding_id, note, problem, shown, unchecked
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.assemble.reviewing import Review
    from bot.settings import Site
    from bot.sources import Contradiction, Places, Repeated, Twins, Written
    from knowledge import Document, Passage


def in_knowledge(site: "Site", cases: Sequence[Case]) -> "Generator[Finding, None, Review | None]":
    """Load the documentation and compare what it says; return it read, None when there is nothing to ask.

    Args:
        site: whose documentation.
        cases: the site's own conversations, whose questions are asked of the version before as well.
    """
    from bot.settings import language_warning
    from knowledge import EMBEDDED_LANGUAGES, detect_language, load_folder

    documents: list[Document] = []
    for source in load_folder(site.knowledge_folder, pages=pages_of(site)):
        documents.extend(source.documents)
        for failure in source.failures:
            yield problem("knowledge", f"{failure.message} ({failure.code})", place=failure.source)
    if not documents:
        what = "There is nothing to answer from; put documentation into this folder."
        yield problem("knowledge", what, place=str(site.knowledge_folder))
        return None
    texts = (document.text for document in documents)
    warning = language_warning(texts, detect=detect_language, embedded=EMBEDDED_LANGUAGES)
    if warning is not None:
        yield note("knowledge", warning)
    review = read_for_review(site, documents)
    if review is None:
        yield unchecked(
            "knowledge", "Mend the environment first: what is written is compared with its model."
        )
    else:
        tested = [str(line["visitor"]) for case in cases for line, _ in case.lines if line.get("visitor")]
        found = chain(between_entries(site, review.written), in_answers(review, tested))
        yield from accepted(site, found)
        yield from in_expectation(review)
    return review


def read_for_review(site: "Site", documents: "list[Document]") -> "Review | None":
    """Return what is written with its vectors; None when the environment, which is checked later, forbids it."""
    from bot.assemble.reviewing import review_site
    from bot.settings import load_environment
    from knowledge import KnowledgeError, load_embedder

    try:
        environment = load_environment()
        embedder = load_embedder(environment.embedding_model)
    except (ConfigurationError, KnowledgeError):
        return None
    show = progress_on_terminal() or (lambda _done, _of: None)
    return asyncio.run(review_site(site, documents, environment, embedder, on_batch=show))


def accepted(site: "Site", findings: Iterator[Finding]) -> Iterator[Finding]:
    """Leave out what `check.ignore` accepts, and name what it accepts in vain."""
    unused = set(site.accepted_findings)
    for finding in findings:
        if finding.id in site.accepted_findings:
            unused.discard(str(finding.id))
        else:
            yield finding
    for one in sorted(unused):
        yield note("configuration", f"`check.ignore` accepts {one}, which nothing has any more; remove it.")


def between_entries(site: "Site", written: "Written") -> Iterator[Finding]:
    """Name what contradicts something else, and entries that ask or answer the same."""
    from bot.sources import Places, find_contradictions, find_repeated, find_twins

    places = Places(site.knowledge_folder)
    embed, language = written.embedder.embed, written.language
    passages = said_once(written)
    twins = find_twins(passages, embed, language=language)
    named = {frozenset((pair.first.document_id, pair.second.document_id)) for pair in twins}
    for contradiction in find_contradictions(passages, embed, language=language):
        first, second = contradiction.first.passage, contradiction.second.passage
        if frozenset((first.document_id, second.document_id)) not in named:
            yield contradiction_found(contradiction, written, places)
    for pair in twins:
        yield twins_found(pair, written, places)
    for repeated in find_repeated(passages, embed, language=language):
        of_first, *of_others = (entry.document_id for entry in repeated.entries)
        if not all(frozenset((of_first, other)) in named for other in of_others):
            yield repeated_found(repeated, written, places)


def said_once(written: "Written") -> "list[Passage]":
    """Return the passages without entries that a website shows alike on several of its pages."""
    shown: dict[tuple[object, ...], str] = {}
    once: list[Passage] = []
    for passage in written.passages:
        source = written.sources[passage.document_id]
        is_page = source.startswith(("https://", "http://")) or source.lower().endswith((".html", ".htm"))
        key = (passage.questions, passage.text)
        if not passage.questions or not is_page or shown.setdefault(key, source) == source:
            once.append(passage)
    return once


def contradiction_found(found: "Contradiction", written: "Written", places: "Places") -> Finding:
    """Say where two statements stand and what differs."""
    first, second = found.first, found.second
    here, there = (
        places.of(claim.passage, claim.quote, claim.start, source=written.sources[claim.passage.document_id])
        for claim in (first, second)
    )
    what = (
        f"says {found.first_value!r} where {there} says {found.second_value!r}: "
        f"{shown(first.quote)} against {shown(second.quote)}. Make them agree."
    )
    return problem("knowledge", what, place=here, id=finding_id("contradiction", first.quote, second.quote))


def twins_found(found: "Twins", written: "Written", places: "Places") -> Finding:
    """Say which two entries ask the same, and whether they answer the same."""
    here, there = (entry_place(passage, written, places) for passage in (found.second, found.first))
    asks = f"{shown(found.second_question)} asks the same as {shown(found.first_question)} ({there})"
    if found.is_same_answer:
        what = f"{asks} and is answered the same: merge them, one as a variant of the other."
        return problem("knowledge", what, place=here, id=finding_id("twins", *said(found)))
    what = (
        f"{asks} and is answered differently by {found.first.document_id!r} and {found.second.document_id!r}: "
        f"{shown(found.second.text)} against {shown(found.first.text)}. Keep one answer."
    )
    return problem("knowledge", what, place=here, id=finding_id("two-answers", *said(found)))


def repeated_found(found: "Repeated", written: "Written", places: "Places") -> Finding:
    """Say under which questions one answer stands: to be merged where they mean the same, else as it may be."""
    first, second, *others = found.entries
    here, there = (entry_place(passage, written, places) for passage in (second, first))
    more = f" (and {len(others)} more)" if others else ""
    what = (
        f"{shown(second.questions[0])}{more} is answered in the same words as {shown(first.questions[0])} ({there}): "
        f"{shown(second.text)}. Make it one entry, with the other questions as its variants."
    )
    named = finding_id("same-answer", first.text, *(entry.questions[0] for entry in found.entries))
    if found.asks_alike:
        return problem("knowledge", what, place=here, id=named)
    return note("knowledge", f"{here}: {what}", id=named)


def said(found: "Twins") -> Sequence[str]:
    """Return what the two entries say, question and answer."""
    return found.first_question + found.first.text, found.second_question + found.second.text


def entry_place(passage: "Passage", written: "Written", places: "Places") -> str:
    """Return where an entry stands."""
    return places.of(passage, passage.questions[0], 0, source=written.sources[passage.document_id])


def read_cases(folder: Path, cases: list[Case]) -> Iterator[Finding]:
    """Read the site's own conversations into `cases`; name those that can not be played."""

    def read(path: Path) -> None:
        cases.extend(cases_in(path))

    for path in case_files(folder):
        yield from faults("tests", partial(read, path))


def in_tests(cases: Sequence[Case], site: "Site | None", review: "Review | None") -> Iterator[Finding]:
    """Play the site's own conversations against what is written now; name each line that failed."""
    if not cases:
        return
    if site is None or review is None:
        yield unchecked("tests", "Mend the rest first: the conversations are played against the whole site.")
        return
    slots = [slot.id for slot in site.playbook.slots]
    for case in cases:
        try:
            result = asyncio.run(run_case(case, review.open_one, slots=slots))
        except ConfigurationError as error:
            yield problem("tests", str(error))
            continue
        for failure in result["failures"]:
            place, _, what = failure.partition(": ")
            yield problem("tests", f"{what} (case {case.name!r})", place=place)
