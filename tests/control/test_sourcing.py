"""What sources are worth: ratings, independent sources that agree, whose word counts against whom."""

from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.judging import judge
from geo.control.rules import RULES_OF_CONFIRMABLE_CLAIMS
from geo.control.settings import Rating, rule_settings, setting_texts, settings_table
from geo.schema import COLUMNS, conform
from tests.control.histories import UNTIMED, day, events_of

ACTORS = pd.DataFrame({"actor_id": ["army", "militia", "rebels"], "side": ["state", "state", "revolt"]})
DOCUMENTS = conform(
    "documents",
    pd.DataFrame(
        [
            {"document_id": "post", "publisher": "Post"},
            {"document_id": "post again", "publisher": "POST "},
            {"document_id": "times", "publisher": "Times", "agency": "Wire"},
            {"document_id": "echo", "publisher": "Echo", "agency": "wire"},
            {"document_id": "ministry", "publisher": "Ministry", "side": "state"},
            {"document_id": "radio", "publisher": "Radio"},
            {"document_id": "poor", "publisher": "Poor"},
            {"document_id": "bad", "publisher": "Bad"},
            {"document_id": "blog", "publisher": "Blog"},
        ],
        columns=COLUMNS["documents"],
    ),
)
SOURCES = conform(
    "sources",
    pd.DataFrame(
        [
            {"publisher": "Post", "reliability": "A", "credibility": "3"},
            {"publisher": "Wire", "reliability": "B"},
            {"publisher": "Radio", "side": "revolt"},
            {"publisher": "Poor", "reliability": "D", "credibility": "4"},
            {"publisher": "Bad", "reliability": "E"},
            {"publisher": "Blog", "reliability": "F", "credibility": "6"},
            {"publisher": "Witness", "reliability": "E"},
        ],
        columns=COLUMNS["sources"],
    ),
)
REPORT = {"event_id": "e1", "place_id": "north", "earliest_date": day(5), "from_actor": "rebels", "to_actor": "army"}
CLAIM = {**REPORT, "assertion": "claimed", "document_id": "post", "claimed_by": "Watchers"}
SAME = {**CLAIM, "event_id": "e2", "document_id": "times", "claimed_by": "Residents"}


def judged(*rows: dict[str, Any], **settings: str) -> pd.DataFrame:
    events = events_of(*rows)[COLUMNS["events"]]
    chosen = rule_settings(settings_table(settings))
    return judge(events, DOCUMENTS, ACTORS, SOURCES, chosen).set_index("event_id")


def rulings(*rows: dict[str, Any], **settings: str) -> list[str]:
    return list(judged(*rows, **settings)["rule"])


def test_two_independent_sources_that_agree_change_the_map_once() -> None:
    table = judged(CLAIM, SAME)
    assert table["rule"].tolist() == ["independent_sources", "corroborates"]
    assert table["changes_map"].tolist() == [True, False]
    assert table["corroborates"].tolist() == ["e2", "e1"]


@pytest.mark.parametrize(
    "other",
    [
        {"document_id": "post again"},
        {"document_id": None},
        {"claimed_by": "watchers"},
        {"claimed_by": None},
        {"claimed_by": "Post"},
        {"place_id": "south"},
        {"to_actor": "militia"},
        {"status": "contested"},
        {"earliest_date": day(7), "latest_date": day(8)},
        {"assertion": "hypothetical"},
        {"recorded_by": "extractor/1"},
        {"document_id": "bad"},
        {"document_id": "blog"},
        {"claimed_by": "Witness"},
    ],
    ids=str,
)
def test_what_is_not_independent_or_does_not_agree_stays_a_claim(other: dict[str, Any]) -> None:
    assert rulings(CLAIM, SAME | other)[0] == "claim"


def test_one_agency_is_one_source() -> None:
    echo = {**CLAIM, "document_id": "echo"}
    assert rulings(echo, SAME) == ["claim", "claim"]


def test_two_voices_of_the_side_that_gains_are_not_enough_but_one_is() -> None:
    own = {**REPORT, "document_id": "ministry"}
    quoted = {**SAME, "claimed_by": "militia"}
    assert rulings(own, quoted) == ["party_for_itself", "claim"]
    assert rulings(own, SAME) == ["independent_sources", "corroborates"]


def test_the_report_that_is_certain_first_counts() -> None:
    wide = {**CLAIM, "event_id": "e0", "earliest_date": day(4), "latest_date": day(9)}
    assert judged(wide, SAME)["rule"].to_dict() == {"e0": "corroborates", "e2": "independent_sources"}
    later = {**CLAIM, "event_id": "e3", "document_id": "poor", "claimed_by": "Mayor", "earliest_date": day(9)}
    assert judged(wide, SAME, later)["rule"].to_dict()["e3"] == "claim"


@pytest.mark.parametrize(("days", "rule"), [("0", "claim"), ("1", "independent_sources"), ("2", "independent_sources")])
def test_how_far_apart_two_reports_of_one_change_may_be(days: str, rule: str) -> None:
    assert rulings(CLAIM, {**SAME, "earliest_date": day(6)}, together_days=days)[0] == rule


def test_opposite_pairs_are_disputed_with_both_sides_kept() -> None:
    back = {"to_actor": "militia", "from_actor": "rebels"}
    against = [{**CLAIM, **back, "event_id": "e3", "document_id": "poor"}, {**SAME, **back, "event_id": "e4"}]
    assert rulings(CLAIM, SAME, *against) == ["contradicted", "corroborates", "contradicted", "corroborates"]


def test_an_extracted_second_source_counts_where_the_dataset_says_so() -> None:
    read = {**SAME, "recorded_by": "extractor/1"}
    assert rulings(CLAIM, read) == ["claim", "corroborates"]
    assert rulings(CLAIM, read, extracted_events="apply") == ["independent_sources", "corroborates"]


@pytest.mark.parametrize(
    ("document_id", "rule"),
    [
        ("post", "neutral_assessment"),
        ("times", "neutral_assessment"),
        ("poor", "weak_source"),
        ("bad", "weak_source"),
        ("blog", "weak_source"),
        (None, "neutral_assessment"),
    ],
)
def test_a_source_that_is_rated_too_low_makes_a_claim(document_id: str | None, rule: str) -> None:
    assert rulings({**REPORT, "document_id": document_id}) == [rule]


def test_what_is_good_enough_is_a_setting() -> None:
    poor, blog, unrated = ({**REPORT, "document_id": each} for each in ("poor", "blog", None))
    assert rulings(poor, alone_reliability="D") == ["weak_source"]
    assert rulings(poor, alone_reliability="D", alone_credibility="4") == ["neutral_assessment"]
    assert rulings(blog, alone_unjudged="yes") == ["neutral_assessment"]
    assert rulings(unrated, alone_unrated="no") == ["weak_source"]
    assert rulings({**REPORT, "document_id": "poor"}, {**SAME, "claimed_by": "X"}) == [
        "independent_sources",
        "corroborates",
    ]
    assert rulings(CLAIM, {**SAME, "document_id": "bad"}, together_reliability="E")[0] == "independent_sources"


def test_a_partys_word_counts_against_its_own_side_also_when_a_neutral_source_quotes_it() -> None:
    quoted = {**CLAIM, "claimed_by": "rebels"}
    assert rulings(quoted) == ["party_against_itself"]
    assert rulings({**quoted, "claimed_by": "army"}) == ["claim"]
    assert rulings({**quoted, "document_id": "ministry"}) == ["party_for_itself"]


def test_the_side_of_a_source_is_that_of_its_documents() -> None:
    assert rulings({**REPORT, "document_id": "radio"}) == ["party_against_itself"]
    assert rulings({**REPORT, "document_id": "radio", "from_actor": "army", "to_actor": "rebels"}) == [
        "party_for_itself"
    ]


def test_a_withdrawn_second_source_confirms_nothing_any_more() -> None:
    withdrawal = {**SAME, "event_id": "e3", "assertion": "negated", "supersedes": "e2"}
    assert rulings(CLAIM, SAME, withdrawal) == ["claim", "withdrawn_claim", "not_a_change"]


def test_every_setting_is_documented_and_its_default_allowed() -> None:
    texts = setting_texts()
    assert texts["setting"].is_unique
    assert all(default in allowed for default, allowed in zip(texts["default"], texts["allowed"], strict=True))
    assert (texts["meaning"].str.len() > 40).all()
    assert settings_table()["value"].tolist() == texts["default"].tolist()


LETTERS, DIGITS = st.sampled_from([None, *"ABCDEF"]), st.sampled_from([None, *"123456"])


@UNTIMED
@given(LETTERS, DIGITS, LETTERS, DIGITS)
def test_a_better_rating_is_never_worse(letter: Any, digit: Any, other_letter: Any, other_digit: Any) -> None:
    alone = rule_settings().alone
    worse = alone.is_met_by(Rating(other_letter, other_digit))
    if None not in (letter, digit, other_letter, other_digit) and letter <= other_letter and digit <= other_digit:
        assert alone.is_met_by(Rating(letter, digit)) or not worse


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = st.sampled_from(("army", "rebels"))
    return [
        {
            **REPORT,
            "event_id": f"e{number}",
            "to_actor": draw(names),
            "from_actor": draw(names),
            "earliest_date": day(draw(st.integers(1, 3))),
            "assertion": draw(st.sampled_from(("assessed", "claimed"))),
            "document_id": draw(st.sampled_from([*DOCUMENTS["document_id"], None])),
            "claimed_by": draw(st.sampled_from(("Watchers", "Residents", "army", "rebels", None))),
        }
        for number in range(draw(st.integers(2, 5)))
    ]


@UNTIMED
@given(reports())
def test_what_is_confirmed_names_an_independent_report_of_the_same_change(rows: list[dict[str, Any]]) -> None:
    table = judged(*rows)
    documents = DOCUMENTS.set_index("document_id")["publisher"].str.strip().str.casefold()
    for _, event in table[table["rule"] == "independent_sources"].iterrows():
        other = table.loc[event["corroborates"]]
        assert (event["place_id"], event["to_actor"]) == (other["place_id"], other["to_actor"])
        assert documents[event["document_id"]] != documents[other["document_id"]]
        assert event["claimed_by"] != other["claimed_by"] or pd.isna(event["claimed_by"])
        alone = judged(*[row for row in rows if row["event_id"] == event.name])["rule"].iloc[0]
        assert alone in RULES_OF_CONFIRMABLE_CLAIMS
    for order in list(permutations(rows))[:3]:
        pd.testing.assert_frame_equal(judged(*order).loc[table.index], table)
