"""The process that parses may die, hang, lie or be robbed of its rights; the one that asks goes on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import knowledge.sandbox as sandbox_module
from knowledge import load_folder
from knowledge.limits import MIB, Limits
from knowledge.loaders.formats import READABLE
from knowledge.sandbox import Sandbox

PACKAGE = Path(sandbox_module.__file__).parent
TEST_START = "import sys, types; package = types.ModuleType('knowledge'); package.__path__ = [sys.argv[1]];"


def start_with(code: str) -> str:
    """Return a start of the child that runs this code before each answer."""
    return (
        f"{TEST_START} sys.modules['knowledge'] = package\n"
        "import knowledge.parsing_child as child\n"
        "real = child.load_content\n"
        "def load(source, content, **more):\n"
        f"    if content == b'trap':\n        {code}\n"
        "    return real(source, content, **more)\n"
        "child.load_content = load\n"
        "child.main(sys.argv[2])\n"
    )


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        ("import os; os._exit(3)", "parser_crashed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "parser_crashed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_much_memory"),
        ("bytearray(2**31)", "too_much_memory"),
        ("import time; time.sleep(60)", "too_slow"),
        ("while True: pass", "too_slow"),
        ("raise ArithmeticError", "broken_file"),
        ("child.sys.setrecursionlimit(200); load(source, content)", "too_deep"),
    ],
)
def test_a_child_that_fails_is_one_named_failure_and_the_next_file_is_read(
    code: str, failure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox_module, "START", start_with(code))

    with Sandbox(Limits(cpu_s=1, wall_s=4)) as sandbox:
        trapped = sandbox.parse("trap.txt", b"trap", suffix=".txt")
        after = sandbox.parse("a.txt", b"fine", suffix=".txt")

    assert [(f.source, f.code) for f in trapped.failures] == [("trap.txt", failure)]
    assert [document.text for document in after.documents] == ["fine"]


@pytest.mark.parametrize(
    "answer",
    [
        b"no json\n",
        b'{"document": {"document_id": "a"}}\n',
        b'{"failure": {"source": "other.txt", "code": "c", "message": "m"}}\n',
        b'{"failure": {"source": "trap.txt", "code": 5, "message": "m"}}\n',
        b"\xff\n",
    ],
)
def test_an_answer_of_another_shape_is_refused(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        f"import gc, io; [o.raw.write({answer!r}) for o in gc.get_objects() if type(o) is io.BufferedWriter]"
    )
    monkeypatch.setattr(sandbox_module, "START", start_with(code))

    with Sandbox(Limits(wall_s=10)) as sandbox:
        loaded = sandbox.parse("trap.txt", b"trap", suffix=".txt")

    assert (loaded.documents, [f.code for f in loaded.failures]) == ((), ["broken_file"])


def test_a_file_with_too_much_text_is_refused() -> None:
    with Sandbox(Limits(reply_bytes=MIB)) as sandbox:
        large = sandbox.parse("a.txt", b"word " * 2**18, suffix=".txt")
        small = sandbox.parse("b.txt", b"word", suffix=".txt")

    assert [f.code for f in large.failures] == ["too_much_text"]
    assert len(small.documents) == 1


@pytest.mark.parametrize(
    "code",
    [
        "open('{folder}/made', 'w')",
        "os.close(os.open('{folder}/made', os.O_CREAT | os.O_WRONLY))",
        "import tempfile; tempfile.mkstemp(dir='{folder}')",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
    ],
)
def test_the_child_writes_no_file_opens_no_connection_and_starts_nothing(code: str, tmp_path: Path) -> None:
    program = (
        f"{TEST_START} sys.modules['knowledge'] = package\n"
        "import os, socket, subprocess\nfrom knowledge.limits import Limits\n"
        "from knowledge.parsing_child import _confine\n_confine(Limits())\n"
        f"try:\n    {code.format(folder=tmp_path)}\nexcept OSError as error:\n    print(type(error).__name__)\n"
    )

    result = subprocess.run(
        [sys.executable, "-I", "-c", program, str(PACKAGE)], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "PermissionError"
    assert list(tmp_path.iterdir()) == []


def test_the_child_inherits_no_secret_and_has_its_limits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOYER_TEST_SECRET", "secret")
    with Sandbox(Limits(memory_bytes=700 * MIB)) as sandbox:
        sandbox.parse("a.txt", b"word", suffix=".txt")
        assert sandbox._child
        process = Path(f"/proc/{sandbox._child._process.pid}")
        environment = (process / "environ").read_bytes()
        limits = (process / "limits").read_text()
        niceness = os.getpriority(os.PRIO_PROCESS, sandbox._child._process.pid)

    assert b"secret" not in environment
    assert str(700 * MIB) in limits
    assert niceness >= 10
    assert not process.exists()


def test_a_folder_that_is_not_read_to_its_end_leaves_no_process(folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.md").write_text("word")
    before = _children()
    loading = load_folder(folder)
    next(loading)
    (child,) = _children() - before

    loading.close()

    assert child not in _children()


def _children() -> set[str]:
    return {
        child
        for task in Path("/proc/self/task").iterdir()
        for child in (task / "children").read_text().split()
    }


def test_every_readable_ending_has_a_result_for_nothing() -> None:
    with Sandbox() as sandbox:
        loaded = [sandbox.parse(f"a{suffix}", b"", suffix=suffix) for suffix in sorted(READABLE)]

    assert [len(source.failures) for source in loaded] == [1] * len(READABLE)


def test_five_hundred_small_files_take_one_child_and_little_time(folder: Path) -> None:
    for number in range(500):
        (folder / f"{number}.md").write_text(f"# Page {number}\n\nA sentence.")

    started = time.process_time()
    loaded = list(load_folder(folder))

    assert len(loaded) == 500
    assert time.process_time() - started < 1.0
