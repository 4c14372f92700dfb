"""The panel of a place: the evidence behind a colour, in the dashboard and in the saved file."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geo.maps.page import dashboard_html
from geo.maps.payload import encode
from geo.pipeline import Build
from tests.browser.conftest import OpenMap

TILES = "https://tile.openstreetmap.org/"
SERVER = "https://holdline.test/"


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_the_evidence_opens_in_the_dashboard(open_map: OpenMap, way: str) -> None:
    opened = open_map("&date=2016-12-13&place=N0225")
    link = opened.frame.locator(".panel .evidence a", has_text="in the text").first
    with opened.page.context.expect_page() as new:
        link.click() if way == "pointer" else link.press("Enter")
    evidence = new.value
    query = parse_qs(urlsplit(evidence.url).query)
    assert urlsplit(evidence.url).path == "/evidence" and query["dataset"] == ["aleppo_2016"]
    expect(evidence.locator("[data-testid='stMain']")).to_contain_text("Sheikh Saeed")
    evidence.close()


def test_the_saved_file_shows_the_quote_itself(open_saved: OpenMap) -> None:
    frame = open_saved("&date=2016-12-13&place=N0225").frame
    expect(frame.locator(".panel .evidence blockquote").first).to_contain_text("Sheikh Saeed")
    expect(frame.locator(".panel a", has_text="in the text")).to_have_count(0)


def test_a_day_of_the_history_moves_the_map_and_the_panel_closes(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-22&place=N0225")
    panel = opened.frame.locator(".panel")
    panel.locator("ol .day").first.click()
    expect(opened.frame.locator(".date")).to_have_text("12 December 2016")
    panel.locator("ol .day").last.press("Enter")
    expect(opened.frame.locator(".date")).to_have_text("15 November 2016")
    panel.get_by_role("button", name="Close").press("Enter")
    expect(panel).to_be_hidden()


def test_a_street_map_that_cannot_be_loaded_is_said_once(visit: OpenMap, aleppo_build: Build) -> None:
    page, data = dashboard_html(aleppo_build, f"{SERVER}data", network=True), encode(aleppo_build)
    opened = visit("about:blank")
    blocked: list[str] = []
    opened.page.on("requestfailed", lambda request: blocked.append(request.url))
    opened.page.route(f"{TILES}**", lambda route: route.abort())
    opened.page.route(SERVER, lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
    opened.page.route(f"{SERVER}data", lambda route: route.fulfill(body=data))
    opened.page.goto(SERVER)
    opened.wait_for_map()
    frame = opened.frame
    assert not blocked, "no tile is asked for before the user switches them on"
    opened.unfold("Layers")
    frame.get_by_label("Street map (online)").check()
    expect(frame.locator(".notice")).to_have_count(1)
    expect(frame.locator(".notice")).to_contain_text("The street map cannot be loaded")
    assert blocked and all(address.startswith(TILES) for address in blocked)
    frame.locator(".notice .close").click()
    expect(frame.locator(".notice")).to_have_count(0)
    assert not opened.errors
