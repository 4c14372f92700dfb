"""How each state is drawn: a colour says who, a pattern says how sure. The rules are those of `web/ink.js`.

The constants stand in `ink.json`: colours are red, green, blue 0 .. 255; the others are shares, 0 .. 1.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

RGB = tuple[int, int, int]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_CONSTANTS: dict[str, Any] = json.loads((resources.files("geo.maps") / "ink.json").read_text(encoding="utf-8"))
STATE = ["actor", "contender", "status", "assertion", "basis", "undecided"]
"""The columns of a state that decide its ink."""
TILE: int = _CONSTANTS["tile_px"]
"""Side of a tile, in pixels of the finished picture."""
OPACITY: float = _CONSTANTS["opacity"]
EDGES_FROM_PX: int = _CONSTANTS["edges_from_px"]
"""Edges between areas are drawn where an area has at least this many pixels of the finished picture on average."""
READINGS: list[dict[str, str]] = _CONSTANTS["readings"]
"""What the patterns mean, for legends: pattern, text and, where it matters, basis; drawn: the text on maps whose places
are pieces of ground without names."""
PAPER: RGB = tuple(_CONSTANTS["paper"])
INK: RGB = tuple(_CONSTANTS["ink"])
NOBODY: RGB = tuple(_CONSTANTS["nobody"])
FRONT: RGB = tuple(_CONSTANTS["front"])

PATTERNS: dict[str, Callable[[Floats, Floats], Flags]] = {
    "plain": lambda x, y: np.zeros(np.broadcast(x, y).shape, bool),
    "stripes": lambda x, y: (x + y) % 12 < 5,
    "blocks": lambda x, y: (x // 6 + y // 6) % 2 == 1,
    "crosshatch": lambda x, y: ((x + y) % 6 < 1.5) | ((x - y + TILE) % 6 < 1.5),
    "lines": lambda x, y: (x - y + TILE) % 6 < 1.2,
    "rings": lambda x, y: np.abs(np.hypot(x - 6, y - 6) - 3.5) < 1,
    "dots": lambda x, y: np.hypot(x % 6 - 3, y % 6 - 3) < 1.1,
}
"""True where the second colour shows, at x, y in pixels of the finished picture."""


_PATTERN_OF_STATUS = {"contested": "stripes", "mixed": "crosshatch", "besieged": "rings"}


@dataclass(frozen=True)
class Ink:
    """How one kind of ground is drawn: a name of PATTERNS, its ground colour and the colour of the pattern."""

    pattern: str
    first: RGB
    second: RGB


def ink_of(state: Mapping[str, Any], colours: Mapping[str, str]) -> Ink:
    """The ink of a state: the columns of STATE.

    colours: the actors' colours, #rrggbb, by actor_id.
    """
    pattern = pattern_of(state)
    tint = _CONSTANTS["tint"].get(state["basis"], 0.0)
    holder, contender = state["actor"], state["contender"]
    first = mix(NOBODY if pd.isna(holder) else rgb(colours[holder]), PAPER, tint)
    if pattern == "rings":
        return Ink(pattern, first, mix(first, INK, _CONSTANTS["ring_ink"]))
    if pd.isna(contender):
        return Ink(pattern, first, mix(first, PAPER, _CONSTANTS["unnamed_paper"]))
    return Ink(pattern, first, mix(rgb(colours[contender]), PAPER, tint))


def pattern_of(state: Mapping[str, Any]) -> str:
    """The pattern of a state. What is doubtful wins over what is reported."""
    if pd.isna(state["actor"]) and pd.isna(state["contender"]):
        return "dots"
    if state["undecided"]:
        return "blocks"
    if state["status"] in _PATTERN_OF_STATUS:
        return _PATTERN_OF_STATUS[state["status"]]
    if state["assertion"] != "assessed" and not pd.isna(state["contender"]):
        return "lines"  # somebody says that the contender holds it; the state has not changed
    return "dots" if state["status"] == "unknown" else "plain"


def tile(ink: Ink, ratio: int) -> Bytes:
    """The square that repeats over the ground: kind, row, column, colour channel.

    kind: 0 inside an area, 1 on an edge to another area, 2 on the outline. ratio: canvas pixels for one pixel of
    the finished picture.
    """
    at = (np.arange(TILE * ratio) + 0.5) / ratio
    is_second = PATTERNS[ink.pattern](at[np.newaxis, :], at[:, np.newaxis])[..., np.newaxis]
    pairs = [(_edge_colour(ink.first, kind), _edge_colour(ink.second, kind)) for kind in range(3)]
    return np.stack([np.where(is_second, second, first) for first, second in pairs]).astype(np.uint8)


def rgb(colour: str) -> RGB:
    """Red, green and blue of #rrggbb."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def mix(colour: RGB, other: RGB, share: float) -> RGB:
    """The colour with a share of the other in it."""
    red, green, blue = (int(a * (1 - share) + b * share + 0.5) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _edge_colour(colour: RGB, kind: int) -> RGB:
    if kind == 0:
        return colour
    return mix(colour, PAPER, _CONSTANTS["edge_paper"]) if kind == 1 else mix(colour, INK, _CONSTANTS["outline_ink"])
