"""Reports read with the sides and places of the whole world, notes about given places, and the command for both."""

import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.notes import Note, holder_of, read_notes
from geo.text.reports import COLUMNS, read_reports


@pytest.fixture(scope="module")
def read(gazetteer):
    def reports_of(text, published="2016-12-13", title=""):
        day = pd.Timestamp(published)
        frame = pd.DataFrame({"document_id": ["d"], "title": [title], "text": [text], "published": [day]})
        return read_reports(frame, gazetteer)

    return reports_of


@pytest.fixture(scope="module")
def lexicon():
    return ActorLexicon(empty_table("actors"), world=True)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "The Taliban captured Kunduz and Taloqan on 8 August 2021 from Afghan government forces.",
            "2021-08-10",
            [("Kunduz", "afghan-government", "taliban"), ("Taloqan", "afghan-government", "taliban")],
        ),
        (
            "In Syria, rebels lost the village of Kafr Zan to the army on 2 December.",
            "2016-12-13",
            [("Kafr Zan", "opposition", "syrian-government")],
        ),
        (
            "Mosul fell to ISIL on 10 June 2014 after Iraqi troops fled.",
            "2014-06-12",
            [("Mosul", "iraqi-government", "isil")],
        ),
        (
            "Ukrainian troops withdrew from Avdiivka on 17 February as Russian forces advanced.",
            "2024-02-20",
            [("Avdiivka", "ukraine", "russia")],
        ),
    ],
)
def test_sides_of_the_world_are_known(read, text, published, expected):
    found = read(text, published)
    assert [tuple(one) for one in found[["toponym", "from_actor", "to_actor"]].to_numpy()] == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("On 9 February Soviet troops took Belgorod from German forces.", "1943-02-10", ["soviet-union"]),
        (
            "On 9 February 1943 the city was shelled. Russian troops took Belgorod on 10 February.",
            "1943-02-12",
            ["soviet-union"],
        ),
        ("Russian troops took Bakhmut on 20 May.", "2023-05-21", ["russia"]),
        ("In eastern Congo rebels captured Goma on 27 January.", "2025-01-29", ["m23"]),
        ("In eastern Congo rebels captured Goma on 1 November 1996; Bukavu had fallen before.", "1996-11-03", ["afdl"]),
        ("Republican senators won Virginia on 2 November.", "2010-11-03", []),
    ],
)
def test_a_side_is_found_in_its_time_only(read, text, published, expected):
    assert read(text, published)["to_actor"].tolist() == expected


def test_the_only_side_that_is_known_does_not_take_what_another_must_have_taken(read):
    text = "Ukrainian troops fled. On Thursday Sudzha was liberated. Units of the Grom column liberated Viktorovka."
    assert read(text, "2025-03-14").empty
    assert set(read(f"{text} Ukrainian troops took Guyevo.", "2025-03-14")["to_actor"]) == {"ukraine"}
    named = text.replace("the Grom column", "the Sever group of forces")
    assert set(read(named, "2025-03-14")["to_actor"]) == {"russia"}


def test_the_columns_say_what_is_inferred_and_who_claims(read):
    (event,) = read("Russia said its troops had captured Bakhmut on 20 May 2023.", "2023-05-22").to_dict("records")
    assert list(event) == COLUMNS
    assert (event["assertion"], event["claimed_by"], event["claimed_side"]) == ("claimed", "russia", "gains")
    assert (event["status"], event["kind"], event["date_precision"]) == ("controlled", "change", 1)


def test_a_story_is_dated_by_its_own_year(read):
    text = "On 3 March ISIL held Qaryatayn. Syrian government forces captured the town on 27 March."
    found = read(text, "2023-08-05", title="Palmyra front (2016)")
    assert str(found[found["kind"] == "change"].iloc[0]["earliest_date"].date()) == "2016-03-27"


def test_the_title_tells_whose_war_it_is(read):
    (event,) = read("The rebels took Morek on 3 May 2014.", "2014-06-01", title="Hama offensive, Syria").to_dict(
        "records"
    )
    assert event["to_actor"] == "opposition"


NOTES = [
    ("Captured by Russia 16 March 2022. Recaptured by Ukraine 6 September 2022.", "ukraine", "controlled"),
    ("See Battle of XCaptured by Russia 12 March 2022.Recaptured by Ukraine 31 March 2022.", "ukraine", "controlled"),
    ("Captured by Donetsk PR in mid-April 2014.", "donetsk-pr", "controlled"),
    ("Captured by Russia in 2022. Contested by Ukraine since 19 October 2023.", "russia", "contested"),
    ("Claimed by Russian sources on 10 May 2024.", None, "unknown"),
    ("See Battle of X", None, "unknown"),
]


@pytest.mark.parametrize(("text", "holder", "status"), NOTES)
def test_a_note_tells_who_holds_its_place(lexicon, text, holder, status):
    events = read_notes([Note("1", "X", text, date(2024, 8, 17), None, 48.0, 37.0)], lexicon)
    assert holder_of(events) == (holder, status)
    assert set(events["toponym"]) <= {"X"}


def test_the_days_of_notes_are_read(lexicon):
    events = read_notes([Note("1", "X", NOTES[0][0], date(2024, 8, 17), None, None, None)], lexicon)
    assert [str(day.date()) for day in events["latest_date"]] == ["2022-03-16", "2022-09-06"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([text for text, *_ in NOTES]) | st.text(max_size=12), max_size=4).map("".join))
def test_any_note_gives_sane_offsets(lexicon, text):
    for event in read_notes([Note("1", "X", text, date(2024, 8, 17), None, None, None)], lexicon).itertuples():
        assert text[event.start : event.end] == event.quote


@settings(max_examples=30)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["rebels ", "took ", "the town ", "<P1>", "Aleppo ", "on 3 May "])).map("".join)
)
def test_any_text_gives_sane_offsets_and_no_date_after_publication(read, text):
    for event in read(text).itertuples():
        assert text[event.start : event.end] == event.quote
        assert event.earliest_date <= event.latest_date <= pd.Timestamp("2016-12-13")


def test_the_command_reads_documents_and_tables(tmp_path, capsys):
    (tmp_path / "report.txt").write_text(
        "Syrian government forces captured Palmyra from ISIL on 27 March 2016.", "utf-8"
    )
    out = tmp_path / "events.jsonl"
    assert main(["events", str(tmp_path), "--published", "2016-03-28", "--out", str(out)]) == 0
    (event,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert (event["document"], event["to_actor"], event["latest_date"]) == (
        "report.txt",
        "syrian-government",
        "2016-03-27",
    )
    table = tmp_path / "notes.csv"
    table.write_text("town,note\nBalakliia,Captured by Russia 3 March 2022.\n", "utf-8")
    assert main(["events", str(table), "--text-column", "note", "--place-column", "town"]) == 0
    (event,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (event["document"], event["toponym"], event["to_actor"]) == ("2", "Balakliia", "russia")
    assert main(["events", str(table), "--text-column", "nothing", "--place-column", "town"]) == 2
    assert "nothing: is missing" in capsys.readouterr().err.replace("column nothing", "nothing")
