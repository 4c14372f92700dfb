"""Names on the map cover neither each other nor what matters more."""

import dataclasses
from pathlib import Path

import pytest

from geo.maps.page import map_html
from geo.pipeline import Build
from tests.browser.conftest import OpenMap

LABELS_AND_POINTS = """(h) => [
    [...h.map.getContainer().querySelectorAll(".label")].map((label) => {
        const box = label.getBoundingClientRect();
        return [box.left, box.top, box.right, box.bottom];
    }),
    Array.from(h.timeline.changesOn(h.timeline.day).place, (place) => {
        const { latitude, longitude } = h.data.header.places;
        const at = h.map.latLngToContainerPoint([latitude[place], longitude[place]]);
        return [at.x, at.y];
    }),
]"""


@pytest.mark.parametrize("zoom", [10.5, 11.75, 12.5, 14, 16])
def test_labels_cover_neither_each_other_nor_the_changes(open_saved: OpenMap, zoom: float) -> None:
    opened = open_saved(f"&date=2016-12-06&view=36.2,37.16,{zoom}")
    opened.frame.locator(".label.first").first.wait_for(state="attached")
    boxes, points = opened.map(LABELS_AND_POINTS)
    assert boxes
    view = opened.map("(h) => h.map.getContainer().getBoundingClientRect().toJSON()")
    for k, a in enumerate(boxes):
        assert view["left"] <= a[0] and a[2] <= view["right"], "the edge of the map cuts a name off"
        for b in boxes[k + 1 :]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] - 0.5 or b[1] >= a[3] - 0.5, (a, b)
        for x, y in points:
            assert not (a[0] < x < a[2] and a[1] < y < a[3]), "a name covers a change"


MARKS = """(h) => [...h.map.getContainer().querySelectorAll(".mention:not(.vague)")].map((mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
})"""


@pytest.mark.parametrize("zoom", [11.5, 13])
def test_labels_leave_the_diamonds_of_named_places_free(open_saved: OpenMap, zoom: float) -> None:
    opened = open_saved(f"&date=2016-11-15&layers=areas,labels,mentions&view=36.2,37.16,{zoom}")
    names = opened.map("(h) => document.querySelectorAll('.label').length")
    boxes, _ = opened.map(LABELS_AND_POINTS)
    marks = opened.map(MARKS)
    assert len(marks) > 20 and names > 5
    for left, top, right, bottom in boxes:
        assert not any(left < x < right and top < y < bottom for x, y in marks), "a name covers a diamond"


RINGS = MARKS.replace(".mention:not(.vague)", ".mention.vague")


def test_names_leave_the_rings_of_vague_places_free(open_saved: OpenMap) -> None:
    opened = open_saved("&date=2016-12-20&layers=areas,labels,mentions&view=36.19,37.15,12.5")
    boxes, _ = opened.map(LABELS_AND_POINTS)
    rings = opened.map(RINGS)
    assert rings
    for left, top, right, bottom in boxes:
        near = [(max(left - x, x - right, 0), max(top - y, y - bottom, 0)) for x, y in rings]
        assert all(max(east, south) >= 12 for east, south in near), "a ring lies over a name"


def test_pieces_of_ground_without_a_name_have_no_label(
    visit: OpenMap, every_state_build: Build, tmp_path: Path
) -> None:
    pieces = every_state_build.places.assign(feature_code="AREA")
    file = tmp_path / "map.html"
    file.write_text(map_html(dataclasses.replace(every_state_build, places=pieces)), encoding="utf-8")
    opened = visit(file.as_uri(), offline=True)
    opened.wait_for_map()
    opened.wait_for_rest()
    assert opened.map("(h) => document.querySelectorAll('.labels').length") == 1
    assert opened.map("(h) => document.querySelectorAll('.label').length") == 0
