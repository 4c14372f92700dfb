"""The small map beside an item: who held what around the place that day; a click on an area chooses it."""

from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.control.states import states_on
from geo.crs import WGS84, equal_area_for
from ui.frame import Page

_NEAREST = 80
_NOBODY = "#d9d6cd"
_INK = "#1c2733"
_PICKED = "picked"
_POINT_SIZE = 60


def draw_small_map(page: Page, place_id: str | None, date: pd.Timestamp, key: str) -> str | None:
    """Draw the areas around a place; return the place_id of the area that was clicked, or None.

    Without a place the map is drawn around the dataset's focus. Places and holders go by number and colour here: no
    text of a dataset reaches the chart.
    """
    ground = _ground(page, place_id)
    if ground.empty:
        return None
    chart = small_map(ground, _colours(page, ground, date), place_id)
    picked = st.altair_chart(chart, theme=None, on_select="rerun", selection_mode=_PICKED, key=key, alt="Map")
    rows = (picked.get("selection") or {}).get(_PICKED) or []
    number = rows[0].get("number") if rows else None
    return str(ground["place_id"].iloc[int(number)]) if number is not None else None


def small_map(ground: gpd.GeoDataFrame, colours: list[str], place_id: str | None) -> alt.Chart:
    """Areas in their holder's colour; the place itself with a dark edge. ground: place_id, geometry in metres."""
    features: list[dict[str, Any]] = []
    for number, (row_id, shape) in enumerate(zip(ground["place_id"], ground.geometry, strict=True)):
        is_place = row_id == place_id
        drawn = {
            "number": number,
            "colour": colours[number],
            "edge": _INK if is_place else "#ffffff",
            "width": 2.5 if is_place else 0.5,
        }
        features.append({"type": "Feature", "geometry": shape.__geo_interface__, **drawn})
    features.sort(key=lambda feature: float(feature["width"]))
    pick = alt.selection_point(name=_PICKED, fields=["number"], on="click", empty=False)
    return (
        alt.Chart(alt.Data(values=features))
        .mark_geoshape(opacity=0.85, cursor="pointer", tooltip=None)
        .encode(
            fill=alt.Fill("colour:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            key="number:Q",
        )
        .project(type="identity", reflectY=True)
        .properties(height=300, background="transparent")
        .configure_view(stroke=None)
        .add_params(pick)
    )


def _ground(page: Page, place_id: str | None) -> gpd.GeoDataFrame:
    """The nearest areas, and the place itself as a disc where it has none, in metres."""
    areas = page.build.areas[["place_id", "geometry"]]
    points = page.build.places.set_index("place_id").geometry
    centre_id = place_id if place_id is not None and place_id in points.index else page.dataset.focus_place_id
    centre = gpd.GeoSeries([points[centre_id]], crs=WGS84)
    crs = equal_area_for(areas.geometry if len(areas) else centre)
    ground, middle = areas.to_crs(crs), centre.to_crs(crs).iloc[0]
    nearest = ground.geometry.distance(middle).nsmallest(_NEAREST).index
    ground = ground.loc[nearest]
    if place_id is not None and place_id == centre_id and place_id not in set(ground["place_id"]):
        left, low, right, high = ground.total_bounds if len(ground) else (0, 0, 1e4, 1e4)
        disc = middle.buffer(max(right - left, high - low) / _POINT_SIZE)
        extra = gpd.GeoDataFrame({"place_id": [place_id]}, geometry=[disc], crs=crs)
        ground = pd.concat([ground, extra])
    return ground.reset_index(drop=True)


def _colours(page: Page, ground: gpd.GeoDataFrame, date: pd.Timestamp) -> list[str]:
    """The colour of who held each area on the day, a day outside of the map's counts as its first or last."""
    day = min(max(date, page.dataset.start_date), page.dataset.end_date)
    holder = states_on(page.build.intervals, day).set_index("place_id")["actor"]
    colour = page.dataset.actors.set_index("actor_id")["colour"]
    held = ground["place_id"].map(holder).map(colour)
    return [_NOBODY if pd.isna(each) else str(each) for each in held]
