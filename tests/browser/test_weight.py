"""What the widget weighs as the server sends it: a number that is reviewed, not discovered."""

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.browser.conftest import ROOT

LIMITS_BYTES = {
    "loader": 1_200,
    "panel": 12_000,
    "transcript": 8_500,
    "look": 500,
    "news": 400,
    "menu": 2_550,
    "opinion": 750,
    "form": 1_500,
    "mode": 350,
    "dialog": 300,
    "triggers": 2_000,
    "polling": 1_200,
    "contrast": 800,
    "past": 250,
    "explain": 400,
    "second": 450,
}
LANGUAGE_BYTES = 1_200


@pytest.fixture(scope="module")
def size() -> ModuleType:
    """Return the script that people use."""
    spec = importlib.util.spec_from_file_location("widget_size", ROOT / "widget" / "size.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


async def test_the_widget_weighs_no_more_than_promised(server: str, size: ModuleType) -> None:
    sizes = size.sizes(server)
    languages = sizes.pop("strings")
    weights = {group: sum(files.values()) for group, files in sizes.items()}
    print(f"\n{size.table(server)}")

    assert max(languages.values()) <= LANGUAGE_BYTES
    assert {group: weight for group, weight in weights.items() if weight > LIMITS_BYTES[group]} == {}


async def test_every_module_is_reached_from_the_loader(server: str, size: ModuleType) -> None:
    served = {name for _, name, _ in size.files(server)}
    written = {
        path.relative_to(ROOT / "widget" / "src").as_posix() for path in (ROOT / "widget/src").rglob("*.js")
    }

    assert served == written
