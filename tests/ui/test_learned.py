"""What we learned between two dates, on the changes page."""

import csv
import dataclasses
import datetime as dt
import io
from pathlib import Path

import pandas as pd

from geo.formats.builds import write_build
from geo.formats.exports import table_csv
from geo.pipeline import Build
from geo.schema import empty_table
from tests.ui.conftest import OpenPage, text_of

PAGE = "pages/changes.py"


def test_what_was_published_last_is_shown_with_its_lateness(open_page: OpenPage) -> None:
    session = open_page(PAGE, dataset="aleppo_2016")
    assert not session.exception
    table = session.dataframe[1].value
    assert len(table) == 10
    assert set(table["known_date"].dt.strftime("%Y-%m-%d")) == {"2016-12-22"}
    assert table["days_late"].max() == 8
    assert set(table["kind"]) == {"new report"}
    assert "Something became known on 2 days, from 13 December 2016 to 22 December 2016." in text_of(session)


def test_the_other_clock_says_what_was_recorded(open_page: OpenPage) -> None:
    session = open_page(PAGE, dataset="aleppo_2016")
    [clock] = [group for group in session.button_group if group.label == "Clock"]
    clock.set_value("As recorded").run()
    assert not session.exception
    assert "Everything was recorded on one day, 22 November 2026." in text_of(session)
    assert len(session.dataframe[1].value) == 77
    assert session.dataframe[1].value["days_late"].min() > 3000


def test_empty_spans_say_why(open_page: OpenPage, small_build: Build, tmp_path: Path) -> None:
    session = open_page(PAGE, dataset="aleppo_2016")
    first, last = session.date_input
    first.set_value(dt.date(2016, 12, 14)).run()
    last.set_value(dt.date(2016, 12, 20)).run()
    assert "The nearest days on which something did: 13 December 2016 and 22 December 2016." in text_of(session)
    last.set_value(dt.date(2016, 12, 13)).run()
    assert "Choose a first day that is before the second." in text_of(session)
    silent = dataclasses.replace(small_build.dataset, events=empty_table("events"))
    write_build(dataclasses.replace(small_build, dataset=silent), tmp_path / "builds" / "small")
    nothing = open_page(PAGE, builds=tmp_path / "builds", dataset="small")
    assert not nothing.exception
    assert "This dataset has no reports" in text_of(nothing)


def test_hostile_names_are_no_formulas_in_the_download() -> None:
    table = pd.DataFrame({"place": ["=cmd()", None], "days_late": [3, 4], "reversal": [True, False]})
    table["known_date"] = pd.to_datetime(["2016-12-22", None])
    read = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert read[1] == ["'=cmd()", "3", "true", "2016-12-22"]
    assert read[2] == ["", "4", "false", ""]
