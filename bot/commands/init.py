"""`foyer init`: write a new site that serves at once, asking on a terminal for what was not given."""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.errors import ConfigurationError

ACCENT = "#2f6f4f"
MAX_NAME_CHARS = 120
DEFAULT_PLAYBOOK = "simple"


def init(
    folder: Annotated[Path, typer.Argument(help="The new site's folder.", metavar="DIR")],
    playbook: Annotated[
        str | None,
        typer.Option(help="What it wants to know of visitors: simple, bant, champ, meddic or shop."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What visitors read at the top of the panel.")] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(help="Where the widget may appear: https://www.example.com (repeatable)."),
    ] = None,
    accent: Annotated[str | None, typer.Option(help=f"The accent colour, like {ACCENT}.")] = None,
    greeting: Annotated[str | None, typer.Option(help="The first words in the panel.")] = None,
    locale: Annotated[str, typer.Option(help="The site's language, like en or en-GB.")] = "en",
    knowledge: Annotated[
        Path | None,
        typer.Option(help="A folder of documentation that exists; without it, an example is written."),
    ] = None,
) -> None:
    """Write a new site that serves at once. On a terminal, asks for what was not given.

    Example: foyer init mysite --name "Example Ltd" --origin https://www.example.com
    """
    from bot.settings.new_site import NewSite, write_site
    from bot.settings.site import name_of_folder

    base_url = _refuse_early(folder, playbook or DEFAULT_PLAYBOOK, knowledge, locale)
    own_name = _ask("Name", name, default=name_of_folder(folder), check=_checked_name)
    site = NewSite(
        name=own_name,
        origins=_origins(origin),
        accent=_ask("Accent colour", accent, default=ACCENT, check=_checked_accent),
        greeting=_ask("Greeting", greeting, default=_welcome(locale, own_name), check=_checked_text),
        locale=locale,
        playbook=_ask("Playbook", playbook, default=DEFAULT_PLAYBOOK, check=_checked_playbook),
        knowledge=knowledge,
    )
    write_site(folder, site)
    _warn(folder, site.locale)
    _print_next_steps(folder, base_url, has_example=knowledge is None)


def _refuse_early(folder: Path, playbook: str, knowledge: Path | None, locale: str) -> str:
    """Refuse what can not work before anything is asked or written; return the server's address."""
    from bot.settings import bundled_playbook_file, load_environment
    from bot.settings.new_site import refuse_used_folder

    _refuse_locale(locale)
    refuse_used_folder(folder)
    bundled_playbook_file(playbook)
    if knowledge is not None and not knowledge.is_dir():
        raise ConfigurationError(f"--knowledge {knowledge}: there is no such folder.")
    environment = load_environment()
    return environment.public_url or f"http://127.0.0.1:{environment.port}"


def _welcome(locale: str, name: str) -> str:
    from bot.settings import sentences_for

    return sentences_for(locale).greeting.replace("{name}", name)


def _ask(label: str, given: str | None, *, default: str, check: Callable[[str], str]) -> str:
    """Return what was given, else what is typed on the terminal, else the default; checked."""
    if given is not None:
        return check(given)
    if not _is_interactive():
        return default
    while True:
        typed = typer.prompt(label, default=default, show_default=bool(default), err=True)
        try:
            return check(typed)
        except ConfigurationError as error:
            typer.echo(str(error), err=True)


def _is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _origins(given: list[str] | None) -> tuple[str, ...]:
    if given is not None:
        return tuple(dict.fromkeys(_checked_origin(origin) for origin in given))
    typed = _ask(
        "Your website, like https://www.example.com (empty: later)", None, default="", check=_checked_origin
    )
    return (typed,) if typed else ()


def _checked_origin(text: str) -> str:
    from bot.settings import check_origin

    return check_origin(text.strip()) if text.strip() else ""


def _checked_text(text: str) -> str:
    text = text.strip()
    if not text or len(text) > 2000 or not text.isprintable():
        raise ConfigurationError("A name or greeting is one line of text, and not empty.")
    return text


def _checked_name(text: str) -> str:
    if len(text) > MAX_NAME_CHARS:
        raise ConfigurationError(f"A name has at most {MAX_NAME_CHARS} characters.")
    return _checked_text(text)


def _checked_playbook(text: str) -> str:
    from bot.settings import bundled_playbook_file

    return bundled_playbook_file(text.strip().lower()).stem


def _checked_accent(text: str) -> str:
    text = text.strip().lower()
    if re.fullmatch(r"(?:[0-9a-f]{3}|[0-9a-f]{6})", text):
        text = f"#{text}"
    if not re.fullmatch(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", text):
        raise ConfigurationError(f"{text!r} is not a colour; write it like {ACCENT}.")
    return text


def _refuse_locale(text: str) -> None:
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        raise ConfigurationError(f"--locale {text!r} is no locale; write one like en or en-GB.")


def _warn(folder: Path, locale: str) -> None:
    """Say on stderr what will not work as expected."""
    from bot.settings import language_warning, load_site, locale_warning, speaks
    from knowledge import EMBEDDED_LANGUAGES, detect_language

    site = load_site(folder)
    warning = language_warning(
        _texts(site.knowledge_folder), detect=detect_language, embedded=EMBEDDED_LANGUAGES
    )
    # The example is English whatever the site speaks.
    warning = warning or locale_warning(locale, embedded=EMBEDDED_LANGUAGES)
    if warning is not None:
        typer.echo(f"Note: {warning}", err=True)
    if not speaks(locale):
        what = "The bot's sentences are English: put yours under `greeting`, `messages` and `consent.text` in"
        typer.echo(f"Note: {what} {folder / 'foyer.yaml'}, and the questions in playbook.yaml.", err=True)


def _texts(folder: Path) -> Iterable[str]:
    from knowledge import load_folder

    return (document.text for source in load_folder(folder) for document in source.documents)


def _print_next_steps(folder: Path, base_url: str, *, has_example: bool) -> None:
    from bot.settings import load_site, site_snippet

    site = load_site(folder)
    typer.echo(f"Wrote the site {site.id!r} to {folder}.\n")
    typer.echo("Next:")
    typer.echo(
        f"  1. Put your documentation into {site.knowledge_folder}: Markdown, HTML, PDF, DOCX, text, and FAQ"
    )
    example = " What is there now is an example." if has_example else ""
    typer.echo(f"     or product tables as CSV, XLSX, JSON or JSONL.{example}")
    typer.echo(f"  2. foyer check {folder}")
    typer.echo(f"  3. foyer serve {folder}     then open {base_url}/demo?site={site.id}")
    typer.echo("  4. Put this line before </body> on the pages of your website:\n")
    typer.echo(site_snippet(site, base_url))
