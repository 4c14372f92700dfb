"""The map as a web page: one folium map, hosted by the dashboard or saved as one file that works offline.

Everything the page needs is inside it: Leaflet (from the XStatic-Leaflet package), our modules and style. The
dashboard's page fetches its data from an address of the same server; the saved file carries its data. What the
dashboard sends to a session is a short document that fetches the page.
"""

import base64
import html
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from geo.maps.bundle import bundle
from geo.maps.known import encode_known
from geo.maps.payload import encode, extent_degrees
from geo.maps.policy import with_policy
from geo.pipeline import Build

_WEB = resources.files("geo.maps") / "web"
_STYLES = ("cards", "fields", "time_bar", "legend", "panel", "on_map", "small_screens")  # a later one goes before
_LAND = resources.files("geo.maps") / "base" / "land.geojson"
_LEAFLET = resources.files("xstatic.pkg.leaflet") / "data"
_FRAME = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Holdline</title></head>
<body>
<script>
fetch(%s).then(async (response) => {
    if (!response.ok) throw new Error(response.status);
    const page = await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).text();
    document.open();
    document.write(page);
    document.close();
}).catch(() => {
    document.body.textContent = "The map could not be loaded. Reload the page.";
});
</script>
</body>
</html>
"""


def dashboard_html(build: Build, data_url: str, network: bool = False, known_url: str | None = None) -> str:
    """Return the page that the dashboard hosts; constant for one data version.

    ``data_url`` is where the page fetches ``geo.maps.payload.encode(build)``; ``network`` offers a street map.
    ``known_url`` is where it fetches ``geo.maps.known.encode_known(build)`` once somebody asks what was known; without
    it that is not offered.
    """
    config = {"data": {"url": data_url}, "inHash": False, "network": network, "evidencePage": "evidence"}
    return _page(build, {**config, "known": {"url": known_url} if known_url else None})


def frame_html(page_url: str) -> str:
    """Return a short document that becomes the page at ``page_url``: `dashboard_html`, compressed with gzip."""
    return _FRAME % _script_text(page_url)


def map_html(build: Build) -> str:
    """Return the map as one HTML document that needs no other file and no network."""
    data, known = ({"base64": base64.b64encode(packed).decode()} for packed in (encode(build), encode_known(build)))
    return _page(build, {"data": data, "known": known, "inHash": True, "network": False, "evidencePage": None})


def _page(build: Build, config: dict[str, Any]) -> str:
    west, south, east, north = extent_degrees(build)
    the_map = OfflineMap(location=[(south + north) / 2, (west + east) / 2])
    view = {"dataset": build.dataset.dataset_id, "bounds": [[south, west], [north, east]]}
    the_map.add_child(TimeLayer({**config, **view}))
    figure = the_map.get_root()
    assert isinstance(figure, Figure)
    figure.title = html.escape(f"{build.dataset.title} · Holdline")  # folium puts it into the page as it is
    return with_policy(str(figure.render()), own_server="url" in config["data"], network=config["network"])


class OfflineMap(folium.Map):
    """A folium map with Leaflet inside the page, nothing from other servers and no tiles.

    folium's jQuery, Bootstrap and icon fonts are left out: nothing here uses them.
    """

    def __init__(self, location: list[float]) -> None:
        super().__init__(
            location=location, zoom_start=11, tiles=None, zoom_control=False, keyboard=False, zoom_snap=0.25
        )
        self._id = "holdline"  # folium's own is random, and the page must be the same for the same data
        self.default_js = []
        self.default_css = []


class TimeLayer(MacroElement):
    """Our layer on a folium map: Leaflet, style, modules, and the calls that begin to load data and then show it."""

    _template = Template("""
        {% macro header(this, kwargs) %}
            {{ "{% raw %}" }}{# branca reads what it gets here as a template again #}
            <style>{{ this.leaflet_style }}</style>
            <style>{{ this.style }}</style>
            <script>{{ this.leaflet }}</script>
            <script>{{ this.modules }}</script>
            <script>
                const holdlineConfig = {{ this.config }};
                const holdlineData = holdlineModule("decode.js").load(holdlineConfig.data);
            </script>
            {{ "{% endraw %}" }}
        {% endmacro %}
        {% macro script(this, kwargs) %}
            holdlineModule("main.js").start({{ this._parent.get_name() }}, holdlineConfig, holdlineData)
                .then((holdline) => { window.holdline = holdline; });
        {% endmacro %}
        """)

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self._name = "TimeLayer"
        self._id = "holdline"
        self.config = _script_text({**config, "land": json.loads(_read(_LAND))})
        self.leaflet = _read(_LEAFLET / "leaflet.js")
        self.leaflet_style = _read(_LEAFLET / "leaflet.css")
        self.style = "\n".join(_read(_WEB / f"{concern}.css") for concern in _STYLES)
        self.modules = bundle()


def _script_text(value: Any) -> str:
    """JSON that may stand in a script of an HTML document."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
