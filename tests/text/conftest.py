"""Gazetteers that tests of texts share."""

import pytest

from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from tests.places.samples import sample_places


@pytest.fixture(scope="session")
def small_gazetteer() -> Gazetteer:
    """The sample places alone."""
    return Gazetteer(sample_places())


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The sample places and the world."""
    return Gazetteer(sample_places(), open_world())
