"""The second clock: the map as it was known at the end of an earlier day."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from geo.control.knowledge import control_as_known
from geo.maps.page import map_html
from geo.pipeline import Build
from geo.schema import COLUMNS
from tests.browser.conftest import PHONE, OpenMap, Visit
from tests.browser.maps import PICTURE

STATES = """(h) => Object.fromEntries(Array.from(h.timeline.state, (state, place) => {
    const { actor, contender, status, undecided } = h.data.header.states[state];
    const name = (side) => (side < 0 ? "" : h.data.header.actors[side].id);
    return [h.data.header.places.id[place], [name(actor), name(contender), status, undecided].join()];
}))"""
KNOWN = "(h) => `${h.view.clock}:${h.view.known}`"


def expected(build: Build, date: str, known_at: str) -> dict[str, str]:
    dataset = dataclasses.replace(build.dataset, events=build.events[COLUMNS["events"]])
    states = control_as_known(dataset, pd.Timestamp(date), pd.Timestamp(known_at), clock="published").fillna("")
    rows = states[["place_id", "actor", "contender", "status", "undecided"]].itertuples(index=False, name=None)
    return {place: ",".join([*map(str, row[:-1]), str(row[-1]).lower()]) for place, *row in rows}


@pytest.mark.parametrize("known_at", ["2016-12-12", "2016-12-13", "2016-12-20", "2016-12-22"])
def test_the_map_shows_what_was_known(open_saved: OpenMap, aleppo_build: Build, known_at: str) -> None:
    opened = open_saved(f"&date=2016-12-22&known=published:{known_at}")
    for date in ("2016-12-22", "2016-12-06"):
        opened.map(
            "(h, iso) => h.setDay(Math.round((Date.parse(iso) - Date.parse(h.data.header.start_date)) / 864e5))", date
        )
        shown = opened.map(STATES)
        known = {place: state for place, state in expected(aleppo_build, date, known_at).items() if place in shown}
        assert {place: shown[place] for place in known} == known
        assert {state for place, state in shown.items() if place not in known} <= {",,unknown,false"}


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_the_second_clock_is_switched_and_moved(open_saved: OpenMap, way: str) -> None:
    opened = open_saved("&date=2016-12-22")
    page, frame = opened.page, opened.frame
    now = opened.map(PICTURE)
    button, row = frame.locator(".known-button"), frame.locator(".known-row")
    expect(row).to_be_hidden()
    button.click() if way == "pointer" else button.press("Enter")
    slider = row.get_by_role("slider", name="As known on")
    expect(slider).to_have_attribute("aria-valuetext", "13 December 2016, 67 of 77 reports")
    expect(row.locator("select")).to_have_value("published")
    expect(row.locator("option[value=recorded]")).to_have_text("As recorded by (all was recorded on 22 November 2026)")
    then = opened.map(PICTURE)
    assert then != now
    if way == "pointer":
        box = slider.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    else:
        expect(slider).to_be_focused()
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "12 December 2016, 0 of 77 reports")
    assert opened.map("(h) => h.view.day") == 37
    field = row.get_by_label("As known on, such as")
    field.fill("20 Dec 2016")
    field.press("Enter")
    assert opened.map(KNOWN) == "published:2016-12-20"
    assert opened.map(PICTURE) == then
    close = row.get_by_role("button")
    close.click() if way == "pointer" else close.press("Enter")
    expect(row).to_be_hidden()
    assert opened.map(PICTURE) == now
    assert "known" not in opened.query()
    assert not opened.errors


@pytest.mark.slow
def test_the_link_keeps_it(open_map: OpenMap, visit: OpenMap) -> None:
    first = open_map("&date=2016-12-22&place=N0156")
    first.frame.locator(".known-button").click()
    expect(first.frame.locator(".known-row")).to_be_visible()
    assert first.query()["known"] == "published:2016-12-13"
    second = visit(first.page.url)
    second.wait_for_map()
    assert second.map(PICTURE) == first.map(PICTURE)
    assert second.map("(h) => h.view") == first.map("(h) => h.view")
    expect(second.frame.locator(".known-row")).to_be_visible()
    assert not second.errors


def test_no_later_record_is_told(open_saved: OpenMap, aleppo_build: Build) -> None:
    events = aleppo_build.events.set_index("event_id")
    later = events.loc[events["document_id"].str.startswith("wikipedia-2016-12-22"), "place_id"].iloc[-1]
    opened = open_saved(f"&date=2016-12-22&place={later}&layers=mentions")
    panel = opened.frame.locator(".panel")
    expect(panel).to_contain_text("2016-12-22")
    expect(opened.frame.locator(".mention").first).to_be_visible()
    opened.frame.locator(".known-button").click()
    expect(panel.locator(".now")).to_contain_text("22 December 2016, as published by 13 December 2016")
    expect(panel).not_to_contain_text("2016-12-22")
    opened.wait_for_rest()
    expect(opened.frame.locator(".announce")).to_contain_text("as published by 13 December 2016")
    opened.frame.get_by_role("slider", name="As known on").press("Home")
    expect(opened.frame.locator(".mention")).to_have_count(0)
    opened.frame.get_by_role("button", name="More").click()
    opened.frame.get_by_role("button", name="Table of places").click()
    expect(opened.frame.locator("dialog h1")).to_have_text(
        "Who held what on 22 December 2016, as published by 12 December 2016"
    )


@pytest.mark.parametrize("asked", ["recorded:2020-01-01", "published:2016-13-45", "believed:2016-12-13"])
def test_a_link_that_asks_for_what_cannot_be_told(open_saved: OpenMap, asked: str) -> None:
    opened = open_saved(f"&date=2016-12-22&known={asked}")
    expect(opened.frame.locator(".known-row")).to_be_hidden()
    assert "known" not in opened.query()
    assert opened.frame.locator(".notice").count() == (1 if asked.startswith("recorded") else 0)
    assert not opened.errors


def test_a_map_with_nothing_to_choose_says_why(visit: OpenMap, every_state_build: Build, tmp_path: Path) -> None:
    at_once = every_state_build.events.assign(document_id=None, recorded_at=every_state_build.dataset.end_date)
    build = dataclasses.replace(every_state_build, events=at_once.astype(every_state_build.events.dtypes))
    (tmp_path / "map.html").write_text(map_html(build), encoding="utf-8")
    opened = visit((tmp_path / "map.html").as_uri(), offline=True)
    opened.wait_for_map()
    opened.frame.locator(".known-button").click()
    expect(opened.frame.locator(".known-count")).to_contain_text("Nothing to choose: all was recorded on")
    opened.frame.get_by_role("button", name="Back to what is known now").click()
    expect(opened.frame.locator(".known-row")).to_be_hidden()


def test_range_compare_fading_and_readings_go_on_with_it(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=compare&from=2016-11-15&to=2016-12-22&known=published:2016-12-13&fade=1")
    assert_same_after(opened, "earliest")
    opened.frame.locator("select.mode").select_option("range")
    expect(opened.frame.locator(".date")).to_have_text("15 Nov 2016 to 22 Dec 2016")
    assert not opened.errors


def assert_same_after(opened: Visit, when: str) -> None:
    """Another reading and back gives the same picture."""
    before = opened.map(PICTURE)
    opened.choose("reading", when)
    opened.choose("reading", "doubt")
    assert opened.map(PICTURE) == before


def test_it_fits_a_phone(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-22&known=published:2016-12-13", viewport=PHONE)
    row = opened.frame.locator(".known-row")
    for part in ("select", "input[type=range]", ".date-field", ".known-count", ".close"):
        box = row.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
