"""The link: it keeps everything that is chosen, and opens the same picture elsewhere."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenMap
from tests.browser.maps import PICTURE


def test_the_link_keeps_everything(open_map: OpenMap, visit: OpenMap) -> None:
    query = (
        "&mode=compare&from=2016-11-20&to=2016-12-14&view=36.19000,37.16000,13.25&layers=areas,front,labels"
        "&place=N0225&filters=side:opposition,basis:observed&when=earliest&step=week&fade=1"
    )
    first = open_map(query)
    kept = first.query()
    for key, value in (part.split("=") for part in query.strip("&").split("&")):
        assert kept[key] == value, key
    second = visit(first.page.url)
    second.wait_for_map()
    assert second.query() == kept
    assert second.map(PICTURE) == first.map(PICTURE)
    assert second.map("(h) => h.view") == first.map("(h) => h.view")


def test_a_link_opens_the_same_picture_elsewhere(open_map: OpenMap, visit: OpenMap) -> None:
    first = open_map("&date=2016-12-02")
    page = first.page
    first.frame.locator(".next").click()
    first.unfold("Layers")
    first.frame.get_by_label("Graticule").uncheck()
    first.frame.get_by_label("Places named in documents").check()
    first.map("(h) => void h.map.setView([36.19, 37.16], 13.25, { animate: false })")
    first.map("(h) => h.select(h.data.header.places.id.indexOf('N0225'))")
    query = first.query()
    assert query["date"] == "2016-12-03"
    assert query["place"] == "N0225"
    assert query["view"] == "36.19000,37.16000,13.25"
    assert "graticule" not in query["layers"]
    assert "mentions" in query["layers"]

    second = visit(page.url)
    second.wait_for_map()
    assert second.query() == query
    assert second.page.url == page.url
    assert second.map(PICTURE) == first.map(PICTURE)
    expect(second.frame.locator(".panel h1")).to_have_text("Sheikh Said")
    expect(second.frame.locator(".mention").first).to_be_visible()


def test_link_to_days_that_the_map_does_not_have_says_so(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2022-12-06&version=000000000000")
    notice = opened.frame.get_by_role("status").filter(has_text="This link asks for")
    expect(notice).to_contain_text("This link asks for 6 December 2022. The map goes from 15 November 2016")
    expect(notice).to_contain_text("000000000000, is not here any more")
    assert opened.map("(h) => h.view.day") == opened.map("(h) => h.timeline.dayCount") - 1
    inside = open_saved("&mode=range&from=2016-11-20&to=2016-12-06")
    inside.wait_for_rest()
    assert not inside.frame.locator(".notice").count()


def test_link_of_another_data_version_says_so(open_map: OpenMap) -> None:
    opened = open_map("&date=2016-12-02&version=000000000000")
    expect(opened.frame.locator(".notice")).to_contain_text("000000000000")


def test_copy_link_gives_the_address(open_map: OpenMap) -> None:
    opened = open_map("&date=2016-12-06")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.frame.locator(".title .copy").click()
    expect(opened.frame.locator(".title .copy")).to_have_text("Link copied")
    assert opened.page.evaluate("navigator.clipboard.readText()") == opened.page.url
    opened.map("(h) => h.select(h.data.header.places.id.indexOf('N0225'))")
    opened.frame.locator(".panel .copy").click()
    expect(opened.frame.locator(".panel .copy")).to_have_text("Link copied")
    assert "place=N0225" in opened.page.evaluate("navigator.clipboard.readText()")
