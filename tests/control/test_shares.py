import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.intervals import control_intervals
from geo.control.shares import area_held_km2, share_series, shares_on
from geo.control.states import states_on
from tests.control.histories import (
    DAYS,
    FIRST_DAY,
    LAST_DAY,
    PLACES,
    UNTIMED,
    baseline_of,
    baselines,
    day,
    events,
    events_of,
)

AREAS_KM2 = st.lists(st.floats(0.01, 500), min_size=3, max_size=3)


def places_of(area_km2: dict[str, float], parents: dict[str, str] | None = None) -> pd.DataFrame:
    """The columns of `places` that shares read."""
    ids = list(area_km2)
    parent = [(parents or {}).get(place_id) for place_id in ids]
    columns = {"place_id": ids, "area_km2": list(area_km2.values()), "parent_place_id": parent}
    return pd.DataFrame({**columns, "place_precision": 2})


def state_of(place_id: str, actor: str | None, contender: str | None = None, status: str = "controlled") -> dict:
    return {"place_id": place_id, "actor": actor, "contender": contender, "status": status, "undecided": False}


def km2_by_actor(states: list[dict], places: pd.DataFrame) -> dict[str, float]:
    shares = shares_on(pd.DataFrame(states), places)
    return dict(zip(shares["actor"], shares["area_km2"], strict=True))


@UNTIMED
@given(baselines(), events(), AREAS_KM2, st.sampled_from(list(DAYS)))
def test_shares_add_up_to_the_area(
    baseline: pd.DataFrame, judged: pd.DataFrame, area_km2: list[float], date: pd.Timestamp
) -> None:
    places = places_of(dict(zip(PLACES, area_km2, strict=True)))
    states = states_on(control_intervals(baseline, judged, FIRST_DAY, LAST_DAY), date)
    shares = shares_on(states, places)
    total_km2 = places.loc[places["place_id"].isin(states["place_id"]), "area_km2"].sum()
    assert shares["area_km2"].sum() == pytest.approx(total_km2)
    assert shares["share_pct"].sum() == pytest.approx(100 if len(states) else 0)
    assert list(shares["actor"]) == sorted(set(shares["actor"]))


@UNTIMED
@given(baselines(), events(), AREAS_KM2, st.sampled_from(list(DAYS)))
def test_the_series_is_the_shares_of_every_day(
    baseline: pd.DataFrame, judged: pd.DataFrame, area_km2: list[float], date: pd.Timestamp
) -> None:
    places = places_of(dict(zip(PLACES, area_km2, strict=True)))
    intervals = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY)
    series = share_series(intervals, places, FIRST_DAY, LAST_DAY).set_index(["date", "actor"])
    actors = sorted(set(series.index.get_level_values("actor")))
    assert list(series.index) == [(each, actor) for each in DAYS for actor in actors]
    shares = shares_on(states_on(intervals, date), places).set_index("actor")
    assert set(shares.index) <= set(actors)
    on_date = series[series.index.get_level_values("date") == date].droplevel("date")
    for column in ("area_km2", "share_pct"):
        expected = shares[column].reindex(actors, fill_value=0.0).tolist()
        assert on_date[column].tolist() == pytest.approx(expected, abs=1e-9)


def test_a_part_of_the_series_is_the_series_of_that_part() -> None:
    judged = events_of({"place_id": "north", "to_actor": "blue", "earliest_date": day(5)})
    intervals = control_intervals(baseline_of({"place_id": "north", "actor": "red"}), judged, FIRST_DAY, LAST_DAY)
    series = share_series(intervals, places_of({"north": 4.0}), day(6), day(7))
    assert series.to_dict("list") == {
        "date": [day(6), day(7)],
        "actor": ["blue", "blue"],
        "area_km2": [4.0, 4.0],
        "share_pct": [100.0, 100.0],
    }


def test_a_contested_place_is_split_in_half() -> None:
    places = places_of({"north": 4.0, "south": 6.0})
    states = [state_of("north", "red", "blue", "contested"), state_of("south", "blue")]
    assert km2_by_actor(states, places) == {"blue": 8.0, "red": 2.0}


def test_an_undecided_place_is_split_in_half() -> None:
    states = [state_of("north", "red", "blue") | {"undecided": True}]
    assert km2_by_actor(states, places_of({"north": 4.0})) == {"blue": 2.0, "red": 2.0}


def test_a_mixed_place_is_split_in_half() -> None:
    states = [state_of("north", "red", "blue", "mixed")]
    assert km2_by_actor(states, places_of({"north": 4.0})) == {"blue": 2.0, "red": 2.0}


def test_the_half_of_a_contender_that_no_source_names_is_contested() -> None:
    states = [state_of("north", "red", None, "contested")]
    assert km2_by_actor(states, places_of({"north": 4.0})) == {"contested": 2.0, "red": 2.0}


def test_a_besieged_place_is_wholly_its_holders() -> None:
    states = [state_of("north", "red", "blue", "besieged")]
    assert km2_by_actor(states, places_of({"north": 4.0})) == {"red": 4.0}


def test_a_place_without_known_holder_is_unknown() -> None:
    states = [state_of("north", None, None, "unknown"), state_of("south", None, "blue", "contested")]
    assert km2_by_actor(states, places_of({"north": 4.0, "south": 6.0})) == {"blue": 3.0, "unknown": 7.0}


def test_a_place_that_contains_others_is_not_counted_beside_them() -> None:
    places = places_of({"city": 10.0, "north": 4.0, "south": 6.0}, {"north": "city", "south": "city"})
    states = [state_of("city", "red"), state_of("north", "blue"), state_of("south", "red")]
    assert km2_by_actor(states, places) == {"blue": 4.0, "red": 6.0}
    assert km2_by_actor(states[:1], places) == {"red": 10.0}


def test_a_place_without_area_adds_nothing() -> None:
    shares = shares_on(pd.DataFrame([state_of("north", "red")]), places_of({"north": float("nan")}))
    assert shares["area_km2"].tolist() == [0.0]
    assert shares["share_pct"].isna().all()


def test_area_held() -> None:
    states, places = pd.DataFrame([state_of("north", "red", "blue", "contested")]), places_of({"north": 4.0})
    assert [area_held_km2(states, places, actor) for actor in ("red", "blue", "green")] == [2.0, 2.0, 0.0]
