"""Claims about territory: the examples of the data file, the table they make, and their way to the method page."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.claims import with_extracted
from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.data import read_data
from geo.text.territory import read_territory
from geo.text.toponyms import find_mentions
from geo.validation import check_table
from tests.places.samples import documents, sample_actors, sample_places

EXAMPLES = [example for pattern in read_data("territory_patterns.toml")["pattern"] for example in pattern["examples"]]


@pytest.fixture(scope="module")
def read(small_gazetteer):
    lexicon = ActorLexicon(sample_actors())

    def claims_of(*texts):
        frame = documents(*texts)
        return read_territory(frame, find_mentions(frame, small_gazetteer), sample_places(), lexicon)

    return claims_of


def told(claim):
    amount = f"{claim.area_km2:g} km2" if pd.isna(claim.share_pct) else f"{claim.share_pct:g} %"
    return f"{claim.actor} {claim.measure} {amount} {claim.comparison} {claim.toponym}"


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_every_pattern_reads_its_examples(read, text, expected):
    assert [told(claim) for claim in read(text).itertuples()] == [expected]


@pytest.mark.parametrize(
    "text", ["Rebels lost 90 percent of their men in Aleppo.", "Bread is 40 percent dearer in Aleppo."]
)
def test_other_shares_are_no_claims_about_territory(read, text):
    assert [claim.quote for claim in read(text).itertuples() if "men" not in claim.quote] == []


def test_claims_are_a_valid_table_and_can_be_checked_against_the_map(read):
    claims = read(*[text for text, _ in EXAMPLES])
    assert check_table("territory_claims", claims, "claims") == []
    checked = with_extracted(empty_table("claims"), claims)
    assert check_table("claims", checked, "claims") == []
    assert set(checked["quantity"]) == {"share_lost_pct", "area_left_km2"}
    assert with_extracted(checked, claims)["claim_id"].tolist() == checked["claim_id"].tolist()


@settings(max_examples=40)
@given(st.lists(st.sampled_from([text for text, _ in EXAMPLES]) | st.text(max_size=12), max_size=4).map(" ".join))
def test_quotes_stand_in_any_text(read, text):
    for claim in read(text).itertuples():
        assert text[claim.start : claim.end] == claim.quote
