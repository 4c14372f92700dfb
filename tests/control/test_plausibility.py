import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from geo.control.intervals import control_intervals
from geo.control.plausibility import far_changes
from geo.control.settings import rule_settings, settings_table
from geo.pipeline import Build
from tests.control.histories import LAST_DAY, baseline_of, day, events_of

# Four places in a row on the equator, each a degree (about 111 km) wide.
ROW = ["west", "middle", "east", "far east"]
AREAS = gpd.GeoDataFrame(
    {"place_id": ROW}, geometry=[box(number, 0, number + 1, 1) for number in range(4)], crs="EPSG:4326"
)
BASELINE = baseline_of({"place_id": "west", "actor": "blue"}, *({"place_id": each, "actor": "red"} for each in ROW[1:]))


def far(*rows: dict[str, object]) -> pd.DataFrame:
    judged = events_of(*({"earliest_date": day(5), "to_actor": "blue"} | row for row in rows))
    return far_changes(judged, control_intervals(BASELINE, judged, day(1), LAST_DAY), AREAS)


def test_ground_beside_the_own_is_expected() -> None:
    assert far({"place_id": "middle"}).empty


def test_ground_behind_the_line_is_far() -> None:
    table = far({"place_id": "east", "event_id": "near"}, {"place_id": "far east", "event_id": "far"})
    assert table["event_id"].tolist() == ["far", "near"]
    assert table["distance_km"].round(-1).tolist() == [220, 110]


def test_where_places_are_small_so_is_the_distance_that_is_far() -> None:
    small = gpd.GeoDataFrame(
        {"place_id": ROW}, geometry=[box(n / 100, 0, (n + 1) / 100, 0.01) for n in range(4)], crs="EPSG:4326"
    )
    judged = events_of({"earliest_date": day(5), "to_actor": "blue", "place_id": "far east"})
    intervals = control_intervals(BASELINE, judged, day(1), LAST_DAY)
    for far_places, expected in (("1", ["e01"]), ("3", [])):
        settings = rule_settings(settings_table({"far_places": far_places}))
        assert far_changes(judged, intervals, small, settings)["event_id"].tolist() == expected


def test_an_advance_day_by_day_is_expected() -> None:
    steps = [{"place_id": place, "earliest_date": day(number)} for number, place in enumerate(ROW[1:], start=3)]
    assert far(*steps).empty


def test_what_does_not_change_the_map_and_a_side_without_ground_are_left_alone() -> None:
    assert far({"place_id": "east", "changes_map": False}, {"place_id": "far east", "to_actor": "green"}).empty


def test_the_fall_of_eastern_aleppo_was_no_surprise_to_its_neighbours(aleppo_build: Build) -> None:
    assert far_changes(aleppo_build.events, aleppo_build.intervals, aleppo_build.areas).empty
