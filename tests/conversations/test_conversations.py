"""The project's own conversations: sixty visitors who try what hurried bots get wrong, played with the real engine."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assemble.offline import OpenOne, simulate_site
from bot.commands.cases import Case, case_files, read_cases, run_case
from bot.settings import load_site

pytestmark = [pytest.mark.slow, pytest.mark.model]

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(folder.name for folder in HERE.iterdir() if (folder / "foyer.yaml").is_file()))
CASES = [
    (language, case)
    for language in LANGUAGES
    for path in case_files(HERE / language)
    for case in read_cases(path)
]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Case) else str(value)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home with every language's site in it; their playbooks are links to the bundled `bant`."""
    home = tmp_path_factory.mktemp("conversations")
    for language in LANGUAGES:
        shutil.copytree(HERE / language, home / language)
    return home


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playing(home: Path) -> AsyncIterator[dict[str, OpenOne]]:
    """Open every site once."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FOYER_HOME", str(home / "home"))
        async with contextlib.AsyncExitStack() as open_sites:
            yield {
                language: await open_sites.enter_async_context(simulate_site(home / language))
                for language in LANGUAGES
            }


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("language", "case"), CASES, ids=name_of)
async def test_a_conversation_comes_out_as_it_should(
    playing: dict[str, OpenOne], home: Path, language: str, case: Case
) -> None:
    slots = [slot.id for slot in load_site(home / language).playbook.slots]

    result = await run_case(case, playing[language], slots=slots)

    assert result["failures"] == []


def test_there_are_sixty_of_them() -> None:
    assert len({case.name for _, case in CASES}) == len(CASES) >= 60
