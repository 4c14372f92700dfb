"""Documents to mentions as tables: offsets, places, points."""

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.parsing import MENTION_COLUMNS, locate_documents, parse_documents
from geo.places.gazetteer import Gazetteer
from geo.text.mention_rows import MentionRow, mention_rows
from tests.places.samples import sample_places

PIECES = [
    "Aleppo",
    "Hanano, Aleppo",
    "Hanano",
    "حلب",
    " was hit. ",
    "\r\n",
    "\u202e",
    "😀",
    "the ",
    "'s ",
    "\0",
    "1 May ",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(sample_places())


def test_offsets_are_those_in_the_file(gazetteer: Gazetteer) -> None:
    texts = ["Fighting in Aleppo.", "Hanano was hit."]
    documents = pd.DataFrame({"document_id": ["a", "a"], "text": texts, "offset": [0, 100]})
    mentions = parse_documents(documents, gazetteer)
    assert list(mentions) == MENTION_COLUMNS
    assert mentions["document"].tolist() == ["a", "a"]
    assert mentions["start"].tolist() == [12, 100]
    assert mentions["end"].tolist() == [18, 106]
    assert mentions["name"].notna().all()


def test_a_document_without_places_gives_no_rows(gazetteer: Gazetteer) -> None:
    documents = pd.DataFrame({"document_id": ["a"], "text": ["Nothing happened."]})
    mentions = parse_documents(documents, gazetteer)
    assert mentions.empty
    assert list(mentions) == MENTION_COLUMNS
    assert locate_documents(documents, gazetteer).crs.to_epsg() == 4326


def test_points_have_geometry_unless_they_wait(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_one_waiting(*arguments: Any) -> list[MentionRow]:
        nothing = dict.fromkeys(("place_id", "name", "latitude", "longitude", "match", "signals"))
        return [row if row.start == 0 else row._replace(**nothing) for row in mention_rows(*arguments)]

    monkeypatch.setattr("geo.parsing.mention_rows", with_one_waiting)
    documents = pd.DataFrame({"document_id": ["a"], "text": ["Aleppo and Hanano"]})
    points = locate_documents(documents, gazetteer)
    assert isinstance(points, gpd.GeoDataFrame)
    assert points.crs.to_epsg() == 4326
    assert points.geometry.isna().tolist() == [False, True]
    assert points["latitude"].isna().tolist() == [False, True]
    assert (points.geometry.iloc[0].x, points.geometry.iloc[0].y) == (points["longitude"][0], points["latitude"][0])


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12), st.integers(0, 50))
@settings(max_examples=40)
def test_offsets_cut_the_toponym_out_of_any_text(gazetteer: Gazetteer, pieces: list[str], offset: int) -> None:
    text = "".join(pieces)
    documents = pd.DataFrame({"document_id": ["a"], "text": [text], "offset": [offset]})
    mentions = parse_documents(documents, gazetteer)
    whole = "-" * offset + text
    for start, end, toponym in zip(mentions["start"], mentions["end"], mentions["toponym"], strict=True):
        assert whole[start:end] == toponym
