"""The map saved as one file: opened from disk with the network off, it does what the dashboard does."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from geo.maps.page import map_html
from geo.pipeline import Build
from tests.browser.conftest import Visit


def test_saved_file_works_with_the_network_off(
    visit: Callable[..., Visit], aleppo_build: Build, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(map_html(aleppo_build), encoding="utf-8")
    opened = visit(f"{file.as_uri()}#date=2016-12-02&place=N0225", offline=True)
    opened.wait_for_map()
    page = opened.page
    expect(page.locator(".date")).to_have_text("2 December 2016")
    expect(page.locator(".panel h1")).to_have_text("Sheikh Said")
    before = opened.map("(h) => h.areas._container.toDataURL()")
    page.keyboard.press("End")
    expect(page.locator(".date")).to_have_text("22 December 2016")
    assert opened.map("(h) => h.areas._container.toDataURL()") != before
    assert opened.query()["date"] == "2016-12-22"
    assert [address for address in opened.requests if not address.startswith(("data:", "file:"))] == []
    assert not opened.errors
