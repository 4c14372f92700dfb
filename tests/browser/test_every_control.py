"""Every control of the map, by pointer and by keyboard, and that none is forgotten here."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import OpenMap

Way = str
DATE = "(h) => h.timeline.day"


class Control(NamedTuple):
    """A control: how it is found, the key that works it, and a value that it changes."""

    selector: str
    key: str
    changes: str


BUTTONS = [
    Control(".time-bar .previous", "Enter", DATE),
    Control(".time-bar .back", "Enter", DATE),
    Control(".time-bar .forward", "Space", DATE),
    Control(".time-bar .next", "Enter", DATE),
    Control(".time-bar .play", "Enter", DATE),
    Control(".time-bar #day", "ArrowRight", DATE),
    Control(".time-bar .date-field.until", "2016-11-20", DATE),
    Control(".title .copy", "Enter", "(h) => document.querySelector('.copy').textContent"),
    Control(".leaflet-control-zoom-in", "Enter", "(h) => h.map.getZoom()"),
    Control(".leaflet-control-zoom-out", "Enter", "(h) => h.map.getZoom()"),
    Control(".menu input[name=fade]", "Space", "(h) => h.view.fade"),
    Control(".time-bar select.mode", "ArrowDown", "(h) => h.view.mode"),
    Control(".legend select.side", "ArrowDown", "(h) => h.view.actor"),
    Control(".legend select.basis", "ArrowDown", "(h) => h.view.basis"),
    Control(".menu select.step", "ArrowDown", "(h) => h.view.step"),
    Control(".menu select.speed", "ArrowDown", "(h) => document.querySelector('select.speed').value"),
    Control(".menu select.reading", "ArrowDown", "(h) => h.view.when"),
]
ELSEWHERE = {
    ".known-button, .known-row select, .known-row input, .known-row button": "test_known.py",
    ".search input": "test_search.py: test_search_by_keyboard_and_pointer",
    ".legend summary": "test_legend.py: test_parts_of_the_legend_fold, test_each_layer_is_switched",
    ".layers input": "test_legend.py: test_each_layer_is_switched",
    ".today button": "test_legend.py: test_a_report_on_a_district_is_among_the_things_of_its_day",
    ".panel button, .panel a": "test_panel.py",
    "dialog button, dialog input": "test_search.py: test_the_table_lists_every_place",
    ".menu .open-table": "test_search.py: test_the_table_lists_every_place",
    ".menu button": "test_reading.py: test_the_picture_is_saved; below by keyboard",
    ".time-bar .more": "this file: opened for every control inside",
    ".time-bar #from, .time-bar .date-field.since": "test_two_dates.py: test_mode_by_keyboard; below",
    ".swipe .handle": "test_two_dates.py: test_compare_is_swiped_by_pointer_and_keyboard",
    ".notice button": "test_panel.py: test_a_street_map_that_cannot_be_loaded_is_said_once",
    ".mention": "test_map.py: test_a_marker_opens_the_panel_of_its_place",
    "dialog .scroll": "scrolls by the browser's own keys",
    ".leaflet-control-attribution a": "a link out of the map",
}


def work(control: Control, found: Locator, way: Way) -> None:
    is_select, is_field = "select" in control.selector, "date-field" in control.selector
    if way == "keyboard":
        found.focus()
        if is_field:
            found.fill(control.key)
        found.press("Enter" if is_field else control.key)
    elif is_select:
        found.select_option(index=2)
    elif is_field:
        found.fill(control.key)
        found.blur()
    elif control.selector.endswith("#day"):
        found.click(position={"x": 500, "y": 9})
    else:
        found.click()


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_each_control_works(open_saved: OpenMap, way: Way) -> None:
    opened = open_saved("&date=2016-12-06&view=36.2,37.16,12")
    opened.page.emulate_media(reduced_motion="reduce")
    for control in BUTTONS:
        if control.selector.startswith(".menu"):
            more = opened.frame.locator(".time-bar .more")
            more.click() if way == "pointer" else more.press("Enter")
        opened.wait_until("(h) => !h.map._animatingZoom")
        before = opened.map(control.changes)
        work(control, opened.frame.locator(control.selector), way)
        opened.wait_until(f"(h, before) => ({control.changes})(h) !== before", before)
        if control.selector.endswith(".play"):
            work(control, opened.frame.locator(control.selector), way)
        if control.selector.startswith(".menu"):
            opened.page.keyboard.press("Escape")
    assert not opened.errors


def test_no_control_is_forgotten(open_saved: OpenMap) -> None:
    known = ", ".join([*(control.selector for control in BUTTONS), *ELSEWHERE])
    opened = open_saved("&date=2016-12-06&place=N0225&layers=areas,mentions,changes")
    forgotten = opened.map(
        """(h, known) => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
            .filter((element) => !element.matches(known) && !element.matches(".folium-map, aside"))
            .map((element) => element.outerHTML.slice(0, 120))""",
        known,
    )
    assert forgotten == []


def test_the_map_is_moved_by_keyboard(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06&view=36.2,37.16,12")
    opened.page.emulate_media(reduced_motion="reduce")
    for key, what, sign in (
        ("+", "getZoom()", 1),
        ("-", "getZoom()", -1),
        ("Shift+ArrowLeft", "getCenter().lng", -1),
        ("Shift+ArrowRight", "getCenter().lng", 1),
        ("Shift+ArrowUp", "getCenter().lat", 1),
        ("Shift+ArrowDown", "getCenter().lat", -1),
    ):
        before = opened.map(f"(h) => h.map.{what}")
        opened.page.keyboard.press(key)
        opened.wait_until(f"(h, before) => Math.sign(h.map.{what} - before) === {sign}", before)
        opened.wait_until("(h) => !h.map._animatingZoom && !h.map._panAnim?._inProgress")
    assert opened.map(DATE) == 21, "the date stays"


def test_the_earlier_date_by_pointer(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=range&from=2016-11-20&to=2016-12-14")
    slider = opened.frame.locator(".time-bar #from")
    box = slider.bounding_box()
    assert box
    at = 8 + (box["width"] - 16) * 5 / 37
    opened.page.mouse.move(box["x"] + at, box["y"] + 9)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + at + 200, box["y"] + 9, steps=3)
    opened.page.mouse.up()
    opened.wait_until("(h) => h.view.from > 8 && h.view.from < h.view.day")


def test_space_plays_and_the_picture_is_saved_by_keyboard(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-11-15")
    opened.page.keyboard.press("Space")
    opened.wait_until("(h) => h.timeline.day > 0")
    opened.page.keyboard.press("Space")
    opened.frame.locator(".time-bar .more").press("Enter")
    with opened.page.expect_download() as download:
        opened.frame.get_by_role("button", name="Save picture").press("Enter")
    assert download.value.suggested_filename.endswith(".png")
