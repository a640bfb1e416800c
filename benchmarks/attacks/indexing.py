"""Index runs killed in each of their stages, twenty questions a second asked meanwhile of the version that serves."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attacks.bystanders import Row
from knowledge import load_embedder
from tests.sources.test_killed_index import STAGES, kill_in_each_stage


async def attack(count: int = 10) -> list[Row]:
    """Kill so often in each stage; what is wrong ends it with its name."""
    with TemporaryDirectory() as folder:
        killed, asked = await kill_in_each_stage(Path(folder), load_embedder(), count)
    return [
        *(
            (f"killed in: {stage}", str(killed[stage]), f"of {count} runs, the others had ended")
            for stage in STAGES
        ),
        ("answers meanwhile, each of one whole version", str(asked), ""),
        ("versions, rows, vectors, folders left behind", "0", "0"),
    ]
