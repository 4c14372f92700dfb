"""The picture of the map that a user saves: what it holds, read back from the PNG, in a real browser."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from geo.maps.page import map_html
from geo.pipeline import Build
from tests.browser.conftest import PHONE, WIDE, Visit

RATIO, HEAD = 2, 62
TAKE = """async (options) => {
    const { pictureOf } = holdlineModule("picture.js");
    const { legendLinesOf } = holdlineModule("picture_legend.js");
    const { map, data } = window.holdline;
    const blob = await pictureOf({
        map,
        title: data.header.dataset.title,
        subtitle: "13 December 2016",
        legendLines: legendLinesOf(document.querySelector(".legend")),
        attribution: data.header.attribution.join(", "),
        sources: `3 documents. Data version ${data.header.version}`,
        ...options,
    });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
AT = """(h, id) => {
    const { places } = h.data.header;
    const at = places.id.indexOf(id);
    const point = h.map.latLngToContainerPoint([places.latitude[at], places.longitude[at]]);
    return [point.x, point.y];
}"""
PLAIN = "&layers=areas"


@dataclass
class Picture:
    """A picture that was taken, and the page that it was taken from."""

    image: Image.Image
    opened: Visit

    def at(self, place_id: str) -> tuple[int, int, int]:
        """The colour where a place's point lies on the map."""
        x, y = self.opened.map(AT, place_id)  # type: ignore[misc]
        return self.image.getpixel((round(x * RATIO), round((HEAD + y) * RATIO)))  # type: ignore[return-value]


@pytest.fixture
def take(visit: Callable[..., Visit], saved_map: str) -> Iterator[Callable[..., Picture]]:
    """Open the saved map with the network off and take a picture: take(query, viewport, **options of pictureOf)."""

    def take_picture(query: str = "", viewport: dict[str, int] = WIDE, **options: object) -> Picture:
        opened = visit(f"{saved_map}#date=2016-12-13{query}", viewport=viewport, offline=True)
        opened.wait_for_map()
        opened.wait_for_rest()
        taken = Picture(Image.open(BytesIO(png(opened.page, options))).convert("RGB"), opened)
        assert not opened.errors
        assert [address for address in opened.requests if not address.startswith(("data:", "file:"))] == []
        return taken

    yield take_picture


def png(page: Page, options: dict[str, object]) -> bytes:
    data = base64.b64decode(page.evaluate(TAKE, options))
    assert data.startswith(b"\x89PNG")
    return data


def dark_share(image: Image.Image, left: float, top: float, right: float, bottom: float) -> float:
    """Share of dark pixels in a box, CSS pixels of the picture."""
    box = (round(left * RATIO), round(top * RATIO), round(right * RATIO), round(bottom * RATIO))
    return float((np.asarray(image.crop(box).convert("L")) < 140).mean())


def contrast(image: Image.Image) -> float:
    return float(np.asarray(image).std(axis=(0, 1)).max())


def hue_is(colour: tuple[int, int, int], hue: str) -> bool:
    red, _, blue = colour
    return blue > red + 30 if hue == "blue" else red > blue + 30


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_picture_holds_map_title_legend_and_sources(take: Callable[..., Picture], viewport: dict[str, int]) -> None:
    taken = take(PLAIN, viewport)
    width, height = (side / RATIO for side in taken.image.size)
    assert width == viewport["width"]
    under_map = HEAD + viewport["height"]
    assert under_map + 60 < height < under_map + 320
    assert dark_share(taken.image, 16, 8, 300, 34) > 0.03, "title"
    assert dark_share(taken.image, 16, 36, 180, 56) > 0.03, "date"
    assert dark_share(taken.image, 16, under_map + 8, 300, under_map + 60) > 0.03, "legend"
    assert dark_share(taken.image, 16, height - 42, 300, height - 10) > 0.02, "sources"
    assert dark_share(taken.image, 10, under_map - 36, 150, under_map - 8) > 0.02, "scale bar"


@pytest.mark.slow
def test_places_have_their_colour(take: Callable[..., Picture], aleppo_build: Build) -> None:
    taken = take(PLAIN)
    for place_id, hue in (("N0225", "blue"), ("N0129", "blue"), ("N0222", "yellow")):
        assert hue_is(taken.at(place_id), hue), place_id
    assert set(aleppo_build.areas["place_id"]) >= {"N0225", "N0129", "N0222"}


def test_a_picture_shows_what_the_screen_shows(take: Callable[..., Picture]) -> None:
    taken = take("&layers=areas,labels,changes,mentions,graticule&place=N0225")
    page = taken.opened.page
    page.add_style_tag(content=".card, .leaflet-control { visibility: hidden !important }")
    screen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shown = taken.image.crop((0, HEAD * RATIO, screen.width * RATIO, (HEAD + screen.height) * RATIO)).reduce(RATIO)
    box = (160, 20, screen.width, screen.height - 20)  # the scale bar stands elsewhere
    difference = np.abs(np.asarray(screen.crop(box), int) - np.asarray(shown.crop(box), int)).max(axis=-1)
    assert (difference > 60).mean() < 0.01


@pytest.mark.slow
def test_layers_that_are_off_are_not_on_the_picture(take: Callable[..., Picture]) -> None:
    with_all, without = take("&layers=areas,labels,graticule"), take(PLAIN)
    assert with_all.image.size == without.image.size
    differs = np.any(np.asarray(with_all.image) != np.asarray(without.image), axis=-1)
    assert 0.002 < differs.mean() < 0.2


@pytest.mark.slow
def test_the_swipe_line_cuts_the_picture_too(take: Callable[..., Picture]) -> None:
    taken = take(PLAIN)
    page = taken.opened.page
    page.evaluate("() => { window.holdline.areas._container.style.clipPath = 'inset(0 0 0 calc(100% - 40px))'; }")
    cut = Image.open(BytesIO(png(page, {}))).convert("RGB")
    middle = (0, HEAD * RATIO, round(WIDE["width"] * RATIO * 0.9), (HEAD + WIDE["height"] - 60) * RATIO)
    assert contrast(taken.image.crop(middle)) > 10
    assert contrast(cut.crop(middle)) < 1


@pytest.mark.slow
def test_long_titles_and_many_sources_stay_inside(take: Callable[..., Picture]) -> None:
    taken = take(PLAIN, PHONE, title="A very long title " * 12, attribution="Some Producer, " * 40)
    width, height = (side / RATIO for side in taken.image.size)
    assert dark_share(taken.image, width - 14, 0, width, HEAD - 4) == 0
    assert dark_share(taken.image, width - 12, height - 60, width, height) == 0
    assert height > take(PLAIN, PHONE).image.size[1] / RATIO + 40


def test_the_picture_of_hostile_names_is_a_picture(
    visit: Callable[..., Visit], hostile_build: Build, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(map_html(hostile_build), encoding="utf-8")
    opened = visit(f"{file.as_uri()}#layers=areas,labels,local,changes,mentions,graticule", offline=True)
    opened.wait_for_map()
    assert Image.open(BytesIO(png(opened.page, {}))).size[0] == WIDE["width"] * RATIO
    assert not opened.errors
