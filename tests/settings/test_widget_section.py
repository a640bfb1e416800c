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
            "  - {say: We are closed, hours: closed, returning: false, exit: true}\n",
        )
    )

    assert dict(site.strings) == {"placeholder": "Ask Harbour"}
    assert site.theme.as_json()["avatar"] == "/harbour.png"
    assert [rule.as_json() for rule in site.proactive] == [
        {"say": "Shall I compare the plans?", "url": "/pricing", "after_s": 20, "locales": ["en"]},
        {"say": "We are closed", "exit": True, "returning": False},
    ]


@pytest.mark.parametrize(
    ("yaml", "remedy"),
    [
        ("strings: {placeholdr: Ask}", "is none of the widget's words"),
        ("proactive: [{say: Hello, url: pricing}]", "write one like /pricing"),
        ("proactive: [{say: Hello, locales: [English]}]", "write one like en or en-GB"),
        ("proactive: [{after_s: 5}]", "say"),
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
