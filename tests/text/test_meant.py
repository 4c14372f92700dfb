"""Which place "the town" or "it" means, of texts that name several."""

from types import SimpleNamespace

import pytest

from geo.text.clauses import PlaceMention
from geo.text.theme import is_titled


@pytest.fixture(scope="module")
def taken(told_in):
    """The places that change hands in a text, with the day of the month."""

    def taken_in(text):
        events = [group[0] for group in told_in(text)]
        return [f"{event.place.toponym} {event.latest.day}" for event in events if event.kind == "change"]

    return taken_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 3 December rebels attacked the town of Kafr Zan. On 5 December they took the village of Tal Ban. "
            "The town fell on 8 December.",
            ["Tal Ban 5", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered Kafr Zan, a small town, and took Tal Ban and Ain Zan villages. "
            "The town fell on 8 December.",
            ["Kafr Zan 3", "Tal Ban 3", "Ain Zan 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered Kafr Zan, a small village, and took Tal Ban. The village fell on 8 December.",
            ["Kafr Zan 3", "Tal Ban 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered the Tal Ban and Ain Zan districts. The army retook the city on 8 December.",
            ["Tal Ban 3", "Ain Zan 3"],
        ),
        (
            "On 3 December rebels took the Tal Ban district of Kafr Zan. The army retook the city on 8 December.",
            ["Tal Ban 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels entered Kafr Zan and took Tal Ban Project. The army retook the town on 8 December.",
            ["Kafr Zan 3", "Tal Ban Project 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels took Tal Ban. On 5 December they took Aleppo airport and entered the city.",
            ["Tal Ban 3", "Aleppo airport 5", "Aleppo 5"],
        ),
        (
            "On 3 December rebels took the Tal Ban airport. In Aleppo, the rebels took the airport on 5 December.",
            ["Tal Ban airport 3", "Aleppo airport 5"],
        ),
        (
            "On 3 December rebels took the Tal Ban airport, and in Aleppo the rebels took the airport on 5 December.",
            ["Tal Ban airport 3", "Aleppo airport 5"],
        ),
        (
            "On 3 December rebels entered the northern districts of Kafr Zan. The army retook the city on 8 December.",
            ["Kafr Zan 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels took Kafr Zan. The Syrian army sent reinforcements from Tal Ban and took the town on "
            "8 December.",
            ["Kafr Zan 3", "Kafr Zan 8"],
        ),
        (
            "On 3 December rebels attacked the town of Kafr Zan. They captured Tal Ban on 4 December and Ain Zan on "
            "5 December. The town fell on 8 December.",
            ["Tal Ban 4", "Ain Zan 5", "Kafr Zan 8"],
        ),
    ],
)
def test_the_town_is_none_that_the_text_calls_a_village(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 December rebels attacked Hanano. It fell on 5 December.", ["Hanano 5"]),
        ("On 3 December rebels attacked Hanano. On 5 December, they took its centre.", ["Hanano 5"]),
        ("On 3 December rebels attacked Hanano. The district itself fell on 5 December.", ["Hanano 5"]),
        ("On 3 December rebels attacked Hanano and Shaar. It fell on 5 December.", []),
        ("On 3 December rebels attacked Hanano across the Shaar river. It fell on 5 December.", ["Hanano 5"]),
        ("On 3 December rebels attacked a convoy near Hanano. It was captured on 5 December.", []),
        ("On 3 December a helicopter crashed in Hanano. It was captured by rebels on 5 December.", []),
        ("On 3 December clashes broke out in Hanano. It was captured by rebels on 5 December.", ["Hanano 5"]),
        ("On 3 December rebels attacked Hanano. The factory burned when it fell on 5 December.", []),
        (
            "On 3 December rebels took Hanano and attacked Shaar. It fell on 5 December.",
            ["Hanano 3", "Shaar 5"],
        ),
        (
            "On 3 December rebels took Hanano and attacked Shaar. It was retaken by the Syrian army on 5 December.",
            ["Hanano 3", "Hanano 5"],
        ),
    ],
)
def test_it_is_the_only_place_of_the_sentence_before(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 December rebels attacked Kafr Zan. The town fell on 5 December.", ["Kafr Zan 5"]),
        ("On 3 December fighting broke out in Kafr Zan. On 5 December rebels took the town.", ["Kafr Zan 5"]),
        ("On 3 December rebels began an assault on Kafr Zan and took it on 5 December.", ["Kafr Zan 5"]),
        ("On 3 December rebels attacked Colonel Zan. The town fell on 5 December.", []),
        ("On 3 December rebels attacked Kafr Zan. The defenders surrendered on 5 December.", ["Kafr Zan 5"]),
        ("On 3 December rebels attacked Kafr Zan. The army garrison surrendered on 5 December.", ["Kafr Zan 5"]),
        ("On 3 December rebels attacked Kafr Zan. The defenders retreated on 5 December.", []),
    ],
)
def test_what_is_attacked_is_a_place_though_no_gazetteer_has_it(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked the Jahar gas field. They took the field on 5 December.", ["Jahar gas field 5"]),
        ("Rebels attacked the airport of Kafr Zan. They took the airport on 5 December.", ["airport of Kafr Zan 5"]),
        ("Rebels attacked the strategic height of Tal Ban. It rained. The height fell on 5 December.", ["Tal Ban 5"]),
        ("Rebels attacked Kafr Zan, the capital of Zan. The provincial capital fell on 5 December.", ["Kafr Zan 5"]),
        ("On 3 December rebels attacked Kafr Zan and Tal Ban. The provincial capital fell on 5 December.", []),
        ("On 3 December rebels attacked Kafr Zan. The capital fell on 5 December.", []),
    ],
)
def test_what_was_said_of_a_place_is_what_words_for_its_kind_mean(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 3 December rebels took Hanano and advanced to Shaar. They took the district on 5 December.",
            ["Hanano 3", "Shaar 5"],
        ),
        (
            "On 3 December rebels took Hanano and reached Shaar. The Syrian army retook the district on 5 December.",
            ["Hanano 3", "Hanano 5"],
        ),
    ],
)
def test_what_is_taken_is_what_was_attacked_and_not_what_was_taken_before(taken, text, expected):
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The battle of Tal Ban", ["Kafr Zan 3", "Kafr Zan 5"]),
        ("The fall of Kafr Zan", ["Kafr Zan 3", "Kafr Zan 5"]),
        ("Southern Tal Ban campaign", ["Kafr Zan 3", "Kafr Zan 5"]),
    ],
)
def test_the_town_is_the_one_just_named_and_not_that_of_the_title(told_in, title, expected):
    text = "Tal Ban town was quiet. On 3 December rebels entered Kafr Zan, a town. On 5 December they took that town."
    events = [group[0] for group in told_in(text, title=title)]
    assert [f"{event.place.toponym} {event.latest.day}" for event in events] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The battle of Hama", True),
        ("hama (2016)", True),
        ("Southern Hama campaign", False),
        ("Clashes in Hama Governorate", False),
        ("Hama Governorate: the battle of Hama", True),
        ("Hamah", False),
    ],
)
def test_a_title_names_a_town_and_not_the_region_around_it(title, expected):
    assert is_titled(SimpleNamespace(title=title), PlaceMention(0, 4, "Hama", "", "PPL")) is expected
