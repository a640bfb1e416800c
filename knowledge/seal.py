"""A folder whose every byte is known: sealed once it is whole, compared before anything in it is trusted.

Promises: a file that was truncated, changed, removed or taken from another folder is found without handing it
to whoever reads it; a folder is sealed whole or not at all.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

SEAL_NAME = "seal.json"

Facts = Mapping[str, str]


def seal_folder(folder: Path, facts: Facts) -> None:
    """Note the digest of each file and some facts about them; the files may never change again."""
    files = {name: _digest(folder / name) for name in _files(folder)}
    part = folder / f"{SEAL_NAME}.part"
    with part.open("w") as file:
        json.dump({"facts": dict(facts), "files": files}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / SEAL_NAME)


def find_damage(folder: Path, facts: Facts) -> str | None:
    """Say what is not as it was sealed, or sealed for other facts; None when all is well."""
    try:
        seal = json.loads((folder / SEAL_NAME).read_bytes())
        if seal["facts"] != dict(facts):
            return "it was made for something else"
        changed = (name for name, digest in seal["files"].items() if _digest(folder / name) != digest)
        name = next(changed, None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"its seal or a file of it cannot be read ({error})"
    return None if name is None else f"{name} is damaged"


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
