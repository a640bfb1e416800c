"""How files become passages, as one name: it changes with this package's code, and then every file is read again."""

import hashlib
from functools import cache
from pathlib import Path

RECIPE_DIGITS = 8


@cache
def recipe() -> str:
    """Return 32 hexadecimal digits of the package's own source."""
    package = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def source_hash(content: bytes) -> str:
    """Return 32 hexadecimal digits that change with a file's bytes and with the way they are read."""
    return recipe()[:RECIPE_DIGITS] + hashlib.sha256(content).hexdigest()[: 32 - RECIPE_DIGITS]


def is_read_as_now(known_hash: str | None) -> bool:
    """Say whether a file with this hash was read by the same code."""
    return known_hash is not None and known_hash[:RECIPE_DIGITS] == recipe()[:RECIPE_DIGITS]
