"""The map as an animation of a range of days, drawn without a browser.

The areas look as in the browser: colour says who, pattern says how sure. The projection is equal-area. The same
build gives the same bytes on the same machine; another one may have other fonts.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from PIL import Image

from geo.control.knowledge import Clock
from geo.control.states import states_on
from geo.errors import HoldlineError
from geo.maps.as_known import build_as_known
from geo.maps.drawing import Sheet, compose
from geo.maps.front import front_line, shared_borders
from geo.maps.ground import ground_of, paint, view_of
from geo.maps.ink import STATE, ink_of
from geo.maps.key import FIGURE_NAMES, Legend
from geo.pipeline import Build

Step = Literal["day", "week", "month"]
Format = Literal["gif", "webp"]
STEPS: tuple[Step, ...] = get_args(Step)
FORMATS: tuple[Format, ...] = get_args(Format)
DEFAULT_WIDTH, NARROWEST, WIDEST = 1000, 600, 2000
MOST_FRAMES = 400
_OFFSETS = {"day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1), "month": pd.DateOffset(months=1)}
_FRAME_MS, _LAST_FRAME_MS = 500, 2500
_SAMPLED_FRAMES = 8


class AnimationError(HoldlineError, ValueError):
    """An animation that cannot be made: a range outside the dataset, too many pictures, nothing to draw."""


def animation(
    build: Build,
    first: pd.Timestamp | None = None,
    last: pd.Timestamp | None = None,
    step: Step = "day",
    picture_format: Format = "gif",
    width: int = DEFAULT_WIDTH,
    known_at: pd.Timestamp | None = None,
    clock: Clock = "recorded",
) -> bytes:
    """The days from first to last (default: all of the dataset's) as GIF or WebP, so many pixels wide, repeating.

    known_at: what was known at the end of that day, by the clock; what is known now if not given.
    Raises AnimationError.
    """
    dates = frame_dates(build, first, last, step)
    known = ""
    if known_at is not None:
        build, known = build_as_known(build, known_at, clock), f"As {clock} by {known_at.day} {known_at:%B %Y}. "
    palette = _palette(frames(build, dates[:: -(-len(dates) // _SAMPLED_FRAMES)], width, known))
    pictures = (each.quantize(palette=palette, dither=Image.Dither.NONE) for each in frames(build, dates, width, known))
    file = BytesIO()
    options: dict[str, Any] = {
        "save_all": True,
        "duration": [_FRAME_MS] * (len(dates) - 1) + [_LAST_FRAME_MS],
        "loop": 0,
    }
    if picture_format == "webp":
        options |= {"lossless": True, "minimize_size": True}
    next(pictures).save(file, picture_format, append_images=pictures, **options)
    return file.getvalue()


def frame_dates(build: Build, first: pd.Timestamp | None, last: pd.Timestamp | None, step: Step) -> list[pd.Timestamp]:
    """The days to draw: first, then every step, and last in any case. Raises AnimationError."""
    start, end = build.dataset.start_date, build.dataset.end_date
    first, last = start if first is None else first, end if last is None else last
    if not start <= first <= last <= end:
        raise AnimationError(
            f"The days {first:%Y-%m-%d} to {last:%Y-%m-%d} cannot be shown: choose days between {start:%Y-%m-%d} and "
            f"{end:%Y-%m-%d}, the first not after the last."
        )
    steps = (last - first).days + 1
    every = (first + _OFFSETS[step] * number for number in range(steps))
    dates = [*(date for date in every if date < last), last]
    if len(dates) > MOST_FRAMES:
        raise AnimationError(f"{len(dates)} pictures are too many (at most {MOST_FRAMES}): choose a longer step.")
    return dates


def frames(
    build: Build, dates: list[pd.Timestamp], width: int = DEFAULT_WIDTH, known: str = ""
) -> Iterator[Image.Image]:
    """One picture for each of the days, all of the same size. known: a sentence about it. Raises AnimationError."""
    if build.areas.empty:
        raise AnimationError(f"{build.dataset.title} has no areas, so there is nothing to draw.")
    if not NARROWEST <= width <= WIDEST:
        raise AnimationError(f"A width of {width} pixels cannot be drawn: choose one from {NARROWEST} to {WIDEST}.")
    return _frames(build, dates, width, known)


def _frames(build: Build, dates: list[pd.Timestamp], width: int, known: str) -> Iterator[Image.Image]:
    sheet = _sheet(build, width, known)
    view = view_of(build.areas.geometry, sheet.map_width)
    ground = ground_of(build.areas.geometry, view)
    borders = shared_borders(build.areas)
    colours = dict(zip(build.dataset.actors["actor_id"], build.dataset.actors["colour"], strict=True))
    legend = Legend(build, dates)
    for date in dates:
        states = states_on(build.intervals, date)
        drawn = states.set_index("place_id")[STATE].reindex(build.areas["place_id"])
        numbers, kinds = pd.factorize(pd.MultiIndex.from_frame(drawn))
        inks = [ink_of(dict(zip(STATE, kind, strict=True)), colours) for kind in kinds]
        picture = paint(ground, inks, numbers.astype(np.int64), front_line(borders, states).geometry)
        done = (date - dates[0]) / (dates[-1] - dates[0]) if len(dates) > 1 else 1.0
        yield compose(sheet, view, picture, f"{date.day} {date:%B %Y}", done, legend.on(date))


def _sheet(build: Build, width: int, known: str) -> Sheet:
    dataset = build.dataset
    named = [name.strip() for producer in dataset.origins["producer"].dropna() for name in producer.split(",")]
    producers = ", ".join(dict.fromkeys([*named, "Natural Earth"]))
    sources = (
        f"Data: {producers}. Lambert azimuthal equal-area projection.",
        f"{known}{_rests_on(build)}Data version {build.version}. Drawn with Holdline.",
    )
    return Sheet(dataset.title, dataset.title_local, FIGURE_NAMES, sources, width)


def _rests_on(build: Build) -> str:
    """How many reports and documents there are; nothing where there are none."""
    counts = {"report": int(build.events["corroborates"].isna().sum()), "document": len(build.dataset.documents)}
    parts = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items() if count]
    return f"{' from '.join(parts)}. " if parts else ""


def _palette(pictures: Iterator[Image.Image]) -> Image.Image:
    """256 colours for all pictures of a series: areas that do not change keep their exact colour."""
    sample = np.concatenate([np.asarray(picture) for picture in pictures])
    return Image.fromarray(sample).quantize(256, dither=Image.Dither.NONE)
