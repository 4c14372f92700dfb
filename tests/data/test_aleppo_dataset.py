"""The Aleppo dataset as it stands in its files, read with plain pandas."""

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

PROJECT = Path(__file__).parents[2]
DATASET = PROJECT / "data" / "aleppo_2016"
TABLES = ("places", "actors", "baseline", "events", "claims")
EVENTS_THAT_DO_NOT_FOLLOW = ["e019", "e022"]
ARTICLES = {"al", "el", "ar", "as", "ash", "at", "ad", "az", "an"}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {name: pd.read_csv(DATASET / f"{name}.csv", keep_default_na=False) for name in TABLES}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    files = sorted((PROJECT / "seeds").glob("*.md"))
    return {file.stem: file.read_text(encoding="utf-8").split("---\n", 2)[2].strip() for file in files}


def names_of(places: pd.DataFrame) -> pd.DataFrame:
    """One row per name: place_id, name."""
    names = places["name"] + "|" + places["name_local"] + "|" + places["aliases"]
    rows = places.assign(name=names.str.split("|"))[["place_id", "name"]].explode("name")
    return rows[rows["name"] != ""]


def plain(name: str) -> str:
    """The name without case, diacritics, punctuation and articles."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub("['’ʿʾ]", "", letters).casefold())
    return " ".join(word.removeprefix("ال") for word in words if word not in ARTICLES)


def test_every_neighbourhood_has_a_holder_on_the_first_day(tables: dict[str, pd.DataFrame]) -> None:
    places, baseline = tables["places"], tables["baseline"]
    neighbourhoods = places[places["feature_code"] == "PPLX"]
    assert len(neighbourhoods) == 109
    assert (neighbourhoods["parent_place_id"] == "gn170063").all()
    assert (neighbourhoods["name_local"] != "").all()
    assert sorted(baseline["place_id"]) == sorted(neighbourhoods["place_id"])


def test_there_are_77_changes_in_the_order_of_their_days(tables: dict[str, pd.DataFrame]) -> None:
    events = tables["events"]
    assert list(events["event_id"]) == [f"e{number:03d}" for number in range(1, 78)]
    assert events["latest_date"].is_monotonic_increasing
    assert events["basis"].value_counts().to_dict() == {"observed": 45, "inferred": 32}


@pytest.mark.parametrize("table", ["baseline", "events", "claims"])
def test_every_quote_stands_in_its_document(table: str, tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> None:
    rows = tables[table]
    quoted = rows[rows["quote"] != ""]
    assert len(quoted) > 0
    pairs = zip(quoted["document_id"].tolist(), quoted["quote"].tolist(), strict=True)
    assert [quote for document, quote in pairs if quote not in texts[document]] == []


@pytest.mark.parametrize("table", ["baseline", "events"])
def test_what_is_observed_quotes_a_sentence_that_names_the_place(table: str, tables: dict[str, pd.DataFrame]) -> None:
    rows = tables[table]
    assert ((rows["basis"] == "observed") == (rows["quote"] != "")).all()
    pairs = rows[rows["quote"] != ""].merge(names_of(tables["places"]), on="place_id")
    pairs["is_named"] = [
        name.casefold() in quote.casefold()
        for name, quote in zip(pairs["name"].tolist(), pairs["quote"].tolist(), strict=True)
    ]
    assert pairs.groupby(["place_id", "quote"])["is_named"].any().all()


def test_no_name_stands_for_two_places(tables: dict[str, pd.DataFrame]) -> None:
    names = names_of(tables["places"])
    keys = names.assign(key=names["name"].map(plain)).drop_duplicates(["place_id", "key"])
    assert list(keys.loc[keys["key"].duplicated(keep=False), "name"]) == []


def test_each_change_takes_the_place_from_its_holder(tables: dict[str, pd.DataFrame]) -> None:
    holder = tables["baseline"].set_index("place_id")["actor"].to_dict()
    odd = []
    for event in tables["events"].to_dict("records"):
        if holder[event["place_id"]] != event["from_actor"]:
            odd.append(event["event_id"])
        new_holder = "from_actor" if event["status"] == "contested" else "to_actor"
        holder[event["place_id"]] = event[new_holder]
    assert odd == EVENTS_THAT_DO_NOT_FOLLOW


@pytest.mark.parametrize(
    ("day", "share_lost_pct"),
    [
        ("2016-12-02", 48.2),
        ("2016-12-06", 61.5),
        ("2016-12-07", 72.9),
        ("2016-12-12", 82.1),
        ("2016-12-13", 88.0),
    ],
)
def test_share_that_the_opposition_had_lost(day: str, share_lost_pct: float, tables: dict[str, pd.DataFrame]) -> None:
    """With true areas, a contested place counted half, and each change on its latest possible day."""
    start_km2 = opposition_km2(tables, "2016-11-15")
    assert start_km2 == pytest.approx(43.08)
    lost_pct = 100 * (1 - opposition_km2(tables, day) / start_km2)
    assert lost_pct == pytest.approx(share_lost_pct, abs=0.05)


def opposition_km2(tables: dict[str, pd.DataFrame], day: str) -> float:
    columns = ["place_id", "holder", "contender", "status"]
    start = tables["baseline"].assign(holder=tables["baseline"]["actor"], contender="")[columns]
    events = tables["events"][tables["events"]["latest_date"] <= day]
    contested = events["status"] == "contested"
    changes = events.assign(
        holder=events["from_actor"].where(contested, events["to_actor"]),
        contender=events["to_actor"].where(contested, ""),
    )[columns]
    states = pd.concat([start, changes]).drop_duplicates("place_id", keep="last")
    states = states.merge(tables["places"][["place_id", "area_km2"]], on="place_id")
    part = (states["status"] == "contested").map({True: 0.5, False: 1.0})
    held = (states[["holder", "contender"]] == "opposition").any(axis="columns")
    return float((states["area_km2"].astype(float) * part * held).sum())


def test_sheikh_said_falls_on_12_december_according_to_rnz(tables: dict[str, pd.DataFrame]) -> None:
    events = tables["events"]
    row = events[(events["place_id"] == "N0225") & (events["status"] == "controlled")].iloc[-1]
    assert (row["earliest_date"], row["latest_date"]) == ("2016-12-12", "2016-12-12")
    assert (row["from_actor"], row["to_actor"]) == ("opposition", "syrian-government")
    assert row["document_id"] == "rnz-2016-12-13-aleppo"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_where_it_comes_from(table: str) -> None:
    origin = tomllib.loads((DATASET / f"{table}.csv.origin.toml").read_text("utf-8"))
    assert {"producer", "title", "citation", "licence"} <= {key for key, value in origin.items() if value}
    assert isinstance(origin["accessed"], date)
