"""On a screen without fine pixels each pixel is the average of four finer ones, wherever it lies and however it came.

The finer ones are those of the same view on a screen that has them.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser

from tests.browser.film import JUMPS, STEPS, VIEWS, Film, Pixels, filming

pytestmark = pytest.mark.slow
FRONT = pytest.mark.parametrize("front", [False, True], ids=["areas", "front"])


@pytest.fixture(scope="module")
def smooth(browser: Browser) -> Iterator[Film]:
    with filming(browser, 1) as film:
        yield film


@pytest.fixture(scope="module")
def fine(browser: Browser) -> Iterator[Film]:
    with filming(browser, 2) as film:
        yield film


def channels(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Red, green, blue and alpha by row and column."""
    return pixels.view("u1").reshape(*pixels.shape, 4).astype(float)


def averaged(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Averages of squares of four; what is transparent has no colour."""
    height, width = pixels.shape
    squares = channels(pixels).reshape(height // 2, 2, width // 2, 2, 4)
    weight = squares[..., 3:]
    colour = (squares[..., :3] * weight).sum(axis=(1, 3)) / np.maximum(1, weight.sum(axis=(1, 3)))
    return np.concatenate([colour, weight.mean(axis=(1, 3))], axis=-1)


@VIEWS
@FRONT
@pytest.mark.parametrize("days", [STEPS, JUMPS], ids=["steps", "jumps"])
def test_pixels_are_averages(
    smooth: Film, fine: Film, view: tuple[float, ...], front: bool, days: tuple[int, ...]
) -> None:
    mixed = 0
    for seen, finer in zip(smooth(days, view, front), fine(days, view, front), strict=True):
        assert np.array(finer.pixels.shape).tolist() == [2 * side for side in seen.pixels.shape]
        expected, drawn = averaged(finer.pixels), channels(seen.pixels)
        # a canvas keeps colours multiplied by alpha: where that is low, reading them back loses a little
        allowed = 1 + 255 / np.maximum(1, drawn[..., 3:])
        assert (np.abs(drawn - expected) <= allowed).all()
        mixed += int((np.abs(expected - np.rint(expected)).max(axis=-1) > 0.1).sum())
    assert mixed > 1000, "edges are smooth"
