import pandas as pd

from geo.control.hierarchy import leaf_places, places_within

PLACES = pd.DataFrame(
    {
        "place_id": ["country", "city", "north", "south", "village"],
        "parent_place_id": [None, "country", "city", "city", "country"],
    }
)
CYCLE = pd.DataFrame({"place_id": ["a", "b"], "parent_place_id": ["b", "a"]})


def test_leaves_contain_no_other_given_place() -> None:
    assert leaf_places(PLACES["place_id"], PLACES) == ["north", "south", "village"]
    assert leaf_places(["city", "village"], PLACES) == ["city", "village"]
    assert leaf_places(["country", "south"], PLACES) == ["south"]
    assert leaf_places(["south", "abroad", "south"], PLACES) == ["abroad", "south"]
    assert leaf_places([], PLACES) == []


def test_places_within_go_down_to_any_depth() -> None:
    assert places_within("country", PLACES) == ["city", "country", "north", "south", "village"]
    assert places_within("city", PLACES) == ["city", "north", "south"]
    assert places_within("north", PLACES) == ["north"]


def test_a_cycle_ends() -> None:
    assert places_within("a", CYCLE) == ["a", "b"]
    assert leaf_places(["a", "b"], CYCLE) == []
