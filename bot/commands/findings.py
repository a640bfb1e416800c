"""What can be wrong with a site's folder and what is around it. Nothing is changed, nothing is indexed."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.cases import Case
from bot.commands.crawled import uncrawled
from bot.commands.finding import Finding, faults, note, problem, unchecked
from bot.commands.opened import log_beside
from bot.commands.written_findings import in_knowledge, in_tests, read_cases
from bot.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.domain.playbook import Playbook
    from bot.settings import Environment, Site


def find_all(folder: Path, *, with_model: bool = False) -> Iterator[Finding]:
    """Yield everything found, part by part; `with_model` calls the site's language models as well."""
    from bot.settings import load_site, load_site_file

    cases: list[Case] = []
    yield from in_files(folder)
    yield from read_cases(folder, cases)
    site = unless_broken(load_site_file, folder)
    whole = unless_broken(load_site, folder)
    if site is None:
        yield unchecked("knowledge", "Mend the configuration first: it names the documentation's folder.")
        yield unchecked("environment", "Mend the configuration first: it says whether mail is needed.")
        yield from in_tests(cases, None, None)
    else:
        yield from in_configuration(site)
        yield from (note("knowledge", what) for what in uncrawled(site))
        review = yield from in_knowledge(whole or site, cases)
        yield from in_tests(cases, whole, review)
    if whole is not None:
        yield from in_playbook(whole.playbook)
    yield from in_environment(site, with_model=with_model)


def in_files(folder: Path) -> Iterator[Finding]:
    """Check foyer.yaml and playbook.yaml, first each by itself, so that one's faults do not hide the other's."""
    from bot.settings import load_playbook, load_site, load_site_file

    found = [*faults("configuration", lambda: load_site_file(folder))]
    path = folder / "playbook.yaml"
    if path.is_file():
        found += faults("playbook", lambda: load_playbook(path))
    yield from found or faults("configuration", lambda: load_site(folder))
    if not path.is_file():
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


def in_environment(site: "Site | None", *, with_model: bool = False) -> Iterator[Finding]:
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
    if site is not None and site.identity.codes and environment.smtp_host is None:
        what = "`identity.codes` is true, but FOYER_SMTP_HOST is not set: no code would be offered."
        yield problem("environment", what)
    if site is not None and site.model is not None:
        yield from in_language_models(site, environment, with_call=with_model)
    elif with_model:
        yield note("environment", "There is no language model to call: foyer.yaml has no `model`.")


def in_language_models(site: "Site", environment: "Environment", *, with_call: bool) -> Iterator[Finding]:
    """Check that the site's models may be called and, `with_call`, that they answer."""
    from bot.assemble.speaking import find_obstacles, try_models
    from bot.llm import Failed

    obstacles = find_obstacles(site, environment)
    yield from (problem("environment", what) for what in obstacles)
    if not with_call or obstacles:
        return
    log_beside()
    for settings, ended in asyncio.run(try_models(site, environment)):
        if isinstance(ended, Failed):
            yield problem("environment", ended.message)
        else:
            yield note("environment", f"{settings.name} was called and answered.")


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
