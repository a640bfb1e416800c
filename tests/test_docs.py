"""The documentation tells what the code does: every setting, key, command, route and attribute stands in it."""

import base64
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from bot.__main__ import app
from bot.chat.phrases import PHRASES
from bot.domain.identity import read_token
from bot.outbound.webhook import sign
from bot.settings import Environment, load_playbook, load_site
from bot.settings.playbook_model import PlaybookFile
from bot.settings.site_file import SiteFile
from bot.web import create_app
from bot.web.origins import Origins
from bot.web.parts import Parts

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *DOCS.glob("*.md")]}
ALL = "\n".join(PAGES.values())
WIDGET = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "widget" / "src").rglob("*.js"))
COMMANDS: Any = typer.main.get_command(app)

LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPOKEN = re.compile(r"(?:^|[|;&] )(?:\.venv/bin/)?foyer((?: [^`\n|#&]+)?)", re.MULTILINE)
HYPHENED = re.compile(r"[^\w\- ]")


def blocks(page: str, language: str) -> list[str]:
    return [body for name, body in FENCE.findall(PAGES[page]) if name == language]


def rows(page: str) -> dict[str, str]:
    """The rows of a page's tables by the code in their first cell."""
    return dict(re.findall(r"^\| `([^`|]+)`[^|]*\| (.*) \|$", PAGES[page], re.MULTILINE))


def spans(page: str) -> set[str]:
    """Everything a page sets as code, whole and by its words."""
    found = re.findall(r"`([^`\n]+)`", FENCE.sub("", PAGES[page]))
    return {*found, *(word for span in found for word in re.findall(r"[\w.-]+", span))}


def sections_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The sections of a file that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from sections_in(inner)


def keys_of(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str]]:
    """Every key of a file as `(path, name)`."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield f"{path}{key}", key
        is_many = "list[" in str(field.annotation)
        for section in sections_in(field.annotation):
            yield from keys_of(section, f"{path}{key}{'[]' if is_many else ''}.")


def test_every_setting_has_its_row_with_its_default() -> None:
    table = rows("operation.md")
    missing = {}
    for name, field in Environment.model_fields.items():
        cell = table.get(f"FOYER_{name.upper()}", "")
        default = field.default
        shown = "none" if default in (None, ()) else f"`{str(default).lower()}`"
        if not cell.startswith(f"{shown} | "):
            missing[name] = (shown, cell)

    assert missing == {}


def test_no_setting_is_described_that_does_not_exist() -> None:
    named = set(re.findall(r"\bFOYER_[A-Z_]*[A-Z]\b", ALL))
    known = {f"FOYER_{name.upper()}" for name in Environment.model_fields}

    assert {name for name in named - known if not name.startswith("FOYER_SECRET")} == set()


def test_every_key_of_a_site_is_described() -> None:
    described = spans("site-folder.md")
    by_name = ("messages.", "hours.", "choices[].", "segments.")
    missing = {
        path
        for path, key in keys_of(SiteFile)
        # A fallback has the keys of a model.
        if path.replace("model.fallback.", "model.") not in described
        and not (path.startswith(by_name) and key in described)
    }

    assert missing == set()
    assert set(PHRASES) - described == set()


def test_every_key_of_a_playbook_is_described() -> None:
    described = spans("playbook.md")
    missing = {path for path, key in keys_of(PlaybookFile) if key not in described}

    assert missing == set()


@pytest.mark.parametrize("key", ["kind", "signal", "state", "mail"])
def test_every_value_of_a_playbooks_key_is_described(key: str) -> None:
    described = spans("playbook.md")
    section = next(m for m in every_section(PlaybookFile) if key in m.model_fields)
    values = [value for value in flat(section.model_fields[key].annotation) if isinstance(value, str)]

    assert values
    assert [value for value in values if value not in described] == []


def every_section(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for section in sections_in(field.annotation):
            yield from every_section(section)


def flat(annotation: Any) -> Iterator[Any]:
    for inner in get_args(annotation):
        yield inner
        yield from flat(inner)


def commands_of(group: Any, path: str = "foyer") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize(("path", "command"), commands_of(COMMANDS))
def test_every_command_and_option_is_named(path: str, command: Any) -> None:
    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", ALL))
    unsaid = [p.opts for p in command.params if p.opts[0].startswith("-") and not said & set(p.opts)]

    assert re.search(rf"{path}\b", ALL)
    assert unsaid == []


def test_commands_in_the_documentation_exist_with_their_options() -> None:
    wrong = [
        (page, said.strip(), what)
        for page, text in PAGES.items()
        for code in [*(body for name, body in FENCE.findall(text) if name == "sh"), *inline(text)]
        for said in SPOKEN.findall(code.replace("\\\n", ""))
        if (what := misuse(said.split()))
    ]

    assert wrong == []


def inline(text: str) -> list[str]:
    return re.findall(r"`(foyer [^`\n]+)`", FENCE.sub("", text))


def misuse(words: list[str]) -> str | None:
    """What of a command line does not exist; None when all of it does."""
    command = COMMANDS
    while words and hasattr(command, "commands"):
        name = words.pop(0)
        if name not in command.commands:
            return None if name in {"…", "serve`"} else f"no command {name}"
        command = command.commands[name]
    known = {option for p in getattr(command, "params", ()) for option in p.opts}
    return next(
        (f"no option {word}" for word in words if re.match(r"--?[a-z]", word) and word not in known), None
    )


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_every_route_is_named() -> None:
    @asynccontextmanager
    async def never() -> Any:
        yield Parts  # pragma: no cover - the application is only described here

    described = create_app(never, origins=lambda: Origins(frozenset(), {}), body_bytes=1).openapi()["paths"]
    said = re.sub(r"\{\w+\}", "{}", ALL)
    paths = [re.sub(r"\{\w+\}", "{}", path) for path in described]

    assert paths
    assert [path for path in paths if not re.search(rf"{re.escape(path)}(?![\w/])", said)] == []


def test_everything_a_page_can_set_on_the_widget_is_described() -> None:
    described = spans("widget.md")
    attributes = set(re.findall(r"(?:getA|#a)ttribute\('([a-z]+)'", WIDGET)) | set(
        re.findall(r":host\(\[(\w+)", WIDGET)
    )
    properties = set(re.findall(r"var\((--foyer-[\w-]+)", WIDGET))
    parts = set(re.findall(r"part(?:: | = )'(\w+)'", WIDGET)) | {"message"}
    calls = {f"foyer.{name}" for name in re.search(r"const name of '(open [^']+)'", WIDGET)[1].split()}
    events = {f"foyer:{name}" for name in ("ready", "open", "close", "message", "lead", "error")}
    wanted = {f"data-{name}" for name in attributes} | properties | parts | calls | events

    said = {word for span in described for word in re.findall(r"[\w.:-]+", span)}
    assert len(attributes) >= 7
    assert wanted - said == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_lead_somewhere(name: str) -> None:
    folder = ROOT if name == "README.md" else DOCS
    text = FENCE.sub("", PAGES[name])
    broken = []
    for target in (first or second for first, second in LINK.findall(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (folder / path).resolve() if path else folder / name
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)

    assert broken == []


def anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {HYPHENED.sub("", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_files_shown_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_SECRET_CRM", "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
    notify = blocks("operation.md", "yaml")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-2")
    monkeypatch.setenv("LITELLM_API_KEY", "sk-3")
    shown = [blocks("site-folder.md", "yaml")[0], *blocks("model.md", "yaml"), *notify]
    for number, text in enumerate(shown):
        folder = tmp_path / str(number)
        (folder / "knowledge").mkdir(parents=True)
        (folder / "foyer.yaml").write_text(text, encoding="utf-8")
        load_site(folder)
    playbook = tmp_path / "playbook.yaml"
    playbook.write_text(blocks("playbook.md", "yaml")[0], encoding="utf-8")
    load_playbook(playbook)

    assert len(notify) == 2


def test_the_verification_shown_accepts_what_we_sign_and_nothing_else() -> None:
    code: dict[str, Any] = {}
    exec(blocks("operation.md", "python")[0], code)
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    now, body = int(time.time()), b'{"type":"lead.created"}'
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(now),
        "webhook-signature": sign(body, message_id="msg_1", timestamp=now, secrets=[secret]),
    }

    assert code["is_genuine"](secret, headers, body)
    assert not code["is_genuine"](secret, headers, body + b" ")
    assert not code["is_genuine"](secret, headers | {"webhook-timestamp": str(now - 301)}, body)


def test_the_token_shown_is_one_that_we_take() -> None:
    code: dict[str, Any] = {}
    exec(blocks("identity.md", "python")[0], code)
    secret = secrets.token_hex(32)

    vouched = read_token(
        code["identity_token"](secret, "demo", "customer-7", "ada@example.com"),
        secrets=[secret.encode()],
        audience="demo",
        now=datetime.now(UTC),
    )

    assert (vouched.subject, vouched.email) == ("customer-7", "ada@example.com")


@pytest.mark.model
@pytest.mark.slow
def test_the_conversations_shown_come_out_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    shown = next(body for name, body in FENCE.findall(PAGES["playbook.md"]) if body.startswith("visitor:"))
    transcript = tmp_path / "visitor.yaml"
    transcript.write_text(blocks("playbook.md", "yaml")[-1], encoding="utf-8")
    site = tmp_path / "mysite"
    assert CliRunner().invoke(app, ["init", str(site), "--playbook", "bant"]).exit_code == 0

    played = CliRunner().invoke(app, ["simulate", str(site), str(transcript)])
    receipts = re.findall(r"^\| `([\w.]+)` \| \+(\d+) \|", PAGES["playbook.md"], re.MULTILINE)

    assert played.exit_code == 0, played.output
    conversation, _, lead = played.stdout.rpartition('{"lead"')
    assert conversation == shown
    assert re.findall(r'"rule": "([\w.]+)", "points": (\d+)', lead) == receipts


@pytest.mark.model
@pytest.mark.slow
def test_the_case_shown_passes_on_the_knowledge_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    files = {
        "knowledge/faq.csv": blocks("site-folder.md", "csv")[0],
        "knowledge/shipping.md": blocks("site-folder.md", "markdown")[0],
        "tests/case.yaml": blocks("site-folder.md", "yaml")[-1],
    }
    for name, text in files.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")

    result = CliRunner().invoke(app, ["test", str(tmp_path / "site")])

    assert (result.exit_code, result.output) == (0, "passed  A shop owner asks, tells, and agrees\n")


@pytest.mark.model
@pytest.mark.slow
def test_the_chains_shown_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    files = {
        "knowledge/faq.csv": blocks("site-folder.md", "csv")[0],
        "knowledge/shipping.md": blocks("site-folder.md", "markdown")[0],
        "foyer.yaml": "id: mysite\n",
    }
    for name, text in files.items():
        (tmp_path / "mysite" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mysite" / name).write_text(text, encoding="utf-8")
    assert CliRunner().invoke(app, ["index", "mysite"]).exit_code == 0
    code: dict[str, Any] = {}

    shown = blocks("langchain.md", "python")
    for block in shown:
        exec(block, code)

    first, second = capsys.readouterr().out.splitlines()
    assert len([line for line in shown[0].splitlines() if line and "import" not in line]) <= 10
    assert first == "Yes, to the whole EU."
    assert second.startswith("Yes, in three to five days.")
    assert [one.id for one in code["retriever"].invoke("Do you ship to France?")] == [
        one.id for one in code["served"].invoke("Do you ship to France?", k=3)
    ]
    monkeypatch.chdir(tmp_path / "home")
    assert len(code["open_indexed"]("mysite").passages) == len(code["retriever"].knowledge.passages)
    assert len(code["texts"]) == 2
    assert len(code["question"]) == 384
