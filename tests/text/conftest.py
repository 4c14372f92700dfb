"""Gazetteers that tests of texts share."""

from collections.abc import Callable
from typing import Any

import pytest

from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from geo.text import confidence
from geo.text.events import Event
from tests.places.samples import sample_places
from tests.text.reading import Told, reads


@pytest.fixture(scope="session")
def small_gazetteer() -> Gazetteer:
    """The sample places alone."""
    return Gazetteer(sample_places())


@pytest.fixture(scope="session")
def told_in(small_gazetteer: Gazetteer) -> Told:
    """The changes that texts tell of the sample places."""
    return reads(small_gazetteer, sample_places())


@pytest.fixture(scope="session")
def told(told_in: Told) -> Callable[..., list[str]]:
    """The events of texts, in the words of the examples."""

    def told_by(*texts: str, **given: Any) -> list[str]:
        return [_in_words(group[0]) for group in told_in(*texts, **given) if group[0].kind == "change"]

    return told_by


def _in_words(event: Event) -> str:
    sides = [
        f"{actor or '-'}{'?' if basis == 'inferred' else ''}"
        for actor, basis in ((event.from_actor, event.from_basis), (event.to_actor, event.to_basis))
    ]
    days = str(event.earliest) if event.earliest == event.latest else f"{event.earliest}/{event.latest}"
    return " ".join([event.place.key, *sides, event.status, days])


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The sample places and the world."""
    return Gazetteer(sample_places(), open_world())


@pytest.fixture(autouse=True)
def every_reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets tests of patterns see all that is read: how sure it is, is learned anew with every text that is added."""
    if request.node.path.stem not in ("test_confidence", "test_real_article", "test_reports"):
        monkeypatch.setattr(confidence, "LEAST", 0.0)
