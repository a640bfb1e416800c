"""What a home keeps beside the database belongs to one history of it."""

from pathlib import Path

from bot.assemble.storage import open_index
from bot.settings import Environment


def test_indexes_of_another_history_are_removed_and_those_of_the_same_stay(tmp_path: Path) -> None:
    environment = Environment(home=tmp_path)
    kept = tmp_path / "index" / "site-v6.abcd"
    kept.mkdir(parents=True)

    open_index(environment, "first")  # of a version that noted no epoch
    open_index(environment, "first")
    assert kept.exists()

    open_index(environment, "second")
    assert not kept.exists()
    assert (tmp_path / "index").is_dir()
