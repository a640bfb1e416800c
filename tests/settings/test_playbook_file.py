"""playbook.yaml: what is read, and every mistake with its line."""

from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.domain.facts import FactState
from bot.settings import (
    BUNDLED_PLAYBOOKS,
    FilesError,
    bundled_playbook,
    bundled_playbook_file,
    demo_site_folder,
    load_playbook,
)

GOOD = """\
id: own
slots:
  - id: team_size
    kind: quantity
    label: Team size
    ask:
      texts: How many are you?
      choices: [Just me, More]
    rules:
      - {name: big, when: {at_least: 20}, points: 10, reason: Big, group: size}
  - id: platform
    kind: choice
    label: Platform
    choices: [WordPress, {id: own, label: Our own}]
    ask: {texts: [Which system is your website made with?], priority: 5, after_answers: 0}
    rules:
      - {name: wordpress, when: {is: wordpress}, points: 5, reason: Uses WordPress}
      - {name: silent, when: declined, points: -1, reason: Would not say}
  - id: note
    kind: text
    label: Note
    ask: never
caps: {size: 8}
stages:
  lead: 5
  mql: 10
  sql: 20
  disqualified_when:
    - {platform: {is: own}, team_size: none}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "playbook.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_playbook_is_read_as_it_is_written(tmp_path: Path) -> None:
    playbook = load_playbook(write(tmp_path, GOOD))

    question = playbook.question_for("platform")
    assert question is not None
    assert [choice.id for choice in question.choices] == ["wordpress", "own"]
    assert (question.priority, question.after_answers) == (5, 0)
    assert playbook.question_for("note") is None
    assert [rule.full_name for rule in playbook.rules] == [
        "team_size.big",
        "platform.wordpress",
        "platform.silent",
    ]
    assert playbook.rules[2].when.state is FactState.DECLINED
    assert playbook.caps == (("size", 8),)
    assert [slot for slot, _ in playbook.stages.disqualified_when[0]] == ["platform", "team_size"]


def test_the_version_is_that_of_the_text(tmp_path: Path) -> None:
    before = load_playbook(write(tmp_path, GOOD)).version

    assert load_playbook(write(tmp_path, GOOD)).version == before
    assert load_playbook(write(tmp_path, GOOD.replace("points: 10", "points: 11"))).version != before


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [
        ("id: note", "id: team_size", ":19: the slot 'team_size' is defined twice"),
        ("id: note", "id: score", ":19: 'score' is the name of an export column"),
        ("id: note", "id: signal.x", ":19: 'signal.x' is no name"),
        ("kind: text", "kind: txt", ":20: `kind` must be one of 'email', 'phone'"),
        ("    ask: never", "", ":19: `ask` is missing; it is how it is asked for"),
        ("ask: never", "ask: sometimes", ":22: `ask` must hold keys of its own, not 'sometimes'"),
        ("ask: never", "ask: {texts: []}", ":22: `texts` must have at least 1"),
        ("ask: never", "questions: [x]", "`questions` is not a known key here; did you mean `ask`?"),
        ("kind: text", "kind: text\n    words: [x]\n    choices: [a, b]", "'note' is no choice slot"),
        (
            "kind: quantity",
            "kind: money\n    words: [team]",
            "`words` have no effect on a slot of kind money",
        ),
        (
            "choices: [WordPress, {id: own, label: Our own}]",
            "",
            "the choice slot 'platform' needs at least two",
        ),
        ("name: silent", "name: wordpress", ":18: the rule platform.wordpress is defined twice"),
        ("name: silent", "name: Silent", "'Silent' is no name"),
        ("points: -1", "points: 1", ":18: `declined` can not earn points"),
        ("points: 10", "points: 500", ":10: `points` must be at most 100, not 500"),
        ("points: 10", "points: 1.5", ":10: `points` must be a whole number, not 1.5"),
        ("points: 10", "points: '10'", ":10: `points` must be a whole number, not '10'"),
        (
            "at_least: 20",
            "within_days: 20",
            ":10: `within_days` compares timeline, but 'team_size' is of kind quantity",
        ),
        (
            "is: wordpress",
            "at_least: 2",
            ":17: `at_least` compares quantity or money, but 'platform' is of kind choice",
        ),
        ("is: wordpress", "is: word-press", "has no choice 'word-press'; did you mean `wordpress`?"),
        ("at_least: 20", "at_least: 20, at_most: 3", "the rule could never apply"),
        ("at_least: 20", "at_least: 20, state: none", "can not hold of a slot that is `none`"),
        ("at_least: 20", "minimum: 20", "`minimum` is not a known key here; known are state, at_least"),
        ("group: size", "group: sise", ":10: the group 'sise' has no cap"),
        ("size: 8", "size: 8, other: 3", "no rule is in the group 'other'"),
        (
            "reason: Uses WordPress",
            "reason: Uses WordPress, group: size, dimension: interest",
            ":17: the group 'size' mixes fit and interest",
        ),
        ("mql: 10", "mql: 30", ":24: the thresholds lead, mql and sql must rise; they are 5, 30, 20"),
        (
            "platform: {is: own}",
            "platfrom: {is: own}",
            ":29: there is no slot 'platfrom'; did you mean `platform`?",
        ),
        ("{platform: {is: own}, team_size: none}", "{}", "it would disqualify everybody"),
        ("team_size: none", "team_size: {within_days: 3}", ":29: `within_days` compares timeline"),
        (
            "team_size: none",
            "team_size: {atleast: 3}",
            "`atleast` is not a known key here; did you mean `at_least`?",
        ),
        ("id: own\n", "id: own\ngrades: {fit: [10, 20, 30]}\n", ":2: the points for `fit` must fall"),
        ("id: own\n", "id: own\ngrades: {fit: [10]}\n", "`fit` must have at least 3"),
        (
            "id: own\n",
            "id: own\nmax_questions: many\n",
            ":2: `max_questions` must be a whole number, not 'many'",
        ),
        (
            "id: own\n",
            "id: own\nengagement: [{name: a, signal: asked_prize, points: 1, reason: x}]\n",
            "`signal` must be one of 'asked_price'",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, wrong: str, right: str, complaint: str) -> None:
    assert wrong in GOOD

    with pytest.raises(FilesError) as caught:
        load_playbook(write(tmp_path, GOOD.replace(wrong, right)))

    assert complaint in "\n".join(str(problem) for problem in caught.value.problems)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "id: x", "slots: []\nid: x", "- x", "id: x\nslots: 5"])
def test_a_playbook_without_slots_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FilesError):
        load_playbook(write(tmp_path, text))


@pytest.mark.parametrize("name", BUNDLED_PLAYBOOKS)
def test_a_bundled_playbook_names_itself(name: str) -> None:
    assert bundled_playbook(name).id == name


OURS = [*map(bundled_playbook_file, BUNDLED_PLAYBOOKS), demo_site_folder() / "playbook.yaml"]


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("locale", ["en", "de-AT", "fr", "es-MX"])
def test_a_playbook_of_ours_asks_in_every_language_of_its_own(path: Path, locale: str) -> None:
    english, own = load_playbook(path), load_playbook(path, locale=locale)

    for question, said in zip(english.questions, own.questions, strict=True):
        assert len(said.texts) == len(question.texts) >= 2
        assert (set(said.texts) == set(question.texts)) is (locale == "en")
        assert [choice.id for choice in said.choices] == [choice.id for choice in question.choices]
        assert said.meanings == question.choices
    assert load_playbook(path, locale="nl").questions == english.questions


def test_an_unknown_playbook_and_a_path_are_refused() -> None:
    with pytest.raises(
        ConfigurationError, match=r"no playbook '\.\./secret'\. Choose bant, champ, meddic, shop or"
    ):
        bundled_playbook_file("../secret")


def test_simple_asks_few_and_listens_to_all() -> None:
    simple, bant = bundled_playbook("simple"), bundled_playbook("bant")

    assert len(simple.questions) == 3
    assert {slot.id for slot in simple.slots} == {slot.id for slot in bant.slots}
