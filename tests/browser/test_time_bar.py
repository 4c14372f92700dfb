"""The time bar: dates, steps, play, slider, histogram, filters."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, OpenMap
from tests.browser.maps import DAY, PICTURE

NEXT_CHANGES = """(h, passes) => {
    const { states } = h.data.header;
    const days = [];
    for (let day = 1; day < h.timeline.dayCount; day++) {
        if (h.timeline.changesOn(day).after.some((after) => states[after].basis === passes)) days.push(day);
    }
    return days;
}"""


@pytest.mark.parametrize("typed", ["2016-12-06", "6 December 2016", "6 Dec 2016", "6.12.2016"])
def test_a_typed_date_is_shown(open_saved: OpenMap, typed: str) -> None:
    opened = open_saved("&date=2016-11-15")
    field = opened.frame.locator(".date-field.until")
    field.fill(typed)
    field.press("Enter")
    expect(opened.frame.locator(".date")).to_have_text("6 December 2016")
    expect(field).to_have_value("2016-12-06")


def test_what_is_not_a_date_moves_nothing_and_says_so(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-02")
    field = opened.frame.locator(".date-field.until")
    field.fill("31 February 2016")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(opened.frame.locator(".date")).to_have_text("2 December 2016")
    field.fill("1999-01-01")
    field.press("Enter")
    expect(opened.frame.locator(".date")).to_have_text("15 November 2016")


def test_steps_follow_the_step_size(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-11-15")
    frame = opened.frame
    date = frame.locator(".date")
    frame.get_by_role("button", name="Forward a day").click()
    expect(date).to_have_text("16 November 2016")
    opened.choose("step", "week")
    frame.get_by_role("button", name="Forward a week").click()
    expect(date).to_have_text("23 November 2016")
    opened.page.keyboard.press("ArrowRight")
    expect(date).to_have_text("30 November 2016")
    opened.choose("step", "month")
    frame.get_by_role("button", name="Back a month").click()
    expect(date).to_have_text("15 November 2016")
    frame.locator("#day").focus()
    opened.page.keyboard.press("ArrowUp")
    expect(date).to_have_text("15 December 2016")
    assert opened.query()["step"] == "month"


def test_play_keeps_its_speed(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-11-15")
    opened.choose("speed", "8")
    play = opened.frame.locator(".play")
    clock = "() => performance.now() / 1000"
    started = opened.map(clock)
    play.click()
    opened.wait_until("(h) => h.timeline.day >= 4")
    play.click()
    elapsed_seconds = opened.map(clock) - started
    assert opened.map(DAY) <= 8 * elapsed_seconds
    expect(play).to_have_attribute("aria-label", "Play")


def test_the_slider_speaks_dates(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    slider = opened.frame.get_by_role("slider", name="Date")
    expect(slider).to_have_attribute("aria-valuetext", "6 December 2016")
    counted = opened.frame.locator(".count").inner_text()
    expect(opened.frame.locator(".announce")).to_have_text(f"6 December 2016: {counted}.")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "7 December 2016")
    expect(opened.frame.locator(".announce")).to_contain_text("7 December 2016: ")


def test_the_histogram_and_next_change_obey_the_filters(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-11-15")
    frame = opened.frame
    histogram = "(h) => h.map.getContainer().querySelector('.histogram').toDataURL()"
    unfiltered = opened.map(histogram)
    areas = opened.map(PICTURE)
    frame.locator("select.basis").select_option("observed")
    assert opened.map(histogram) != unfiltered
    assert opened.map(PICTURE) == areas, "filters never apply to the areas"
    for day in opened.map(NEXT_CHANGES, "observed"):
        frame.locator(".next").click()
        assert opened.map(DAY) == day
    expect(frame.locator(".count")).to_contain_text("(filtered)")
    assert opened.query()["filters"] == "basis:observed"


def test_a_filter_by_side_leaves_its_gains_and_losses(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    frame = opened.frame
    names = frame.locator(".today li button")
    all_changes = opened.map("(h) => h.timeline.changesOn(h.timeline.day).place.length")
    expect(names).to_have_count(all_changes)
    frame.locator("select.side").select_option(label="Armed opposition")
    expect(frame.locator(".count")).to_contain_text("(filtered)")
    expect(names).to_have_count(all_changes)
    frame.locator("select.side").select_option(label="Syrian Democratic Forces and YPG")
    expect(frame.locator(".today .none")).to_have_text("No change recorded.")
    expect(frame.locator(".count")).to_have_text("no change recorded (filtered)")


def test_keyboard_and_buttons_move_through_time(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-11-15")
    frame = opened.frame
    date = frame.locator(".date")
    for key, shown in [
        ("ArrowRight", "16 November 2016"),
        ("PageDown", "19 November 2016"),
        ("PageDown", "20 November 2016"),
        ("PageUp", "19 November 2016"),
        ("End", "22 December 2016"),
        ("Home", "15 November 2016"),
    ]:
        opened.page.keyboard.press(key)
        expect(date).to_have_text(shown)
    frame.locator(".play").click()
    expect(date).not_to_have_text("15 November 2016")
    frame.locator(".play").click()
    paused = date.inner_text()
    opened.page.wait_for_timeout(700)
    expect(date).to_have_text(paused)
    frame.locator("#day").fill("24")
    expect(date).to_have_text("9 December 2016")


@pytest.mark.parametrize("mode", ["date=2016-12-06", "mode=range&to=2016-12-06", "mode=compare&to=2016-12-06"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_bar_stays_small(open_saved: OpenMap, viewport: dict[str, int], mode: str) -> None:
    opened = open_saved(f"&{mode}", viewport=viewport)
    frame = opened.frame
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
