import pandas as pd

from geo.control.hierarchy import ground_places, leaf_places, places_within

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


def test_only_points_divide_the_ground_where_there_are_any() -> None:
    places = PLACES.assign(place_precision=[6, 2, 1, 3, 2])
    assert ground_places(PLACES["place_id"], places) == ["north", "village"]
    assert ground_places(["city", "south"], places) == ["south"]
    assert ground_places(["country", "village"], places) == ["village"]
    assert ground_places(["village", "abroad"], places) == ["village"]
    assert ground_places([], places) == []


def test_a_cycle_ends() -> None:
    assert places_within("a", CYCLE) == ["a", "b"]
    assert leaf_places(["a", "b"], CYCLE) == []
