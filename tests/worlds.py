"""Marks that say in which worlds a module's tests run."""

import pytest

BOTH_WORLDS = pytest.mark.parametrize("world", ["sqlite", "postgres"], indirect=True)
