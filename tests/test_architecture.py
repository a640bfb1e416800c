"""The shape of the house: sizes, names, and where things may happen. Import floors are import-linter's."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.web.widget_files import COMMENTS, LITERALS, PRIVATE, as_served

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for room in ("bot", "knowledge") for path in (ROOT / room).rglob("*.py"))
WIDGET = sorted((ROOT / "widget" / "src").rglob("*.js"))
LINES_OF_A_FILE = 300
LARGER_ROOMS = {
    # Every module of the widget's first wave more is bytes and a request for each visitor.
    "widget/src/connection.js": 395,
    "widget/src/panel.js": 305,
    "widget/src/render.js": 301,
}
LINES_OF_A_FUNCTION = 40


@pytest.mark.parametrize("path", [*SOURCES, *WIDGET], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_room(path: Path) -> None:
    room = str(path.relative_to(ROOT))

    assert len(path.read_text().splitlines()) <= LARGER_ROOMS.get(room, LINES_OF_A_FILE)


def test_functions_fit_on_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if "migrations" not in path.parts
        and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LINES_OF_A_FUNCTION
    ]

    assert too_long == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = re.compile(r"^(utils?|helpers?|common|misc|manager|service|base)\.(py|js)$")

    assert [path for path in [*SOURCES, *WIDGET] if empty.match(path.name)] == []


def test_the_widget_never_writes_html() -> None:
    writes = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")

    assert [path.name for path in WIDGET if writes.search(path.read_text())] == []


def without_ends(text: str) -> str:
    """Return a text without what may be left out: blanks, ends before a closing bracket, brackets of one argument."""
    bare = re.sub(r",(?=[)\]}])|;(?=})", "", "".join(text.split()))
    return re.sub(r"\((\w+)\)(?==>)", r"\1", PRIVATE.sub("#", bare))


@pytest.mark.parametrize("path", WIDGET, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_served_of_the_widget_says_what_was_written(path: Path) -> None:
    written = COMMENTS.sub("", path.read_text())
    served = as_served(path.read_text())
    on_one_line = PRIVATE.sub("#", re.sub(r"\n\s*", "", written))
    literals = [PRIVATE.sub("#", text.replace("\n", "")) for text in LITERALS.findall(served)]
    renamed = set(zip(PRIVATE.findall(written), PRIVATE.findall(served), strict=True))

    assert without_ends(served) == without_ends(written)
    assert [text for text in literals if text not in on_one_line] == []
    assert len(dict(renamed)) == len({new for _, new in renamed}) == len(renamed), "two names became one"
    assert not re.search(r"\b(?:for|while) ?\([^()]*(?:\([^()]*\)[^()]*)*\);", written), "a loop has no body"
    assert not re.search(r"`[^`]*\$\{[^}`]*`[^`]*`[^}]*\}", written), "a template stands within another"


def test_serving_the_default_never_imports_torch_nor_a_providers_library() -> None:
    program = (
        "import sys, bot.assemble.server, bot.llm, bot.outbound, knowledge;"
        "heavy = {'torch', 'sentence_transformers', 'langchain_core', 'openai', 'anthropic', 'langsmith'};"
        "print(heavy & set(sys.modules) or None)"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert result.stdout.strip() == "None"
