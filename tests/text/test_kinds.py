"""What the words around names say: what they are, and where the text comes from."""

import pytest

from geo.text.kinds import kinds
from geo.text.origin import origins
from geo.text.toponyms import Reader


@pytest.fixture(scope="module")
def reader(gazetteer):
    return Reader(gazetteer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Farms in Harper and Kingman counties were damaged.", ["ADM2", "ADM2"]),
        ("They flew to Chicago, Boston and Denver.", ["", "", ""]),
        ("The governor of Georgia met the Atlanta mayor.", ["ADM1", "PPL"]),
        ("New York state is larger than the city of Buffalo.", ["ADM1", "PPL"]),
    ],
)
def test_words_beside_a_name_say_what_it_is(reader, text, expected):
    assert kinds(text, reader.recogniser.names(text)) == expected


def test_a_state_that_is_called_so_is_not_its_city(reader):
    text = "New York state spent more. In Buffalo, New York, it did not."
    codes = [
        found.best.place.feature_code for name, found in reader.read(text) if "York" in text[name.start : name.end]
    ]
    assert codes == ["ADM1", "ADM1"]


def test_words_tell_an_american_from_a_british_text():
    american = origins("Sheriff's deputies said 40 percent of the neighborhood lost power.")
    british = origins("Councillors said 40 per cent of the neighbourhood, around the old theatre, lost power.")
    assert max(american, key=american.get) == "US"
    assert max(british, key=british.get) == "GB"
    assert origins("Rain fell.") == {}


def test_the_origin_decides_between_namesakes(reader):
    text = "Sheriff's deputies said a Lancaster man was arraigned in the county courthouse."
    [(_, found)] = reader.read(text)
    assert found.best.place.country_code == "US"
    assert found.best.signals["origin"] > 0
