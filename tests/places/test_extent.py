import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.pipeline import Build
from geo.places.extent import COLUMNS, place_extents
from geo.schema import COLUMNS as TABLES
from geo.schema import conform

IDS = tuple("abcdefgh")


def places_of(**rows: tuple[str | None, int] | tuple[str | None, int, float]) -> pd.DataFrame:
    """Table `places` from place_id = (parent, place_precision, area_km2 where it is published)."""
    common: dict[str, Any] = {"latitude": 10.0, "longitude": 20.0, "feature_code": "ADM2"}
    filled = [
        {"place_id": place_id, "name": place_id, "parent_place_id": parent, "place_precision": precision, **common}
        | ({"area_km2": area[0]} if area else {})
        for place_id, (parent, precision, *area) in rows.items()
    ]
    return conform("places", pd.DataFrame(filled, columns=TABLES["places"]))


def extent(places: pd.DataFrame, place_id: str, *drawn: str) -> tuple[str, float | None, tuple[str, ...]]:
    row = place_extents(places, pd.DataFrame({"place_id": drawn})).set_index("place_id").loc[place_id]
    radius_km = float(row["radius_km"])
    return str(row["kind"]), None if math.isnan(radius_km) else radius_km, row["parts"]


@st.composite
def countries(draw: st.DrawFn) -> tuple[pd.DataFrame, list[str]]:
    """Places with any parents, also in a circle, and those of them that are drawn."""
    rows: dict[str, Any] = {}
    for place_id in draw(st.lists(st.sampled_from(IDS), unique=True)):
        parent = draw(st.sampled_from((*IDS, None)))
        area = draw(st.sampled_from(((), (1.0,), (5.0,), (1000.0,))))
        rows[place_id] = (parent, draw(st.integers(1, 7)), *area)
    return places_of(**rows), [place_id for place_id in rows if draw(st.booleans())]


@given(countries())
def test_every_place_that_is_no_point_has_one_extent(country: tuple[pd.DataFrame, list[str]]) -> None:
    places, drawn = country
    before = places.copy(deep=True)
    extents = place_extents(places, pd.DataFrame({"place_id": drawn}))
    assert list(extents) == COLUMNS
    assert list(extents["place_id"]) == sorted(places.loc[places["place_precision"] >= 3, "place_id"])
    assert set(extents["kind"]) <= {"areas", "radius", "unknown"}
    assert ((extents["kind"] == "areas") == (extents["parts"].map(len) > 0)).all()
    assert ((extents["kind"] == "radius") == (extents["radius_km"] > 0)).all()
    area_km2 = extents["place_id"].map(places.set_index("place_id")["area_km2"])
    circles = (math.pi * extents["radius_km"] ** 2)[extents["kind"] == "radius"]
    assert circles.tolist() == pytest.approx(area_km2[circles.index].tolist())
    assert area_km2[extents["kind"] == "unknown"].isna().all()
    pd.testing.assert_frame_equal(places, before)


@given(countries(), st.randoms(use_true_random=False))
def test_parts_are_drawn_and_lie_inside_in_whatever_order_the_rows_come(
    country: tuple[pd.DataFrame, list[str]], random: Any
) -> None:
    places, drawn = country
    areas = pd.DataFrame({"place_id": drawn})
    extents = place_extents(places, areas)
    parent = places.set_index("place_id")["parent_place_id"].to_dict()
    for place_id, parts in zip(extents["place_id"], extents["parts"], strict=True):
        assert set(parts) <= set(drawn) - {place_id}
        for part in parts:
            above = [part]
            while (up := parent.get(above[-1])) in parent and up not in above:
                above.append(up)
            assert place_id in above
    shuffled = places.sample(frac=1, random_state=random.randrange(1000))
    pd.testing.assert_frame_equal(place_extents(shuffled, areas), extents)


def test_a_district_reaches_as_far_as_its_parts_at_any_depth() -> None:
    places = places_of(
        district=(None, 3), town=("district", 2), east=("town", 2), west=("town", 2), hill=("district", 1)
    )
    assert extent(places, "district", "west", "east", "hill") == ("areas", None, ("east", "hill", "west"))


def test_a_province_of_which_only_the_capital_is_drawn_is_not_that_city() -> None:
    places = places_of(province=(None, 4), capital=("province", 2), town=("province", 2), moor=("province", 5))
    assert extent(places, "province", "capital") == ("unknown", None, ())
    assert extent(places, "province", "capital", "town") == ("areas", None, ("capital", "town"))


@pytest.mark.parametrize(("published_km2", "kind"), [(4.0, "areas"), (4.1, "radius"), (400.0, "radius")])
def test_parts_stand_for_half_of_the_published_area_or_more(published_km2: float, kind: str) -> None:
    places = places_of(district=(None, 3, published_km2), town=("district", 2, 2.0), village=("district", 2))
    assert extent(places, "district", "town")[0] == kind


def test_a_place_without_parts_is_a_circle_of_its_published_area() -> None:
    places = places_of(district=(None, 3, math.pi * 4), sea=(None, 7))
    assert extent(places, "district") == ("radius", pytest.approx(2.0), ())
    assert extent(places, "sea") == ("unknown", None, ())


def test_extents_of_the_made_up_district(every_state_build: Build) -> None:
    extents = place_extents(every_state_build.places, every_state_build.areas).set_index("place_id")
    assert extents["kind"].to_dict() == {"fellmarch": "areas", "the-dales": "unknown", "westmark": "radius"}
    assert extents.loc["fellmarch", "parts"] == tuple(every_state_build.areas["place_id"])
    assert extents.loc["westmark", "radius_km"] == pytest.approx(1.995, abs=1e-3)
