"""Names on the map cover neither each other nor what matters more."""

import pytest

from tests.browser.conftest import OpenMap

LABELS_AND_POINTS = """(h) => [
    [...h.map.getContainer().querySelectorAll(".label")].map((label) => {
        const box = label.getBoundingClientRect();
        return [box.left, box.top, box.right, box.bottom];
    }),
    h.timeline.changesOn(h.timeline.day).map(({ place }) => {
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
    for k, a in enumerate(boxes):
        for b in boxes[k + 1 :]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] - 0.5 or b[1] >= a[3] - 0.5, (a, b)
        for x, y in points:
            assert not (a[0] < x < a[2] and a[1] < y < a[3]), "a name covers a change"
