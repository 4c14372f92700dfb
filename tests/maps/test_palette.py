"""The map can be read with colour blindness and in black-and-white print: colours and patterns stay apart.

Thresholds: two sides differ by at least 11 in CIEDE2000 for every kind of eye, observed against inferred of one side
by at least 8 (about 1 is just noticeable side by side; these colours may lie far from each other on the map). In grey
every two of these inks differ by at least 8 in lightness.
"""

from itertools import combinations, product

import numpy as np
import pytest

from geo.formats.tables import read_table
from geo.maps.ground import over_land
from geo.maps.ink import INK, NOBODY, PATTERNS, STATE, TILE, Ink, ink_of, tile
from geo.pipeline import Build
from tests.conftest import PROJECT_ROOT
from tests.maps.colour_vision import MACHADO, Lab, ciede2000, lab, lightness, seen

BETWEEN_SIDES, WITHIN_A_SIDE, IN_GREY = 11, 8, 8
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.fixture(scope="module")
def colours() -> dict[str, str]:
    actors = read_table("actors", PROJECT_ROOT / "data" / "aleppo_2016" / "actors.csv")
    return dict(zip(actors["actor_id"], actors["colour"], strict=True))


@pytest.fixture(scope="module")
def drawn(colours: dict[str, str]) -> dict[tuple[str, str], np.ndarray]:
    """Colour on the map by actor and basis."""
    return {
        (actor, basis): on_land(ink_of(state(actor, basis=basis), colours))[0]
        for actor, basis in product(colours, ("observed", "inferred"))
    }


def state(actor: str | None, contender: str | None = None, **changes: object) -> dict[str, object]:
    plain = {"status": "controlled", "assertion": "assessed", "basis": "observed", "undecided": False}
    return {"actor": actor, "contender": contender} | plain | changes


def on_land(ink: Ink) -> tuple[np.ndarray, np.ndarray]:
    """The two colours of an ink as they look on the map."""
    return over_land(np.array(ink.first, np.uint8)), over_land(np.array(ink.second, np.uint8))


@pytest.mark.parametrize(("one", "other", "difference"), SHARMA)
def test_differences_are_those_of_the_published_examples(one: Lab, other: Lab, difference: float) -> None:
    assert ciede2000(one, other) == pytest.approx(difference, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(difference, abs=1e-4)


def test_grey_looks_grey_to_all_eyes() -> None:
    for eyes in MACHADO:
        _, a, b = lab(seen(np.array([128, 128, 128]), eyes))
        assert abs(a) < 0.1 and abs(b) < 0.1, eyes


@pytest.mark.parametrize("eyes", MACHADO)
def test_sides_are_told_apart(drawn: dict[tuple[str, str], np.ndarray], eyes: str) -> None:
    labs = {ink: lab(seen(colour, eyes)) for ink, colour in drawn.items()}
    for one, other in combinations(labs, 2):
        least = WITHIN_A_SIDE if one[0] == other[0] else BETWEEN_SIDES
        assert ciede2000(labs[one], labs[other]) >= least, (one, other)


def test_sides_are_told_apart_in_grey(drawn: dict[tuple[str, str], np.ndarray]) -> None:
    for one, other in combinations(drawn, 2):
        assert abs(lightness(drawn[one]) - lightness(drawn[other])) >= IN_GREY, (one, other)


def test_the_threshold_can_be_missed() -> None:
    """Red and green of the same lightness: apart for most eyes, not with deuteranopia."""
    red, green = np.array([192, 96, 80]), np.array([132, 128, 50])
    differences = {eyes: ciede2000(lab(seen(red, eyes)), lab(seen(green, eyes))) for eyes in MACHADO}
    assert differences["usual"] > 3 * BETWEEN_SIDES > BETWEEN_SIDES > differences["deuteranopia"]


def dark_pixels(pattern: str) -> np.ndarray:
    """The tile in black and white, twice as fine as the picture: True is ink."""
    return tile(Ink(pattern, (255, 255, 255), (0, 0, 0)), 2)[0, :, :, 0] == 0


@pytest.mark.parametrize(("one", "other"), [*combinations(PATTERNS, 2)])
def test_patterns_are_told_apart_in_black_and_white(one: str, other: str) -> None:
    """Wherever one tile is laid over the other, at least a twelfth of the pixels differ, also with black and white
    exchanged."""
    first, second = dark_pixels(one), dark_pixels(other)
    shifts = product(range(2 * TILE), repeat=2)
    unlike = [(np.roll(second, shift, axis=(0, 1)) != first).mean() for shift in shifts]
    assert min(unlike) >= 1 / 12
    assert 1 - max(unlike) >= 1 / 12


def test_patterns_have_their_share_of_ink() -> None:
    shares = {pattern: round(float(dark_pixels(pattern).mean()), 2) for pattern in PATTERNS}
    assert shares["plain"] == 0
    assert 0.05 < shares["dots"] < shares["lines"] < shares["rings"] < shares["stripes"] < shares["blocks"] == 0.5


def test_every_pattern_on_the_map_is_seen_in_grey(aleppo_build: Build, colours: dict[str, str]) -> None:
    states = aleppo_build.intervals[STATE].drop_duplicates().to_dict("records")
    inks = {ink_of({str(key): value for key, value in row.items()}, colours) for row in states}
    patterned = [ink for ink in inks if ink.pattern != "plain"]
    assert {ink.pattern for ink in patterned} >= {"stripes", "blocks"}
    for ink in patterned:
        first, second = on_land(ink)
        assert abs(lightness(first) - lightness(second)) >= IN_GREY, ink


@pytest.mark.parametrize(
    ("changes", "pattern"),
    [
        ({}, "plain"),
        ({"assertion": "claimed"}, "plain"),
        ({"assertion": "claimed", "contender": "syrian-government"}, "lines"),
        ({"status": "besieged"}, "rings"),
        ({"status": "contested"}, "stripes"),
        ({"status": "mixed"}, "crosshatch"),
        ({"status": "contested", "undecided": True}, "blocks"),
        ({"actor": None, "status": "unknown"}, "dots"),
    ],
)
def test_the_pattern_says_how_sure(colours: dict[str, str], changes: dict[str, object], pattern: str) -> None:
    ink = ink_of(state("opposition") | changes, colours)
    assert ink.pattern == pattern
    first, second = on_land(ink)
    assert pattern == "plain" or abs(lightness(first) - lightness(second)) >= IN_GREY


def test_colours_of_ground_and_pattern_say_who(colours: dict[str, str]) -> None:
    holder, contender = (ink_of(state(actor), colours).first for actor in ("opposition", "sdf"))
    fought = ink_of(state("opposition", "sdf", status="contested"), colours)
    assert (fought.first, fought.second) == (holder, contender)
    claimed = ink_of(state("opposition", "sdf", assertion="claimed"), colours)
    assert (claimed.first, claimed.second) == (holder, contender)
    besieged = ink_of(state("opposition", "sdf", status="besieged"), colours)
    assert besieged.first == holder
    assert np.linalg.norm(np.subtract(besieged.second, INK)) < np.linalg.norm(np.subtract(holder, INK))
    assert ink_of(state(None, status="unknown"), colours).first == NOBODY
