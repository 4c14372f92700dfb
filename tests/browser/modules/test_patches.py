"""Rectangles hold all squares that were touched, nothing beyond the canvas, and are few."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.modules.conftest import Modules

ACROSS, DOWN = 24, 15
FIND = """({ patches: { Patches } }, { across, down, rounds }) => {
    const patches = new Patches(across, down);
    return rounds.map((boxes) => {
        for (const box of boxes) patches.touch(...box);
        const { west, north, east, south } = patches;
        return Array.from({ length: patches.find() }, (_, k) => [west[k], north[k], east[k], south[k]]);
    });
}"""
Box = tuple[int, int, int, int]


def squares(box: Box) -> set[tuple[int, int]]:
    west, north, east, south = box
    rows, columns = range(max(0, north), min(DOWN, south)), range(max(0, west), min(ACROSS, east))
    return {(row, column) for row in rows for column in columns}


def found(modules: Modules, rounds: list[list[Box]]) -> list[list[Box]]:
    return list(modules(FIND, {"across": ACROSS, "down": DOWN, "rounds": rounds}))


boxes = st.builds(
    lambda west, north, wide, tall: (west, north, west + wide, north + tall),
    st.integers(-3, ACROSS),
    st.integers(-3, DOWN),
    st.integers(1, 4),
    st.integers(1, 4),
)


@settings(max_examples=25, deadline=None)
@given(rounds=st.lists(st.lists(boxes, max_size=20), min_size=1, max_size=3))
def test_what_was_touched_is_held(modules: Modules, rounds: list[list[Box]]) -> None:
    for touched, patches in zip(rounds, found(modules, rounds), strict=True):
        wanted = set().union(*map(squares, touched))
        assert wanted <= set().union(*map(squares, patches))
        assert bool(wanted) == bool(patches)
        assert all(0 <= west < east <= ACROSS and 0 <= north < south <= DOWN for west, north, east, south in patches)


@pytest.mark.parametrize(
    ("touched", "count"),
    [
        ([(2, 3, 6, 9)], 1),
        ([(2, 3, 4, 4), (5, 3, 7, 4)], 1),
        ([(2, 3, 4, 4), (9, 3, 11, 4)], 2),
        ([(2, 3, 3, 4), (3, 4, 4, 5), (4, 5, 5, 6)], 1),
        ([(0, 3, 1, 4), (20, 4, 21, 5)], 2),
    ],
)
def test_rectangles_are_few(modules: Modules, touched: list[Box], count: int) -> None:
    assert len(found(modules, [touched])[0]) == count


TOUCH_PLACES = """({ patches: { Patches } }, { across, down, raster, bits, around }) => {
    const patches = new Patches(across, down);
    const runStart = Int32Array.from(raster.runStart);
    const runs = Uint16Array.from(raster.runs.flat());
    patches.touchPlaces({ runStart, runs }, Int32Array.from(raster.places), bits, around);
    const { west, north, east, south } = patches;
    return Array.from({ length: patches.find() }, (_, k) => [west[k], north[k], east[k], south[k]]);
}"""


@pytest.mark.parametrize(("bits", "around"), [(4, 0), (4, 1), (5, 0), (5, 1)])
def test_pixels_of_places_are_held(modules: Modules, bits: int, around: int) -> None:
    side = 1 << bits
    runs = [
        *[(row, 0, 3) for row in range(2)],  # in a corner
        *[(side - 1 + row, 3 * side - 2, 3 * side) for row in range(3)],  # beside squares to the east and north
        (7 * side, side, 9 * side),  # long
        (9 * side, 0, side),  # of a place that is not asked for
        (DOWN * side - 1, ACROSS * side - 1, ACROSS * side),
    ]
    raster = {"runStart": [0, 2, 5, 6, 7, 8], "runs": runs, "places": [0, 1, 2, 4]}
    patches = modules(TOUCH_PLACES, {"across": ACROSS, "down": DOWN, "raster": raster, "bits": bits, "around": around})
    wanted = set().union(
        *(
            squares(
                (
                    (first - around) // side,
                    (row - around) // side,
                    (end - 1 + around) // side + 1,
                    (row + around) // side + 1,
                )
            )
            for number, (row, first, end) in enumerate(runs)
            if number != 6
        )
    )
    held: set[tuple[int, int]] = set().union(*map(squares, patches))
    assert wanted <= held
    assert len(held) < len(wanted) + 8
    assert (9, 0) not in held
