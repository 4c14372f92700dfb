"""Who is who in a table of places: repeated names, corrected coordinates, renamed places."""

import pandas as pd
import pytest

from geo.places.identity import Identified, identify


def identified(*rows: tuple[int, str, float | None, float | None], carry_days: int = 5) -> Identified:
    """Rows as day, name, latitude, longitude."""
    frame = pd.DataFrame(rows, columns=["day", "name", "latitude", "longitude"])
    frame = frame.astype({"latitude": "float64", "longitude": "float64"})
    dates = pd.Timestamp("2021-03-01") + pd.to_timedelta(frame["day"], unit="D")
    return identify(frame.assign(date=dates), 5, carry_days, "land", "ZZ")


def ids(found: Identified) -> list[str | None]:
    return [None if pd.isna(place_id) else place_id for place_id in found.place_ids]


def test_a_name_with_coordinates_close_together_is_one_place() -> None:
    found = identified((0, "Ashby", 10.0, 20.0), (1, "ASHBY", 10.01, 20.01), (2, "Ash-by", 10.1, 20.0))
    assert ids(found) == ["ashby", "ashby", "ash-by"]
    assert found.places.set_index("place_id").loc["ashby", ["name", "latitude"]].tolist() == ["ASHBY", 10.01]


def test_coordinates_side_by_side_on_one_day_are_several_places() -> None:
    found = identified(
        (0, "Bray", 10.0, 20.0), (1, "Bray", 10.0, 20.0), (1, "Bray", 11.0, 20.0), (2, "Bray", None, None)
    )
    assert ids(found) == ["bray-10.0000-20.0000"] * 2 + ["bray-11.0000-20.0000", None]
    assert (found.repeated, found.lost.tolist()) == (["Bray"], ["Bray"])


def test_coordinates_that_return_years_later_elsewhere_are_another_place() -> None:
    found = identified((0, "Bray", 10.0, 20.0), (500, "Bray", 11.0, 20.0))
    assert len(found.places) == 2


@pytest.mark.parametrize("wait", [1, 6])
def test_coordinates_that_are_given_up_belong_to_no_place(wait: int) -> None:
    found = identified((0, "Colme", None, None), (1, "Colme", 10.0, 20.0), (1 + wait, "Colme", 11.0, 20.0))
    assert ids(found) == ["colme", None, "colme"]
    assert found.places["latitude"].tolist() == [11.0]
    assert found.given_up.tolist() == ["Colme"]


def test_names_on_one_point_are_one_place_called_as_last() -> None:
    found = identified((0, "Old|Dale", 10.0, 20.0), (1, "Dale", 10.0001, 20.0), (2, "New Dale", 10.0, 20.0))
    assert ids(found) == ["new-dale"] * 3
    assert found.places["aliases"].tolist() == ["Dale"]
    assert found.renamed == ["Dale", "New Dale", "Old|Dale"]


def test_a_name_without_letters_and_a_name_without_any_coordinates() -> None:
    found = identified((0, "???", 10.0, 20.0), (0, "Ember", None, None))
    assert ids(found) == ["place", None]
    assert found.lost.tolist() == ["Ember"]


def test_other_scripts_have_ids_too() -> None:
    assert ids(identified((0, "Київ", 50.45, 30.52))) == ["kiiv"]
