"""Two dates: what changed between them, and both side by side."""

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import expect

from geo.control.shares import shares_on
from geo.control.states import states_on
from geo.pipeline import Build
from tests.browser.conftest import WIDE, OpenMap
from tests.browser.maps import CHANGED, PICTURE

NAMES_UNDER_THE_DIVIDER = """() => {
    const boxes = (selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return boxes(".label").filter((label) => boxes(".swipe > *").some((mark) => meet(mark, label))).length;
}"""


def test_range_says_who_gained_what(open_saved: OpenMap, aleppo_build: Build) -> None:
    opened = open_saved("&mode=range&from=2016-11-20&to=2016-12-14")
    frame = opened.frame
    expect(frame.locator(".gains tbody tr").first).to_be_visible()  # text that is not laid out yet has no tabs
    rows = [row.split("\t") for row in frame.locator(".gains tbody tr").all_inner_texts()]
    net = {name.strip(): _signed(gained) + _signed(lost) for _, name, gained, lost in rows}
    names = aleppo_build.dataset.actors.set_index("actor_id")["name"]
    before, after = (
        shares_on(states_on(aleppo_build.intervals, pd.Timestamp(date)), aleppo_build.places).set_index("actor")
        for date in ("2016-11-20", "2016-12-14")
    )
    for actor, name in names.items():
        expected = after["area_km2"].get(actor, 0.0) - before["area_km2"].get(actor, 0.0)
        assert net.get(name, 0.0) == pytest.approx(expected, abs=0.11), name
    changed = opened.map(CHANGED)
    expect(frame.locator(".count")).to_have_text(f"{changed} places changed in 24 days")
    expect(frame.locator(".today h2")).to_have_text("Places that changed")


def _signed(figure: str) -> float:
    return float(figure.replace("−", "-"))


def test_range_draws_what_changed_strong_and_the_rest_pale(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=range&from=2016-11-20&to=2016-12-14&layers=areas&view=36.2,37.15,12")
    strong = "(h) => h.scene.painting.codes.filter((code) => code >= h.data.header.states.length).length"
    assert opened.map(strong) == opened.map(CHANGED)
    picture = opened.map(PICTURE)
    opened.frame.get_by_role("slider", name="From").press("End")
    assert opened.map(PICTURE) != picture
    expect(opened.frame.locator(".gains .none")).to_have_text("Nothing changed between these dates.")


def test_a_saved_picture_has_the_divider_and_both_dates(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=compare&from=2016-11-15&to=2016-12-14&layers=areas")
    opened.frame.get_by_role("button", name="More").click()
    with opened.page.expect_download() as download:
        opened.frame.get_by_role("button", name="Save picture").click()
    expect(opened.frame.locator(".menu")).to_be_hidden()
    picture = np.asarray(Image.open(download.value.path()).convert("L"))
    divider = opened.frame.locator(".swipe").bounding_box()
    assert divider
    top, middle = 2 * 62, round(2 * (divider["x"] + 1))
    line = picture[top : top + 900, middle - 3 : middle + 3].min(axis=1)
    assert line.max() < 60, "the line goes from top to bottom"
    for west in (middle - 200, middle + 20):
        label = picture[top + 24 : top + 68, west : west + 180]
        assert (label > 250).mean() > 0.5 and (label < 80).any(), "a date stands beside the line"


def test_mode_by_keyboard(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    frame = opened.frame
    mode = frame.get_by_label("Show", exact=True)
    mode.focus()
    opened.page.keyboard.press("r")
    expect(frame.locator(".date")).to_have_text("15 Nov 2016 to 6 Dec 2016")
    start = frame.get_by_role("slider", name="From")
    start.press("ArrowRight")
    expect(start).to_have_attribute("aria-valuetext", "16 November 2016")
    field = frame.locator(".date-field.since")
    field.fill("2016-12-10")
    field.press("Enter")
    expect(frame.locator(".date")).to_have_text("10 Dec 2016 to 10 Dec 2016")
    query = opened.query()
    assert (query["mode"], query["from"], query["to"]) == ("range", "2016-12-10", "2016-12-10")
    assert "date" not in query
    mode.select_option("day")
    expect(frame.locator(".date")).to_have_text("10 December 2016")
    assert "mode" not in opened.query()


MIDDLE_OF_THE_COUNTRY = """(h) => {
    const centre = L.latLngBounds(h.data.header.bounds).getCenter();
    return 100 * h.map.latLngToContainerPoint(centre).x / h.map.getSize().x;
}"""
CLIPS = "(h) => [h.scene.areasBefore, h.areas].map((layer) => layer._container.style.clipPath)"


def test_compare_is_swiped_by_pointer_and_keyboard(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=compare&from=2016-11-20&to=2016-12-14&view=36.2,37.15,12")
    frame = opened.frame
    clips = opened.map(CLIPS)
    assert "calc" in clips[0]
    assert clips[1].startswith("inset(0")
    handle = frame.get_by_role("slider", name="Divider between the two dates")
    opens_at = int(handle.get_attribute("aria-valuenow") or "")
    middle = opened.map(MIDDLE_OF_THE_COUNTRY)
    assert abs(opens_at - middle) <= 1, "the divider opens in the middle of the country"
    handle.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", str(opens_at + 2))
    expect(frame.locator(".date")).to_have_text("20 Nov 2016 to 14 Dec 2016")
    box = handle.bounding_box()
    assert box
    opened.page.mouse.move(box["x"] + 10, box["y"] + 10)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] - 300, box["y"] + 10)
    opened.page.mouse.up()
    assert int(handle.get_attribute("aria-valuenow") or "") < 40
    assert opened.map(CLIPS) != clips
    expect(frame.locator(".swipe .before")).to_have_text("20 Nov 2016")
    frame.get_by_label("Show", exact=True).select_option("day")
    assert opened.map("(h) => h.areas._container.style.clipPath") == ""
    expect(handle).to_be_hidden()


def test_compare_draws_each_date_as_a_single_day_does(open_saved: OpenMap) -> None:
    view = "&layers=areas&view=36.2,37.15,12"
    both = open_saved(f"&mode=compare&from=2016-11-20&to=2016-12-14{view}")
    before = open_saved(f"&date=2016-11-20{view}")
    after = open_saved(f"&date=2016-12-14{view}")
    assert both.map("(h) => h.scene.areasBefore._container.toDataURL()") == before.map(PICTURE)
    assert both.map(PICTURE) == after.map(PICTURE)


def test_the_table_of_two_dates_lists_what_changed(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=range&from=2016-11-20&to=2016-12-14")
    frame = opened.frame
    frame.get_by_role("button", name="More").click()
    frame.get_by_role("button", name="Table of places").click()
    table = frame.get_by_role("dialog")
    expect(table.locator("h1")).to_have_text("What changed from 20 November 2016 to 14 December 2016")
    expect(table.locator("tbody tr")).to_have_count(opened.map(CHANGED))
    opened.page.keyboard.press("Escape")
    expect(table).to_be_hidden()


def test_the_divider_stays_where_it_can_be_seen_and_taken_again(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=compare&from=2016-11-20&to=2016-12-14", viewport=WIDE)
    handle = opened.frame.locator(".swipe .handle")
    for key in ("End", "Home"):
        handle.press(key)
        for part in (".handle", ".before", ".after"):
            box = opened.frame.locator(f".swipe {part}").bounding_box()
            assert box is not None and box["x"] > -box["width"] / 2
            seen = opened.map(
                "(_, { x, y }) => document.elementFromPoint(x, y).closest('.swipe') !== null",
                {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2},
            )
            assert seen, (key, part)


def test_the_divider_covers_no_name(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=compare&from=2016-11-15&to=2016-12-14&view=36.2,37.15,12", viewport=WIDE)
    expect(opened.frame.locator(".label").first).to_be_visible()
    handle = opened.frame.locator(".swipe .handle")
    for _ in range(3):
        opened.page.wait_for_function(f"() => ({NAMES_UNDER_THE_DIVIDER})() === 0")
        for _ in range(5):
            handle.press("ArrowLeft")
