"""Finding a place: by any of its names, and in the table of all places."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenMap


def test_a_place_is_found_by_any_of_its_names(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    frame = opened.frame
    opened.page.keyboard.press("/")
    box = frame.get_by_role("combobox", name="Find a place")
    expect(box).to_be_focused()
    for typed in ("شيخ سعيد", "sheikh saeed", "SHEIKH SA'ID", "shaykh said"):
        opened.page.keyboard.press("Control+a")
        opened.page.keyboard.type(typed)
        expect(frame.locator("[role=option]")).to_have_count(1)
        expect(frame.locator("[role=option]").first).to_contain_text("Sheikh Said")
        expect(frame.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
        opened.page.keyboard.press("Control+a")
        opened.page.keyboard.press("Delete")
        expect(frame.locator("[role=option]").first).to_be_hidden()
    opened.page.keyboard.type("shaykh said")
    opened.page.keyboard.press("Enter")
    expect(frame.locator(".panel h1")).to_have_text("Sheikh Said")
    opened.wait_until(
        """(h) => {
        const { places } = h.data.header;
        const place = places.id.indexOf("N0225");
        const at = h.map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
        return 384 < at.x && at.x < 1040 && h.map.getZoom() > 12;
    }"""
    )
    assert opened.query()["place"] == "N0225"


def test_search_by_keyboard_and_pointer(open_saved: OpenMap) -> None:
    opened = open_saved()
    frame = opened.frame
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


def test_the_keyboard_goes_on_in_the_panel_and_escape_leads_back(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    frame = opened.frame
    box = frame.get_by_role("combobox", name="Find a place")
    box.fill("hanano")
    box.press("Enter")
    panel = frame.locator(".panel")
    expect(panel).to_be_focused()
    opened.page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(box).to_be_focused()
    change = frame.locator(".today li button").first
    change.press("Enter")
    expect(panel).to_be_focused()
    opened.page.keyboard.press("Escape")
    expect(change).to_be_focused()


def test_less_motion_is_respected(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    opened.page.emulate_media(reduced_motion="reduce")
    frame = opened.frame
    frame.get_by_role("combobox", name="Find a place").fill("hanano")
    opened.page.keyboard.press("Enter")
    assert opened.map("(h) => [h.map._flyToFrame ?? 0, Boolean(h.map._animatingZoom)]") == [0, False]
    view = opened.map("(h) => h.map.getCenter()")
    opened.page.wait_for_timeout(300)
    assert opened.map("(h) => h.map.getCenter()") == view


def test_the_table_lists_every_place(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-13")
    frame = opened.frame
    frame.get_by_role("button", name="More").press("Enter")
    frame.get_by_role("button", name="Table of places").press("Enter")
    table = frame.get_by_role("dialog", name="Who held what on 13 December 2016")
    expect(table.locator("tbody tr")).to_have_count(opened.map("(h) => h.data.areaCount"))
    table.get_by_role("textbox").fill("شيخ سعيد")
    row = table.locator("tbody tr").first
    expect(row).to_contain_text("Held by Syrian government and allies")
    expect(row).to_contain_text("12 Dec 2016")
    row.get_by_role("button").press("Enter")
    expect(table).to_be_hidden()
    expect(frame.locator(".panel h1")).to_have_text("Sheikh Said")
