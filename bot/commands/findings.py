"""What can be wrong with a site's folder and what is around it. Nothing is changed, nothing is indexed."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.commands.crawled import pages_of, uncrawled
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.domain.playbook import Playbook
    from bot.settings import Environment, Site
    from knowledge import Document

PARTS = ("configuration", "playbook", "knowledge", "tests", "environment")
Part = Literal["configuration", "playbook", "knowledge", "tests", "environment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `place` is a file and line.

    A `problem` must be mended, a `note` is worth reading, and what is `unchecked` waits for another mending.
    """

    level: Literal["problem", "note", "unchecked"]
    part: Part
    place: str | None
    what: str


def find_all(folder: Path) -> Iterator[Finding]:
    """Yield everything found, part by part."""
    from bot.settings import load_site, load_site_file

    yield from in_files(folder)
    site = unless_broken(load_site_file, folder)
    if site is None:
        yield unchecked("knowledge", "Mend the configuration first: it names the documentation's folder.")
        yield unchecked("environment", "Mend the configuration first: it says whether mail is needed.")
    else:
        yield from in_configuration(site)
        yield from (note("knowledge", what) for what in uncrawled(site))
        yield from in_knowledge(site)
    whole = unless_broken(load_site, folder)
    if whole is not None:
        yield from in_playbook(whole.playbook)
    yield from in_tests(folder)
    yield from in_environment(site)


def in_files(folder: Path) -> Iterator[Finding]:
    """Check foyer.yaml and playbook.yaml each by itself, so that one's faults do not hide the other's."""
    from bot.settings import load_playbook, load_site_file

    yield from faults("configuration", lambda: load_site_file(folder))
    path = folder / "playbook.yaml"
    if path.is_file():
        yield from faults("playbook", lambda: load_playbook(path))
    else:
        yield note("playbook", "There is no playbook.yaml; the bundled playbook `simple` is used.")


def unless_broken(load: Callable[[Path], "Site"], folder: Path) -> "Site | None":
    """Return the site; None when a file of it can not work, which `in_files` names."""
    try:
        return load(folder)
    except ConfigurationError:
        return None


def in_configuration(site: "Site") -> Iterator[Finding]:
    """Say what works but deserves a word."""
    from bot.settings import site_warnings

    for warning in site_warnings(site):
        yield note("configuration", warning)


def in_playbook(playbook: "Playbook") -> Iterator[Finding]:
    """Say which thresholds no visitor can reach."""
    points = [rule.points for rule in playbook.rules] + [rule.points for rule in playbook.engagement]
    best = sum(number for number in points if number > 0)
    if best < playbook.stages.sql:
        what = (
            f"All points together are {best}: the stage sql, from {playbook.stages.sql} on, is out of reach."
        )
        yield note("playbook", what)


def in_knowledge(site: "Site") -> Iterator[Finding]:
    """Load the documentation: what can not be read, contradicts itself, or is foreign to the model."""
    from bot.settings import language_warning
    from knowledge import EMBEDDED_LANGUAGES, detect_language, load_folder

    documents: list[Document] = []
    for source in load_folder(site.knowledge_folder, pages=pages_of(site)):
        documents.extend(source.documents)
        for failure in source.failures:
            yield problem("knowledge", f"{failure.message} ({failure.code})", place=failure.source)
    if not documents:
        yield problem(
            "knowledge",
            "There is nothing to answer from; put documentation into this folder.",
            place=str(site.knowledge_folder),
        )
    yield from contradictions(documents)
    texts = (document.text for document in documents)
    warning = language_warning(texts, detect=detect_language, embedded=EMBEDDED_LANGUAGES)
    if warning is not None:
        yield note("knowledge", warning)


def contradictions(documents: Sequence["Document"]) -> Iterator[Finding]:
    """Find questions that two entries answer differently: a visitor would be told one of them by chance."""
    answers: dict[str, Document] = {}
    for document in documents:
        for question in document.questions:
            first = answers.setdefault(plain(question), document)
            if first.document_id != document.document_id and plain(first.text) != plain(document.text):
                what = (
                    f"{question!r} is answered differently by {first.document_id!r} ({first.source}) and "
                    f"{document.document_id!r}; keep one answer."
                )
                yield problem("knowledge", what, place=document.source)
                break


def plain(text: str) -> str:
    """Return the words of a text, whatever its case and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def in_tests(folder: Path) -> Iterator[Finding]:
    """Read the site's own conversations; playing them is for `foyer test`."""
    from bot.settings import read_yaml

    for path in sorted((folder / "tests").glob("*.y*ml")):
        yield from faults("tests", partial(read_yaml, path))


def in_environment(site: "Site | None") -> Iterator[Finding]:
    """Check the process's settings, its home folder, its model, and what the site needs of them."""
    from bot.settings import load_environment

    try:
        environment = load_environment()
    except ConfigurationError as error:
        yield problem("environment", str(error))
        return
    yield from in_home(environment.home)
    yield from in_model(environment)
    if site is not None and site.notify.email_to and environment.smtp_host is None:
        what = "`notify.email` names people, but FOYER_SMTP_HOST is not set: nobody would be told of a lead."
        yield problem("environment", what)


def in_home(home: Path) -> Iterator[Finding]:
    """Check that the database can be written."""
    existing = next(path for path in (home.absolute(), *home.absolute().parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        what = f"FOYER_HOME {home} can not be written; name another folder or change its owner."
        yield problem("environment", what)


def in_model(environment: "Environment") -> Iterator[Finding]:
    """Check that the embedding model is there."""
    from knowledge import KnowledgeError, load_embedder

    try:
        load_embedder(environment.embedding_model)
    except KnowledgeError as error:
        yield problem("environment", str(error))


def faults(part: Part, read: Callable[[], object]) -> Iterator[Finding]:
    """Yield what is wrong with a file as findings of their own."""
    from bot.settings import FilesError

    try:
        read()
    except FilesError as error:
        for fault in error.problems:
            place = str(fault.file) if fault.line is None else f"{fault.file}:{fault.line}"
            yield problem(part, fault.what, place=place)
    except ConfigurationError as error:
        yield problem(part, str(error))


def problem(part: Part, what: str, *, place: str | None = None) -> Finding:
    """Return a fault that must be mended."""
    return Finding(level="problem", part=part, place=place, what=what)


def unchecked(part: Part, what: str) -> Finding:
    """Return what could not be looked at."""
    return Finding(level="unchecked", part=part, place=None, what=what)


def note(part: Part, what: str) -> Finding:
    """Return a thing worth reading."""
    return Finding(level="note", part=part, place=None, what=what)
