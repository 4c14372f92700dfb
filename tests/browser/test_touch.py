"""A phone: the slider follows a finger, a tap opens a place, nothing is wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import MAP_WINDOW, PATIENCE_MS, PHONE, Visit


@pytest.fixture(scope="module")
def phone(browser: Browser, saved_map: str) -> Iterator[Visit]:
    """The saved map on a screen that is touched, with the network off."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, offline=True)
    context.add_init_script(MAP_WINDOW)
    context.set_default_timeout(PATIENCE_MS)
    opened = Visit(context.new_page())
    opened.page.goto(f"{saved_map}#dataset=aleppo_2016&date=2016-12-06")
    opened.wait_for_map()
    opened.wait_for_rest()
    yield opened
    context.close()


def drag(page: Page, start: tuple[float, float], east_px: float) -> None:
    """Put a finger down, move it east in steps, lift it."""
    session = page.context.new_cdp_session(page)
    x, y = start
    steps = [("touchStart", x), *(("touchMove", x + east_px * k / 8) for k in range(1, 9))]
    for kind, at in steps:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_slider_follows_a_finger(phone: Visit) -> None:
    slider = phone.page.get_by_role("slider", name="Date")
    box, day, last = slider.bounding_box(), phone.map("(h) => h.timeline.day"), int(slider.get_attribute("max") or 0)
    assert box
    thumb_px = 9
    x = box["x"] + thumb_px + (box["width"] - 2 * thumb_px) * day / last
    drag(phone.page, (x, box["y"] + box["height"] / 2), -60)
    phone.wait_until("(h, day) => h.timeline.day < day - 3", day)


def test_a_tap_opens_a_place_and_its_panel_can_be_closed(phone: Visit) -> None:
    at = phone.map("""(h) => {
        const { name, latitude, longitude } = h.data.header.places;
        const place = name.indexOf("Hanano");
        const { x, y } = h.map.latLngToContainerPoint([latitude[place], longitude[place]]);
        return [x, y];
    }""")
    phone.page.touchscreen.tap(*at)
    expect(phone.page.locator(".panel h1")).to_have_text("Hanano")
    phone.page.get_by_role("button", name="Close").tap()
    expect(phone.page.locator(".panel")).to_be_hidden()


def test_nothing_is_wider_than_the_screen(phone: Visit) -> None:
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((element) => element.checkVisibility() && !element.closest(".leaflet-control-attribution"))
    .map((element) => (element.closest("label") ?? element).getBoundingClientRect())
    .filter(({ width, height }) => width < 34 || height < 34).length"""


def test_what_is_touched_is_large_enough(phone: Visit) -> None:
    page = phone.page
    page.locator(".legend > summary").tap()
    phone.unfold("Layers")
    assert page.evaluate(SMALL) == 0
    page.locator(".legend > summary").tap()
    page.locator(".known-button").tap()
    expect(page.locator(".known-row")).to_be_visible()
    page.get_by_role("button", name="More").tap()
    assert page.evaluate(SMALL) == 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    page.locator(".known-row .close").tap()
