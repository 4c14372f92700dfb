"""The legend of a drawn map: who holds how much on a day, and what the patterns mean."""

import pandas as pd

from geo.control.shares import CONTESTED, UNKNOWN, share_series
from geo.maps.drawing import LegendLine
from geo.maps.ink import NOBODY, PAPER, READINGS, STATE, Ink, ink_of, mix, pattern_of, rgb
from geo.pipeline import Build

FIGURE_NAMES = ("km²", "share")
_CONTESTED_INK = Ink("stripes", mix(NOBODY, PAPER, 0.75), NOBODY)
_FRONT_TEXT = "front line: between ground of different holders"


class Legend:
    """The legend for some days: the same lines on each, so that a series of pictures does not jump.

    An actor has a line if it holds ground on any of the days, a pattern if it occurs between the first and the last.
    """

    def __init__(self, build: Build, dates: list[pd.Timestamp]) -> None:
        """dates: at least one, in order."""
        shares = share_series(build.intervals, build.places, dates[0], dates[-1])
        self._shares = shares[shares["date"].isin(dates)].set_index(["actor", "date"])
        holders = shares.loc[shares["date"].isin(dates) & (shares["area_km2"] > 0), "actor"].unique()
        actors = build.dataset.actors[["actor_id", "name", "colour"]].to_dict("records")
        colours = {actor["actor_id"]: actor["colour"] for actor in actors}
        lines = {actor["actor_id"]: (Ink("plain", rgb(actor["colour"]), PAPER), actor["name"]) for actor in actors}
        lines[CONTESTED] = (_CONTESTED_INK, "Contested, other side not named")
        lines[UNKNOWN] = (Ink("plain", NOBODY, PAPER), "Not known")
        self._holders = {actor: line for actor, line in lines.items() if actor in holders}
        self._readings = _readings(build, dates, colours)
        if len([actor for actor in colours if actor in holders]) > 1:
            self._readings.append(LegendLine(None, _FRONT_TEXT))

    def on(self, date: pd.Timestamp) -> list[LegendLine]:
        """The lines with the figures of one of the days."""
        figures = self._shares.xs(date, level="date")
        holders = [
            LegendLine(ink, text, (_km2(figures.area_km2[actor]), f"{figures.share_pct[actor]:.1f} %"))
            for actor, (ink, text) in self._holders.items()
        ]
        return holders + self._readings


def _km2(area_km2: float) -> str:
    return f"{area_km2:,.0f}" if area_km2 >= 1000 else f"{area_km2:.1f}"


def _readings(build: Build, dates: list[pd.Timestamp], colours: dict[str, str]) -> list[LegendLine]:
    """One line for each way of drawing that occurs, shown with one of its own states."""
    intervals, is_drawn = build.intervals, build.is_drawn_by_source
    in_range = (intervals["start"] <= dates[-1]) & ~(intervals["end"] <= dates[0])
    kinds = intervals.loc[in_range, STATE].drop_duplicates().sort_values(STATE)
    states = [dict(zip(STATE, kind, strict=True)) for kind in kinds.itertuples(index=False)]
    lines = []
    for reading in READINGS:
        basis = reading.get("basis")
        fits = (s for s in states if pattern_of(s) == reading["pattern"] and basis in (None, s["basis"]))
        if example := next(fits, None):
            text = reading.get("drawn", reading["text"]) if is_drawn else reading["text"]
            lines.append(LegendLine(ink_of(example, colours), text))
    return lines
