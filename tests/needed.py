"""What the tests need of a machine beside Python."""

import os

import pytest


def needed(name: str, found: object, package: str) -> None:
    """Fail under CI and skip elsewhere when something that the tests need is not on this machine.

    Args:
        name: What is needed, for a person.
        found: Whether it is here.
        package: What brings it on Debian, besides `python3 deploy/setup.py --dev`.
    """
    if not found:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(f"{name} is missing: python3 deploy/setup.py --dev, or {package}")
