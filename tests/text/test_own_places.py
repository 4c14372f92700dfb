"""Words that say only what kind of thing is meant, in a dataset that has one of that kind."""

import pandas as pd
import pytest

from geo.places.gazetteer import Gazetteer
from geo.schema import conform
from geo.text.reports import read_reports
from tests.places.samples import documents, sample_actors, sample_places

AIRPORTS = {"X1": "Aleppo International Airport", "X2": "Kuweires Airport"}


@pytest.fixture(scope="module")
def with_airports():
    """The sample places with one airport of the city, and with another besides."""
    places = sample_places()
    more = [
        places.iloc[0].to_dict() | {"place_id": place_id, "name": name, "aliases": "", "feature_code": "AIRP"}
        for place_id, name in AIRPORTS.items()
    ]
    return [conform("places", pd.concat([places, pd.DataFrame(more[:count])])) for count in (1, 2)]


def _taken(places, text):
    events = read_reports(documents(text), Gazetteer(places), places, sample_actors())
    return events.loc[events["kind"] == "change", "place_id"].tolist()


@pytest.mark.parametrize(
    ("count", "text", "taken"),
    [
        (1, "Rebels captured the airport on 2 December 2016.", ["X1"]),
        (1, "Rebels captured the freight airport on 2 December 2016.", []),
        (1, "Rebels captured the hospital on 2 December 2016.", []),
        (2, "Rebels captured the airport on 2 December 2016.", []),
        (2, "Rebels entered Aleppo on 1 December 2016. A day later they captured the airport.", ["X1"]),
        (2, "Rebels left Kuweires Airport. On 2 December 2016 they captured the airport of Aleppo.", ["X1"]),
    ],
)
def test_the_airport_is_the_only_one_that_the_dataset_has_there(with_airports, count, text, taken):
    found = _taken(with_airports[count - 1], text)
    assert [place_id for place_id in found if place_id in AIRPORTS] == taken
