from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.control.claims import check_claims
from geo.control.judging import judge
from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.schema import COLUMNS, conform
from tests.control.histories import FIRST_DAY, LAST_DAY, baseline_of, day, events_of

BASELINE = baseline_of(
    {"place_id": "north", "actor": "red"},
    {"place_id": "south", "actor": "red"},
    {"place_id": "island", "actor": "red"},
)
JUDGED = events_of({"place_id": "north", "to_actor": "blue", "earliest_date": day(5), "latest_date": day(9)})
PLACES = pd.DataFrame(
    {
        "place_id": ["city", "north", "south", "island"],
        "parent_place_id": [None, "city", "city", None],
        "area_km2": [None, 4.0, 6.0, 30.0],
        "place_precision": 2,
    }
)


def claims_of(*rows: dict[str, Any]) -> pd.DataFrame:
    common = {
        "quantity": "share_lost_pct",
        "comparison": "about",
        "place_id": "city",
        "actor": "red",
        "document_id": "news",
        "quote": "a figure",
    }
    numbered = [{"claim_id": f"c{number}", **common, **row} for number, row in enumerate(rows, start=1)]
    return conform("claims", pd.DataFrame(numbered, columns=COLUMNS["claims"]))


def checked(*rows: dict[str, Any]) -> pd.DataFrame:
    return check_claims(claims_of(*rows), BASELINE, JUDGED, PLACES, FIRST_DAY, LAST_DAY)


def test_a_range_of_days_gives_a_range_of_values() -> None:
    row = checked({"date": day(6), "value": 30}).loc[0]
    assert (row["computed_low"], row["computed_doubt"], row["computed_high"]) == pytest.approx((0, 20, 40))
    assert row["inside"]


@pytest.mark.parametrize(
    ("comparison", "value", "inside"),
    [
        ("about", 40, True),
        ("about", 40.4, False),
        ("about", 39.9, False),
        ("about", 39.96, False),
        ("more_than", 39, True),
        ("more_than", 40, False),
    ],
)
def test_a_claim_about_a_day_without_doubt(comparison: str, value: float, inside: bool) -> None:
    assert checked({"date": day(9), "comparison": comparison, "value": value})["inside"].tolist() == [inside]


def test_a_figure_is_read_as_rounded_to_its_last_digit() -> None:
    baseline = baseline_of({"place_id": "north", "actor": "red"}, {"place_id": "island", "actor": "blue"})
    lost = events_of({"place_id": "north", "status": "contested", "to_actor": "blue", "earliest_date": day(2)})
    places = PLACES.assign(area_km2=[None, 6.88, 6.0, 30.0])
    rows = [
        {"date": day(2), "quantity": "area_left_km2", "value": value, "place_id": "north"}
        for value in (3.0, 3.4, 3.5, 4.0)
    ]
    table = check_claims(claims_of(*rows), baseline, lost, places, FIRST_DAY, LAST_DAY)
    assert table["computed_low"].tolist() == pytest.approx([3.44] * 4)
    assert table["inside"].tolist() == [True, True, False, False]


def test_only_the_claims_place_counts() -> None:
    table = checked(
        {"date": day(9), "quantity": "area_left_km2", "value": 6, "place_id": "city"},
        {"date": day(9), "quantity": "area_left_km2", "value": 4, "place_id": "north", "actor": "blue"},
        {"date": day(9), "quantity": "area_left_km2", "value": 30, "place_id": "island"},
    )
    assert table["computed_low"].tolist() == [6.0, 4.0, 30.0]
    assert table["inside"].all()


def test_what_cannot_be_compared_is_left_open() -> None:
    table = checked(
        {"date": day(40), "value": 30},
        {"date": day(9), "value": 30, "actor": "green"},
    )
    assert table["computed_low"].isna().all()
    assert table["inside"].isna().all()


def test_no_claims() -> None:
    assert list(checked().columns) == [
        *COLUMNS["claims"],
        "computed_low",
        "computed_high",
        "computed_doubt",
        "inside",
    ]


@pytest.fixture(scope="module")
def aleppo(project_root: Path) -> Dataset:
    return read_dataset(project_root / "data" / "aleppo_2016")


ALEPPO_LOST_PCT = [
    ("2016-12-02", 48.2, 48.2),
    ("2016-12-06", 61.5, 71.6),
    ("2016-12-07", 72.9, 75.6),
    ("2016-12-12", 82.1, 88.0),
    ("2016-12-13", 88.0, 88.8),
]


@pytest.mark.parametrize(("date", "low", "high"), ALEPPO_LOST_PCT)
def test_share_of_eastern_aleppo_that_was_lost(aleppo: Dataset, date: str, low: float, high: float) -> None:
    claims = claims_of({"date": pd.Timestamp(date), "value": 60, "place_id": "gn170063", "actor": "opposition"})
    row = check_aleppo(aleppo, claims).loc[0]
    assert (row["computed_low"], row["computed_high"]) == pytest.approx((low, high), abs=0.05)


def test_published_figures_about_aleppo(aleppo: Dataset) -> None:
    table = check_aleppo(aleppo, aleppo.claims)
    assert dict(zip(table["claim_id"], table["inside"], strict=True)) == {
        "c001": False,
        "c002": True,
        "c003": False,
        "c004": False,
    }


def test_area_that_the_opposition_held_at_the_start(aleppo: Dataset) -> None:
    claims = claims_of(
        {
            "date": aleppo.start_date,
            "quantity": "area_left_km2",
            "value": 43.08,
            "place_id": "gn170063",
            "actor": "opposition",
        }
    )
    assert check_aleppo(aleppo, claims)["inside"].all()


def check_aleppo(dataset: Dataset, claims: pd.DataFrame) -> pd.DataFrame:
    judged = judge(dataset.events, dataset.documents, dataset.actors)
    return check_claims(claims, dataset.baseline, judged, dataset.places, dataset.start_date, dataset.end_date)
