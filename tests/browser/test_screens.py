"""What the map shows on windows of any size: the country in sight, cards beside it, figures that can be read."""

import dataclasses
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.maps.page import map_html
from geo.pipeline import Build
from tests.browser.conftest import PHONE, WIDE, OpenMap

TWICE = {"width": 683, "height": 384}
"""A window of 1366x768 that the browser shows at 200 percent."""
VIEW = "(h) => [h.map.getZoom(), h.map.getCenter().lat, h.map.getCenter().lng]"
COVERED = """(h) => {
    const boxes = (selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect());
    const cards = boxes(".card:not(dialog, .menu), .leaflet-bar").filter(({ width }) => width > 0);
    const figures = boxes(".graticule-figure");
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const covered = figures.filter((box) => box.left < 0 || box.top < 0 || cards.some((card) => meet(card, box)));
    return [figures.length, covered.length];
}"""


def test_the_opening_view_is_that_of_the_window_and_stays_where_somebody_moved_it(open_saved: OpenMap) -> None:
    whole = open_saved().map(VIEW)
    opened = open_saved(viewport=WIDE)
    opened.page.set_viewport_size({"width": WIDE["width"], "height": 500})
    opened.page.wait_for_function("() => holdline.map.getSize().y === 500")
    assert opened.map(VIEW)[0] < whole[0], "a lower window shows the country smaller"
    opened.page.set_viewport_size(WIDE)
    opened.page.wait_for_function("(zoom) => holdline.map.getZoom() === zoom", arg=whole[0])
    assert opened.map(VIEW) == pytest.approx(whole, abs=1e-3)
    opened.map("(h) => void h.map.panBy([200, 0], { animate: false })")
    moved = opened.map(VIEW)
    opened.page.set_viewport_size({"width": WIDE["width"], "height": 500})
    opened.page.wait_for_function("() => holdline.map.getSize().y === 500")
    assert opened.map(VIEW) == pytest.approx(moved, abs=1e-2)


@pytest.mark.parametrize(
    "viewport",
    [
        pytest.param(WIDE, id="wide"),
        pytest.param(PHONE, id="phone", marks=pytest.mark.slow),
        pytest.param(TWICE, id="twice"),
    ],
)
def test_no_card_covers_a_figure_of_the_graticule(open_saved: OpenMap, viewport: dict[str, int]) -> None:
    opened = open_saved("&date=2016-12-06&place=N0225", viewport=viewport)
    expect(opened.frame.locator(".panel")).to_be_visible()
    opened.page.wait_for_function(f"() => {{ const [, covered] = ({COVERED})(); return covered === 0; }}")
    assert opened.map(COVERED)[0] >= 3


def test_on_a_low_window_the_panel_stands_beside_the_place(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06", viewport=TWICE)
    opened.frame.get_by_role("combobox", name="Find a place").fill("sheikh said")
    opened.page.keyboard.press("Enter")
    expect(opened.frame.locator(".panel h1")).to_have_text("Sheikh Said")
    opened.wait_until("(h) => h.map.getZoom() > 12")
    panel = opened.frame.locator(".panel").bounding_box()
    bar = opened.frame.locator(".time-bar").bounding_box()
    assert panel is not None
    assert bar is not None
    x, y = opened.map(
        """(h) => {
        const { places } = h.data.header;
        const place = places.id.indexOf("N0225");
        const at = h.map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
        return [at.x, at.y];
    }"""
    )
    assert panel["x"] + panel["width"] < x < TWICE["width"]
    assert 40 < y < bar["y"]
    assert panel["width"] < TWICE["width"] / 2


def test_where_ground_has_no_names_towns_are_shown_and_found(
    visit: OpenMap, aleppo_build: Build, tmp_path: Path
) -> None:
    places = aleppo_build.places[aleppo_build.places["name"] != "Aleppo"].copy()
    drawn = places["place_id"].isin(aleppo_build.areas["place_id"])
    assert not drawn.all(), "a place without ground, as the country is"
    places.loc[drawn, ["feature_code", "aliases", "name_local"]] = ["AREA", None, None]
    places.loc[drawn, "name"] = [f"Ground {number}" for number in range(drawn.sum())]
    file = tmp_path / "map.html"
    file.write_text(map_html(dataclasses.replace(aleppo_build, places=places)), encoding="utf-8")
    opened = visit(file.as_uri(), offline=True)
    opened.wait_for_map()
    opened.wait_for_rest()
    frame = opened.frame
    expect(frame.locator(".label", has_text="• Aleppo")).to_have_count(1)
    assert not frame.locator(".label", has_text="Ground").count()
    expect(frame.locator(".legend")).to_contain_text("a source draws this ground")
    frame.get_by_role("combobox", name="Find a place").fill("حلب")
    expect(frame.locator("[role=option]").first).to_contain_text("Aleppo")
    opened.page.keyboard.press("Enter")
    expect(frame.locator(".panel h1")).to_have_text("Aleppo")
    expect(frame.locator(".panel .now")).to_contain_text("Held by Syrian government and allies")
    expect(frame.locator(".panel .facts").first).to_contain_text("km² of ground with one history")
    assert "null" not in frame.locator(".panel").inner_text()


def test_on_a_small_phone_the_panel_begins_with_the_day_and_leaves_the_map_in_sight(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-06&place=N0225", viewport={"width": 320, "height": 568})
    panel, now = opened.frame.locator(".panel"), opened.frame.locator(".panel .now")
    expect(now).to_be_visible()
    box, said, legend = (part.bounding_box() for part in (panel, now, opened.frame.locator(".legend")))
    assert box and said and legend
    assert box["y"] < said["y"] < box["y"] + 40
    assert box["y"] - (legend["y"] + legend["height"]) > 160
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_long_title_is_whole_on_a_low_window(visit: OpenMap, aleppo_build: Build, tmp_path: Path) -> None:
    title = "The battle of Aleppo from the summer of 2016 on"
    dataset = dataclasses.replace(aleppo_build.dataset, title=title)
    file = tmp_path / "long.html"
    file.write_text(map_html(dataclasses.replace(aleppo_build, dataset=dataset)), encoding="utf-8")
    opened = visit(file.as_uri(), offline=True, viewport=TWICE)
    opened.wait_for_map()
    heading = opened.frame.get_by_role("heading", name=title)
    assert heading.evaluate("(e) => e.scrollHeight - e.clientHeight") < 7, "no line is cut off"
