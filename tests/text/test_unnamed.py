"""Places that a text does not name: by what they are, by a part of a name in a list, by "the former", "both towns"."""

import re

import pandas as pd
import pytest

from geo.places.gazetteer import Gazetteer
from geo.schema import conform
from geo.text.own_places import OwnPlaces
from geo.text.unnamed import called, described
from tests.places.samples import sample_places
from tests.text.reading import reads

_MORE = [
    ("F1", "Hanano Hospital", None, "PPLX", "N1"),
    ("F2", "Shaar Hospital", None, "PPLX", "N2"),
    ("F3", "Aleppo International Airport", None, "AIRP", None),
    ("F4", "Conoco gas plant", None, "OILF", None),
    ("F5", "Old City", None, "PPLX", "city"),
]


@pytest.fixture(scope="module")
def places():
    names = ["place_id", "name", "aliases", "feature_code", "parent_place_id"]
    more = pd.DataFrame(_MORE, columns=names)
    more = more.assign(name_local=None, latitude=36.2, longitude=37.2, country_code="SY", area_km2=None)
    return conform("places", pd.concat([sample_places(), more.assign(place_precision=2)], ignore_index=True))


@pytest.fixture(scope="module")
def told(places):
    return reads(Gazetteer(places), places)


@pytest.fixture(scope="module")
def taken(told, places):
    """The places that change hands in a text, by id or else by name, with "/" for a part."""

    def taken_in(text, title="", own=True):
        events = [group[0] for group in told(text, title=title, given=None if own else places.drop(columns="name"))]
        return [("/" if event.status == "contested" else "") + event.place.key for event in events]

    return taken_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2 December rebels took the airport from government forces in Aleppo.", ["F3"]),
        ("On 2 December rebels entered Hanano and Shaar. Later government forces retook the airport.", ["/N1", "/N2"]),
        ("On 2 December rebels captured Shaar and its hospital from government forces.", ["N2", "F2"]),
        ("On 2 December rebels entered Hanano. Two days later, rebels took the town's hospital.", ["/N1", "F1"]),
        ("On 2 December rebels entered Hanano. Two days later, rebels took the hospital of the town.", ["/N1", "F1"]),
        ("On 2 December rebels took the Conoco plant from government forces.", ["F4"]),
        ("On 2 December rebels took most of the old city of government forces in Aleppo.", []),
        ("On 2 December rebels took the old city from government forces.", ["F5"]),
        ("On 2 December rebels stormed the airport of Aleppo and took it from government forces.", ["/F3", "F3"]),
    ],
)
def test_a_part_of_a_name_in_the_list_of_places_is_enough(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2 December rebels took the railway station and the prison.", ["railway station", "prison"]),
        ("On 2 December rebels took the governor's compound and the nearby bus station.", ["governor's compound"]),
        ("On 2 December rebels took the barracks at Hanano.", ["barracks of Hanano"]),
        ("On 2 December rebels took the checkpoint near Hanano.", []),
        ("On 2 December Hanano's main square fell to rebels.", ["main square of Hanano"]),
        ("On 2 December rebels took the base of the 46th Brigade and the city stadium.", ["city stadium"]),
        ("On 2 December rebels took the militia's last base.", []),
        ("On 2 December rebels took the crossroads known as Hanano.", ["N1"]),
        ("On 2 December rebels took a hospital, the base and the strategic bridge.", []),
        (
            "On 2 December rebels stormed the railway station and captured the building the next day.",
            ["railway station"],
        ),
        (
            "Rebels attacked the railway station. Ten of them died. On 2 December they captured the facility.",
            ["railway station"],
        ),
    ],
)
def test_what_a_town_has_one_of_needs_no_name(taken, text, expected):
    assert {place.strip("/") for place in taken(text, own=False)} >= set(expected)
    assert bool(taken(text, own=False)) == bool(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels shelled Hanano and Shaar. On 2 December they entered the former and took the latter from "
            "government forces.",
            ["/N1", "N2"],
        ),
        (
            "Government forces fought for Hanano and Shaar, both of which the rebels had captured on 2 December.",
            ["N1", "N2"],
        ),
        ("On 2 December rebels drove government forces out of Hanano on Monday and out of Shaar.", ["N1", "N2"]),
        (
            "On 2 December rebels entered Hanano, a suburb of Aleppo, and the Shaar district of the city.",
            ["/N1", "/N2"],
        ),
        (
            "On 2 December rebels took most of Hanano and, on the other bank, several quarters of Shaar.",
            ["/N1", "/N2"],
        ),
        (
            "Rebels fought government forces. Hanano was overrun on 2 December after a siege of fifty days, Shaar on "
            "the 4th, and on the 6th Sakhour.",
            ["N1", "N2", "N3"],
        ),
    ],
)
def test_which_of_several_places_is_meant(taken, text, expected):
    assert taken(text) == expected


def test_the_former_is_the_first_of_two_sides(told):
    text = "Rebels clashed with government forces near Hanano, where the {} seized Shaar on 2 December."
    takers = [[group[0].to_actor for group in told(text.format(which))] for which in ("former", "latter")]
    assert takers == [["opp"], ["gov"]]


def test_the_city_is_the_one_of_the_title(taken):
    text = "On 2 December rebels took the district of Hanano and entered the city. Aleppo was shelled."
    assert taken(text, "Battle of Aleppo") == ["N1", "/city"]


def test_names_of_a_dataset_are_found_by_a_part_only_where_it_can_be_meant():
    own = OwnPlaces(
        [("a", "AIRP", "x", ["Aden Airport"]), ("b", "AIRP", "y", ["Mocha Airport"]), ("c", "PRT", None, [])]
    )
    places = {name: called(name) for name in ("railway station", "airport", "bridge")}
    assert (places["airport"].toponym, places["bridge"]) == ("airport", None)
    aden = places["airport"]._replace(toponym="Aden", place_id="x")
    mocha = aden._replace(toponym="Mocha", place_id="y")
    assert own.meant("airport", [], []) is None
    assert own.meant("airport", [], [aden]).place_id == "a"
    assert own.meant("airport", [], [aden, mocha]) is None
    assert own.meant("airport", [], [aden, mocha], near=[mocha]).place_id == "b"


def test_words_say_little_or_much():
    assert described("strategic bridge") == []
    assert described("railway bridge") == ["railway"]
    assert described("military hospital") == ["military"]
    assert described("militia's last base") == []
    assert called("nearby sugar factory").toponym == "sugar factory"
    assert called("prison", strictly=True) is None


@pytest.mark.parametrize(
    "name",
    [
        "Brigade 31 base",
        "base of Brigade 31",
        "17th Division HQ",
        "Light Infantry Battalion 5 base",
        "1048 hill",
        "Zarbah military camp",
        "Zarbah air defence base",
        "Zarbah thermal power plant",
        "Church of Saint Mary",
        "headquarters of the Northern Command",
        "scientific research centre",
    ],
)
def test_a_facility_that_no_list_has_goes_by_its_whole_name(taken, name):
    assert taken(f"On 2 December rebels took the {name} from the Syrian army.", own=False) == [name]


def test_whose_a_facility_is_says_who_loses_it(told):
    for text in (
        "Rebels took the Syrian army checkpoint in Hanano.",
        "The Syrian army's post in Hanano fell to rebels.",
    ):
        (event,) = (group[0] for group in told(f"On 2 December, 2016. {text}"))
        assert (event.from_actor, event.to_actor) == ("gov", "opp")


def test_the_town_can_be_the_one_that_a_facility_is_called_after_or_lies_at(taken):
    for facility in ("the Aleppo air base", "the barracks at Aleppo"):
        text = f"On 2 December 2016 rebels took {facility} from the Syrian army. The next day they captured the city."
        assert taken(text)[-1] == "city"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("the Hanano camp and the Bezmaya hills", ["Hanano camp", "Bezmaya hills"]),
        ("the Bezmaya Military Base and the Hanano Special Forces camp", None),
        ("the Bezmaya gas facility, the Hanano industrial area and the Zorin military housing", None),
        ("Hill 88 South, Border Gate 12 and the Zorin intersection", ["Hill 88 South", "Border Gate 12", None]),
        ("the Zorin base, also known as Base 111", ["Zorin base"]),
        ("Jabal Zorin mountain", ["Jabal Zorin"]),
        ("several other sites including Zorin Mount", ["Zorin Mount"]),
        ("the military hospital area and the Zorin mills", ["military hospital", "Zorin mills"]),
        ("Zorin, the old brewery yard and the Bezmaya hill", ["Zorin", "Bezmaya hill"]),
        ("Zorin, but the army landed at Tisen Airport and seized it", ["Zorin", "Tisen Airport"]),
        ("Airfield No. 1 and looked for a second airfield", ["Airfield No. 1"]),
        ("the Zorin, Bezmaya and Tisen hills", ["Zorin hill", "Bezmaya hill", "Tisen hill"]),
        ("Hanano and Bezmaya airports", ["Hanano airport", "Bezmaya airport"]),
        ("the Zorin and Bezmaya Farms", ["Zorin Farms", "Bezmaya Farms"]),
        ("Zorin and the Bezmaya hills", None),
        ("Zorin and Bezmaya hills", None),
        ("the Zorin and Bezmaya districts", ["Zorin", "Bezmaya"]),
        ("the Zorin-2 station and the Bezmaya racetrack", None),
        ("Zorin and, on 4 December, Bezmaya", ["Zorin", "Bezmaya"]),
        ("Zorin, Bezmaya and the Tisen crusher", ["Zorin", "Bezmaya"]),
        ("the headquarters of the coast guard in Zorin and a radio tower", ["headquarters of the coast guard"]),
        ("the highlands of Zorin and the Bezmaya 4 suburb", ["Zorin", "Bezmaya 4"]),
        ("Zorin, a suburb of Aleppo, and on 4 December Bezmaya", ["Zorin", "Bezmaya"]),
        ("Zorin after the control tower collapsed", ["Zorin"]),
        ("several positions, including the sugar factory and the Zorin mill", ["sugar factory", "Zorin mill"]),
        ("the army's last base in the area, the Zorin barracks", ["Zorin barracks"]),
        ("the Zorin dam over the Tisen", ["Zorin dam"]),
        ("the Zorin mill, the tallest in Aleppo, and the arms depot", ["Zorin mill", "arms depot"]),
        ("the 7 April hospital, the governor's house and the Security Directorate", None),
        ("the former Ministry of Defence building", ["Ministry of Defence building"]),
    ],
)
def test_what_lies_at_a_place_is_called_after_it(taken, named, expected):
    found = taken(f"On 2 December rebels took {named}. Fighting with government forces went on.", own=False)
    every = [name.removeprefix("the ") for name in re.split(", | and ", named)]
    assert found == [name or own for name, own in zip(expected or every, every, strict=False)]
