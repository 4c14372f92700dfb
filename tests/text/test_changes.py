"""Changes of control: the examples of the data file, the table they make, and any text at all."""

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.schema import COLUMNS
from geo.text.changes import extract_events
from geo.text.data import read_data
from geo.text.toponyms import find_mentions
from geo.validation import check_table
from tests.places.samples import documents, sample_actors, sample_places

DATA = read_data("change_patterns.toml")
EXAMPLES = [example for frame in DATA["frame"] for example in frame["examples"]]
BLOCKED = [text for blocker in DATA["blocker"] for text in blocker["examples"]]
SENTENCES = [text for text, *_ in EXAMPLES] + BLOCKED + DATA["claim"]["examples"] + DATA["factual"]["examples"]


@pytest.fixture(scope="module")
def read(small_gazetteer):
    def events_of(*texts, published="2016-12-13"):
        frame = documents(*texts, published=published)
        return extract_events(frame, find_mentions(frame, small_gazetteer), sample_places(), sample_actors())

    return events_of


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in EXAMPLES])
def test_every_frame_reads_its_examples(told, text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("frame", DATA["frame"], ids=lambda frame: frame["id"])
def test_every_frame_reads_something_itself(told_in, frame):
    read_by = {group[0].pattern for text, *_ in frame["examples"] for group in told_in(text)}
    assert frame["id"] in read_by


@pytest.mark.parametrize("text", BLOCKED)
def test_attempts_conditions_and_denials_are_no_changes(told, text):
    assert told(text) == []


@pytest.mark.parametrize("text", DATA["claim"]["examples"])
def test_a_named_source_makes_a_claim(read, text):
    assert read(text)["assertion"].tolist() == ["claimed"]


@pytest.mark.parametrize("text", DATA["factual"]["examples"])
def test_what_somebody_managed_to_do_happened(told, text):
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Syrian army said on Monday it had captured Hanano.", "gov"),
        ("Rebels captured Hanano on 26 November, according to the Syrian Observatory for Human Rights.", None),
        ("According to rebels, Hanano was captured by the Syrian army on Monday.", "opp"),
    ],
)
def test_who_claims_is_told(told_in, text, source):
    [[event]] = told_in(text)
    assert event.assertion == "claimed"
    assert event.claimed_by == (source or "Syrian Observatory for Human Rights")


def test_opposing_claims_stay_two_events(told):
    text = (
        "The Syrian army said it had captured Hanano on 2 December. Rebels said they had captured Hanano on 2 December."
    )
    assert told(text) == ["N1 opp? gov controlled 2016-12-02", "N1 gov? opp controlled 2016-12-02"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels have held Hanano since 2012.",
        "Analysts say the fall of Aleppo would be a blow to the rebels.",
        "Did rebels take Hanano on Monday?",
        "Rebels took Hanano on 2 May 2014.",
        "Rebels captured a hill near Hanano on Monday.",
        "Earlier, the Syrian army had captured Hanano.",
        "The soldiers took Hanano.",
        "Rebels took Hanano from rebel fighters on Monday.",
        "Rebels captured the leader Omar Haddad near Hanano on Monday.",
        "Rebels took medicine and cash from Hanano on Monday.",
    ],
)
def test_background_and_half_sentences_are_no_changes(told, text):
    assert told(text) == []


def test_who_holds_a_place_is_kept_as_a_statement(told_in):
    [[event]] = told_in("Rebels held Hanano on 2 December.")
    assert (event.kind, event.to_actor, event.from_actor) == ("hold", "opp", None)


def test_the_side_that_holds_a_place_is_the_one_it_is_taken_from(told):
    text = "Rebels held Hanano on 20 November, Kurdish forces Shaar. Government forces captured Hanano on 26 November."
    assert told(text) == ["N1 opp? gov controlled 2016-11-26"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked Hanano on 2 December. They captured the district from government forces.", "N1 gov opp"),
        (
            "On 2 December rebels took Hanano and Shaar. The next day government forces retook both.",
            "",
        ),
        ("Government forces shelled Hanano on 2 December and recaptured it from rebels.", "N1 opp gov"),
        ("On 2 December rebels lost Hanano to the Syrian army, which they had held.", "N1 opp gov"),
        ("Rebels hold Hanano, 5 km east of Shaar. On 2 December government forces took the district.", "N1 opp"),
        (
            "Rebels fought government forces. On 2 December they crossed the river, went on and captured Hanano.",
            "N1 gov? opp controlled 2016-12-02",
        ),
        ("Rebels broke through near Hanano on 2 December, capturing the entire district from the army.", "N1 "),
        (
            "ALEPPO, 2 December (News) -- Rebels shelled Hanano today.\n\nGovernment forces took the district later.",
            "N1 opp",
        ),
        ('Government forces fought rebels in Hanano. "We took the district on 2 December," they said.', "N1"),
        ("Rebels shelled Hanano on 2 December. Government forces took the district soon after they left.", "N1 opp"),
    ],
)
def test_pronouns_stand_for_places_and_sides(told, text, expected):
    assert any(one.startswith(expected) for one in told(text))


def test_one_change_told_twice_is_one_event_with_both_sentences(read):
    text = (
        "Government forces patrol Hanano after troops retook the area from rebels on Monday.\n\n"
        "On 12 December, 2016, government forces retook Hanano."
    )
    (event,) = read(text).itertuples()
    assert (event.place_id, event.from_actor, event.to_actor) == ("N1", "opp", "gov")
    assert event.quote == "Government forces patrol Hanano after troops retook the area from rebels on Monday."
    assert event.note.endswith("Also: On 12 December, 2016, government forces retook Hanano.")


def test_a_place_that_changes_hands_gives_an_event_each_time(told):
    text = "Rebels took Hanano on 1 December. Government forces took it on 2 December. Rebels took it on 3 December."
    assert [one.split()[2:] for one in told(text)] == [
        ["opp", "controlled", "2016-12-01"],
        ["gov", "controlled", "2016-12-02"],
        ["opp", "controlled", "2016-12-03"],
    ]


def test_the_date_of_the_heading_holds_for_its_sentences(told):
    text = "## 27 November 2016\n\nRebels lost ground.\n\nGovernment forces took Hanano from the rebels."
    assert told(text) == ["N1 opp gov controlled 2016-11-27"]


def test_what_a_report_begins_with_is_news_of_the_day_or_the_day_before(read):
    (event,) = read("Government forces took Hanano.").itertuples()
    assert (str(event.earliest_date.date()), event.date_precision) == ("2016-12-12", 2)
    assert event.confidence < 0.7


def test_without_any_date_later_news_is_of_the_week_up_to_publication(read):
    text = "It rained. It was cold. Roads were wet. Fog lay on the hills. Government forces have taken Hanano."
    (event,) = read(text).itertuples()
    assert (str(event.earliest_date.date()), event.date_precision) == ("2016-12-07", 3)


def test_assessed_outweighs_claimed_about_the_same_change(read):
    text = "The Syrian army said it took Hanano on Monday.\n\nThe Syrian army took Hanano on Monday."
    assert read(text)["assertion"].tolist() == ["assessed"]


def test_events_are_a_valid_table_with_stable_ids(read):
    events = read(*SENTENCES)
    assert list(events) == COLUMNS["events"]
    assert check_table("events", events, "events") == []
    assert set(events["recorded_by"]) == {"extractor/9"}
    assert set(events["recorded_at"]) == {pd.Timestamp("2016-12-13")}
    for document_id, own in events.groupby("document_id", sort=False):
        assert own["event_id"].tolist() == [f"x-{document_id}-{number}" for number in range(1, len(own) + 1)]
    pd.testing.assert_frame_equal(events, read(*SENTENCES))


def test_no_documents_give_the_empty_table(read):
    assert list(read()) == COLUMNS["events"]
    assert read().empty


PIECES = st.sampled_from(SENTENCES) | st.sampled_from(["\n\n", "## ", "<A0>", "<P1> ", "the area ", " took ", "Hanano"])


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=10), max_size=6).map(" ".join))
def test_quotes_stand_in_any_text_and_no_event_is_later_than_it(read, text):
    for event in read(text).itertuples():
        assert event.quote in text
        assert event.earliest_date <= event.latest_date <= pd.Timestamp("2016-12-13")
        assert event.from_actor != event.to_actor
        assert 0 < event.confidence <= 1


@pytest.mark.parametrize(
    "piece",
    [
        "Rebels took Hanano and ",
        "captured the ",
        "<P0>, ",
        "Abu Said, ",
        "from rebels to rebels by ",
        "to to to ",
        "was ",
    ],
)
def test_the_time_for_a_sentence_without_end_grows_with_its_length(read, piece):
    def seconds(length):
        text = "On Monday rebels took " + piece * (length // len(piece))
        started = time.process_time()
        read(text)
        return time.process_time() - started

    seconds(2_000)
    assert seconds(20_000) < 7 * seconds(5_000) + 0.5
