"""Segments in foyer.yaml: read against the playbook, every mistake with its line and the way to mend it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.segment import Test
from bot.domain.slots import SlotKind
from bot.settings import FilesError, load_site


def load(folder: Path, segments: str):
    (folder / "knowledge").mkdir(exist_ok=True)
    (folder / "playbook.yaml").write_bytes(Path("bot/playbooks/bant.yaml").read_bytes())
    (folder / "foyer.yaml").write_text(f"name: Example\nsegments:\n{segments}", encoding="utf-8")
    return load_site(folder).segments


def test_a_segment_is_read_with_its_short_forms(tmp_path):
    read = load(
        tmp_path,
        """
  hot:
    label: Call today
    where:
      stage: [mql, sql]
      score: {at_least: 60}
      budget: none
      timeline: {within: 90d, before: 2027-06-01}
      decision_maker: true
      consent: not_asked
      owner: unknown
    any:
      - page: {contains: /pricing}
      - need: {contains: [chat, bot]}
        email: {mail: [free, disposable]}
  rest: {where: {gate: captured}}
""",
    )

    hot = read["hot"]
    tests = {test.field: test for test in hot.every}
    assert (hot.name, hot.label, read["rest"].label) == ("hot", "Call today", "rest")
    assert tests["stage"].is_one_of == ("mql", "sql")
    assert tests["score"].at_least == 60
    assert (tests["budget"].states, tests["budget"].kind) == (("none",), SlotKind.MONEY)
    assert (tests["timeline"].within, tests["timeline"].before) == (timedelta(days=90), date(2027, 6, 1))
    assert tests["decision_maker"].is_one_of == (True,)
    assert tests["consent"].is_one_of == ("not_asked",)
    assert tests["owner"].states == ("unknown",)
    assert [[test.field for test in one] for one in hot.some] == [["page"], ["need", "email"]]
    assert isinstance(hot.some[1][0], Test)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("budgett: known", "`budgett` is no slot and no field of a lead; did you mean `budget`?"),
        ("score: {before: 2027-01-01}", "`before` cannot be asked of `score`; it takes at_least, at_most"),
        ("page: {at_least: 3}", "`at_least` cannot be asked of `page`"),
        ("timeline: {within: 3 months}", "'3 months' is no time span; write it like 12h, 30d or 8w"),
        ("updated_at: {before: tomorrow}", "'tomorrow' is no date; write it like 2027-01-31"),
        ("stage: hot", "'hot' is no stage; it is one of visitor, lead, mql, sql, disqualified"),
        ("decision_maker: maybe", "`decision_maker` is compared with true or false, not with 'maybe'"),
        ("team_size: {is: many}", "`team_size` is compared with numbers"),
        ("company: {is: 3}", "`company` is compared with text in quotes"),
        ("company: unknown", "write not_asked instead of unknown"),
        ("page: declined", "`page` has no such state"),
        ("email: {}", "`email` asks nothing"),
        ("company: {mail: free}", "`mail` cannot be asked of `company`"),
        ("email: {mail: private}", "`mail`"),
        ("email: {contians: x}", "`contians` is not a known key here; did you mean `contains`?"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, line, words):
    with pytest.raises(FilesError) as raised:
        load(tmp_path, f"  hot:\n    where:\n      grade: A1\n      {line}\n")

    (problem,) = raised.value.problems
    assert problem.line == 6
    assert words in problem.what


def test_a_segment_that_says_nothing_or_has_a_strange_name_is_refused(tmp_path):
    with pytest.raises(FilesError, match=r"foyer.yaml:3: `empty` has no `where` and no `any`"):
        load(tmp_path, "  empty: {label: All}\n")
    with pytest.raises(FilesError, match=r"foyer.yaml:3: .*is no name"):
        load(tmp_path, "  Hot Ones: {where: {stage: sql}}\n")
