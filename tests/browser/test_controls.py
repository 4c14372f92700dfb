"""The controls of the map: the time bar, two dates, search, filters, the table, and the link that keeps them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import expect

from geo.control.shares import shares_on
from geo.control.states import states_on
from geo.pipeline import Build
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.test_map import PICTURE, map_frame, open_map

SETTLE_MS = 600
DAY = "(h) => h.timeline.day"
READING = (
    "({ actor, contender, status, assertion, undecided }) => [actor, contender, status, assertion, undecided].join()"
)
CHANGED = f"""(h) => {{
    const text = {READING};
    const {{ earlier, timeline }} = h.scene;
    const {{ states }} = h.data.header;
    return timeline.state.filter((state, place) => text(states[state]) !== text(states[earlier.state[place]])).length;
}}"""
NEXT_CHANGES = """(h, passes) => {
    const { states } = h.data.header;
    const days = [];
    for (let day = 1; day < h.timeline.dayCount; day++) {
        if (h.timeline.changesOn(day).some(({ after }) => states[after].basis === passes)) days.push(day);
    }
    return days;
}"""


def ask(opened: Visit, script: str, argument: object = None) -> Any:
    """The answer of the map's own window, of whatever type the script gives."""
    return opened.map(script, argument)


def query_of(opened: Visit) -> dict[str, str]:
    opened.page.wait_for_timeout(SETTLE_MS)
    return {key: values[0] for key, values in parse_qs(urlsplit(opened.page.url).query).items()}


def choose(opened: Visit, kind: str, value: str) -> None:
    """Choose in a field of the menu "More", which is opened and closed."""
    frame = map_frame(opened.page)
    frame.get_by_role("button", name="More").click()
    frame.locator(f"select.{kind}").select_option(value)
    opened.page.keyboard.press("Escape")


@pytest.mark.parametrize("typed", ["2016-12-06", "6 December 2016", "6 Dec 2016", "6.12.2016"])
def test_a_typed_date_is_shown(visit: Callable[..., Visit], dashboard: str, typed: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-11-15")
    field = map_frame(opened.page).locator(".date-field.until")
    field.fill(typed)
    field.press("Enter")
    expect(map_frame(opened.page).locator(".date")).to_have_text("6 December 2016")
    expect(field).to_have_value("2016-12-06")


def test_what_is_not_a_date_moves_nothing_and_says_so(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-02")
    field = map_frame(opened.page).locator(".date-field.until")
    field.fill("31 February 2016")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(map_frame(opened.page).locator(".date")).to_have_text("2 December 2016")
    field.fill("1999-01-01")
    field.press("Enter")
    expect(map_frame(opened.page).locator(".date")).to_have_text("15 November 2016")


def test_steps_follow_the_step_size(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-11-15")
    frame = map_frame(opened.page)
    date = frame.locator(".date")
    frame.get_by_role("button", name="Forward a day").click()
    expect(date).to_have_text("16 November 2016")
    choose(opened, "step", "week")
    frame.get_by_role("button", name="Forward a week").click()
    expect(date).to_have_text("23 November 2016")
    opened.page.keyboard.press("ArrowRight")
    expect(date).to_have_text("30 November 2016")
    choose(opened, "step", "month")
    frame.get_by_role("button", name="Back a month").click()
    expect(date).to_have_text("15 November 2016")
    frame.locator("#day").focus()
    opened.page.keyboard.press("ArrowUp")
    expect(date).to_have_text("15 December 2016")
    assert query_of(opened)["step"] == "month"


def test_play_keeps_its_speed(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-11-15")
    choose(opened, "speed", "8")
    play = map_frame(opened.page).locator(".play")
    clock = "() => performance.now() / 1000"
    started = ask(opened, clock)
    play.click()
    opened.page.wait_for_timeout(2000)
    play.click()
    elapsed_seconds = ask(opened, clock) - started
    assert 4 <= ask(opened, DAY) <= 8 * elapsed_seconds
    expect(play).to_have_attribute("aria-label", "Play")


def test_the_slider_speaks_dates(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    slider = map_frame(opened.page).get_by_role("slider", name="Date")
    expect(slider).to_have_attribute("aria-valuetext", "6 December 2016")
    counted = map_frame(opened.page).locator(".count").inner_text()
    expect(map_frame(opened.page).locator(".announce")).to_have_text(f"6 December 2016: {counted}.")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "7 December 2016")
    expect(map_frame(opened.page).locator(".announce")).to_contain_text("7 December 2016: ")


def test_the_histogram_and_next_change_obey_the_filters(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-11-15")
    frame = map_frame(opened.page)
    histogram = "(h) => h.map.getContainer().querySelector('.histogram').toDataURL()"
    unfiltered = ask(opened, histogram)
    areas = ask(opened, PICTURE)
    frame.locator("select.basis").select_option("observed")
    assert ask(opened, histogram) != unfiltered
    assert ask(opened, PICTURE) == areas, "filters never apply to the areas"
    for day in ask(opened, NEXT_CHANGES, "observed"):
        frame.locator(".next").click()
        assert ask(opened, DAY) == day
    expect(frame.locator(".count")).to_contain_text("(filtered)")
    assert query_of(opened)["filters"] == "basis:observed"


def test_a_filter_by_side_leaves_its_gains_and_losses(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    frame = map_frame(opened.page)
    names = frame.locator(".today li button")
    all_changes = ask(opened, "(h) => h.timeline.changesOn(h.timeline.day).length")
    expect(names).to_have_count(all_changes)
    frame.locator("select.side").select_option(label="Armed opposition")
    expect(frame.locator(".count")).to_contain_text("(filtered)")
    expect(names).to_have_count(all_changes)
    frame.locator("select.side").select_option(label="Syrian Democratic Forces and YPG")
    expect(frame.locator(".today .none")).to_have_text("No change recorded.")
    expect(frame.locator(".count")).to_have_text("no change recorded (filtered)")


@pytest.mark.parametrize("typed", ["شيخ سعيد", "sheikh saeed", "SHEIKH SA'ID", "shaykh said"])
def test_a_place_is_found_by_any_of_its_names(visit: Callable[..., Visit], dashboard: str, typed: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    frame = map_frame(opened.page)
    opened.page.keyboard.press("/")
    box = frame.get_by_role("combobox", name="Find a place")
    expect(box).to_be_focused()
    opened.page.keyboard.type(typed)
    expect(frame.locator("[role=option]").first).to_contain_text("Sheikh Said")
    expect(frame.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    opened.page.keyboard.press("Enter")
    expect(frame.locator(".panel h1")).to_have_text("Sheikh Said")
    opened.page.wait_for_timeout(1200)
    at = ask(
        opened,
        """(h) => {
        const { places } = h.data.header;
        const place = places.id.indexOf("N0225");
        const at = h.map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
        return [at.x, at.y, h.map.getZoom()];
    }""",
    )
    assert 384 < at[0] < 1040 and at[2] > 12
    assert query_of(opened)["place"] == "N0225"


def test_search_by_keyboard_and_pointer(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard)
    frame = map_frame(opened.page)
    box = frame.get_by_role("combobox", name="Find a place")
    box.fill("al")
    options = frame.locator("[role=option]")
    expect(options).to_have_count(8)
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "found-2")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("no such place")
    expect(frame.locator(".search .none")).to_have_text("No place has this name.")
    box.fill("hanano")
    options.first.click()
    expect(frame.locator(".panel h1")).to_have_text("Hanano")


def test_range_says_who_gained_what(visit: Callable[..., Visit], dashboard: str, aleppo_build: Build) -> None:
    opened = open_map(visit, dashboard, "&mode=range&from=2016-11-20&to=2016-12-14")
    frame = map_frame(opened.page)
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
    changed = ask(opened, CHANGED)
    expect(frame.locator(".count")).to_have_text(f"{changed} places changed in 24 days")
    expect(frame.locator(".today h2")).to_have_text("Places that changed")


def _signed(figure: str) -> float:
    return float(figure.replace("−", "-"))


def test_range_draws_what_changed_strong_and_the_rest_pale(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&mode=range&from=2016-11-20&to=2016-12-14&layers=areas&view=36.2,37.15,12")
    strong = "(h) => h.scene.painting.codes.filter((code) => code >= h.data.header.states.length).length"
    assert ask(opened, strong) == ask(opened, CHANGED)
    picture = ask(opened, PICTURE)
    map_frame(opened.page).get_by_role("slider", name="From").press("End")
    assert ask(opened, PICTURE) != picture
    expect(map_frame(opened.page).locator(".gains .none")).to_have_text("Nothing changed between these dates.")


def test_mode_by_keyboard(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    frame = map_frame(opened.page)
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
    query = query_of(opened)
    assert (query["mode"], query["from"], query["to"]) == ("range", "2016-12-10", "2016-12-10")
    assert "date" not in query
    mode.select_option("day")
    expect(frame.locator(".date")).to_have_text("10 December 2016")
    assert "mode" not in query_of(opened)


CLIPS = "(h) => [h.scene.areasBefore, h.areas].map((layer) => layer._container.style.clipPath)"


def test_compare_is_swiped_by_pointer_and_keyboard(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&mode=compare&from=2016-11-20&to=2016-12-14&view=36.2,37.15,12")
    frame = map_frame(opened.page)
    clips = ask(opened, CLIPS)
    assert "calc" in clips[0]
    assert clips[1].startswith("inset(0")
    handle = frame.get_by_role("slider", name="Divider between the two dates")
    expect(handle).to_have_attribute("aria-valuenow", "50")
    handle.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "52")
    expect(frame.locator(".date")).to_have_text("20 Nov 2016 to 14 Dec 2016")
    box = handle.bounding_box()
    assert box
    opened.page.mouse.move(box["x"] + 10, box["y"] + 10)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] - 300, box["y"] + 10)
    opened.page.mouse.up()
    assert int(handle.get_attribute("aria-valuenow") or "") < 40
    assert ask(opened, CLIPS) != clips
    expect(frame.locator(".swipe .before")).to_have_text("20 Nov 2016")
    frame.get_by_label("Show", exact=True).select_option("day")
    assert ask(opened, "(h) => h.areas._container.style.clipPath") == ""
    expect(handle).to_be_hidden()


def test_compare_draws_each_date_as_a_single_day_does(visit: Callable[..., Visit], dashboard: str) -> None:
    view = "&layers=areas&view=36.2,37.15,12"
    both = open_map(visit, dashboard, f"&mode=compare&from=2016-11-20&to=2016-12-14{view}")
    before = open_map(visit, dashboard, f"&date=2016-11-20{view}")
    after = open_map(visit, dashboard, f"&date=2016-12-14{view}")
    assert ask(both, "(h) => h.scene.areasBefore._container.toDataURL()") == ask(before, PICTURE)
    assert ask(both, PICTURE) == ask(after, PICTURE)


def test_the_table_lists_every_place(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-13")
    frame = map_frame(opened.page)
    frame.get_by_role("button", name="More").press("Enter")
    frame.get_by_role("button", name="Table of places").press("Enter")
    table = frame.get_by_role("dialog", name="Who held what on 13 December 2016")
    expect(table.locator("tbody tr")).to_have_count(ask(opened, "(h) => h.data.areaCount"))
    table.get_by_role("textbox").fill("شيخ سعيد")
    row = table.locator("tbody tr").first
    expect(row).to_contain_text("Held by Syrian government and allies")
    expect(row).to_contain_text("12 Dec 2016")
    row.get_by_role("button").press("Enter")
    expect(table).to_be_hidden()
    expect(frame.locator(".panel h1")).to_have_text("Sheikh Said")


def test_the_table_of_two_dates_lists_what_changed(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&mode=range&from=2016-11-20&to=2016-12-14")
    frame = map_frame(opened.page)
    frame.get_by_role("button", name="More").click()
    frame.get_by_role("button", name="Table of places").click()
    table = frame.get_by_role("dialog")
    expect(table.locator("h1")).to_have_text("What changed from 20 November 2016 to 14 December 2016")
    expect(table.locator("tbody tr")).to_have_count(ask(opened, CHANGED))
    opened.page.keyboard.press("Escape")
    expect(table).to_be_hidden()


def test_the_picture_is_saved(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    frame = map_frame(opened.page)
    frame.get_by_role("button", name="More").click()
    with opened.page.expect_download() as download:
        frame.get_by_role("button", name="Save picture").click()
    assert download.value.suggested_filename == "aleppo_2016 6 December 2016.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert not opened.errors


def test_dates_are_read_as_asked(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    undecided = "(h) => [...h.timeline.state].filter((state) => h.data.header.states[state].undecided).length"
    assert ask(opened, undecided) > 0
    choose(opened, "reading", "latest")
    assert ask(opened, undecided) == 0
    assert query_of(opened)["when"] == "latest"
    second = visit(opened.page.url)
    second.wait_for_map()
    assert ask(second, PICTURE) == ask(opened, PICTURE)


def test_old_evidence_fades(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-22&fade=1")
    frame = map_frame(opened.page)
    expect(frame.locator(".patterns")).to_contain_text("last evidence 0 to 7 days old")
    oldest = "(h) => Math.floor(Math.max(...h.scene.painting.codes) / h.data.header.states.length)"
    assert ask(opened, oldest) == 2, "the baseline is 37 days old: in the step of 31 to 90 days"
    faded = ask(opened, PICTURE)
    frame.get_by_role("button", name="More").click()
    frame.get_by_label("Fade with the age of the evidence").uncheck()
    assert ask(opened, PICTURE) != faded
    assert "fade" not in query_of(opened)


def test_the_link_keeps_everything(visit: Callable[..., Visit], dashboard: str) -> None:
    query = (
        "&mode=compare&from=2016-11-20&to=2016-12-14&view=36.19000,37.16000,13.25&layers=areas,front,labels"
        "&place=N0225&filters=side:opposition,basis:observed&when=earliest&step=week&fade=1"
    )
    first = open_map(visit, dashboard, query)
    kept = query_of(first)
    for key, value in (part.split("=") for part in query.strip("&").split("&")):
        assert kept[key] == value, key
    second = visit(first.page.url)
    second.wait_for_map()
    assert query_of(second) == kept
    assert ask(second, PICTURE) == ask(first, PICTURE)
    assert ask(second, "(h) => h.view") == ask(first, "(h) => h.view")


LABELS_AND_POINTS = """(h) => [
    [...h.map.getContainer().querySelectorAll(".label")].map((label) => {
        const box = label.getBoundingClientRect();
        return [box.left, box.top, box.right, box.bottom];
    }),
    h.timeline.changesOn(h.timeline.day).map(({ place }) => {
        const { latitude, longitude } = h.data.header.places;
        const at = h.map.latLngToContainerPoint([latitude[place], longitude[place]]);
        return [at.x, at.y];
    }),
]"""


@pytest.mark.parametrize("zoom", [10.5, 11.75, 12.5, 14, 16])
def test_labels_cover_neither_each_other_nor_the_changes(
    visit: Callable[..., Visit], dashboard: str, zoom: float
) -> None:
    opened = open_map(visit, dashboard, f"&date=2016-12-06&view=36.2,37.16,{zoom}")
    opened.page.wait_for_timeout(SETTLE_MS)
    boxes, points = ask(opened, LABELS_AND_POINTS)
    assert boxes
    for k, a in enumerate(boxes):
        for b in boxes[k + 1 :]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] - 0.5 or b[1] >= a[3] - 0.5, (a, b)
        for x, y in points:
            assert not (a[0] < x < a[2] and a[1] < y < a[3]), "a name covers a change"


@pytest.mark.parametrize("mode", ["date=2016-12-06", "mode=range&to=2016-12-06", "mode=compare&to=2016-12-06"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_bar_stays_small(visit: Callable[..., Visit], dashboard: str, viewport: dict[str, int], mode: str) -> None:
    opened = open_map(visit, dashboard, f"&{mode}", viewport=viewport)
    frame = map_frame(opened.page)
    bar = frame.locator(".time-bar").bounding_box()
    assert bar and bar["height"] <= (110 if viewport is WIDE else 150)
    cards = [frame.locator(card).bounding_box() for card in (".title", ".search", ".legend", ".time-bar")]
    for k, a in enumerate(cards):
        for b in cards[k + 1 :]:
            assert a and b
            beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            above = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            assert beside or above
    inside = [box for box in (item.bounding_box() for item in frame.locator(".time-bar .when > *").all()) if box]
    assert all(box["x"] + box["width"] <= bar["x"] + bar["width"] for box in inside)


def test_less_motion_is_respected(visit: Callable[..., Visit], dashboard: str) -> None:
    opened = open_map(visit, dashboard, "&date=2016-12-06")
    opened.page.emulate_media(reduced_motion="reduce")
    frame = map_frame(opened.page)
    frame.get_by_role("combobox", name="Find a place").fill("hanano")
    opened.page.keyboard.press("Enter")
    assert ask(opened, "(h) => [h.map._flyToFrame ?? 0, Boolean(h.map._animatingZoom)]") == [0, False]
    view = ask(opened, "(h) => h.map.getCenter()")
    opened.page.wait_for_timeout(300)
    assert ask(opened, "(h) => h.map.getCenter()") == view
