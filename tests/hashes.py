"""Hashes of passwords for tests that are not about them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from geo.store import accounts


@contextmanager
def cheap_hashes() -> Iterator[None]:
    """Hashes that take no time; what argon2 itself does is not tested where this is used."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "_HASHER", cheap)
        patch.setattr(accounts, "_NOBODY", cheap.hash("nobody has this password"))
        yield
