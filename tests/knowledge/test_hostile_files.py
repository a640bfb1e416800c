"""Files that want our memory, our time or our secrets: each gets a named result, and the others are loaded."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import LoadedSource, load_folder
from knowledge.limits import MIB, Limits
from tests.knowledge.hostile_files import hostile_files

pytestmark = pytest.mark.slow

LIMITS = Limits(cpu_s=3, wall_s=60, memory_bytes=768 * MIB)
PARENT_GROWTH_MIB = 200


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Outcome"]:
    folder = tmp_path_factory.mktemp("hostile")
    expected: dict[str, set[str]] = {}
    for name, (content, codes) in hostile_files().items():
        (folder / name).write_bytes(content)
        expected[name] = codes
    (folder / "zz-good.md").write_text("# Good\n\nThis one is fine.")
    temporary = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        before = _peak_mib(reset=True)
        loaded = {source.source: source for source in load_folder(folder, limits=LIMITS)}
        yield Outcome(loaded, expected, _peak_mib() - before, list(temporary.iterdir()))


class Outcome:
    """What came of the folder, what may have come of it, and what it cost this process."""

    def __init__(
        self,
        loaded: dict[str, LoadedSource],
        expected: dict[str, set[str]],
        growth_mib: int,
        left_over: list[Path],
    ) -> None:
        self.loaded, self.expected = loaded, expected
        self.growth_mib, self.left_over = growth_mib, left_over


def _peak_mib(*, reset: bool = False) -> int:
    """Return the most memory this process has held, in MiB, since it was last reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1_024


def test_each_hostile_file_has_a_named_result(outcome: Outcome) -> None:
    codes = {
        name: {failure.code for failure in outcome.loaded[name].failures} or {""} for name in outcome.expected
    }

    assert len(codes) >= 40
    assert {
        name: (got, outcome.expected[name]) for name, got in codes.items() if got - outcome.expected[name]
    } == {}


def test_each_failure_says_what_to_do(outcome: Outcome) -> None:
    failures = [failure for source in outcome.loaded.values() for failure in source.failures]

    assert [
        failure for failure in failures if len(failure.message) < 20 or "Traceback" in failure.message
    ] == []


def test_the_file_after_them_is_loaded(outcome: Outcome) -> None:
    (document,) = outcome.loaded["zz-good.md"].documents

    assert document.title == "Good"


def test_this_process_hardly_grows_and_leaves_no_file(outcome: Outcome) -> None:
    assert outcome.growth_mib <= PARENT_GROWTH_MIB
    assert outcome.left_over == []


def test_no_secret_of_the_machine_is_in_the_text(outcome: Outcome) -> None:
    hostname = Path("/etc/hostname")
    texts = [document.text for source in outcome.loaded.values() for document in source.documents]

    assert [text for text in texts if "root:" in text] == []
    assert not hostname.exists() or [text for text in texts if hostname.read_text().strip() in text] == []
