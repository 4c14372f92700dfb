"""What an analyst does with the map, in a real browser."""

from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pytest
import shapely
from playwright.sync_api import expect

from geo.control.shares import shares_on
from geo.control.states import states_on
from geo.pipeline import Build
from tests.browser.conftest import PHONE, WIDE, OpenMap
from tests.browser.maps import PICTURE

LOCAL = ("localhost", "127.0.0.1", "")
STATE_OF_EVERY_PLACE = """(h) => Object.fromEntries(Array.from(h.timeline.state, (code, place) => {
    const { actors, states, places } = h.data.header;
    const { actor, contender, status, basis, undecided } = states[code];
    const id = (index) => (index < 0 ? null : actors[index].id);
    return [places.id[place], [id(actor), id(contender), status, basis, undecided].join()];
}))"""


def expected_states(build: Build, date: pd.Timestamp) -> dict[str, str]:
    states = states_on(build.intervals, date)
    drawn = states[states["place_id"].isin(build.areas["place_id"])]
    return {
        row.place_id: ",".join(
            [
                "" if pd.isna(row.actor) else row.actor,
                "" if pd.isna(row.contender) else row.contender,
                row.status,
                row.basis,
                str(row.undecided).lower(),
            ]
        )
        for row in drawn.itertuples()
    }


def test_scrubbing_shows_each_day_and_never_asks_the_server(open_map: OpenMap, aleppo_build: Build) -> None:
    opened = open_map("&date=2016-11-15")
    opened.wait_for_server()
    sent_before = len(opened.sent)
    requests_before = len(opened.requests)
    opened.frame.locator("#day").focus()
    picture_before = opened.map(PICTURE)
    seen = {}
    for date in pd.date_range(aleppo_build.dataset.start_date, aleppo_build.dataset.end_date):
        if date > aleppo_build.dataset.start_date:
            opened.page.keyboard.press("ArrowRight")
        seen[date] = opened.map(PICTURE)
        assert opened.map(STATE_OF_EVERY_PLACE) == expected_states(aleppo_build, date), date
    dates = list(seen)
    assert picture_before == seen[dates[0]]
    for before, after in pairwise(dates):
        changed = expected_states(aleppo_build, before) != expected_states(aleppo_build, after)
        assert (seen[before] != seen[after]) == changed, after
    assert len(opened.sent) == sent_before, "scrubbing ran a script on the server"
    assert len(opened.requests) == requests_before
    assert not opened.errors


def test_a_step_and_a_jump_draw_what_a_fresh_map_draws(open_saved: OpenMap) -> None:
    stepped = open_saved("&date=2016-11-15")
    for day in (30, 3, 37, 12, 21):
        stepped.map("(h, day) => h.setDay(day)", day)
    fresh = open_saved("&date=2016-12-06")
    assert stepped.map(PICTURE) == fresh.map(PICTURE)


PLACES_UNDER_RANDOM_PIXELS = """(h, count) => {
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const { width, height, ids } = h.areas._raster;
    const { ratio } = h.areas._now.easel.look.manner;
    return Array.from({ length: count }, () => {
        const [column, row] = [Math.floor(random() * width), Math.floor(random() * height)];
        const corner = h.map.getPixelOrigin().add(h.areas._bounds.min);
        const at = h.map.unproject(corner.add([(column + 0.5) / ratio, (row + 0.5) / ratio]));
        return [at.lng, at.lat, ids[row * width + column] - 1];
    });
}"""


@pytest.mark.parametrize(
    "view",
    ["36.2,37.15,12", *(pytest.param(view, marks=pytest.mark.slow) for view in ("36.21,37.17,14.5", "36.2,37.2,10.5"))],
)
def test_pixels_agree_with_the_areas(open_saved: OpenMap, aleppo_build: Build, view: str) -> None:
    opened = open_saved(f"&view={view}")
    longitude, latitude, place = np.array(opened.map(PLACES_UNDER_RANDOM_PIXELS, 20_000)).T
    drawn = opened.map("(h) => h.data.header.places.id.slice(0, h.data.areaCount)")
    areas = aleppo_build.areas.set_index("place_id").loc[drawn]
    tree = shapely.STRtree(areas.geometry.to_numpy())
    truth = np.full(len(place), -1)
    point_index, area_index = tree.query(shapely.points(longitude, latitude), predicate="intersects")
    truth[point_index] = area_index
    assert (truth >= 0).sum() > 50
    assert (truth == place).mean() >= 0.999


def test_legend_adds_up_as_python_does(open_saved: OpenMap, aleppo_build: Build) -> None:
    opened = open_saved()
    names = aleppo_build.dataset.actors.set_index("actor_id")["name"]
    for date in ("2016-11-15", "2016-12-02", "2016-12-06", "2016-12-13", "2016-12-22"):
        opened.map("(h, date) => h.setDay(Math.round((Date.parse(date) - Date.parse('2016-11-15')) / 864e5))", date)
        rows = opened.frame.locator(".legend tbody tr")
        shares = shares_on(states_on(aleppo_build.intervals, pd.Timestamp(date)), aleppo_build.places)
        for share in shares[shares["actor"].isin(names.index) & (shares["area_km2"] > 0)].itertuples():
            figures = rows.filter(has_text=names[share.actor]).locator("td.figure")
            expect(figures).to_have_text([f"{share.area_km2:.1f}", f"{share.share_pct:.1f} %"])


def test_a_click_opens_the_sentence_behind_the_colour(open_map: OpenMap) -> None:
    opened = open_map("&date=2016-12-13")
    at = opened.map(
        """(h) => {
            const { places } = h.data.header;
            const place = places.id.indexOf("N0225");
            const point = h.map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
            return [point.x, point.y];
        }"""
    )
    opened.frame.locator(".folium-map").click(position={"x": at[0] + 4, "y": at[1] + 9})  # type: ignore[index]
    panel = opened.frame.locator(".panel")
    expect(panel.locator("h1")).to_have_text("Sheikh Said")
    expect(panel.locator(".local")).to_have_text("شيخ سعيد")
    first_change = panel.locator("ol > li").first
    expect(first_change).to_contain_text("12 December 2016")
    expect(first_change).to_contain_text("Assessed by a neutral source")
    expect(first_change.locator("blockquote").first).to_contain_text("Sheikh Saeed")
    expect(first_change.locator(".source").first).to_contain_text("RNZ")
    opened.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_geneva_is_a_mention_in_switzerland(open_saved: OpenMap) -> None:
    opened = open_saved("&layers=areas,mentions&view=46.2,6.15,9")
    at = opened.map(
        """(h) => {
            const { places, mentions } = h.data.header;
            const place = places.name.indexOf("Geneva");
            return [places.latitude[place], places.longitude[place], mentions.place.includes(place)];
        }"""
    )
    assert at == [pytest.approx(46.2, abs=0.05), pytest.approx(6.15, abs=0.05), True]


def test_a_marker_stands_where_its_place_is(open_saved: OpenMap) -> None:
    opened = open_saved("&layers=areas,mentions&view=36.2,37.16,13")
    expect(opened.frame.locator(".mention").first).to_be_attached()
    distances = opened.map(
        """(h) => {
            const { places, mentions, extents } = h.data.header;
            const box = h.map.getContainer();
            const isPoint = (place) => !extents.some((extent) => extent.place === place);
            const points = [...new Set(mentions.place)].filter(isPoint)
                .map((place) => h.map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]));
            return [...box.querySelectorAll(".mention:not(.vague)")].map((marker) => {
                const { left, top, width, height } = marker.getBoundingClientRect();
                const at = h.map.getSize().multiplyBy(0).add([left + width / 2, top + height / 2]);
                return Math.min(...points.map((point) => point.distanceTo(at)));
            });
        }"""
    )
    assert len(distances) > 20
    assert max(distances) < 2


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_marker_opens_the_panel_of_its_place(open_saved: OpenMap, way: str) -> None:
    frame = open_saved("&date=2016-11-15&layers=areas,mentions&view=36.2,37.16,13").frame
    marker = frame.get_by_role("button", name="Hanano: named in documents")
    marker.click() if way == "pointer" else marker.press("Enter")
    expect(frame.locator(".panel h1")).to_have_text("Hanano")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_cards_do_not_overlap(open_map: OpenMap, viewport: dict[str, int]) -> None:
    opened = open_map("&date=2016-12-06&place=N0225", viewport=viewport)
    frame = opened.frame
    boxes = {
        name: frame.locator(f".{name}").bounding_box()
        for name in ("legend", "panel", "time-bar", "leaflet-control-attribution", "leaflet-control-scale")
    }
    names = list(boxes)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            a, b = boxes[one], boxes[other]
            if viewport is PHONE and "panel" in (one, other) and "leaflet" in one + other:
                continue  # the sheet lies over the map's foot
            assert a and b
            apart = (
                a["x"] + a["width"] <= b["x"] + 1
                or b["x"] + b["width"] <= a["x"] + 1
                or a["y"] + a["height"] <= b["y"] + 1
                or b["y"] + b["height"] <= a["y"] + 1
            )
            assert apart, f"{one} lies over {other}"
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_no_request_leaves_localhost(open_map: OpenMap) -> None:
    opened = open_map()
    for page in ("Changes", "Places", "Evidence", "Data", "Method"):
        opened.go_to(page)
    asked = {urlsplit(address).hostname or "" for address in opened.requests if not address.startswith("data:")}
    assert asked <= set(LOCAL)
    assert not opened.errors
