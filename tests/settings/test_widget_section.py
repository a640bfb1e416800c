"""What foyer.yaml says of the widget alone: its words, and when it speaks first."""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.chat.phrases import phrase
from bot.domain.hours import OpeningHours
from bot.domain.proactive import ProactiveRule, rules_now
from bot.domain.reading import Act, read_message
from bot.settings import FilesError, load_site
from bot.settings.sentences import sentences_for
from bot.settings.widget_section import WIDGET_STRINGS

ROOT = Path(__file__).resolve().parents[2]
MONDAY_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MONDAY_NIGHT = MONDAY_NOON.replace(hour=23)
OFFICE = OpeningHours(zone=UTC, week=(((time(9), time(17)),),) * 5 + ((), ()))


def written(tmp_path: Path, yaml: str) -> Path:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "foyer.yaml").write_text(yaml, encoding="utf-8")
    return tmp_path


def test_the_words_that_may_be_said_otherwise_are_those_of_the_widget() -> None:
    sources = (ROOT / "widget/src/strings").glob("en*.js")
    words = {name for path in sources for name in re.findall(r"^  (\w+):", path.read_text(), re.MULTILINE)}

    assert words - {"tag"} == WIDGET_STRINGS


def test_words_rules_and_a_picture_are_read(tmp_path: Path) -> None:
    site = load_site(
        written(
            tmp_path,
            "strings: {placeholder: Ask Harbour}\n"
            "theme: {avatar: /harbour.png}\n"
            "proactive:\n"
            "  - {say: Shall I compare the plans?, url: /pricing, after_s: 20, locales: [en]}\n"
            "  - {say: We are closed, hours: closed, returning: false, exit: true}\n"
            "  - {say: Upgrade, attributes: {plan: trial, seats: 3, is_admin: true}}\n",
        )
    )

    assert site.spellings.heard_in("en").strings == {"placeholder": "Ask Harbour"}
    assert site.theme.as_json()["avatar"] == "/harbour.png"
    assert [rule.as_json() for rule in site.proactive] == [
        {"say": "Shall I compare the plans?", "url": "/pricing", "after_s": 20, "locales": ["en"]},
        {"say": "We are closed", "exit": True, "returning": False},
        {"say": "Upgrade", "attributes": {"plan": "trial", "seats": 3, "is_admin": True}},
    ]


SEVERAL = """
locale: de
greeting: {en: Hello, de: Hallo, pt-BR: Oi, pt: Olá}
choices:
  en: [What does it cost?]
  de: [Was kostet es?, {id: open, label: Wann haben Sie offen?}]
strings:
  bot: Harbour
  no: {send: Gå}
  de: {send: Los, bot: Hafen}
  de-AT: {send: Auf}
proactive:
  - say: {en: Shall I help?, de: Darf ich helfen?}
"""


@pytest.mark.parametrize(
    ("locale", "greeting", "first_choice", "strings", "tongues"),
    [
        (None, "Hallo", "Was kostet es?", {"bot": "Hafen", "send": "Los"}, ["de", "de"]),
        ("en-GB", "Hello", "What does it cost?", {"bot": "Harbour"}, ["en", "en"]),
        ("de-AT", "Hallo", "Was kostet es?", {"bot": "Hafen", "send": "Auf"}, ["de", "de"]),
        ("pt-br", "Oi", "Was kostet es?", {"bot": "Harbour"}, ["pt-br", "de"]),
        ("PT-PT", "Olá", "Was kostet es?", {"bot": "Harbour"}, ["pt", "de"]),
        ("no", "Hallo", "Was kostet es?", {"bot": "Harbour", "send": "Gå"}, ["de", "de"]),
        ("fr", "Hallo", "Was kostet es?", {"bot": "Harbour"}, ["de", "de"]),
    ],
)
def test_a_visitor_is_greeted_in_their_language(
    tmp_path: Path,
    locale: str | None,
    greeting: str,
    first_choice: str,
    strings: dict[str, str],
    tongues: list[str],
) -> None:
    site = load_site(written(tmp_path, SEVERAL))
    heard = site.spellings.heard_in(locale)

    assert (heard.greeting, heard.choices[0].label, heard.strings) == (greeting, first_choice, strings)
    assert [heard.tongues["greeting"], heard.tongues["choices"]] == tongues
    assert site.proactive[0].as_json() == {
        "say": "Darf ich helfen?",
        "says": {"en": "Shall I help?", "de": "Darf ich helfen?"},
    }


@pytest.mark.parametrize(
    ("yaml", "remedy"),
    [
        ("strings: {placeholdr: Ask}", "is none of the widget's words"),
        ("strings: {de: {placeholdr: Ask}}", "is none of the widget's words"),
        ("strings: {german: {send: Los}}", "'german' is no locale; write one like en or en-GB"),
        ("strings: {de: {send: ''}}", "foyer.yaml:1: `send` must not be empty"),
        ("greeting: {German: Hallo}", "'German' is no locale"),
        ("greeting: {de: [Hallo]}", "`de` must be text, not a list"),
        ("choices: {de: Was kostet es?}", "`de` must be a list"),
        ("choices: {de: [Los, Los]}", "have the id 'los'"),
        ("proactive: [{say: {}}]", "`say` must have at least 1"),
        ("proactive: [{say: Hello, url: pricing}]", "write one like /pricing"),
        ("proactive: [{say: Hello, locales: [English]}]", "write one like en or en-GB"),
        ("proactive: [{after_s: 5}]", "say"),
        ("proactive: [{say: Hello, attributes: {plan: [trial]}}]", "plan"),
        ("theme: {avatar: 'javascript:alert(1)'}", "is not a web address"),
    ],
)
def test_what_can_not_work_is_refused(tmp_path: Path, yaml: str, remedy: str) -> None:
    with pytest.raises(FilesError, match=remedy):
        load_site(written(tmp_path, yaml))


@pytest.mark.parametrize(
    ("now", "hours", "said"),
    [
        (MONDAY_NOON, OFFICE, ["always", "by day"]),
        (MONDAY_NIGHT, OFFICE, ["always", "by night"]),
        (MONDAY_NIGHT, None, ["always", "by day"]),
    ],
)
def test_rules_of_other_hours_are_not_told(
    now: datetime, hours: OpeningHours | None, said: list[str]
) -> None:
    day: Any = {"by day": "open", "by night": "closed"}
    rules = [
        ProactiveRule(say="always"),
        *(ProactiveRule(say=say, hours=state) for say, state in day.items()),
    ]

    assert [rule.say for rule in rules_now(rules, hours, now)] == said


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es"])
def test_what_the_menu_says_is_understood(locale: str) -> None:
    words = sentences_for(locale).messages
    read = {
        which: read_message(
            phrase(which, words), slots=(), asked=None, now=MONDAY_NOON, region="US", locale=locale
        ).act
        for which in ("menu_person", "menu_forget")
    }

    assert read == {"menu_person": Act.WANTS_PERSON, "menu_forget": Act.FORGET_ME}
