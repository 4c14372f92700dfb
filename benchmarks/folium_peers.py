"""folium's own ways of showing control over time, of the same country: pages for TimeSliderChoropleth,
TimestampedGeoJson and Timeline.

The scripts that folium's pages load from other servers are fetched once from npm, in the versions folium names.
"""

import gzip
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import shapely
from folium.plugins import Timeline as FoliumTimeline
from folium.plugins import TimelineSlider, TimeSliderChoropleth, TimestampedGeoJson

from benchmarks.subject import Subject
from geo.pipeline import Build

SCRIPTS = Path("data/build/benchmarks/npm")
PACKAGES = {
    "leaflet@1.9.3": {"leaflet.js": "dist/leaflet.js", "leaflet.css": "dist/leaflet.css"},
    "jquery@3.7.1": {"jquery-3.7.1.min.js": "dist/jquery.min.js", "jquery.min.js": "dist/jquery.min.js"},
    "d3@4.13.0": {"d3.v4.min.js": "build/d3.min.js"},
    "moment@2.18.1": {"moment.min.js": "min/moment.min.js"},
    "leaflet.timeline@1.6.0": {"leaflet.timeline.min.js": "dist/leaflet.timeline.js"},
    "iso8601-js-period@0.2.1": {"iso8601.min.js": "iso8601.js"},
    "leaflet-timedimension@1.1.1": {
        "leaflet.timedimension.min.js": "dist/leaflet.timedimension.min.js",
        "leaflet.timedimension.control.css": "dist/leaflet.timedimension.control.css",
    },
}
"""npm packages and, by the last part of the address that folium uses, the files in them."""
CONTESTED = "#777777"
DAY_MS = 86_400_000

RANGE_INPUT = """(day) => {
    const slider = document.querySelector("%s");
    slider.value = %s;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
PATHS = "document.readyState === 'complete' && document.querySelectorAll('path.leaflet-interactive').length"


def scripts() -> Mapping[str, Path] | None:
    """The files that folium's pages ask other servers for, by the last part of the address; None without npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    files = {
        address: SCRIPTS / "node_modules" / package.rsplit("@", 1)[0] / inside
        for package, parts in PACKAGES.items()
        for address, inside in parts.items()
    }
    if not all(file.is_file() for file in files.values()):
        SCRIPTS.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(SCRIPTS), "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0 or not all(file.is_file() for file in files.values()):
            return None
    return files


def choropleth(build: Build) -> tuple[folium.Map, str]:
    """TimeSliderChoropleth with a style only on the days on which a place changes."""
    intervals = _by_day(build)
    styles: dict[str, dict[str, Any]] = {str(place): {} for place in range(len(build.areas))}
    for place, start_ms, colour in zip(intervals["place"], intervals["start_ms"], intervals["colour"], strict=True):
        styles[str(place)][str(start_ms // 1000)] = {"color": colour, "opacity": 0.75}
    features = [_feature(shape, {}, place) for place, shape in enumerate(_shapes(build))]
    layer = TimeSliderChoropleth({"type": "FeatureCollection", "features": features}, styles)
    return _map(build, layer), RANGE_INPUT % ("input[type=range]", "day")


def timestamped(build: Build) -> tuple[folium.Map, str]:
    """TimestampedGeoJson, a polygon for each interval; later ones are drawn over earlier ones, which stay."""
    shapes, intervals = _shapes(build), _by_day(build).sort_values("start_ms")
    features = [
        _feature(shapes[place], {"times": [start_ms], "style": _style(colour)})
        for place, start_ms, colour in zip(intervals["place"], intervals["start_ms"], intervals["colour"], strict=True)
    ]
    data = {"type": "FeatureCollection", "features": features}
    layer = TimestampedGeoJson(data, auto_play=False, add_last_point=False, period="P1D", transition_time=1)
    # its slider is no input element: the call that it makes when it is moved
    return _map(build, layer), "(day) => map.timeDimension.setCurrentTimeIndex(day)"


def timeline(build: Build) -> tuple[folium.Map, str]:
    """Timeline with TimelineSlider, a polygon for each interval."""
    shapes, intervals = _shapes(build), _by_day(build)
    columns = (intervals[name] for name in ("place", "start_ms", "end_ms", "colour"))
    features = [
        _feature(shapes[place], {"start": start_ms, "end": end_ms - 1, "style": _style(colour)})
        for place, start_ms, end_ms, colour in zip(*columns, strict=True)
    ]
    layer = FoliumTimeline(
        {"type": "FeatureCollection", "features": features},
        style=folium.JsCode("(feature) => feature.properties.style"),
    )
    slider = TimelineSlider(auto_play=False, show_ticks=False, enable_playback=True).add_timelines(layer)
    begin = int(build.dataset.start_date.timestamp() * 1000)
    the_map = _map(build, layer)
    slider.add_to(the_map)
    return the_map, RANGE_INPUT % ("input.time-slider", f"{begin} + day * {DAY_MS}")


PEERS: dict[str, Callable[[Build], tuple[folium.Map, str]]] = {
    "folium TimeSliderChoropleth": choropleth,
    "folium Timeline": timeline,
    "folium TimestampedGeoJson": timestamped,
}


def peer(name: str, build: Build, folder: Path, address: str, scripts: Mapping[str, Path]) -> Subject:
    """Write the peer's page into the served folder."""
    begin = time.perf_counter()
    the_map, set_day = PEERS[name](build)
    page = the_map.get_root().render().encode()
    build_s = time.perf_counter() - begin
    stem = f"{name}-{len(build.areas)}".replace(" ", "_")
    (folder / f"{stem}.html").write_bytes(page)
    bounds = json.dumps(_bounds(build))
    return Subject(
        name=name,
        place_count=len(build.areas),
        address=f"{address}/{stem}.html",
        ready=PATHS,
        script=f"() => {{ const map = {the_map.get_name()}; return {{ map, bounds: {bounds}, setDay: {set_day} }}; }}",
        build_s=build_s,
        raw_bytes=len(page),
        gzip_bytes=len(gzip.compress(page, 6)),
        scripts=scripts,
    )


def _map(build: Build, layer: Any) -> folium.Map:
    the_map = folium.Map(tiles=None, zoom_snap=0.25)
    layer.add_to(the_map)
    the_map.fit_bounds(_bounds(build))
    return the_map


def _bounds(build: Build) -> list[list[float]]:
    west, south, east, north = build.areas.total_bounds
    return [[float(south), float(west)], [float(north), float(east)]]


def _shapes(build: Build) -> list[dict[str, Any]]:
    """Geometries as GeoJSON, at the resolution that our own page uses."""
    rounded = shapely.transform(build.areas.geometry.to_numpy(), lambda coordinates: coordinates.round(4))
    return [json.loads(text) for text in shapely.to_geojson(rounded)]


def _by_day(build: Build) -> pd.DataFrame:
    """place (position), start_ms and end_ms (since 1970) and colour of each interval."""
    intervals = build.intervals
    actors = build.dataset.actors.set_index("actor_id")["colour"]
    position = pd.Series(range(len(build.areas)), index=build.areas["place_id"])
    end = intervals["end"].fillna(build.dataset.end_date + pd.Timedelta(days=1))
    return pd.DataFrame(
        {
            "place": intervals["place_id"].map(position),
            "start_ms": intervals["start"].astype("datetime64[ms]").astype("int64"),
            "end_ms": end.astype("datetime64[ms]").astype("int64"),
            "colour": intervals["actor"].map(actors).mask(intervals["status"] == "contested", CONTESTED),
        }
    )


def _feature(geometry: dict[str, Any], properties: dict[str, Any], number: int | None = None) -> dict[str, Any]:
    identity = {} if number is None else {"id": str(number)}
    return {"type": "Feature", **identity, "properties": properties, "geometry": geometry}


def _style(colour: str) -> dict[str, Any]:
    return {"fillColor": colour, "fillOpacity": 0.75, "color": "#ffffff", "weight": 0.8}
