"""Changes of control: the examples of the data file, the table they make, and any text at all."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import COLUMNS
from geo.text.changes import extract_events
from geo.text.data import read_data
from geo.text.toponyms import find_mentions
from geo.validation import check_table
from tests.places.samples import documents, sample_actors, sample_places

DATA = read_data("change_patterns.toml")
EXAMPLES = [example for pattern in DATA["pattern"] for example in pattern["examples"]]
BLOCKED = [text for blocker in DATA["blocker"] for text in blocker["examples"]]
SENTENCES = [text for text, *_ in EXAMPLES] + BLOCKED + DATA["claim"]["examples"]


@pytest.fixture(scope="module")
def read(small_gazetteer):
    def events_of(*texts, published="2016-12-13"):
        frame = documents(*texts, published=published)
        return extract_events(frame, find_mentions(frame, small_gazetteer), sample_places(), sample_actors())

    return events_of


def days(event):
    earliest, latest = (str(day.date()) for day in (event.earliest_date, event.latest_date))
    return earliest if earliest == latest else f"{earliest}/{latest}"


def told(events):
    return [
        f"{one.place_id} {'-' if pd.isna(one.from_actor) else one.from_actor} {one.to_actor} {one.status} {days(one)}"
        for one in events.itertuples()
    ]


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in EXAMPLES])
def test_every_pattern_reads_its_examples(read, text, expected):
    assert told(read(text)) == expected


@pytest.mark.parametrize("pattern", DATA["pattern"], ids=lambda pattern: pattern["id"])
def test_every_pattern_reads_something_itself(read, pattern):
    notes = [note for text, *expected in pattern["examples"] if expected for note in read(text)["note"]]
    assert any(f"pattern {pattern['id']}." in note for note in notes)


@pytest.mark.parametrize("text", BLOCKED)
def test_attempts_conditions_and_denials_are_no_changes(read, text):
    assert told(read(text)) == []


@pytest.mark.parametrize("text", DATA["claim"]["examples"])
def test_a_named_source_makes_a_claim(read, text):
    assert read(text)["assertion"].tolist() == ["claimed"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels have held Hanano since 2012.",
        "The government reinstated a siege of Hanano in early September.",
        "Analysts say the fall of Aleppo would be a blow to the rebels.",
        "Did rebels take Hanano on Monday?",
        "Rebels took Hanano on 2 May 2014.",
        "Rebels captured a hill near Hanano on Monday.",
        "Syrian army took Syria and Aleppo province on Monday.",
        "Earlier, the Syrian army had captured Hanano.",
        "The soldiers took Hanano.",
        "Rebels took Hanano from rebel fighters on Monday.",
    ],
)
def test_background_and_half_sentences_are_no_changes(read, text):
    assert told(read(text)) == []


def test_one_change_told_twice_is_one_event_with_both_sentences(read):
    text = (
        "Government forces patrol Hanano after troops retook the area from rebels on Monday.\n\n"
        "On 12 December, 2016, government forces retook Hanano."
    )
    (event,) = read(text).itertuples()
    assert told(read(text)) == ["N1 opp gov controlled 2016-12-12"]
    assert event.quote == "Government forces patrol Hanano after troops retook the area from rebels on Monday."
    assert event.note.endswith("Also: On 12 December, 2016, government forces retook Hanano.")


def test_a_place_that_changes_hands_twice_gives_two_events(read):
    text = (
        "Rebels took Hanano on 1 December. Government forces took Hanano on 2 December. Rebels took it on 3 December."
    )
    assert told(read(text)) == ["N1 - opp controlled 2016-12-01", "N1 - gov controlled 2016-12-02"]


def test_the_date_of_the_heading_holds_for_its_sentences(read):
    text = "## 27 November 2016\n\nRebels lost ground.\n\nGovernment forces took Hanano from the rebels."
    assert told(read(text)) == ["N1 opp gov controlled 2016-11-27"]


def test_without_any_date_it_is_the_week_up_to_publication(read):
    (event,) = read("Government forces took Hanano.").itertuples()
    assert (days(event), event.date_precision) == ("2016-12-07/2016-12-13", 3)
    assert event.confidence < 0.7


def test_assessed_outweighs_claimed_about_the_same_change(read):
    text = "The Syrian army said it took Hanano on Monday.\n\nThe Syrian army took Hanano on Monday."
    assert read(text)["assertion"].tolist() == ["assessed"]


def test_events_are_a_valid_table_with_stable_ids(read):
    events = read(*SENTENCES)
    assert list(events) == COLUMNS["events"]
    assert check_table("events", events, "events") == []
    assert set(events["recorded_by"]) == {"extractor/1"}
    assert set(events["recorded_at"]) == {pd.Timestamp("2016-12-13")}
    for document_id, own in events.groupby("document_id", sort=False):
        assert own["event_id"].tolist() == [f"x-{document_id}-{number}" for number in range(1, len(own) + 1)]
    pd.testing.assert_frame_equal(events, read(*SENTENCES))


def test_no_documents_give_the_empty_table(read):
    assert list(read()) == COLUMNS["events"]
    assert read().empty


PIECES = st.sampled_from(SENTENCES) | st.sampled_from(["\n\n", "## ", "<A0>", "<P1> ", "the area ", " took ", "Hanano"])


@given(st.lists(PIECES | st.text(max_size=10), max_size=6).map(" ".join))
def test_quotes_stand_in_any_text_and_no_event_is_later_than_it(read, text):
    for event in read(text).itertuples():
        assert event.quote in text
        assert event.earliest_date <= event.latest_date <= pd.Timestamp("2016-12-13")
        assert event.from_actor != event.to_actor
        assert 0 < event.confidence <= 0.9
