"""Names, quotes and documents that try to be markup, script or formatting stay text everywhere."""

from collections.abc import Callable

from playwright.sync_api import expect

from geo.pipeline import Build
from tests.browser.conftest import PHONE, Visit

FOREIGN = ".card script, .card img, .labels script, .card [onerror]"
PAGES = ("Changes", "Places", "Evidence", "Review", "Data", "Method")


def test_map_shows_hostile_names_as_text(visit: Callable[..., Visit], dashboard: str, hostile_build: Build) -> None:
    address = f"{dashboard}/?dataset={hostile_build.dataset.dataset_id}"
    opened = visit(f"{address}&layers=areas,labels,local,changes,mentions")
    opened.wait_for_map()
    for place in range(int(str(opened.map("(h) => h.data.header.places.id.length")))):
        opened.map("(h, place) => h.select(place)", place)
        shown = opened.map("(h) => h.map.getContainer().querySelector('.panel h1').textContent")
        assert shown == opened.map("(h, place) => h.data.header.places.name[place]", place)
    for day in range(int(str(opened.map("(h) => h.timeline.dayCount")))):
        opened.map("(h, day) => h.setDay(day)", day)
    opened.wait_for_rest()
    assert not opened.errors
    foreign = opened.map(f"(h) => h.map.getContainer().querySelectorAll({FOREIGN!r}).length")
    assert foreign == 0


def test_pages_show_hostile_text_as_text(visit: Callable[..., Visit], dashboard: str, hostile_build: Build) -> None:
    opened = visit(f"{dashboard}/method?dataset={hostile_build.dataset.dataset_id}")
    for page in PAGES:
        opened.go_to(page)
        expect(opened.page.locator(".hl-dataset")).to_contain_text(hostile_build.dataset.title)
        assert not opened.errors, page
        assert opened.page.locator("[data-testid='stException']").count() == 0, page
        assert opened.page.locator("[data-testid='stMain'] script").count() == 0, page
        assert opened.page.locator("[data-testid='stMain'] a[href^='javascript:']").count() == 0, page


def test_hostile_mentions_open_to_text(visit: Callable[..., Visit], dashboard: str, hostile_build: Build) -> None:
    opened = visit(f"{dashboard}/evidence?dataset={hostile_build.dataset.dataset_id}", viewport=PHONE)
    names = opened.page.locator(".hl-text details > summary")
    names.first.wait_for()
    assert names.count() == len(hostile_build.mentions)
    for number in range(names.count()):
        names.nth(number).click()
    opened.page.wait_for_timeout(300)
    assert opened.page.locator(".hl-text details[open] .hl-why").count() == names.count()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not opened.errors
    assert opened.page.locator(".hl-why script, .hl-why img, .hl-why [onerror]").count() == 0
    assert opened.page.locator(".hl-why a[href^='javascript:']").count() == 0
