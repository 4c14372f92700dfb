"""How states are drawn as asked: dates that are ranges, the age of evidence, and the picture that is saved."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenMap
from tests.browser.maps import PICTURE


def test_dates_are_read_as_asked(open_saved: OpenMap, visit: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    undecided = "(h) => [...h.timeline.state].filter((state) => h.data.header.states[state].undecided).length"
    doubt = opened.frame.locator(".patterns li", has_text="day of the change not known exactly")
    assert opened.map(undecided) > 0
    expect(doubt).to_have_count(1)
    opened.choose("reading", "latest")
    assert opened.map(undecided) == 0
    expect(doubt).to_have_count(0)
    assert opened.query()["when"] == "latest"
    second = visit(opened.page.url)
    second.wait_for_map()
    assert second.map(PICTURE) == opened.map(PICTURE)


def test_old_evidence_fades(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-22&fade=1")
    frame = opened.frame
    expect(frame.locator(".patterns")).to_contain_text("last evidence 0 to 7 days old")
    oldest = "(h) => Math.floor(Math.max(...h.scene.painting.codes) / h.data.header.states.length)"
    assert opened.map(oldest) == 2, "the baseline is 37 days old: in the step of 31 to 90 days"
    faded = opened.map(PICTURE)
    frame.get_by_role("button", name="More").click()
    frame.get_by_label("Fade with the age of the evidence").uncheck()
    assert opened.map(PICTURE) != faded
    assert "fade" not in opened.query()


def test_the_picture_is_saved(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06")
    frame = opened.frame
    frame.get_by_role("button", name="More").click()
    with opened.page.expect_download() as download:
        frame.get_by_role("button", name="Save picture").click()
    assert download.value.suggested_filename == "aleppo_2016 6 December 2016.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert not opened.errors
