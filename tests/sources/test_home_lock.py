"""One process owns a home, and the system takes the lock back from a dead one."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sources import HomeBusyError, ServerNote, find_server, leave_note, own_home
from tests.service.running_server import ROOT

NOTE = ServerNote("http://127.0.0.1:1", "secret", 1, ("harbour",))

HOLD = """
import sys, time
from pathlib import Path
from bot.sources import own_home
with own_home(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


def test_a_home_has_one_owner(tmp_path: Path) -> None:
    with own_home(tmp_path), pytest.raises(HomeBusyError, match="FOYER_HOME"), own_home(tmp_path):
        pass


def test_a_home_given_back_can_be_owned_again(tmp_path: Path) -> None:
    for _ in range(3):
        with own_home(tmp_path):
            pass


@pytest.mark.slow
def test_a_killed_owner_keeps_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        owner.stdout.readline()
        with pytest.raises(HomeBusyError), own_home(tmp_path):
            pass

        owner.kill()
        owner.wait()

    with own_home(tmp_path):
        pass


def test_the_note_of_a_server_is_found_while_it_owns_the_home_only(tmp_path: Path) -> None:
    with own_home(tmp_path):
        leave_note(tmp_path, NOTE)
        assert find_server(tmp_path) == NOTE

    assert find_server(tmp_path) is None


def test_the_note_is_readable_by_its_user_only(tmp_path: Path) -> None:
    leave_note(tmp_path, NOTE)

    assert stat.S_IMODE((tmp_path / "server.json").stat().st_mode) == 0o600


def test_a_new_owner_removes_the_note_of_a_dead_server(tmp_path: Path) -> None:
    leave_note(tmp_path, NOTE)

    with own_home(tmp_path):
        assert find_server(tmp_path) is None


def test_looking_for_a_server_takes_no_lock(tmp_path: Path) -> None:
    assert find_server(tmp_path) is None

    with own_home(tmp_path):
        pass
