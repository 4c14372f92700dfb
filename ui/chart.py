"""The chart of how much ground each actor holds, day by day."""

from typing import NamedTuple

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.control.shares import CONTESTED, UNKNOWN, share_series
from geo.pipeline import Build
from ui.fragments import name, show, swatch

MEASURES = {"km²": "area_km2", "percent": "share_pct"}
_AXIS_TITLES = {"area_km2": "km²", "share_pct": "percent of the area"}
_INK, _MUTED, _LINE = "#1c2733", "#5b6b7a", "#d9d6cd"
_FONT = '"Source Sans 3", "Source Sans Pro", "Source Sans", system-ui, sans-serif'
_DAY = pd.Timedelta(days=1)


class Holder(NamedTuple):
    """Who holds ground in the chart, and the colour of its band."""

    actor_id: str
    name: str
    colour: str


_NOBODY = (Holder(CONTESTED, "Contested, other side not named", "#c9c3b4"), Holder(UNKNOWN, "Not known", "#9ca0a4"))


def draw_share_chart(build: Build) -> None:
    """Draw the chart with its legend and its switch between km² and percent."""
    choice = st.segmented_control("Measure", list(MEASURES), default="km²", required=True, label_visibility="collapsed")
    series = _series(build)
    holders = _holders(build, series)
    keys = (Markup("<span>{}{}</span>").format(swatch(holder.colour), name(holder.name)) for holder in holders)
    show(Markup('<div class="hl-legend">{}</div>').format(Markup("").join(keys)))
    st.altair_chart(share_chart(series, holders, MEASURES[str(choice)]), width="stretch", theme=None)


def share_chart(series: pd.DataFrame, holders: list[Holder], measure: str) -> alt.LayerChart:
    """Ground per holder over time, stacked, in steps of a day; `measure` is a column of `share_series`.

    Holders go by number here: an id as the name of a Vega field could be read as an expression.
    """
    numbers = {holder.actor_id: number for number, holder in enumerate(holders)}
    numbered = series.assign(number=series["actor"].map(numbers))
    colours = alt.Scale(domain=list(numbers.values()), range=[holder.colour for holder in holders])
    exact = alt.Scale(nice=False)
    ticks = alt.Axis(format=_tick_format(series["date"]), grid=False, tickCount=8)
    day = alt.X("date:T", title=None, axis=ticks, scale=exact)
    height = alt.Y(f"{measure}:Q", title=_AXIS_TITLES[measure], stack="zero", axis=alt.Axis(tickCount=5), scale=exact)
    areas = (
        alt.Chart(_with_last_step(numbered))
        .mark_area(interpolate="step-after", opacity=1)
        .encode(day, height, alt.Color("number:N", scale=colours, legend=None), order="number:Q")
    )
    return _styled(alt.LayerChart(layer=[areas, _pointer(numbered, holders, measure, day)]))


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Build: lambda build: build.version})
def _series(build: Build) -> pd.DataFrame:
    dataset = build.dataset
    return share_series(build.intervals, build.places, dataset.start_date, dataset.end_date)


def _holders(build: Build, series: pd.DataFrame) -> list[Holder]:
    """Those who hold ground on any day, in the order of the dataset's actors; ground of nobody last."""
    actors = build.dataset.actors[["actor_id", "name", "colour"]].itertuples(index=False, name=None)
    present = set(series["actor"])
    return [holder for holder in (*map(Holder._make, actors), *_NOBODY) if holder.actor_id in present]


def _tick_format(dates: pd.Series) -> str:
    """How the axis writes a day: with its year, and not the day of the month, where there are several years."""
    return "%-d %b" if dates.min().year == dates.max().year else "%b %Y"


def _with_last_step(series: pd.DataFrame) -> pd.DataFrame:
    """The last day repeated a day later: a step needs an end to be seen."""
    last = series[series["date"] == series["date"].max()]
    return pd.concat([series, last.assign(date=last["date"] + _DAY)], ignore_index=True)


def _pointer(series: pd.DataFrame, holders: list[Holder], measure: str, day: alt.X) -> alt.Chart:
    """A line under the pointer, with the figures of all holders on that day."""
    wide = series.pivot_table(index="date", columns="number", values=measure)
    wide = wide.rename(columns="figure_{}".format).reset_index()
    tooltip = [alt.Tooltip("date:T", title="Day", format="%-d %B %Y")]
    for number, holder in enumerate(holders):
        tooltip.append(alt.Tooltip(f"figure_{number}:Q", title=holder.name, format=".1f"))
    pointed = alt.selection_point(fields=["date"], nearest=True, on="pointerover", empty=False, clear="pointerout")
    return (
        alt.Chart(wide)
        .mark_rule(color=_INK, strokeWidth=1)
        .encode(day, tooltip=tooltip, opacity=alt.condition(pointed, alt.value(0.7), alt.value(0)))
        .add_params(pointed)
    )


def _styled(chart: alt.LayerChart) -> alt.LayerChart:
    lines = {"gridColor": _LINE, "domainColor": _LINE, "tickColor": _LINE}
    words = {"labelColor": _MUTED, "titleColor": _MUTED, "labelFontSize": 12, "titleFontSize": 12}
    return (
        chart.properties(height=280, background="transparent")
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(**lines, **words, titleFontWeight="normal")
    )
