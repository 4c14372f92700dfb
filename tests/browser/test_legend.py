"""The legend: what it lists of a day, what it switches, and that it is in sight."""

import pytest
from playwright.sync_api import expect

from geo.maps.ink import OPACITY
from tests.browser.conftest import PHONE, OpenMap, Visit
from tests.browser.maps import PICTURE

LAPTOP = {"width": 1366, "height": 690}
"""What the dashboard leaves of a screen of 1366x768."""
LAYERS = {
    "Areas": "(h) => h.map.hasLayer(h.areas)",
    "Front line": "(h) => h.scene.front",
    "Place names": "(h) => Boolean(document.querySelector('.labels'))",
    "Names in local script": "(h) => /[ء-ي]/.test(document.querySelector('.labels')?.textContent)",
    "Changes of the day": "(h) => Boolean(document.querySelector('.leaflet-changes-pane canvas'))",
    "Places named in documents": "(h) => Boolean(document.querySelector('.mention'))",
    "Graticule": "(h) => Boolean(document.querySelector('.graticule-figure'))",
}


@pytest.fixture
def district(visit: OpenMap, every_state_map: str) -> Visit:
    opened = visit(f"{every_state_map}#date=2021-05-09", offline=True)
    opened.wait_for_map()
    return opened


def test_a_report_on_a_district_is_among_the_things_of_its_day(district: Visit) -> None:
    frame = district.frame
    expect(frame.locator(".count")).to_have_text("1 place changes, 3 reports on a wider area")
    listed = frame.locator(".today li button", has_text="Fellmarch")
    expect(listed).to_contain_text("Taken by The South, 9 May 2021")
    drawn = frame.locator("path.wide-report, .mention.wide-report")
    expect(drawn).to_have_count(3)
    listed.focus()
    district.page.keyboard.press("Enter")
    expect(frame.locator(".panel h1")).to_have_text("Fellmarch")
    district.page.keyboard.press("Escape")
    frame.locator("select.side").select_option(label="The North")
    expect(drawn).to_have_count(1)
    district.page.keyboard.press("Escape")
    district.map("(h) => h.setDay(9)")
    expect(drawn).to_have_count(0)
    expect(listed).to_have_count(0)


def test_next_change_stops_at_a_report_on_a_district(district: Visit) -> None:
    district.frame.locator("select.side").select_option(label="The Hill League")
    district.map("(h) => h.setDay(7)")
    district.frame.locator(".next").click()
    expect(district.frame.locator(".date")).to_have_text("9 May 2021")


def test_a_pattern_that_the_map_shows_is_in_the_key(district: Visit) -> None:
    expect(district.frame.locator(".patterns li")).to_have_count(8)


def test_changes_of_the_day_are_in_sight_on_a_laptop(open_saved: OpenMap) -> None:
    frame = open_saved("&date=2016-12-06", viewport=LAPTOP).frame
    expect(frame.locator(".today li button").first).to_be_visible()
    legend, first = frame.locator(".legend").bounding_box(), frame.locator(".today li button").first.bounding_box()
    assert legend and first and first["y"] + first["height"] <= legend["y"] + legend["height"]


@pytest.mark.parametrize("query", ["&date=2016-12-06", "&mode=range&from=2016-11-15&to=2016-12-22"])
def test_five_changes_are_in_sight_on_a_laptop(open_saved: OpenMap, query: str) -> None:
    frame = open_saved(query, viewport=LAPTOP).frame
    fifth = frame.locator(".today li button").nth(4)
    expect(fifth).to_be_visible()
    legend, line = frame.locator(".legend").bounding_box(), fifth.bounding_box()
    assert legend and line and line["y"] + line["height"] <= legend["y"] + legend["height"]


def test_an_open_legend_leaves_the_search_free_on_a_phone(open_saved: OpenMap) -> None:
    frame = open_saved("&date=2016-12-06", viewport=PHONE).frame
    frame.locator(".legend > summary").click()
    legend, search = frame.locator(".legend").bounding_box(), frame.locator(".search").bounding_box()
    assert legend and search and search["y"] + search["height"] <= legend["y"]
    frame.get_by_role("combobox", name="Find a place").fill("hanano")
    frame.locator("[role=option]").first.click()
    expect(frame.locator(".panel h1")).to_have_text("Hanano")


def test_the_filtered_count_is_whole_on_a_phone(open_saved: OpenMap) -> None:
    frame = open_saved("&date=2016-12-06&filters=side:government,basis:inferred", viewport=PHONE).frame
    expect(frame.locator(".count")).to_contain_text("(filtered)")
    assert frame.locator(".count").evaluate("(count) => count.scrollWidth <= count.clientWidth")


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_each_layer_is_switched(open_saved: OpenMap, way: str) -> None:
    opened = open_saved("&date=2016-12-06&view=36.2,37.16,13.5")
    if way == "pointer":
        opened.unfold("Layers")
    else:
        opened.frame.locator(".layers > summary").press("Enter")
    for label, is_on in LAYERS.items():
        box = opened.frame.get_by_label(label, exact=True)
        was = box.is_checked()
        for on in (not was, was):
            box.click() if way == "pointer" else box.press("Space")
            expect(box).to_be_checked(checked=on)
            opened.wait_until(f"(h, on) => Boolean(({is_on})(h)) === on", on)


def test_areas_let_as_much_shine_through_as_in_pictures_without_a_browser(district: Visit) -> None:
    assert float(district.map("(h) => getComputedStyle(h.areas._container).opacity")) == OPACITY


def test_parts_of_the_legend_fold(open_saved: OpenMap) -> None:
    frame = open_saved().frame
    patterns = frame.locator(".patterns")
    frame.locator(".key > summary").press("Enter")
    expect(patterns).to_be_hidden()
    frame.locator(".key > summary").click()
    expect(patterns).to_be_visible()
    frame.locator(".legend > summary").press("Enter")
    expect(patterns).to_be_hidden()


def test_fading_says_why_it_is_closed(open_saved: OpenMap) -> None:
    opened = open_saved("&mode=range&from=2016-11-20&to=2016-12-14")
    frame = opened.frame
    picture = opened.map(PICTURE)
    frame.get_by_role("button", name="More").click()
    fade = frame.get_by_label("Fade with the age of the evidence")
    expect(fade).to_be_disabled()
    expect(frame.locator(".menu .reason")).to_have_text("Not with a range: strong means changed.")
    opened.page.keyboard.press("Escape")
    frame.get_by_label("Show", exact=True).select_option("day")
    frame.get_by_role("button", name="More").click()
    fade.press("Space")
    expect(fade).to_be_checked()
    opened.wait_until(f"(h, before) => ({PICTURE})(h) !== before", picture)
