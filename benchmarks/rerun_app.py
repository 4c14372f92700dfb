"""The plain way with folium in Streamlit, to measure: a slider, a filter, a new map. rerun.py drives it."""

from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from benchmarks.country import DAYS, country
from benchmarks.folium_peers import CONTESTED
from geo.pipeline import Build


@st.cache_resource
def build_of(place_count: int) -> Build:
    """The country of that many places, made once."""
    return country(place_count)


def map_on(build: Build, day: int) -> folium.Map:
    """The areas as they were on a day."""
    date = build.dataset.start_date + pd.Timedelta(days=day)
    intervals = build.intervals
    now = intervals[(intervals["start"] <= date) & (intervals["end"].isna() | (intervals["end"] > date))]
    colours = now["actor"].map(build.dataset.actors.set_index("actor_id")["colour"])
    colours = colours.mask(now["status"] == "contested", CONTESTED)
    areas = build.areas.merge(pd.DataFrame({"place_id": now["place_id"], "colour": colours}), on="place_id")
    west, south, east, north = areas.total_bounds

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        fill = feature["properties"]["colour"]
        return {"fillColor": fill, "fillOpacity": 0.75, "color": "#fff", "weight": 0.8, "className": f"day-{day}"}

    the_map = folium.Map(tiles=None)
    folium.GeoJson(areas, style_function=style).add_to(the_map)
    the_map.fit_bounds([[south, west], [north, east]])
    return the_map


st.set_page_config(layout="wide")
chosen = st.slider("Day", 0, DAYS - 1, 600)
st_folium(
    map_on(build_of(int(st.query_params["places"])), chosen), key="map", height=640, width=1200, returned_objects=[]
)
